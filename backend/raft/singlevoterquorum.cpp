#include "raft/singlevoterquorum.h"

#include "base/errorcode.h"
#include "raft/batches.h"
#include "raft/quorumstate.h"

namespace moldau::raft {

namespace {

constexpr std::string_view kComponent = "org.apache.kafka.raft.KafkaRaftClient";
constexpr std::size_t kReadBytes = 1 << 20;

} // namespace

std::string_view nameOf(Role role)
{
    switch (role) {
    case Role::Unattached:
        return "Unattached";
    case Role::Candidate:
        return "Candidate";
    case Role::Leader:
        return "Leader";
    case Role::Follower:
        return "Follower";
    case Role::Observer:
        return "Observer";
    case Role::Resigned:
        return "Resigned";
    }
    return {};
}

SingleVoterQuorum::SingleVoterQuorum(EventLoop& loop, FileSystem& files, Log& log,
    std::unique_ptr<ReplicatedLog> replicated, Options options)
    : m_loop(loop)
    , m_files(files)
    , m_nodeLog(log)
    , m_log(std::move(replicated))
    , m_options(std::move(options))
{
}

SingleVoterQuorum::~SingleVoterQuorum()
{
    *m_isAlive = false;
}

LeaderAndEpoch SingleVoterQuorum::leader() const
{
    return {m_role == Role::Leader ? m_options.self.id : kNoBroker, m_epoch};
}

Result<void> SingleVoterQuorum::start(QuorumListener& listener)
{
    m_listener = &listener;
    // The epoch stands in the log before anything is committed in it, so the file is not synced,
    // and one that a power cut left broken is no loss.
    const auto state = readQuorumState(m_files, m_options.statePath);
    if (!state && state.error().code != ErrorCode::LocalCorruptData)
        return fail(state.error());
    const std::int32_t stateEpoch = state && *state ? (*state)->epoch : 0;
    const std::int32_t lastEpoch = std::max(m_log->lastEpoch(), stateEpoch);
    m_epoch = lastEpoch + 1;
    if (auto written = writeQuorumState(m_files, m_options.statePath,
            {m_options.self.id, m_epoch, m_options.self.id, m_options.self.directory},
            Durability::Process);
        !written)
        return written;

    const std::vector<Voter> voters{m_options.self};
    const auto batch = buildLeaderBatch(
        {m_log->endOffset(), m_epoch, m_loop.wallClockMs()}, m_options.self.id, voters);
    if (!batch)
        return fail(batch.error());
    m_toldOffset = m_log->startOffset();
    m_highWatermark = m_toldOffset;
    if (auto appended = m_log->append(*batch, m_loop.wallClockMs()); !appended)
        return appended;
    m_nodeLog.info(kComponent,
        "[RaftManager id={}] Completed transition to Leader(localVoterNode={}, epoch={}, "
        "epochStartOffset={})",
        m_options.self.id.value(), m_options.self.id.value(), m_epoch, m_log->endOffset() - 1);
    flushSoon();
    return {};
}

Result<std::int64_t> SingleVoterQuorum::append(
    std::vector<Bytes> values, Callback<void(Result<void>)> committed)
{
    if (m_role != Role::Leader)
        return fail(ErrorCode::NotLeaderOrFollower, "this node does not lead the metadata quorum");
    const std::int64_t baseOffset = m_log->endOffset();
    const auto batch = buildBatch({baseOffset, m_epoch, m_loop.wallClockMs()}, values);
    if (!batch)
        return fail(batch.error());
    if (auto appended = m_log->append(*batch, m_loop.wallClockMs()); !appended) {
        m_loop.post([this, alive = std::weak_ptr(m_isAlive), error = appended.error()] {
            if (!alive.expired())
                stop(error);
        });
        return fail(appended.error());
    }
    m_appends.push_back({baseOffset, m_log->endOffset(), std::move(committed)});
    flushSoon();
    return baseOffset;
}

void SingleVoterQuorum::flushSoon()
{
    if (m_isFlushing || m_isFlushPosted)
        return;
    m_isFlushPosted = true;
    m_loop.post([this, alive = std::weak_ptr(m_isAlive)] {
        if (alive.expired())
            return;
        m_isFlushPosted = false;
        flush();
    });
}

void SingleVoterQuorum::flush()
{
    m_isFlushing = true;
    m_log->flush([this, alive = std::weak_ptr(m_isAlive)](Result<std::int64_t> upTo) {
        if (!alive.expired())
            flushed(upTo);
    });
}

void SingleVoterQuorum::flushed(const Result<std::int64_t>& upTo)
{
    m_isFlushing = false;
    if (!upTo)
        return stop(upTo.error());
    m_highWatermark = std::max(m_highWatermark, *upTo);
    m_log->setHighWatermark(m_highWatermark);
    if (m_log->endOffset() > m_highWatermark)
        flushSoon();

    const std::weak_ptr alive(m_isAlive);
    tellCommitted();
    if (alive.expired() || m_role == Role::Resigned)
        return;
    if (m_role != Role::Leader) {
        m_role = Role::Leader;
        m_listener->leaderChanged(leader());
        if (alive.expired())
            return;
    }
    answerFetches();
}

void SingleVoterQuorum::tellCommitted()
{
    const std::weak_ptr alive(m_isAlive);
    while (!alive.expired() && m_toldOffset < m_highWatermark) {
        if (!m_appends.empty() && m_appends.front().baseOffset == m_toldOffset) {
            OpenAppend done = std::move(m_appends.front());
            m_appends.pop_front();
            m_toldOffset = done.endOffset;
            done.committed({});
            continue;
        }
        const auto batches = m_log->readCommitted(m_toldOffset, kReadBytes);
        if (!batches)
            return stop(batches.error());
        const auto end = endOffsetOf(batches->bytes);
        if (!end || *end <= m_toldOffset)
            return stop({ErrorCode::LocalCorruptData,
                "the metadata log can't be read at offset " + std::to_string(m_toldOffset)});
        m_toldOffset = *end;
        m_listener->committed(*batches);
    }
}

void SingleVoterQuorum::failAppends(const Error& error)
{
    auto open = std::exchange(m_appends, {});
    const std::weak_ptr alive(m_isAlive);
    for (OpenAppend& each : open) {
        each.committed(fail(error));
        if (alive.expired())
            return;
    }
}

void SingleVoterQuorum::stop(const Error& error)
{
    if (m_role == Role::Resigned)
        return;
    m_role = Role::Resigned;
    m_nodeLog.error(kComponent, "[RaftManager id={}] The metadata log failed: {}",
        m_options.self.id.value(), error.message);
    const std::weak_ptr alive(m_isAlive);
    failAppends(error);
    if (!alive.expired())
        answerFetches();
    if (!alive.expired())
        m_listener->failed(error);
}

void SingleVoterQuorum::resign()
{
    if (m_role == Role::Resigned)
        return;
    m_role = Role::Resigned;
    m_loop.post([this, alive = std::weak_ptr(m_isAlive)] {
        if (alive.expired())
            return;
        failAppends({ErrorCode::NotLeaderOrFollower, "this node let go of the metadata quorum"});
        if (!alive.expired())
            answerFetches();
    });
}

} // namespace moldau::raft
