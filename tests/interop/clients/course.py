"""The course's compose file in its three forms, and section 2 of its notes: with Apache Kafka's own tools at
localhost:9092, and through moldauctl exec as inside the compose network."""
import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import BUILD, SOURCE, eventually, kafka_jars, kafka_tool, skip

SAMPLES = SOURCE.parent.parent / "resources" / "compose"
PROJECT = "part7-naive"
TOPICS = "org.apache.kafka.tools.TopicCommand"
CONSUMER = "org.apache.kafka.tools.consumer.ConsoleConsumer"
PRODUCER = "org.apache.kafka.tools.ConsoleProducer"
BEGINNING = ("--from-beginning", "--timeout-ms", "10000")

for port in (9092, 2181):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            skip(f"port {port}, which the course's file publishes, is used by another program")
jars = kafka_jars()
home = Path(tempfile.mkdtemp(prefix="moldau-course-"))
atexit.register(shutil.rmtree, home, ignore_errors=True)
environment = dict(os.environ, XDG_DATA_HOME=str(home), XDG_STATE_HOME=str(home / "state"), XDG_CONFIG_HOME=str(home), XDG_RUNTIME_DIR=str(home))
CTL = str(BUILD / "bin" / "moldauctl")


def ctl(*arguments, stdin=None, status=0):
    done = subprocess.run([CTL, *arguments], input=stdin, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == status, (arguments, done)
    return done


def refused(*arguments, status=1, says):
    done = ctl(*arguments, status=status)
    assert done.stderr.startswith("moldauctl: error: ") and says in done.stderr.splitlines()[0] and done.stdout == "", (arguments, done)
    return done


def inside(*arguments, stdin=None, status=0):
    """A tool as `docker compose -p part7-naive exec broker TOOL …`."""
    return ctl("exec", "-p", PROJECT, "broker", *arguments, stdin=stdin, status=status)


def services():
    return {each["service"]: each for each in json.loads(ctl("ps", "-p", PROJECT, "--format", "json").stdout)}


def waiting(command):
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    atexit.register(process.kill)
    return process


def groups():
    return inside("kafka-consumer-groups", "--bootstrap-server", "broker:29092", "--list").stdout.split()


def waits_in_a_group(before):
    new = [group for group in groups() if group not in before]
    return new and "Stable" in inside("kafka-consumer-groups", "--bootstrap-server", "broker:29092", "--describe", "--group", new[0], "--state").stdout


def reads_all(lines):
    read = kafka_tool(CONSUMER, "--bootstrap-server", "localhost:9092", "--topic", "topic-test", *BEGINNING, "--max-messages", str(len(lines)), check=False)
    assert sorted(read.stdout.split()) == sorted(lines), read
    read = inside("kafka-console-consumer", "--topic", "topic-test", "--bootstrap-server", "broker:29092", *BEGINNING, "--max-messages", str(len(lines)))
    assert sorted(read.stdout.split()) == sorted(lines), read


def lesson(file, *form):
    """Section 2 of the notes from `up` to `down -v`."""
    ready = ctl("up", "-f", str(file), "-p", PROJECT, "-d", *form).stdout
    assert ready == f"ready project={PROJECT} bootstrap=localhost:9092\n", ready
    atexit.register(subprocess.run, [CTL, "down", "-p", PROJECT, "-v"], env=environment, capture_output=True)
    found = services()
    assert {name: each["kind"] for name, each in found.items()} == {"zookeeper": "zookeeper", "broker": "broker"}, found
    assert all(each["state"] == "running" and each["pid"] > 0 for each in found.values()), found
    assert [listener["address"] for listener in found["broker"]["listeners"]] == ["broker:29092", "localhost:9092"], found
    assert (found["broker"]["pid"] != found["zookeeper"]["pid"]) == (form == ("--processes",)), found
    for family, host in ((socket.AF_INET, "127.0.0.1"),):
        with socket.socket(family) as probe:
            assert probe.connect_ex((host, 2181)) != 0, "ZooKeeper's own protocol isn't spoken, and must not seem to be"

    # 1. the topic, made and described
    create = ("--create", "--topic", "topic-test", "--bootstrap-server", "broker:29092", "--partitions", "1", "--replication-factor", "1")
    assert inside("kafka-topics", *create).stdout == "Created topic topic-test.\n"
    assert kafka_tool(TOPICS, "--create", "--topic", "topic-java", "--bootstrap-server", "localhost:9092", "--partitions", "1",
                      "--replication-factor", "1").stdout == "Created topic topic-java.\n"
    for described in (inside("kafka-topics", "--describe", "--topic", "topic-test", "--bootstrap-server", "broker:29092").stdout,
                      kafka_tool(TOPICS, "--describe", "--topic", "topic-test", "--bootstrap-server", "localhost:9092").stdout):
        assert "Topic: topic-test\t" in described and "PartitionCount: 1\tReplicationFactor: 1" in described, described
        assert "Partition: 0\tLeader: 1\tReplicas: 1\tIsr: 1" in described, described
    again = inside("kafka-topics", *create, status=1)
    assert "Topic 'topic-test' already exists." in again.stdout, again

    # 2. consumers wait, 3. a producer sends
    before = groups()
    ours = waiting([CTL, "exec", "-p", PROJECT, "broker", "kafka-console-consumer", "--topic", "topic-test", "--bootstrap-server", "broker:29092",
                    "--max-messages", "4"])
    eventually(lambda: waits_in_a_group(before), "our consumer waits")
    before = groups()
    java = waiting(["java", "-Xmx128m", "-XX:+UseSerialGC", "-cp", f"{jars}/*", CONSUMER, "--topic", "topic-test", "--bootstrap-server", "localhost:9092",
                    "--max-messages", "4"])
    eventually(lambda: waits_in_a_group(before), "Apache Kafka's consumer waits", seconds=60)
    misspelt = inside("kafka-console-proucer", "--topic", "topic-test", "--broker-list", "broker:29092", status=127)
    assert "Did you mean kafka-console-producer?" in misspelt.stderr, misspelt
    assert "name the tool itself" in inside("/bin/bash", status=1).stderr
    inside("kafka-console-producer", "--topic", "topic-test", "--broker-list", "broker:29092", stdin="hello\n안녕\n")
    kafka_tool(PRODUCER, "--topic", "topic-test", "--bootstrap-server", "localhost:9092", stdin="world\n세계\n")
    sent = ["hello", "안녕", "world", "세계"]
    for consumer in (ours, java):
        assert consumer.communicate(timeout=60)[0].split() == sent

    # services stop, start and crash; what was sent stays
    ctl("stop", "-p", PROJECT, "broker")
    assert services()["broker"]["state"] == "stopped"
    ctl("start", "-p", PROJECT, "broker")
    reads_all(sent)
    ctl("kill", "-p", PROJECT, "broker")
    assert services()["broker"]["state"] == "killed"
    ctl("start", "-p", PROJECT, "broker")
    ctl("stop", "-p", PROJECT, "zookeeper")
    assert services()["zookeeper"]["state"] == "stopped"
    reads_all(sent)
    ctl("start", "-p", PROJECT, "zookeeper")
    eventually(lambda: subprocess.run([CTL, "exec", "-p", PROJECT, "broker", "kafka-topics", "--create", "--if-not-exists", "--topic", "later",
                                       "--bootstrap-server", "broker:29092"], env=environment, capture_output=True).returncode == 0,
               "the broker finds its metadata again")
    assert "Kafka Server started" in ctl("logs", "-p", PROJECT, "broker").stdout
    assert set(line.split(" | ")[0] for line in ctl("logs", "-p", PROJECT).stdout.splitlines()) == {"broker", "zookeeper"}
    for command in ("stop", "start", "kill", "logs"):
        refused(command, "-p", PROJECT, "nobody", says="no such service: nobody")
    refused("exec", "-p", PROJECT, "nobody", "kafka-topics", "--list", says="no such service: nobody")
    refused("up", "-f", str(file), "-p", PROJECT, "-d", *form, says=f"project '{PROJECT}' runs already")

    # without -v the data stay, with it they go
    ctl("down", "-p", PROJECT)
    refused("ps", "-p", PROJECT, says=PROJECT)
    ctl("up", "-f", str(file), "-p", PROJECT, "-d", *form)
    reads_all(sent)
    ctl("down", "-p", PROJECT, "-v")
    assert not (home / "moldau" / "clusters" / PROJECT).exists()


repaired = SAMPLES / "one-broker-zookeeper.yaml"
lesson(repaired)
lesson(repaired, "--processes")

# With tabs: `up` and the doctor name the place, and the doctor's copy starts.
tabs, typo = SAMPLES / "mistake-tabs.yaml", SAMPLES / "mistake-misspelt-variable.yaml"
line = next(i for i, text in enumerate(tabs.read_text().splitlines(), 1) if text.startswith("\t"))
refused("up", "-f", str(tabs), "-p", PROJECT, "-d", status=2, says=f"{tabs}:{line}:1: tab in the indentation")
findings = json.loads(ctl("doctor", str(tabs), "--format", "json", status=1).stdout)
assert any(each["line"] == line and each["column"] == 1 and each["code"] == "MLD001" and each["severity"] == "error" for each in findings), findings
# With the misspelt variable: the broker's own words, and the doctor knows which was meant.
says = ("broker: Error creating broker listeners from 'PLAINTEXT://0.0.0.0:29092,PLAINTEXT_HOST://0.0.0.0:9092': "
        "No security protocol defined for listener PLAINTEXT_HOST")
refused("up", "-f", str(typo), "-p", PROJECT, "-d", says=says)
refused("up", "-f", str(typo), "-p", PROJECT, "-d", "--processes", says=says)
findings = json.loads(ctl("doctor", str(typo), "--format", "json", status=1).stdout)
assert any("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP" in each["fix"] and each["code"] == "MLD020" for each in findings), findings
for file in (tabs, typo):
    mended = home / f"mended-{file.name}"
    ctl("doctor", str(file), "--fix", str(mended), status=1)
    ctl("up", "-f", str(mended), "-p", PROJECT, "-d", "--set", "num.partitions=5", "--data", str(home / "elsewhere"))
    kafka_tool(TOPICS, "--create", "--topic", "five", "--bootstrap-server", "localhost:9092")
    assert "PartitionCount: 5" in kafka_tool(TOPICS, "--describe", "--topic", "five", "--bootstrap-server", "localhost:9092").stdout
    assert (home / "elsewhere" / "broker" / "five-4").is_dir()
    ctl("down", "-p", PROJECT, "-v")
    assert not (home / "elsewhere").exists()

# What else can be wrong.
refused("up", "-f", str(home / "none.yaml"), "-p", PROJECT, "-d", status=2, says=f"cannot read {home / 'none.yaml'}")
refused("up", "-f", str(repaired), "-p", PROJECT, "-d", "--brokers", "3", status=2, says="--brokers can't be given with -f")
refused("up", "-f", str(repaired), "-p", "no/name", "-d", status=2, says="can't be a project's name")
refused("doctor", str(home / "none.yaml"), status=2, says="none.yaml")
other = home / "other.yaml"
other.write_text("services:\n  web:\n    image: nginx\n")
refused("up", "-f", str(other), "-p", PROJECT, "-d", status=2, says="has no Kafka broker")
other.write_text("services: [\n")
refused("up", "-f", str(other), "-p", PROJECT, "-d", status=2, says=f"{other}:")
(home / "file").write_text("")
refused("up", "-f", str(repaired), "-p", PROJECT, "-d", "--data", str(home / "file"), says=str(home / "file"))
with socket.socket() as taken:
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    taken.bind(("127.0.0.1", 9092))
    taken.listen()
    for form in ([], ["--processes"]):
        refused("up", "-f", str(repaired), "-p", PROJECT, "-d", *form, says="127.0.0.1:9092")
print("the course: three forms of its file, section 2 with Apache Kafka's tools and with exec, in both kinds of project")
