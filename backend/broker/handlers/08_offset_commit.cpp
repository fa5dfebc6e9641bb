// OffsetCommit, v2–10.
//
// v2–4 retention time · v6 leader epochs · v7 static members · v8 flexible · v9 errors of the new
// group protocols · v10 topic ids (KIP-848). Partitions that don't exist are
// UNKNOWN_TOPIC_OR_PARTITION, unknown ids UNKNOWN_TOPIC_ID; the others go to the coordinator, which
// answers when they are replicated.

#include "broker/handlers/08_offset_commit.h"

#include "broker/groups/groupcoordinator.h"

namespace moldau::broker {

namespace {

using protocol::OffsetCommitRequest;
using protocol::OffsetCommitResponse;

/** A partition's place in the response. */
struct Place {
    std::size_t topic;
    std::size_t partition;
};

/** Puts the coordinator's errors, which come in the order of `places`, into the response. */
void merge(OffsetCommitResponse& response, const OffsetCommitResponse& coordinated,
    const std::vector<Place>& places)
{
    auto place = places.begin();
    for (const auto& topic : coordinated.topics) {
        for (const auto& partition : topic.partitions) {
            response.topics[place->topic].partitions[place->partition].errorCode
                = partition.errorCode;
            ++place;
        }
    }
}

} // namespace

void offsetCommit(BrokerNode& broker, OffsetCommitRequest request, network::Exchange exchange)
{
    OffsetCommitResponse response;
    std::vector<Place> places;
    OffsetCommitRequest known = request;
    known.topics.clear();
    const bool usesIds = exchange.version >= 10;
    for (auto& topic : request.topics) {
        const controller::TopicImage* const image
            = usesIds ? broker.image().topic(topic.topicId) : broker.image().topic(topic.name);
        auto& topicAnswer = response.topics.emplace_back();
        topicAnswer.name = topic.name;
        topicAnswer.topicId = topic.topicId;
        OffsetCommitRequest::OffsetCommitRequestTopic existing;
        for (auto& partition : topic.partitions) {
            auto& answer = topicAnswer.partitions.emplace_back();
            answer.partitionIndex = partition.partitionIndex;
            if (image == nullptr
                || broker.image().partition(image->id, partition.partitionIndex) == nullptr) {
                answer.errorCode
                    = errorToWire(usesIds && image == nullptr ? ErrorCode::UnknownTopicId
                                                              : ErrorCode::UnknownTopicOrPartition);
                continue;
            }
            places.push_back({response.topics.size() - 1, topicAnswer.partitions.size() - 1});
            existing.partitions.push_back(std::move(partition));
        }
        if (existing.partitions.empty())
            continue;
        existing.name = image->name;
        existing.topicId = image->id;
        known.topics.push_back(std::move(existing));
    }
    if (places.empty())
        return exchange.answer(response);
    auto client = GroupCoordinator::clientOf(exchange);
    broker.groups().request<OffsetCommitResponse>(
        known.groupId, std::move(client),
        [&](auto& shard, const auto& now, const auto& asking) {
            shard.commitOffsets(now, asking, known);
        },
        [exchange = std::move(exchange), response = std::move(response),
            places = std::move(places)](const OffsetCommitResponse& coordinated) mutable {
            merge(response, coordinated, places);
            exchange.answer(response);
        });
}

} // namespace moldau::broker
