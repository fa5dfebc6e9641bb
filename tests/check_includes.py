#!/usr/bin/env python3
"""The house rules that a compiler does not know: which folder may include which, and a few others.

    check_includes.py [SOURCE_FOLDER]

Prints each breach as file:line and ends with 1 when there is one.
"""

import pathlib
import re
import sys

# A folder may include those that its line names, and all that they may include: the arrows point
# one way. backend/README.md draws them.
BACKEND = {
    "base": "",
    "protocol": "base",
    "events": "base",
    "faults": "protocol events",
    "configs": "base",
    "network": "protocol events faults",
    "storage": "protocol events configs",
    "raft": "storage network",
    "controller": "storage",
    "controllernode": "controller raft network",
    "coordinator": "storage",
    "zookeeper": "storage",
    "broker": "raft controller coordinator",
    "client": "protocol events configs network",
    "compose": "configs",
    "tools": "client compose",
    "scenario": "client",
    "connect": "client",
    "registry": "client",
    "cluster": "broker controllernode client compose zookeeper",
}
# The window knows how to talk to a cluster, never how one works.
WIDGETS = {
    "common": "",
    "bridge": "common client compose tools scenario",
    "models": "bridge",
    "topology": "bridge models",
    "panes": "models topology",
}
LAMBDA_WITH_CAPTURE = re.compile(r"co_await\b[^;{}]*?(?<![\w\])\[])\[[^\[\]]+\]\s*[({]")
INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)')
LINKS = re.compile(r"moldau_library\((\w+)([^)]*)\)")


def closed(table):
    """Each folder with everything that it may include; fails on a circle."""
    result = {}

    def reach(folder, path=()):
        if folder in path:
            sys.exit(f"the arrows make a circle: {' -> '.join((*path, folder))}")
        if folder not in result:
            result[folder] = {folder}.union(
                *(reach(below, (*path, folder)) for below in table[folder].split()))
        return result[folder]

    for folder in table:
        reach(folder)
    return result


def sources(folder):
    return sorted(p for p in folder.rglob("*") if p.suffix in (".h", ".cpp", ".inc"))


class Checker:
    def __init__(self, root):
        self.root = root
        self.breaches = []
        self.backend = closed(BACKEND)
        self.widgets = closed(BACKEND | WIDGETS)
        self.files = 0

    def breach(self, path, line, what):
        self.breaches.append(f"{path.relative_to(self.root)}:{line}: {what}")

    def check_file(self, path, folder, allowed):
        """allowed None: everything (only app/)."""
        self.files += 1
        text = path.read_text()
        is_backend = path.is_relative_to(self.root / "backend")
        may_use_asio = is_backend and folder == "base" and path.name.startswith("asio")
        for number, line in enumerate(text.splitlines(), 1):
            found = INCLUDE.match(line)
            if not found:
                continue
            own, system = found.groups()
            if own and "/" in own and allowed is not None:
                other = own.split("/")[0]
                known = other in BACKEND or other in WIDGETS
                if known and other not in allowed:
                    self.breach(path, number, f"{folder} may not include {other}")
            header = own or system
            if is_backend and re.match(r"Q[A-Z]|Qt", header):
                self.breach(path, number, "no Qt under backend/")
            if re.match(r"asio[./]", header) and not may_use_asio:
                self.breach(path, number, "asio is included in base/asio* only")
        for found in LAMBDA_WITH_CAPTURE.finditer(text):
            self.breach(path, text.count("\n", 0, found.start()) + 1,
                        "a capturing lambda in a co_await expression is freed too early")

    def check_links(self, folder):
        build_file = self.root / "backend" / folder / "CMakeLists.txt"
        if not build_file.exists():
            return
        for found in LINKS.finditer(build_file.read_text()):
            for other in re.findall(r"\bmoldau_(\w+)", found.group(2)):
                if other in BACKEND and other not in self.backend[folder]:
                    self.breach(build_file, 1, f"{folder} may not link {other}")

    def check(self):
        for path in sorted((self.root / "backend").iterdir()):
            if not path.is_dir():
                continue
            if path.name not in BACKEND:
                self.breach(path, 0, "a folder that tests/check_includes.py does not know")
                continue
            for source in sources(path):
                self.check_file(source, path.name, self.backend[path.name])
            self.check_links(path.name)
        for path in sorted((self.root / "widgets").iterdir()):
            if path.is_dir() and path.name in WIDGETS:
                for source in sources(path):
                    self.check_file(source, path.name, self.widgets[path.name])
            elif path.is_dir():
                self.breach(path, 0, "a folder that tests/check_includes.py does not know")
        for source in sources(self.root / "app"):
            self.check_file(source, "app", None)


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent)
    checker = Checker(root.resolve())
    checker.check()
    print("\n".join(checker.breaches) or f"{checker.files} files keep the rules")
    sys.exit(1 if checker.breaches else 0)


if __name__ == "__main__":
    main()
