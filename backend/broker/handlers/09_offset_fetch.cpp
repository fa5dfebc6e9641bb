// OffsetFetch, v1–10.
//
// v2 null topics: all, top-level error · v5 leader epochs · v6 flexible · v7 require stable
// (KIP-447) · v8 many groups (KIP-709) · v9 member id and epoch (of consumer groups; classic ones
// don't need them) · v10 topic ids.
// What isn't committed is offset -1 without an error, also of topics that don't exist; an id that
// doesn't exist is UNKNOWN_TOPIC_ID. With "all", topics without an id are left out in v10.

#include "broker/handlers/09_offset_fetch.h"

#include "broker/groups/groupcoordinator.h"
#include "protocol/messages/offsetfetchresponse.h"

#include <algorithm>
#include <iterator>
#include <memory>

namespace moldau::broker {

namespace {

using protocol::OffsetFetchRequest;
using protocol::OffsetFetchResponse;
using AskedGroup = OffsetFetchRequest::OffsetFetchRequestGroup;
using AnsweredGroup = OffsetFetchResponse::OffsetFetchResponseGroup;
using AnsweredTopic = OffsetFetchResponse::OffsetFetchResponseTopics;

/** One request while the coordinators of its groups answer. */
struct Fetching {
    explicit Fetching(network::Exchange asked)
        : exchange(std::move(asked))
    {
    }

    network::Exchange exchange;
    std::vector<AnsweredGroup> groups;
    std::size_t open = 0;
};

/** Before version 8 there is one group, in fields of its own. */
std::vector<AskedGroup> groupsOf(OffsetFetchRequest& request, std::int16_t version)
{
    if (version >= 8)
        return std::move(request.groups);
    AskedGroup group;
    group.groupId = request.groupId;
    group.topics.reset();
    if (request.topics) {
        auto& topics = group.topics.emplace();
        for (auto& topic : *request.topics) {
            auto& wanted = topics.emplace_back();
            wanted.name = std::move(topic.name);
            wanted.partitionIndexes = std::move(topic.partitionIndexes);
        }
    }
    return {std::move(group)};
}

OffsetFetchResponse responseOf(std::vector<AnsweredGroup> groups, std::int16_t version)
{
    OffsetFetchResponse response;
    if (version >= 8) {
        response.groups = std::move(groups);
        return response;
    }
    AnsweredGroup& group = groups.front();
    response.errorCode = group.errorCode;
    for (auto& topic : group.topics) {
        auto& shown = response.topics.emplace_back();
        shown.name = std::move(topic.name);
        for (auto& partition : topic.partitions) {
            auto& shownPartition = shown.partitions.emplace_back();
            shownPartition.partitionIndex = partition.partitionIndex;
            shownPartition.committedOffset = partition.committedOffset;
            shownPartition.committedLeaderEpoch = partition.committedLeaderEpoch;
            shownPartition.metadata = std::move(partition.metadata);
            shownPartition.errorCode = partition.errorCode;
        }
    }
    return response;
}

/** Gives topics their names, and takes those out whose id is unknown: they are returned. */
std::vector<AnsweredTopic> resolveIds(const controller::MetadataImage& image, AskedGroup& group)
{
    std::vector<AnsweredTopic> unknown;
    std::erase_if(*group.topics, [&](auto& topic) {
        if (const controller::TopicImage* const known = image.topic(topic.topicId)) {
            topic.name = known->name;
            return false;
        }
        AnsweredTopic& answer = unknown.emplace_back();
        answer.topicId = topic.topicId;
        for (const std::int32_t index : topic.partitionIndexes) {
            auto& partition = answer.partitions.emplace_back();
            partition.partitionIndex = index;
            partition.committedOffset = -1;
            partition.errorCode = errorToWire(ErrorCode::UnknownTopicId);
        }
        return true;
    });
    return unknown;
}

/** All topics of a group, in a version that speaks of them by id only. */
void addIds(const controller::MetadataImage& image, AnsweredGroup& group)
{
    std::erase_if(group.topics, [&](AnsweredTopic& topic) {
        const controller::TopicImage* const known = image.topic(topic.name);
        if (known != nullptr)
            topic.topicId = known->id;
        return known == nullptr;
    });
}

} // namespace

void offsetFetch(BrokerNode& broker, OffsetFetchRequest request, network::Exchange exchange)
{
    const std::int16_t version = exchange.version;
    const bool usesIds = version >= 10;
    std::vector<AskedGroup> groups = groupsOf(request, version);
    if (groups.empty())
        return exchange.answer(OffsetFetchResponse{});
    auto fetching = std::make_shared<Fetching>(std::move(exchange));
    fetching->groups.resize(groups.size());
    fetching->open = groups.size();
    for (std::size_t i = 0; i < groups.size(); ++i) {
        AskedGroup& group = groups[i];
        const bool wantsAll = !group.topics;
        auto unknown = usesIds && !wantsAll ? resolveIds(broker.image(), group)
                                            : std::vector<AnsweredTopic>{};
        broker.groups().request<AnsweredGroup>(
            group.groupId, GroupCoordinator::clientOf(fetching->exchange),
            [&](auto& shard, const auto& now, const auto& client) {
                shard.fetchOffsets(now, client, group, request.requireStable);
            },
            [&broker, fetching, i, usesIds, wantsAll, version, unknown = std::move(unknown)](
                AnsweredGroup answer) mutable {
                if (usesIds && wantsAll)
                    addIds(broker.image(), answer);
                if (answer.errorCode == 0)
                    std::ranges::move(unknown, std::back_inserter(answer.topics));
                fetching->groups[i] = std::move(answer);
                if (--fetching->open == 0)
                    fetching->exchange.answer(responseOf(std::move(fetching->groups), version));
            });
    }
}

} // namespace moldau::broker
