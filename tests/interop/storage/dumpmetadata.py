"""Apache Kafka's own DumpLogSegments reads our controller's metadata log.

It decodes every control record and every metadata record of a cluster that has made topics, changed
settings and lost and regained a broker, and must understand all of them.
"""
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from dumping import dump  # noqa: E402
from harness import Cluster, kafka_jars, kafka_tool  # noqa: E402

# What a cluster that has done all this must have written, by Kafka's names.
EXPECTED = ["LeaderChange", "KRaftVersion", "KRaftVoters", "FEATURE_LEVEL_RECORD", "REGISTER_BROKER_RECORD",
            "BROKER_REGISTRATION_CHANGE_RECORD", "TOPIC_RECORD", "PARTITION_RECORD", "PARTITION_CHANGE_RECORD",
            "CONFIG_RECORD", "PRODUCER_IDS_RECORD", "REMOVE_TOPIC_RECORD"]


def main():
    kafka_jars()
    cluster = Cluster()

    def tool(name, *arguments, stdin=None):
        return kafka_tool("org.apache.kafka.tools." + name, "--bootstrap-server", cluster.bootstrap, *arguments,
                          stdin=stdin).stdout

    tool("TopicCommand", "--create", "--topic", "orders", "--partitions", "3", "--replication-factor", "3",
         "--config", "cleanup.policy=compact")
    tool("ConsoleProducer", "--topic", "orders", "--reader-property", "parse.key=true", stdin="a\t1\n")
    cluster.stop("broker-2")
    cluster.start("broker-2")
    tool("TopicCommand", "--delete", "--topic", "orders")
    cluster.down()

    logs = sorted(cluster.home.rglob("__cluster_metadata-0/*.log"))
    assert logs, "no metadata log below " + str(cluster.home)
    text = dump(logs)
    for name in EXPECTED:
        assert name in text, f"no {name} in:\n{text[:4000]}"
    records = len(re.findall(r"^\| offset:", text, re.M))
    batches = len(re.findall(r"^baseOffset:", text, re.M))
    print(f"{records} records in {batches} batches of the metadata log: understood by Kafka")


main()
