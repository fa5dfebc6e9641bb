"""Pictures of every page: light and dark, English and Korean, with real data from real brokers.

usage: screenshots.py BUILD-FOLDER [OUTPUT-FOLDER [SIZE [NAME…]]]

Each picture is made by `moldau --screenshot` over a cluster of its own, whose topics, records and
groups kcat has made; for the lively pages kcat goes on while the picture is taken. People look at
the pictures; the suite sees to it that there are pictures and that Qt complains of nothing.
"""
import itertools
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "interop"))
from harness import BUILD, SOURCE, Cluster, free_neighbours, need  # noqa: E402

EXAMPLES = SOURCE.parents[1] / "resources" / "compose"
OUTPUT = Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else BUILD / "screenshots"
SIZE = sys.argv[3] if len(sys.argv) > 3 else "1280x800"
NAMES = sys.argv[4:]

# name: (page, further arguments, milliseconds until the picture is taken, is there traffic)
PAGES = {
    "live": ("live:topic=shop.orders", [], 9500, True),
    "live-empty": ("live", [], 2000, False),
    "topics": ("topics", [], 2500, False),
    "topics-empty": ("topics", [], 2000, False),
    "topics-sheet": ("topics:topic=shop.orders", [], 3000, False),
    "topics-new": ("topics:new", [], 2000, False),
    "messages": ("messages:topic=shop.orders,offset=0", [], 3000, False),
    "messages-empty": ("messages", [], 2000, False),
    "groups": ("groups:group=billing", [], 9000, True),
    "groups-empty": ("groups", [], 2000, False),
    "brokers": ("brokers", [], 3500, False),
    "brokers-disks": ("brokers:tab=disks", [], 3500, False),
    "brokers-election": ("brokers:elect", [], 3500, False),
    "brokers-reassign": ("brokers:reassign=shop.orders", [], 3500, False),
    "metrics": ("metrics", [], 9000, True),
    "compose": ("compose", [str(EXAMPLES / "mistake-misspelt-variable.yaml")], 2000, False),
    "compose-empty": ("compose", [], 1500, False),
}
FORMS = list(itertools.product(("light", "dark"), ("en", "ko")))
HARMLESS = ("propagateSizeHints", "XDG_RUNTIME_DIR", "QStandardPaths")


def kcat(bootstrap, *arguments, stdin=None, timeout=30):
    subprocess.run(["kcat", "-b", bootstrap, *arguments], input=stdin, text=True, check=False, timeout=timeout,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def orders(first, count):
    items = ("홍차", "coffee", "레몬차", "쌍화차", "tea")
    return "".join(f'customer-{i % 9}:{{"item":"{items[i % 5]}","price":{2800 + i * 700 % 5000},"id":{9007199254740993 + i}}}\n'
                   for i in range(first, first + count))


def prepare(folder):
    """A folder of data with what a shop would have: topics, records, groups."""
    cluster = Cluster(arguments=["--data", str(folder)])
    topics = {"shop.orders": (6, 3), "shop.clicks": (4, 3), "shop.audit": (1, 3), "billing.invoices": (3, 2), "topic-test": (1, 1)}
    for name, (partitions, replicas) in topics.items():
        cluster.ctl("exec", "-p", cluster.name, "broker-1", "kafka-topics", "--create", "--topic", name, "--partitions",
                    str(partitions), "--replication-factor", str(replicas), "--bootstrap-server", cluster.bootstrap)
    kcat(cluster.bootstrap, "-P", "-t", "shop.orders", "-K:", stdin=orders(0, 500))
    kcat(cluster.bootstrap, "-P", "-t", "shop.clicks", stdin='{"page":"/"}\n' * 300)
    kcat(cluster.bootstrap, "-P", "-t", "shop.audit", stdin='{"login":"ok"}\n' * 40)
    kcat(cluster.bootstrap, "-P", "-t", "topic-test", stdin="hello\nkafka\n")
    for group, topic in (("billing", "shop.orders"), ("reports", "shop.clicks")):
        kcat(cluster.bootstrap, "-G", group, "-q", "-e", "-o", "beginning", "-X", "auto.offset.reset=earliest", topic)
    kcat(cluster.bootstrap, "-P", "-t", "shop.orders", "-K:", stdin=orders(500, 17))
    cluster.down()


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def traffic(port, done):
    """Programs outside the window, each with a name of its own, until `done`."""
    bootstrap = f"127.0.0.1:{port}"
    while not listens(port) and not done.wait(0.05):
        pass
    reader = subprocess.Popen(["kcat", "-b", bootstrap, "-G", "billing", "-q", "-X", "client.id=billing-py", "shop.orders"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    turn = 0
    while not done.wait(0.25):
        kcat(bootstrap, "-P", "-t", "shop.orders", "-K:", "-X", "client.id=order-service", stdin=orders(600 + 3 * turn, 3))
        kcat(bootstrap, "-P", "-t", "shop.clicks", "-X", "client.id=web", stdin='{"page":"/tea"}\n' * 7)
        turn += 1
    reader.terminate()
    reader.wait()


def take(name, theme, language, data):
    page, arguments, after, is_lively = PAGES[name]
    picture = OUTPUT / f"{name}-{theme}-{language}-{SIZE}.png"
    with tempfile.TemporaryDirectory(prefix="moldau-picture-") as home:
        if not name.endswith("-empty"):
            shutil.copytree(data, Path(home) / "local")
        port = free_neighbours(3)[0]
        environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", TZ="Asia/Seoul",
                           **{f"XDG_{kind}_HOME": home for kind in ("DATA", "STATE", "CONFIG")}, XDG_RUNTIME_DIR=home)
        done = threading.Event()
        talk = threading.Thread(target=traffic, args=(port, done))
        if is_lively:
            talk.start()
        try:
            shown = subprocess.run(
                [str(BUILD / "bin" / "moldau"), "--data", f"{home}/local", "--first-port", str(port), "--theme", theme,
                 "--language", language, "--page", page, "--size", SIZE, "--after", str(after), "--screenshot", str(picture),
                 *arguments], env=environment, capture_output=True, text=True, timeout=120)
        finally:
            done.set()
            if is_lively:
                talk.join()
    complaints = [line for line in shown.stderr.splitlines() if line and not any(word in line for word in HARMLESS)]
    if shown.returncode != 0 or complaints:
        return f"{picture.name}: status {shown.returncode}: {complaints}"
    header = picture.read_bytes()[:24]
    if struct.unpack(">II", header[16:24]) != tuple(int(side) for side in SIZE.split("x")):
        return f"{picture.name}: not {SIZE}"
    if picture.stat().st_size < 10_000:
        return f"{picture.name}: as good as empty"
    return None


def main():
    need("kcat")
    OUTPUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="moldau-pictures-") as folder:
        data = Path(folder) / "local"
        prepare(data)
        wanted = [(name, theme, language, data) for name in PAGES for theme, language in FORMS
                  if not NAMES or any(part in f"{name}-{theme}-{language}" for part in NAMES)]
        with ThreadPoolExecutor(max_workers=4) as pool:
            problems = [problem for problem in pool.map(lambda shot: take(*shot), wanted) if problem]
    print("\n".join(problems) or f"{len(wanted)} pictures in {OUTPUT}")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
