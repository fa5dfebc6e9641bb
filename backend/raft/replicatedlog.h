#pragma once

#include "base/bytes.h"
#include "base/callback.h"
#include "base/result.h"

#include <cstdint>

namespace moldau::raft {

/** The largest epoch at or below one that was asked for, and the offset at which it ends. */
struct EpochEnd {
    std::int32_t epoch = -1; ///< -1: nothing is known
    std::int64_t endOffset = -1;

    bool operator==(const EpochEnd&) const = default;
};

/**
 * Where a quorum keeps its log: whole record batches with offsets and leader epochs in them. What
 * was appended can be read back at once; it survives a power cut only after flush(). Used on its
 * owner's thread. Its errors are those of a disk; after one the log is of no further use.
 */
class ReplicatedLog {
public:
    virtual ~ReplicatedLog() = default;

    virtual std::int64_t startOffset() const = 0;
    /** Offset of the next record. */
    virtual std::int64_t endOffset() const = 0;
    /** Epoch of the last batch; 0 in an empty log. */
    virtual std::int32_t lastEpoch() const = 0;
    /** Where the log of a follower that has `epoch` last parts from this one. */
    virtual EpochEnd endOfEpoch(std::int32_t epoch) const = 0;

    /** Batches that begin at endOffset(). `nowMs` is the wall clock. */
    virtual Result<void> append(BytesView batches, std::int64_t nowMs) = 0;

    /** Makes all that was appended before this call durable; gives the offset it goes up to. */
    virtual void flush(Callback<void(Result<std::int64_t>)> done) = 0;

    /** Readers see what is below; never goes back. */
    virtual void setHighWatermark(std::int64_t offset) = 0;
    /**
     * Whole batches below the high watermark, from the one that holds `offset` on, some `maxBytes`
     * but at least one; empty when there is none. The slice keeps its bytes alive.
     */
    virtual Result<Slice> readCommitted(std::int64_t offset, std::size_t maxBytes) = 0;
};

} // namespace moldau::raft
