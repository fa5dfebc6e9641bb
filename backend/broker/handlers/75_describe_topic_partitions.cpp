// DescribeTopicPartitions, v0 (KIP-966).
//
// Topics by name, all when none is named, in order of their names; at most the limit of partitions,
// then a cursor where to go on. Shows eligible leader replicas, which Metadata doesn't.

#include "broker/handlers/75_describe_topic_partitions.h"

#include "controller/topicnames.h"
#include "protocol/messages/describetopicpartitionsresponse.h"

#include <algorithm>

namespace moldau::broker {

namespace {

using protocol::DescribeTopicPartitionsResponse;

void describe(const BrokerNode& broker, const std::string& listener,
    const controller::PartitionImage& image,
    DescribeTopicPartitionsResponse::DescribeTopicPartitionsResponsePartition& partition)
{
    const auto isAlive = [&](BrokerId id) {
        const controller::BrokerImage* const replica = broker.image().broker(id);
        return replica != nullptr && !replica->isFenced && replica->listener(listener) != nullptr;
    };
    partition.leaderId = image.leader;
    partition.leaderEpoch = image.leaderEpoch;
    partition.replicaNodes = image.replicas;
    partition.isrNodes = image.isr;
    partition.eligibleLeaderReplicas = image.eligibleLeaders;
    partition.lastKnownElr = image.lastKnownEligibleLeaders;
    for (const BrokerId id : image.replicas)
        if (!isAlive(id))
            partition.offlineReplicas.push_back(id);
    if (!image.hasLeader() || !isAlive(image.leader)) {
        partition.errorCode = errorToWire(ErrorCode::LeaderNotAvailable);
        partition.leaderId = kNoBroker;
    }
}

} // namespace

void describeTopicPartitions(BrokerNode& broker, protocol::DescribeTopicPartitionsRequest request,
    network::Exchange exchange)
{
    constexpr std::int32_t kMostPartitions = 2000; // max.request.partition.size.limit
    const std::string listener = exchange.connection().listener;
    DescribeTopicPartitionsResponse response;
    std::vector<std::string> names;
    if (request.topics.empty())
        for (const auto& [name, topic] : broker.image().topics())
            names.push_back(name);
    for (const auto& topic : request.topics)
        names.push_back(topic.name);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    if (request.cursor)
        names.erase(
            names.begin(), std::lower_bound(names.begin(), names.end(), request.cursor->topicName));

    std::int32_t left = std::clamp(request.responsePartitionLimit, 1, kMostPartitions);
    for (const std::string& name : names) {
        const controller::TopicImage* const topic = broker.image().topic(name);
        auto& answer = response.topics.emplace_back();
        answer.name = name;
        if (topic == nullptr) {
            answer.errorCode = errorToWire(ErrorCode::UnknownTopicOrPartition);
            continue;
        }
        answer.topicId = topic->id;
        answer.isInternal = controller::isInternalTopic(name);
        const bool isResumed = request.cursor && request.cursor->topicName == name;
        const std::size_t first
            = isResumed ? static_cast<std::size_t>(std::max(request.cursor->partitionIndex, 0)) : 0;
        for (std::size_t i = first; i < topic->partitions.size(); ++i) {
            if (left-- == 0) {
                response.nextCursor.emplace();
                response.nextCursor->topicName = name;
                response.nextCursor->partitionIndex = static_cast<std::int32_t>(i);
                if (answer.partitions.empty())
                    response.topics.pop_back();
                return exchange.answer(response);
            }
            auto& partition = answer.partitions.emplace_back();
            partition.partitionIndex = static_cast<std::int32_t>(i);
            describe(broker, listener, topic->partitions[i], partition);
        }
    }
    exchange.answer(response);
}

} // namespace moldau::broker
