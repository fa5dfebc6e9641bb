#!/usr/bin/env python3
"""Compares the answers of fault rules with those of Kafka's own AbstractRequest.getErrorResponse().

    errors.py BUILD_FOLDER WRITER

For every API that a rule can answer with an error, in every version that both know: random requests by our encoder,
with several errors. Answers are to be equal byte for byte, but for three things, where their fields are compared:
  - the words of an error message, where both have one: ours are our own;
  - the order of a produce answer's topics and partitions: Kafka's is that of a hash map;
  - the newest version of ApiVersions that an UNSUPPORTED_VERSION tells of: each side tells its own.
Requests that Kafka takes for malformed, and versions that its jars lack, are counted and named.
"""
import collections
import json
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import kafka_jars

HERE = Path(__file__).resolve().parent
PRODUCE = 0


def fields(text, api):
    """An answer's fields without what may differ and, for a produce answer, in one order."""
    def plain(value):
        if isinstance(value, dict):
            return {name: "words" if name == "errorMessage" and each is not None else plain(each) for name, each in value.items()
                    if name != "maxVersion"}
        if isinstance(value, list):
            parts = [plain(each) for each in value]
            return sorted(parts, key=json.dumps) if api == PRODUCE else parts
        return value

    return text if text == "none" else plain(json.loads(text))


def names_a_partition_twice(text):
    """Such a produce request makes no sense, and Kafka's hash map takes its parts for one."""
    named = [(topic.get("name"), topic.get("topicId"), partition["index"]) for topic in json.loads(text)["responses"] for partition in
             topic["partitionResponses"]]
    topics = [(topic.get("name"), topic.get("topicId")) for topic in json.loads(text)["responses"]]
    return len(set(named)) < len(named) or len(set(topics)) < len(topics)


lines = subprocess.run([sys.argv[2]], stdout=subprocess.PIPE, check=True, text=True).stdout.splitlines()
java = subprocess.run(["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", f"{kafka_jars()}/*", str(HERE / "ErrorAnswers.java")],
                      input="\n".join(lines) + "\n", capture_output=True, text=True)
if java.returncode != 0:
    sys.exit(java.stderr[-3000:])
answers = java.stdout.rstrip("\n").split("\n")
if len(answers) != len(lines):
    sys.exit(f"{len(lines)} requests, but {len(answers)} answers")

equal, alike, checked = 0, 0, set()
others = collections.defaultdict(collections.Counter)
differ = []
for line, answer in zip(lines, answers):
    key, version, error, _, ours = line.split("\t")
    theirs, shown, ours_shown = answer.split("\t")
    cell = (int(key), int(version))
    if theirs in ("absent", "refused"):
        others[f"{theirs}: {shown[:150]}"][f"API {key}"] += 1
    elif theirs == ours:
        equal += 1
        checked.add(cell)
    elif cell[0] == PRODUCE and "none" not in (theirs, ours) and names_a_partition_twice(ours_shown):
        others["a produce request names a partition twice"][f"API {key}"] += 1
    elif fields(shown, cell[0]) == fields(ours_shown, cell[0]):
        alike += 1
        checked.add(cell)
    else:
        differ.append((cell, error, shown, ours_shown))
for what, counted in others.items():
    print(f"not compared: {what}: " + ", ".join(f"{api} ({count} requests)" for api, count in sorted(counted.items())))
print(f"answers of {len({api for api, _ in checked})} APIs in {len(checked)} versions: {equal} have Kafka's bytes, {alike} its fields in other words or in "
      f"another order, {len(differ)} differ")
seen = set()
for cell, error, shown, ours_shown in differ:
    if cell not in seen:
        seen.add(cell)
        print(f"\nAPI {cell[0]} v{cell[1]} error {error}\n  Kafka {shown}\n  ours  {ours_shown}")
sys.exit(1 if differ or not checked else 0)
