#include "raft/disklog.h"

#include <algorithm>
#include <limits>

namespace moldau::raft {

namespace {

bool endsWith(const std::shared_ptr<File>& file, std::string_view suffix)
{
    return std::string_view(file->path()).ends_with(suffix);
}

/**
 * Leaves out the indexes while the log is one segment: recovery makes them anew, so a commit
 * needs the records' file alone. Whether it could.
 */
bool leaveOutIndexes(storage::PartitionLog::FlushWork& work)
{
    const auto segments = std::count_if(work.files.begin(), work.files.end(),
        [](const auto& file) { return endsWith(file, ".log"); });
    return segments == 1
        && std::erase_if(work.files, [](const auto& file) { return endsWith(file, "index"); }) > 0;
}

} // namespace

std::shared_ptr<const storage::LogConfig> metadataLogConfig()
{
    storage::LogConfig config;
    config.isDelete = false;
    config.retentionMs = -1;
    config.retentionBytes = -1;
    config.segmentMs = storage::LogConfig::kForever;
    config.maxMessageBytes = std::numeric_limits<std::int32_t>::max();
    return std::make_shared<const storage::LogConfig>(config);
}

Result<std::unique_ptr<DiskLog>> DiskLog::open(EventLoop& loop, storage::LogDirectory& directory)
{
    auto log
        = directory.findOrCreate({"__cluster_metadata", 0}, kMetadataTopicId, metadataLogConfig());
    if (!log)
        return fail(log.error());
    return std::unique_ptr<DiskLog>(new DiskLog(loop, **log));
}

DiskLog::DiskLog(EventLoop& loop, storage::PartitionLog& log)
    : m_loop(loop)
    , m_log(log)
{
}

DiskLog::~DiskLog() = default;

EpochEnd DiskLog::endOfEpoch(std::int32_t epoch) const
{
    const auto end = m_log.endOffsetForEpoch(epoch);
    return {end.epoch, end.endOffset};
}

Result<void> DiskLog::append(BytesView batches, std::int64_t nowMs)
{
    // The quorum has set offsets and epochs itself, as a follower's fetched batches have them.
    const auto appended = m_log.appendAsFollower(batches, nowMs);
    if (!appended)
        return fail(appended.error().error);
    return {};
}

void DiskLog::flush(Callback<void(Result<std::int64_t>)> done)
{
    auto work = m_log.prepareFlush();
    if (!work) {
        m_loop.post(
            [done = std::move(done), error = work.error()]() mutable { done(fail(error)); });
        return;
    }
    struct State {
        storage::PartitionLog::FlushWork work;
        Result<void> outcome;
        Callback<void(Result<std::int64_t>)> done;
        bool isWithoutIndexes = false;
    };
    const auto state = std::make_shared<State>();
    state->work = std::move(*work);
    state->isWithoutIndexes = leaveOutIndexes(state->work);
    state->done = std::move(done);
    m_loop.offload([state] { state->outcome = state->work.run(); },
        [this, state, alive = std::weak_ptr(m_isAlive)] {
            if (alive.expired())
                return;
            // Without its indexes the segment stays above the recovery point.
            if (!state->outcome || !state->isWithoutIndexes) {
                const auto finished = m_log.finishFlush(state->work, state->outcome);
                if (!finished)
                    return state->done(fail(finished.error()));
            }
            state->done(state->work.offset);
        });
}

Result<Slice> DiskLog::read(std::int64_t offset, std::size_t maxBytes, Limit limit)
{
    auto read = m_log.read(offset, maxBytes,
        limit == Limit::End ? storage::ReadLimit::LogEnd : storage::ReadLimit::HighWatermark);
    if (!read)
        return fail(read.error());
    return std::move(read->records);
}

} // namespace moldau::raft
