#pragma once

#include "coordinator/groupoffsets.h"
#include "coordinator/joinrequests.h"
#include "coordinator/membership.h"
#include "protocol/messages/describegroupsresponse.h"
#include "protocol/messages/listgroupsrequest.h"
#include "protocol/messages/listgroupsresponse.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace moldau::coordinator {

/**
 * The coordinator of the groups that one partition of __consumer_offsets holds: classic groups and
 * committed offsets. A state machine: inputs are requests, records of the log, ends of appends and
 * the passing of time; outputs are the effects that takeEffects() hands out. It belongs to a broker
 * (its host), lives on the broker's thread, and does nothing by itself.
 *
 * Life: made when the broker becomes leader of the partition; replay() the log from its start,
 * then loaded(); while loading, requests are told COORDINATOR_LOAD_IN_PROGRESS. resign() when
 * the broker loses the partition; then, and forever, requests are told NOT_COORDINATOR.
 *
 * After each call the host carries out the effects in their order and sees to it that tick() is
 * called at nextDeadline(). Each request gets exactly one Reply.
 */
class GroupCoordinatorShard {
public:
    using DescribedGroup = protocol::DescribeGroupsResponse::DescribedGroup;
    using ListedGroup = protocol::ListGroupsResponse::ListedGroup;

    /** `config` and `log` outlive the shard. `randomUuid` makes member ids. */
    GroupCoordinatorShard(const GroupCoordinatorConfig& config, Log& log,
        std::function<Uuid()> randomUuid = &Uuid::random);
    GroupCoordinatorShard(const GroupCoordinatorShard&) = delete;
    GroupCoordinatorShard& operator=(const GroupCoordinatorShard&) = delete;

    /**
     * A record of the log while loading, in order. `producer` is that of a transactional batch,
     * none otherwise (also for batches that are merely idempotent). Records that can't be read are
     * logged and left out.
     */
    void replay(
        std::int64_t offset, ProducerId producer, BytesView key, std::optional<BytesView> value);
    /** A commit or abort marker of the log while loading. */
    void replayTransactionEnd(ProducerId producer, bool isCommit);
    void loaded(const Moment& now);
    /** Answers everybody who waits. Appends that are under way need not be reported any more. */
    void resign(const Moment& now);
    bool isActive() const { return m_phase == Phase::Active; }

    void join(
        const Moment& now, const ClientContext& client, const protocol::JoinGroupRequest& request);
    void sync(
        const Moment& now, const ClientContext& client, const protocol::SyncGroupRequest& request);
    void heartbeat(
        const Moment& now, const ClientContext& client, const protocol::HeartbeatRequest& request);
    void leave(
        const Moment& now, const ClientContext& client, const protocol::LeaveGroupRequest& request);
    /**
     * The host has filled names and ids of topics as far as it knows them, and taken out those that
     * don't exist.
     */
    void commitOffsets(const Moment& now, const ClientContext& client,
        const protocol::OffsetCommitRequest& request);
    /** Verifying the transaction with its coordinator is the host's part, before or at the append.
     */
    void commitTransactionalOffsets(const Moment& now, const ClientContext& client,
        const protocol::TxnOffsetCommitRequest& request);
    /** One group of an OffsetFetch. With null topics: all. The host has filled topic names. */
    void fetchOffsets(const Moment& now, const ClientContext& client,
        const GroupOffsets::FetchGroup& request, bool requireStable);
    void deleteOffsets(const Moment& now, const ClientContext& client,
        const protocol::OffsetDeleteRequest& request);
    void deleteGroups(
        const Moment& now, const ClientContext& client, const std::vector<std::string>& groupIds);

    /** Groups that pass the filters; an error while loading, none after resigning. */
    Result<std::vector<ListedGroup>> listGroups(const protocol::ListGroupsRequest& filters) const;
    std::vector<DescribedGroup> describeGroups(
        std::int16_t apiVersion, const std::vector<std::string>& groupIds) const;

    /**
     * The records of an Append are replicated and begin at `baseOffset`. Appends end in the order
     * of their tokens, and in the order of the log with regard to transactionEnded().
     */
    void appendCommitted(const Moment& now, AppendToken token, std::int64_t baseOffset);
    /** The records of an Append are not in the log and won't ever be. */
    void appendFailed(const Moment& now, AppendToken token, ErrorCode error);
    /** A marker that the host has written to the partition is replicated. */
    void transactionEnded(const Moment& now, ProducerId producer, bool isCommit);
    void topicsDeleted(const Moment& now, std::span<const DeletedTopic> topics);

    /** Runs what is due. */
    void tick(const Moment& now);
    /** When to call tick(), on the steady clock; may have passed. */
    std::optional<Duration> nextDeadline() const;
    std::vector<Effect> takeEffects();

    /** For screens and tests. */
    const ClassicGroup* group(const std::string& groupId) const { return m_context.find(groupId); }
    std::vector<std::string> groupIds() const;
    const OffsetStore& offsets() const { return m_offsets.store(); }

private:
    enum class Phase { Loading, Active, Resigned };
    using DeletedGroup = protocol::DeleteGroupsResponse::DeletableGroupResult;

    /** Sets the clock; an error when the shard can't serve now. */
    ErrorCode enter(const Moment& now, const std::string& groupId);
    ErrorCode phaseError() const;
    DescribedGroup describe(std::int16_t apiVersion, const std::string& groupId) const;
    void removeEmptyGroups(
        std::vector<std::string> groupIds, std::vector<TypedRecord> tombstones, AppendDone done);
    void expireOffsets();
    void timerPassed(const TimerKey& key);

    ShardContext m_context;
    Rebalancer m_rebalancer;
    JoinRequests m_joins;
    Membership m_membership;
    GroupOffsets m_offsets;
    Phase m_phase = Phase::Loading;
};

} // namespace moldau::coordinator
