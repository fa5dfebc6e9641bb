"""Writes the header of a message."""

from .schema import FOREVER
from .types import default_value, is_optional, member_type, plain_type

BANNER = "// Generated from the schema: see backend/protocol/README.md.\n"


def file_stem(message):
    return message.name.lower()


def _members(struct, indent):
    """Each with an initializer, so that designated initializers may name a few of them only."""
    lines = []
    for field in struct.fields:
        value = default_value(field)
        type_name = member_type(field)
        if value is None:
            text = f"{type_name} {field.member}{{}};"
        elif value.startswith(("BrokerId(", "ProducerId(")) and not is_optional(field):
            text = f"{type_name} {field.member}{{{value[value.index('(') + 1:-1]}}};"
        else:
            text = f"{type_name} {field.member} = {value};"
        lines.append(indent + text)
    lines.append(indent + "std::vector<TaggedField> unknownTaggedFields{};")
    return lines


def _struct(struct):
    indent = "    "
    lines = [f"struct {struct.name} {{"]
    lines += _members(struct, indent)
    lines += [
        "",
        f"{indent}void read(Reader& in, std::int16_t ver);",
        f"{indent}void write(Writer& out, std::int16_t ver) const;",
        f"{indent}void visit(FieldVisitor& visitor, std::int16_t ver) const;",
        f"{indent}bool operator==(const {struct.name}&) const;",
        "};",
        "",
    ]
    return lines


def _structs(message):
    """The message's structs in a namespace of their own.

    They are named as if they were nested in the message; were they so, then clang could not give
    the message an optional of one, since defaults of nested classes come after the whole class.
    """
    if not message.structs:
        return []
    lines = [f"namespace {file_stem(message)} {{", ""]
    for struct in in_dependency_order(message):
        lines += _struct(struct)
    return lines + [f"}} // namespace {file_stem(message)}", ""]


def in_dependency_order(message):
    """A struct after those that it holds."""
    done = []

    def add(struct):
        for field in struct.fields:
            if field.struct and field.struct not in done:
                add(field.struct)
        if struct not in done:
            done.append(struct)

    for struct in message.structs:
        add(struct)
    return done


def render(message):
    flexible = message.flexible.first if message.flexible else FOREVER
    key = [f"    static constexpr std::int16_t kApiKey = {message.key};"] if message.key >= 0 else []
    lines = [
        BANNER + "#pragma once",
        "",
        '#include "protocol/messagetypes.h"',
        "",
        "#include <limits>",
        "",
        "namespace moldau::protocol {",
        "",
        *_structs(message),
        f"struct {message.name} {{",
        f'    static constexpr const char* kName = "{message.name}";',
        *key,
        f"    static constexpr std::int16_t kMinVersion = {message.valid.first};",
        f"    static constexpr std::int16_t kMaxVersion = {message.valid.last};",
        f"    static constexpr std::int16_t kFirstFlexibleVersion = {flexible};",
        "",
    ]
    for struct in in_dependency_order(message):
        lines.append(f"    using {struct.name} = {file_stem(message)}::{struct.name};")
    if message.structs:
        lines.append("")
    lines += _members(message.root, "    ")
    lines += [
        "",
        "    /** Reads a whole body; `owner` keeps the bytes of records alive. */",
        f"    static Result<{message.name}> parse(",
        "        BytesView body, std::int16_t version, std::shared_ptr<const void> owner = {});",
        "    /** Reads from a longer input; the caller asks the reader for errors. */",
        "    void read(Reader& in, std::int16_t ver);",
        "    /** Fails when a value would be lost in this version. */",
        "    Result<void> write(Writer& out, std::int16_t ver) const;",
        "    void visit(FieldVisitor& visitor, std::int16_t ver) const;",
        f"    bool operator==(const {message.name}&) const;",
        "};",
        "",
        "} // namespace moldau::protocol",
        "",
    ]
    return "\n".join(lines)


__all__ = ["BANNER", "file_stem", "in_dependency_order", "plain_type", "render"]
