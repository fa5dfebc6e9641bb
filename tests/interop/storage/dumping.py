"""Kafka's DumpLogSegments over files of a metadata log: it must understand every record of them."""
from harness import kafka_tool

COMPLAINTS = ["Exception", "Error", "Could not", "unparseable", "isvalid: false", "Skipping", "unknown"]


def dump(files):
    """What the tool prints of these segments or snapshots."""
    done = kafka_tool("org.apache.kafka.tools.DumpLogSegments", "--cluster-metadata-decoder", "--deep-iteration",
                      "--files", ",".join(map(str, files)), check=False)
    text = done.stdout + done.stderr
    assert done.returncode == 0, text[-3000:]
    for complaint in COMPLAINTS:
        lines = [line for line in text.splitlines() if complaint in line]
        assert not lines, f"{complaint!r} in:\n" + "\n".join(lines[:10])
    return text
