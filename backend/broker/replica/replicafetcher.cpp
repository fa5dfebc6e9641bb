#include "broker/replica/replicafetcher.h"

#include "protocol/recordbatch.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

namespace moldau::broker {

namespace {

constexpr std::string_view kFetcherThread = "kafka.server.ReplicaFetcherThread";
constexpr std::int16_t kReplicaFetchVersion = 17;
constexpr Duration kFullLookInterval = std::chrono::seconds(30);

std::string clientIdOf(BrokerId self, BrokerId leader)
{
    return fmt::format("broker-{}-fetcher-{}", self.value(), leader.value());
}

} // namespace

ReplicaFetcher::ReplicaFetcher(EventLoop& loop, Transport& transport, EventSink& events, Log& log,
    BrokerId leader, Endpoint endpoint, FetcherOptions options, ReplicationQuota& quota)
    : m_loop(loop)
    , m_events(events)
    , m_log(log)
    , m_leader(leader)
    , m_options(std::move(options))
    , m_quota(quota)
    , m_rpc(loop, transport, std::move(endpoint), clientIdOf(m_options.self, leader))
    , m_retry(loop)
    , m_kick(loop)
    , m_retryPartitions(loop)
{
}

void ReplicaFetcher::add(Partition& partition)
{
    const Key key{partition.topicId(), partition.name().partition};
    State& state = m_states.insert_or_assign(key, State{&partition}).first->second;
    state.firstRequest = m_requests + 1;
    makeDue(key, state);
    // Many partitions are added in one go: one request for all of them.
    if (!m_kick.isRunning())
        m_kick.start(Duration::zero(), [this] { fetch(); });
}

void ReplicaFetcher::remove(const Partition& partition)
{
    const Key key{partition.topicId(), partition.name().partition};
    const auto found = m_states.find(key);
    if (found == m_states.end())
        return;
    if (found->second.isKnownToSession)
        m_forgotten.push_back(key);
    m_states.erase(found);
}

bool ReplicaFetcher::hasNews() const
{
    const Duration now = m_loop.now();
    return std::any_of(m_due.begin(), m_due.end(), [&](const Key& key) {
        const auto found = m_states.find(key);
        return found != m_states.end() && !found->second.isKnownToSession
            && found->second.retryAt <= now;
    });
}

bool ReplicaFetcher::mayFetch() const
{
    const Duration now = m_loop.now();
    return std::any_of(m_states.begin(), m_states.end(),
        [now](const auto& entry) { return entry.second.retryAt <= now; });
}

bool ReplicaFetcher::isHeldBack(const State& state)
{
    return !state.isInSync && state.partition->isThrottled() && m_quota.isExceeded(m_loop.now());
}

void ReplicaFetcher::makeDue(const Key& key, State& state)
{
    if (!std::exchange(state.isDue, true))
        m_due.push_back(key);
}

void ReplicaFetcher::makeAllDue()
{
    for (auto& [key, state] : m_states)
        makeDue(key, state);
}

void ReplicaFetcher::fetch()
{
    constexpr int kMostInFlight = 2;
    if (m_states.empty() || m_retry.isRunning() || m_inFlight >= kMostInFlight
        || (m_inFlight == 1 && (m_sessionId == 0 || !hasNews())))
        return;
    if (m_quota.isExceeded(m_loop.now())) {
        for (auto& [key, state] : m_states)
            if (state.retryAt <= m_loop.now() && isHeldBack(state))
                retryLater(state);
    }
    if (!mayFetch()) {
        if (!m_retryPartitions.isRunning())
            m_retryPartitions.start(m_options.backoff, [this] { fetch(); });
        return;
    }
    ++m_inFlight;
    const std::uint64_t number = ++m_requests;
    m_rpc.call<Response>(nextRequest(), kReplicaFetchVersion, m_options.requestTimeout,
        [this, number](Result<Response> response) { answered(std::move(response), number); });
}

ReplicaFetcher::Request ReplicaFetcher::nextRequest()
{
    Request request;
    request.replicaState.replicaId = m_options.self;
    request.replicaState.replicaEpoch = m_options.brokerEpoch();
    // The first request only opens the session: partitions that come meanwhile must not wait for
    // it.
    request.maxWaitMs = m_sessionId == 0 ? 0 : m_options.maxWaitMs;
    request.minBytes = m_options.minBytes;
    request.maxBytes = m_options.maxBytes;
    request.isolationLevel = 0;
    request.sessionId = m_sessionId;
    request.sessionEpoch = m_sessionEpoch;
    if (m_sessionId != 0)
        m_sessionEpoch
            = m_sessionEpoch == std::numeric_limits<std::int32_t>::max() ? 1 : m_sessionEpoch + 1;

    const Duration now = m_loop.now();
    if (now >= m_nextFullLook) {
        m_nextFullLook = now + kFullLookInterval;
        makeAllDue();
    }
    std::unordered_map<Uuid, std::size_t> topicAt;
    for (const Key& key : std::exchange(m_due, {})) {
        const auto found = m_states.find(key);
        if (found == m_states.end() || !std::exchange(found->second.isDue, false))
            continue;
        State& state = found->second;
        if (state.retryAt > now) {
            makeDue(key, state);
            continue;
        }
        const std::int64_t offset = state.partition->log().logEndOffset();
        const std::int32_t epoch = state.partition->leaderEpoch();
        const std::int64_t logStart = state.partition->log().logStartOffset();
        if (state.isKnownToSession && m_sessionId != 0 && state.requestedOffset == offset
            && state.requestedEpoch == epoch && state.requestedLogStart == logStart)
            continue;
        const auto [place, isNew] = topicAt.emplace(key.topicId, request.topics.size());
        if (isNew) {
            request.topics.emplace_back().topicId = key.topicId;
        }
        auto& partition = request.topics[place->second].partitions.emplace_back();
        partition.partition = key.partition;
        partition.currentLeaderEpoch = epoch;
        partition.fetchOffset = offset;
        partition.lastFetchedEpoch = state.partition->log().latestEpoch().value_or(-1);
        partition.logStartOffset = logStart;
        partition.partitionMaxBytes = m_options.partitionMaxBytes;
        state.requestedOffset = offset;
        state.requestedEpoch = epoch;
        state.requestedLogStart = logStart;
        state.isKnownToSession = true;
    }
    if (m_sessionId != 0) {
        for (const Key& key : std::exchange(m_forgotten, {})) {
            const auto known = m_states.find(key);
            if (known != m_states.end() && known->second.isKnownToSession)
                continue; // came back meanwhile
            auto& topic = request.forgottenTopicsData.emplace_back();
            topic.topicId = key.topicId;
            topic.partitions.push_back(key.partition);
        }
    }
    return request;
}

void ReplicaFetcher::answered(Result<Response> response, std::uint64_t request)
{
    --m_inFlight;
    if (!response) {
        forgetSession();
        if (!m_retry.isRunning())
            m_retry.start(m_options.backoff, [this] { fetch(); });
        return;
    }
    if (response->errorCode != 0) {
        // A session error: begin again with a full request.
        forgetSession();
        if (!m_retry.isRunning())
            m_retry.start(Duration::zero(), [this] { fetch(); });
        return;
    }
    if (m_sessionId == 0 && response->sessionId != 0) {
        m_sessionId = response->sessionId;
        m_sessionEpoch = 1;
    }
    for (auto& topic : response->responses)
        for (auto& data : topic.partitions)
            apply(topic.topicId, data, request);
    fetch();
}

void ReplicaFetcher::apply(
    const Uuid& topicId, Response::PartitionData& data, std::uint64_t request)
{
    const auto found = m_states.find({topicId, data.partitionIndex});
    if (found == m_states.end())
        return; // removed while the request was under way
    State& state = found->second;
    // Added again, or cut, since: its records may begin above our end, and leave a hole.
    if (request < state.firstRequest)
        return;
    makeDue(found->first, state);
    if (data.errorCode != 0) {
        m_log.write(LogLevel::Debug, kFetcherThread, "Fetch of {} from broker {}: {}",
            state.partition->name().toString(), m_leader.value(),
            factsOf(errorFromWire(data.errorCode)).name);
        if (errorFromWire(data.errorCode) == ErrorCode::OffsetOutOfRange
            && data.logStartOffset >= 0) {
            // The leader's log begins above our end: everything we have is gone there.
            const std::int64_t start = std::max(data.logStartOffset, std::int64_t(0));
            if (start > state.partition->log().logEndOffset()) {
                static_cast<void>(state.partition->log().truncateFullyAndStartAt(start));
                state.firstRequest = m_requests + 1;
            }
        }
        return retryLater(state);
    }
    if (data.divergingEpoch.epoch >= 0)
        return truncate(state, data.divergingEpoch.epoch, data.divergingEpoch.endOffset);
    append(state, data);
}

void ReplicaFetcher::append(State& state, Response::PartitionData& data)
{
    Partition& partition = *state.partition;
    const BytesView bytes = data.records.data.bytes;
    if (!bytes.empty()) {
        const auto first = protocol::BatchView::parse(bytes);
        if (first && first->baseOffset() < partition.log().logEndOffset())
            return; // an answer to what was asked before the last append
        const auto appended = partition.log().appendAsFollower(bytes, m_loop.wallClockMs());
        if (!appended) {
            m_log.error(kFetcherThread, "Error while appending to {}: {}",
                partition.name().toString(), appended.error().error.message);
            return retryLater(state);
        }
        if (m_events.isWanted() && appended->recordCount > 0) {
            Event event;
            event.timeNs = m_loop.wallClockMs() * 1'000'000;
            event.kind = EventKind::BatchReplicated;
            event.node = m_options.self;
            event.peer = m_leader;
            event.topic = m_events.intern(partition.name().topic);
            event.topicId = partition.topicId();
            event.partition = partition.name().partition;
            event.offset = appended->baseOffset;
            event.count = appended->recordCount;
            event.bytes = appended->bytes;
            event.epoch = partition.leaderEpoch();
            m_events.publish(event);
        }
    }
    partition.followLeader(data.highWatermark, data.logStartOffset);
    state.isInSync = partition.log().logEndOffset() >= data.highWatermark;
    if (partition.isThrottled())
        m_quota.record(static_cast<std::int64_t>(bytes.size()), m_loop.now());
}

// Our last epoch ends earlier at the leader: what we have beyond was never replicated there.
void ReplicaFetcher::truncate(State& state, std::int32_t epoch, std::int64_t endOffset)
{
    storage::PartitionLog& log = state.partition->log();
    const storage::EpochEndOffset ours = log.endOffsetForEpoch(epoch);
    // An epoch that we don't have: cut to the end of the newest one below it, then compare again.
    const std::int64_t target = ours.epoch < 0 ? std::min(endOffset, log.logEndOffset())
                                               : std::min(endOffset, ours.endOffset);
    const std::int64_t before = log.logEndOffset();
    m_log.info(kFetcherThread, "Truncating {} to offset {} (leader epoch {} ends there)",
        state.partition->name().toString(), target, epoch);
    if (const auto truncated = log.truncateTo(target); !truncated)
        return retryLater(state);
    state.requestedOffset = -1;
    state.firstRequest = m_requests + 1;
    if (m_events.isWanted() && log.logEndOffset() < before) {
        Event event;
        event.timeNs = m_loop.wallClockMs() * 1'000'000;
        event.kind = EventKind::LogTruncated;
        event.node = m_options.self;
        event.topic = m_events.intern(state.partition->name().topic);
        event.topicId = state.partition->topicId();
        event.partition = state.partition->name().partition;
        event.offset = log.logEndOffset();
        event.epoch = state.partition->leaderEpoch();
        m_events.publish(event);
    }
}

void ReplicaFetcher::forgetSession()
{
    m_sessionId = 0;
    m_sessionEpoch = 0;
    m_forgotten.clear();
    for (auto& [key, state] : m_states)
        state.isKnownToSession = false;
    makeAllDue();
}

void ReplicaFetcher::retryLater(State& state)
{
    // Out of the session until then: the leader would answer the error again and again.
    if (std::exchange(state.isKnownToSession, false))
        m_forgotten.push_back({state.partition->topicId(), state.partition->name().partition});
    state.retryAt = m_loop.now() + m_options.backoff;
    state.requestedOffset = -1;
    makeDue({state.partition->topicId(), state.partition->name().partition}, state);
    if (!m_retryPartitions.isRunning())
        m_retryPartitions.start(m_options.backoff, [this] { fetch(); });
}

} // namespace moldau::broker
