"""A real Apache Kafka, reached as any external cluster: PLAINTEXT, TLS, SASL PLAIN and SCRAM."""
import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import ApacheKafka, BUILD, eventually, java_program, need

need("keytool")
home = Path(tempfile.mkdtemp(prefix="moldau-external-"))
atexit.register(shutil.rmtree, home, ignore_errors=True)


def keytool(*arguments):
    subprocess.run(["keytool", *arguments], check=True, capture_output=True)


STORE = home / "broker.p12"
keytool("-genkeypair", "-alias", "broker", "-keyalg", "EC", "-dname", "CN=broker", "-ext", "SAN=dns:localhost,ip:127.0.0.1", "-validity", "2",
        "-storetype", "PKCS12", "-keystore", str(STORE), "-storepass", "store-secret")
keytool("-exportcert", "-rfc", "-alias", "broker", "-keystore", str(STORE), "-storepass", "store-secret", "-file", str(home / "ca.pem"))
for kind in ("PKCS12", "JKS"):
    keytool("-importcert", "-noprompt", "-alias", "ca", "-file", str(home / "ca.pem"), "-storetype", kind, "-keystore", str(home / f"trust.{kind.lower()}"),
            "-storepass", "trust-secret")

jaas = {"plain": 'org.apache.kafka.common.security.plain.PlainLoginModule required user_alice="alice-secret";',
        "scram-sha-256": "org.apache.kafka.common.security.scram.ScramLoginModule required;",
        "scram-sha-512": "org.apache.kafka.common.security.scram.ScramLoginModule required;"}
secured = {
    "group.initial.rebalance.delay.ms": "0", "num.partitions": "2", "sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512",
    "ssl.keystore.location": str(STORE), "ssl.keystore.password": "store-secret", "ssl.key.password": "store-secret",
}
for listener in ("sasl_plaintext", "sasl_ssl"):
    for mechanism, module in jaas.items():
        secured[f"listener.name.{listener}.{mechanism}.sasl.jaas.config"] = module
kafka = ApacheKafka(settings=secured, listeners=("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"),
                    format_arguments=("--add-scram", "SCRAM-SHA-256=[name=alice,password=alice-secret]",
                                      "--add-scram", "SCRAM-SHA-512=[name=alice,password=alice-secret]")).start()


def tool(listener, name, *arguments, settings="", stdin="", status=0):
    """One of our tools; `settings` are what a user pastes or gives by --command-config."""
    command = [str(BUILD / "tests" / "runtool"), name, "--bootstrap-server", kafka.bootstrap_of(listener), *arguments]
    if settings:
        (home / "client.properties").write_text(settings)
        command += ["--command-config", str(home / "client.properties")]
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=120)
    assert done.returncode == status, f"{' '.join(command)}\n{settings}\n{done.stdout}\n{done.stderr}"
    return done


def answers():
    kafka.check()
    return subprocess.run([str(BUILD / "tests" / "runtool"), "kafka-topics", "--bootstrap-server", kafka.bootstrap, "--list"],
                          capture_output=True, timeout=60).returncode == 0


eventually(answers, "Apache Kafka answers", seconds=120)

# Without any security: everything, also what only newer groups have.
tool("PLAINTEXT", "kafka-topics", "--create", "--topic", "orders", "--partitions", "3", "--config", "retention.ms=3600000")
tool("PLAINTEXT", "kafka-console-producer", "--topic", "orders", "--reader-property", "parse.key=true", "--reader-property", "key.separator=:",
     stdin="".join(f"{i % 7}:{i}\n" for i in range(1000)))
read = tool("PLAINTEXT", "kafka-console-consumer", "--topic", "orders", "--group", "g", "--from-beginning", "--max-messages", "1000")
assert sorted(map(int, read.stdout.split())) == list(range(1000)), read
described = tool("PLAINTEXT", "kafka-consumer-groups", "--describe", "--group", "g").stdout
assert sum(int(line.split()[3]) for line in described.splitlines() if line.startswith("g ")) == 1000, described
java = java_program(home / "consumer.out", "org.apache.kafka.tools.consumer.ConsoleConsumer", "--bootstrap-server", kafka.bootstrap, "--topic", "orders",
                    "--group", "new", "--command-property", "group.protocol=consumer")


def state_of_new_group():
    command = [str(BUILD / "tests" / "runtool"), "kafka-consumer-groups", "--bootstrap-server", kafka.bootstrap, "--describe", "--group", "new", "--state"]
    return "Stable" in subprocess.run(command, capture_output=True, text=True, timeout=60).stdout


eventually(state_of_new_group, "a group of the new protocol is stable", seconds=60)
members = tool("PLAINTEXT", "kafka-consumer-groups", "--describe", "--group", "new", "--members", "--verbose").stdout
assert "orders:0,1,2" in members, members
java.kill()

TRUST = {"PEM": f"ssl.truststore.type=PEM\nssl.truststore.location={home / 'ca.pem'}\n",
         "PKCS12": f"ssl.truststore.location={home / 'trust.pkcs12'}\nssl.truststore.password=trust-secret\n",
         "JKS": f"ssl.truststore.location={home / 'trust.jks'}\nssl.truststore.password=trust-secret\n"}


def sasl(mechanism, password="alice-secret"):
    module = "plain.PlainLoginModule" if mechanism == "PLAIN" else "scram.ScramLoginModule"
    return (f"sasl.mechanism={mechanism}\nsasl.jaas.config=org.apache.kafka.common.security.{module} required "
            f"username=\"alice\" password=\"{password}\";\n")


flavours = [("SSL", "security.protocol=SSL\n" + trust) for trust in TRUST.values()]
flavours += [("SASL_PLAINTEXT", "security.protocol=SASL_PLAINTEXT\n" + sasl(mechanism)) for mechanism in ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")]
flavours += [("SASL_SSL", "security.protocol=SASL_SSL\n" + TRUST["PEM"] + sasl("SCRAM-SHA-256"))]
for number, (listener, settings) in enumerate(flavours):
    topic = f"secure-{number}"
    tool(listener, "kafka-topics", "--create", "--topic", topic, settings=settings)
    assert f"Topic: {topic}\tTopicId: " in tool(listener, "kafka-topics", "--describe", "--topic", topic, settings=settings).stdout
    tool(listener, "kafka-configs", "--alter", "--topic", topic, "--add-config", "retention.ms=1234567", settings=settings)
    assert "retention.ms=1234567" in tool(listener, "kafka-configs", "--describe", "--topic", topic, settings=settings).stdout
    tool(listener, "kafka-console-producer", "--topic", topic, settings=settings, stdin="one\ntwo\n")
    read = tool(listener, "kafka-console-consumer", "--topic", topic, "--from-beginning", "--max-messages", "2", settings=settings)
    assert sorted(read.stdout.split()) == ["one", "two"], read
    offsets = tool(listener, "kafka-get-offsets", "--topic", topic, settings=settings).stdout
    assert sum(int(line.rsplit(":", 1)[1]) for line in offsets.splitlines()) == 2, offsets

# The connection of the window and the tools, by each kind of listener.
for number, (listener, settings) in enumerate([("PLAINTEXT", ""), *flavours]):
    environment = dict(os.environ, MOLDAU_BOOTSTRAP=kafka.bootstrap_of(listener), MOLDAU_PROPERTIES=settings, MOLDAU_TOPIC=f"connection-{number}")
    done = subprocess.run([str(BUILD / "tests" / "externalconnection")], env=environment, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, f"{listener}\n{settings}\n{done.stdout[-3000:]}\n{done.stderr[-1000:]}"

# What goes wrong is said plainly, and never with the password.
refused = tool("SASL_PLAINTEXT", "kafka-topics", "--list", settings="security.protocol=SASL_PLAINTEXT\n" + sasl("SCRAM-SHA-256", "wrong-guess"), status=1)
assert "refused the user or the password" in refused.stdout and "wrong-guess" not in refused.stdout + refused.stderr, refused
for mechanism in ("PLAIN", "SCRAM-SHA-256"):
    for listener, more in (("SASL_PLAINTEXT", ""), ("SASL_SSL", TRUST["PEM"])):
        wrong = f"security.protocol={listener}\n{more}" + sasl(mechanism, "wrong-guess")
        refused = tool(listener, "kafka-console-producer", "--topic", "secure-0", settings=wrong, stdin="one\n")
        assert "refused the user or the password" in refused.stdout + refused.stderr and "wrong-guess" not in refused.stdout + refused.stderr, refused
        refused = tool(listener, "kafka-console-consumer", "--topic", "secure-0", "--from-beginning", settings=wrong, status=1)
        assert "refused the user or the password" in refused.stdout + refused.stderr, refused
untrusted = tool("SSL", "kafka-topics", "--list", settings="security.protocol=SSL\n", status=1)
assert "ssl.truststore.location" in untrusted.stdout, untrusted
plain_on_tls = tool("PLAINTEXT", "kafka-topics", "--list", settings="security.protocol=SSL\n" + TRUST["PEM"], status=1)
assert "security.protocol" in plain_on_tls.stdout, plain_on_tls
print("Apache Kafka as an external cluster: PLAINTEXT, TLS with three kinds of trust store, SASL PLAIN and SCRAM")
