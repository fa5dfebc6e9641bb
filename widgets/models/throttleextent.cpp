#include "models/throttleextent.h"

#include "models/brokersets.h"
#include "models/reassignplan.h"

#include <QLocale>

#include <cmath>

namespace moldau::widgets {

namespace {

constexpr double kMegabyte = 1'000'000;
constexpr double kMostMegabytes = 1'000'000; // a terabyte a second

std::string placeOf(const TopicPartition& partition, BrokerId broker)
{
    return std::to_string(partition.partition) + ':' + std::to_string(broker.value());
}

} // namespace

ThrottleExtent::ThrottleExtent(const ReassignPlan& plan)
{
    for (const ReassignPlan::Move& move : plan.moves())
        add(move.partition, move.now, without(move.then, move.now));
}

ThrottleExtent::ThrottleExtent(
    const std::map<TopicPartition, client::Reassignment>& moving, const Metadata& metadata)
{
    for (const auto& [at, reassignment] : moving) {
        std::vector<BrokerId> replicas;
        if (const auto* topic = metadata.topic(QString::fromStdString(at.topic))) {
            for (const client::PartitionDescription& partition : topic->partitions) {
                if (partition.index == at.partition)
                    replicas = partition.replicas;
            }
        }
        add(at, without(replicas, reassignment.adding), reassignment.adding);
    }
}

void ThrottleExtent::add(const TopicPartition& partition, const std::vector<BrokerId>& sources,
    const std::vector<BrokerId>& added)
{
    client::ThrottledReplicas& replicas = topics[partition.topic];
    for (const BrokerId broker : sources) {
        replicas.asLeaders.insert(placeOf(partition, broker));
        brokers.insert(broker);
    }
    for (const BrokerId broker : added) {
        replicas.asFollowers.insert(placeOf(partition, broker));
        brokers.insert(broker);
    }
    partitions.insert(partition);
}

void ThrottleExtent::unite(const ThrottleExtent& other)
{
    for (const auto& [topic, replicas] : other.topics) {
        client::ThrottledReplicas& mine = topics[topic];
        mine.asLeaders.insert(replicas.asLeaders.begin(), replicas.asLeaders.end());
        mine.asFollowers.insert(replicas.asFollowers.begin(), replicas.asFollowers.end());
    }
    brokers.insert(other.brokers.begin(), other.brokers.end());
    partitions.insert(other.partitions.begin(), other.partitions.end());
}

qint64 parseRate(const QString& text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return 0;
    bool isNumber = false;
    double megabytes = QLocale().toDouble(trimmed, &isNumber);
    if (!isNumber)
        megabytes = QLocale::c().toDouble(trimmed, &isNumber);
    const qint64 bytes = isNumber && megabytes <= kMostMegabytes
        ? static_cast<qint64>(std::llround(megabytes * kMegabyte))
        : 0;
    return bytes > 0 ? bytes : -1;
}

QString rateText(qint64 bytesPerSecond)
{
    if (bytesPerSecond <= 0)
        return {};
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    return locale.toString(
        static_cast<double>(bytesPerSecond) / kMegabyte, 'g', QLocale::FloatingPointShortest);
}

} // namespace moldau::widgets
