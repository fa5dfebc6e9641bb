#pragma once

#include "base/bytes.h"
#include "base/callback.h"
#include "base/result.h"
#include "protocol/messages/beginquorumepochrequest.h"
#include "protocol/messages/beginquorumepochresponse.h"
#include "protocol/messages/describequorumrequest.h"
#include "protocol/messages/describequorumresponse.h"
#include "protocol/messages/endquorumepochrequest.h"
#include "protocol/messages/endquorumepochresponse.h"
#include "protocol/messages/fetchrequest.h"
#include "protocol/messages/fetchresponse.h"
#include "protocol/messages/fetchsnapshotrequest.h"
#include "protocol/messages/fetchsnapshotresponse.h"
#include "protocol/messages/voterequest.h"
#include "protocol/messages/voteresponse.h"
#include "raft/messages.h"
#include "raft/role.h"
#include "raft/snapshotwriter.h"

#include <cstdint>
#include <string>
#include <vector>

namespace moldau::raft {

/** Hears what a quorum decides. Called on its thread, never from inside a call of the quorum. */
class QuorumListener {
public:
    virtual ~QuorumListener() = default;

    /**
     * Whole record batches that a majority has on disk, in the order of the log, each once. Those
     * that this node's append() wrote are left out: its callback tells of them, in the same order.
     */
    virtual void committed(const Slice& batches) = 0;
    /**
     * All that was told before is void: the state is what this snapshot holds. The log goes on at
     * its end.
     */
    virtual void snapshotLoaded(const LoadedSnapshot& snapshot) = 0;
    /**
     * A new leader or epoch. To a new leader itself it is told after all that was committed before;
     * to one that was the leader, and perhaps is again, first as the end of that: nobody leads.
     */
    virtual void leaderChanged(const LeaderAndEpoch& leader) = 0;
    /**
     * Told to a leader: the process of another voter is most likely dead, as its connection broke
     * or nobody listens there. Again and again while that is so.
     */
    virtual void voterUnreachable(BrokerId) { }
    /** The log can't be written any more; the quorum has stopped. */
    virtual void failed(const Error& error) = 0;
};

/**
 * One node's part in the metadata quorum: a log that a majority of voters agrees on. The leader
 * appends; what is committed is told to every node's listener. Owned by a node, lives on its
 * thread. Callbacks of a destroyed quorum are dropped.
 */
class Quorum {
public:
    virtual ~Quorum() = default;

    /** Opens what is on disk and takes part from then on. `listener` outlives the quorum. */
    virtual Result<void> start(QuorumListener& listener) = 0;

    virtual Role role() const = 0;
    virtual LeaderAndEpoch leader() const = 0;
    bool isLeader() const { return role() == Role::Leader; }
    /** Offset of the record that append() would write next. */
    virtual std::int64_t endOffset() const = 0;
    virtual std::int64_t highWatermark() const = 0;

    /**
     * As the leader: writes the values as one batch, all or nothing; gives the offset of the
     * first. `committed` is called when a majority has them, or with NotLeaderOrFollower when
     * another leader may have cut them off. Many appends share one fsync.
     */
    virtual Result<std::int64_t> append(
        std::vector<Bytes> values, Callback<void(Result<void>)> committed)
        = 0;
    /** Lets go of the leadership; open appends fail. */
    virtual void resign() = 0;
    /** The listener hears all that is committed once more, from the beginning. */
    virtual void tellAgain() = 0;
    /**
     * Writes a snapshot of the state that all records below `endOffset` make; they are committed.
     * `lastContainedLogMs` is when the last of them was written, `source` runs on a worker. Nothing
     * is written, and `done` not called, while one is being written or when there is a newer one;
     * a failure changes nothing. Whether it is being written.
     */
    virtual bool writeSnapshot(std::int64_t endOffset, std::int64_t lastContainedLogMs,
        SnapshotSource source, Callback<void(Result<void>)> done)
        = 0;
    /** Where the newest snapshot ends; 0 without one. */
    virtual std::int64_t newestSnapshotEnd() const = 0;

    // What other voters ask.
    virtual protocol::VoteResponse vote(const protocol::VoteRequest& request) = 0;
    virtual protocol::BeginQuorumEpochResponse beginEpoch(
        const protocol::BeginQuorumEpochRequest& request)
        = 0;
    virtual protocol::EndQuorumEpochResponse endEpoch(
        const protocol::EndQuorumEpochRequest& request)
        = 0;
    virtual protocol::FetchSnapshotResponse fetchSnapshot(
        const protocol::FetchSnapshotRequest& request)
        = 0;

    /**
     * Another node asks for the log: whole batches from its offset on, for others than voters only
     * committed ones. Waits up to the request's time while there is nothing new.
     */
    virtual void fetch(protocol::FetchRequest request, std::int16_t version,
        Callback<void(protocol::FetchResponse)> done)
        = 0;
    virtual protocol::DescribeQuorumResponse describe(
        const protocol::DescribeQuorumRequest& request) const
        = 0;
};

} // namespace moldau::raft
