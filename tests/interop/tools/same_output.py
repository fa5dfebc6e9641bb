"""The bundled kafka-* tools beside Apache Kafka's own, on one cluster: the same output, byte for byte."""
import atexit
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import BUILD, Cluster, eventually, kafka_jars, kafka_tool

CLASSES = {
    "kafka-topics": "org.apache.kafka.tools.TopicCommand",
    "kafka-console-producer": "org.apache.kafka.tools.ConsoleProducer",
    "kafka-console-consumer": "org.apache.kafka.tools.consumer.ConsoleConsumer",
    "kafka-consumer-groups": "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand",
    "kafka-get-offsets": "org.apache.kafka.tools.GetOffsetShell",
    "kafka-configs": "kafka.admin.ConfigCommand",
}

kafka_jars()
cluster = Cluster(settings=["group.initial.rebalance.delay.ms=0"])
failures = []


def ours(tool, *arguments, stdin=""):
    command = [str(BUILD / "bin" / "moldauctl"), "exec", "-p", cluster.name, "broker-1", tool,
               "--bootstrap-server", cluster.bootstrap, *arguments]
    return subprocess.run(command, input=stdin, env=cluster.environment, capture_output=True, text=True, timeout=120)


def theirs(tool, *arguments, stdin=""):
    return kafka_tool(CLASSES[tool], "--bootstrap-server", cluster.bootstrap, *arguments, stdin=stdin, check=False)


def same(tool, *arguments, first_error_line=False):
    """Runs both; standard output has to be equal, or the first line of standard error."""
    mine, java = ours(tool, *arguments), theirs(tool, *arguments)
    a, b = (mine.stdout, java.stdout)
    if first_error_line:
        a, b = (mine.stderr.split("\n")[0], java.stderr.split("\n")[0])
    if a != b:
        failures.append(f"{tool} {' '.join(arguments)}\n--- ours ({mine.returncode}), {mine.stderr}\n{a}\n--- Apache Kafka's ({java.returncode}), {java.stderr}\n{b}")


def done(result):
    assert result.returncode == 0, result
    return result.stdout


# What ours make, theirs see, and the other way round.
assert done(ours("kafka-topics", "--create", "--topic", "orders.v1", "--partitions", "3", "--replication-factor", "3", "--config", "retention.ms=3600000",
                 "--config", "cleanup.policy=compact")).endswith("Created topic orders.v1.\n")
assert done(theirs("kafka-topics", "--create", "--topic", "topic-test", "--partitions", "2", "--replication-factor", "1")) == "Created topic topic-test.\n"
assert done(ours("kafka-topics", "--create", "--topic", "assigned", "--replica-assignment", "1:2,2:3")) == "Created topic assigned.\n"
done(ours("kafka-topics", "--alter", "--topic", "topic-test", "--partitions", "4"))
done(ours("kafka-console-producer", "--topic", "orders.v1", "--reader-property", "parse.key=true", "--reader-property", "key.separator=:",
          stdin="a:1\nb:2\nc:레몬차\nd:4\n"))
done(theirs("kafka-console-producer", "--topic", "orders.v1", "--reader-property", "parse.key=true", "--reader-property", "key.separator=:",
            stdin="a:5\nb:6\nc:\nd:8\n"))
done(ours("kafka-console-producer", "--topic", "topic-test", "--compression-codec", "lz4", "--reader-property", "parse.headers=true",
          "--reader-property", "parse.key=true", "--reader-property", "null.marker=NULL", stdin="h1:v1,h2:v2\tk1\tvalue1\nNULL\tk2\tNULL\n"))
read = done(ours("kafka-console-consumer", "--topic", "orders.v1", "--group", "g1", "--from-beginning", "--max-messages", "3"))
assert len(read.splitlines()) == 3, read
read = done(theirs("kafka-console-consumer", "--topic", "orders.v1", "--group", "g1", "--from-beginning", "--max-messages", "5"))
assert len(read.splitlines()) == 5, f"the group didn't go on where our tool stopped: {read}"

same("kafka-topics", "--list")
same("kafka-topics", "--list", "--exclude-internal")
same("kafka-topics", "--describe")
same("kafka-topics", "--describe", "--topic", "or.*")
same("kafka-topics", "--describe", "--topics-with-overrides")
same("kafka-topics", "--describe", "--under-replicated-partitions")
same("kafka-topics", "--describe", "--at-min-isr-partitions")
same("kafka-topics", "--describe", "--topic", "nope")
same("kafka-topics", "--create", "--topic", "topic-test")
same("kafka-topics", "--create", "--topic", "bad name")
same("kafka-topics", "--create", "--topic", "bad", "--replication-factor", "5")
same("kafka-topics", "--create", "--topic", "bad", "--config", "retention.mss=1")
same("kafka-topics", "--create", "--topic", "bad", "--config", "retention.ms=abc")
same("kafka-topics", "--create", "--topic", "bad", "--partitions", "abc")
same("kafka-topics", "--alter", "--topic", "topic-test", "--partitions", "2")
same("kafka-topics", "--delete", "--topic", "nope")

same("kafka-get-offsets")
same("kafka-get-offsets", "--topic", "orders.v1", "--time", "-2")
same("kafka-get-offsets", "--topic", "orders.v1", "--time", "max-timestamp")
same("kafka-get-offsets", "--topic-partitions", "orders.*:1-")
same("kafka-get-offsets", "--topic", "nothing", first_error_line=True)

for partition in ("0", "1", "2"):
    count = dict(line.rsplit(":", 1) for line in done(ours("kafka-get-offsets", "--topic", "orders.v1")).splitlines())[f"orders.v1:{partition}"]
    if count != "0":
        same("kafka-console-consumer", "--topic", "orders.v1", "--partition", partition, "--offset", "earliest", "--max-messages", count,
             "--formatter-property", "print.key=true", "--formatter-property", "print.timestamp=true", "--formatter-property", "print.offset=true")
same("kafka-console-consumer", "--topic", "topic-test", "--from-beginning", "--max-messages", "2", "--formatter-property", "print.headers=true",
     "--formatter-property", "print.key=true", "--formatter-property", "print.partition=true")
for old, new in (("consumer-property", "command-property"), ("property", "formatter-property"), ("consumer.config", "command-config")):
    same("kafka-console-consumer", "--topic", "t", f"--{old}", "a=b", f"--{new}", "a=b", first_error_line=True)
for old, new in (("producer-property", "command-property"), ("property", "reader-property"), ("producer.config", "command-config")):
    same("kafka-console-producer", "--topic", "t", f"--{old}", "a=b", f"--{new}", "a=b", first_error_line=True)

same("kafka-configs", "--describe", "--entity-type", "topics", "--entity-name", "orders.v1")
same("kafka-configs", "--describe", "--topic", "orders.v1", "--all")
same("kafka-configs", "--describe", "--entity-type", "topics")
same("kafka-configs", "--describe", "--entity-type", "brokers")
same("kafka-configs", "--describe", "--topic", "nope")
assert done(ours("kafka-configs", "--alter", "--topic", "topic-test", "--add-config", "retention.ms=5000,cleanup.policy=[compact,delete]")) \
    == "Completed updating config for topic topic-test.\n"
same("kafka-configs", "--describe", "--topic", "topic-test")
done(ours("kafka-configs", "--alter", "--topic", "topic-test", "--delete-config", "retention.ms"))
same("kafka-configs", "--describe", "--topic", "topic-test")

same("kafka-consumer-groups", "--describe", "--group", "g1")
same("kafka-consumer-groups", "--describe", "--group", "g1", "--verbose")
same("kafka-consumer-groups", "--describe", "--group", "g1", "--state")
same("kafka-consumer-groups", "--describe", "--group", "g1", "--members")
same("kafka-consumer-groups", "--describe", "--group", "nope")
member = subprocess.Popen(["java", "-Xmx128m", "-XX:+UseSerialGC", "-cp", f"{kafka_jars()}/*", CLASSES["kafka-console-consumer"], "--bootstrap-server",
                           cluster.bootstrap, "--topic", "orders.v1", "--group", "live"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
atexit.register(member.kill)
eventually(lambda: "Stable" in ours("kafka-consumer-groups", "--describe", "--group", "live", "--state").stdout, "the group has a member", seconds=60)


def committed():
    """The member commits every few seconds: what two tools say of it is equal only from the first time on."""
    rows = [line.split() for line in ours("kafka-consumer-groups", "--describe", "--group", "live").stdout.splitlines() if line.startswith("live ")]
    return rows and all(row[3] != "-" for row in rows)


eventually(committed, "the group has committed its offsets", seconds=60)
for what in ("--offsets", "--members", "--state"):
    same("kafka-consumer-groups", "--describe", "--group", "live", what)
    same("kafka-consumer-groups", "--describe", "--group", "live", what, "--verbose")
same("kafka-consumer-groups", "--delete", "--group", "live")
member.kill()
for scenario in (["--to-earliest"], ["--to-latest"], ["--to-current"], ["--shift-by", "-1"], ["--to-offset", "1"], ["--by-duration", "PT1H"],
                 ["--to-datetime", "2020-01-01T00:00:00.000"]):
    same("kafka-consumer-groups", "--reset-offsets", "--group", "g1", "--topic", "orders.v1", "--dry-run", *scenario)
same("kafka-consumer-groups", "--reset-offsets", "--group", "g1", "--all-topics", "--to-earliest", "--export", "--dry-run")
same("kafka-consumer-groups", "--reset-offsets", "--group", "g1", "--to-earliest", "--dry-run", first_error_line=True)
done(ours("kafka-consumer-groups", "--reset-offsets", "--group", "g1", "--topic", "orders.v1", "--to-earliest", "--execute"))
same("kafka-consumer-groups", "--describe", "--group", "g1")
done(ours("kafka-consumer-groups", "--delete-offsets", "--group", "g1", "--topic", "orders.v1:0"))
same("kafka-consumer-groups", "--describe", "--group", "g1")
same("kafka-consumer-groups", "--delete-offsets", "--group", "nope", "--topic", "orders.v1")
same("kafka-consumer-groups", "--delete", "--group", "nope")
assert done(ours("kafka-consumer-groups", "--delete", "--group", "g1")) == "Deletion of requested consumer groups ('g1') was successful.\n"

done(ours("kafka-topics", "--delete", "--topic", "assigned"))
assert "assigned" not in done(theirs("kafka-topics", "--list")).split()

for failure in failures:
    print(failure, "\n")
if failures:
    sys.exit(f"{len(failures)} outputs differ from Apache Kafka's")
print("kafka-* tools: the same output as Apache Kafka's")
