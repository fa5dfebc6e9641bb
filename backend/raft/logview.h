#pragma once

#include "raft/messages.h"

#include <cstdint>
#include <optional>

namespace moldau::raft {

/** What consensus must know of a node's log. Only the node's own thread looks. */
class LogView {
public:
    virtual ~LogView() = default;

    /** Offset of the first record; what is below is in snapshot(). */
    virtual std::int64_t startOffset() const = 0;
    /** Offset of the next record. */
    virtual std::int64_t endOffset() const = 0;
    /** Epoch of the record before endOffset(), be it in a snapshot; 0 when there never was one. */
    virtual std::int32_t lastEpoch() const = 0;
    /** Where the log of a follower that has `epoch` last parts from this one. */
    virtual EpochEnd endOfEpoch(std::int32_t epoch) const = 0;
    /** The one that ends at startOffset(); none where the log begins at 0. */
    virtual std::optional<SnapshotId> snapshot() const = 0;
    /** The newest one: of a log that has snapshot(), that or a later one. All it holds is
     * committed. */
    virtual std::optional<SnapshotId> newestSnapshot() const = 0;

    LogEnd end() const { return {lastEpoch(), endOffset()}; }
};

} // namespace moldau::raft
