#!/usr/bin/env python3
"""Makes the C++ of Kafka's messages from the schema files. Python's standard library only.

    generate.py list              names of the files it would write, for CMake
    generate.py write FOLDER      writes those that changed
    generate.py fillers FOLDER    writes what tests need to make random messages

Generated code is never committed; the notation is explained in README.md.
"""

import argparse
import pathlib
import sys

from generator import fillers, header, schema, source, tables

HERE = pathlib.Path(__file__).parent
# Few big .cpp files compile faster than many small ones, and two cores need a few to share.
CHUNKS = 8


def chunks_of(messages):
    """Messages in CHUNKS groups of about the same size, each in schema order."""
    def weight(message):
        return 2 + sum(2 + len(struct.fields) for struct in [message.root, *message.structs])

    groups = [[] for _ in range(CHUNKS)]
    weights = [0] * CHUNKS
    for message in sorted(messages, key=weight, reverse=True):
        lightest = weights.index(min(weights))
        groups[lightest].append(message)
        weights[lightest] += weight(message)
    return [sorted(group, key=messages.index) for group in groups]


def chunk_source(messages):
    lines = [header.BANNER + '#include "protocol/codec.h"', '#include "protocol/messageinfo.h"']
    lines += [f'#include "protocol/messages/{header.file_stem(m)}.h"' for m in messages]
    lines += ["", "namespace moldau::protocol {", ""]
    lines += [source.render(message) for message in messages]
    lines += ["} // namespace moldau::protocol", ""]
    return "\n".join(lines)


def library_files(messages, apis):
    """Relative path → a function that gives the text."""
    files = {
        "apikeyids.h": lambda: tables.api_ids(apis),
        "apitable.cpp": lambda: tables.api_table(apis),
        "messagetable.cpp": lambda: tables.message_table(messages),
    }
    for message in messages:
        files[f"messages/{header.file_stem(message)}.h"] = lambda m=message: header.render(m)
    for number, group in enumerate(chunks_of(messages)):
        files[f"messages{number}.cpp"] = lambda g=group: chunk_source(g)
    return files


def write_changed(path, text):
    """An untouched file keeps its time, so that nothing compiles again."""
    if path.exists() and path.read_text() == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=["list", "write", "fillers"])
    parser.add_argument("folder", nargs="?", type=pathlib.Path)
    arguments = parser.parse_args()
    try:
        messages, apis = schema.load(HERE / "schema")
    except schema.SchemaError as error:
        sys.exit(f"schema: {error}")
    if arguments.command == "list":
        print("\n".join(library_files(messages, apis)))
        return
    if arguments.command == "fillers":
        files = fillers.files(messages)
    else:
        files = library_files(messages, apis)
    for name, text in files.items():
        write_changed(arguments.folder / name, text())


if __name__ == "__main__":
    main()
