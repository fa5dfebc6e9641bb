"""Partitions move between brokers: by Kafka's own kafka-reassign-partitions, with data, while a producer goes on."""
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import Cluster, eventually, kafka_tool

cluster = Cluster(brokers=4, settings=["auto.leader.rebalance.enable=false"])


def tool(name, *arguments, stdin=None, check=True):
    done = kafka_tool("org.apache.kafka.tools." + name, "--bootstrap-server", cluster.bootstrap, *arguments, stdin=stdin, check=False)
    assert done.returncode == 0 or not check, f"{name} {arguments}: {done.stdout}{done.stderr}"
    return done.stdout


def described():
    """[(replicas, in sync)] of the topic's partitions."""
    lines = [line.split("\t") for line in tool("TopicCommand", "--describe", "--topic", "orders").splitlines() if "Partition: " in line]
    fields = [dict(part.strip().split(": ", 1) for part in line if part.strip().count(": ")) for line in lines]
    return [(field["Replicas"], sorted(field["Isr"].split(","))) for field in fields]


def plan(name, replicas):
    path = cluster.home / name
    path.write_text(json.dumps({"version": 1, "partitions": [{"topic": "orders", "partition": number, "replicas": brokers}
                                                             for number, brokers in enumerate(replicas)]}))
    return str(path)


def reassign(*arguments, check=True):
    return tool("reassign.ReassignPartitionsCommand", *arguments, check=check)


def read():
    out = tool("consumer.ConsoleConsumer", "--topic", "orders", "--from-beginning", "--timeout-ms", "8000", check=False)
    return sorted(map(int, out.split()))


def folders(broker):
    data = next(service for service in cluster.services() if service["service"] == f"broker-{broker}")["data"]
    # What was given away keeps its files for file.delete.delay.ms, under another name.
    return sorted(path.name for path in Path(data).glob("orders-*") if not path.name.endswith("-delete"))


def send(first, count):
    tool("ConsoleProducer", "--topic", "orders", "--command-property", "acks=all", stdin="".join(f"{i}\n" for i in range(first, first + count)))


tool("TopicCommand", "--create", "--topic", "orders", "--replica-assignment", "1:2,2:3")
send(0, 2000)
target = plan("target.json", [[3, 4], [4, 1]])
begun = reassign("--execute", "--reassignment-json-file", target)
assert "Successfully started partition reassignments for orders-0,orders-1" in begun, begun
send(2000, 1000)
done = eventually(lambda: "is completed" in (out := reassign("--verify", "--reassignment-json-file", target)) and "in progress" not in out and out, "the partitions have moved")
assert done.count("is completed.") == 2, done
assert described() == [("3,4", ["3", "4"]), ("4,1", ["1", "4"])], described()
assert read() == list(range(3000)), "records are lost or doubled"
eventually(lambda: [folders(broker) for broker in (1, 2, 3, 4)] == [["orders-1"], [], ["orders-0"], ["orders-0", "orders-1"]],
           "brokers delete what they gave away")


# A move to a broker that can't reach the leader stays under way, is listed, and can be cancelled.
for other in (3, 4):
    cluster.ctl("fault", "-p", cluster.name, "add", "--link", f"2-{other}", "--cut")
stuck = plan("stuck.json", [[2, 4], [4, 1]])
reassign("--execute", "--reassignment-json-file", stuck)
listed = reassign("--list")
assert "orders-0: replicas: 2,4,3. adding: 2. removing: 3." in listed, listed
cancelled = reassign("--cancel", "--reassignment-json-file", stuck)
assert "Successfully cancelled partition reassignment for: orders-0" in cancelled, cancelled
assert "No partition reassignments found." in reassign("--list")
assert described()[0] in (("3,4", ["3", "4"]), ("4,3", ["3", "4"])), described()
cluster.ctl("fault", "-p", cluster.name, "heal")

# Wrong plans are refused in Kafka's words.
wrong = reassign("--execute", "--reassignment-json-file", plan("wrong.json", [[1, 9], [4, 1]]), check=False)
assert "Unknown broker id 9" in wrong, wrong
assert read() == list(range(3000)), "records are lost or doubled"
print("reassignment: moved with data, listed, cancelled, verified by Kafka's own tool")
