"""Eligible leader replicas (KIP-966) in a new cluster: kafka-topics --describe tells of a broker that left, and came back, and
kafka-configs changes and refuses to change min.insync.replicas, as with Apache Kafka."""
import re
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

    def configs(self, *arguments):
        """What kafka-configs says of brokers, or why it refuses."""
        done = kafka_tool("kafka.admin.ConfigCommand", "--bootstrap-server", self.bootstrap, "--entity-type", "brokers", *arguments, check=False)
        refusals = re.findall(r"(?<=Caused by: ).*", done.stdout + done.stderr)
        return refusals or done.stdout.splitlines()

    def minimum(self):
        """min.insync.replicas of all brokers and of one: shown, changed, removed."""
        return [self.configs(*arguments) for arguments in (
            ("--describe", "--entity-default"),
            ("--alter", "--entity-name", "1", "--add-config", "min.insync.replicas=2"),
            ("--alter", "--entity-name", "1", "--delete-config", "min.insync.replicas"),
            ("--alter", "--entity-default", "--delete-config", "min.insync.replicas"),
            ("--alter", "--entity-default", "--add-config", "min.insync.replicas=1"),
            ("--describe", "--entity-default"),
            ("--describe", "--entity-name", "1"))]

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


SETTINGS = {"min.insync.replicas": 2}
ours = Cluster(brokers=3, settings=[f"{name}={value}" for name, value in SETTINGS.items()])
mine = Side(ours.bootstrap, lambda: ours.stop("broker-3"), lambda: ours.start("broker-3"))
told = mine.story()
assert told == [("1,2,3", "", ""), ("1,2", "3", ""), ("1,2,3", "", "")], told
minimum = mine.minimum()
assert any("min.insync.replicas=2" in line for line in minimum[0]), minimum
assert any("cannot be altered while ELR is enabled" in line for line in minimum[1]), minimum
ours.down()

kafka = ApacheKafka(nodes=3, settings=SETTINGS)
kafka.start()
side = Side(kafka.bootstrap, lambda: kafka.stop_node(3), lambda: kafka.start_node(3))
theirs = side.story()
assert told == theirs, f"{told} here, {theirs} with Apache Kafka"
theirs = side.minimum()
assert minimum == theirs, f"{minimum}\n\nhere,\n\n{theirs}\n\nwith Apache Kafka"
print(f"eligible leaders: {told[1]} after broker 3 has left; {minimum[1]}; as with Apache Kafka")
