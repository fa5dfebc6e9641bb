#include "raft/votingquorum.h"

#include "base/errorcode.h"
#include "raft/batches.h"

namespace moldau::raft {

namespace {

constexpr std::string_view kComponent = "org.apache.kafka.raft.KafkaRaftClient";
constexpr std::size_t kReadBytes = 1 << 20;
constexpr Duration kCleanInterval = std::chrono::minutes(1); // as Kafka's quorum looks

const Error kNotLeader{
    ErrorCode::NotLeaderOrFollower, "this node does not lead the metadata quorum"};

} // namespace

VotingQuorum::VotingQuorum(EventLoop& loop, Transport& transport, FileSystem& files, Log& log,
    std::unique_ptr<ReplicatedLog> replicated, Options options)
    : m_loop(loop)
    , m_transport(transport)
    , m_files(files)
    , m_nodeLog(log)
    , m_log(std::move(replicated))
    , m_options(std::move(options))
    , m_wire{m_options.clusterId, m_options.voters}
    , m_tickTimer(loop)
    , m_cleanTimer(loop)
{
}

VotingQuorum::~VotingQuorum()
{
    *m_isAlive = false;
}

LeaderAndEpoch VotingQuorum::leader() const
{
    return m_isStopped || !m_consensus ? LeaderAndEpoch{} : m_consensus->leader();
}

std::int64_t VotingQuorum::highWatermark() const
{
    return m_consensus ? m_consensus->highWatermark() : m_log->startOffset();
}

Result<void> VotingQuorum::start(QuorumListener& listener)
{
    m_listener = &listener;
    auto state = readQuorumState(m_files, m_options.statePath);
    // A voter without others may have lost the file to a power cut, see perform(SaveState).
    if (!state && (!isAlone() || state.error().code != ErrorCode::LocalCorruptData))
        return fail(state.error());
    Consensus::Options options = m_options.consensus;
    options.self = {m_options.self.id, m_options.self.directory};
    for (const Voter& voter : m_options.voters) {
        options.voters.push_back(voter.id);
        if (voter.id == m_options.self.id)
            continue;
        VoterClient::Options client;
        client.self = m_options.self.id;
        client.peer = voter.id;
        client.requestTimeout = m_options.requestTimeout;
        // A leader that has nothing to say is heard of well before it is given up.
        client.fetchWaitMs = static_cast<std::int32_t>(
            std::chrono::duration_cast<std::chrono::milliseconds>(options.fetchTimeout / 4)
                .count());
        m_clients[voter.id] = std::make_unique<VoterClient>(m_loop, m_transport, m_wire, client);
    }
    m_consensus = std::make_unique<Consensus>(
        std::move(options), *m_log, state && *state ? **state : QuorumState{});
    m_consensus->start(m_loop.now());
    carryOut();
    flushSoon();
    cleanSoon();
    return {};
}

void VotingQuorum::carryOut()
{
    for (const Effect& effect : m_consensus->takeEffects()) {
        if (m_isStopped)
            return;
        const auto performed
            = std::visit([this](const auto& each) { return perform(each); }, effect);
        if (!performed) {
            m_isStopped = true;
            m_loop.post([this, alive = std::weak_ptr(m_isAlive), error = performed.error()] {
                if (!alive.expired())
                    stop(error);
            });
        }
    }
    scheduleTick();
}

void VotingQuorum::scheduleTick()
{
    const Duration next = m_consensus->nextTick();
    if (next == Duration::max())
        return m_tickTimer.cancel();
    m_tickTimer.start(std::max(next - m_loop.now(), Duration::zero()), [this] {
        m_consensus->tick(m_loop.now());
        carryOut();
    });
}

Result<void> VotingQuorum::perform(const SaveState& save)
{
    // Nothing goes on before a vote is on the disk, so this thread waits for it; elections are
    // rare. A voter without others gives nobody its word: its epoch stands in the log before
    // anything is committed in it.
    return writeQuorumState(m_files, m_options.statePath, save.state,
        isAlone() ? Durability::Process : Durability::Power);
}

Result<void> VotingQuorum::perform(const Send& send)
{
    m_clients.at(send.to)->send(
        send.request, [this, call = send.call, to = send.to](Result<Answer> answer) {
            if (m_isStopped)
                return;
            if (answer) {
                m_consensus->answered(call, *answer, m_loop.now());
            } else {
                const ErrorCode why = answer.error().code;
                const bool isUnreachable = why == ErrorCode::LocalConnectionClosed
                    || why == ErrorCode::LocalConnectionRefused;
                m_consensus->failed(call, isUnreachable, m_loop.now());
                if (isUnreachable && isLeader())
                    tellUnreachable(to);
            }
            carryOut();
        });
    return {};
}

Result<void> VotingQuorum::perform(const StartEpoch& start)
{
    const auto batch = buildLeaderBatch({m_log->endOffset(), start.epoch, m_loop.wallClockMs()},
        m_options.self.id, start.granting, m_options.voters);
    if (!batch)
        return fail(batch.error());
    m_nodeLog.info(kComponent,
        "[RaftManager id={}] Completed transition to Leader(localVoterNode={}, epoch={}, "
        "epochStartOffset={})",
        m_options.self.id.value(), m_options.self.id.value(), start.epoch, m_log->endOffset());
    m_progress.clear();
    flushSoon();
    return m_log->append(*batch, m_loop.wallClockMs());
}

Result<void> VotingQuorum::perform(const AppendFetched& fetched)
{
    flushSoon();
    return m_log->append(fetched.records.bytes, m_loop.wallClockMs());
}

Result<void> VotingQuorum::perform(const Truncate& cut)
{
    m_nodeLog.info(kComponent, "[RaftManager id={}] Truncated to offset {} from end offset {}",
        m_options.self.id.value(), cut.offset, m_log->endOffset());
    flushSoon();
    return m_log->truncateTo(cut.offset);
}

Result<void> VotingQuorum::perform(const StoreSnapshot& piece)
{
    // The log begins anew only with a snapshot that is on the disk, so this thread waits for it.
    auto stored = m_log->storeSnapshot(piece.id, piece.position, piece.bytes.bytes, piece.isLast);
    if (!stored && stored.error().code == ErrorCode::LocalCorruptData) {
        // The leader's file is damaged; the next fetch asks what there is by then.
        m_nodeLog.error(kComponent, "[RaftManager id={}] Cannot use the leader's snapshot: {}",
            m_options.self.id.value(), stored.error().message);
        stored = {};
    }
    if (piece.isLast)
        flushSoon();
    return stored;
}

Result<void> VotingQuorum::perform(const RoleChanged&)
{
    const bool isLeader = m_consensus->isLeader();
    if (m_wasLeader && !isLeader) {
        m_hasLostLeadership = true;
        const std::int64_t committed = m_consensus->highWatermark();
        while (!m_appends.empty() && m_appends.back().endOffset > committed) {
            m_lostAppends.push_front(std::move(m_appends.back()));
            m_appends.pop_back();
        }
    }
    m_wasLeader = isLeader;
    if (!isLeader)
        m_nodeLog.info(kComponent,
            "[RaftManager id={}] Completed transition to {}(epoch={}, leader={})",
            m_options.self.id.value(), nameOf(m_consensus->role()), m_consensus->epoch(),
            m_consensus->leader().leader.value());
    tellSoon();
    return {};
}

Result<void> VotingQuorum::perform(const HighWatermarkMoved&)
{
    m_log->setHighWatermark(m_consensus->highWatermark());
    tellSoon();
    return {};
}

Result<void> VotingQuorum::perform(const Violation& violation)
{
    return fail(ErrorCode::LocalCorruptData, violation.what);
}

Result<std::int64_t> VotingQuorum::append(
    std::vector<Bytes> values, Callback<void(Result<void>)> committed)
{
    // Who was the leader before builds on what may be lost, until it has been told.
    if (m_isStopped || !isLeader() || m_hasLostLeadership || m_toldLeader != leader())
        return fail(kNotLeader);
    const std::int64_t baseOffset = m_log->endOffset();
    const auto batch = buildBatch({baseOffset, m_consensus->epoch(), m_loop.wallClockMs()}, values);
    if (!batch)
        return fail(batch.error());
    if (auto appended = m_log->append(*batch, m_loop.wallClockMs()); !appended) {
        m_isStopped = true;
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

void VotingQuorum::flushSoon()
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

void VotingQuorum::flush()
{
    if (m_isStopped)
        return;
    m_isFlushing = true;
    m_log->flush([this, alive = std::weak_ptr(m_isAlive)](const Result<std::int64_t>& upTo) {
        if (!alive.expired())
            flushed(upTo);
    });
    if (!isAlone())
        answerFetches(); // the other voters' disks work while ours does
}

void VotingQuorum::flushed(const Result<std::int64_t>& upTo)
{
    m_isFlushing = false;
    if (!upTo)
        return stop(upTo.error());
    if (m_isStopped)
        return;
    m_consensus->flushed(*upTo, m_loop.now());
    carryOut();
    if (m_log->endOffset() != *upTo)
        flushSoon();
}

void VotingQuorum::tellUnreachable(BrokerId voter)
{
    m_loop.post([this, voter, alive = std::weak_ptr(m_isAlive)] {
        if (!alive.expired() && !m_isStopped && isLeader())
            m_listener->voterUnreachable(voter);
    });
}

void VotingQuorum::tellSoon()
{
    if (std::exchange(m_isTellPosted, true))
        return;
    m_loop.post([this, alive = std::weak_ptr(m_isAlive)] {
        if (alive.expired())
            return;
        m_isTellPosted = false;
        tell();
    });
}

void VotingQuorum::tell()
{
    const std::weak_ptr alive(m_isAlive);
    const auto goesOn = [&] { return !alive.expired() && !m_isStopped; };
    if (goesOn())
        tellCommitted();
    if (goesOn() && std::exchange(m_hasLostLeadership, false)) {
        failAppends(std::exchange(m_lostAppends, {}), kNotLeader);
        if (goesOn() && m_toldLeader.leader == m_options.self.id) {
            m_toldLeader = {kNoBroker, m_consensus->epoch()};
            m_listener->leaderChanged(m_toldLeader);
        }
        if (goesOn())
            tellCommitted();
    }
    if (goesOn())
        tellLeader();
    if (goesOn())
        answerFetches();
}

void VotingQuorum::tellLeader()
{
    const LeaderAndEpoch leader = m_consensus->leader();
    if (leader == m_toldLeader)
        return;
    if (m_consensus->isLeader() && m_toldOffset <= m_consensus->epochStart())
        return; // it hears of all that was committed before first
    if (m_consensus->isLeader())
        if (const auto corrected = correctVoters(); !corrected)
            return stop(corrected.error());
    m_toldLeader = leader;
    m_listener->leaderChanged(leader);
}

Result<void> VotingQuorum::correctVoters()
{
    const auto voters = votersRecord(m_options.voters);
    if (!voters)
        return fail(voters.error());
    if (!m_toldVoters || !*voters || **voters == *m_toldVoters)
        return {};
    const std::int64_t baseOffset = m_log->endOffset();
    const auto batch
        = buildVotersBatch({baseOffset, m_consensus->epoch(), m_loop.wallClockMs()}, **voters);
    if (!batch)
        return fail(batch.error());
    if (auto appended = m_log->append(*batch, m_loop.wallClockMs()); !appended)
        return appended;
    m_toldVoters = **voters;
    m_appends.push_back({baseOffset, m_log->endOffset(), [](const Result<void>&) {}});
    flushSoon();
    return {};
}

Result<bool> VotingQuorum::tellSnapshot()
{
    const auto newest = m_log->newestSnapshot();
    if (!newest || (m_toldOffset > 0 && m_toldOffset >= m_log->startOffset()))
        return false;
    const auto snapshot = m_log->loadSnapshot();
    if (!snapshot)
        return fail(snapshot.error());
    m_nodeLog.info(kComponent, "[RaftManager id={}] Loading the snapshot {} of {} bytes",
        m_options.self.id.value(), snapshotFileName(*newest), snapshot->batches.size());
    m_toldOffset = newest->offset;
    m_toldVoters = snapshot->head.voters;
    m_listener->snapshotLoaded(*snapshot);
    return true;
}

void VotingQuorum::tellCommitted()
{
    const std::weak_ptr alive(m_isAlive);
    while (!alive.expired() && !m_isStopped && m_toldOffset < m_consensus->highWatermark()) {
        const auto toldSnapshot = tellSnapshot();
        if (!toldSnapshot)
            return stop(toldSnapshot.error());
        if (*toldSnapshot)
            continue;
        if (!m_appends.empty() && m_appends.front().baseOffset == m_toldOffset) {
            if (m_appends.front().endOffset > m_consensus->highWatermark())
                return;
            OpenAppend done = std::move(m_appends.front());
            m_appends.pop_front();
            m_toldOffset = done.endOffset;
            done.committed({});
            continue;
        }
        const auto batches = m_log->read(m_toldOffset, kReadBytes, ReplicatedLog::Limit::Committed);
        if (!batches)
            return stop(batches.error());
        const auto end = endOffsetOf(batches->bytes);
        if (!end || *end <= m_toldOffset)
            return stop({ErrorCode::LocalCorruptData,
                "the metadata log can't be read at offset " + std::to_string(m_toldOffset)});
        auto voters = findVoters(batches->bytes);
        if (!voters)
            return stop(voters.error());
        if (*voters)
            m_toldVoters = std::move(*voters);
        m_toldOffset = *end;
        m_listener->committed(*batches);
    }
}

void VotingQuorum::tellAgain()
{
    m_toldOffset = 0;
    tellSoon();
}

void VotingQuorum::failAppends(std::deque<OpenAppend> appends, const Error& error)
{
    const std::weak_ptr alive(m_isAlive);
    for (OpenAppend& each : appends) {
        each.committed(fail(error));
        if (alive.expired())
            return;
    }
}

void VotingQuorum::stop(const Error& error)
{
    if (m_listener == nullptr)
        return;
    m_isStopped = true;
    m_tickTimer.cancel();
    m_cleanTimer.cancel();
    m_nodeLog.error(kComponent, "[RaftManager id={}] The metadata log failed: {}",
        m_options.self.id.value(), error.message);
    QuorumListener* const listener = std::exchange(m_listener, nullptr);
    const std::weak_ptr alive(m_isAlive);
    failAppends(std::exchange(m_lostAppends, {}), error);
    if (!alive.expired())
        failAppends(std::exchange(m_appends, {}), error);
    if (!alive.expired())
        answerFetches();
    if (!alive.expired())
        listener->failed(error);
}

bool VotingQuorum::writeSnapshot(std::int64_t endOffset, std::int64_t lastContainedLogMs,
    SnapshotSource source, Callback<void(Result<void>)> done)
{
    if (m_isStopped || m_isWritingSnapshot || endOffset <= newestSnapshotEnd()
        || endOffset > highWatermark())
        return false;
    const auto voters = votersRecord(m_options.voters);
    if (!voters)
        return false;
    m_isWritingSnapshot = true;
    m_log->writeSnapshot({{m_log->epochBefore(endOffset), endOffset}, lastContainedLogMs, *voters},
        std::move(source),
        [this, alive = std::weak_ptr(m_isAlive), done = std::move(done)](
            Result<void> written) mutable {
            if (alive.expired())
                return;
            m_isWritingSnapshot = false;
            if (written)
                cleanSoon();
            done(std::move(written));
        });
    return true;
}

void VotingQuorum::cleanSoon()
{
    m_cleanTimer.start(Duration::zero(), [this] { clean(); });
}

void VotingQuorum::clean()
{
    if (m_isStopped)
        return;
    if (const auto cleaned = m_log->clean(); !cleaned)
        return stop(cleaned.error());
    m_cleanTimer.start(kCleanInterval, [this] { clean(); });
}

void VotingQuorum::resign()
{
    m_consensus->resign(m_loop.now());
    carryOut();
}

} // namespace moldau::raft
