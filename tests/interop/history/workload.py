"""Run by run.py in a Python with confluent-kafka: clients that go on whatever happens, and a history of what they saw.

    workload.py BOOTSTRAP HISTORY_FILE

Idempotent producers, group consumers and pollers with fixed assignments, each on a thread. "end" on standard input ends
them: producers flush, then a last reader reads every partition up to its end. One JSON object a line goes to the file,
in the form that checker.py wants; the last line of standard output tells the counts.
"""
import itertools
import json
import random
import sys
import threading
import time

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

BOOTSTRAP, HISTORY = sys.argv[1], sys.argv[2]
TOPIC, PARTITIONS = "history", 6
COMMON = {"bootstrap.servers": BOOTSTRAP, "topic.metadata.refresh.interval.ms": 2000, "retry.backoff.ms": 50, "reconnect.backoff.ms": 50,
          "reconnect.backoff.max.ms": 500, "socket.timeout.ms": 6000, "log_level": 0}
MOST_BYTES = 50_000  # of a batch; what is larger surely fails
ending = threading.Event()


def text(record):
    """The value; of one that should not be there, what tells it from others."""
    return record.value()[:100].decode().split("/x", 1)[0]


class Recorder:
    def __init__(self, path):
        self.file = open(path, "w", buffering=1 << 20)
        self.lock = threading.Lock()

    def write(self, **op):
        line = json.dumps(op, separators=(",", ":"))
        with self.lock:
            self.file.write(line + "\n")

    def sent(self, process, error, record, value, invoked):
        kind = "ok" if error is None else "fail" if error.code() == KafkaError.MSG_SIZE_TOO_LARGE else "info"
        self.write(f="send", process=process, type=kind, key=record.partition(), value=value, offset=record.offset() if error is None else None,
                   invoked=invoked, time=time.monotonic(), error=error and error.name())


class TooLargeThread(threading.Thread):
    """Sends what the topic refuses, and nothing else: an idempotent producer counts what fails as a gap, and begins anew."""

    def __init__(self, recorder):
        super().__init__()
        self.recorder = recorder

    def run(self):
        producer = Producer({**COMMON, "client.id": "too-large", "enable.idempotence": False, "message.timeout.ms": 60000})
        for number in itertools.count():
            value, invoked = f"too-large/{number}", time.monotonic()
            producer.produce(TOPIC, value=value + "/" + "x" * MOST_BYTES, partition=number % PARTITIONS,
                             on_delivery=lambda error, record, value=value, invoked=invoked:
                             self.recorder.sent("too-large", error, record, value, invoked))
            producer.flush(60)
            if ending.wait(1):
                return


class ProducerThread(threading.Thread):
    """Sends about 150 records a second. Now and then it dies, and another takes its place: what is under way is thrown away
    (librdkafka would send what remains under another epoch, and so perhaps twice, if only the queue were)."""

    def __init__(self, recorder, number):
        super().__init__()
        self.recorder, self.number, self.lives = recorder, number, itertools.count()
        self.random = random.Random(number)

    def run(self):
        while not ending.is_set():
            self.live(f"producer-{self.number}.{next(self.lives)}", time.monotonic() + self.random.uniform(8, 25))

    def live(self, name, until):
        # Sends are told in their order, not in that of their answers, which may differ between partitions only.
        producer = Producer({**COMMON, "client.id": name, "enable.idempotence": True, "linger.ms": 5, "message.timeout.ms": 120000})
        under_way = 0

        def delivered(value, invoked):
            def tell(error, record):
                nonlocal under_way
                under_way -= 1
                self.recorder.sent(name, error, record, value, invoked)
            return tell

        for number in itertools.count():
            if ending.is_set() or time.monotonic() > until:
                break
            partition, value = self.random.randrange(PARTITIONS), f"{name}/{number}"
            under_way += 1
            producer.produce(TOPIC, value=value, partition=partition, on_delivery=delivered(value, time.monotonic()))
            producer.poll(0.006)
            while under_way > 1000 and not ending.is_set():
                producer.poll(0.05)
        if not ending.is_set() and self.random.random() < 0.5:
            producer.purge(in_queue=True, in_flight=True)
        producer.flush(150)
        if under_way:
            self.recorder.write(f="unflushed", process=name, count=under_way)


class ReaderThread(threading.Thread):
    """A consumer of a group, or one with an assignment of its own, that now and then dies and begins again."""

    def __init__(self, recorder, name, group):
        super().__init__()
        self.recorder, self.base, self.group, self.lives = recorder, name, group, itertools.count()
        self.random = random.Random(name)
        self.errors = 0

    def run(self):
        while not ending.is_set():
            self.live(f"{self.base}.{next(self.lives)}", time.monotonic() + self.random.uniform(10, 40))

    def live(self, name, until):
        consumer = Consumer({**COMMON, "client.id": name, "group.id": self.group or name, "enable.auto.commit": False, "session.timeout.ms": 6000,
                             "auto.offset.reset": "earliest", "isolation.level": "read_committed", "fetch.wait.max.ms": 100})
        keys = []

        def assigned(_, partitions):
            keys[:] = [each.partition for each in partitions]
            self.recorder.write(f="rebalance", process=name)

        def revoked(_, partitions):
            keys[:] = []
            self.recorder.write(f="rebalance", process=name)

        if self.group:
            consumer.subscribe([TOPIC], on_assign=assigned, on_revoke=revoked, on_lost=revoked)
        else:
            keys[:] = range(PARTITIONS)
            consumer.assign([TopicPartition(TOPIC, partition, OFFSET_BEGINNING) for partition in keys])
            self.recorder.write(f="assign", process=name)
        while not ending.is_set() and time.monotonic() < until:
            invoked = time.monotonic()
            batch = consumer.consume(500, 0.2)
            records = [[record.partition(), record.offset(), text(record)] for record in batch if record.error() is None]
            self.errors += len(batch) - len(records)
            self.recorder.write(f="poll", process=name, records=records, keys=list(keys), invoked=invoked, time=time.monotonic())
            if self.group and records:
                try:
                    consumer.commit(asynchronous=False)
                except KafkaException:
                    self.errors += 1  # the next commit says more
        if self.group and self.random.random() < 0.5:
            return  # without leaving: the group notices when the session ends
        consumer.close()


def read_all(recorder):
    """Every partition from the beginning to its end, by one assigned reader; how many records are still missing."""
    consumer = Consumer({**COMMON, "client.id": "last", "group.id": "last", "enable.auto.commit": False, "isolation.level": "read_committed"})
    ends = {partition: consumer.get_watermark_offsets(TopicPartition(TOPIC, partition), 60)[1] for partition in range(PARTITIONS)}
    consumer.assign([TopicPartition(TOPIC, partition, OFFSET_BEGINNING) for partition in ends])
    recorder.write(f="assign", process="last")
    position, patience = dict.fromkeys(ends, 0), time.monotonic() + 120
    while any(position[partition] < ends[partition] for partition in ends) and time.monotonic() < patience:
        invoked = time.monotonic()
        records = [[record.partition(), record.offset(), text(record)] for record in consumer.consume(1000, 0.5) if record.error() is None]
        for partition, offset, _ in records:
            position[partition] = offset + 1
        # It begins at the beginning: how far it is behind means nothing.
        recorder.write(f="poll", process="last", records=records, keys=[], invoked=invoked, time=time.monotonic())
    consumer.close()
    return sum(max(ends[partition] - position[partition], 0) for partition in ends)


admin = AdminClient(COMMON)
admin.create_topics([NewTopic(TOPIC, PARTITIONS, 3, config={"min.insync.replicas": "2", "max.message.bytes": str(MOST_BYTES)})])[TOPIC].result(30)
recorder = Recorder(HISTORY)
threads = [ProducerThread(recorder, number) for number in range(3)] + [TooLargeThread(recorder)]
readers = [ReaderThread(recorder, f"member-{number}", "readers") for number in range(2)]
readers += [ReaderThread(recorder, f"poller-{number}", None) for number in range(2)]
for thread in threads + readers:
    thread.start()
print("running", flush=True)
for line in sys.stdin:
    if line.strip() == "end":
        break
ending.set()
for thread in threads + readers:
    thread.join()
missing = read_all(recorder)
recorder.file.close()
print(json.dumps({"missing": missing, "reader errors": sum(reader.errors for reader in readers)}), flush=True)
