// WireAdmin's part for the offsets that groups committed.

#include "client/wirehelpers.h"

#include "protocol/messages/offsetcommitrequest.h"
#include "protocol/messages/offsetcommitresponse.h"
#include "protocol/messages/offsetdeleterequest.h"
#include "protocol/messages/offsetdeleteresponse.h"
#include "protocol/messages/offsetfetchrequest.h"
#include "protocol/messages/offsetfetchresponse.h"

namespace moldau::client {

namespace {

using namespace moldau::protocol;

// From the next version on, topics go by id, and a topic that is gone has none that we know.
constexpr std::int16_t kLastFetchByName = 9;
constexpr std::int16_t kLastCommitByName = 9;

std::int16_t codeOfFetch(const OffsetFetchResponse& response)
{
    return response.groups.empty() ? response.errorCode : response.groups.front().errorCode;
}

template <class Topics> std::map<TopicPartition, CommittedOffset> offsetsOf(const Topics& topics)
{
    std::map<TopicPartition, CommittedOffset> offsets;
    for (const auto& topic : topics) {
        for (const auto& partition : topic.partitions) {
            if (partition.errorCode == 0 && partition.committedOffset >= 0)
                offsets[{topic.name, partition.partitionIndex}] = {partition.committedOffset,
                    partition.committedLeaderEpoch, partition.metadata.value_or("")};
        }
    }
    return offsets;
}

/** Errors that stand for the whole request stand at every partition of it. */
template <class Response> std::int16_t firstCodeOf(const Response& response)
{
    for (const auto& topic : response.topics) {
        for (const auto& partition : topic.partitions)
            return partition.errorCode;
    }
    return 0;
}

template <class Response> PerPartition<ClusterConnection::Done> resultsOf(const Response& response)
{
    PerPartition<ClusterConnection::Done> results;
    for (const auto& topic : response.topics) {
        for (const auto& partition : topic.partitions)
            results.emplace(
                TopicPartition{topic.name, partition.partitionIndex}, doneOr(partition.errorCode));
    }
    return results;
}

} // namespace

void WireAdmin::groupOffsets(
    const std::string& group, Answer<std::map<TopicPartition, CommittedOffset>> answer)
{
    const auto build = [group](std::int16_t version) {
        OffsetFetchRequest request;
        if (version >= 8) {
            auto& wanted = request.groups.emplace_back();
            wanted.groupId = group;
            wanted.topics.reset(); // all
        } else {
            request.groupId = group;
            request.topics.reset();
        }
        return request;
    };
    askCoordinator<OffsetFetchResponse>(
        m_wire, group, build, codeOfFetch,
        [answer](Result<OffsetFetchResponse> response) {
            if (!response)
                return answer(fail(response.error()));
            if (const std::int16_t code = codeOfFetch(*response); code != 0)
                return answer(fail(wireError(code)));
            answer(response->groups.empty() ? offsetsOf(response->topics)
                                            : offsetsOf(response->groups.front().topics));
        },
        kLastFetchByName);
}

void WireAdmin::alterGroupOffsets(const std::string& group,
    const std::map<TopicPartition, std::int64_t>& offsets, Answer<PerPartition<Done>> answer)
{
    const auto build = [group, offsets](std::int16_t) {
        OffsetCommitRequest request;
        request.groupId = group;
        for (const auto& [at, offset] : offsets) {
            if (request.topics.empty() || request.topics.back().name != at.topic)
                request.topics.emplace_back().name = at.topic;
            auto& partition = request.topics.back().partitions.emplace_back();
            partition.partitionIndex = at.partition;
            partition.committedOffset = offset;
        }
        return request;
    };
    askCoordinator<OffsetCommitResponse>(
        m_wire, group, build, firstCodeOf<OffsetCommitResponse>,
        [answer](Result<OffsetCommitResponse> response) {
            if (!response)
                return answer(fail(response.error()));
            answer(resultsOf(*response));
        },
        kLastCommitByName);
}

void WireAdmin::deleteGroupOffsets(const std::string& group,
    const std::vector<TopicPartition>& partitions, Answer<PerPartition<Done>> answer)
{
    const auto build = [group, partitions](std::int16_t) {
        OffsetDeleteRequest request;
        request.groupId = group;
        for (const TopicPartition& at : partitions) {
            if (request.topics.empty() || request.topics.back().name != at.topic)
                request.topics.emplace_back().name = at.topic;
            request.topics.back().partitions.emplace_back().partitionIndex = at.partition;
        }
        return request;
    };
    const auto codeOfAll = [](const OffsetDeleteResponse& response) { return response.errorCode; };
    askCoordinator<OffsetDeleteResponse>(
        m_wire, group, build, codeOfAll, [answer](Result<OffsetDeleteResponse> response) {
            if (!response)
                return answer(fail(response.error()));
            if (response->errorCode != 0)
                return answer(fail(wireError(response->errorCode)));
            answer(resultsOf(*response));
        });
}

} // namespace moldau::client
