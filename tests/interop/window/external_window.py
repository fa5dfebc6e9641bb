"""The window on three brokers of a real Apache Kafka, with its own Java programs at work there."""
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import ApacheKafka, BUILD, eventually, java_program, kafka_tool  # noqa: E402

kafka = ApacheKafka(nodes=3, settings={"group.initial.rebalance.delay.ms": "0"}).start()
bootstrap = kafka.bootstrap


def topic_is_made():
    kafka.check()
    return kafka_tool("org.apache.kafka.tools.TopicCommand", "--bootstrap-server", bootstrap, "--create", "--if-not-exists",
                      "--topic", "orders", "--partitions", "6", "--replication-factor", "3", check=False).returncode == 0


eventually(topic_is_made, "three brokers of Apache Kafka serve", seconds=120)
kafka_tool("org.apache.kafka.tools.ConsoleProducer", "--bootstrap-server", bootstrap, "--topic", "orders", "--reader-property",
           "parse.key=true", "--reader-property", "key.separator=:",
           stdin="".join(f'customer-{i % 40}:{{"item":"{"레몬차" if i == 777 else "tea"}","id":{i}}}\n' for i in range(1000)))
java_program(kafka.home / "consumer.out", "org.apache.kafka.tools.consumer.ConsoleConsumer", "--bootstrap-server", bootstrap, "--topic", "orders",
             "--group", "java-billing", "--from-beginning", "--command-property", "client.id=java-reader",
             "--command-property", "auto.commit.interval.ms=500")
done = subprocess.run([str(BUILD / "tests" / "externalwindow"), *sys.argv[2:]],
                      env=dict(os.environ, QT_QPA_PLATFORM="offscreen", MOLDAU_TEST_BOOTSTRAP=bootstrap), timeout=400)
sys.exit(done.returncode)
