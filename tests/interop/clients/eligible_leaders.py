"""Eligible leader replicas (KIP-966), once switched on: kafka-topics --describe tells of a broker that left, and came back, as with Apache Kafka."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import ApacheKafka, Cluster, eventually, kafka_tool


class Side:
    """A cluster of three whose broker 3 can be stopped and started, and Kafka's tools at work on it."""

    def __init__(self, bootstrap, stop, start):
        self.bootstrap, self.stop, self.start = bootstrap, stop, start

    def tool(self, name, *arguments):
        done = kafka_tool("org.apache.kafka.tools." + name, "--bootstrap-server", self.bootstrap, *arguments, check=False)
        assert done.returncode == 0, f"{name} {arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    def described(self):
        """In sync, eligible, last known eligible: of the one partition."""
        line = next(line for line in self.tool("TopicCommand", "--describe", "--topic", "orders").splitlines() if "Partition: " in line)
        fields = dict((part.strip() + " ").split(": ", 1) for part in line.split("\t") if ":" in part)
        return tuple(",".join(sorted(fields[name].strip().split(","))) for name in ("Isr", "Elr", "LastKnownElr"))

    def story(self):
        seen = []
        self.tool("TopicCommand", "--create", "--topic", "orders", "--replica-assignment", "1:2:3", "--config", "min.insync.replicas=3")
        seen.append(eventually(lambda: (now := self.described())[0] == "1,2,3" and now, "all are in sync"))
        self.stop()
        seen.append(eventually(lambda: (now := self.described())[0] == "1,2" and now, "broker 3 has left the ISR"))
        self.start()
        seen.append(eventually(lambda: (now := self.described())[0] == "1,2,3" and now, "broker 3 is in sync again", seconds=60))
        return seen


ours = Cluster(brokers=3)
mine = Side(ours.bootstrap, lambda: ours.stop("broker-3"), lambda: ours.start("broker-3"))
assert "eligible.leader.replicas.version was upgraded to 1" in mine.tool("FeatureCommand", "upgrade", "--feature", "eligible.leader.replicas.version=1")
told = mine.story()
assert told == [("1,2,3", "", ""), ("1,2", "3", ""), ("1,2,3", "", "")], told
ours.down()

kafka = ApacheKafka(nodes=3)
kafka.start()
theirs = Side(kafka.bootstrap, lambda: kafka.stop_node(3), lambda: kafka.start_node(3)).story()
assert told == theirs, f"{told} here, {theirs} with Apache Kafka"
print(f"eligible leaders: {told[1]} after broker 3 has left, as with Apache Kafka")
