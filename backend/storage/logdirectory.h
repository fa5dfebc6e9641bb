#pragma once

#include "base/callback.h"
#include "base/eventloop.h"
#include "base/filesystem.h"
#include "base/ids.h"
#include "base/log.h"
#include "base/topicpartition.h"
#include "base/uuid.h"
#include "storage/checkpointfile.h"
#include "storage/loghost.h"
#include "storage/metaproperties.h"
#include "storage/partitionlog.h"

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace moldau::storage {

/**
 * One entry of log.dirs: its lock, meta.properties, checkpoints, and the logs of its partitions.
 * Owned and used by one broker on its thread. Destroying it without close() is a crash as far as
 * the files are concerned: the next open() recovers.
 *
 * Opening is lazy: open() only lists names; a partition's log is read at its first find().
 */
class LogDirectory final : public LogHost {
public:
    struct Options {
        std::string path;
        std::string clusterId; ///< a directory of another cluster or node is refused
        BrokerId nodeId = kNoBroker;
        /** Config for a partition found on the disk; asked once per log that is opened. */
        std::function<std::shared_ptr<const LogConfig>(const std::string& topic)> configOf;
        std::size_t maxOpenLogs = 1000; ///< logs that keep files open at a time
    };

    /** Makes or opens the directory. `loop`, `files` and `log` outlive it. */
    static Result<std::unique_ptr<LogDirectory>> open(
        EventLoop& loop, FileSystem& files, Log& log, Options options);
    ~LogDirectory() override;

    const std::string& path() const { return m_options.path; }
    const Uuid& directoryId() const { return m_meta.directoryId; }
    const MetaProperties& metaProperties() const { return m_meta; }
    /** The directory was not closed properly before; logs are recovered as they are opened. */
    bool wasUnclean() const { return m_wasUnclean; }
    /** Broker epoch of the clean shutdown before; none after a crash or a first start. */
    std::optional<std::int64_t> previousBrokerEpoch() const { return m_previousBrokerEpoch; }

    /** Partitions whose directory exists, opened or not; the metadata log is not among them. */
    std::vector<TopicPartition> partitions() const;
    bool has(const TopicPartition& partition) const;
    /** The log, opened if it was not; LocalNotFound when there is none. Valid until removed. */
    Result<PartitionLog*> find(const TopicPartition& partition);
    /** find(), or a new empty log. InconsistentTopicId when the one found is of another topic. */
    Result<PartitionLog*> findOrCreate(const TopicPartition& partition, const Uuid& topicId,
        std::shared_ptr<const LogConfig> config);
    /** Topic id from partition.metadata, without opening the log; zero when it has none. */
    Result<Uuid> topicIdOf(const TopicPartition& partition);
    /** Renames the directory to TOPIC-PARTITION.UUID-delete at once; its files go after the delay.
     */
    Result<void> remove(const TopicPartition& partition);

    /** Logs that are open, in no order. */
    std::vector<PartitionLog*> openLogs() const;
    /** Those that may have to be flushed: opened or used since this was asked last. */
    std::vector<PartitionLog*> takeUsed();

    /**
     * Writes recovery-point-offset-checkpoint, log-start-offset-checkpoint and
     * replication-offset-checkpoint. Kafka's brokers do it every 5 s (high watermarks) and 60 s.
     */
    Result<void> writeCheckpoints();
    /** Retention of every open log. Files are removed file.delete.delay.ms later. */
    Result<void> applyRetention();
    /** Every open log closes its files that it can open again. */
    void releaseIdle();

    /** Flushes every log, writes checkpoints and the clean-shutdown marker, frees the lock. */
    Result<void> close(std::int64_t brokerEpoch = -1);

    bool isOnline() const { return !m_offlineReason.has_value(); }
    const std::optional<Error>& offlineReason() const { return m_offlineReason; }
    /** Called once, from inside the failing call, when the directory goes offline. */
    void setOfflineHandler(Callback<void(const Error&)> handler)
    {
        m_onOffline = std::move(handler);
    }
    /** Takes the directory offline as if the disk had failed (fault injection). */
    void takeOffline(const Error& cause);

    std::uint64_t freeBytes();

    // LogHost
    FileSystem& fileSystem() override { return m_files; }
    Log& log() override { return m_log; }
    std::int64_t nowMs() const override { return m_loop.wallClockMs(); }
    Result<void> requireOnline() const override;
    Error reportDiskError(const Error& cause) override;
    void noteUse(PartitionLog& log) override;
    void noteFlushWish(PartitionLog& log) override;
    void noteMoved(PartitionLog& log) override { m_moved.push_back(&log); }
    void removeLater(std::string path, std::int64_t delayMs) override;

private:
    struct Entry {
        std::unique_ptr<PartitionLog> log; ///< null until it is first asked for
        std::int64_t recoveryPoint = 0; ///< of the checkpoints, while there is no log
        std::int64_t logStartOffset = 0;
        std::int64_t highWatermark = 0;
    };
    /** A checkpoint file: an offset of each partition. */
    struct Checkpoint {
        const char* name;
        std::int64_t Entry::*offset;
        bool leavesOutZero; ///< a partition without a line begins at 0
        bool isOld = true; ///< what the file says isn't so any more
    };

    LogDirectory(EventLoop& loop, FileSystem& files, Log& log, Options options);

    Result<void> load();
    void syncIdentity();
    Result<void> takeCleanShutdownMarker();
    Result<void> listPartitions();
    Result<void> loadCheckpoints();
    Result<void> saveCheckpoints(Durability durability);
    void takeMovedOffsets();
    std::string textOf(const Checkpoint& checkpoint) const;
    void markCheckpointsOld();
    Result<PartitionLog*> openLog(const TopicPartition& partition, Entry& entry,
        const Uuid& topicId, std::shared_ptr<const LogConfig> config, bool isNew);
    Result<void> flushAll();
    void dropLogs();
    void scheduleRemoval();
    std::string pathOf(std::string_view name) const
    {
        return m_options.path + "/" + std::string(name);
    }

    EventLoop& m_loop;
    FileSystem& m_files;
    Log& m_log;
    Options m_options;
    MetaProperties m_meta;
    std::unique_ptr<FileLock> m_lock;
    std::unordered_map<TopicPartition, Entry> m_entries;
    std::multimap<std::int64_t, std::string> m_removals; ///< wall clock -> path
    Timer m_removalTimer;
    std::array<Checkpoint, 3> m_checkpoints{
        Checkpoint{kRecoveryPointFile, &Entry::recoveryPoint, false},
        Checkpoint{kLogStartOffsetFile, &Entry::logStartOffset, true},
        Checkpoint{kHighWatermarkFile, &Entry::highWatermark, false}};
    std::uint64_t m_uses = 0;
    std::vector<PartitionLog*> m_withFiles; ///< logs that may have files open
    std::vector<PartitionLog*> m_used; ///< since takeUsed()
    std::vector<PartitionLog*> m_moved; ///< since their offsets were looked at for the checkpoints
    bool m_wasUnclean = false;
    std::optional<std::int64_t> m_previousBrokerEpoch;
    std::optional<Error> m_offlineReason;
    Callback<void(const Error&)> m_onOffline;
};

} // namespace moldau::storage
