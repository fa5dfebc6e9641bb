#include "raft/quorumwire.h"

#include "base/topicpartition.h"

#include <algorithm>

namespace moldau::raft {

namespace {

constexpr std::int16_t kFirstFetchWithTopicIds = 13;
constexpr std::int16_t kFirstFetchWithReplicaState = 15;

const std::string& topicOf(const auto& topic)
{
    if constexpr (requires { topic.topicName; })
        return topic.topicName;
    else
        return topic.name;
}

/** The one partition that a quorum has; the error where a request is for anything else. */
template <class Message>
auto partitionOf(const Message& message, const WireContext& context)
    -> Result<decltype(&message.topics.front().partitions.front())>
{
    if (message.clusterId && *message.clusterId != context.clusterId)
        return fail(ErrorCode::InconsistentClusterId, "the request is for another cluster");
    if (message.topics.size() != 1 || message.topics.front().partitions.size() != 1)
        return fail(ErrorCode::InvalidRequest, "the request is not for one partition");
    if (topicOf(message.topics.front()) != kMetadataTopic)
        return fail(ErrorCode::InvalidRequest, "the request is not for the metadata log");
    return &message.topics.front().partitions.front();
}

/** A request for the metadata log's partition, which `topicName` names. */
template <class Request> auto& partitionFor(Request& request, const WireContext& context)
{
    request.clusterId = context.clusterId;
    auto& topic = request.topics.emplace_back();
    if constexpr (requires { topic.topicName; })
        topic.topicName = kMetadataTopic;
    else
        topic.name = kMetadataTopic;
    return topic.partitions.emplace_back();
}

/** Where an answer tells of the leader how it is reached. */
void addLeader(auto& nodeEndpoints, BrokerId leader, const WireContext& context)
{
    const Endpoint* const address = context.addressOf(leader);
    if (address == nullptr)
        return;
    auto& node = nodeEndpoints.emplace_back();
    node.nodeId = leader;
    node.host = address->host;
    node.port = address->port;
}

/** The answer's only partition with leader and error in it, or a refusal of the whole. */
template <class Response, class Answer>
auto answerWith(Response& response, const Result<Answer>& answer, const WireContext& context)
    -> decltype(&response.topics.front().partitions.front())
{
    if (!answer) {
        response.errorCode = errorToWire(answer.error().code);
        return nullptr;
    }
    auto& topic = response.topics.emplace_back();
    if constexpr (requires { topic.topicName; })
        topic.topicName = kMetadataTopic;
    else
        topic.name = kMetadataTopic;
    auto& partition = topic.partitions.emplace_back();
    partition.errorCode = errorToWire(answer->error);
    if constexpr (requires { partition.currentLeader; }) {
        partition.currentLeader.leaderId = answer->leader.leader;
        partition.currentLeader.leaderEpoch = answer->leader.epoch;
    } else {
        partition.leaderId = answer->leader.leader;
        partition.leaderEpoch = answer->leader.epoch;
    }
    addLeader(response.nodeEndpoints, answer->leader.leader, context);
    return &partition;
}

template <class Response>
auto onlyPartition(const Response& response, const auto& topics)
    -> Result<decltype(&topics.front().partitions.front())>
{
    if (response.errorCode != 0)
        return fail(errorFromWire(response.errorCode), "the request was refused");
    if (topics.size() != 1 || topics.front().partitions.size() != 1)
        return fail(ErrorCode::LocalCorruptData, "the answer is not about one partition");
    return &topics.front().partitions.front();
}

LeaderAndEpoch leaderOf(const auto& partition)
{
    if constexpr (requires { partition.currentLeader; })
        return {partition.currentLeader.leaderId, partition.currentLeader.leaderEpoch};
    else
        return {partition.leaderId, partition.leaderEpoch};
}

template <class Response> Result<EpochAnswer> epochAnswer(const Response& response)
{
    return onlyPartition(response, response.topics).map([](const auto* partition) {
        return EpochAnswer{errorFromWire(partition->errorCode), leaderOf(*partition)};
    });
}

/** What a leader tells of itself. */
template <class Message>
void addOwnAddresses(Message& message, BrokerId leader, const WireContext& context)
{
    for (const Voter& voter : context.voters) {
        if (voter.id != leader)
            continue;
        for (const Voter::Address& address : voter.addresses) {
            auto& entry = message.leaderEndpoints.emplace_back();
            entry.name = address.listener;
            entry.host = address.endpoint.host;
            entry.port = address.endpoint.port;
        }
    }
}

} // namespace

const Endpoint* WireContext::addressOf(BrokerId voter) const
{
    const auto found = std::find_if(
        voters.begin(), voters.end(), [voter](const Voter& each) { return each.id == voter; });
    return found == voters.end() || found->addresses.empty() ? nullptr
                                                             : &found->addresses.front().endpoint;
}

protocol::VoteRequest toWire(const Vote& vote, BrokerId to, const WireContext& context)
{
    protocol::VoteRequest request;
    auto& partition = partitionFor(request, context);
    request.voterId = to;
    partition.replicaEpoch = vote.epoch;
    partition.replicaId = vote.candidate.id;
    partition.replicaDirectoryId = vote.candidate.directory;
    partition.lastOffsetEpoch = vote.lastLog.epoch;
    partition.lastOffset = vote.lastLog.offset;
    partition.preVote = vote.isPreVote;
    return request;
}

Result<Vote> fromWire(const protocol::VoteRequest& request, const WireContext& context)
{
    return partitionOf(request, context).map([](const auto* partition) {
        return Vote{partition->replicaEpoch, {partition->replicaId, partition->replicaDirectoryId},
            {partition->lastOffsetEpoch, partition->lastOffset}, partition->preVote};
    });
}

protocol::VoteResponse toWire(const Result<VoteAnswer>& answer, const WireContext& context)
{
    protocol::VoteResponse response;
    if (auto* const partition = answerWith(response, answer, context))
        partition->voteGranted = answer->isGranted;
    return response;
}

Result<VoteAnswer> fromWire(const protocol::VoteResponse& response)
{
    return onlyPartition(response, response.topics).map([](const auto* partition) {
        return VoteAnswer{
            errorFromWire(partition->errorCode), leaderOf(*partition), partition->voteGranted};
    });
}

protocol::BeginQuorumEpochRequest toWire(
    const BeginEpoch& begin, BrokerId to, const WireContext& context)
{
    protocol::BeginQuorumEpochRequest request;
    auto& partition = partitionFor(request, context);
    request.voterId = to;
    partition.leaderId = begin.leader.leader;
    partition.leaderEpoch = begin.leader.epoch;
    addOwnAddresses(request, begin.leader.leader, context);
    return request;
}

Result<BeginEpoch> fromWire(
    const protocol::BeginQuorumEpochRequest& request, const WireContext& context)
{
    return partitionOf(request, context).map([](const auto* partition) {
        return BeginEpoch{leaderOf(*partition)};
    });
}

protocol::BeginQuorumEpochResponse beginToWire(
    const Result<EpochAnswer>& answer, const WireContext& context)
{
    protocol::BeginQuorumEpochResponse response;
    answerWith(response, answer, context);
    return response;
}

Result<EpochAnswer> fromWire(const protocol::BeginQuorumEpochResponse& response)
{
    return epochAnswer(response);
}

protocol::EndQuorumEpochRequest toWire(const EndEpoch& end, BrokerId, const WireContext& context)
{
    protocol::EndQuorumEpochRequest request;
    auto& partition = partitionFor(request, context);
    partition.leaderId = end.leader.leader;
    partition.leaderEpoch = end.leader.epoch;
    for (const BrokerId id : end.successors)
        partition.preferredCandidates.emplace_back().candidateId = id;
    addOwnAddresses(request, end.leader.leader, context);
    return request;
}

Result<EndEpoch> fromWire(
    const protocol::EndQuorumEpochRequest& request, const WireContext& context)
{
    return partitionOf(request, context).map([](const auto* partition) {
        EndEpoch end{leaderOf(*partition), {}};
        for (const auto& candidate : partition->preferredCandidates)
            end.successors.push_back(candidate.candidateId);
        for (const std::int32_t id : partition->preferredSuccessors) // version 0
            end.successors.emplace_back(id);
        return end;
    });
}

protocol::EndQuorumEpochResponse endToWire(
    const Result<EpochAnswer>& answer, const WireContext& context)
{
    protocol::EndQuorumEpochResponse response;
    answerWith(response, answer, context);
    return response;
}

Result<EpochAnswer> fromWire(const protocol::EndQuorumEpochResponse& response)
{
    return epochAnswer(response);
}

protocol::FetchRequest toWire(
    const Fetch& fetch, std::int32_t maxWaitMs, std::int32_t maxBytes, const WireContext& context)
{
    protocol::FetchRequest request;
    request.clusterId = context.clusterId;
    request.replicaState.replicaId = fetch.replica.id;
    request.maxWaitMs = maxWaitMs;
    request.minBytes = 1;
    request.maxBytes = maxBytes;
    request.sessionEpoch = -1;
    auto& topic = request.topics.emplace_back();
    topic.topicId = kMetadataTopicId;
    auto& partition = topic.partitions.emplace_back();
    partition.currentLeaderEpoch = fetch.epoch;
    partition.fetchOffset = fetch.offset;
    partition.lastFetchedEpoch = fetch.lastEpoch;
    partition.replicaDirectoryId = fetch.replica.directory;
    partition.partitionMaxBytes = maxBytes;
    partition.highWatermark = fetch.highWatermark;
    return request;
}

Result<Fetch> fromWire(
    const protocol::FetchRequest& request, std::int16_t version, const WireContext& context)
{
    if (request.clusterId && *request.clusterId != context.clusterId)
        return fail(ErrorCode::InconsistentClusterId, "the request is for another cluster");
    if (request.topics.size() != 1 || request.topics.front().partitions.size() != 1)
        return fail(ErrorCode::InvalidRequest, "the request is not for one partition");
    const auto& topic = request.topics.front();
    const auto& partition = topic.partitions.front();
    const bool isMetadata = version >= kFirstFetchWithTopicIds ? topic.topicId == kMetadataTopicId
                                                               : topic.topic == kMetadataTopic;
    if (!isMetadata || partition.partition != 0)
        return fail(ErrorCode::InvalidRequest, "the request is not for the metadata log");
    Fetch fetch;
    fetch.epoch = partition.currentLeaderEpoch;
    fetch.replica.id = version >= kFirstFetchWithReplicaState ? request.replicaState.replicaId
                                                              : request.replicaId;
    fetch.replica.directory = partition.replicaDirectoryId;
    fetch.offset = partition.fetchOffset;
    fetch.lastEpoch = partition.lastFetchedEpoch;
    fetch.highWatermark = partition.highWatermark;
    return fetch;
}

protocol::FetchResponse toWire(const Result<FetchAnswer>& answer, const WireContext& context)
{
    protocol::FetchResponse response;
    if (!answer) {
        response.errorCode = errorToWire(answer.error().code);
        return response;
    }
    auto& topic = response.responses.emplace_back();
    topic.topic = kMetadataTopic;
    topic.topicId = kMetadataTopicId;
    auto& partition = topic.partitions.emplace_back();
    partition.errorCode = errorToWire(answer->error);
    partition.highWatermark = answer->highWatermark;
    partition.lastStableOffset = answer->highWatermark;
    partition.logStartOffset = answer->startOffset;
    partition.currentLeader.leaderId = answer->leader.leader;
    partition.currentLeader.leaderEpoch = answer->leader.epoch;
    if (answer->diverging) {
        partition.divergingEpoch.epoch = answer->diverging->epoch;
        partition.divergingEpoch.endOffset = answer->diverging->endOffset;
    }
    if (answer->snapshot) {
        partition.snapshotId.epoch = answer->snapshot->epoch;
        partition.snapshotId.endOffset = answer->snapshot->offset;
    }
    partition.records = protocol::RecordsView(answer->records);
    addLeader(response.nodeEndpoints, answer->leader.leader, context);
    return response;
}

Result<FetchAnswer> fromWire(const protocol::FetchResponse& response)
{
    const auto found = onlyPartition(response, response.responses);
    if (!found)
        return fail(found.error());
    const auto& partition = **found;
    FetchAnswer answer;
    answer.error = errorFromWire(partition.errorCode);
    answer.leader = leaderOf(partition);
    answer.highWatermark = partition.highWatermark;
    answer.startOffset = partition.logStartOffset;
    if (partition.divergingEpoch.epoch >= 0)
        answer.diverging
            = EpochEnd{partition.divergingEpoch.epoch, partition.divergingEpoch.endOffset};
    if (partition.snapshotId.endOffset >= 0)
        answer.snapshot = SnapshotId{partition.snapshotId.epoch, partition.snapshotId.endOffset};
    answer.records = partition.records.data;
    return answer;
}

protocol::FetchSnapshotRequest toWire(
    const FetchSnapshot& fetch, std::int32_t maxBytes, const WireContext& context)
{
    protocol::FetchSnapshotRequest request;
    auto& partition = partitionFor(request, context);
    request.replicaId = fetch.replica.id;
    request.maxBytes = maxBytes;
    partition.currentLeaderEpoch = fetch.epoch;
    partition.snapshotId.endOffset = fetch.id.offset;
    partition.snapshotId.epoch = fetch.id.epoch;
    partition.position = fetch.position;
    partition.replicaDirectoryId = fetch.replica.directory;
    return request;
}

Result<FetchSnapshot> fromWire(
    const protocol::FetchSnapshotRequest& request, const WireContext& context)
{
    return partitionOf(request, context).map([&](const auto* partition) {
        return FetchSnapshot{partition->currentLeaderEpoch,
            {request.replicaId, partition->replicaDirectoryId},
            {partition->snapshotId.epoch, partition->snapshotId.endOffset}, partition->position};
    });
}

protocol::FetchSnapshotResponse toWire(
    const Result<SnapshotAnswer>& answer, const WireContext& context)
{
    protocol::FetchSnapshotResponse response;
    auto* const partition = answerWith(response, answer, context);
    if (partition == nullptr)
        return response;
    partition->snapshotId.endOffset = answer->id.offset;
    partition->snapshotId.epoch = answer->id.epoch;
    partition->size = answer->size;
    partition->position = answer->position;
    partition->unalignedRecords = protocol::RecordsView(answer->bytes);
    return response;
}

Result<SnapshotAnswer> fromWire(const protocol::FetchSnapshotResponse& response)
{
    return onlyPartition(response, response.topics).map([](const auto* partition) {
        SnapshotAnswer answer;
        answer.error = errorFromWire(partition->errorCode);
        answer.leader = leaderOf(*partition);
        answer.id = {partition->snapshotId.epoch, partition->snapshotId.endOffset};
        answer.size = partition->size;
        answer.position = partition->position;
        answer.bytes = partition->unalignedRecords.data;
        return answer;
    });
}

} // namespace moldau::raft
