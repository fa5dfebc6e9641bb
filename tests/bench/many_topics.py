"""Makes thousands of topics in a cluster of ours and prints what that costs: time, files, memory, restart, idle.

usage: tests/bench/many_topics.py BUILD [--topics N] [--partitions N] [--replicas N] [--batch N] [--folder DIR]

The client speaks CreateTopics itself, one request at a time: the figures are the cluster's own.
"""
import argparse
import os
import shutil
import socket
import struct
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "interop"))
from clusters import Moldau, knows_all_brokers

IDLE_SECONDS = 20


class Connection:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.correlation = 0

    def exactly(self, size):
        data = bytearray()
        while len(data) < size:
            part = self.socket.recv(size - len(data))
            if not part:
                raise SystemExit("the broker closed the connection")
            data += part
        return bytes(data)

    def ask(self, key, version, body):
        self.correlation += 1
        frame = struct.pack(">hhih", key, version, self.correlation, -1) + body
        self.socket.sendall(struct.pack(">i", len(frame)) + frame)
        return self.exactly(struct.unpack(">i", self.exactly(4))[0])[4:]

    def create(self, names, partitions, replicas):
        """CreateTopics v4."""
        body = struct.pack(">i", len(names))
        for name in names:
            body += struct.pack(">h", len(name)) + name.encode() + struct.pack(">ihii", partitions, replicas, 0, 0)
        answer = self.ask(19, 4, body + struct.pack(">ib", 60000, 0))
        position = 8
        for _ in names:
            length = struct.unpack_from(">h", answer, position)[0]
            position += 2 + length
            error, text = struct.unpack_from(">hh", answer, position)
            if error:
                raise SystemExit(f"a topic was refused with error {error}: {answer[position + 4:position + 4 + max(text, 0)]}")
            position += 4 + max(text, 0)

    def leaders(self):
        """(topics, partitions that have a leader) by Metadata v4 for all topics."""
        answer = self.ask(3, 4, struct.pack(">ib", -1, 0))
        position = 4

        def number(form):
            nonlocal position
            value = struct.unpack_from(">" + form, answer, position)[0]
            position += struct.calcsize(">" + form)
            return value

        def skip_text():
            nonlocal position
            length = number("h")
            position += max(length, 0)

        for _ in range(number("i")):
            number("i"), skip_text(), number("i"), skip_text()
        skip_text(), number("i")
        topics, led = number("i"), 0
        for _ in range(topics):
            number("h"), skip_text(), number("b")
            for _ in range(number("i")):
                number("h"), number("i")
                led += number("i") >= 0
                for _ in range(2):
                    size = 4 * number("i")
                    position += size
        return topics, led


def wait_for(ports, topics, partitions):
    for port in ports:
        while Connection(port).leaders() != (topics, topics * partitions):
            time.sleep(0.05)


def wait_until_serving(cluster):
    while not all(knows_all_brokers(port) for port in cluster.ports):
        if cluster.process.poll() is not None:
            raise SystemExit("the cluster ended")
        time.sleep(0.01)


def files_below(folder):
    return sum(len(files) for _, _, files in os.walk(folder))


def open_files(cluster):
    return sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in cluster.processes())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--topics", type=int, default=10000)
    parser.add_argument("--partitions", type=int, default=5)
    parser.add_argument("--replicas", type=int, default=1)
    parser.add_argument("--batch", type=int, default=250)
    parser.add_argument("--folder", type=Path, default=None)
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="moldau-topics-"))
    cluster = Moldau(folder)
    try:
        print(f"start on an empty directory: {cluster.start():.3f} s")
        print(f"memory: {cluster.memory('VmRSS'):.0f} MB")
        connection, begun, cpu = Connection(cluster.ports[0]), time.perf_counter(), cluster.cpu_seconds()
        slowest = 0
        for first in range(0, options.topics, options.batch):
            names = [f"topic-{number:06}" for number in range(first, min(first + options.batch, options.topics))]
            asked = time.perf_counter()
            connection.create(names, options.partitions, options.replicas)
            slowest = max(slowest, time.perf_counter() - asked)
        created = time.perf_counter() - begun
        wait_for(cluster.ports, options.topics, options.partitions)
        print(f"{options.topics} topics with {options.topics * options.partitions} partitions, {options.replicas} replica(s): "
              f"created in {created:.1f} s, known to all brokers after {time.perf_counter() - begun:.1f} s, "
              f"slowest request {slowest:.2f} s, {cluster.cpu_seconds() - cpu:.1f} s of processor")
        time.sleep(6)  # checkpoints are written, sessions settle
        print(f"memory: {cluster.memory('VmRSS'):.0f} MB; {files_below(folder)} files on disk, {open_files(cluster)} open")
        cpu, begun = cluster.cpu_seconds(), time.perf_counter()
        time.sleep(IDLE_SECONDS)
        print(f"idle: {(cluster.cpu_seconds() - cpu) / (time.perf_counter() - begun) * 100:.2f} % of a core")
        begun = time.perf_counter()
        asked = time.perf_counter()
        Connection(cluster.ports[0]).leaders()
        print(f"Metadata of all topics: {time.perf_counter() - asked:.3f} s")
        begun = time.perf_counter()
        cluster.stop()
        stopped = time.perf_counter() - begun
        begun = time.perf_counter()
        cluster.launch()
        wait_until_serving(cluster)
        serving = time.perf_counter() - begun
        wait_for(cluster.ports, options.topics, options.partitions)
        print(f"stop: {stopped:.2f} s; restart until every broker serves: {serving:.2f} s, "
              f"until all partitions have leaders: {time.perf_counter() - begun:.2f} s")
        cluster.process.kill()
        cluster.process.wait()
        begun = time.perf_counter()
        cluster.launch()
        wait_until_serving(cluster)
        serving = time.perf_counter() - begun
        wait_for(cluster.ports, options.topics, options.partitions)
        print(f"restart after kill -9 of all until every broker serves: {serving:.2f} s, "
              f"until all partitions have leaders: {time.perf_counter() - begun:.2f} s")
    finally:
        cluster.stop()
        if not options.folder:
            shutil.rmtree(folder, ignore_errors=True)


main()
