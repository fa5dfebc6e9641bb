#pragma once

#include "raft/messages.h"
#include "raft/quorumstate.h"

#include <cstdint>
#include <variant>

namespace moldau::raft {

/** To be on disk before any later effect, and before any answer. */
struct SaveState {
    QuorumState state;
};

/** Ends in exactly one Consensus::answered() or failed() with the same number. */
struct Send {
    std::uint64_t call = 0;
    BrokerId to;
    Request request;
};

/** This node leads: a LeaderChange batch of this epoch goes to the end of its log. */
struct StartEpoch {
    std::int32_t epoch = 0;
    std::vector<BrokerId> granting; ///< who voted for it
};

/** Whole batches that continue the log. */
struct AppendFetched {
    Slice records;
};

/** Everything from `offset` on was never committed and goes. */
struct Truncate {
    std::int64_t offset = 0;
};

/** A piece of the leader's snapshot; with the last one the log begins anew at the snapshot. */
struct StoreSnapshot {
    SnapshotId id;
    std::int64_t position = 0;
    Slice bytes;
    bool isLast = false;
};

/** Consensus::leader() or role() is another one than before. */
struct RoleChanged { };

/** Everything below Consensus::highWatermark() is committed. */
struct HighWatermarkMoved { };

/** The quorum broke a promise of its own (a committed record would be cut): stop this node. */
struct Violation {
    std::string what;
};

using Effect = std::variant<SaveState, Send, StartEpoch, AppendFetched, Truncate, StoreSnapshot,
    RoleChanged, HighWatermarkMoved, Violation>;

} // namespace moldau::raft
