"""The metadata quorum of compose files: three nodes that are brokers and controllers, and three controllers beside three
brokers. Each in the form that the argument names: "threads" of one process, or "processes".

Apache Kafka's kafka-metadata-quorum sees the file's ids and addresses; the service of the active controller is killed
under an acks=all load; a minority says that it can't decide; down and up keep topics and voters.
"""
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import BUILD, Cluster, eventually, free_ports, kafka_jars, kafka_tool, python_with

TOOL = "org.apache.kafka.tools.MetadataQuorumCommand"
COMMON = """
  KAFKA_CONTROLLER_LISTENER_NAMES: CONTROLLER
  KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: CONTROLLER:PLAINTEXT,INTERNAL:PLAINTEXT,HOST:PLAINTEXT
  KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: 3
  KAFKA_DEFAULT_REPLICATION_FACTOR: 3
  KAFKA_MIN_INSYNC_REPLICAS: 2
  KAFKA_REQUEST_TIMEOUT_MS: 5000
  CLUSTER_ID: 5L6g3nShT-eMCtK--X86sw
"""
GAP = 3.0  # seconds on a busy machine; a tenth of one on a quiet one, and nine where a broker's session had to end first

kafka_jars()
python = python_with("confluent-kafka==2.11.1")
form = ["--processes"] if sys.argv[2:] == ["processes"] else []


def node(name, number, roles, port=None):
    """A service; brokers serve the host on `port`."""
    listeners = (["INTERNAL://:9092", f"HOST://:{port}"] if "broker" in roles else []) + (["CONTROLLER://:9093"] if "controller" in roles else [])
    lines = [f"  {name}:", "    image: apache/kafka:4.1.0", "    environment:", "      <<: *common", f"      KAFKA_NODE_ID: {number}",
             f"      KAFKA_PROCESS_ROLES: {roles}", f"      KAFKA_LISTENERS: {','.join(listeners)}"]
    if port:
        lines += ["      KAFKA_INTER_BROKER_LISTENER_NAME: INTERNAL",
                  f"      KAFKA_ADVERTISED_LISTENERS: INTERNAL://{name}:9092,HOST://localhost:{port}", f'    ports: ["{port}:{port}"]']
    return "\n".join(lines) + "\n"


def compose(nodes, voters):
    return f"x-common: &common{COMMON}  KAFKA_CONTROLLER_QUORUM_VOTERS: {voters}\nservices:\n" + "".join(nodes)


def services():
    return {service["service"]: service for service in cluster.services()}


def status():
    """What kafka-metadata-quorum describe --status says; None while it can't be had or a voter lags."""
    done = kafka_tool(TOOL, "--bootstrap-server", cluster.bootstrap, "describe", "--status", check=False)
    said = {name: value.strip() for name, value in (line.split(":", 1) for line in done.stdout.splitlines())}
    return said if done.returncode == 0 and int(said["LeaderId"]) >= 0 and int(said["MaxFollowerLag"]) == 0 else None


def create(topic, through, patience=60):
    """kafka-topics in a service's network; what it printed, by its exit status."""
    done = subprocess.run([str(BUILD / "bin" / "moldauctl"), "exec", "-p", cluster.name, through, "kafka-topics", "--bootstrap-server",
                           f"{through}:9092", "--create", "--topic", topic], env=cluster.environment, capture_output=True, text=True, timeout=patience)
    return done.returncode == 0 or "already exists" in done.stdout + done.stderr, done.stdout + done.stderr


def kill(service):
    if not form:
        return cluster.kill(service)
    os.kill(services()[service]["pid"], signal.SIGKILL)
    return eventually(lambda: services()[service]["state"] == "killed", f"{service} is seen as killed")


def check_description(voters, brokers):
    """The file's ids and addresses, as Apache Kafka's tool shows those of its own quorum."""
    described = eventually(status, "the voters catch up", 60)
    assert json.loads(described["CurrentVoters"]) == [{"id": number, "endpoints": [f"CONTROLLER://{name}:9093"]} for name, number in voters.items()], described
    observers = sorted(set(brokers.values()) - set(voters.values()))
    assert [each["id"] for each in json.loads(described["CurrentObservers"])] == observers, described
    table = kafka_tool(TOOL, "--bootstrap-server", cluster.bootstrap, "describe", "--replication").stdout.splitlines()
    rows = [re.split(r"\s+", line.strip()) for line in table if line.strip()][1:]
    assert sorted(int(row[0]) for row in rows) == sorted([*voters.values(), *observers]), table
    return described


def survive(voters, brokers):
    load = subprocess.Popen([python, str(Path(__file__).resolve().parent / "acknowledged_load.py"), cluster.bootstrap],
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def mark():
        load.stdin.write("mark\n")
        load.stdin.flush()
        assert load.stdout.readline().strip() == "marked", "the load stopped"

    assert load.stdout.readline().strip() == "running"
    names = {number: name for name, number in voters.items()}
    for round in range(3):
        active = names[int(eventually(status, "the voters catch up", 60)["LeaderId"])]
        kill(active)
        killed = time.monotonic()
        through = next(name for name in brokers if name != active)
        eventually(lambda: create(f"after-{round}", through)[0], "a topic can be created again", 30)
        print(f"a topic was created {time.monotonic() - killed:.2f} s after {active} was killed")
        mark()
        cluster.start(active)
        mark()
    out, _ = load.communicate("end\n", timeout=180)
    print(out, end="")
    assert load.returncode == 0, out
    gap = float(re.search(r"longest gap ([\d.]+) s", out).group(1))
    assert gap < GAP, f"nothing was acknowledged for {gap} s"


def minority_says_so(voters, brokers):
    """With one voter of three nothing is decided, and whoever asks hears that."""
    dead = list(voters)[:2]
    through = next(name for name in reversed(brokers) if name not in dead)
    for name in dead:
        kill(name)
    done, said = create("by-a-minority", through)
    assert not done and "TimeoutException" in said, said
    assert services()[through]["state"] == "running"
    cluster.start(dead[0])
    eventually(lambda: create("by-a-majority", through)[0], "a majority decides again", 30)
    cluster.start(dead[1])
    eventually(status, "the voters catch up", 60)


def check(voters, brokers, file):
    global cluster
    cluster = Cluster(compose=file, arguments=form)
    found = services()
    assert {name: service["id"] for name, service in found.items()} == {**voters, **brokers}, found
    assert {name for name, service in found.items() if service["voter"]} == set(voters), found
    assert all(found[name]["kind"] == "broker" for name in brokers) and all(service["state"] == "running" for service in found.values()), found
    check_description(voters, brokers)
    survive(voters, brokers)
    minority_says_so(voters, brokers)
    before = int(eventually(status, "the voters catch up", 60)["LeaderEpoch"])
    begun = time.monotonic()
    cluster.restart()
    print(f"down and up took {time.monotonic() - begun:.2f} s")
    assert int(check_description(voters, brokers)["LeaderEpoch"]) > before
    assert not create("by-a-majority", next(iter(brokers)))[1].startswith("Created"), "the topic is gone"
    cluster.remove()


ports = free_ports(6)
combined = {f"kafka-{number}": number for number in (1, 2, 3)}
check(combined, combined, compose([node(name, number, "broker,controller", ports[number]) for name, number in combined.items()],
                                  "1@kafka-1:9093,2@kafka-2:9093,3@kafka-3:9093"))
controllers = {f"quorum-{number}": 100 + number for number in (1, 2, 3)}
brokers = {f"kafka-{number}": number for number in (1, 2, 3)}
check(controllers, brokers, compose([node(name, number, "controller") for name, number in controllers.items()]
                                    + [node(name, number, "broker", ports[2 + number]) for name, number in brokers.items()],
                                    "101@quorum-1:9093,102@quorum-2:9093,103@quorum-3:9093"))
