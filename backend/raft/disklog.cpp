#include "raft/disklog.h"

#include "base/log.h"

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

std::shared_ptr<const storage::LogConfig> metadataLogConfig(MetadataSegments segments)
{
    storage::LogConfig config;
    config.isDelete = false;
    config.retentionMs = -1;
    config.retentionBytes = -1;
    config.segmentBytes = segments.bytes;
    config.segmentMs = segments.ms;
    config.maxMessageBytes = std::numeric_limits<std::int32_t>::max();
    return std::make_shared<const storage::LogConfig>(config);
}

Result<std::unique_ptr<DiskLog>> DiskLog::open(EventLoop& loop, storage::LogDirectory& directory,
    MetadataSegments segments, SnapshotRetention retention)
{
    auto log = directory.findOrCreate(
        {"__cluster_metadata", 0}, kMetadataTopicId, metadataLogConfig(segments));
    if (!log)
        return fail(log.error());
    std::unique_ptr<DiskLog> disk(new DiskLog(loop, directory, **log, retention));
    if (auto opened = disk->openSnapshots(); !opened)
        return fail(opened.error());
    return disk;
}

DiskLog::DiskLog(EventLoop& loop, storage::LogDirectory& directory, storage::PartitionLog& log,
    SnapshotRetention retention)
    : m_loop(loop)
    , m_directory(directory)
    , m_log(log)
    , m_snapshots(directory.fileSystem(), directory.log(), log.path())
    , m_retention(retention)
{
}

DiskLog::~DiskLog() = default;

Result<void> DiskLog::openSnapshots()
{
    if (auto opened = m_snapshots.open(); !opened)
        return opened;
    const auto newest = m_snapshots.newest();
    if (newest && *newest > end())
        return beginAt(*newest); // the log did not, or its end was lost: what is below is here
    if (newest)
        m_log.setHighWatermark(newest->offset);
    if (startOffset() == 0)
        return {};
    const auto oldest = std::find_if(m_snapshots.entries().begin(), m_snapshots.entries().end(),
        [this](const auto& entry) { return entry.id.offset >= startOffset(); });
    if (oldest == m_snapshots.entries().end())
        return fail(ErrorCode::LocalCorruptData,
            fmt::format("the metadata log {} begins at offset {}, and no whole snapshot has what "
                        "was before",
                path(), startOffset()));
    return cutBefore(SnapshotId(oldest->id));
}

Result<void> DiskLog::beginAt(const SnapshotId& id)
{
    if (auto begun = m_log.truncateFullyAndStartAt(id.offset); !begun)
        return begun;
    m_start = id;
    return m_snapshots.removeBefore(id);
}

Result<void> DiskLog::cutBefore(const SnapshotId& id)
{
    if (auto cut = m_log.advanceLogStartOffset(id.offset); !cut)
        return cut;
    m_start = id;
    return m_snapshots.removeBefore(id);
}

std::int32_t DiskLog::lastEpoch() const
{
    if (const auto epoch = m_log.latestEpoch())
        return *epoch;
    return m_start ? m_start->epoch : 0;
}

EpochEnd DiskLog::endOfEpoch(std::int32_t epoch) const
{
    const auto end = m_log.endOffsetForEpoch(epoch);
    if (end.epoch < 0 && m_start && epoch >= m_start->epoch)
        return {m_start->epoch, m_start->offset};
    return {end.epoch, end.endOffset};
}

std::int32_t DiskLog::epochBefore(std::int64_t offset) const
{
    if (m_start && offset <= m_start->offset)
        return m_start->epoch;
    return m_log.epochForOffset(offset - 1).value_or(0);
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

void DiskLog::writeSnapshot(
    SnapshotHead head, SnapshotSource source, Callback<void(Result<void>)> done)
{
    struct State {
        SnapshotHead head;
        SnapshotSource source;
        Callback<void(Result<void>)> done;
        Result<void> outcome;
    };
    const auto state = std::make_shared<State>();
    state->head = std::move(head);
    state->source = std::move(source);
    state->done = std::move(done);
    m_loop.offload(
        [state, &files = m_directory.fileSystem(), directory = path(),
            nowMs = m_loop.wallClockMs()] {
            state->outcome
                = raft::writeSnapshot(files, directory, state->head, nowMs, state->source);
        },
        [this, state, alive = std::weak_ptr(m_isAlive)] {
            state->source = nullptr; // what it shows of a state is let go on the state's thread
            if (alive.expired())
                return;
            if (state->outcome)
                state->outcome = m_snapshots.note(state->head);
            state->done(std::move(state->outcome));
        });
}

Result<LoadedSnapshot> DiskLog::loadSnapshot()
{
    return m_snapshots.load(*m_snapshots.newest());
}

Result<void> DiskLog::storeSnapshot(
    const SnapshotId& id, std::int64_t position, BytesView bytes, bool isLast)
{
    if (auto stored = m_snapshots.store(id, position, bytes, isLast); !stored)
        return stored;
    return isLast ? beginAt(id) : Result<void>{};
}

Result<void> DiskLog::clean()
{
    while (const auto oldest
        = m_snapshots.nextOldest(m_retention, m_log.sizeBytes(), m_loop.wallClockMs())) {
        if (auto cut = cutBefore(*oldest); !cut)
            return cut;
    }
    return {};
}

} // namespace moldau::raft
