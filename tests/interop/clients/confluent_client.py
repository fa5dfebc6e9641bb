"""Run by python_clients.py: confluent-kafka (librdkafka) against a bootstrap address."""
import sys

from confluent_kafka import Consumer, Producer
from confluent_kafka.admin import AdminClient, NewTopic

bootstrap, what = sys.argv[1], sys.argv[2]


def consume(count, seconds=30):
    consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": "billing", "auto.offset.reset": "earliest",
                         "enable.auto.commit": False})
    consumer.subscribe(["orders"])
    values = []
    waited = 0.0
    while len(values) < count and waited < seconds:
        record = consumer.poll(0.5)
        if record is None:
            waited += 0.5
            continue
        assert record.error() is None, record.error()
        values.append(record.value().decode())
    if values:
        consumer.commit(asynchronous=False)
    consumer.close()
    return values


if what == "produce-and-commit":
    admin = AdminClient({"bootstrap.servers": bootstrap})
    for future in admin.create_topics([NewTopic("orders", 3, 3)]).values():
        future.result(30)
    failures = []
    for codec in ("none", "gzip", "snappy", "lz4", "zstd"):
        producer = Producer({"bootstrap.servers": bootstrap, "compression.type": codec, "enable.idempotence": True})
        for i in range(200):
            producer.produce("orders", key=str(i), value=f"{codec}-{i}", on_delivery=lambda error, _: error and failures.append(error))
            producer.poll(0)
        assert producer.flush(30) == 0
    assert not failures, failures
    values = consume(1000)
    assert len(values) == 1000 and len(set(values)) == 1000, len(values)
    print("confluent-kafka: idempotent, all codecs, offsets committed")
else:
    producer = Producer({"bootstrap.servers": bootstrap})
    producer.produce("orders", value="after")
    assert producer.flush(30) == 0
    values = consume(1)
    assert values == ["after"], values[:5]
    print("confluent-kafka: goes on from its committed offsets after a restart of the cluster")
