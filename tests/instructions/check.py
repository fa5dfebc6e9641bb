"""Counts the instructions that brokers take for one batch, and compares them with expected.tsv.

usage: check.py PATH/TO/broker_work [--write]     --write takes what is counted for what is expected

Instructions, unlike seconds, are the same on a busy machine: what makes the path of a batch longer shows at once. Counted
by callgrind: as the difference between many and few times the same work, so that the start counts for nothing.
"""
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

EXPECTED = Path(__file__).parent / "expected.tsv"
MARGIN = 0.10
FEW, MANY = 20, 120


def instructions(program, words, times):
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", program, words[0], str(times), *words[1:]],
                              capture_output=True, text=True, timeout=250)
        if done.returncode != 0:
            raise SystemExit(f"{program} {words} failed:\n{done.stdout}\n{done.stderr}")
        return int(re.search(r"^summary: (\d+)", Path(folder, "out").read_text(encoding="utf-8"), re.MULTILINE)[1])


def per_item(program, words):
    return (instructions(program, words, MANY) - instructions(program, words, FEW)) / (MANY - FEW)


def main():
    program = sys.argv[1]
    if not shutil.which("valgrind"):
        print("valgrind is missing")
        raise SystemExit(77)
    lines = [line.split("\t") for line in EXPECTED.read_text(encoding="utf-8").splitlines()]
    with ThreadPoolExecutor(2) as threads:
        counted = list(threads.map(lambda line: per_item(program, line[0].split()), lines))
    wrong = 0
    for (work, expected), count in zip(lines, counted):
        change = count / int(expected) - 1
        print(f"{work:<16}{count:>12,.0f} instructions, expected {int(expected):,} ({change:+.1%})")
        wrong += abs(change) > MARGIN
    if "--write" in sys.argv:
        EXPECTED.write_text("".join(f"{work}\t{count:.0f}\n" for (work, _), count in zip(lines, counted)), encoding="utf-8")
    elif wrong:
        raise SystemExit(f"{wrong} differ by more than {MARGIN:.0%}. More: find out why. Fewer: keep it by --write.")


main()
