#!/usr/bin/env python3
"""Whether every source of the project is as clang-format-16 would write it; names those that aren't.

    check_format.py [SOURCE_FOLDER]

Ends with 1 when a file differs, with 77 (skipped) when clang-format-16 isn't installed.
"""

import pathlib
import shutil
import subprocess
import sys

FOLDERS = ("app", "backend", "tests", "widgets")


def main():
    top = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent)
    program = shutil.which("clang-format-16")
    if not program:
        print("clang-format-16 isn't installed")
        return 77
    sources = [str(path) for folder in FOLDERS for kind in ("*.cpp", "*.h") for path in sorted((top / folder).rglob(kind))]
    return subprocess.run([program, "--dry-run", "-Werror", *sources]).returncode and 1


sys.exit(main())
