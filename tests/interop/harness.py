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
    """A cluster of moldauctl's, on free ports, with folders of its own; gone at the end."""

    def __init__(self, brokers=3, settings=(), arguments=()):
        self.home = Path(tempfile.mkdtemp(prefix="moldau-test-"))
        self.name = "test-" + uuid.uuid4().hex[:8]
        self.environment = dict(os.environ, XDG_DATA_HOME=str(self.home / "data"), XDG_STATE_HOME=str(self.home / "state"),
                                XDG_CONFIG_HOME=str(self.home / "config"), XDG_RUNTIME_DIR=str(self.home))
        self.start_arguments = ["up", "-p", self.name, "--brokers", str(brokers), "--first-port", "0", "-d", *arguments]
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
    folder = PEERS / f"kafka-{KAFKA_VERSION}"
    if not (folder / "complete").exists():
        done = subprocess.run(["mvn", "-q", "-B", "-f", str(SOURCE / "pom.xml"), f"-Dkafka.version={KAFKA_VERSION}",
                               "dependency:copy-dependencies", f"-DoutputDirectory={folder}"],
                              capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            skip(f"Apache Kafka {KAFKA_VERSION} can't be had by Maven: {done.stdout[-300:]}")
        (folder / "complete").touch()
    return folder


def kafka_tool(class_name, *arguments, stdin=None, timeout=120, check=True, heap="-Xmx256m"):
    """Runs one of Apache Kafka's own Java tools."""
    command = ["java", heap, "-XX:+UseSerialGC", "-cp", f"{kafka_jars()}/*", class_name, *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=timeout, check=check)


class ApacheKafka:
    """A node of a real Apache Kafka, broker and controller in one, on free ports; gone at the end."""

    def __init__(self, settings=()):
        jars = kafka_jars()
        self.home = Path(tempfile.mkdtemp(prefix="moldau-kafka-"))
        probes = [socket.socket() for _ in range(2)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        port, controller = (probe.getsockname()[1] for probe in probes)
        for probe in probes:
            probe.close()
        self.bootstrap = f"127.0.0.1:{port}"
        properties = self.home / "server.properties"
        properties.write_text("\n".join([
            "process.roles=broker,controller", "node.id=1", f"controller.quorum.voters=1@127.0.0.1:{controller}",
            f"listeners=PLAINTEXT://{self.bootstrap},CONTROLLER://127.0.0.1:{controller}",
            f"advertised.listeners=PLAINTEXT://{self.bootstrap}", "controller.listener.names=CONTROLLER",
            "listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT", f"log.dirs={self.home}/data",
            "offsets.topic.replication.factor=1", *settings]) + "\n")
        arguments = ("format", "-t", "MkU3OEVBNTcwNTJENDM2Qk", "-c", str(properties))
        if kafka_tool("kafka.tools.StorageTool", *arguments, check=False).returncode != 0:
            kafka_tool("org.apache.kafka.tools.StorageTool", *arguments)
        self.process = subprocess.Popen(["java", "-Xmx512m", "-XX:+UseSerialGC", "-cp", f"{jars}/*", "kafka.Kafka",
                                         str(properties)], stdout=(self.home / "log").open("w"), stderr=subprocess.STDOUT)
        atexit.register(self.remove)

    def remove(self):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.home, ignore_errors=True)


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
