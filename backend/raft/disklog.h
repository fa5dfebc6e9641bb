#pragma once

#include "base/eventloop.h"
#include "raft/replicatedlog.h"
#include "raft/snapshotfiles.h"
#include "storage/logdirectory.h"

#include <memory>

namespace moldau::raft {

/** metadata.log.segment.bytes and .ms: when the log goes on in a new file. */
struct MetadataSegments {
    std::int32_t bytes = storage::LogConfig().segmentBytes;
    std::int64_t ms = storage::LogConfig::kForever;
};

/**
 * The quorum's log on disk: the partition __cluster_metadata-0 of a log directory, in Kafka's own
 * layout. Owned by its quorum; the directory outlives it.
 */
class DiskLog final : public ReplicatedLog {
public:
    /**
     * Opens the log, or makes an empty one. A log whose beginning is gone needs a whole snapshot
     * that ends where it begins or later: LocalCorruptData when there is none.
     */
    static Result<std::unique_ptr<DiskLog>> open(EventLoop& loop, storage::LogDirectory& directory,
        MetadataSegments segments = {}, SnapshotRetention retention = {});
    ~DiskLog() override;

    /** Where the quorum keeps its other files. */
    const std::string& path() const { return m_log.path(); }

    std::int64_t startOffset() const override { return m_log.logStartOffset(); }
    std::int64_t endOffset() const override { return m_log.logEndOffset(); }
    std::int32_t lastEpoch() const override;
    EpochEnd endOfEpoch(std::int32_t epoch) const override;
    std::optional<SnapshotId> snapshot() const override { return m_start; }
    std::optional<SnapshotId> newestSnapshot() const override { return m_snapshots.newest(); }
    Result<void> append(BytesView batches, std::int64_t nowMs) override;
    Result<void> truncateTo(std::int64_t offset) override { return m_log.truncateTo(offset); }
    void flush(Callback<void(Result<std::int64_t>)> done) override;
    void setHighWatermark(std::int64_t offset) override { m_log.setHighWatermark(offset); }
    Result<Slice> read(std::int64_t offset, std::size_t maxBytes, Limit limit) override;
    std::int32_t epochBefore(std::int64_t offset) const override;
    void writeSnapshot(
        SnapshotHead head, SnapshotSource source, Callback<void(Result<void>)> done) override;
    Result<LoadedSnapshot> loadSnapshot() override;
    Result<SnapshotPiece> readSnapshot(
        const SnapshotId& id, std::int64_t position, std::size_t maxBytes) override
    {
        return m_snapshots.read(id, position, maxBytes);
    }
    Result<void> storeSnapshot(
        const SnapshotId& id, std::int64_t position, BytesView bytes, bool isLast) override;
    Result<void> clean() override;

private:
    DiskLog(EventLoop& loop, storage::LogDirectory& directory, storage::PartitionLog& log,
        SnapshotRetention retention);

    /** Brings log and snapshots together, whatever moment the node's last life ended in. */
    Result<void> openSnapshots();
    Result<void> beginAt(const SnapshotId& id);
    Result<void> cutBefore(const SnapshotId& id);

    EventLoop& m_loop;
    storage::LogDirectory& m_directory;
    storage::PartitionLog& m_log; // the directory's
    SnapshotFiles m_snapshots;
    SnapshotRetention m_retention;
    std::optional<SnapshotId> m_start; // ends where the log begins; none where it begins at 0
    std::shared_ptr<bool> m_isAlive = std::make_shared<bool>(true); // for work on its way
};

/** How a metadata log is kept: never thinned out by itself, batches of any size. */
std::shared_ptr<const storage::LogConfig> metadataLogConfig(MetadataSegments segments = {});

} // namespace moldau::raft
