"""Apache Kafka's own DumpLogSegments reads what our storage wrote.

    dumplog.py BUILD_FOLDER MAKELOG

Segments must hold the batches that we think they hold, with right checksums and readable records;
the indexes must agree with them by Kafka's own sanity checks; snapshots must be readable.
"""
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import kafka_tool  # noqa: E402

CODECS = ["none", "gzip", "snappy", "lz4", "zstd"]
# What the tool prints when an index and its log disagree.
COMPLAINTS = ["Mismatches in", "Found timestamp mismatch", "Found out of order", "non-consecutive",
              "may be truncated", "isvalid: false", "Exception", "Could not", "unparseable"]


def dump(*files, options=()):
    done = kafka_tool("org.apache.kafka.tools.DumpLogSegments", *options, "--files", ",".join(map(str, files)))
    text = done.stdout + done.stderr
    for complaint in COMPLAINTS:
        assert complaint not in text, f"{complaint!r} in:\n{text[:3000]}"
    return text


def main():
    folder = Path(tempfile.mkdtemp(prefix="moldau-dumplog-"))
    directory = folder / "orders-0"
    made = subprocess.run([sys.argv[2], str(directory)], capture_output=True, text=True, check=True)
    ours = [line.split() for line in made.stdout.splitlines()]
    logs = sorted(directory.glob("*.log"))
    assert len(logs) > 3, f"too few segments: {logs}"

    text = dump(*logs, options=["--deep-iteration", "--print-data-log"])
    theirs = re.findall(r"baseOffset: (\d+) lastOffset: (\d+) count: (\d+) .*?compresscodec: (\w+)", text)
    expected = [(base, last, count, CODECS[int(codec)]) for _, base, last, count, codec in ours]
    assert theirs == expected, f"{len(theirs)} batches instead of {len(expected)}"
    assert text.count("endTxnMarker: COMMIT") > 5 and text.count("endTxnMarker: ABORT") > 5, "no markers"
    records = len(re.findall(r"^\| offset:", text, re.M))
    assert records == sum(int(count) for *_, count, _ in ours), f"{records} records"
    assert "value 0." in text, "record values are not shown"

    indexes = sorted(directory.glob("*.index"))
    entries = len(re.findall(r"^offset: \d+ position: \d+", dump(*indexes), re.M))
    assert entries > 20, f"{entries} index entries"
    dump(*indexes, options=["--index-sanity-check"])
    times = dump(*sorted(directory.glob("*.timeindex")))
    assert len(re.findall(r"^timestamp: \d+ offset: \d+", times, re.M)) > 10, times[:1000]
    aborted = dump(*sorted(directory.glob("*.txnindex")))
    assert len(re.findall(r"^version: 0 producerId: 400\d firstOffset", aborted, re.M)) > 5, aborted
    snapshots = sorted(directory.glob("*.snapshot"))
    assert len(snapshots) >= len(logs) - 1, f"snapshots: {snapshots}"
    for snapshot in snapshots[1:]:
        found = dump(snapshot)
        assert "producerId: 4000" in found, found
    print(f"{len(expected)} batches in {len(logs)} segments, {entries} index entries: read by Kafka")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
