"""Run by python_clients.py: kafka-python against a bootstrap address."""
import sys
import threading

from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import KafkaAdminClient, NewTopic

bootstrap = sys.argv[1].split(",")
admin = KafkaAdminClient(bootstrap_servers=bootstrap)
admin.create_topics([NewTopic("python", 4, 3)])

for codec in (None, "gzip", "snappy", "lz4", "zstd"):
    producer = KafkaProducer(bootstrap_servers=bootstrap, acks="all", compression_type=codec)
    for i in range(200):
        producer.send("python", key=str(i).encode(), value=f"{codec}-{i}".encode(), headers=[("codec", str(codec).encode())])
    producer.flush()
    producer.close()

consumer = KafkaConsumer("python", bootstrap_servers=bootstrap, auto_offset_reset="earliest", consumer_timeout_ms=3000, group_id=None)
values = [record.value.decode() for record in consumer]
assert len(values) == 1000 and len(set(values)) == 1000, len(values)

# Two members share the partitions; when one leaves, the other gets all.
counts = {}
stop = threading.Event()
assigned = {}
ready = threading.Barrier(3)


def member(name):
    mine = KafkaConsumer("python", bootstrap_servers=bootstrap, group_id="pair", auto_offset_reset="earliest")
    joined = False
    while not stop.is_set():
        mine.poll(timeout_ms=200)
        assigned[name] = len(mine.assignment())
        if not joined and assigned.get("one", 0) == 2 and assigned.get("two", 0) == 2:
            joined = True
            ready.wait(60)
            if name == "two":
                mine.close()
                return
        if joined and assigned[name] == 4:
            break
    mine.close()


threads = [threading.Thread(target=member, args=(name,)) for name in ("one", "two")]
for thread in threads:
    thread.start()
ready.wait(60)
for thread in threads:
    thread.join(60)
    assert not thread.is_alive(), f"the group did not rebalance: {assigned}"
assert assigned["one"] == 4, assigned
print("kafka-python: all codecs, a group that rebalances")
