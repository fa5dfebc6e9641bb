#pragma once

#include "base/eventloop.h"
#include "raft/replicatedlog.h"
#include "storage/logdirectory.h"

#include <memory>

namespace moldau::raft {

/**
 * The quorum's log on disk: the partition __cluster_metadata-0 of a log directory, in Kafka's own
 * layout. Owned by its quorum; the directory outlives it.
 */
class DiskLog final : public ReplicatedLog {
public:
    /** Opens the log, or makes an empty one. */
    static Result<std::unique_ptr<DiskLog>> open(EventLoop& loop, storage::LogDirectory& directory);
    ~DiskLog() override;

    /** Where the quorum keeps its other files. */
    const std::string& path() const { return m_log.path(); }

    std::int64_t startOffset() const override { return m_log.logStartOffset(); }
    std::int64_t endOffset() const override { return m_log.logEndOffset(); }
    std::int32_t lastEpoch() const override { return m_log.latestEpoch().value_or(0); }
    EpochEnd endOfEpoch(std::int32_t epoch) const override;
    std::optional<SnapshotId> snapshot() const override { return std::nullopt; }
    Result<void> append(BytesView batches, std::int64_t nowMs) override;
    Result<void> truncateTo(std::int64_t offset) override { return m_log.truncateTo(offset); }
    void flush(Callback<void(Result<std::int64_t>)> done) override;
    void setHighWatermark(std::int64_t offset) override { m_log.setHighWatermark(offset); }
    Result<Slice> read(std::int64_t offset, std::size_t maxBytes, Limit limit) override;

private:
    DiskLog(EventLoop& loop, storage::PartitionLog& log);

    EventLoop& m_loop;
    storage::PartitionLog& m_log; // the directory's
    std::shared_ptr<bool> m_isAlive = std::make_shared<bool>(true); // for work on its way
};

/** How a metadata log is kept: never thinned out by itself, batches of any size. */
std::shared_ptr<const storage::LogConfig> metadataLogConfig();

} // namespace moldau::raft
