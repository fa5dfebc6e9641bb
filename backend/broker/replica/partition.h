#pragma once

#include "base/eventloop.h"
#include "broker/replica/offsetwaits.h"
#include "controller/images.h"
#include "events/eventsink.h"
#include "storage/partitionlog.h"

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace moldau::broker {

class Partition;

/** Hears when a partition has more to read; registered by a waiting Fetch, on the broker's thread.
 */
class DataWaiter {
public:
    virtual ~DataWaiter() = default;
    /** Data, the high watermark, or the leadership changed. May not touch the partition's waiters.
     */
    virtual void partitionChanged(Partition& partition) = 0;
    /** The partition goes away and has already forgotten its waiters. */
    virtual void partitionGone(Partition& partition) = 0;
};

/** What a partition needs from its broker. */
class PartitionHost {
public:
    virtual ~PartitionHost() = default;
    virtual BrokerId self() const = 0;
    virtual EventLoop& loop() = 0;
    virtual EventSink& events() = 0;
    /** The broker is registered, not fenced and not shutting down. */
    virtual bool mayJoinIsr(BrokerId broker) const = 0;
    /** The broker is registered and not fenced. */
    virtual bool isAlive(BrokerId broker) const = 0;
    virtual Duration replicaLagTimeMax() const = 0;
    /** When this broker last fetched here, whatever of; long ago when it never did. */
    virtual Duration lastFetchOf(BrokerId follower) const = 0;
    /** Time alone may change what wantedIsr() says, until isSettled(). Told once till then. */
    virtual void watchIsr(Partition& partition) = 0;
};

/**
 * One replica of a partition on this broker: its role, and as leader the followers' progress, the
 * in-sync replicas and the high watermark (Kafka's Partition and Replica). Owned by the
 * ReplicaManager, used on the broker's thread.
 */
class Partition {
public:
    enum class Role { Offline, Leader, Follower };

    Partition(PartitionHost& host, TopicPartition name, Uuid topicId, storage::PartitionLog& log);
    ~Partition();

    const TopicPartition& name() const { return m_name; }
    const Uuid& topicId() const { return m_topicId; }
    storage::PartitionLog& log() { return m_log; }
    const storage::PartitionLog& log() const { return m_log; }
    Role role() const { return m_role; }
    bool isLeader() const { return m_role == Role::Leader; }
    BrokerId leader() const { return m_image.leader; }
    std::int32_t leaderEpoch() const { return m_image.leaderEpoch; }
    std::int32_t partitionEpoch() const { return m_image.partitionEpoch; }
    const controller::Replicas& isr() const { return m_image.isr; }
    const controller::PartitionImage& image() const { return m_image; }
    /**
     * As leader: whether its high watermark may still be below that of an earlier leader, so that
     * nobody is to be told where the log ends for readers (KIP-207).
     */
    bool isCatchingUpHighWatermark() const
    {
        return isLeader() && m_log.highWatermark() < m_epochStart;
    }
    void setMinInSyncReplicas(std::int32_t count) { m_minInSyncReplicas = count; }
    /** Whether this broker's share of its replication counts, and may be held back (KIP-73). */
    void setThrottled(bool asLeader, bool asFollower)
    {
        m_isThrottledAsLeader = asLeader;
        m_isThrottledAsFollower = asFollower;
    }
    bool isThrottled() const
    {
        return isLeader() ? m_isThrottledAsLeader : m_isThrottledAsFollower;
    }

    /** Takes over what the metadata say; what waited on the old leadership fails. */
    void apply(const controller::PartitionImage& image);
    /** The replica goes away (topic deleted, moved, broker stopping): all that waits fails. */
    void retire(ErrorCode reason);

    /**
     * Whether a request that knows `epoch` (-1: doesn't care) may be served: None,
     * FencedLeaderEpoch, UnknownLeaderEpoch, or NotLeaderOrFollower when a leader is needed.
     */
    ErrorCode check(std::int32_t epoch, bool needsLeader) const;

    /** Appends one produced batch. `needsMinIsr` for acks=all. */
    storage::AppendResult append(
        BytesView batch, const storage::LeaderAppend& context, bool needsMinIsr);
    /**
     * Calls `done` once everything below `offset` is on all in-sync replicas (None,
     * NotEnoughReplicasAfterAppend), or the leadership is lost (NotLeaderOrFollower). At once when
     * it already is. Returns a ticket for forgetReplicationWait(), 0 when called at once.
     */
    std::uint64_t whenReplicated(std::int64_t offset, Callback<void(ErrorCode)> done);
    /** False when it was called already. */
    bool forgetReplicationWait(std::uint64_t ticket) { return m_replicationWaits.forget(ticket); }

    /** As leader: a follower asks from `fetchOffset` on, so it has everything below. */
    void followerFetched(BrokerId follower, std::int64_t fetchOffset, std::int64_t logStartOffset);
    /** As leader: the follower fetches other partitions without this one. */
    void followerLeft(BrokerId follower);
    /** As leader: records were deleted from the log's start; followers are told at once. */
    void logStartMoved() { wakeReaders(); }
    /** As leader: the least log start of all live replicas; -1 while one of them is unknown. */
    std::int64_t lowWatermark() const;
    /** Calls `done` once the low watermark is at `offset`; otherwise as whenReplicated(). */
    std::uint64_t whenDeleted(std::int64_t offset, Callback<void(ErrorCode)> done);
    bool forgetDeletionWait(std::uint64_t ticket) { return m_deletionWaits.forget(ticket); }
    /** Brokers came or went, or time has passed: dead replicas don't hold the low watermark, nor
     * those that will not join the ISR the high one. */
    void livenessChanged();
    /** As follower: what the leader's answer says. */
    void followLeader(std::int64_t leaderHighWatermark, std::int64_t leaderLogStart);

    /** As leader: the ISR that should be proposed to the controller at this moment, if any. */
    std::optional<controller::Replicas> wantedIsr() const;
    /**
     * Every replica is in sync and has all that the leader has, so the ISR stays as it is until
     * something is appended, fetched or decided. Also true of a partition that doesn't lead.
     */
    bool isSettled() const;
    bool isIsrWatched() const { return m_isIsrWatched; }
    /** The host has seen that it is settled, and watches no longer. */
    void endIsrWatch() { m_isIsrWatched = false; }
    /** A proposal is under way: until it is answered it counts into the maximal ISR. */
    void proposeIsr(controller::Replicas isr) { m_proposedIsr = std::move(isr); }
    bool hasProposal() const { return m_proposedIsr.has_value(); }
    /** The controller refused, or can't be reached. */
    void dropProposal() { m_proposedIsr.reset(); }

    void addWaiter(DataWaiter& waiter) { m_dataWaiters.push_back(&waiter); }
    void removeWaiter(DataWaiter& waiter);

    /** How far a follower has come, for DescribeTopics and the picture; -1 unknown. */
    std::int64_t followerEndOffset(BrokerId follower) const;

private:
    struct Follower {
        std::int64_t logEndOffset = -1;
        std::int64_t logStartOffset = -1;
        std::int64_t leaderEndAtLastFetch = -1;
        Duration lastFetch{};
        Duration lastCaughtUp{};
        bool isFetching = false; // this partition: by each request, or as one of its session
    };

    void becomeLeader();
    void trackFollowers();
    void watchIsr();
    bool isInMaximalIsr(BrokerId broker) const;
    bool isCaughtUp(const Follower& follower) const;
    std::size_t effectiveMinIsr() const;
    void moveHighWatermark();
    /** Who has all up to the end was caught up when it last fetched, though not of this partition:
     * a session leaves out what is as it was. */
    void noteCaughtUp();
    void finishReplicationWaits();
    void finishDeletionWaits();
    void failWaits(ErrorCode reason);
    void wakeReaders();
    void emitHighWatermark();
    Event eventOf(EventKind kind) const;

    PartitionHost& m_host;
    TopicPartition m_name;
    Uuid m_topicId;
    storage::PartitionLog& m_log;
    Role m_role = Role::Offline;
    controller::PartitionImage m_image;
    std::int64_t m_epochStart = 0; // log end when this broker became leader
    std::int32_t m_minInSyncReplicas = 1;
    bool m_isThrottledAsLeader = false;
    bool m_isThrottledAsFollower = false;
    std::map<BrokerId, Follower> m_followers;
    std::optional<controller::Replicas> m_proposedIsr;
    bool m_isIsrWatched = false;
    OffsetWaits m_replicationWaits;
    OffsetWaits m_deletionWaits;
    std::vector<DataWaiter*> m_dataWaiters;
    NameId m_topicName;
};

} // namespace moldau::broker
