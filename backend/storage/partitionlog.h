#pragma once

#include "base/bytes.h"
#include "base/filesystem.h"
#include "base/ids.h"
#include "base/log.h"
#include "base/topicpartition.h"
#include "base/uuid.h"
#include "storage/appendinfo.h"
#include "storage/cleanjob.h"
#include "storage/leaderepochs.h"
#include "storage/logconfig.h"
#include "storage/producersnapshots.h"
#include "storage/producerstate.h"
#include "storage/segment.h"

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace moldau::storage {

class LogHost;

/** How far a reader may see. */
enum class ReadLimit : std::uint8_t {
    LogEnd, ///< followers
    HighWatermark, ///< consumers, read_uncommitted
    LastStable, ///< consumers, read_committed
};

struct ReadResult {
    Slice records; ///< whole batches one after the other; empty when there is nothing to read yet
    std::int64_t baseOffset = -1; ///< of the first batch, at or below the offset that was asked
    std::int64_t nextOffset = -1; ///< where to go on: after the last batch, or the offset asked
    std::int64_t upperBound = -1; ///< the limit's offset at that time
    std::int32_t batchCount = 0;
};

struct TimestampedOffset {
    std::int64_t offset = -1;
    std::int64_t timestampMs = -1;
    std::int32_t leaderEpoch = -1;

    bool operator==(const TimestampedOffset&) const = default;
};

/** One segment as the log X-ray and DescribeLogDirs show it. */
struct SegmentInfo {
    std::int64_t baseOffset = 0;
    std::int64_t nextOffset = 0;
    std::int64_t sizeBytes = 0;
    std::int64_t largestTimestampMs = -1;
    std::string path; ///< of the .log
    bool isActive = false;
};

/**
 * The log of one replica: segments of record batches with their indexes, the leader epochs, the
 * producers' state, and the high watermark. Belongs to a LogDirectory and is used by the one
 * thread of its node; only what prepareFlush() hands out may run elsewhere.
 *
 * Offsets: logStartOffset <= lastStableOffset <= highWatermark <= logEndOffset. Nothing below the
 * high watermark is ever truncated by truncateTo() of a correct broker.
 *
 * A failing disk: the call returns KafkaStorageError, the directory goes offline through its
 * LogHost, and from then on every call that needs the disk returns that error. What was
 * acknowledged before is in the files; a half-written batch is cut off by the next recovery.
 */
class PartitionLog {
public:
    struct Options {
        TopicPartition partition;
        Uuid topicId; ///< zero: unknown
        std::string path; ///< the partition's directory
        std::shared_ptr<const LogConfig> config;
        bool isClean = true; ///< false after a crash: recover from recoveryPoint on
        std::int64_t recoveryPoint = 0;
        std::int64_t logStartOffset = 0;
        std::int64_t highWatermark = 0;
    };

    /** Opens what is in the directory, or makes an empty log in it. `host` outlives the log. */
    static Result<std::unique_ptr<PartitionLog>> open(LogHost& host, Options options);
    ~PartitionLog();
    PartitionLog(const PartitionLog&) = delete;
    PartitionLog& operator=(const PartitionLog&) = delete;

    const TopicPartition& topicPartition() const { return m_partition; }
    const Uuid& topicId() const { return m_topicId; }
    const std::string& path() const { return m_path; }
    const LogConfig& config() const { return *m_config; }
    void setConfig(std::shared_ptr<const LogConfig> config);

    std::int64_t logStartOffset() const { return m_logStartOffset; }
    std::int64_t logEndOffset() const { return m_logEndOffset; }
    std::int64_t highWatermark() const { return m_highWatermark; }
    /** Below it every transaction has ended: the first open transaction, else the high watermark.
     */
    std::int64_t lastStableOffset() const;
    std::int64_t sizeBytes() const;
    std::int64_t recoveryPoint() const { return m_recoveryPoint; }

    /** Moves the high watermark (back too), kept within start and end; returns where it is. */
    std::int64_t setHighWatermark(std::int64_t offset);

    // --- writing

    /**
     * Appends one batch as the partition's leader: checks it (BatchValidator), gives it offsets,
     * the leader epoch and, where configured, the append time. The bytes are not kept.
     */
    AppendResult appendAsLeader(BytesView batch, const LeaderAppend& context);

    /**
     * Appends what was fetched from the leader: whole batches with offsets and epochs as they
     * came; a cut last batch is ignored, and so is what follows a batch of an epoch above
     * `leaderEpoch`. CorruptMessage when a checksum is wrong, OffsetOutOfRange when an offset is
     * below the log end. Gaps are taken.
     */
    AppendResult appendAsFollower(BytesView batches, std::int64_t nowMs,
        std::int32_t leaderEpoch = std::numeric_limits<std::int32_t>::max());

    /** Begins a new segment now, for tests, deletion and compaction. */
    Result<void> roll(std::int64_t nowMs);

    // --- reading

    /**
     * Whole batches of one segment from the one that holds `startOffset` on, at most `maxBytes`;
     * with `atLeastOneBatch` the first batch is given even when it is larger. OffsetOutOfRange
     * below the log start or above the log end.
     */
    Result<ReadResult> read(std::int64_t startOffset, std::size_t maxBytes, ReadLimit limit,
        bool atLeastOneBatch = true);

    /** Aborted transactions that touch [startOffset, endOffset), by first offset. */
    Result<std::vector<AbortedTransaction>> abortedTransactions(
        std::int64_t startOffset, std::int64_t endOffset);

    /** The first record whose timestamp is at least `timestampMs`, also inside compressed batches.
     */
    Result<std::optional<TimestampedOffset>> offsetForTimestamp(std::int64_t timestampMs);
    /** The first record with the largest timestamp of the log; none in an empty log. */
    Result<std::optional<TimestampedOffset>> offsetOfMaxTimestamp();

    // --- leader epochs

    /** Epoch of the last batch or assignment; none in a log that never had one. */
    std::optional<std::int32_t> latestEpoch() const { return m_epochs.latestEpoch(); }
    /** This replica became leader: `epoch` begins at the log end. */
    Result<void> assignEpochStart(std::int32_t epoch, std::int64_t startOffset);
    /**
     * The largest epoch at or below `epoch` and the offset at which the next one begins (the log
     * end for the latest). Epoch and offset are -1 when nothing is known (KIP-101, KIP-279).
     */
    EpochEndOffset endOffsetForEpoch(std::int32_t epoch) const;
    std::optional<std::int32_t> epochForOffset(std::int64_t offset) const;

    // --- cutting

    /**
     * Makes `offset` the log end; batches that hold it or come after go. Above the log end only
     * epochs without any batch go.
     */
    Result<void> truncateTo(std::int64_t offset);
    /** Drops everything; the log begins anew at `offset`. */
    Result<void> truncateFullyAndStartAt(std::int64_t offset);
    /**
     * DeleteRecords: records below `offset` are no longer read; whole segments go. Never past the
     * high watermark (OffsetOutOfRange); does nothing when the start is beyond already.
     */
    Result<void> advanceLogStartOffset(std::int64_t offset);
    /** retention.ms, retention.bytes, and what lies below the log start. Returns segments removed.
     */
    Result<int> applyRetention(std::int64_t nowMs);

    // --- durability

    /** Files whose unsynced bytes must be on the disk so that the log is durable up to `offset`. */
    struct FlushWork {
        std::vector<std::shared_ptr<File>> files;
        std::vector<std::string> directories; ///< that got or lost names
        std::int64_t offset = 0;
        std::uint64_t truncations = 0; ///< how often the log had been cut by then
        FileSystem* fileSystem = nullptr;

        /** The fsyncs; runs on any thread. */
        Result<void> run() const;
        bool isEmpty() const { return files.empty() && directories.empty(); }
    };
    /** Rolled: all but the active segment, which is what a broker syncs after a roll. */
    enum class FlushScope { Rolled, Everything };
    /** What must be synced to make everything appended so far durable. */
    Result<FlushWork> prepareFlush(FlushScope scope = FlushScope::Everything);
    /** The work ran (`outcome` tells how): moves the recovery point or takes the directory offline.
     */
    Result<void> finishFlush(const FlushWork& work, const Result<void>& outcome);
    /** prepareFlush(), run() and finishFlush() at once, on this thread. */
    Result<void> flush();
    /** flush.ms asks for a flush of everything now (flush.messages is kept by the appends). */
    bool isFlushDue(std::int64_t nowMs) const;
    /** Something is not on the disk that flush.ms will ask for. */
    bool awaitsFlush() const
    {
        return m_logEndOffset > m_recoveryPoint && m_config->flushMs != LogConfig::kForever;
    }
    /** A segment was rolled and is not on the disk yet. */
    bool isRolledFlushDue() const { return m_recoveryPoint < m_segments.back()->baseOffset(); }
    /** Expires with the log: work that comes back from a worker asks it first. */
    std::weak_ptr<const void> life() const { return m_life; }

    /** Writes what a clean start needs (indexes, producer snapshot); a flush comes after it. */
    Result<void> close();
    /** Closes files and mappings of an idle log; the next call that needs them opens them again. */
    Result<void> releaseIdle();

    // --- producers

    /** Idempotent and transactional producers that the log remembers, for DescribeProducers. */
    std::vector<ProducerEntry> activeProducers() const;
    /** Forgets producers without a batch for producer.id.expiration.ms; open transactions stay. */
    void expireProducers(std::int64_t nowMs);
    const ProducerState& producerState() const { return m_producers; }

    std::vector<SegmentInfo> segments();

    // --- compaction (LogCleaner drives it)

    /**
     * What a compaction could do, when each key stands once up to `cleanedTo`; none when nothing
     * is dirty. Not yet complete: completePlan() adds what only a job needs.
     */
    Result<std::optional<CleanPlan>> planCleaning(std::int64_t cleanedTo, std::int64_t nowMs);
    Result<void> completePlan(CleanPlan& plan);
    /**
     * Puts a finished job's segments in the place of its sources. False, and the result is
     * discarded, when the log has been cut or deleted from in the meantime.
     */
    Result<bool> adoptCleaned(CleanJob& job);

    /** A log that was made before its topic's id was known gets it. */
    Result<void> assignTopicId(const Uuid& topicId);

    /** When the log was last used and whether files may be open: the LogHost's notes. */
    struct UseMark {
        std::uint64_t lastUse = 0;
        bool hasOpenFiles = false;
        bool isListed = false; ///< as one that may have to be flushed
        bool hasMoved = true; ///< its host knows that a checkpoint is old; so for a log just opened
    };
    UseMark& useMark() { return m_useMark; }

private:
    friend class LogLoader;

    PartitionLog(LogHost& host, Options options);

    Segment& active() { return *m_segments.back(); }
    const Segment& active() const { return *m_segments.back(); }
    /** The segment that holds `offset`: the last whose base is at or below it. */
    std::size_t segmentIndexFor(std::int64_t offset) const;
    std::unique_ptr<Segment> newSegment(std::int64_t baseOffset) const;
    void noteMoved();
    /** A failed file operation as the caller is to see it; takes the directory offline. */
    Error diskError(Error cause);
    Result<void> ready();

    Result<void> write(
        std::span<const BytesView> parts, std::span<const BatchHeader> batches, std::int64_t nowMs);
    Result<bool> isRollDue(
        std::span<const BatchHeader> batches, std::size_t bytes, std::int64_t nowMs);
    std::int64_t rollJitterMs() const;
    Result<void> rollTo(std::int64_t baseOffset, std::int64_t nowMs);
    Result<void> collectFlush(FlushWork& work);
    Result<void> flushIfManyMessages();
    Result<void> noteAppended(const BatchHeader& batch, BytesView bytes);
    Result<void> saveEpochs();

    Result<std::optional<TimestampedOffset>> firstInSegment(
        Segment& segment, std::int64_t timestampMs);
    Result<std::optional<TimestampedOffset>> firstAtOrAfter(
        BytesView batch, std::int64_t timestampMs);

    Result<void> cutTo(std::int64_t offset);
    Result<void> keepCut();
    Result<void> startAnewAt(std::int64_t offset);
    Result<int> removeExpired(std::int64_t nowMs);
    /** Renames the files of segments [first, last) out of the way and forgets the segments. */
    Result<void> removeSegments(std::size_t first, std::size_t last);
    /** The producers as they were at `endOffset`, from the newest snapshot below it. */
    Result<void> loadProducers(std::int64_t endOffset);
    Result<void> reloadProducers(std::int64_t endOffset);
    Result<void> recallBatches(std::int64_t endOffset);
    Result<void> replayProducers(std::int64_t fromOffset, std::int64_t endOffset);
    void moveLogStart(std::int64_t offset);

    Result<std::int64_t> firstUncleanable(std::int64_t firstDirtyOffset, std::int64_t nowMs);
    bool isStillAsPlanned(const CleanPlan& plan, std::size_t last) const;
    Result<void> swapIn(CleanJob::Group& group);

    LogHost& m_host;
    TopicPartition m_partition;
    Uuid m_topicId;
    std::string m_path;
    std::shared_ptr<const LogConfig> m_config;
    std::vector<std::unique_ptr<Segment>> m_segments; ///< by base offset; the last is active
    LeaderEpochs m_epochs;
    ProducerState m_producers;
    ProducerSnapshots m_snapshots;
    std::int64_t m_logStartOffset = 0;
    std::int64_t m_logEndOffset = 0;
    std::int64_t m_highWatermark = 0;
    std::int64_t m_recoveryPoint = 0;
    std::int64_t m_activeSinceMs = 0; ///< when the active segment was made or opened
    std::int64_t m_lastFlushMs = 0;
    UseMark m_useMark;
    std::shared_ptr<const void> m_life = std::make_shared<char>(); ///< ends with the log
    std::uint64_t m_truncations = 0;
    std::int64_t m_lowestCut
        = std::numeric_limits<std::int64_t>::max(); ///< since the last cleaning
    bool m_isRollOwed = false; ///< the active segment was cut: nothing is written behind that
    bool m_areEpochsUnsaved = false; ///< not yet in the checkpoint file
    bool m_areEpochsUnsynced = false;
    bool m_areNamesUnsynced = false; ///< files came or went since the last flush
    bool m_isNewDirectory = false;
};

} // namespace moldau::storage
