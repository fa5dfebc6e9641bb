#pragma once

#include "base/result.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace moldau::storage {

/** `endOffset` is where the epoch after `epoch` begins; both -1 when nothing is known. */
struct EpochEndOffset {
    std::int32_t epoch = -1;
    std::int64_t endOffset = -1;

    bool operator==(const EpochEndOffset&) const = default;
};

struct EpochEntry {
    std::int32_t epoch = 0;
    std::int64_t startOffset = 0;

    bool operator==(const EpochEntry&) const = default;
};

/**
 * Which leader epoch began at which offset, epochs and offsets both rising: what replicas compare
 * to find where they parted (KIP-101). Part of a PartitionLog, which keeps it in its directory as
 * leader-epoch-checkpoint.
 */
class LeaderEpochs {
public:
    /**
     * `epoch` begins at `startOffset`. Entries that contradict it (a higher epoch, or a start at
     * or beyond) go. Returns whether anything changed.
     */
    bool assign(std::int32_t epoch, std::int64_t startOffset);
    /** Forgets epochs that begin at `endOffset` or later. Returns whether anything changed. */
    bool truncateFromEnd(std::int64_t endOffset);
    /** The log begins at `startOffset`: older epochs go, the one in force then begins there. */
    bool truncateFromStart(std::int64_t startOffset);
    void clear() { m_entries.clear(); }

    std::optional<std::int32_t> latestEpoch() const;
    EpochEndOffset endOffsetFor(std::int32_t epoch, std::int64_t logEndOffset) const;
    std::optional<std::int32_t> epochForOffset(std::int64_t offset) const;
    const std::vector<EpochEntry>& entries() const { return m_entries; }
    void setEntries(std::vector<EpochEntry> entries) { m_entries = std::move(entries); }

private:
    std::vector<EpochEntry> m_entries;
};

} // namespace moldau::storage
