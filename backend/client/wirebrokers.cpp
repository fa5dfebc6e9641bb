// WireAdmin's part for what brokers do for each other: quorum, directories, leaders, replicas.

#include "client/wirehelpers.h"

#include "protocol/messages/alterpartitionreassignmentsrequest.h"
#include "protocol/messages/alterpartitionreassignmentsresponse.h"
#include "protocol/messages/describelogdirsrequest.h"
#include "protocol/messages/describelogdirsresponse.h"
#include "protocol/messages/describequorumrequest.h"
#include "protocol/messages/describequorumresponse.h"
#include "protocol/messages/electleadersrequest.h"
#include "protocol/messages/electleadersresponse.h"
#include "protocol/messages/listpartitionreassignmentsrequest.h"
#include "protocol/messages/listpartitionreassignmentsresponse.h"

#include <algorithm>

namespace moldau::client {

namespace {

using namespace moldau::protocol;

constexpr std::int8_t kPreferred = 0; ///< of ElectLeaders' ElectionType
constexpr const char* kMetadataTopic = "__cluster_metadata";

std::vector<QuorumReplica> quorumReplicas(
    const std::vector<DescribeQuorumResponse::ReplicaState>& states)
{
    std::vector<QuorumReplica> replicas;
    for (const auto& state : states)
        replicas.push_back({state.replicaId, state.logEndOffset, state.lastFetchTimestamp,
            state.lastCaughtUpTimestamp});
    std::ranges::sort(replicas, {}, &QuorumReplica::id);
    return replicas;
}

Result<QuorumDescription> quorumOf(const DescribeQuorumResponse& response)
{
    if (response.errorCode != 0)
        return fail(wireError(response.errorCode, response.errorMessage));
    if (response.topics.size() != 1 || response.topics[0].partitions.size() != 1)
        return fail(incompleteAnswer());
    const auto& log = response.topics[0].partitions[0];
    if (log.errorCode != 0)
        return fail(wireError(log.errorCode, log.errorMessage));
    QuorumDescription quorum;
    quorum.leader = log.leaderId;
    quorum.leaderEpoch = log.leaderEpoch;
    quorum.highWatermark = log.highWatermark;
    quorum.voters = quorumReplicas(log.currentVoters);
    quorum.observers = quorumReplicas(log.observers);
    for (const auto& node : response.nodes) {
        if (!node.listeners.empty())
            quorum.addresses[node.nodeId]
                = {node.listeners.front().host, node.listeners.front().port};
    }
    return quorum;
}

void addDirectories(BrokerId broker, const Result<DescribeLogDirsResponse>& response,
    std::vector<LogDirectory>& directories)
{
    if (!response || response->errorCode != 0) {
        LogDirectory& unknown = directories.emplace_back();
        unknown.broker = broker;
        unknown.problem = response ? wireError(response->errorCode) : response.error();
        return;
    }
    for (const auto& from : response->results) {
        LogDirectory& directory = directories.emplace_back();
        directory.broker = broker;
        directory.path = from.logDir;
        if (from.errorCode != 0)
            directory.problem = wireError(from.errorCode);
        directory.totalBytes = from.totalBytes;
        directory.usableBytes = from.usableBytes;
        for (const auto& topic : from.topics) {
            for (const auto& partition : topic.partitions)
                directory.replicas.push_back({broker, topic.name, partition.partitionIndex,
                    partition.partitionSize, partition.offsetLag});
        }
    }
}

/** The partitions of each topic: requests list them so. */
template <class Map> auto byTopic(const Map& partitions)
{
    std::map<std::string, std::vector<typename Map::const_iterator>> topics;
    for (auto at = partitions.begin(); at != partitions.end(); ++at)
        topics[at->first.topic].push_back(at);
    return topics;
}

/** Those that were asked for and that the answer is silent about didn't go well. */
void addMissing(
    PerPartition<ClusterConnection::Done>& results, const std::vector<TopicPartition>& asked)
{
    for (const TopicPartition& partition : asked)
        results.emplace(partition, fail(incompleteAnswer()));
}

} // namespace

void WireAdmin::describeQuorum(Answer<QuorumDescription> answer)
{
    const auto build = [](std::int16_t) {
        DescribeQuorumRequest request;
        auto& topic = request.topics.emplace_back();
        topic.topicName = kMetadataTopic;
        topic.partitions.emplace_back().partitionIndex = 0;
        return request;
    };
    m_wire.call<DescribeQuorumResponse>(
        {}, build, [answer](Result<DescribeQuorumResponse> response) {
            answer(response ? quorumOf(*response) : fail(response.error()));
        });
}

void WireAdmin::describeLogDirectories(Answer<std::vector<LogDirectory>> answer)
{
    const auto build = [](std::int16_t) {
        DescribeLogDirsRequest request;
        request.topics.reset(); // all
        return request;
    };
    askEveryBroker<DescribeLogDirsResponse>(m_wire, build, answer,
        [answer](std::map<BrokerId, Result<DescribeLogDirsResponse>> responses) {
            std::vector<LogDirectory> directories;
            for (const auto& [broker, response] : responses)
                addDirectories(broker, response, directories);
            answer(std::move(directories));
        });
}

void WireAdmin::electPreferredLeaders(
    const std::vector<TopicPartition>& partitions, Answer<PerPartition<Done>> answer)
{
    const auto build = [partitions, timeoutMs = milliseconds(m_wire.timeout())](std::int16_t) {
        ElectLeadersRequest request;
        request.electionType = kPreferred;
        request.timeoutMs = timeoutMs;
        request.topicPartitions.emplace();
        std::map<std::string, std::vector<std::int32_t>> topics;
        for (const TopicPartition& partition : partitions)
            topics[partition.topic].push_back(partition.partition);
        for (auto& [name, numbers] : topics) {
            auto& topic = request.topicPartitions->emplace_back();
            topic.topic = name;
            topic.partitions = std::move(numbers);
        }
        return request;
    };
    askController<ElectLeadersResponse>(
        m_wire, build, [answer, partitions](Result<ElectLeadersResponse> response) {
            if (!response)
                return answer(fail(response.error()));
            if (response->errorCode != 0)
                return answer(fail(wireError(response->errorCode)));
            PerPartition<Done> results;
            for (const auto& topic : response->replicaElectionResults) {
                for (const auto& partition : topic.partitionResult)
                    results.emplace(TopicPartition{topic.topic, partition.partitionId},
                        doneOr(partition.errorCode, partition.errorMessage));
            }
            addMissing(results, partitions);
            answer(std::move(results));
        });
}

void WireAdmin::reassign(
    const std::map<TopicPartition, std::optional<std::vector<BrokerId>>>& wishes,
    Answer<PerPartition<Done>> answer)
{
    const auto build = [wishes, timeoutMs = milliseconds(m_wire.timeout())](std::int16_t) {
        AlterPartitionReassignmentsRequest request;
        request.timeoutMs = timeoutMs;
        for (const auto& [name, partitions] : byTopic(wishes)) {
            auto& topic = request.topics.emplace_back();
            topic.name = name;
            for (const auto& at : partitions) {
                auto& wish = topic.partitions.emplace_back();
                wish.partitionIndex = at->first.partition;
                wish.replicas = at->second;
            }
        }
        return request;
    };
    std::vector<TopicPartition> asked;
    for (const auto& [partition, replicas] : wishes)
        asked.push_back(partition);
    askController<AlterPartitionReassignmentsResponse>(
        m_wire, build, [answer, asked](Result<AlterPartitionReassignmentsResponse> response) {
            if (!response)
                return answer(fail(response.error()));
            if (response->errorCode != 0)
                return answer(fail(wireError(response->errorCode, response->errorMessage)));
            PerPartition<Done> results;
            for (const auto& topic : response->responses) {
                for (const auto& partition : topic.partitions)
                    results.emplace(TopicPartition{topic.name, partition.partitionIndex},
                        doneOr(partition.errorCode, partition.errorMessage));
            }
            addMissing(results, asked);
            answer(std::move(results));
        });
}

void WireAdmin::listReassignments(Answer<std::map<TopicPartition, Reassignment>> answer)
{
    const auto build = [timeoutMs = milliseconds(m_wire.timeout())](std::int16_t) {
        ListPartitionReassignmentsRequest request;
        request.timeoutMs = timeoutMs;
        return request;
    };
    askController<ListPartitionReassignmentsResponse>(
        m_wire, build, [answer](Result<ListPartitionReassignmentsResponse> response) {
            if (!response)
                return answer(fail(response.error()));
            if (response->errorCode != 0)
                return answer(fail(wireError(response->errorCode, response->errorMessage)));
            std::map<TopicPartition, Reassignment> found;
            for (const auto& topic : response->topics) {
                for (const auto& partition : topic.partitions)
                    found[{topic.name, partition.partitionIndex}]
                        = {partition.addingReplicas, partition.removingReplicas};
            }
            answer(std::move(found));
        });
}

} // namespace moldau::client
