"""Brokers are killed and stopped under an acks=all load: everything acknowledged is read back once."""
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import Cluster, python_with

python = python_with("confluent-kafka==2.11.1")
cluster = Cluster()
load = subprocess.Popen([python, str(Path(__file__).resolve().parent / "acknowledged_load.py"), cluster.bootstrap],
                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
assert load.stdout.readline().strip() == "running"
for act, service in (("kill", "broker-2"), ("start", "broker-2"), ("stop", "broker-3"), ("start", "broker-3"), ("kill", "broker-1"),
                     ("start", "broker-1")):
    getattr(cluster, act)(service)
    load.stdin.write("mark\n")
    load.stdin.flush()
    assert load.stdout.readline().strip() == "marked", "the load stopped"
out, _ = load.communicate("end\n", timeout=180)
print(out, end="")
assert load.returncode == 0, out
