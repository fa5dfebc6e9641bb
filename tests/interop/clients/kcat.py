"""kcat produces and consumes with every codec, by name and by offset."""
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import Cluster, need

need("kcat")
cluster = Cluster()


def kcat(*arguments, stdin=None):
    return subprocess.run(["kcat", "-b", cluster.bootstrap, *arguments], input=stdin, capture_output=True, text=True,
                          timeout=60, check=True).stdout


for codec in ("none", "gzip", "snappy", "lz4", "zstd"):
    topic = f"codec-{codec}"
    sent = [f"{codec} {i} 레몬차 {'x' * (i % 50)}" for i in range(2000)]
    kcat("-P", "-t", topic, "-z", codec, "-X", "acks=all", stdin="\n".join(sent) + "\n")
    got = kcat("-C", "-t", topic, "-o", "beginning", "-e", "-q").splitlines()
    assert sorted(got) == sorted(sent), f"{codec}: {len(got)} of {len(sent)} records came back"

kcat("-P", "-t", "keys", "-K", ":", stdin="a:1\nb:2\na:3\n")
lines = kcat("-C", "-t", "keys", "-o", "beginning", "-e", "-q", "-f", "%k=%s@%p\n").splitlines()
assert {line.split("@")[0] for line in lines} == {"a=1", "b=2", "a=3"}, lines
assert len({line.split("@")[1] for line in lines if line.startswith("a=")}) == 1, "one key, one partition"

listing = kcat("-L")
assert "3 brokers" in listing and 'topic "keys" with 3 partitions' in listing, listing
print("kcat: all codecs")
