"""What the interop tests share: a cluster of our own, the peers, and an honest way to skip.

A test is a Python program that ctest runs with the build folder as its first argument. A peer that
can't be had ends the test with exit status 77 and a line that names it: ctest then reports it as
skipped.
"""
import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

SKIPPED = 77
SOURCE = Path(__file__).resolve().parent
BUILD = Path(sys.argv[1] if len(sys.argv) > 1 else "build/release").resolve()
PEERS = BUILD / "peers"
KAFKA_VERSION = "4.3.1"


def skip(reason):
    print(f"SKIPPED: {reason}")
    sys.exit(SKIPPED)


def need(program):
    if shutil.which(program) is None:
        skip(f"{program} is not installed")
    return program


class Cluster:
    """A cluster of moldauctl's, on free ports or of a compose file's text, with folders of its own; gone at the end."""

    def __init__(self, brokers=3, settings=(), arguments=(), compose=None):
        self.home = Path(tempfile.mkdtemp(prefix="moldau-test-"))
        self.name = "test-" + uuid.uuid4().hex[:8]
        self.environment = dict(os.environ, XDG_DATA_HOME=str(self.home / "data"), XDG_STATE_HOME=str(self.home / "state"),
                                XDG_CONFIG_HOME=str(self.home / "config"), XDG_RUNTIME_DIR=str(self.home))
        form = ["--brokers", str(brokers), "--first-port", "0"]
        if compose is not None:
            (self.home / "compose.yaml").write_text(compose)
            form = ["-f", str(self.home / "compose.yaml")]
        self.start_arguments = ["up", "-p", self.name, *form, "-d", *arguments]
        for setting in settings:
            self.start_arguments += ["--set", setting]
        atexit.register(self.remove)
        self.up()

    def ctl(self, *arguments, check=True):
        return subprocess.run([str(BUILD / "bin" / "moldauctl"), *arguments], env=self.environment, check=check,
                              capture_output=True, text=True, timeout=60)

    def up(self):
        done = self.ctl(*self.start_arguments, check=False)
        if done.returncode != 0:
            raise SystemExit(f"moldauctl up failed: {done.stderr}")
        self.bootstrap = done.stdout.split("bootstrap=")[1].strip()

    def down(self):
        self.ctl("down", "-p", self.name)

    def restart(self):
        self.down()
        self.up()

    def services(self):
        return json.loads(self.ctl("ps", "-p", self.name, "--format", "json").stdout)

    def stop(self, service):
        self.ctl("stop", "-p", self.name, service)

    def start(self, service):
        self.ctl("start", "-p", self.name, service)

    def kill(self, service):
        self.ctl("kill", "-p", self.name, service)

    def remove(self):
        self.ctl("down", "-p", self.name, "-v", check=False)
        shutil.rmtree(self.home, ignore_errors=True)


def kafka_jars():
    """The folder with Apache Kafka's jars, by Maven; downloaded once per build folder."""
    need("mvn")
    need("java")
    folder, wanted, complete = PEERS / f"kafka-{KAFKA_VERSION}", SOURCE / "pom.xml", PEERS / f"kafka-{KAFKA_VERSION}" / "complete"
    if not complete.exists() or complete.read_text() != wanted.read_text():
        done = subprocess.run(["mvn", "-q", "-B", "-f", str(wanted), f"-Dkafka.version={KAFKA_VERSION}",
                               "dependency:copy-dependencies", f"-DoutputDirectory={folder}"],
                              capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            skip(f"Apache Kafka {KAFKA_VERSION} can't be had by Maven: {done.stdout[-300:]}")
        complete.write_text(wanted.read_text())
    return folder


def kafka_tool(class_name, *arguments, stdin=None, timeout=120, check=True, heap="-Xmx256m"):
    """Runs one of Apache Kafka's own Java tools."""
    command = ["java", heap, "-XX:+UseSerialGC", "-cp", f"{kafka_jars()}/*", class_name, *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=timeout, check=check)


def metadata_shell(file, *command):
    """What Apache Kafka's kafka-metadata-shell prints of a snapshot, or of a segment of the metadata log."""
    done = kafka_tool("org.apache.kafka.shell.MetadataShell", "--snapshot", str(file), *command, check=False)
    assert done.returncode == 0 and not done.stderr, f"{file} {command}: {done.stdout}{done.stderr}"
    return done.stdout


def free_ports(count):
    """Ports of loopback that nobody uses at the moment."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def free_neighbours(count):
    """So many ports in a row that nobody uses at the moment."""
    while True:
        ports = range(first := free_ports(1)[0], first + count)
        try:
            for port in ports:
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
            return list(ports)
        except OSError:
            continue


class ApacheKafka:
    """Nodes of a real Apache Kafka, each a broker and a controller, on free ports; formatted when made, running from
    start() on, gone at the end. A listener's name is its security protocol. Voters are named by a setting, but for
    a single node that `is_standalone`: its log names it."""

    SMALL = ("-Xmx384m", "-XX:+UseSerialGC")

    def __init__(self, nodes=1, settings=None, listeners=("PLAINTEXT",), format_arguments=(), java=SMALL, home=None,
                 is_standalone=False):
        kafka_jars()
        self.home = home or Path(tempfile.mkdtemp(prefix="moldau-kafka-"))
        self.java = java
        self.processes = []
        free = iter(free_ports(nodes * (len(listeners) + 1)))
        self.ports = {name: [next(free) for _ in range(nodes)] for name in (*listeners, "CONTROLLER")}
        self.bootstrap = self.bootstrap_of(listeners[0])
        self.files = [self.home / f"node-{node}.properties" for node in range(1, nodes + 1)]
        voters = ",".join(f"{node}@127.0.0.1:{port}" for node, port in enumerate(self.ports["CONTROLLER"], 1))
        quorum = {"controller.quorum.voters": voters}
        if is_standalone:
            quorum = {"controller.quorum.bootstrap.servers": voters.removeprefix("1@")}
            format_arguments = (*format_arguments, "--standalone")
        for index, file in enumerate(self.files):
            properties = {
                "process.roles": "broker,controller", "node.id": index + 1, **quorum,
                "listeners": ",".join(f"{name}://127.0.0.1:{ports[index]}" for name, ports in self.ports.items()),
                "listener.security.protocol.map": ",".join(["CONTROLLER:PLAINTEXT", *(f"{name}:{name}" for name in listeners)]),
                "controller.listener.names": "CONTROLLER", "inter.broker.listener.name": listeners[0],
                "log.dirs": self.home / f"node-{index + 1}", "offsets.topic.replication.factor": nodes, **(settings or {})}
            file.write_text("".join(f"{name}={value}\n" for name, value in properties.items()))
            kafka_tool("kafka.tools.StorageTool", "format", "-t", "MkU3OEVBNTcwNTJENDM2Qk", "-c", str(file), *format_arguments)
        atexit.register(self.remove)

    def bootstrap_of(self, listener):
        return ",".join(f"127.0.0.1:{port}" for port in self.ports[listener])

    def start(self):
        self.processes = [self.run(file) for file in self.files]
        return self

    def run(self, file):
        return subprocess.Popen(["java", *self.java, "-cp", f"{kafka_jars()}/*", "kafka.Kafka", str(file)],
                                stdout=file.with_suffix(".out").open("a"), stderr=subprocess.STDOUT)

    def stop_node(self, number):
        """In good order."""
        self.processes[number - 1].terminate()
        self.processes[number - 1].wait()

    def start_node(self, number):
        self.processes[number - 1] = self.run(self.files[number - 1])

    def check(self):
        """Fails with the end of its log when a node has ended."""
        for process, file in zip(self.processes, self.files):
            assert process.poll() is None, file.with_suffix(".out").read_text()[-3000:]

    def kill(self):
        """All at once: a controlled shutdown would have them wait for each other."""
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait()

    def remove(self):
        self.kill()
        shutil.rmtree(self.home, ignore_errors=True)


def java_program(output, class_name, *arguments):
    """One of Apache Kafka's programs that runs until the test's end, or until it is killed; `output` is a file."""
    program = subprocess.Popen(["java", "-Xmx128m", "-XX:+UseSerialGC", "-cp", f"{kafka_jars()}/*", class_name, *arguments],
                               stdout=output.open("w"), stderr=subprocess.STDOUT, stdin=subprocess.PIPE, text=True)
    atexit.register(program.kill)
    return program


def python_with(*packages):
    """A Python of its own with these packages from PyPI."""
    folder = PEERS / "python"
    python = folder / "bin" / "python"
    marker = folder / ("with-" + "-".join(packages).replace("=", "").replace("/", ""))
    if not marker.exists():
        steps = [[sys.executable, "-m", "venv", str(folder)], [str(python), "-m", "pip", "install", "-q", *packages]]
        for step in steps:
            done = subprocess.run(step, capture_output=True, text=True, stdin=subprocess.DEVNULL)
            if done.returncode != 0:
                skip(f"{', '.join(packages)} can't be had by pip: {done.stderr[-300:]}")
        marker.touch()
    return str(python)


def eventually(condition, what, seconds=30):
    """Waits until `condition()` is true; fails with `what` when it never is."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"never came true: {what}")
        time.sleep(0.05)
