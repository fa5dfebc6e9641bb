"""Runs of run.py beside each other: threads and processes, with one controller and with three, and one table of them all.

    all.py BUILD_FOLDER [--seconds S] [--keep FOLDER]

Clusters under faults mostly wait, for a session to end or a broker to come back: four of them side by side take hardly longer than one.
"""
import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
FORMS = [("threads", 1), ("processes", 1), ("threads", 3), ("processes", 3)]

parser = argparse.ArgumentParser(prog="all.py")
parser.add_argument("build")
parser.add_argument("--seconds", type=float, default=155, help="of faults, for each of the four")
parser.add_argument("--keep", type=Path, help="where histories and logs are kept, build/…/history unless told otherwise")
options = parser.parse_args()

sys.path[:0] = [str(HERE.parent)]
from harness import python_with  # noqa: E402

python_with("confluent-kafka==2.11.1")  # once, before four want it
folder = options.keep or Path(options.build) / "history"
shutil.rmtree(folder, ignore_errors=True)
runs = []
for form, controllers in FORMS:
    output = tempfile.TemporaryFile("w+")
    command = [sys.executable, "-B", str(HERE / "run.py"), options.build, form, "--controllers", str(controllers), "--seconds", str(options.seconds),
               "--keep", str(folder)]
    runs.append((form, controllers, output, subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)))

results, worst = [], 0
for form, controllers, output, process in runs:
    status = process.wait()
    worst = max(worst, status) if status in (0, 77) or worst == 1 else 1
    output.seek(0)
    lines = output.read().splitlines()
    results += [json.loads(line.removeprefix("RESULT ")) for line in lines if line.startswith("RESULT ")]
    if status != 0:
        print(f"--- {form}, {controllers} controllers: status {status}")
        print("\n".join(line for line in lines if not line.startswith("RESULT ")))
if worst == 0:
    faults = {}
    for result in results:
        for name, count in result["faults"].items():
            faults[name] = faults.get(name, 0) + count
    print(f"{sum(result['seconds'] for result in results) / 60:.1f} minutes of faults: " + ", ".join(f"{count} {name}" for name, count in sorted(faults.items())))
    width = max(len(result["what"]) for result in results) + 2
    print(f"{'':<22}" + "".join(f"{result['what']:>{width}}" for result in results))
    rows = [("acknowledged", [result["sends"]["ok"] for result in results]), ("polled", [result["records"] for result in results])]
    rows += [(name, [result["found"][name] for result in results]) for name in results[0]["found"] if name != "precommitted-read"]
    for name, counts in rows:
        print(f"{name:<22}" + "".join(f"{count:>{width}}" for count in counts))
    print(f"{'precommitted-read':<22}" + "".join(f"{'-':>{width}}" for _ in results) + "  no transactions here")
    print(f"{'worst-realtime-lag':<22}" + "".join(f"{result['lag']:>{width - 1}.2f}s" for result in results))
sys.exit(worst)
