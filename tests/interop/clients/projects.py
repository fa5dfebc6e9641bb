"""moldauctl over projects whose nodes are processes, nodes from files of their own, and everything that can be wrong."""
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import BUILD, Cluster, eventually, free_ports

CTL = str(BUILD / "bin" / "moldauctl")
cluster = Cluster(brokers=2, arguments=["--processes"])


def service(name):
    return next(each for each in cluster.services() if each["service"] == name)


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def refused(*arguments, status=1, says):
    done = cluster.ctl(*arguments, check=False)
    lines = done.stderr.splitlines()
    assert done.returncode == status, (arguments, done)
    assert lines and lines[0].startswith("moldauctl: error: ") and says in lines[0], (arguments, done)
    assert done.stdout == "", (arguments, done)


def topics(bootstrap, *arguments):
    return cluster.ctl("exec", "-p", cluster.name, "broker-1", "kafka-topics", "--bootstrap-server", bootstrap, *arguments).stdout


# Every node is a process, and comes back on its port with its data.
pids = {each["service"]: each["pid"] for each in cluster.services()}
assert len(set(pids.values())) == 3 and all(map(is_alive, pids.values())), pids
topics(cluster.bootstrap, "--create", "--topic", "kept", "--partitions", "2", "--replication-factor", "2")
before = service("broker-2")
cluster.kill("broker-2")
assert service("broker-2")["state"] == "killed" and service("broker-2")["pid"] == 0 and not is_alive(before["pid"])
cluster.start("broker-2")
after = service("broker-2")
assert after["state"] == "running" and after["pid"] != before["pid"] and after["listeners"] == before["listeners"], after
cluster.stop("broker-1")
assert service("broker-1")["state"] == "stopped" and not is_alive(pids["broker-1"])
cluster.start("broker-1")
refused("start", "-p", cluster.name, "broker-1", says="broker-1 runs already")
refused("stop", "-p", cluster.name, "broker-9", says="no such service: broker-9")
assert "Kafka Server started" in cluster.ctl("logs", "-p", cluster.name, "broker-1").stdout
refused("logs", "-p", cluster.name, "nothing", says="no such service: nothing")
refused("up", "-p", cluster.name, says="runs already")
cluster.restart()
assert "kept" in topics(cluster.bootstrap, "--list")

# The controller dies and comes back; the brokers find it again.
os.kill(service("controller-1")["pid"], signal.SIGKILL)
eventually(lambda: service("controller-1")["state"] == "killed", "the controller is seen as killed")
cluster.start("controller-1")
topics(cluster.bootstrap, "--create", "--topic", "after", "--partitions", "1", "--replication-factor", "2")

# Who runs the cluster dies: nothing is left behind, and the project can be started again.
left = [each["pid"] for each in cluster.services()]
supervisor = int(Path(f"/proc/{left[0]}/stat").read_text().rsplit(")", 1)[1].split()[1])
os.kill(supervisor, signal.SIGKILL)
eventually(lambda: not any(map(is_alive, left)), "the nodes end with the cluster's process")
cluster.up()
assert "after" in topics(cluster.bootstrap, "--list")
cluster.down()

# In the foreground, Ctrl+C and SIGTERM stop everything in good order.
for form in ([], ["--processes"]):
    for number in (signal.SIGINT, signal.SIGTERM):
        up = subprocess.Popen([CTL, "up", "-p", "front", "--brokers", "1", "--first-port", "0", *form], env=cluster.environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert up.stdout.readline().startswith("ready project=front bootstrap=127.0.0.1:")
        pids = {each["pid"] for each in json.loads(cluster.ctl("ps", "-p", "front", "--format", "json").stdout)}
        up.send_signal(number)
        assert up.communicate(timeout=60) == ("", "") and up.returncode == 0, up
        assert not any(map(is_alive, pids)), pids
        cluster.ctl("down", "-p", "front", "-v")

# One node in the foreground from a file like Kafka's quick start.
broker_port, controller_port, second_port = free_ports(3)
combined = cluster.home / "combined.properties"
combined.write_text(f"""process.roles=broker,controller
node.id=1
controller.quorum.bootstrap.servers=localhost:{controller_port}
listeners=PLAINTEXT://localhost:{broker_port},CONTROLLER://localhost:{controller_port}
controller.listener.names=CONTROLLER
log.dirs={cluster.home}/combined
offsets.topic.replication.factor=1
""")
second = cluster.home / "second.properties"
second.write_text(f"""process.roles=broker
node.id=2
controller.quorum.bootstrap.servers=localhost:{controller_port}
listeners=PLAINTEXT://localhost:{second_port}
controller.listener.names=CONTROLLER
log.dirs={cluster.home}/second
""")


def node(file):
    return subprocess.Popen([CTL, "broker", "--config", str(file)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=cluster.environment)


def wait_for_line(process, text):
    seen = []
    for line in process.stdout:
        seen.append(line)
        if text in line:
            return
    raise AssertionError(f"{text} never came: {''.join(seen)}{process.stderr.read()}")


cluster.up()  # for exec
waiting = node(second)  # before there is a controller
first = node(combined)
wait_for_line(first, "Kafka Server started")
wait_for_line(waiting, "Kafka Server started")
topics(f"localhost:{broker_port}", "--create", "--topic", "both", "--partitions", "2", "--replication-factor", "2")
assert (cluster.home / "combined" / "both-0").is_dir() and (cluster.home / "second" / "both-0").is_dir()
busy = subprocess.run([CTL, "broker", "--config", str(combined)], capture_output=True, text=True, env=cluster.environment, timeout=60)
assert busy.returncode == 1 and "moldauctl: error: " in busy.stderr and "lock" in busy.stderr, busy
for process in (waiting, first):
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0, process.stderr.read()

# What is wrong is said in one line, with the status that tells wrong usage from failure.
bad = cluster.home / "bad.properties"


def bad_file(text, says):
    bad.write_text(text)
    refused("broker", "--config", str(bad), says=says)


refused("broker", status=2, says="--config is required")
refused("broker", "--config", "/no/such/file", status=2, says="cannot read /no/such/file")
bad_file("process.roles=broker\n", 'Missing required configuration "node.id" which has no default value.')
bad_file(combined.read_text() + "num.partitions=many\n", "Invalid value many for configuration num.partitions: Not a number of type INT")
bad_file(combined.read_text() + "process.roles=zookeeper\n", "process.roles")
bad_file(combined.read_text() + "log.dirs=/proc/nothing\n", "/proc/nothing")
bad_file(second.read_text() + "listeners=CLIENTS://localhost:1\n", "No security protocol defined for listener CLIENTS")
refused("nonsense", status=2, says="there is no command 'nonsense'")
assert "Did you mean start?" in cluster.ctl("strat", check=False).stderr
refused("up", "--brokers", "many", status=2, says="--brokers")
refused("up", "--brokers", "0", status=2, says="1 to 100 brokers")
refused("up", "--set", "nothing", status=2, says="--set wants KEY=VALUE")
refused("up", "-p", "../escape", status=2, says="can't be a project's name")
refused("up", "-f", "/no/such/compose.yaml", status=2, says="cannot read /no/such/compose.yaml")
refused("ps", "-p", "nobody", says="no project named 'nobody'")
refused("ps", "--format", "xml", status=2, says="xml")
refused("stop", "broker-1", status=2, says="--project is required")
refused("exec", "-p", cluster.name, "broker-1", status=2, says="exec wants a service and a tool")
refused("exec", "-p", cluster.name, "nobody", "kafka-topics", says="no such service: nobody")
refused("down", "-p", "nobody", says="no project named 'nobody'")
with socket.socket() as taken:
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    port = str(taken.getsockname()[1])
    for form in ([], ["--processes"]):
        refused("up", "-d", "-p", "taken", "--brokers", "1", "--first-port", port, "--data", str(cluster.home / "taken"), *form,
                says=f"Socket server failed to bind to 127.0.0.1:{port}: ")
locked = cluster.home / "locked"
locked.write_text("a file, no folder")
for form in ([], ["--processes"]):
    refused("up", "-d", "-p", "locked", "--data", str(locked), *form, says=str(locked))
print("moldauctl: projects of processes, nodes from files, and plain errors")
