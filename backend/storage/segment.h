#pragma once

#include "storage/batchcursor.h"
#include "storage/offsetindex.h"
#include "storage/segmentname.h"
#include "storage/timeindex.h"
#include "storage/transactionindex.h"

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace moldau::storage {

/** Whole batches out of one segment. */
struct SegmentRead {
    Slice records; ///< empty when no batch of the segment fits what was asked
    std::int64_t baseOffset = -1;
    std::int64_t nextOffset = -1;
    std::int32_t batchCount = 0;
    bool isAtSegmentEnd = false; ///< the segment has no batch at or after what was asked
};

/**
 * One stretch of a partition's log: the file of batches and its indexes. Part of a PartitionLog,
 * or of the cleaner on its worker thread. Files are opened when they are needed and closed by
 * release(); views that were handed out stay valid.
 */
class Segment {
public:
    /** `directory` outlives the segment. Nothing is opened or made yet. */
    Segment(FileSystem& files, const std::string& directory, std::int64_t baseOffset,
        const char* tail = "");
    Segment(const Segment&) = delete;
    Segment& operator=(const Segment&) = delete;

    std::int64_t baseOffset() const { return m_name.baseOffset; }
    std::uint64_t sizeBytes() const { return m_size; }
    bool isEmpty() const { return m_size == 0; }
    std::string logPath() const { return m_name.path(kLogSuffix); }

    /** Finds the size of a segment that is on the disk; everything else is found when needed. */
    Result<void> load();
    /** Makes the files of a new segment, over what may be left there. append() does it by itself.
     */
    Result<void> create();

    /**
     * Writes batches after the last one. `parts` are their bytes, `batches` their heads as they
     * will stand in the file. An error leaves the segment as it was for readers.
     */
    Result<void> append(std::span<const BytesView> parts, std::span<const BatchHeader> batches,
        std::int32_t indexIntervalBytes);

    /** Offset after the last batch; the base offset of an empty segment. Reads the file's end. */
    Result<std::int64_t> findNextOffset();

    /**
     * Batches from the one that holds `startOffset` (or the first after it) on, at most `maxBytes`
     * and none that reaches `endOffset`. With `atLeastOneBatch` the first may be larger.
     */
    Result<SegmentRead> read(std::int64_t startOffset, std::int64_t endOffset, std::size_t maxBytes,
        bool atLeastOneBatch);

    /** A cursor that begins at or before the batch that holds `offset`, as the index knows it. */
    Result<BatchCursor> cursorNear(std::int64_t offset);
    Result<BatchCursor> cursor();
    /** One that leaves at most about `bytes` to read, up to the end. */
    Result<BatchCursor> cursorBehind(std::uint64_t bytes);
    /** The head of the batch that begins at `position`, below sizeBytes(). */
    Result<BatchHeader> batchAt(std::uint64_t position);
    /** Bytes before the batch that holds `offset`, or before the first after it. */
    Result<std::uint64_t> positionOf(std::int64_t offset);

    /** The largest timestamp and the last offset of the batch it is in; timestamp -1 when empty. */
    Result<TimeIndexEntry> largestTimestamp();
    /** Timestamp of the first batch, which time-based rolling counts from; none when empty. */
    Result<std::optional<std::int64_t>> firstTimestamp();

    /** Drops every batch that holds `offset` or comes after. Returns the bytes dropped. */
    Result<std::uint64_t> truncateTo(std::int64_t offset);

    /**
     * After a crash: reads the whole file, checks every batch, cuts off at the first that is not
     * whole, and makes the indexes anew. `visit` sees each good batch and may refuse it (then it
     * is where the file is cut). Returns the bytes cut off.
     */
    Result<std::uint64_t> recover(std::int32_t indexIntervalBytes,
        const std::function<bool(const BatchHeader&, const Slice&)>& visit);

    /** No more appends come: completes the time index and writes the indexes. */
    Result<void> finish();
    /** finish() for a segment whose time index may lack its last entries: reads what they miss. */
    Result<void> finishAgain();
    Result<void> writeIndexes();
    /** Something was written or cut since the last collectFiles(). */
    bool isUnsynced() const { return m_isUnsynced; }
    /** Files for a flush, opened if need be; what they hold by then is taken for synced. */
    Result<void> collectFiles(std::vector<std::shared_ptr<File>>& files);
    Result<bool> isIndexFull(std::int32_t segmentIndexBytes);

    OffsetIndex& offsetIndex() { return m_offsetIndex; }
    TimeIndex& timeIndex() { return m_timeIndex; }
    TransactionIndex& transactionIndex() { return m_transactionIndex; }

    /** Writes the indexes, closes files and mappings. */
    Result<void> release();
    bool isOpen() const { return m_file != nullptr; }
    /** Gives all files another tail (".deleted", "" after ".cleaned"); returns their new paths. */
    Result<std::vector<std::string>> renameTail(const char* tail);

private:
    /** Where a reader will probably go on: the batch that begins with `offset` is at `position`. */
    struct Hint {
        std::int64_t offset = -1;
        std::uint64_t position = 0;
    };

    Result<File*> file();
    Result<void> scanLargestTimestamp();
    Result<void> indexBatch(
        const BatchHeader& batch, std::uint64_t position, std::int32_t indexIntervalBytes);
    Hint* hintFor(std::int64_t offset);
    Result<std::uint64_t> indexedPosition(std::int64_t offset);

    SegmentName m_name;
    OffsetIndex m_offsetIndex;
    TimeIndex m_timeIndex;
    TransactionIndex m_transactionIndex;
    std::shared_ptr<File> m_file;
    std::weak_ptr<File> m_lastFile; ///< may still have views after release()
    std::uint64_t m_size = 0;
    std::optional<TimeIndexEntry> m_largestTimestamp; ///< none: not looked up yet
    std::optional<std::int64_t> m_firstTimestamp;
    std::int64_t m_nextOffset = -1; ///< after the last batch; -1: not looked up yet
    std::array<Hint, 6> m_hints;
    std::int32_t m_bytesSinceIndexEntry = 0;
    std::uint8_t m_nextHint = 0;
    bool m_isCreated = false;
    bool m_isUnsynced = false;
};

} // namespace moldau::storage
