#pragma once

#include "base/bytes.h"
#include "base/errorcode.h"
#include "base/ids.h"
#include "base/uuid.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

/**
 * What nodes of a metadata quorum say to each other, without what only the wire needs (topics,
 * partitions, end points): those are `quorumwire`'s business. Names and meanings are KRaft's.
 */
namespace moldau::raft {

struct LeaderAndEpoch {
    BrokerId leader = kNoBroker;
    std::int32_t epoch = 0;

    bool operator==(const LeaderAndEpoch&) const = default;
};

/** A node and the directory that holds its log; a zero directory says nothing of it. */
struct ReplicaKey {
    BrokerId id = kNoBroker;
    Uuid directory;

    bool operator==(const ReplicaKey&) const = default;
};

/** An offset and the epoch of the record before it. Of two ends of logs the greater is newer. */
struct LogEnd {
    std::int32_t epoch = 0;
    std::int64_t offset = 0;

    auto operator<=>(const LogEnd&) const = default;
};

/** A snapshot is named by where it ends: it holds all that the log has below. */
using SnapshotId = LogEnd;

/** The largest epoch at or below one that was asked for, and the offset at which it ends. */
struct EpochEnd {
    std::int32_t epoch = -1; ///< -1: nothing is known
    std::int64_t endOffset = -1;

    bool operator==(const EpochEnd&) const = default;
};

/** May I lead `epoch`? Or, as a pre-vote (KIP-996), would you say so if I asked for the next one?
 */
struct Vote {
    std::int32_t epoch = 0; ///< the candidate's; of a pre-vote the one that it has already
    ReplicaKey candidate;
    LogEnd lastLog;
    bool isPreVote = false;
};

/** A new leader says that it leads. */
struct BeginEpoch {
    LeaderAndEpoch leader;
};

/** A leader lets go, and names the voters that have most of its log, best first. */
struct EndEpoch {
    LeaderAndEpoch leader;
    std::vector<BrokerId> successors;
};

/** A replica has everything up to `offset` on its disk and wants what follows. */
struct Fetch {
    std::int32_t epoch = -1; ///< -1: whatever the leader's is
    ReplicaKey replica; ///< kNoBroker: somebody who only reads
    std::int64_t offset = 0;
    std::int32_t lastEpoch = -1; ///< of the record before `offset`; -1: unknown
    std::int64_t highWatermark = -1; ///< as far as the replica knows it (KIP-1166)
};

/** A replica wants a snapshot's bytes from `position` on. */
struct FetchSnapshot {
    std::int32_t epoch = -1;
    ReplicaKey replica;
    SnapshotId id;
    std::int64_t position = 0;
};

using Request = std::variant<Vote, BeginEpoch, EndEpoch, Fetch, FetchSnapshot>;

struct VoteAnswer {
    ErrorCode error = ErrorCode::None;
    LeaderAndEpoch leader; ///< as the answering node knows it
    bool isGranted = false;
};

/** To BeginEpoch and EndEpoch. */
struct EpochAnswer {
    ErrorCode error = ErrorCode::None;
    LeaderAndEpoch leader;
};

struct FetchAnswer {
    ErrorCode error = ErrorCode::None;
    LeaderAndEpoch leader;
    std::int64_t highWatermark = -1;
    std::int64_t startOffset = 0; ///< of the leader's log
    std::int64_t readableTo = 0; ///< the replica may be given what lies below; not on the wire
    std::optional<EpochEnd> diverging; ///< the replica's log parts from the leader's there
    std::optional<SnapshotId> snapshot; ///< what was asked for is gone: load this first
    Slice records; ///< whole batches

    bool hasData() const { return error == ErrorCode::None && !diverging && !snapshot; }
    /** Whether there is more to say than that nothing has happened. */
    bool hasNewsFor(const Fetch& fetch) const
    {
        return !hasData() || readableTo > fetch.offset || highWatermark > fetch.highWatermark;
    }
};

struct SnapshotAnswer {
    ErrorCode error = ErrorCode::None;
    LeaderAndEpoch leader;
    SnapshotId id;
    std::int64_t size = 0; ///< of the whole snapshot
    std::int64_t position = 0;
    Slice bytes;
};

using Answer = std::variant<VoteAnswer, EpochAnswer, FetchAnswer, SnapshotAnswer>;

} // namespace moldau::raft
