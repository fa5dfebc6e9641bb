"""Writes functions that fill a message with random values, for tests and fuzz seeds."""

from .header import BANNER, file_stem, in_dependency_order
from .types import condition, is_optional

CHUNKS = 4


def _fill_struct(message, struct, scope_name):
    scope = struct.versions or message.valid
    lines = [
        f"static void fill(Filler& random, {scope_name}& m, [[maybe_unused]] std::int16_t ver)",
        "{",
    ]
    for f in struct.untagged() + struct.tagged():
        null = (condition(f.nullable, scope) or "true") if f.nullable else "false"
        can_be_null = is_optional(f) or f.type == "records" and not f.is_array
        call = "fillStruct" if f.struct else "fillValue"
        ver = ", ver" if f.struct else ""
        statement = f"{call}(random, m.{f.member}{ver}{', ' + null if can_be_null else ''});"
        test = condition(f.versions, scope)
        lines += [f"    if ({test})", f"        {statement}"] if test else [f"    {statement}"]
    if message.flexible:
        test = condition(message.flexible, scope)
        tags = max([f.tag for f in struct.tagged()], default=-1) + 1
        statement = f"random.fillUnknownTags(m.unknownTaggedFields, {tags});"
        lines += [f"    if ({test})", f"        {statement}"] if test else [f"    {statement}"]
    return lines + ["}", ""]


def _chunk(messages):
    lines = [BANNER + '#include "filler.h"', '#include "protocol/messageinfo.h"']
    lines += [f'#include "protocol/messages/{file_stem(m)}.h"' for m in messages]
    lines += ["", "namespace moldau::protocol {", ""]
    for m in messages:
        for struct in in_dependency_order(m):
            lines += _fill_struct(m, struct, f"{m.name}::{struct.name}")
        lines += _fill_struct(m, m.root, m.name)
        lines += [
            f"std::unique_ptr<AnyMessage> makeRandom{m.name}(Filler& random, std::int16_t ver)",
            "{",
            f"    auto made = std::make_unique<AnyMessageOf<{m.name}>>();",
            "    fill(random, made->message, ver);",
            "    return made;",
            "}",
            "",
        ]
    return "\n".join(lines + ["} // namespace moldau::protocol", ""])


def _table(messages):
    lines = [BANNER + '#include "filler.h"', "", "namespace moldau::protocol {", ""]
    lines += [
        f"std::unique_ptr<AnyMessage> makeRandom{m.name}(Filler& random, std::int16_t ver);"
        for m in messages
    ]
    lines += [
        "",
        "std::unique_ptr<AnyMessage> makeRandom(",
        "    Filler& random, std::string_view name, std::int16_t ver)",
        "{",
    ]
    lines += [
        f'    if (name == "{m.name}")\n        return makeRandom{m.name}(random, ver);'
        for m in messages
    ]
    lines += ["    return nullptr;", "}", "", "} // namespace moldau::protocol", ""]
    return "\n".join(lines)


def files(messages):
    result = {"filltable.cpp": lambda: _table(messages)}
    for number in range(CHUNKS):
        result[f"fill{number}.cpp"] = lambda n=number: _chunk(messages[n::CHUNKS])
    return result
