"""A reassignment held back to a rate by kafka-reassign-partitions --throttle, by leaders and followers; --verify lifts it."""
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import Cluster, eventually, kafka_tool

cluster = Cluster(brokers=4, settings=["auto.leader.rebalance.enable=false"])
RATE = 1_000_000
RECORDS, BYTES = 15_000, 1000


def tool(name, *arguments, stdin=None, check=True):
    done = kafka_tool("org.apache.kafka.tools." + name, *arguments, stdin=stdin, check=False)
    assert done.returncode == 0 or not check, f"{name} {arguments}: {done.stdout}{done.stderr}"
    return done.stdout


def at(*arguments):
    return ("--bootstrap-server", cluster.bootstrap, *arguments)


def plan(name, brokers):
    path = cluster.home / name
    path.write_text(json.dumps({"version": 1, "partitions": [{"topic": "orders", "partition": 0, "replicas": brokers}]}))
    return str(path)


def reassign(*arguments):
    return tool("reassign.ReassignPartitionsCommand", *at(*arguments))


def settings(kind, name):
    """What was set dynamically, as kafka-configs tells it."""
    done = kafka_tool("kafka.admin.ConfigCommand", *at("--describe", "--entity-type", kind, "--entity-name", name)).stdout
    return {part.split("=")[0].strip(): part.split("=", 1)[1].split(" sensitive")[0] for part in done.splitlines() if "replication.throttled" in part}


def size(broker):
    data = next(service for service in cluster.services() if service["service"] == f"broker-{broker}")["data"]
    return sum(path.stat().st_size for path in Path(data).glob("orders-0/*.log"))


def is_done(json_file):
    out = reassign("--verify", "--reassignment-json-file", json_file)
    return "is completed" in out and "in progress" not in out and out


tool("TopicCommand", *at("--create", "--topic", "orders", "--replica-assignment", "1:2"))
tool("ProducerPerformance", "--topic", "orders", "--num-records", str(RECORDS), "--record-size", str(BYTES), "--throughput", "-1",
     "--bootstrap-server", cluster.bootstrap, "--command-property", "acks=all")
whole = size(1)
assert whole > RECORDS * BYTES

target = plan("target.json", [1, 3])
begun = reassign("--execute", "--reassignment-json-file", target, "--throttle", str(RATE))
start = time.monotonic()
assert f"The inter-broker throttle limit was set to {RATE} B/s" in begun, begun
assert settings("topics", "orders") == {"leader.replication.throttled.replicas": "0:1,0:2", "follower.replication.throttled.replicas": "0:3"}, settings("topics", "orders")
for broker in (1, 2, 3):
    assert settings("brokers", str(broker)) == {f"{side}.replication.throttled.rate": str(RATE) for side in ("leader", "follower")}, settings("brokers", str(broker))
while time.monotonic() - start < 6:
    copied, seconds = size(3), time.monotonic() - start
    # A second's allowance at the beginning, and the fetch that goes beyond it.
    assert copied <= RATE * (seconds + 2) + 2_000_000, f"{copied} bytes after {seconds:.1f} s"
    time.sleep(0.2)
assert size(3) < whole, "the move was not held back"
eventually(lambda: size(3) >= whole, "the move goes on at its rate", seconds=40)
seconds = time.monotonic() - start
assert seconds > whole / RATE * 0.7, f"{whole} bytes took {seconds:.1f} s only"
done = eventually(lambda: is_done(target), "the move is completed")
assert "Clearing broker-level throttles" in done and "Clearing topic-level throttles" in done, done
assert settings("topics", "orders") == {} and settings("brokers", "1") == {} and settings("brokers", "3") == {}, "the throttle is lifted"

# The same way back without a throttle is a matter of a moment.
back = plan("back.json", [1, 2])
reassign("--execute", "--reassignment-json-file", back)
start = time.monotonic()
eventually(lambda: size(2) >= whole, "an unthrottled move is quick", seconds=5)
eventually(lambda: is_done(back), "the move back is completed")
print(f"throttle: {whole} bytes moved in {seconds:.1f} s at {RATE} B/s, unthrottled in {time.monotonic() - start:.1f} s with the tool's own time")
