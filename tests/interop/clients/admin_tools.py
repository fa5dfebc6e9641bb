"""What administrators ask: elections, the quorum, the cluster, log directories, deleting records."""
import json
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import Cluster, eventually, kafka_jars, kafka_tool

kafka_jars()
cluster = Cluster(settings=["auto.leader.rebalance.enable=false"])


def tool(name, *arguments, **options):
    # This one wants the server before its subcommand, all others take it at the end.
    server = ("--bootstrap-server", cluster.bootstrap)
    arguments = server + arguments if name == "MetadataQuorumCommand" else arguments + server
    done = kafka_tool("org.apache.kafka.tools." + name, *arguments, check=False, **options)
    assert done.returncode == 0, f"{name} {arguments}: {done.stdout}{done.stderr}"
    return done.stdout


def leaders():
    text = tool("TopicCommand", "--describe", "--topic", "orders")
    return [int(leader) for leader in re.findall(r"Partition: \d+\tLeader: (\d+)", text)]


def plan(name, partitions):
    path = cluster.home / name
    path.write_text(json.dumps({"partitions": partitions, "version": 1}))
    return str(path)


tool("TopicCommand", "--create", "--topic", "orders", "--replica-assignment", "1:2:3,2:3:1,3:1:2")
cluster.stop("broker-1")
cluster.start("broker-1")
assert leaders()[0] != 1, leaders()


def elected():
    # Until broker 1 is in sync again it can't be elected.
    done = kafka_tool("org.apache.kafka.tools.LeaderElectionCommand", "--bootstrap-server", cluster.bootstrap,
                      "--election-type", "preferred", "--all-topic-partitions", check=False)
    return "Successfully completed leader election (PREFERRED) for partitions orders-0" in done.stdout


eventually(elected, "broker 1 leads again")
assert leaders() == [1, 2, 3], leaders()
again = tool("LeaderElectionCommand", "--election-type", "preferred", "--topic", "orders", "--partition", "0")
assert "Valid replica already elected for partitions orders-0" in again, again

status = tool("MetadataQuorumCommand", "describe", "--status")
assert re.search(r"LeaderId:\s+9001", status), status
observers = json.loads(re.search(r"CurrentObservers:\s+(.*)", status)[1])
assert [observer["id"] for observer in observers] == [1, 2, 3] and all("directoryId" in one for one in observers), status
replication = tool("MetadataQuorumCommand", "describe", "--replication")
assert replication.count("Observer") == 3 and replication.count("Leader") == 1, replication

# Features go down and up; one that can't refuses all.
def features(*arguments):
    done = kafka_tool("org.apache.kafka.tools.FeatureCommand", "--bootstrap-server", cluster.bootstrap, *arguments, check=False)
    return done.stdout


assert "transaction.version was downgraded to 1." in features("downgrade", "--feature", "transaction.version=1")
assert re.search(r"transaction.version .*FinalizedVersionLevel: 1", features("describe"))
refused = features("upgrade", "--feature", "transaction.version=2", "--feature", "group.version=9")
assert refused.count("Invalid update version 9 for feature group.version. Local controller 9001 only supports versions 0-1") == 2, refused
assert "transaction.version was upgraded to 2." in features("upgrade", "--feature", "transaction.version=2")

for number in range(3):
    tool("ConsoleProducer", "--topic", "orders", "--command-property", "acks=all",
         stdin="".join(f"{number} {i}\n" for i in range(100)))
ends = dict(re.findall(r"orders:(\d):(\d+)", tool("GetOffsetShell", "--topic", "orders")))
partition = max(ends, key=lambda one: int(ends[one]))
offset = int(ends[partition]) // 2
deletion = plan("deletion.json", [{"topic": "orders", "partition": int(partition), "offset": offset}])
deleted = tool("DeleteRecordsCommand", "--offset-json-file", deletion)
assert f"partition: orders-{partition}\tlow_watermark: {offset}" in deleted, deleted
# All replicas have deleted by now: whoever leads next begins where the deletion ended.
cluster.kill(f"broker-{leaders()[int(partition)]}")
begin = tool("GetOffsetShell", "--topic", "orders", "--time", "earliest")
assert f"orders:{partition}:{offset}" in begin, begin
for service in cluster.services():
    if service["state"] != "running":
        cluster.start(service["service"])
too_far = plan("too_far.json", [{"topic": "orders", "partition": int(partition), "offset": 10**6}])
refused = tool("DeleteRecordsCommand", "--offset-json-file", too_far)
assert "OffsetOutOfRangeException" in refused, refused

described = tool("LogDirsCommand", "--describe", "--topic-list", "orders")
directories = json.loads(described.splitlines()[-1])["brokers"]
assert len(directories) == 3 and all(len(one["logDirs"][0]["partitions"]) == 3 for one in directories), described

cluster.stop("broker-3")
assert "Broker 3 is no longer registered." in tool("ClusterTool", "unregister", "--id", "3")
endpoints = tool("ClusterTool", "list-endpoints")
assert not re.search(r"^3\s", endpoints, re.M), endpoints
cluster.start("broker-3")
assert re.search(r"^3\s", tool("ClusterTool", "list-endpoints"), re.M), "broker 3 registered again"
print("elections, quorum, deleted records, log directories, unregistered brokers")
