"""The window on three brokers of a real Apache Kafka, with its own Java programs at work there."""
import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import BUILD, eventually, kafka_jars, kafka_tool  # noqa: E402

NODES = 3
jars = kafka_jars()
home = Path(tempfile.mkdtemp(prefix="moldau-external-window-"))
atexit.register(shutil.rmtree, home, ignore_errors=True)


def free_ports(count):
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def java(log, heap, class_name, *arguments):
    """A program that runs until the end of the test."""
    program = subprocess.Popen(["java", heap, "-XX:+UseSerialGC", "-cp", f"{jars}/*", class_name, *arguments],
                               stdout=(home / log).open("w"), stderr=subprocess.STDOUT, stdin=subprocess.PIPE, text=True)
    atexit.register(program.kill)
    return program


ports = free_ports(2 * NODES)
voters = ",".join(f"{node}@127.0.0.1:{ports[NODES + node - 1]}" for node in range(1, NODES + 1))
bootstrap = ",".join(f"127.0.0.1:{port}" for port in ports[:NODES])
brokers = []
for node in range(1, NODES + 1):
    properties = home / f"server-{node}.properties"
    properties.write_text(f"""process.roles=broker,controller
node.id={node}
controller.quorum.voters={voters}
listeners=PLAINTEXT://127.0.0.1:{ports[node - 1]},CONTROLLER://127.0.0.1:{ports[NODES + node - 1]}
advertised.listeners=PLAINTEXT://127.0.0.1:{ports[node - 1]}
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
controller.listener.names=CONTROLLER
log.dirs={home}/data-{node}
offsets.topic.replication.factor=3
group.initial.rebalance.delay.ms=0
""")
    arguments = ("format", "-t", "MkU3OEVBNTcwNTJENDM2Qk", "-c", str(properties))
    if kafka_tool("kafka.tools.StorageTool", *arguments, check=False).returncode != 0:
        kafka_tool("org.apache.kafka.tools.StorageTool", *arguments)
    brokers.append(java(f"broker-{node}.log", "-Xmx384m", "kafka.Kafka", str(properties)))


def topic_is_made():
    for node, broker in enumerate(brokers, 1):
        assert broker.poll() is None, (home / f"broker-{node}.log").read_text()[-3000:]
    return kafka_tool("org.apache.kafka.tools.TopicCommand", "--bootstrap-server", bootstrap, "--create", "--if-not-exists",
                      "--topic", "orders", "--partitions", "6", "--replication-factor", "3", check=False).returncode == 0


eventually(topic_is_made, "three brokers of Apache Kafka serve", seconds=120)
kafka_tool("org.apache.kafka.tools.ConsoleProducer", "--bootstrap-server", bootstrap, "--topic", "orders", "--reader-property",
           "parse.key=true", "--reader-property", "key.separator=:",
           stdin="".join(f'customer-{i % 40}:{{"item":"{"레몬차" if i == 777 else "tea"}","id":{i}}}\n' for i in range(1000)))
java("consumer.log", "-Xmx128m", "org.apache.kafka.tools.consumer.ConsoleConsumer", "--bootstrap-server", bootstrap, "--topic", "orders",
     "--group", "java-billing", "--from-beginning", "--command-property", "client.id=java-reader", "--command-property",
     "auto.commit.interval.ms=500")
done = subprocess.run([str(BUILD / "tests" / "externalwindow"), *sys.argv[2:]],
                      env=dict(os.environ, QT_QPA_PLATFORM="offscreen", MOLDAU_TEST_BOOTSTRAP=bootstrap), timeout=400)
sys.exit(done.returncode)
