"""Real clients under faults, and whether what they saw fits together: see README.md.

    run.py BUILD_FOLDER threads|processes [--controllers N] [--seconds S] [--seed N] [--keep FOLDER]
"""
import argparse
import json
import random
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

parser = argparse.ArgumentParser(prog="run.py")
parser.add_argument("build")
parser.add_argument("form", choices=("threads", "processes"))
parser.add_argument("--controllers", type=int, default=1)
parser.add_argument("--seconds", type=float, default=45)
parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 30), help="of the faults' order and times")
parser.add_argument("--keep", type=Path, help="where history and logs are kept")
options = parser.parse_args()

from harness import Cluster, python_with  # noqa: E402
from checker import check  # noqa: E402
from nemesis import Nemesis  # noqa: E402

SETTINGS = ("broker.session.timeout.ms=3000", "broker.heartbeat.interval.ms=500", "replica.lag.time.max.ms=4000", "min.insync.replicas=2",
            "group.min.session.timeout.ms=1000")
python = python_with("confluent-kafka==2.11.1")
what = f"{options.form}, {options.controllers} controller{'s' if options.controllers > 1 else ''}"
print(f"{what}, seed {options.seed}", flush=True)
arguments = ["--controllers", str(options.controllers)] + (["--processes"] if options.form == "processes" else [])
cluster = Cluster(settings=SETTINGS, arguments=arguments)
folder = options.keep or cluster.home
folder.mkdir(parents=True, exist_ok=True)
path = folder / f"history-{options.form}-{options.controllers}-{options.seed}.jsonl"
load = subprocess.Popen([python, "-B", str(HERE / "workload.py"), cluster.bootstrap, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
assert load.stdout.readline().strip() == "running", "the clients did not start"
nemesis = Nemesis(cluster, options.form == "processes", options.controllers, options.seed, say=lambda line: print(line, flush=True))
try:
    nemesis.rage(options.seconds)
    out, _ = load.communicate("end\n", timeout=400)
finally:
    load.kill()
    if options.keep:
        subprocess.run(["cp", "-r", str(cluster.home / "state"), str(folder / f"logs-{options.form}-{options.controllers}-{options.seed}")], check=False)
end = json.loads(out.splitlines()[-1])
history = [json.loads(line) for line in path.read_text().splitlines()]
report = check([op for op in history if op["f"] != "unflushed"])
unflushed = sum(op["count"] for op in history if op["f"] == "unflushed")
errors = {}
for op in history:
    if op.get("error"):
        errors[op["error"]] = errors.get(op["error"], 0) + 1
print(f"{what}: {options.seconds:.0f} s, {sum(nemesis.counts.values())} faults: " + ", ".join(f"{count} {name}" for name, count in sorted(nemesis.counts.items())))
print(f"sends: {report.sends['ok']} acknowledged, {report.sends['fail']} failed, {report.sends['info']} unknown, {unflushed} never answered {errors or ''}")
print(f"polls: {report.polls} with {report.records} records; {end['missing']} records could not be read at the end")
print(report.table())
print("RESULT " + json.dumps({"what": what, "seconds": options.seconds, "faults": nemesis.counts, "sends": report.sends, "records": report.records,
                              "found": {name: len(found) for name, found in report.found.items()}, "lag": report.worst_lag["lag"]}))
hurt = not report.is_valid or end["missing"] or unflushed
if hurt:
    print(f"run again with --seed {options.seed}; --keep FOLDER keeps history and logs")
sys.exit(1 if hurt else 0)
