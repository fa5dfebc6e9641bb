"""Writes the functions of a message: read, write, visit and comparison."""

from .header import file_stem, in_dependency_order
from .schema import FOREVER
from .types import condition, differs_from_default, is_optional, least_size

QUOTE = '"'


def _nullable(field, scope):
    """Third argument of codec calls on optional members: may the value be null in this version?"""
    return condition(field.nullable, scope) or "true" if field.nullable else "false"


def _flex(field):
    return "flex" if field.is_flexible else "false"


class StructWriter:
    """The functions of one struct; the message itself is one, too."""

    def __init__(self, message, struct, scope_name):
        self.message = message
        self.struct = struct
        self.name = scope_name
        self.is_root = struct is message.root
        self.scope = struct.versions or message.valid
        self.infos = f"k{''.join(scope_name.split('::'))}Fields"
        self.lines = []

    def render(self):
        self._field_infos()
        self._read()
        self._write()
        self._visit()
        self._compare()
        return self.lines

    def _add(self, *lines):
        self.lines += lines

    def _info(self, field):
        return f"{self.infos}[{self.struct.fields.index(field)}]"

    def _field_infos(self):
        if not self.struct.fields:
            return
        self._add(f"static constexpr FieldInfo {self.infos}[] = {{")
        for f in self.struct.fields:
            tag = -1 if f.tag is None else f.tag
            self._add(
                f'    {{"{f.member}", "{f.type}", {str(f.is_array).lower()}, '
                f'{str(f.is_flexible).lower()}, {tag}, "{f.entity}"}},')
        self._add("};", "")

    def _flexible(self):
        """Declares `flex`; the condition is a constant where the struct has no choice."""
        flexible = self.message.flexible
        value = "false" if not flexible else condition(flexible, self.scope) or "true"
        self._add(f"    [[maybe_unused]] const bool flex = {value};")

    def _guarded(self, field, statement, otherwise=None):
        test = condition(field.versions, self.scope)
        if not test:
            self._add(f"    {statement}")
            return
        self._add(f"    if ({test})", f"        {statement}")
        if otherwise:
            self._add(f"    else if ({otherwise[0]})", f"        {otherwise[1]}")

    # Reading

    def _read_call(self, f):
        null = f", {_nullable(f, self.scope)}" if is_optional(f) else ""
        if f.is_array and f.struct:
            least = least_size(f.struct, self.message.flexible, self.message.valid)
            return f"codec::readStructs(in, ver, {_flex(f)}, {f.member}, {least}{null});"
        if f.is_array:
            least = 1 if f.type in ("string", "bytes") else f"sizeof({f.member}" + (
                "->front())" if is_optional(f) else ".front())")
            return f"codec::readScalars(in, {_flex(f)}, {f.member}, {least}{null});"
        if f.struct:
            if is_optional(f):
                tagged = "" if f.tag is None else "Tagged"
                return f"codec::read{tagged}Struct(in, ver, {f.member}{null});"
            return f"{f.member}.read(in, ver);"
        if f.type == "records":
            null = f", {_nullable(f, self.scope)}"
        return f"codec::read(in, {_flex(f)}, {f.member}{null});"

    def _read(self):
        self._add(f"void {self.name}::read(Reader& in, [[maybe_unused]] std::int16_t ver)", "{")
        if self.is_root:
            self._add(
                "    if (ver < kMinVersion || ver > kMaxVersion)",
                "        return in.fail(codec::wrongVersion(kName, ver));",
                f"    *this = {self.name}();")
        self._flexible()
        for field in self.struct.untagged():
            self._guarded(field, self._read_call(field))
        if self.message.flexible:
            self._add("    if (flex) {")
            self._read_tags()
            self._add("    }")
        self._add("}", "")

    def _read_tags(self):
        self._add("        for (codec::TagReader tags(in); tags.next();) {")
        if not self.struct.tagged():
            self._add("            tags.keep(unknownTaggedFields);", "        }")
            return
        self._add("            switch (tags.tag()) {")
        for field in self.struct.tagged():
            self._add(f"            case {field.tag}:")
            test = condition(field.versions, self.scope)
            if test:
                self._add(
                    f"                if (!({test})) {{",
                    "                    tags.refuse();",
                    "                    break;",
                    "                }")
            self._add(f"                {self._read_call(field)}", "                break;")
        self._add(
            "            default:",
            "                tags.keep(unknownTaggedFields);",
            "            }",
            "        }")

    # Writing

    def _write_call(self, f):
        null = f", {_nullable(f, self.scope)}" if is_optional(f) else ""
        if f.is_array and f.struct:
            return f"codec::writeStructs(out, ver, {_flex(f)}, {f.member}{null});"
        if f.is_array:
            return f"codec::writeScalars(out, {_flex(f)}, {f.member}{null});"
        if f.struct:
            if is_optional(f):
                tagged = "" if f.tag is None else "Tagged"
                return f"codec::write{tagged}Struct(out, ver, {f.member}{null});"
            return f"{f.member}.write(out, ver);"
        if f.type == "records":
            null = f", {_nullable(f, self.scope)}"
        return f"codec::write(out, {_flex(f)}, {f.member}{null});"

    def _lost(self, field):
        if field.is_ignorable:
            return None
        return differs_from_default(field), f"codec::failMissing(out, {self._info(field)}, ver);"

    def _write(self):
        result = "Result<void>" if self.is_root else "void"
        self._add(
            f"{result} {self.name}::write(Writer& out, [[maybe_unused]] std::int16_t ver) const", "{")
        if self.is_root:
            self._add(
                "    if (ver < kMinVersion || ver > kMaxVersion)",
                "        return fail(codec::wrongVersion(kName, ver));")
        self._flexible()
        for field in self.struct.untagged():
            self._guarded(field, self._write_call(field), self._lost(field))
        for field in self.struct.tagged():
            differs = differs_from_default(field)
            test = condition(field.versions, self.scope)
            wanted = f"{test} && {differs}" if test else differs
            self._add(f"    const bool has{field.name} = {wanted};")
            if test and not field.is_ignorable:
                self._add(
                    f"    if (!({test}) && {differs})",
                    f"        codec::failMissing(out, {self._info(field)}, ver);")
        self._write_tags()
        if self.is_root:
            self._add("    if (!out.ok())", "        return fail(out.error());", "    return {};")
        self._add("}", "")

    def _write_tags(self):
        if not self.message.flexible:
            self._add("    codec::checkNoTags(out, unknownTaggedFields, ver);")
            return
        count = " + ".join(f"std::uint32_t{{has{f.name}}}" for f in self.struct.tagged()) or "0"
        self._add(
            "    if (flex) {",
            f"        codec::TagWriter tags(out, {count}, unknownTaggedFields);")
        for field in self.struct.tagged():
            self._add(
                f"        if (has{field.name}) {{",
                f"            tags.begin({field.tag});",
                f"            {self._write_call(field)}",
                "            tags.end();",
                "        }")
        self._add(
            "        tags.finish();",
            "    } else {",
            "        codec::checkNoTags(out, unknownTaggedFields, ver);",
            "    }")

    # The rest

    def _visit(self):
        self._add(
            f"void {self.name}::visit(FieldVisitor& visitor, [[maybe_unused]] std::int16_t ver) const",
            "{")
        for f in self.struct.untagged() + self.struct.tagged():
            call = "visitStruct" if f.struct else "visit"
            ver = " ver," if f.struct else ""
            self._guarded(f, f"codec::{call}(visitor, {self._info(f)},{ver} {f.member});")
        self._add("    codec::visitUnknown(visitor, unknownTaggedFields);", "}", "")

    def _compare(self):
        self._add(f"bool {self.name}::operator==(const {self.struct.name}&) const = default;", "")


def render(message):
    lines = []
    for struct in in_dependency_order(message):
        lines += StructWriter(message, struct, f"{file_stem(message)}::{struct.name}").render()
    lines += StructWriter(message, message.root, message.name).render()
    name = message.name
    lines += [
        f"Result<{name}> {name}::parse(",
        "    BytesView body, std::int16_t version, std::shared_ptr<const void> owner)",
        "{",
        f"    return codec::parse<{name}>(kName, body, version, std::move(owner));",
        "}",
        "",
        f"std::unique_ptr<AnyMessage> create{name}()",
        "{",
        f"    return std::make_unique<AnyMessageOf<{name}>>();",
        "}",
        "",
    ]
    return "\n".join(lines)


__all__ = ["FOREVER", "render"]
