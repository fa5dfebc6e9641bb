"""What the event stream costs a producer, with the events read and with a window that shows them.

usage: tests/bench/event_stream.py BUILD [--pairs N] [--records N] [--size N] [--only reader|window] [--folder DIR]

Pairs of runs of Kafka's Java producer (RF 3, acks=all) against fresh clusters of ours, the order within a pair changing
from pair to pair, so that what drifts on the machine meets both sides:

  reader   nobody reads the events   |  a thread drains them every 16 ms, as the window does
  window   moldau, Compose page      |  moldau, Live page (both offscreen; a window reads the events on every page)
  attached nobody reads the events   |  moldau, Live page

The table shows medians and the spread of the pairs' ratios. Beside the throughput stands processor time for each
million records, which a busy machine blurs less: that of the brokers' threads, and that of the window or the reader.
"""
import argparse
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "interop"))
sys.path.insert(0, str(Path(__file__).resolve().parent))
from clusters import SETTINGS, Cluster
from harness import BUILD, free_neighbours, kafka_jars

BROKERS = 3
TICK = os.sysconf("SC_CLK_TCK")


class Side(Cluster):
    """A process with a cluster in it; its threads' processor time is known by their names."""

    def prepare(self):
        self.ports = free_neighbours(BROKERS)
        self.bootstrap = ",".join(f"127.0.0.1:{port}" for port in self.ports)

    def processes(self):
        return [self.process.pid]

    def thread_seconds(self):
        """Processor seconds of the nodes' threads, and of all others."""
        nodes, others = 0, 0
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            try:
                head, tail = (task / "stat").read_text().rsplit(")", 1)
            except OSError:
                continue  # it has ended
            fields, name = tail.split(), head.split("(", 1)[1]
            seconds = (int(fields[11]) + int(fields[12])) / TICK
            if name.startswith(("broker-", "controller-")):
                nodes += seconds
            else:
                others += seconds
        return nodes, others


class Embedded(Side):
    """bench_event_cluster, with a reader or without."""

    def __init__(self, folder, mode):
        super().__init__(folder)
        self.mode = mode
        self.name = mode

    def launch(self):
        settings = [f"{name}={value}" for name, value in SETTINGS.items()]
        self.process = subprocess.Popen([str(BUILD / "tests" / "bench_event_cluster"), str(self.folder / "data"), str(self.ports[0]), self.mode, *settings],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def stop(self):
        out, _ = self.process.communicate("", timeout=60)
        self.said = out.splitlines()[-1]


class Window(Side):
    """moldau with its own cluster, offscreen, on one of its pages."""
    said = ""

    def __init__(self, folder, page):
        super().__init__(folder)
        self.page = page
        self.name = f"window on {page}"

    def launch(self):
        home = {f"XDG_{kind}_HOME": str(self.folder / kind.lower()) for kind in ("DATA", "STATE", "CONFIG", "CACHE")}
        environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", XDG_RUNTIME_DIR=str(self.folder), **home)
        self.process = subprocess.Popen([str(BUILD / "bin" / "moldau"), "--page", self.page, "--data", str(self.folder / "cluster"),
                                         "--first-port", str(self.ports[0])], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def java(*arguments):
    done = subprocess.run(["java", "-Xmx1g", "-Xms1g", "-cp", f"{kafka_jars()}/*", *arguments], capture_output=True, text=True, timeout=900)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def run(side, records, size):
    """Records per second in the steady state; processor seconds of nodes and others for a million records."""
    side.start()
    try:
        java("org.apache.kafka.tools.TopicCommand", "--bootstrap-server", side.bootstrap, "--create", "--topic", "bench", "--partitions", "6",
             "--replication-factor", "3")
        before, begun = side.thread_seconds(), time.perf_counter()
        out = java("org.apache.kafka.tools.ProducerPerformance", "--bootstrap-server", side.bootstrap, "--topic", "bench", "--num-records", str(records),
                   "--record-size", str(size), "--throughput", "-1", "--warmup-records", str(records // 5), "--command-property", "acks=all",
                   "--command-property", "linger.ms=5", "--command-property", "batch.size=65536")
        after, took = side.thread_seconds(), time.perf_counter() - begun
        rate = float(re.findall(r"([\d.]+) records/sec \(", out)[-1])
        return {"rate": rate, "nodes": (after[0] - before[0]) * 1e6 / records, "others": (after[1] - before[1]) * 1e6 / records, "seconds": took}
    finally:
        side.stop()
        shutil.rmtree(side.folder, ignore_errors=True)


def compare(title, make_one, make_other, pairs, records, size):
    """Runs the pairs and prints what the other one costs beside the one."""
    runs = {0: [], 1: []}
    names = {}
    for number in range(pairs):
        for which in ((0, 1), (1, 0))[number % 2]:
            side = (make_one, make_other)[which]()
            names[which] = side.name
            figures = run(side, records, size)
            runs[which].append(figures)
            print(f"{title}, pair {number + 1}, {side.name}: {figures['rate']:,.0f} records/s, brokers {figures['nodes']:.2f} s and others "
                  f"{figures['others']:.2f} s of processor time per million, load {os.getloadavg()[0]:.1f} {getattr(side, 'said', '')}", flush=True)
    ratios = sorted(other["rate"] / one["rate"] - 1 for one, other in zip(runs[0], runs[1]))
    times = sorted(other["nodes"] / one["nodes"] - 1 for one, other in zip(runs[0], runs[1]))

    def median(which, figure):
        return statistics.median(each[figure] for each in runs[which])

    print(f"\n{title}: {pairs} pairs of {records:,} records of {size} B")
    print(f"{'':<20}{'records/s':>14}{'lowest':>12}{'highest':>12}{'brokers s/M':>14}{'others s/M':>13}")
    for which in (0, 1):
        rates = [each["rate"] for each in runs[which]]
        print(f"{names[which]:<20}{median(which, 'rate'):>14,.0f}{min(rates):>12,.0f}{max(rates):>12,.0f}{median(which, 'nodes'):>14.2f}"
              f"{median(which, 'others'):>13.2f}")
    print(f"throughput, pair by pair: median {statistics.median(ratios):+.1%}, from {ratios[0]:+.1%} to {ratios[-1]:+.1%}")
    print(f"brokers' processor time: median {statistics.median(times):+.1%}, from {times[0]:+.1%} to {times[-1]:+.1%}\n", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--records", type=int, default=4_000_000)
    parser.add_argument("--size", type=int, default=100)
    parser.add_argument("--only", choices=["reader", "window", "attached"])
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    kafka_jars()
    if options.folder:
        options.folder.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="moldau-bench-", dir=options.folder))
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before the run", flush=True)
    comparisons = {"reader": (lambda: Embedded(folder / "quiet", "quiet"), lambda: Embedded(folder / "reader", "reader")),
                   "window": (lambda: Window(folder / "compose", "compose"), lambda: Window(folder / "live", "live")),
                   "attached": (lambda: Embedded(folder / "quiet", "quiet"), lambda: Window(folder / "live", "live"))}
    try:
        for title, (one, other) in comparisons.items():
            if options.only in (None, title):
                compare(title, one, other, options.pairs, options.records, options.size)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
