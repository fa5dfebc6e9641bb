// What other nodes ask of a voter: votes, epochs, the log, and how the quorum is.

#include "raft/votingquorum.h"

namespace moldau::raft {

namespace {

constexpr std::size_t kMaxFetchBytes = 8 << 20; // as Kafka's quorum answers at most

void setProgress(auto& entry, const FetchProgress::Replica& replica)
{
    entry.logEndOffset = replica.endOffset;
    entry.lastFetchTimestamp = replica.lastFetchMs;
    entry.lastCaughtUpTimestamp = replica.lastCaughtUpMs;
}

} // namespace

template <class Asked>
auto VotingQuorum::ask(const Result<Asked>& asked)
    -> Result<decltype(std::declval<Consensus&>().handle(*asked, Duration()))>
{
    if (!asked)
        return fail(asked.error());
    decltype(m_consensus->handle(*asked, Duration())) answer;
    answer.error = ErrorCode::NotLeaderOrFollower;
    if (m_isStopped)
        return answer;
    answer = m_consensus->handle(*asked, m_loop.now());
    carryOut();
    return answer;
}

protocol::VoteResponse VotingQuorum::vote(const protocol::VoteRequest& request)
{
    return toWire(ask(fromWire(request, m_wire)), m_wire);
}

protocol::BeginQuorumEpochResponse VotingQuorum::beginEpoch(
    const protocol::BeginQuorumEpochRequest& request)
{
    return beginToWire(ask(fromWire(request, m_wire)), m_wire);
}

protocol::EndQuorumEpochResponse VotingQuorum::endEpoch(
    const protocol::EndQuorumEpochRequest& request)
{
    return endToWire(ask(fromWire(request, m_wire)), m_wire);
}

protocol::FetchSnapshotResponse VotingQuorum::fetchSnapshot(
    const protocol::FetchSnapshotRequest& request)
{
    const auto asked = fromWire(request, m_wire);
    auto answer = ask(asked);
    if (!answer || answer->error != ErrorCode::None)
        return toWire(answer, m_wire);
    const auto most = static_cast<std::size_t>(std::max(request.maxBytes, 1));
    auto piece = m_log->readSnapshot(asked->id, asked->position, std::min(most, kMaxFetchBytes));
    if (piece) {
        answer->size = piece->size;
        answer->bytes = std::move(piece->bytes);
    } else {
        const ErrorCode why = piece.error().code;
        answer->error = why == ErrorCode::SnapshotNotFound || why == ErrorCode::PositionOutOfRange
            ? why
            : ErrorCode::KafkaStorageError;
    }
    return toWire(answer, m_wire);
}

void VotingQuorum::fetch(protocol::FetchRequest request, std::int16_t version,
    Callback<void(protocol::FetchResponse)> done)
{
    const auto asked = fromWire(request, version, m_wire);
    auto answer = ask(asked);
    if (!answer)
        return done(toWire(Result<FetchAnswer>(fail(answer.error())), m_wire));
    const bool isBesideVoter
        = m_consensus->isVoter(asked->replica.id) && !m_consensus->isFromVoter(*asked);
    if (answer->hasData() && asked->replica.id != kNoBroker && !isBesideVoter)
        m_progress.noteFetch(asked->replica.id, asked->replica.directory, asked->offset,
            m_log->endOffset(), m_loop.wallClockMs());
    if (auto response = answerOf(*asked, std::move(*answer), request.maxWaitMs > 0))
        return done(std::move(*response));
    OpenFetch& open = m_fetches.emplace_back(m_loop);
    open.fetch = *asked;
    open.done = std::move(done);
    const auto place = std::prev(m_fetches.end());
    open.timer.start(std::chrono::milliseconds(request.maxWaitMs), [this, place] {
        std::list<OpenFetch> due;
        due.splice(due.begin(), m_fetches, place);
        const Fetch& fetch = due.front().fetch;
        due.front().done(*answerOf(fetch, answerNow(fetch), false));
    });
}

FetchAnswer VotingQuorum::answerNow(const Fetch& fetch) const
{
    if (!m_isStopped)
        return m_consensus->answerTo(fetch);
    FetchAnswer answer;
    answer.error = ErrorCode::NotLeaderOrFollower;
    return answer;
}

std::optional<protocol::FetchResponse> VotingQuorum::answerOf(
    const Fetch& fetch, FetchAnswer answer, bool mayWait)
{
    // While no leader is known the asking node can't do better than wait here.
    const bool isElecting
        = answer.error == ErrorCode::NotLeaderOrFollower && answer.leader.leader == kNoBroker;
    if (mayWait && (isElecting || !answer.hasNewsFor(fetch)))
        return std::nullopt;
    if (answer.hasData() && answer.readableTo > fetch.offset) {
        auto batches = m_log->read(fetch.offset, kMaxFetchBytes,
            m_consensus->isFromVoter(fetch) ? ReplicatedLog::Limit::End
                                            : ReplicatedLog::Limit::Committed);
        if (batches)
            answer.records = std::move(*batches);
        else
            answer.error = ErrorCode::KafkaStorageError;
    }
    return toWire(answer, m_wire);
}

void VotingQuorum::answerFetches()
{
    const std::weak_ptr alive(m_isAlive);
    std::list<OpenFetch> waiting;
    waiting.splice(waiting.begin(), m_fetches);
    while (!waiting.empty()) {
        OpenFetch& each = waiting.front();
        auto response = answerOf(each.fetch, answerNow(each.fetch), !m_isStopped);
        if (!response) {
            m_fetches.splice(m_fetches.end(), waiting, waiting.begin());
            continue;
        }
        const auto done
            = std::make_shared<Callback<void(protocol::FetchResponse)>>(std::move(each.done));
        waiting.pop_front();
        (*done)(std::move(*response));
        if (alive.expired())
            return;
    }
}

protocol::DescribeQuorumResponse VotingQuorum::describe(
    const protocol::DescribeQuorumRequest& request) const
{
    protocol::DescribeQuorumResponse response;
    response.errorMessage.reset();
    const bool isForMetadata = request.topics.size() == 1
        && request.topics.front().topicName == kMetadataTopic
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
    topic.topicName = kMetadataTopic;
    auto& partition = topic.partitions.emplace_back();
    partition.errorMessage.reset();
    if (m_isStopped || !isLeader()) {
        partition.errorCode = errorToWire(ErrorCode::NotLeaderOrFollower);
        return response;
    }
    const std::int64_t nowMs = m_loop.wallClockMs();
    partition.leaderId = m_options.self.id;
    partition.leaderEpoch = m_consensus->epoch();
    partition.highWatermark = m_consensus->highWatermark();
    const auto fetching = m_progress.recent(nowMs);
    for (const Voter& voter : m_options.voters) {
        auto& entry = partition.currentVoters.emplace_back();
        entry.replicaId = voter.id;
        entry.replicaDirectoryId = voter.directory;
        if (voter.id == m_options.self.id) {
            entry.logEndOffset = m_log->endOffset();
            entry.lastFetchTimestamp = nowMs;
            entry.lastCaughtUpTimestamp = nowMs;
            continue;
        }
        entry.logEndOffset = -1;
        for (const FetchProgress::Replica& each : fetching) {
            if (each.id == voter.id)
                setProgress(entry, each);
        }
    }
    for (const FetchProgress::Replica& each : fetching) {
        if (m_consensus->isVoter(each.id))
            continue;
        auto& observer = partition.observers.emplace_back();
        observer.replicaId = each.id;
        observer.replicaDirectoryId = each.directory;
        setProgress(observer, each);
    }
    for (const Voter& voter : m_options.voters) {
        auto& node = response.nodes.emplace_back();
        node.nodeId = voter.id;
        for (const Voter::Address& address : voter.addresses) {
            auto& listener = node.listeners.emplace_back();
            listener.name = address.listener;
            listener.host = address.endpoint.host;
            listener.port = address.endpoint.port;
        }
    }
    return response;
}

} // namespace moldau::raft
