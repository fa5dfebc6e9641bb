"""The clusters that are measured: ours and Apache Kafka's, three brokers each on the same machine, started the same way."""
import os
import shutil
import signal
import socket
import struct
import subprocess
import time

import harness
from harness import BUILD

BROKERS = 3
# What both run with: topics that survive a broker, no wait for more members.
SETTINGS = {"offsets.topic.replication.factor": "3", "offsets.topic.num.partitions": "12", "default.replication.factor": "3",
            "min.insync.replicas": "2", "group.initial.rebalance.delay.ms": "0", "num.partitions": "6"}


def knows_all_brokers(port):
    """Whether the broker at this port answers a Metadata request (v4) with all brokers."""
    def exactly(connection, size):
        data = b""
        while len(data) < size:
            part = connection.recv(size - len(data))
            if not part:
                raise OSError
            data += part
        return data
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            request = struct.pack(">hhih", 3, 4, 1, -1) + struct.pack(">ib", 0, 0)
            connection.sendall(struct.pack(">i", len(request)) + request)
            answer = exactly(connection, struct.unpack(">i", exactly(connection, 4))[0])
            return struct.unpack(">i", answer[8:12])[0] == BROKERS  # behind correlation id and throttle time
    except OSError:
        return False


def greet(port):
    """A connection to the broker at this port, which has answered ApiVersions (v0) and waits."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=20)
    request = struct.pack(">hhih", 18, 0, 1, -1)
    connection.sendall(struct.pack(">i", len(request)) + request)
    size = struct.unpack(">i", connection.recv(4, socket.MSG_WAITALL))[0]
    connection.recv(size, socket.MSG_WAITALL)
    return connection


class Cluster:
    """Starts by start(), which returns the seconds until every broker serves; processes() are its own."""

    def __init__(self, folder):
        self.folder = folder

    def start(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.prepare()
        begun = time.perf_counter()
        self.launch()
        waiting = list(self.ports)
        while waiting:
            waiting = [port for port in waiting if not knows_all_brokers(port)]
            if time.perf_counter() - begun > 120:
                raise SystemExit(f"{self.name} does not start: see {self.folder}")
            time.sleep(0.001)
        return time.perf_counter() - begun

    def memory(self, *kinds):
        """Resident MB of these kinds as /proc/PID/status names them. Not from smaps, which walks all pages while the process waits."""
        total = 0
        for pid in self.processes():
            with open(f"/proc/{pid}/status", encoding="ascii") as lines:
                total += sum(int(line.split()[1]) for line in lines if line.split(":")[0] in kinds)
        return total / 1024

    def cpu_seconds(self):
        total = 0
        for pid in self.processes():
            with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
        return total / os.sysconf("SC_CLK_TCK")

    def prepare(self):
        """What isn't measured: chooses `ports` and `bootstrap`, and writes files."""
        raise NotImplementedError

    def launch(self):
        raise NotImplementedError

    def processes(self):
        raise NotImplementedError

    def stop(self):
        raise NotImplementedError


class Moldau(Cluster):
    name = "Moldau"

    def prepare(self):
        self.ports = harness.free_neighbours(BROKERS)
        self.bootstrap = ",".join(f"127.0.0.1:{port}" for port in self.ports)

    def launch(self):
        state = str(self.folder / "state")
        settings = [word for name, value in SETTINGS.items() for word in ("--set", f"{name}={value}")]
        self.process = subprocess.Popen(
            [str(BUILD / "bin" / "moldauctl"), "up", "-p", "bench", "--brokers", str(BROKERS), "--first-port", str(self.ports[0]),
             "--data", str(self.folder / "data"), *settings],
            env=dict(os.environ, XDG_STATE_HOME=state, XDG_RUNTIME_DIR=state), stdout=subprocess.DEVNULL)

    def processes(self):
        return [self.process.pid]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


class ApacheKafka(Cluster):
    """Combined nodes in KRaft mode, with the heap and the collector of Kafka's own start script."""
    name = "Apache Kafka"
    JAVA = ("-Xmx1g", "-Xms1g", "-server", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20", "-XX:InitiatingHeapOccupancyPercent=35",
            "-XX:+ExplicitGCInvokesConcurrent")

    def prepare(self):
        self.kafka = harness.ApacheKafka(BROKERS, SETTINGS, java=self.JAVA, home=self.folder)
        self.ports, self.bootstrap = self.kafka.ports["PLAINTEXT"], self.kafka.bootstrap

    def launch(self):
        self.kafka.start()

    def processes(self):
        return [node.pid for node in self.kafka.processes]

    def stop(self):
        self.kafka.kill()
