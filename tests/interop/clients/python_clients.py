"""kafka-python and confluent-kafka produce, consume in groups that rebalance, and find their offsets after a restart."""
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import Cluster, python_with

python = python_with("kafka-python==2.2.15", "confluent-kafka==2.11.1", "python-snappy", "lz4", "zstandard")
cluster = Cluster()
here = Path(__file__).resolve().parent


def run(script, *arguments):
    done = subprocess.run([python, str(here / script), cluster.bootstrap, *arguments], capture_output=True, text=True, timeout=180)
    print(done.stdout, end="")
    assert done.returncode == 0, done.stderr[-3000:]


run("kafka_python_client.py")
run("confluent_client.py", "produce-and-commit")
cluster.restart()
run("confluent_client.py", "go-on-after-restart")
