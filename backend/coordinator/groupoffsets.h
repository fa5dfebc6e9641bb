#pragma once

#include "coordinator/offsetstore.h"
#include "coordinator/rebalancer.h"
#include "protocol/messages/offsetcommitrequest.h"
#include "protocol/messages/offsetdeleterequest.h"
#include "protocol/messages/offsetfetchrequest.h"
#include "protocol/messages/txnoffsetcommitrequest.h"

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace moldau::coordinator {

/** A topic that was deleted. */
struct DeletedTopic {
    Uuid id;
    std::string name;
};

/**
 * OffsetCommit, TxnOffsetCommit, OffsetFetch and OffsetDelete, and how long offsets are kept.
 * Readers see what is replicated. Owned by its shard.
 */
class GroupOffsets {
public:
    using FetchGroup = protocol::OffsetFetchRequest::OffsetFetchRequestGroup;

    GroupOffsets(ShardContext& context, Rebalancer& rebalancer)
        : m_context(context)
        , m_rebalancer(rebalancer)
    {
    }

    void commit(const ClientContext& client, const protocol::OffsetCommitRequest& request);
    void commitInTransaction(
        const ClientContext& client, const protocol::TxnOffsetCommitRequest& request);
    void fetch(const ClientContext& client, const FetchGroup& request, bool requireStable);
    void remove(const ClientContext& client, const protocol::OffsetDeleteRequest& request);

    void replyCommitError(
        const ClientContext& client, const protocol::OffsetCommitRequest& request, ErrorCode error);
    void replyCommitError(const ClientContext& client,
        const protocol::TxnOffsetCommitRequest& request, ErrorCode error);
    void replyFetchError(const ClientContext& client, const FetchGroup& request, ErrorCode error);
    void replyDeleteError(const ClientContext& client, ErrorCode error);

    /** Deletions of all that a group has committed or is committing. */
    std::vector<TypedRecord> tombstonesOf(const std::string& groupId) const;
    /**
     * Adds deletions of a group's offsets that are too old. True when none is left, so that an
     * empty group may go.
     */
    bool expire(const ClassicGroup& group, std::vector<TypedRecord>& tombstones) const;
    void topicsDeleted(std::span<const DeletedTopic> topics);

    /** Appends deletions that nobody waits for, in batches that are not too big. */
    void appendTombstones(std::vector<TypedRecord> tombstones);
    /** Appends records of this class (and others), and marks the offsets as being on their way. */
    AppendToken append(std::vector<TypedRecord> records, AppendDone done,
        const std::optional<TransactionalProducer>& transaction = std::nullopt);
    /** The end of a record's way: it is in the log at `recordOffset`, or nowhere. */
    void written(const OffsetRecord& record, ProducerId producer, std::int64_t recordOffset);
    void notWritten(const OffsetRecord& record, ProducerId producer);
    /** A record of the log, when loading. */
    void replay(const OffsetRecord& record, ProducerId producer, std::int64_t recordOffset);
    void endTransaction(ProducerId producer, bool isCommit);

    const OffsetStore& store() const { return m_store; }
    void clear() { m_store.clear(); }

private:
    struct Committer {
        const std::string& groupId;
        const std::string& memberId;
        const std::optional<std::string>& instanceId;
        std::int32_t generation;
        bool isInTransaction;
    };

    ErrorCode validateCommit(const Committer& committer, std::int16_t apiVersion);
    ErrorCode validateMemberCommit(const ClassicGroup& group, const Committer& committer) const;
    template <class Response, class Request>
    std::vector<TypedRecord> recordsOf(
        const Request& request, std::int64_t expireTimestampMs, Response& response) const;
    void appendThenReply(std::vector<TypedRecord> records, const ClientContext& client,
        ReplyBody response, AppendDone replyError,
        const std::optional<TransactionalProducer>& transaction = std::nullopt);
    bool isTooLong(const std::optional<std::string>& metadata) const;
    protocol::OffsetFetchResponse::OffsetFetchResponseGroup read(
        const FetchGroup& request, bool requireStable) const;
    void emitCommitted(const OffsetRecord& record);

    ShardContext& m_context;
    Rebalancer& m_rebalancer;
    OffsetStore m_store;
};

} // namespace moldau::coordinator
