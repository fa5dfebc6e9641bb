"""Whether what clients saw of a cluster fits together, under the names of Jepsen's Kafka checks.

A history is a list of operations, each a dict:

    {"f": "send", "process": P, "type": "ok"|"fail"|"info", "key": K, "value": V, "offset": O,
     "invoked": SECONDS, "time": SECONDS}
        one record. "ok": acknowledged at an offset, or, when None, at one that the client doesn't know (librdkafka, when it
        learns from a later answer that an earlier batch must be there). "fail": surely not written. "info": nobody knows.
        "invoked" tells the order in which a process sent.
    {"f": "poll", "process": P, "records": [[K, O, V], ...], "keys": [K, ...], "invoked": S, "time": S}
        what one poll returned, in its order; "keys" are those that the process read at that time.
        Sends and polls of one transaction carry its name as "transaction"; of an aborted one, sends are "fail".
    {"f": "assign"|"rebalance", "process": P}
        from here on the process reads other keys, or from other places: skips and repeats across it mean nothing.

Keys are partitions. Values are unique. Offsets may have gaps.

    lost-write           acknowledged, at or below the highest offset that anybody read of the key, and read by nobody
    unseen               acknowledged, above that, and still read by nobody at the end
    duplicate            one value at two offsets
    inconsistent-offsets one offset with two values
    G1a                  a value was read whose send surely failed
    poll-skip            between two polls of a process, or within one, records were left out
    nonmonotonic-poll    the same, but it went back
    nonmonotonic-send    a later send of a process got a lower offset
    worst-realtime-lag   no anomaly, a figure: for how long a record had been there when a poll of its key did not give it
    precommitted-read    a transaction read what it had sent itself, before it was committed
"""
import bisect
from collections import defaultdict

ANOMALIES = ("lost-write", "unseen", "duplicate", "inconsistent-offsets", "G1a", "poll-skip", "nonmonotonic-poll",
             "nonmonotonic-send", "precommitted-read")


class Log:
    """What is known of one key: every value that anybody was told of, by offset."""

    def __init__(self):
        self.values = defaultdict(set)  # offset: values
        self.offsets = defaultdict(set)  # value: offsets
        self.known_since = {}  # offset: when somebody was first told of it
        self.read = set()  # values
        self.highest_read = -1

    def note(self, offset, value, time):
        self.values[offset].add(value)
        self.offsets[value].add(offset)
        self.known_since[offset] = min(time, self.known_since.get(offset, time))


class Report:
    def __init__(self):
        self.found = {name: [] for name in ANOMALIES}
        self.sends = {"ok": 0, "fail": 0, "info": 0}
        self.polls = self.records = 0
        self.worst_lag = {"lag": 0.0}
        self.has_transactions = False

    @property
    def is_valid(self):
        return not any(self.found.values())

    def table(self):
        lines = [f"{'anomaly':<22}{'count':>7}  example"]
        for name in ANOMALIES:
            found = self.found[name]
            if name == "precommitted-read" and not self.has_transactions:
                lines.append(f"{name:<22}{'-':>7}  no transactions here")
            else:
                lines.append(f"{name:<22}{len(found):>7}  {describe(found[0]) if found else ''}".rstrip())
        lag = self.worst_lag
        place = f"  {lag['process']} reading {lag['key']}, offset {lag['offset']}" if lag["lag"] else ""
        lines.append(f"{'worst-realtime-lag':<22}{lag['lag']:>6.2f}s{place}")
        return "\n".join(lines)


def describe(anomaly):
    return ", ".join(f"{name} {value}" for name, value in anomaly.items())


def check(history):
    report = Report()
    logs = defaultdict(Log)
    failed = set()
    for op in history:
        if op["f"] == "send":
            report.sends[op["type"]] += 1
            if op["type"] == "ok" and op["offset"] is not None:
                logs[op["key"]].note(op["offset"], op["value"], op["time"])
            elif op["type"] == "fail":
                failed.add((op["key"], op["value"]))
        elif op["f"] == "poll":
            report.polls += 1
            report.records += len(op["records"])
            for key, offset, value in op["records"]:
                log = logs[key]
                log.note(offset, value, op["time"])
                log.read.add(value)
                log.highest_read = max(log.highest_read, offset)
                if (key, value) in failed:
                    report.found["G1a"].append({"key": key, "value": value, "reader": op["process"]})
    # A read may stand in the history before its failed send.
    told = {(each["key"], each["value"]) for each in report.found["G1a"]}
    for key, value in sorted(failed):
        if value in logs[key].read and (key, value) not in told:
            report.found["G1a"].append({"key": key, "value": value, "reader": "somebody"})
    check_sends(history, logs, report)
    check_logs(logs, report)
    check_polls(history, logs, report)
    check_lag(history, logs, report)
    check_transactions(history, report)
    return report


def check_transactions(history, report):
    sent = {(op["key"], op["value"]): op["transaction"] for op in history if op["f"] == "send" and "transaction" in op}
    report.has_transactions = bool(sent)
    for op in history:
        if op["f"] != "poll" or "transaction" not in op:
            continue
        for key, offset, value in op["records"]:
            if sent.get((key, value)) == op["transaction"]:
                report.found["precommitted-read"].append({"transaction": op["transaction"], "key": key, "offset": offset, "value": value})


def check_sends(history, logs, report):
    last = {}
    acknowledged = (op for op in history if op["f"] == "send" and op["type"] == "ok")
    for op in sorted(acknowledged, key=lambda op: op["invoked"]):
        log = logs[op["key"]]
        if op["value"] not in log.read:
            kind = "lost-write" if op["offset"] is None or op["offset"] <= log.highest_read else "unseen"
            report.found[kind].append({"key": op["key"], "value": op["value"], "offset": op["offset"], "highest read": log.highest_read})
        if op["offset"] is None:
            continue
        before = last.get((op["process"], op["key"]))
        if before is not None and op["offset"] <= before["offset"]:
            report.found["nonmonotonic-send"].append({"process": op["process"], "key": op["key"], "first": [before["offset"], before["value"]],
                                                      "then": [op["offset"], op["value"]]})
        last[op["process"], op["key"]] = op


def check_logs(logs, report):
    for key, log in logs.items():
        for value, offsets in log.offsets.items():
            if len(offsets) > 1:
                report.found["duplicate"].append({"key": key, "value": value, "offsets": sorted(offsets)})
        for offset, values in log.values.items():
            if len(values) > 1:
                report.found["inconsistent-offsets"].append({"key": key, "offset": offset, "values": sorted(map(str, values))})


def check_polls(history, logs, report):
    """Compares each record with the one that the same process read of the key before."""
    sorted_offsets = {key: sorted(log.values) for key, log in logs.items()}
    position = defaultdict(dict)  # process: {key: last offset}
    for op in history:
        process = op["process"]
        if op["f"] in ("assign", "rebalance"):
            position[process].clear()
        elif op["f"] == "poll":
            for key, offset, _ in op["records"]:
                before = position[process].get(key)
                position[process][key] = offset
                if before is None:
                    continue
                known = sorted_offsets[key]
                steps = bisect.bisect_left(known, offset) - bisect.bisect_left(known, before)
                if steps > 1:
                    skipped = known[bisect.bisect_right(known, before):bisect.bisect_left(known, offset)]
                    report.found["poll-skip"].append({"process": process, "key": key, "from": before, "to": offset, "skipped": skipped[:5]})
                elif steps < 1:
                    report.found["nonmonotonic-poll"].append({"process": process, "key": key, "from": before, "to": offset})


def check_lag(history, logs, report):
    """A poll of a key that begins at T and leaves the process before a record that was known at T0 lags by T - T0.

    Counted once the process has been up to date: who begins at the beginning is behind for a while."""
    # The earliest time at which any offset above X was known: a suffix minimum over offsets.
    earliest = {}
    for key, log in logs.items():
        offsets = sorted(log.known_since)
        times = [log.known_since[offset] for offset in offsets]
        for i in range(len(times) - 2, -1, -1):
            times[i] = min(times[i], times[i + 1])
        earliest[key] = (offsets, times)
    position, has_caught_up = defaultdict(dict), defaultdict(set)
    for op in history:
        process = op["process"]
        if op["f"] in ("assign", "rebalance"):
            position[process].clear()
            has_caught_up[process].clear()
        if op["f"] != "poll":
            continue
        for key, offset, _ in op["records"]:
            position[process][key] = offset
        for key in op["keys"]:
            if key not in earliest or key not in position[process]:
                continue
            offsets, times = earliest[key]
            at = bisect.bisect_right(offsets, position[process][key])
            lag = op["invoked"] - times[at] if at < len(offsets) else 0.0
            if lag <= 0:
                has_caught_up[process].add(key)
            elif key in has_caught_up[process] and lag > report.worst_lag["lag"]:
                report.worst_lag = {"lag": lag, "process": process, "key": key, "offset": offsets[at]}
