"""Brokers are killed and stopped under an acks=all load: everything acknowledged is read back once.

In both forms: nodes as threads of one process, and (argument "processes") each a process, killed by kill -9.
"""
import os
import signal
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import Cluster, eventually, python_with

python = python_with("confluent-kafka==2.11.1")
has_processes = sys.argv[2:] == ["processes"]
cluster = Cluster(arguments=["--processes"] if has_processes else [])
load = subprocess.Popen([python, str(Path(__file__).resolve().parent / "acknowledged_load.py"), cluster.bootstrap],
                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def state_of(service):
    return next(each for each in cluster.services() if each["service"] == service)


def kill(service):
    if not has_processes:
        return cluster.kill(service)
    os.kill(state_of(service)["pid"], signal.SIGKILL)
    return eventually(lambda: state_of(service)["state"] == "killed", f"{service} is seen as killed")


assert load.stdout.readline().strip() == "running"
for act, service in ((kill, "broker-2"), (cluster.start, "broker-2"), (cluster.stop, "broker-3"), (cluster.start, "broker-3"), (kill, "broker-1"),
                     (cluster.start, "broker-1")):
    act(service)
    load.stdin.write("mark\n")
    load.stdin.flush()
    assert load.stdout.readline().strip() == "marked", "the load stopped"
out, _ = load.communicate("end\n", timeout=180)
print(out, end="")
assert load.returncode == 0, out
