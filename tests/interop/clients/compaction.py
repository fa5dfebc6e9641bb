"""A compacted topic shrinks on every broker; each key's last value stays, at the offset it had.

The cleaner of real brokers works while kcat produces, consumes and a broker restarts; tombstones go;
a group's offsets survive the compaction of __consumer_offsets.
"""
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import Cluster, eventually, kafka_jars, kafka_tool, need

need("kcat")
kafka_jars()
KEYS = 50
ROUNDS = 60
cluster = Cluster(settings=["log.cleaner.backoff.ms=100", "log.retention.check.interval.ms=200",
                            "log.segment.delete.delay.ms=500", "offsets.topic.num.partitions=1",
                            "auto.create.topics.enable=false"])


def kcat(*arguments, stdin=None):
    return subprocess.run(["kcat", "-b", cluster.bootstrap, *arguments], input=stdin, capture_output=True, text=True,
                          timeout=60, check=True).stdout


def tool(name, *arguments):
    return kafka_tool("org.apache.kafka.tools." + name, "--bootstrap-server", cluster.bootstrap, *arguments).stdout


def produce(lines):
    kcat("-P", "-t", "table", "-K", ":", "-Z", "-X", "acks=all", "-X", "linger.ms=1", stdin="".join(lines))


def read():
    """(offset, key, value) of all records; the value is empty for a tombstone."""
    text = kcat("-C", "-t", "table", "-o", "beginning", "-e", "-q", "-f", "%o\t%k\t%s\n")
    return [(int(offset), key, value) for offset, key, value in (line.split("\t") for line in text.splitlines())]


def sizes(topic):
    """Bytes of each broker's replica of the topic's partition 0: its segments that still count."""
    folders = list(cluster.home.rglob(f"{topic}-0"))
    assert len(folders) == 3, folders
    return [sum(path.stat().st_size for path in folder.glob("*.log")) for folder in folders]


tool("TopicCommand", "--create", "--topic", "table", "--partitions", "1", "--replication-factor", "3",
     "--config", "cleanup.policy=compact", "--config", "segment.ms=50", "--config", "min.cleanable.dirty.ratio=0.01",
     "--config", "delete.retention.ms=300")
expected = {}
offset = 0
produced = 0
for round in range(ROUNDS):
    lines = []
    for number in range(KEYS):
        key, value = f"key{number}", f"{round}-{number}-{'v' * 400}"
        lines.append(f"{key}:{value}\n")
        expected[key] = (offset, value)
        offset += 1
        produced += len(value)
    produce(lines)
    if round == ROUNDS // 2:
        cluster.stop("broker-2")
        cluster.start("broker-2")
# A key's removal, and one record more so that the segment of the removal is no longer the last.
produce(["key0:\n"])
expected.pop("key0")
offset += 1


def is_clean():
    global offset
    produce([f"last:{offset}\n"])
    expected["last"] = (offset, str(offset))
    offset += 1
    return max(sizes("table")) < 3 * KEYS * 450


eventually(is_clean, f"a log that is smaller than its {produced} bytes: {sizes('table')}")
eventually(lambda: is_clean() and "key0" not in {key for _, key, _ in read()}, "the tombstone has gone")
records = read()
last = {key: (where, value) for where, key, value in records}
assert last == expected, "other values or offsets: " + str({k: (last.get(k), expected.get(k)) for k in expected | last
                                                            if last.get(k) != expected.get(k)})
assert len(records) < 5 * KEYS, f"{len(records)} records are left"
end = tool("GetOffsetShell", "--topic", "table").strip()
assert end == f"table:0:{offset}", end

# Commits of a group: the newest of many stays, whatever is cleaned.
for wanted in range(offset - 10, offset):
    tool("consumer.group.ConsumerGroupCommand", "--group", "readers", "--reset-offsets", "--to-offset", str(wanted),
         "--topic", "table", "--execute")
    if wanted == offset - 10:
        kafka_tool("kafka.admin.ConfigCommand", "--bootstrap-server", cluster.bootstrap, "--alter", "--topic",
                   "__consumer_offsets", "--add-config", "segment.ms=50,min.cleanable.dirty.ratio=0.01")
before = sizes("__consumer_offsets")
eventually(lambda: max(len(list(folder.glob("*.log"))) for folder in cluster.home.rglob("__consumer_offsets-0")) <= 3,
           "few segments of __consumer_offsets")
cluster.restart()
described = tool("consumer.group.ConsumerGroupCommand", "--describe", "--group", "readers")
row = next(line.split() for line in described.splitlines() if line.startswith("readers"))
assert row[3] == str(offset - 1), described
assert {key: (where, value) for where, key, value in read()} == expected, "values are lost by the restart"
print(f"{produced} bytes of values became {max(sizes('table'))} bytes of log; __consumer_offsets {max(before)} bytes")
