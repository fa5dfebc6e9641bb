// OffsetDelete, v0 (KIP-496).
//
// Topics that a live consumer group subscribes to are GROUP_SUBSCRIBED_TO_TOPIC; partitions that
// don't exist UNKNOWN_TOPIC_OR_PARTITION. Answered when the deletion is replicated.

#include "broker/handlers/47_offset_delete.h"

#include "broker/groups/groupcoordinator.h"

#include <algorithm>
#include <iterator>

namespace moldau::broker {

using protocol::OffsetDeleteRequest;
using protocol::OffsetDeleteResponse;

void offsetDelete(BrokerNode& broker, OffsetDeleteRequest request, network::Exchange exchange)
{
    OffsetDeleteResponse response; // what isn't there
    OffsetDeleteRequest known;
    known.groupId = request.groupId;
    for (const auto& topic : request.topics) {
        const controller::TopicImage* const image = broker.image().topic(topic.name);
        OffsetDeleteRequest::OffsetDeleteRequestTopic existing;
        OffsetDeleteResponse::OffsetDeleteResponseTopic missing;
        existing.name = topic.name;
        missing.name = topic.name;
        for (const auto& partition : topic.partitions) {
            if (image != nullptr
                && broker.image().partition(image->id, partition.partitionIndex) != nullptr) {
                existing.partitions.push_back(partition);
                continue;
            }
            auto& answer = missing.partitions.emplace_back();
            answer.partitionIndex = partition.partitionIndex;
            answer.errorCode = errorToWire(ErrorCode::UnknownTopicOrPartition);
        }
        if (!existing.partitions.empty())
            known.topics.push_back(std::move(existing));
        if (!missing.partitions.empty())
            response.topics.push_back(std::move(missing));
    }
    auto client = GroupCoordinator::clientOf(exchange);
    broker.groups().request<OffsetDeleteResponse>(
        known.groupId, std::move(client),
        [&](auto& shard, const auto& now, const auto& asking) {
            shard.deleteOffsets(now, asking, known);
        },
        [exchange = std::move(exchange), missing = std::move(response.topics)](
            OffsetDeleteResponse answer) mutable {
            // An error of the whole group leaves no topics in the answer.
            if (answer.errorCode == 0) {
                for (auto& topic : missing) {
                    const auto sameName = std::find_if(answer.topics.begin(), answer.topics.end(),
                        [&](const auto& other) { return other.name == topic.name; });
                    if (sameName == answer.topics.end())
                        answer.topics.push_back(std::move(topic));
                    else
                        std::ranges::move(
                            topic.partitions, std::back_inserter(sameName->partitions));
                }
            }
            exchange.answer(answer);
        });
}

} // namespace moldau::broker
