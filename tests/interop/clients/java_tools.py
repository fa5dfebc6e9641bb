"""Apache Kafka's own Java console tools: topics, producer, consumer, groups, configs, offsets."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import Cluster, kafka_jars, kafka_tool

kafka_jars()
cluster = Cluster()
TOOLS = "org.apache.kafka.tools."


def tool(name, *arguments, **options):
    return kafka_tool(TOOLS + name, "--bootstrap-server", cluster.bootstrap, *arguments, **options).stdout


tool("TopicCommand", "--create", "--topic", "orders", "--partitions", "3", "--replication-factor", "3", "--config", "retention.ms=3600000")
described = tool("TopicCommand", "--describe", "--topic", "orders")
assert "PartitionCount: 3" in described and "ReplicationFactor: 3" in described and "retention.ms=3600000" in described, described

for codec in ("none", "gzip", "snappy", "lz4", "zstd"):
    tool("ConsoleProducer", "--topic", "orders", "--compression-codec", codec, "--command-property", "acks=all",
         stdin="".join(f"{codec} {i} 레몬차\n" for i in range(20)))
read = tool("consumer.ConsoleConsumer", "--topic", "orders", "--from-beginning", "--max-messages", "100", "--group", "java",
            "--timeout-ms", "30000")
assert len(set(read.splitlines())) == 100, read

groups = tool("consumer.group.ConsumerGroupCommand", "--describe", "--group", "java")
lag = [line.split() for line in groups.splitlines() if line.startswith("java")]
assert len(lag) == 3 and all(row[5] == "0" for row in lag), groups

offsets = tool("GetOffsetShell", "--topic", "orders")
assert sum(int(line.rsplit(":", 1)[1]) for line in offsets.splitlines() if line.startswith("orders:")) == 100, offsets

print("Java tools: topics, all codecs, groups, offsets")
