// What other nodes ask of a SingleVoterQuorum: the log, and how the quorum is.

#include "raft/singlevoterquorum.h"

namespace moldau::raft {

namespace {

constexpr std::string_view kTopic = "__cluster_metadata";
constexpr std::size_t kMaxFetchBytes = 8 << 20; // as Kafka's quorum answers at most
constexpr std::int16_t kFirstVersionWithTopicIds = 13;
constexpr std::int16_t kFirstVersionWithReplicaState = 15;

using Request = protocol::FetchRequest;
using Response = protocol::FetchResponse;

/** The one partition that a quorum has, or none when the request is for anything else. */
const Request::FetchPartition* partitionOf(const Request& request, std::int16_t version)
{
    if (request.topics.size() != 1 || request.topics.front().partitions.size() != 1)
        return nullptr;
    const auto& topic = request.topics.front();
    const bool isMetadata = version >= kFirstVersionWithTopicIds ? topic.topicId == kMetadataTopicId
                                                                 : topic.topic == kTopic;
    const auto& partition = topic.partitions.front();
    return isMetadata && partition.partition == 0 ? &partition : nullptr;
}

Response refusal(ErrorCode error)
{
    Response response;
    response.errorCode = errorToWire(error);
    return response;
}

BrokerId replicaOf(const Request& request, std::int16_t version)
{
    return version >= kFirstVersionWithReplicaState ? request.replicaState.replicaId
                                                    : request.replicaId;
}

} // namespace

std::optional<Response> SingleVoterQuorum::tryFetch(
    const Request& request, std::int16_t version, bool mayWait)
{
    if (request.clusterId && *request.clusterId != m_options.clusterId)
        return refusal(ErrorCode::InconsistentClusterId);
    const Request::FetchPartition* asked = partitionOf(request, version);
    if (!asked)
        return refusal(ErrorCode::InvalidRequest);
    // A voter that is about to lead spares the other side a second try.
    if (m_role == Role::Unattached && mayWait)
        return std::nullopt;

    Response response;
    auto& topic = response.responses.emplace_back();
    topic.topic = kTopic;
    topic.topicId = kMetadataTopicId;
    auto& answer = topic.partitions.emplace_back();
    answer.currentLeader.leaderId = leader().leader;
    answer.currentLeader.leaderEpoch = m_epoch;
    answer.logStartOffset = m_log->startOffset();
    answer.highWatermark = m_highWatermark;
    answer.lastStableOffset = m_highWatermark;
    const auto refuse = [&](ErrorCode error) {
        answer.errorCode = errorToWire(error);
        return response;
    };
    if (m_role != Role::Leader)
        return refuse(ErrorCode::NotLeaderOrFollower);
    if (asked->currentLeaderEpoch >= 0 && asked->currentLeaderEpoch != m_epoch) {
        return refuse(asked->currentLeaderEpoch < m_epoch ? ErrorCode::FencedLeaderEpoch
                                                          : ErrorCode::UnknownLeaderEpoch);
    }
    if (asked->fetchOffset < m_log->startOffset())
        return refuse(ErrorCode::OffsetOutOfRange);
    if (asked->fetchOffset > 0 && asked->lastFetchedEpoch >= 0) {
        const EpochEnd end = m_log->endOfEpoch(asked->lastFetchedEpoch);
        if (end.epoch != asked->lastFetchedEpoch || end.endOffset < asked->fetchOffset) {
            answer.divergingEpoch.epoch = end.epoch;
            answer.divergingEpoch.endOffset = end.endOffset;
            return response;
        }
    }
    if (const BrokerId replica = replicaOf(request, version); replica != kNoBroker) {
        m_observers.noteFetch(replica, asked->replicaDirectoryId, asked->fetchOffset,
            m_log->endOffset(), m_loop.wallClockMs());
    }
    if (asked->fetchOffset >= m_highWatermark)
        return mayWait ? std::nullopt : std::optional(std::move(response));
    auto batches = m_log->readCommitted(asked->fetchOffset, kMaxFetchBytes);
    if (!batches)
        return refuse(ErrorCode::KafkaStorageError);
    answer.records = protocol::RecordsView(std::move(*batches));
    return response;
}

void SingleVoterQuorum::fetch(Request request, std::int16_t version, Callback<void(Response)> done)
{
    const bool mayWait = request.maxWaitMs > 0;
    if (auto response = tryFetch(request, version, mayWait))
        return done(std::move(*response));
    OpenFetch& open = m_fetches.emplace_back(m_loop);
    open.request = std::move(request);
    open.version = version;
    open.done = std::move(done);
    const auto place = std::prev(m_fetches.end());
    open.timer.start(std::chrono::milliseconds(open.request.maxWaitMs), [this, place] {
        std::list<OpenFetch> due;
        due.splice(due.begin(), m_fetches, place);
        auto response = tryFetch(due.front().request, due.front().version, false);
        due.front().done(std::move(*response));
    });
}

void SingleVoterQuorum::answerFetches()
{
    const std::weak_ptr alive(m_isAlive);
    std::list<OpenFetch> waiting;
    waiting.splice(waiting.begin(), m_fetches);
    while (!waiting.empty()) {
        OpenFetch& each = waiting.front();
        auto response = tryFetch(each.request, each.version, true);
        if (!response) {
            m_fetches.splice(m_fetches.end(), waiting, waiting.begin());
            continue;
        }
        const auto done = std::make_shared<Callback<void(Response)>>(std::move(each.done));
        waiting.pop_front();
        (*done)(std::move(*response));
        if (alive.expired())
            return;
    }
}

protocol::DescribeQuorumResponse SingleVoterQuorum::describe(
    const protocol::DescribeQuorumRequest& request) const
{
    protocol::DescribeQuorumResponse response;
    response.errorMessage.reset();
    const bool isForMetadata = request.topics.size() == 1
        && request.topics.front().topicName == kTopic
        && request.topics.front().partitions.size() == 1
        && request.topics.front().partitions.front().partitionIndex == 0;
    if (!isForMetadata) {
        for (const auto& asked : request.topics) {
            auto& topic = response.topics.emplace_back();
            topic.topicName = asked.topicName;
            for (const auto& each : asked.partitions) {
                auto& partition = topic.partitions.emplace_back();
                partition.partitionIndex = each.partitionIndex;
                partition.errorMessage.reset();
                partition.errorCode = errorToWire(ErrorCode::UnknownTopicOrPartition);
            }
        }
        return response;
    }
    auto& topic = response.topics.emplace_back();
    topic.topicName = kTopic;
    auto& partition = topic.partitions.emplace_back();
    partition.errorMessage.reset();
    if (m_role != Role::Leader) {
        partition.errorCode = errorToWire(ErrorCode::NotLeaderOrFollower);
        return response;
    }
    const std::int64_t nowMs = m_loop.wallClockMs();
    partition.leaderId = m_options.self.id;
    partition.leaderEpoch = m_epoch;
    partition.highWatermark = m_highWatermark;
    auto& self = partition.currentVoters.emplace_back();
    self.replicaId = m_options.self.id;
    self.replicaDirectoryId = m_options.self.directory;
    self.logEndOffset = m_log->endOffset();
    self.lastFetchTimestamp = nowMs;
    self.lastCaughtUpTimestamp = nowMs;
    for (const Observers::Progress& each : m_observers.recent(nowMs)) {
        auto& observer = partition.observers.emplace_back();
        observer.replicaId = each.id;
        observer.replicaDirectoryId = each.directory;
        observer.logEndOffset = each.endOffset;
        observer.lastFetchTimestamp = each.lastFetchMs;
        observer.lastCaughtUpTimestamp = each.lastCaughtUpMs;
    }
    auto& node = response.nodes.emplace_back();
    node.nodeId = m_options.self.id;
    for (const Voter::Address& address : m_options.self.addresses) {
        auto& listener = node.listeners.emplace_back();
        listener.name = address.listener;
        listener.host = address.endpoint.host;
        listener.port = address.endpoint.port;
    }
    return response;
}

} // namespace moldau::raft
