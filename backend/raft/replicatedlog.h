#pragma once

#include "base/bytes.h"
#include "base/callback.h"
#include "base/result.h"
#include "raft/logview.h"

#include <cstdint>

namespace moldau::raft {

/**
 * Where a quorum keeps its log: whole record batches with offsets and leader epochs in them. What
 * was appended can be read back at once; it survives a power cut only after flush(). Used on its
 * owner's thread. Its errors are those of a disk; after one the log is of no further use.
 */
class ReplicatedLog : public LogView {
public:
    /** Batches that begin at endOffset(). `nowMs` is the wall clock. */
    virtual Result<void> append(BytesView batches, std::int64_t nowMs) = 0;
    /** Makes `offset`, at or above the high watermark, the end. */
    virtual Result<void> truncateTo(std::int64_t offset) = 0;

    /** Makes all that was appended before this call durable; gives the offset it goes up to. */
    virtual void flush(Callback<void(Result<std::int64_t>)> done) = 0;

    /** Below it nothing is ever cut; never goes back. */
    virtual void setHighWatermark(std::int64_t offset) = 0;
    enum class Limit { Committed, End };
    /**
     * Whole batches, from the one that holds `offset` on, some `maxBytes` but at least one; empty
     * when there is none below the limit. The slice keeps its bytes alive.
     */
    virtual Result<Slice> read(std::int64_t offset, std::size_t maxBytes, Limit limit) = 0;
};

} // namespace moldau::raft
