"""What our brokers advertise is what a real Apache Kafka advertises, API by API, version by version."""
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import ApacheKafka, Cluster, KAFKA_VERSION, eventually, kafka_tool

theirs = ApacheKafka().start()
cluster = Cluster(brokers=1)


def advertised(bootstrap):
    """{API: "0 to 4"} of the first broker; none while it can't be reached."""
    done = kafka_tool("org.apache.kafka.tools.BrokerApiVersionsCommand", "--bootstrap-server", bootstrap, check=False)
    return dict(re.findall(r"^\s*(\w+\(\d+\)): (\d+(?: to \d+)?) \[usable", done.stdout, re.M))


real = eventually(lambda: advertised(theirs.bootstrap), "an Apache Kafka that answers", seconds=60)
ours = advertised(cluster.bootstrap)
different = {api: (versions, real.get(api)) for api, versions in ours.items() if real.get(api) != versions}
assert not different, f"(ours, Apache Kafka {KAFKA_VERSION}'s) of {different}"
assert len(ours) >= 30, ours
print(f"{len(ours)} of {len(real)} APIs of Apache Kafka {KAFKA_VERSION}, all in its versions; still missing: "
      + ", ".join(sorted(real.keys() - ours.keys())))
