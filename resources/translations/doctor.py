"""What the doctor of compose files says, for translators.

The doctor has no Qt: its sentences are `say("…")` in backend/compose and the explanations in
backend/configs/definitions/legacy.txt. The window looks them up in the context Doctor.

usage: doctor.py SOURCE-FOLDER             writes them as a source that lupdate reads
       doctor.py SOURCE-FOLDER FILE.ts…    status 1 and a list where a translation is missing, surplus or loses a part
"""
import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

LITERALS = r'((?:"(?:[^"\\]|\\.)*"\s*)+)'


def sentences(root):
    found = set()
    for path in sorted((root / "backend" / "compose").rglob("*.cpp")):
        for call in re.finditer(r"\bsay\(\s*" + LITERALS, path.read_text()):
            parts = re.findall(r'"((?:[^"\\]|\\.)*)"', call.group(1))
            found.add("".join(parts).replace('\\"', '"').replace("\\\\", "\\"))
    for line in (root / "backend" / "configs" / "definitions" / "legacy.txt").read_text().splitlines():
        if line.startswith("    "):
            found.add(line.strip())
    return found


def complaints(wanted, path):
    translated = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        if context.findtext("name") == "Doctor":
            for message in context.iter("message"):
                translated[message.findtext("source")] = message.findtext("translation") or ""
    for sentence in sorted(wanted | set(translated)):
        if not translated.get(sentence):
            yield f"missing: {sentence}"
        elif sentence not in wanted:
            yield f"surplus: {sentence}"
        else:
            places = sorted(re.findall(r"\{\d\}", translated[sentence]))
            if places != [f"{{{i}}}" for i in range(sentence.count("{}"))]:
                yield f"parts differ: {sentence}"


def main():
    wanted = sentences(Path(sys.argv[1]))
    if len(sys.argv) == 2:
        for sentence in sorted(wanted):
            quoted = sentence.replace("\\", "\\\\").replace('"', '\\"')
            print(f'QT_TRANSLATE_NOOP("Doctor", "{quoted}");')
        return
    found = [f"{path}: {line}" for path in sys.argv[2:] for line in complaints(wanted, path)]
    print("\n".join(found) or f"{len(wanted)} sentences")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
