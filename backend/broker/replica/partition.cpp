#include "broker/replica/partition.h"

#include <algorithm>
#include <utility>

namespace moldau::broker {

Partition::Partition(
    PartitionHost& host, TopicPartition name, Uuid topicId, storage::PartitionLog& log)
    : m_host(host)
    , m_name(std::move(name))
    , m_topicId(topicId)
    , m_log(log)
    , m_topicName(host.events().intern(m_name.topic))
{
}

Partition::~Partition() = default;

void Partition::apply(const controller::PartitionImage& image)
{
    const controller::PartitionImage before = std::exchange(m_image, image);
    if (m_proposedIsr && image.partitionEpoch > before.partitionEpoch)
        m_proposedIsr.reset();
    const bool isNewEpoch = image.leaderEpoch != before.leaderEpoch;
    const bool wasLeader = isLeader();
    if (image.leader == m_host.self()) {
        m_role = Role::Leader;
        if (!wasLeader || isNewEpoch)
            becomeLeader();
        else
            trackFollowers();
        moveHighWatermark();
        watchIsr();
    } else {
        m_role = image.hasLeader() ? Role::Follower : Role::Offline;
        m_followers.clear();
        m_proposedIsr.reset();
    }
    if (wasLeader && !isLeader())
        failWaits(ErrorCode::NotLeaderOrFollower);
    wakeReaders();
    if (m_host.events().isWanted() && before.leader != image.leader) {
        Event event = eventOf(EventKind::LeaderChanged);
        event.peer = image.leader;
        m_host.events().publish(event);
    }
}

void Partition::becomeLeader()
{
    m_epochStart = m_log.logEndOffset();
    // A log directory that just failed takes the broker down; there is nothing more to do here.
    static_cast<void>(m_log.assignEpochStart(m_image.leaderEpoch, m_epochStart));
    m_followers.clear();
    trackFollowers();
}

// A reassignment brings and takes replicas while the leader stays.
void Partition::trackFollowers()
{
    std::erase_if(m_followers,
        [&](const auto& each) { return !controller::contains(m_image.replicas, each.first); });
    for (const BrokerId replica : m_image.replicas) {
        if (replica == m_host.self() || m_followers.contains(replica))
            continue;
        m_followers[replica].lastCaughtUp = controller::contains(m_image.isr, replica)
            ? m_host.loop().now()
            : Duration::min() / 2;
    }
}

void Partition::retire(ErrorCode reason)
{
    m_role = Role::Offline;
    failWaits(reason);
    for (DataWaiter* const waiter : std::exchange(m_dataWaiters, {}))
        waiter->partitionGone(*this);
}

ErrorCode Partition::check(std::int32_t epoch, bool needsLeader) const
{
    if (epoch >= 0 && epoch < m_image.leaderEpoch)
        return ErrorCode::FencedLeaderEpoch;
    if (epoch >= 0 && epoch > m_image.leaderEpoch)
        return ErrorCode::UnknownLeaderEpoch;
    if (needsLeader && !isLeader())
        return ErrorCode::NotLeaderOrFollower;
    return ErrorCode::None;
}

std::size_t Partition::effectiveMinIsr() const
{
    return std::min(
        static_cast<std::size_t>(std::max(m_minInSyncReplicas, 1)), m_image.replicas.size());
}

storage::AppendResult Partition::append(
    BytesView batch, const storage::LeaderAppend& context, bool needsMinIsr)
{
    if (needsMinIsr && m_image.isr.size() < effectiveMinIsr()) {
        std::string isr;
        for (const BrokerId id : m_image.isr)
            isr += (isr.empty() ? "" : ", ") + std::to_string(id.value());
        return tl::unexpected(storage::AppendFailure{
            Error{ErrorCode::NotEnoughReplicas,
                "The size of the current ISR : " + std::to_string(m_image.isr.size())
                    + " is insufficient to satisfy the min.isr requirement of "
                    + std::to_string(effectiveMinIsr()) + " for partition " + m_name.toString()
                    + ", live replica(s) broker.id are : [" + isr + "]"},
            {}});
    }
    noteCaughtUp();
    auto appended = m_log.appendAsLeader(batch, context);
    if (appended && !appended->isDuplicate) {
        watchIsr();
        moveHighWatermark();
        wakeReaders();
    }
    return appended;
}

std::uint64_t Partition::whenReplicated(std::int64_t offset, Callback<void(ErrorCode)> done)
{
    if (m_log.highWatermark() >= offset) {
        done(ErrorCode::None);
        return 0;
    }
    return m_replicationWaits.add(offset, std::move(done));
}

void Partition::followerFetched(BrokerId id, std::int64_t fetchOffset, std::int64_t logStartOffset)
{
    const auto found = m_followers.find(id);
    if (found == m_followers.end())
        return;
    Follower& follower = found->second;
    const Duration now = m_host.loop().now();
    const std::int64_t leaderEnd = m_log.logEndOffset();
    if (fetchOffset >= leaderEnd)
        follower.lastCaughtUp = std::max(follower.lastCaughtUp, now);
    else if (follower.leaderEndAtLastFetch >= 0 && fetchOffset >= follower.leaderEndAtLastFetch)
        follower.lastCaughtUp = std::max(follower.lastCaughtUp, follower.lastFetch);
    const bool hasMoved = follower.logEndOffset != fetchOffset;
    follower.logEndOffset = fetchOffset;
    follower.logStartOffset = logStartOffset;
    follower.leaderEndAtLastFetch = leaderEnd;
    follower.lastFetch = now;
    follower.isFetching = true;
    if (fetchOffset != leaderEnd)
        watchIsr(); // it lags, or began anew
    if (hasMoved)
        moveHighWatermark();
    finishDeletionWaits();
}

void Partition::followerLeft(BrokerId follower)
{
    const auto found = m_followers.find(follower);
    if (found != m_followers.end())
        found->second.isFetching = false;
}

void Partition::noteCaughtUp()
{
    const std::int64_t end = m_log.logEndOffset();
    for (auto& [id, follower] : m_followers)
        if (follower.isFetching && follower.logEndOffset == end)
            follower.lastCaughtUp = std::max(follower.lastCaughtUp, m_host.lastFetchOf(id));
}

void Partition::followLeader(std::int64_t leaderHighWatermark, std::int64_t leaderLogStart)
{
    if (isLeader())
        return;
    // A new leader may not know yet what is committed; what this replica knows stays true.
    const std::int64_t before = m_log.highWatermark();
    const std::int64_t after = m_log.setHighWatermark(
        std::max(before, std::min(leaderHighWatermark, m_log.logEndOffset())));
    if (after != before)
        emitHighWatermark();
    if (leaderLogStart > m_log.logStartOffset() && leaderLogStart <= m_log.highWatermark())
        static_cast<void>(m_log.advanceLogStartOffset(leaderLogStart));
    wakeReaders();
}

bool Partition::isInMaximalIsr(BrokerId broker) const
{
    return controller::contains(m_image.isr, broker)
        || (m_proposedIsr && controller::contains(*m_proposedIsr, broker));
}

bool Partition::isCaughtUp(const Follower& follower) const
{
    return follower.logEndOffset == m_log.logEndOffset()
        || m_host.loop().now() - follower.lastCaughtUp <= m_host.replicaLagTimeMax();
}

// Kafka's rule: the least log end of the maximal ISR and of those about to join it. Below min ISR
// it stays where it is (KIP-966), so that what was acknowledged is on enough replicas.
void Partition::moveHighWatermark()
{
    if (m_image.isr.size() < effectiveMinIsr())
        return;
    std::int64_t least = m_log.logEndOffset();
    for (const auto& [id, follower] : m_followers) {
        const bool counts = isInMaximalIsr(id)
            || (follower.logEndOffset >= 0 && isCaughtUp(follower) && m_host.mayJoinIsr(id));
        if (counts)
            least = std::min(least, follower.logEndOffset);
    }
    if (least <= m_log.highWatermark())
        return;
    m_log.setHighWatermark(least);
    emitHighWatermark();
    finishReplicationWaits();
    wakeReaders();
}

std::optional<controller::Replicas> Partition::wantedIsr() const
{
    if (!isLeader() || m_proposedIsr)
        return std::nullopt;
    controller::Replicas wanted;
    const Duration now = m_host.loop().now();
    for (const BrokerId id : m_image.replicas) {
        if (id == m_host.self()) {
            wanted.push_back(id);
            continue;
        }
        const auto found = m_followers.find(id);
        if (found == m_followers.end())
            continue;
        const Follower& follower = found->second;
        const bool isIn = controller::contains(m_image.isr, id);
        const bool lags = follower.logEndOffset != m_log.logEndOffset()
            && now - follower.lastCaughtUp > m_host.replicaLagTimeMax();
        const bool mayJoin = follower.logEndOffset >= m_log.highWatermark()
            && follower.logEndOffset >= m_epochStart && m_host.mayJoinIsr(id);
        if (isIn ? !lags : mayJoin)
            wanted.push_back(id);
    }
    const bool isSame = wanted.size() == m_image.isr.size()
        && std::all_of(wanted.begin(), wanted.end(),
            [&](BrokerId id) { return controller::contains(m_image.isr, id); });
    return isSame ? std::nullopt : std::optional(std::move(wanted));
}

bool Partition::isSettled() const
{
    if (!isLeader())
        return true;
    return !m_proposedIsr && m_image.isr.size() == m_image.replicas.size()
        && std::all_of(m_followers.begin(), m_followers.end(),
            [this](const auto& each) { return each.second.logEndOffset == m_log.logEndOffset(); });
}

void Partition::watchIsr()
{
    if (!std::exchange(m_isIsrWatched, true))
        m_host.watchIsr(*this);
}

void Partition::removeWaiter(DataWaiter& waiter)
{
    std::erase(m_dataWaiters, &waiter);
}

std::int64_t Partition::followerEndOffset(BrokerId follower) const
{
    const auto found = m_followers.find(follower);
    return found == m_followers.end() ? -1 : found->second.logEndOffset;
}

void Partition::finishReplicationWaits()
{
    m_replicationWaits.finishUpTo(m_log.highWatermark(),
        m_image.isr.size() < effectiveMinIsr() ? ErrorCode::NotEnoughReplicasAfterAppend
                                               : ErrorCode::None);
}

std::int64_t Partition::lowWatermark() const
{
    std::int64_t least = m_log.logStartOffset();
    for (const auto& [id, follower] : m_followers) {
        if (m_host.isAlive(id))
            least = std::min(least, follower.logStartOffset);
    }
    return least;
}

std::uint64_t Partition::whenDeleted(std::int64_t offset, Callback<void(ErrorCode)> done)
{
    if (lowWatermark() >= offset) {
        done(ErrorCode::None);
        return 0;
    }
    return m_deletionWaits.add(offset, std::move(done));
}

void Partition::livenessChanged()
{
    if (isLeader())
        moveHighWatermark();
    finishDeletionWaits();
}

void Partition::finishDeletionWaits()
{
    if (isLeader() && !m_deletionWaits.isEmpty())
        m_deletionWaits.finishUpTo(lowWatermark(), ErrorCode::None);
}

void Partition::failWaits(ErrorCode reason)
{
    m_replicationWaits.finishAll(reason);
    m_deletionWaits.finishAll(reason);
}

void Partition::wakeReaders()
{
    for (DataWaiter* const waiter : m_dataWaiters)
        waiter->partitionChanged(*this);
}

void Partition::emitHighWatermark()
{
    if (!m_host.events().isWanted())
        return;
    Event event = eventOf(EventKind::HighWatermarkMoved);
    event.offset = m_log.highWatermark();
    m_host.events().publish(event);
}

Event Partition::eventOf(EventKind kind) const
{
    Event event;
    event.timeNs = m_host.loop().wallClockMs() * 1'000'000;
    event.kind = kind;
    event.node = m_host.self();
    event.topic = m_topicName;
    event.topicId = m_topicId;
    event.partition = m_name.partition;
    event.epoch = m_image.leaderEpoch;
    return event;
}

} // namespace moldau::broker
