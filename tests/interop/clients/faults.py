"""moldauctl pause, unpause and fault, in both forms (argument "threads" or "processes")."""
import json
import os
import re
import signal
import socket
import struct
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import Cluster, eventually

has_processes = sys.argv[2:] == ["processes"]
cluster = Cluster(arguments=["--processes"] if has_processes else [],
                  settings=["broker.session.timeout.ms=2000", "broker.heartbeat.interval.ms=300"])
ADDRESSES = dict(zip((1, 2, 3), cluster.bootstrap.split(",")))


def service(name):
    return next(each for each in cluster.services() if each["service"] == name)


def act(what, *arguments):
    return cluster.ctl(what, "-p", cluster.name, *map(str, arguments)).stdout


def refused(*arguments, status=1, says, hint=""):
    done = cluster.ctl(*map(str, arguments), check=False)
    lines = done.stderr.splitlines()
    assert done.returncode == status, (arguments, done)
    assert lines and lines[0].startswith("moldauctl: error: ") and says in lines[0], (arguments, done)
    assert not hint or lines[1:] == [hint], (arguments, done)


def fault_refused(*arguments, **expected):
    refused("fault", "-p", cluster.name, "add", *arguments, **expected)


def topics(*arguments, check=True):
    return cluster.ctl("exec", "-p", cluster.name, "broker-1", "kafka-topics", "--bootstrap-server", cluster.bootstrap, *arguments, check=check)


def leaders(topic="orders"):
    return [int(each) for each in re.findall(r"Leader: (\d+)", topics("--describe", "--topic", topic).stdout)]


class Raw:
    """A connection that asks ApiVersions v0, as client "raw"."""

    def __init__(self, broker):
        host, port = ADDRESSES[broker].rsplit(":", 1)
        self.socket = socket.create_connection((host, int(port)), 10)

    def ask(self):
        body = struct.pack(">hhih", 18, 0, 7, 3) + b"raw"
        self.socket.sendall(struct.pack(">i", len(body)) + body)

    def error(self, seconds):
        """The error code of the next answer; None when there is none in that time, "closed" at the end."""
        self.socket.settimeout(seconds)
        try:
            head = self.socket.recv(4)
        except TimeoutError:
            return None
        if not head:
            return "closed"
        body = b""
        while len(body) < struct.unpack(">i", head)[0]:
            body += self.socket.recv(65536)
        return struct.unpack(">ih", body[:6])[1]


# A paused node does nothing, its connections stay; its partitions move when its session ends; unpaused it goes on.
topics("--create", "--topic", "orders", "--partitions", "3", "--replication-factor", "3")
eventually(lambda: 2 in leaders(), "broker 2 leads")
before = service("broker-2")
old, new = Raw(2), None
act("pause", "broker-2")
assert service("broker-2")["state"] == "paused" and service("broker-2")["pid"] == before["pid"]
begin = time.monotonic()
old.ask()
new = Raw(2)
new.ask()
assert old.error(0.5) is None and new.error(0.1) is None, "a paused broker answered"
eventually(lambda: 2 not in leaders(), "its partitions move", 6)
print(f"paused: leaders moved within {time.monotonic() - begin:.1f} s of a session of 2 s")
refused("pause", "-p", cluster.name, "broker-2", says="broker-2 is paused already")
refused("start", "-p", cluster.name, "broker-2", says="broker-2 is paused")
refused("unpause", "-p", cluster.name, "broker-1", says="broker-1 is not paused")
refused("pause", "-p", cluster.name, "nobody", says="no such service: nobody")
act("unpause", "broker-2")
assert old.error(10) == 0 and new.error(10) == 0
assert service("broker-2")["state"] == "running" and service("broker-2")["pid"] == before["pid"]
eventually(lambda: "Isr: " in topics("--describe", "--topic", "orders").stdout
           and all(len(each.split(",")) == 3 for each in re.findall(r"Isr: ([\d,]+)", topics("--describe", "--topic", "orders").stdout)),
           "broker 2 is in sync again")

# Paused nodes can be killed and stopped.
act("pause", "broker-3")
act("kill", "broker-3")
assert service("broker-3")["state"] == "killed"
refused("pause", "-p", cluster.name, "broker-3", says="broker-3 is not running")
act("start", "broker-3")
act("pause", "broker-3")
act("stop", "broker-3")
assert service("broker-3")["state"] == "stopped"
act("start", "broker-3")

# Rules for requests: in force at once, counted in the whole cluster.
added = json.loads(act("fault", "--format", "json", "add", "--api", "ApiVersions", "--client", "r?w", "--error", "CLUSTER_AUTHORIZATION_FAILED",
                       "--after", 1, "--count", 3))
answers = []
for broker in (1, 2, 3, 1, 2):
    raw = Raw(broker)
    raw.ask()
    answers.append(raw.error(10))
assert answers == [0, 31, 31, 31, 0], answers
listed = json.loads(act("fault", "list", "--format", "json"))
assert listed == [{"id": added["id"], "rule": "ApiVersions by r?w: CLUSTER_AUTHORIZATION_FAILED, after 1, 3 times", "action": "error", "api": "ApiVersions",
                   "client": "r?w", "error": "CLUSTER_AUTHORIZATION_FAILED", "count": 3, "after": 1, "seen": 5, "struck": 3}], listed
assert "3  ApiVersions by r?w: CLUSTER_AUTHORIZATION_FAILED" in act("fault", "list")
act("fault", "remove", added["id"])
assert json.loads(act("fault", "list", "--format", "json")) == []
refused("fault", "-p", cluster.name, "remove", added["id"], says=f"there is no fault rule {added['id']}")

act("fault", "add", "--api", "CreateTopics", "--error", "POLICY_VIOLATION", "--count", 1)
failed = topics("--create", "--topic", "refused", "--partitions", "1", check=False)
assert failed.returncode != 0 and "refused" not in topics("--list").stdout, failed
topics("--create", "--topic", "taken", "--partitions", "1")
act("fault", "add", "--client", "raw", "--broker", 2, "--close")
act("fault", "add", "--client", "raw", "--broker", 3, "--drop")
act("fault", "add", "--client", "raw", "--broker", 1, "--delay", 700)
closed, dropped, slow = Raw(2), Raw(3), Raw(1)
begin = time.monotonic()
for raw in (closed, dropped, slow):
    raw.ask()
assert closed.error(10) == "closed" and slow.error(10) == 0 and time.monotonic() - begin >= 0.7 and dropped.error(0.3) is None
act("fault", "heal")
dropped.ask()
assert dropped.error(0.3) is None, "what was dropped stays dropped"
again = Raw(3)
again.ask()
assert again.error(10) == 0

# A broker that is cut off from the controller and the others is fenced; its clients' acknowledgements wait. Healed, it comes back.
for other in (1, 3, 9001):
    act("fault", "add", "--link", f"2-{other}", "--cut")
eventually(lambda: 2 not in leaders(), "what broker 2 led moves")
assert any(rule["link"] == [2, 9001] and rule["struck"] > 0 for rule in json.loads(act("fault", "list", "--format", "json")))
act("fault", "heal")
eventually(lambda: all(len(each.split(",")) == 3 for each in re.findall(r"Isr: ([\d,]+)", topics("--describe", "--topic", "orders").stdout)),
           "broker 2 is in sync again")

# A full disk ends its broker, as it ends Kafka's; with room again it starts.
act("fault", "add", "--broker", 3, "--disk-full")
topics("--create", "--topic", "full", "--partitions", "3", "--replication-factor", "3", check=False)
eventually(lambda: service("broker-3")["state"] == "failed", "the broker fails")
assert "No space left on device" in service("broker-3")["problem"] or has_processes, service("broker-3")
assert "No space left on device" in cluster.ctl("logs", "-p", cluster.name, "broker-3").stdout
act("fault", "heal")
eventually(lambda: not has_processes or service("broker-3")["pid"] == 0, "its process ends")
act("start", "broker-3")

# What makes no sense is said, with what was probably meant.
fault_refused("--api", "Prodcue", "--drop", status=2, says="there is no API 'Prodcue'", hint="Did you mean Produce?")
fault_refused("--api", "Produce", "--error", "NOT_LEADER_OR_FOLOWER", status=2, says="there is no error 'NOT_LEADER_OR_FOLOWER'",
              hint="Did you mean NOT_LEADER_OR_FOLLOWER?")
fault_refused("--api", "Produce", status=2, says="a rule says what goes wrong")
fault_refused("--drop", "--close", status=2, says="a rule says one thing that goes wrong")
fault_refused("--link", "one-two", "--cut", status=2, says="--link wants the ids of two nodes as A-B, not 'one-two'")
fault_refused("--link", "1-7", "--cut", says="no node has id 7; there are 9001, 1, 2, 3")
fault_refused("--link", "1-2", "--duplicate", status=2, says="for requests")
fault_refused("--cut", status=2, says="what can be cut is a link")
fault_refused("--disk-full", status=2, says="a full disk is a broker's")
fault_refused("--api", "SaslHandshake", "--error", "NOT_CONTROLLER", says="SaslHandshake can't be answered with an error")
fault_refused("--delay", "soon", status=2, says="--delay")
refused("fault", "-p", "nobody", "list", says="no project named 'nobody'")

# Who runs the cluster dies while a node is paused: nothing is left behind.
if has_processes:
    act("pause", "broker-1")
    left = [each["pid"] for each in cluster.services()]
    os.kill(int(Path(f"/proc/{left[0]}/stat").read_text().rsplit(")", 1)[1].split()[1]), signal.SIGKILL)
    eventually(lambda: not any(Path(f"/proc/{pid}").exists() and "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
                               for pid in left), "paused nodes end with the cluster's process, too")
else:
    act("pause", "broker-1")
    cluster.down()
    assert not cluster.ctl("ps", "-p", cluster.name, check=False).stdout
print("moldauctl: pause, unpause, faults")
