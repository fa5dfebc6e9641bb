// OffsetForLeaderEpoch, v2–4.
//
// The largest epoch at or below the one asked and the offset where the next begins (KIP-101,
// KIP-279); both -1 when nothing is known. v3 replica id · v4 flexible.

#include "broker/handlers/23_offset_for_leader_epoch.h"

#include "protocol/messages/offsetforleaderepochresponse.h"

namespace moldau::broker {

void offsetForLeaderEpoch(
    BrokerNode& broker, protocol::OffsetForLeaderEpochRequest request, network::Exchange exchange)
{
    protocol::OffsetForLeaderEpochResponse response;
    for (const auto& topic : request.topics) {
        auto& answers = response.topics.emplace_back();
        answers.topic = topic.topic;
        const controller::TopicImage* const image = broker.image().topic(topic.topic);
        for (const auto& asked : topic.partitions) {
            auto& answer = answers.partitions.emplace_back();
            answer.partition = asked.partition;
            answer.leaderEpoch = -1;
            answer.endOffset = -1;
            Partition* const partition
                = image == nullptr ? nullptr : broker.replicas().find(image->id, asked.partition);
            const ErrorCode refused = partition != nullptr
                ? partition->check(asked.currentLeaderEpoch, true)
                : image != nullptr
                    && broker.image().partition(image->id, asked.partition) != nullptr
                ? ErrorCode::NotLeaderOrFollower
                : ErrorCode::UnknownTopicOrPartition;
            answer.errorCode = errorToWire(refused);
            if (refused != ErrorCode::None)
                continue;
            const storage::EpochEndOffset end
                = partition->log().endOffsetForEpoch(asked.leaderEpoch);
            answer.leaderEpoch = end.epoch;
            answer.endOffset = end.endOffset;
        }
    }
    exchange.answer(response);
}

} // namespace moldau::broker
