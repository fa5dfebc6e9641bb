"""Three controllers: what Apache Kafka's kafka-metadata-quorum says of ours beside what it says of its own, and that
metadata can be changed again right after the active controller was killed."""
import json
import re
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import BUILD, ApacheKafka, Cluster, eventually, kafka_tool

TOOL = "org.apache.kafka.tools.MetadataQuorumCommand"


def quorum(bootstrap, *arguments):
    done = kafka_tool(TOOL, "--bootstrap-server", bootstrap, "describe", *arguments, check=False)
    return done.stdout if done.returncode == 0 else ""


def status_of(bootstrap):
    """Names and values of describe --status, in their order; None while it can't be had."""
    pairs = [line.split(":", 1) for line in quorum(bootstrap, "--status").splitlines()]
    return {name: value.strip() for name, value in pairs} if pairs else None


def replicas_of(bootstrap):
    """The header and the rows of describe --replication."""
    lines = [re.split(r"\s+", line.strip()) for line in quorum(bootstrap, "--replication").splitlines() if line.strip()]
    return lines[0], [dict(zip(lines[0], row)) for row in lines[1:]]


def all_caught_up(bootstrap):
    status = status_of(bootstrap)
    return status and int(status["LeaderId"]) >= 0 and int(status["MaxFollowerLag"]) == 0 and status


def shapes(voters):
    """What each entry of CurrentVoters is made of."""
    return [{key: type(value).__name__ for key, value in voter.items()} for voter in json.loads(voters)]


def create(cluster, topic):
    done = subprocess.run([str(BUILD / "bin" / "moldauctl"), "exec", "-p", cluster.name, "broker-1", "kafka-topics",
                           "--bootstrap-server", cluster.bootstrap, "--create", "--topic", topic],
                          env=cluster.environment, capture_output=True, text=True, timeout=60)
    return done.returncode == 0 or "already exists" in done.stderr + done.stdout


def survive_kills(cluster, form):
    for round in range(3):
        leader = int(eventually(lambda: all_caught_up(cluster.bootstrap), "the voters catch up", 60)["LeaderId"])
        active = f"controller-{leader - 9000}"
        cluster.kill(active)
        killed = time.monotonic()
        eventually(lambda: create(cluster, f"after-{round}"), "a topic can be created again", 30)
        print(f"{form}: a topic was created {time.monotonic() - killed:.2f} s after {active} was killed")
        cluster.start(active)
    services = {service["service"]: service["state"] for service in cluster.services()}
    assert all(services[f"controller-{number}"] == "running" for number in (1, 2, 3)), services


theirs = ApacheKafka(nodes=3).start()
ours = Cluster(brokers=3, arguments=("--controllers", "3"))
assert create(ours, "orders")
my_status = eventually(lambda: all_caught_up(ours.bootstrap), "our voters catch up", 60)
java_status = eventually(lambda: all_caught_up(theirs.bootstrap), "Apache Kafka's voters catch up", 120)
assert list(my_status) == list(java_status), (my_status, java_status)
assert shapes(my_status["CurrentVoters"]) == shapes(java_status["CurrentVoters"]), (my_status, java_status)
assert [voter["id"] for voter in json.loads(my_status["CurrentVoters"])] == [9001, 9002, 9003]
assert [observer["id"] for observer in json.loads(my_status["CurrentObservers"])] == [1, 2, 3]

my_header, my_rows = replicas_of(ours.bootstrap)
java_header, java_rows = replicas_of(theirs.bootstrap)
assert my_header == java_header, (my_header, java_header)
for rows in (my_rows, java_rows):
    statuses = [row["Status"] for row in rows]
    assert statuses[:3] == ["Leader", "Follower", "Follower"] and set(statuses[3:]) <= {"Observer"}, rows
assert [row["NodeId"] for row in my_rows if row["Status"] == "Leader"] == [my_status["LeaderId"]]
theirs.remove()

survive_kills(ours, "threads")
ours.remove()
apart = Cluster(brokers=3, arguments=("--controllers", "3", "--processes"))
survive_kills(apart, "processes")
