#pragma once

#include "base/bytes.h"
#include "base/callback.h"
#include "base/result.h"
#include "raft/logview.h"
#include "raft/snapshotwriter.h"

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

    /** Epoch of the record before `offset`, which the log or its snapshot has. */
    virtual std::int32_t epochBefore(std::int64_t offset) const = 0;
    /**
     * Writes a snapshot of what is committed below head.id.offset, on a worker. The log may then
     * drop its beginning: see clean().
     */
    virtual void writeSnapshot(
        SnapshotHead head, SnapshotSource source, Callback<void(Result<void>)> done)
        = 0;
    /** newestSnapshot(), which exists, with all that is in it. */
    virtual Result<LoadedSnapshot> loadSnapshot() = 0;
    /** As SnapshotFiles::read(): for another node. */
    virtual Result<SnapshotPiece> readSnapshot(
        const SnapshotId& id, std::int64_t position, std::size_t maxBytes)
        = 0;
    /** A piece of another node's snapshot; with the last one the log begins anew at its end. */
    virtual Result<void> storeSnapshot(
        const SnapshotId& id, std::int64_t position, BytesView bytes, bool isLast)
        = 0;
    /** Removes old snapshots, and the records that only those needed, as retention has it. */
    virtual Result<void> clean() = 0;
};

} // namespace moldau::raft
