"""Measures our cluster beside Apache Kafka's in one run, with Kafka's own Java tools, and prints a table.

usage: tests/bench/run [--rounds N] [--records N] [--folder DIR] [--only moldau|kafka]

Each round starts each cluster on an empty directory, the other one being stopped, and takes every figure once; the
table shows the median of the rounds. Beside each figure stands what the client itself used of the machine's
processors while it ran: where that is high, the client is the limit, not the brokers.

Three things that neither cluster answers for are kept out of the rates of producing. Half of the records are a
warm-up: Java's compiler takes a quarter of two processors for the producer's first eight seconds, and the rate nearly
doubles when it has ended. What the phase before left unwritten is written first. And memory that a virtual machine's
host has taken back is fetched before (see `fetch_memory`).
"""
import argparse
import mmap
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "interop"))
from clusters import ApacheKafka, Moldau, greet
from harness import KAFKA_VERSION, kafka_jars

TOOLS = "org.apache.kafka.tools."
PRODUCER = ["acks=all", "linger.ms=5", "batch.size=65536"]
IDLE_CONNECTIONS = 1000
# figure: (title, unit, digits, whether more is better)
FIGURES = {
    "start": ("start until every broker serves", "s", 3, False),
    "idle": ("memory, idle", "MB", 0, False),
    "connections": (f"memory, {IDLE_CONNECTIONS:,} idle connections", "MB", 0, False),
    "produce 100": ("produce, 100 B, RF 3, acks=all", "records/s", 0, True),
    "produce 1024": ("produce, 1 KB, RF 3, acks=all", "MB/s", 1, True),
    "load": ("memory, most under load", "MB", 0, False),
    "own": ("the same without mapped log files", "MB", 0, False),
    "consume 100": ("consume, 100 B", "records/s", 0, True),
    "consume 1024": ("consume, 1 KB", "MB/s", 1, True),
    "average": ("end to end, acks=all, average", "ms", 2, False),
    "p50": ("end to end, acks=all, median of samples", "ms", 2, False),
    "p99": ("end to end, acks=all, 99th percentile", "ms", 0, False),
}


class Measured:
    """A tool's output, and which share of the machine the tool and the brokers used."""

    def __init__(self, cluster, *arguments):
        cores = os.cpu_count()
        before, brokers, begun = resource.getrusage(resource.RUSAGE_CHILDREN), cluster.cpu_seconds(), time.perf_counter()
        done = subprocess.run(["java", "-Xmx1g", "-Xms1g", "-cp", f"{kafka_jars()}/*", *arguments], capture_output=True, text=True, timeout=900)
        seconds, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode != 0:
            raise SystemExit(f"{' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")
        self.output = done.stdout
        self.client = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / seconds / cores
        self.brokers = (cluster.cpu_seconds() - brokers) / seconds / cores


class MostOwnMemory:
    """Watches what a cluster holds beside mapped files while a block runs."""

    def __init__(self, cluster):
        self.cluster, self.most, self.ending = cluster, 0.0, threading.Event()
        self.thread = threading.Thread(target=self.watch)

    def watch(self):
        while not self.ending.wait(0.25):
            self.most = max(self.most, self.cluster.memory("RssAnon"))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ending.set()
        self.thread.join()


def fetch_memory():
    """Touches half of the available memory and lets it go again.

    A virtual machine's host takes free memory back and hands it out page by page when it is next written, seven
    microseconds each on the machine that this was written on: a log that grows into such memory is written at a third
    of its speed, whichever broker writes it.
    """
    available = next(int(line.split()[1]) * 1024 for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemAvailable"))
    with mmap.mmap(-1, available // 2) as memory:
        for page in range(0, len(memory), mmap.PAGESIZE):
            memory[page] = 1


def make_topic(cluster, topic, partitions):
    subprocess.run(["java", "-Xmx256m", "-cp", f"{kafka_jars()}/*", f"{TOOLS}TopicCommand", "--bootstrap-server", cluster.bootstrap, "--create", "--topic",
                    topic, "--partitions", str(partitions), "--replication-factor", "3"], check=True, capture_output=True, timeout=120)


def produce(cluster, topic, records, size):
    os.sync()
    fetch_memory()
    properties = [word for each in PRODUCER for word in ("--command-property", each)]
    run = Measured(cluster, f"{TOOLS}ProducerPerformance", "--bootstrap-server", cluster.bootstrap, "--topic", topic, "--num-records", str(records),
                   "--record-size", str(size), "--throughput", "-1", "--warmup-records", str(records // 2), *properties)
    # The last line is that of the steady state, behind the warm-up.
    rate, megabytes = re.findall(r"([\d.]+) records/sec \(([\d.]+) MB/sec\)", run.output)[-1]
    return float(rate), float(megabytes), run


def consume(cluster, topic, records):
    run = Measured(cluster, f"{TOOLS}ConsumerPerformance", "--bootstrap-server", cluster.bootstrap, "--topic", topic, "--num-records", str(records),
                   "--timeout", "120000", "--hide-header")
    fields = [field.strip() for field in run.output.strip().splitlines()[-1].split(",")]
    return float(fields[9]), float(fields[8]), run  # behind the time until the group has its partitions


def end_to_end(cluster, topic, records):
    run = Measured(cluster, f"{TOOLS}EndToEndLatency", "--bootstrap-server", cluster.bootstrap, "--topic", topic, "--num-records", str(records),
                   "--producer-acks", "all", "--record-size", "100")
    average = re.search(r"Avg latency: ([\d.]+)", run.output)
    found = re.search(r"99th = ([\d.]+)", run.output)
    # Every thousandth record's time is told as it is, percentiles only in whole milliseconds. The first connects.
    samples = [float(time) for time in re.findall(r"^\d+\t([\d.]+)$", run.output, re.MULTILINE)[1:]]
    return {"average": float(average[1]), "p50": statistics.median(samples), "p99": float(found[1])}, run


def measure(cluster, records):
    """All figures of one round: name -> (value, client's share or None, brokers' share or None)."""
    figures = {"start": (cluster.start(), None, None)}
    try:
        time.sleep(3)
        figures["idle"] = (cluster.memory("VmRSS"), None, None)
        connections = [greet(cluster.ports[number % len(cluster.ports)]) for number in range(IDLE_CONNECTIONS)]
        figures["connections"] = (cluster.memory("VmRSS"), None, None)
        for connection in connections:
            connection.close()
        with MostOwnMemory(cluster) as own:
            for size in (100, 1024):
                count = records if size == 100 else records // 2
                topic = f"bench-{size}"
                make_topic(cluster, topic, 6)
                rate, megabytes, run = produce(cluster, topic, count, size)
                figures[f"produce {size}"] = (rate if size == 100 else megabytes, run.client, run.brokers)
                rate, megabytes, run = consume(cluster, topic, count)
                figures[f"consume {size}"] = (rate if size == 100 else megabytes, run.client, run.brokers)
        figures["load"] = (cluster.memory("VmHWM"), None, None)
        figures["own"] = (own.most, None, None)
        make_topic(cluster, "bench-latency", 1)
        times, run = end_to_end(cluster, "bench-latency", 30_000)
        figures.update({name: (value, run.client, run.brokers) for name, value in times.items()})
    finally:
        cluster.stop()
    return figures


def shown(value, digits):
    return "-" if value is None else f"{value:,.{digits}f}"


def share(values):
    return "-" if values[1] is None else f"{values[1]:.0%} / {values[2]:.0%}"


def print_table(results):
    """`results`: cluster's name -> list of rounds."""
    def median(name, figure):
        rounds = [each[figure] for each in results.get(name, [])]
        return tuple(None if rounds[0][i] is None else statistics.median(each[i] for each in rounds) for i in range(3)) if rounds else (None, None, None)

    print(f"\n{'figure':<40}{'unit':<11}{'Moldau':>12}{'client/brokers':>16}{'Kafka ' + KAFKA_VERSION:>14}{'client/brokers':>16}{'ratio':>9}")
    for figure, (title, unit, digits, is_more_better) in FIGURES.items():
        ours, theirs = median(Moldau.name, figure), median(ApacheKafka.name, figure)
        ratio = "-"
        if ours[0] and theirs[0]:
            ratio = f"{ours[0] / theirs[0] if is_more_better else theirs[0] / ours[0]:.1f}x"
        print(f"{title:<40}{unit:<11}{shown(ours[0], digits):>12}{share(ours):>16}{shown(theirs[0], digits):>14}{share(theirs):>16}{ratio:>9}")
    print("\nclient/brokers: share of all processors used by Kafka's Java tool and by the brokers while it ran, its start included.\n"
          "ratio: how many times better ours is; below 1 it is worse. Kafka's latency tool cuts its 99th percentile to whole milliseconds;\n"
          "the median is that of every thousandth record.")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--records", type=int, default=4_000_000, help="of 100 B; half as many of 1 KB")
    parser.add_argument("--folder", type=Path, help="where the data go; a new one in the temporary folder unless given")
    parser.add_argument("--only", choices=["moldau", "kafka"])
    options = parser.parse_args()
    kafka_jars()
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    kinds = [kind for kind, word in ((Moldau, "moldau"), (ApacheKafka, "kafka")) if options.only in (None, word)]
    if options.folder:
        options.folder.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="moldau-bench-", dir=options.folder))
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before the run, data in {folder}", flush=True)
    results = {}
    try:
        for number in range(options.rounds):
            for kind in kinds:
                figures = measure(kind(folder / kind.__name__), options.records)
                results.setdefault(kind.name, []).append(figures)
                shutil.rmtree(folder / kind.__name__, ignore_errors=True)
                print(f"round {number + 1}, {kind.name}: " + ", ".join(f"{name} {shown(value[0], FIGURES[name][2])}" for name, value in figures.items()),
                      flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print_table(results)


main()
