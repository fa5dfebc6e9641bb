// DescribeLogDirs, v1–5.
//
// One log directory per broker: its partitions' sizes and how far this replica's end is behind the
// high watermark. v3 error code · v4 total and usable bytes. Null topics mean all.

#include "broker/handlers/35_describe_log_dirs.h"

#include "protocol/messages/describelogdirsresponse.h"

#include <algorithm>
#include <map>

namespace moldau::broker {

namespace {

using protocol::DescribeLogDirsRequest;
using protocol::DescribeLogDirsResponse;

bool isAsked(const DescribeLogDirsRequest& request, const TopicPartition& name)
{
    return !request.topics
        || std::any_of(request.topics->begin(), request.topics->end(), [&](const auto& topic) {
               return topic.topic == name.topic
                   && std::find(topic.partitions.begin(), topic.partitions.end(), name.partition)
                   != topic.partitions.end();
           });
}

} // namespace

void describeLogDirs(BrokerNode& broker, DescribeLogDirsRequest request, network::Exchange exchange)
{
    DescribeLogDirsResponse response;
    auto& directory = response.results.emplace_back();
    storage::LogDirectory& logs = broker.replicas().logs();
    directory.logDir = logs.path();
    if (!logs.isOnline()) {
        directory.errorCode = errorToWire(ErrorCode::KafkaStorageError);
        return exchange.answer(response);
    }
    std::map<std::string, DescribeLogDirsResponse::DescribeLogDirsTopic> topics;
    std::int64_t total = 0;
    broker.replicas().forEach([&](Partition& partition) {
        const std::int64_t size = partition.log().sizeBytes();
        total += size;
        if (!isAsked(request, partition.name()))
            return;
        auto& topic = topics[partition.name().topic];
        topic.name = partition.name().topic;
        auto& entry = topic.partitions.emplace_back();
        entry.partitionIndex = partition.name().partition;
        entry.partitionSize = size;
        entry.offsetLag = std::max<std::int64_t>(
            partition.log().highWatermark() - partition.log().logEndOffset(), 0);
    });
    for (auto& [name, topic] : topics)
        directory.topics.push_back(std::move(topic));
    if (exchange.version >= 4) {
        directory.usableBytes = static_cast<std::int64_t>(logs.freeBytes());
        directory.totalBytes = directory.usableBytes + total;
    }
    exchange.answer(response);
}

} // namespace moldau::broker
