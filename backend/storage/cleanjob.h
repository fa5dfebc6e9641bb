#pragma once

#include "base/topicpartition.h"
#include "storage/cleanedtransactions.h"
#include "storage/keyoffsets.h"
#include "storage/logconfig.h"
#include "storage/segment.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace moldau::storage {

class PartitionLog;

/** What a compaction works on, as the log's owner saw it. */
struct CleanPlan {
    /** A segment that nobody appends to any more. */
    struct Source {
        std::int64_t baseOffset = 0;
        std::int64_t endOffset = 0; ///< base of the next
        std::uint64_t sizeBytes = 0;
    };
    /** The batch by which a producer is remembered: it stays, if only as a head. */
    struct LastRecord {
        std::int64_t lastDataOffset = -1;
        std::int16_t producerEpoch = -1;
    };

    TopicPartition partition;
    std::string directory;
    std::vector<Source> sources; ///< from the log's beginning up to the first that stays as it is
    std::int64_t firstDirtyOffset = 0; ///< below it each key stands once already
    std::vector<AbortedTransaction> aborted;
    std::unordered_map<ProducerId, LastRecord> lastRecords;
    std::shared_ptr<const LogConfig> config;
    std::int64_t nowMs = 0;
    double dirtyRatio = 0; ///< dirty bytes of all bytes that could be cleaned
    bool isOverdue = false; ///< max.compaction.lag.ms has passed
    std::weak_ptr<const void> log; ///< the log's life
    std::uint64_t truncations = 0;

    std::int64_t endOffset() const { return sources.empty() ? 0 : sources.back().endOffset; }
};

/**
 * One compaction of one log: learns the newest offset of each key of the dirty part, then copies
 * what is to stay into new segments "….cleaned" beside the old ones. Reads only files that don't
 * change, so that a worker thread can run it; the owner then swaps the segments in
 * (PartitionLog::adoptCleaned) or discards them.
 */
class CleanJob {
public:
    /** The memory that it may take. */
    struct Limits {
        std::size_t keyTableBytes = std::size_t{128} << 20; ///< log.cleaner.dedupe.buffer.size
        double keyTableFill = 0.9; ///< log.cleaner.io.buffer.load.factor
        std::size_t readBytes = std::size_t{512} << 10; ///< log.cleaner.io.buffer.size
    };

    CleanJob(FileSystem& files, CleanPlan plan, Limits limits);
    CleanJob(FileSystem& files, CleanPlan plan)
        : CleanJob(files, std::move(plan), Limits())
    {
    }
    ~CleanJob();

    /** Works for about `bytes` of the log. True when all is done; call again otherwise. */
    Result<bool> step(std::size_t bytes);
    /** Removes the new files of a job that failed or is not wanted. */
    void discard();

    const CleanPlan& plan() const { return m_plan; }
    /** Up to here each key stands once now: less than planned when the keys did not fit. */
    std::int64_t cleanedTo() const { return m_mappedTo; }

    /** A new segment and the sources [first, last) that it replaces; null when nothing stays. */
    struct Group {
        std::size_t first = 0;
        std::size_t last = 0;
        std::uint64_t sizeBytes = 0; ///< of the sources
        std::unique_ptr<Segment> cleaned;
    };
    std::vector<Group>& groups() { return m_groups; }

    std::uint64_t bytesRead() const { return m_bytesRead; }
    std::uint64_t bytesKept() const { return m_bytesKept; }

private:
    enum class Phase { Mapping, Copying, Done };

    /** Reads a source batch by batch with pread: a mapping would die with a truncated file. */
    class Reader;

    Result<void> openSource();
    Result<bool> mapBatch(const BatchHeader& header, BytesView batch);
    Result<void> endMapping();
    void groupSources();
    Result<void> copyBatch(const BatchHeader& header, BytesView batch);
    Result<void> endSource();
    Result<void> write(const BatchHeader& header, BytesView batch);

    FileSystem& m_files;
    CleanPlan m_plan;
    std::size_t m_readBytes;
    KeyOffsets m_keys;
    std::optional<CleanedTransactions> m_transactions;
    std::vector<Group> m_groups;
    std::unique_ptr<Reader> m_reader;
    Phase m_phase = Phase::Mapping;
    std::size_t m_source = 0;
    std::size_t m_group = 0;
    std::int64_t m_mappedTo = 0; ///< keys above are not in the table
    std::uint64_t m_bytesRead = 0;
    std::uint64_t m_bytesKept = 0;
};

} // namespace moldau::storage
