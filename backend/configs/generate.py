#!/usr/bin/env python3
"""Turns the tables in definitions/ into C++ constants.

usage: generate.py OUTPUT.inc TABLE.txt...

A table's name is its scope. Its form is described in README.md of this folder; a line that does not
have that form ends the build with its number.
"""
import json
import os
import re
import sys

TYPES = {"boolean": "Boolean", "string": "String", "int": "Int", "short": "Short", "long": "Long",
         "double": "Double", "list": "List", "class": "Class", "password": "Password"}
UPDATES = {"dynamic": "ClusterWide", "per broker": "PerBroker", "per listener": "PerListener"}


def quoted(text):
    return json.dumps(text, ensure_ascii=True)


def words(text):
    return [word.strip() for word in text.split(",")]


def rule(text):
    """(C++ designated initializers of ConfigRule, choices)"""
    can_be_empty = "true"
    if text.endswith("; not empty"):
        text, can_be_empty = text[:-len("; not empty")], "false"
    number = r"(-?[0-9.]+)"
    if match := re.fullmatch(rf"{number} to {number}( or -1)?", text):
        or_minus_one = "true" if match[3] else "false"
        return f".kind = RuleKind::Range, .min = {match[1]}, .max = {match[2]}, .isMinusOneAllowed = {or_minus_one}", []
    if match := re.fullmatch(rf"from {number}", text):
        return f".kind = RuleKind::Range, .min = {match[1]}", []
    for prefix, kind in (("one of: ", "OneOf"), ("one of, any case: ", "OneOfAnyCase"), ("some of: ", "SomeOf")):
        if text.startswith(prefix):
            return f".kind = RuleKind::{kind}, .canBeEmpty = {can_be_empty}", words(text[len(prefix):])
    kinds = {"any": "Any", "not empty": "NotEmpty", "not null": "Any",
             "throttled replicas": "ThrottledReplicas", "offset reset": "OffsetReset"}
    return f".kind = RuleKind::{kinds[text]}, .canBeEmpty = {can_be_empty}", []


def synonym(text):
    name, _, factor = text.partition("*")
    return f"{{{quoted(name)}, {factor or 1}}}"


def entries(path):
    """[(line number, cells, documentation)]"""
    found = []
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            if line.startswith("    "):
                found[-1][2].append(line.strip())
            else:
                found.append((number, line.split(" | "), []))
    return found


def table(path, out):
    scope = os.path.splitext(os.path.basename(path))[0].capitalize()
    rows = []
    names = []
    for index, (number, cells, doc) in enumerate(entries(path)):
        try:
            name, type_, default, rule_text, importance, flags, synonyms = cells
            flags = words(flags)
            rule_code, choices = rule(rule_text)
            default_kind = {"required": "Required", "null": "Null"}.get(default, "Value")
            default_text = default if default_kind == "Value" and default != '""' else ""
            update = next((UPDATES[flag] for flag in flags if flag in UPDATES), "Never")
            choices_code = synonyms_code = "{}"
            if choices:
                choices_code = f"k{scope}Choices{index}"
                out.append(f"constexpr std::string_view {choices_code}[] = {{{', '.join(map(quoted, choices))}}};")
            if synonyms != "-":
                synonyms_code = f"k{scope}Synonyms{index}"
                out.append(f"constexpr ConfigSynonym {synonyms_code}[] = {{{', '.join(map(synonym, words(synonyms)))}}};")
            rows.append(f"    {{.scope = ConfigScope::{scope}, .name = {quoted(name)}, .type = ConfigType::{TYPES[type_]}, "
                        f".defaultKind = DefaultKind::{default_kind}, .defaultText = {quoted(default_text)}, "
                        f".rule = {{{rule_code}, .choices = {choices_code}}}, "
                        f".importance = Importance::{importance.capitalize()}, .update = UpdateMode::{update}, "
                        f".isInternal = {'true' if 'internal' in flags else 'false'}, .synonyms = {synonyms_code}, "
                        f".documentation = {quoted(' '.join(doc))}}},")
            names.append(name)
        except (ValueError, KeyError) as problem:
            sys.exit(f"{path}:{number}: not a definition: {problem}")
    if names != sorted(names):
        sys.exit(f"{path}: names must be in order, for the search by name")
    out.append(f"constexpr ConfigDefinition k{scope}Definitions[] = {{")
    out.extend(rows)
    out.append("};")


def main():
    output, tables = sys.argv[1], sys.argv[2:]
    out = []
    for path in tables:
        table(path, out)
    os.makedirs(os.path.dirname(output), exist_ok=True)
    with open(output, "w", encoding="utf-8") as file:
        file.write("\n".join(out) + "\n")


main()
