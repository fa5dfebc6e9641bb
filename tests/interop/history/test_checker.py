"""The checker against histories that were made up: each anomaly is found under its name, and nothing else is."""
import unittest
from pathlib import Path

from checker import ANOMALIES, check


class Made:
    """A history that grows by one second an operation."""

    def __init__(self):
        self.history = []
        self.clock = 0.0

    def add(self, **op):
        self.clock += 1
        self.history.append({"invoked": self.clock - 0.5, "time": self.clock, **op})
        return self

    def send(self, value, offset=None, key="0", process="p", type="ok", **more):
        return self.add(f="send", process=process, type=type, key=key, value=value, offset=offset, **more)

    def poll(self, *records, process="c", keys=None, **more):
        """Records as (offset, value) of key 0, or (key, offset, value)."""
        whole = [list(record) if len(record) == 3 else ["0", *record] for record in records]
        return self.add(f="poll", process=process, records=whole, keys=keys or ["0"], **more)

    def assign(self, process="c", f="assign"):
        return self.add(f=f, process=process)


class CheckerTest(unittest.TestCase):
    def finds(self, made, *names):
        report = check(made.history)
        self.assertEqual({name for name in ANOMALIES if report.found[name]}, set(names), report.table())
        self.assertEqual(report.is_valid, not names)
        for name in ANOMALIES + ("worst-realtime-lag",):
            self.assertIn(name, report.table())
        return report

    def test_a_history_in_which_all_is_well(self):
        made = Made().assign().send("a", 0).send("b", 1).poll((0, "a")).send("c", 2).poll((1, "b"), (2, "c"))
        report = self.finds(made)
        self.assertEqual((report.sends["ok"], report.polls, report.records), (3, 2, 3))

    def test_gaps_and_unknown_sends_are_legal(self):
        self.finds(Made().send("a", 0).send("b", type="info").send("c", type="info").send("d", 7).poll((0, "a"), (3, "b"), (7, "d")))

    def test_a_failed_send_that_nobody_reads_is_legal(self):
        self.finds(Made().send("a", 0).send("b", type="fail").poll((0, "a")))

    def test_lost_write(self):
        report = self.finds(Made().send("a", 0).send("b", 1).send("c", 2).assign().poll((0, "a")).assign().poll((2, "c")), "lost-write")
        self.assertEqual(report.found["lost-write"][0]["value"], "b")

    def test_a_lost_write_that_a_reader_skips_is_a_skip_as_well(self):
        self.finds(Made().send("a", 0).send("b", 1).send("c", 2).poll((0, "a"), (2, "c")), "lost-write", "poll-skip")

    def test_what_is_acknowledged_without_an_offset_has_to_be_read_all_the_same(self):
        self.finds(Made().send("a", 0).send("b").send("c", 2).poll((0, "a"), (1, "b"), (2, "c")))
        self.finds(Made().send("a", 0).send("b").send("c", 1).poll((0, "a"), (1, "c")), "lost-write")

    def test_unseen(self):
        report = self.finds(Made().send("a", 0).send("b", 1).poll((0, "a")), "unseen")
        self.assertEqual(report.found["unseen"][0]["offset"], 1)

    def test_a_key_that_nobody_reads_is_unseen(self):
        self.finds(Made().send("a", 0, key="5"), "unseen")

    def test_duplicate(self):
        self.finds(Made().send("a", 0).send("b", 1).poll((0, "a"), (1, "b"), (2, "a")), "duplicate")

    def test_a_value_acknowledged_elsewhere_than_it_is_read_is_a_duplicate(self):
        self.finds(Made().send("a", 0).send("b", 3).poll((0, "a"), (1, "b")).assign().poll((3, "b")), "duplicate")

    def test_inconsistent_offsets_between_readers(self):
        self.finds(Made().poll((0, "a")).poll((0, "b"), process="d"), "inconsistent-offsets")

    def test_inconsistent_offsets_between_sends(self):
        self.finds(Made().send("a", 0).send("b", 0, process="q").poll((0, "a")).poll((0, "b"), process="d"), "inconsistent-offsets")

    def test_equal_offsets_of_other_keys_are_legal(self):
        self.finds(Made().send("a", 0).send("b", 0, key="1").poll(("0", 0, "a"), ("1", 0, "b")))

    def test_g1a_of_a_read_after_the_failure(self):
        self.finds(Made().send("a", type="fail").poll((0, "a")), "G1a")

    def test_g1a_of_a_read_before_the_failure_is_known(self):
        report = self.finds(Made().poll((0, "a")).send("a", type="fail"), "G1a")
        self.assertEqual(len(report.found["G1a"]), 1)

    def test_poll_skip_between_polls(self):
        made = Made().poll((0, "a"), (1, "b"), (2, "c"), process="whole").poll((0, "a")).poll((2, "c"))
        self.finds(made, "poll-skip")

    def test_a_skip_across_an_assignment_is_legal(self):
        made = Made().poll((0, "a"), (1, "b"), (2, "c"), process="whole").poll((0, "a")).assign(f="rebalance").poll((2, "c"))
        self.finds(made)

    def test_an_assignment_of_another_process_excuses_nobody(self):
        made = Made().poll((0, "a"), (1, "b"), (2, "c"), process="whole").poll((0, "a")).assign("d").poll((2, "c"))
        self.finds(made, "poll-skip")

    def test_nonmonotonic_poll(self):
        self.finds(Made().poll((0, "a"), (1, "b")).poll((0, "a")), "nonmonotonic-poll")

    def test_the_same_record_again_is_nonmonotonic(self):
        self.finds(Made().poll((0, "a")).poll((0, "a")), "nonmonotonic-poll")

    def test_nonmonotonic_send(self):
        self.finds(Made().send("a", 1).send("b", 0).poll((0, "b"), (1, "a")), "nonmonotonic-send")

    def test_sends_of_other_processes_and_keys_have_no_order(self):
        self.finds(Made().send("a", 1).send("b", 0, process="q").send("c", 0, key="1").poll((0, "b"), (1, "a"), ("1", 0, "c")))

    def test_precommitted_read(self):
        made = Made().send("a", 0, transaction="t").poll((0, "a"), process="p", transaction="t")
        self.assertEqual(self.finds(made, "precommitted-read").found["precommitted-read"][0]["value"], "a")

    def test_what_another_transaction_has_sent_may_be_read(self):
        self.finds(Made().send("a", 0, transaction="t").poll((0, "a"), transaction="u").poll((0, "a"), process="d"))

    def test_a_read_of_an_aborted_transaction_is_g1a(self):
        self.finds(Made().send("a", type="fail", transaction="t").poll((0, "a")), "G1a")

    def test_each_anomaly_has_a_history_above_that_is_found(self):
        source = Path(__file__).read_text()
        for name in ANOMALIES:
            self.assertRegex(source, rf'finds\(.*"{name}"', name)

    def test_worst_realtime_lag(self):
        made = Made().assign().send("a", 0).poll((0, "a")).send("b", 1)  # b is known at 4
        made.poll().poll().poll().poll((1, "b"))  # the poll at 7 began at 6.5 without it
        report = self.finds(made)
        self.assertAlmostEqual(report.worst_lag["lag"], 2.5)
        self.assertEqual(report.worst_lag["offset"], 1)

    def test_a_key_that_is_not_read_does_not_lag(self):
        made = Made().assign().send("a", 0).poll((0, "a")).send("b", 1)
        made.poll(keys=["1"]).poll(keys=["1"]).poll((1, "b"))
        self.assertEqual(self.finds(made).worst_lag["lag"], 0)

    def test_who_begins_at_the_beginning_does_not_lag(self):
        made = Made().send("a", 0).send("b", 1).assign().poll((0, "a")).poll((1, "b"))
        self.assertEqual(self.finds(made).worst_lag["lag"], 0)


if __name__ == "__main__":
    unittest.main()
