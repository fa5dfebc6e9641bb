"""kafka-features describe: the levels of a new cluster are those of Apache Kafka's, in both forms of the quorum.

With one controller the log names the voter (kraft.version 1), as after kafka-storage format --standalone; several are
named by a setting (kraft.version 0), as controller.quorum.voters does.
"""
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import ApacheKafka, Cluster, eventually, kafka_jars, kafka_tool

# What Apache Kafka has and we don't: streams groups.
MISSING = {"streams.version"}


def levels(bootstrap):
    """Name, lowest and highest supported, finalized."""
    done = kafka_tool("org.apache.kafka.tools.FeatureCommand", "--bootstrap-server", bootstrap, "describe", check=False)
    return re.findall(r"Feature: (\S+)\s+SupportedMinVersion: (\S+)\s+SupportedMaxVersion: (\S+)\s+FinalizedVersionLevel: (\S+)", done.stdout)


def compare(cluster, kafka):
    ours = eventually(lambda: levels(cluster.bootstrap), "our features are told")
    cluster.remove()
    kafka.start()
    theirs = eventually(lambda: levels(kafka.bootstrap), "Apache Kafka's features are told", 60)
    kafka.remove()
    mine, java = ([row for row in rows if row[0] not in MISSING] for rows in (ours, theirs))
    assert mine == java, f"{mine} here, {java} with Apache Kafka"
    return dict((row[0], row[3]) for row in mine)


kafka_jars()
alone = compare(Cluster(brokers=1), ApacheKafka(is_standalone=True))
several = compare(Cluster(brokers=1, arguments=("--controllers", "3")), ApacheKafka())
assert (alone["kraft.version"], several["kraft.version"]) == ("1", "0"), (alone, several)
print(f"features of a new cluster, as Apache Kafka's: {alone}")
