"""Run by failover.py: produces with acks=all until told to end, then reads back what was acknowledged.

Each line "mark" on standard input is answered once 3,000 more records have been acknowledged."""
import sys
import threading
import time
from collections import Counter

from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

bootstrap = sys.argv[1]
admin = AdminClient({"bootstrap.servers": bootstrap})
admin.create_topics([NewTopic("load", 6, 3, config={"min.insync.replicas": "2"})])["load"].result(30)
acknowledged, failed = [], []
longest_gap, last_time = 0.0, time.monotonic()


def delivered(error, record):
    global longest_gap, last_time
    if error is not None:
        failed.append(str(error))
        return
    acknowledged.append(record.value())
    now = time.monotonic()
    longest_gap, last_time = max(longest_gap, now - last_time), now


producer = Producer({"bootstrap.servers": bootstrap, "enable.idempotence": True, "linger.ms": 2, "message.timeout.ms": 60000,
                     "topic.metadata.refresh.interval.ms": 1000, "retry.backoff.ms": 20, "reconnect.backoff.ms": 20,
                     "reconnect.backoff.max.ms": 200})
ending = threading.Event()


def produce():
    number = 0
    while not ending.is_set():
        producer.produce("load", value=f"{number}".encode(), key=f"{number % 100}".encode(), on_delivery=delivered)
        number += 1
        producer.poll(0)
        if number - len(acknowledged) - len(failed) > 5000:
            producer.poll(0.01)


thread = threading.Thread(target=produce)
thread.start()
print("running", flush=True)
for line in sys.stdin:
    if line.strip() == "end":
        break
    goal, end = len(acknowledged) + 3000, time.monotonic() + 60
    while len(acknowledged) < goal and time.monotonic() < end:
        time.sleep(0.01)
    print("marked" if len(acknowledged) >= goal else "stuck", flush=True)
ending.set()
thread.join()
left = producer.flush(60)

consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": "check", "enable.auto.commit": False})
consumer.assign([TopicPartition("load", partition, 0) for partition in range(6)])


def end_of(partition):
    """Asked again while leaders go back to the broker that was started last: librdkafka asks the leader it knows, once."""
    while True:
        try:
            return consumer.get_watermark_offsets(TopicPartition("load", partition), 30)[1]
        except KafkaException as error:
            if error.args[0].code() != KafkaError.NOT_LEADER_FOR_PARTITION:
                raise


ends = {partition: end_of(partition) for partition in range(6)}
read, position = Counter(), {partition: 0 for partition in range(6)}
end = time.monotonic() + 60
while any(position[partition] < ends[partition] for partition in ends) and time.monotonic() < end:
    for record in consumer.consume(1000, 1.0):
        if record.error() is None:
            read[record.value()] += 1
            position[record.partition()] = record.offset() + 1
lost = [value for value in acknowledged if read[value] == 0]
twice = [value for value, count in read.items() if count > 1]
print(f"acknowledged {len(acknowledged)}, failed {len(failed)}, unsent {left}, lost {len(lost)}, twice {len(twice)}, longest gap {longest_gap:.2f} s")
sys.exit(1 if lost or twice or left or failed else 0)
