"""Apache Kafka's own DumpLogSegments and kafka-metadata-shell read the snapshots of our controllers and brokers.

Three controllers whose log is cut often: one is away meanwhile and comes back by a snapshot, as does a broker. The
snapshots must hold what the cluster had, in the order of record types of Apache Kafka's own snapshots.
"""
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from dumping import dump  # noqa: E402
from harness import ApacheKafka, Cluster, eventually, kafka_jars, kafka_tool, metadata_shell  # noqa: E402

EXPECTED = ["SnapshotHeader", "SnapshotFooter", "FEATURE_LEVEL_RECORD", "REGISTER_BROKER_RECORD", "TOPIC_RECORD",
            "PARTITION_RECORD", "CONFIG_RECORD", "PRODUCER_IDS_RECORD"]


def tool(bootstrap, name, *arguments, stdin=None):
    return kafka_tool("org.apache.kafka.tools." + name, "--bootstrap-server", bootstrap, *arguments, stdin=stdin).stdout


def change(bootstrap, prefix, count):
    tool(bootstrap, "TopicCommand", "--create", "--topic", prefix + "-compacted", "--partitions", "2", "--config",
         "cleanup.policy=compact")
    tool(bootstrap, "ConsoleProducer", "--topic", prefix + "-compacted", "--reader-property", "parse.key=true",
         stdin="a\t1\n")
    for number in range(count):
        tool(bootstrap, "TopicCommand", "--create", "--topic", f"{prefix}-{number}", "--partitions", "5")
    tool(bootstrap, "TopicCommand", "--delete", "--topic", f"{prefix}-0")


def types_in(text):
    """Types of records in the order of their first appearance."""
    return list(dict.fromkeys(re.findall(r'"type":"([A-Z_]+)"|(Snapshot(?:Header|Footer))', text)))


def snapshots(home, service="*"):
    return sorted(home.rglob(f"{service}/__cluster_metadata-0/*.checkpoint"), key=lambda path: path.name)


def kafkas_order():
    kafka = ApacheKafka(settings={"metadata.log.max.record.bytes.between.snapshots": 1000}).start()
    eventually(lambda: kafka_tool("org.apache.kafka.tools.TopicCommand", "--bootstrap-server", kafka.bootstrap, "--list",
                                  check=False).returncode == 0, "Apache Kafka starts", 60)
    change(kafka.bootstrap, "orders", 3)

    def newest():
        found = snapshots(kafka.home)
        text = dump(found[-1:]) if found else ""
        return text if "PRODUCER_IDS_RECORD" in text else None

    text = eventually(newest, "Apache Kafka writes a snapshot with all of it", 60)
    kafka.remove()
    return types_in(text)


def lags(bootstrap):
    """How far each voter and observer is behind, by kafka-metadata-quorum."""
    rows = [line.split() for line in tool(bootstrap, "MetadataQuorumCommand", "describe", "--replication").splitlines()]
    column = rows[0].index("Lag")
    return {int(row[0]): int(row[column]) for row in rows[1:] if row}


def active(bootstrap):
    text = tool(bootstrap, "MetadataQuorumCommand", "describe", "--status")
    return int(re.search(r"LeaderId:\s+(\d+)", text).group(1)) - 9000


def main():
    kafka_jars()
    theirs = kafkas_order()
    cluster = Cluster(arguments=["--controllers", "3"],
                      settings=["metadata.log.max.record.bytes.between.snapshots=3000", "metadata.max.retention.bytes=6000",
                                "internal.metadata.log.segment.bytes=4000"])
    change(cluster.bootstrap, "before", 2)
    away = active(cluster.bootstrap) % 3 + 1
    cluster.kill(f"controller-{away}")
    cluster.kill("broker-3")
    left = {service: snapshots(cluster.home, service) for service in (f"controller-{away}", "broker-3")}
    change(cluster.bootstrap, "orders", 12)
    whole = cluster.home.rglob("controller-*/__cluster_metadata-0/00000000000000000000.log")
    assert [path.parts[-3] for path in whole] in ([], [f"controller-{away}"]), "no log was cut"
    cluster.start(f"controller-{away}")
    cluster.start("broker-3")
    eventually(lambda: set(lags(cluster.bootstrap).values()) == {0}, "all have caught up", 60)
    for service, before in left.items():
        assert snapshots(cluster.home, service)[-1].name > max([path.name for path in before], default=""), service
    change(cluster.bootstrap, "after", 2)
    names = set(tool(cluster.bootstrap, "TopicCommand", "--list").split())
    assert {"orders-11", "after-1"} <= names and "orders-0" not in names, names
    cluster.down()

    found = snapshots(cluster.home)
    assert {path.parts[-3] for path in found} == {f"{kind}-{number}" for kind in ("controller", "broker") for number in
                                                  (1, 2, 3)}, found
    text = dump(found)
    for name in EXPECTED:
        assert name in text, f"no {name} in:\n{text[:4000]}"
    newest = dump(found[-1:])
    held = set(re.findall(r'"type":"TOPIC_RECORD".*?"name":"([^"]+)"', newest))
    assert held <= names and "orders-11" in held, (held, names)
    # The shell answers as soon as it has read anything, of Apache Kafka's own files as well: at times not all is there.
    shown = lambda *command: sorted(metadata_shell(found[-1], *command).split())  # noqa: E731
    eventually(lambda: shown("ls", "/image/topics/byName") == sorted(held), "the shell shows the topics")
    eventually(lambda: shown("cat", "/image/features/finalized_eligible.leader.replicas.version") == ["1"], "the shell shows a feature")
    ours = types_in(newest)
    assert ours == [each for each in theirs if each in ours], (ours, theirs)
    print(f"{len(found)} snapshots understood by Kafka; the newest holds {len(held)} topics in "
          f"{len(re.findall(r'^. offset:', newest, re.M))} records")


main()
