// How a partition's log becomes durable, and how it is closed.

#include "storage/checkpointfile.h"
#include "storage/loghost.h"
#include "storage/partitionlog.h"

#include <algorithm>

namespace moldau::storage {

Result<void> PartitionLog::FlushWork::run() const
{
    for (const auto& file : files) {
        if (auto synced = file->sync(); !synced)
            return synced;
    }
    // Names last: a name that is found again shows whole files.
    for (const std::string& directory : directories) {
        if (auto synced = fileSystem->syncDirectory(directory); !synced)
            return synced;
    }
    return {};
}

Result<PartitionLog::FlushWork> PartitionLog::prepareFlush(FlushScope scope)
{
    if (auto online = m_host.requireOnline(); !online)
        return fail(std::move(online.error()));
    FlushWork work;
    work.fileSystem = &m_host.fileSystem();
    work.truncations = m_truncations;
    work.offset = scope == FlushScope::Everything ? m_logEndOffset : active().baseOffset();
    // The names of files without bytes are not worth a sync.
    const bool areNamesOwed = (m_areNamesUnsynced || m_isNewDirectory) && sizeBytes() > 0;
    const bool isSegmentUnsynced = std::any_of(m_segments.begin(), m_segments.end(),
        [](const auto& segment) { return segment->isUnsynced(); });
    if (!isSegmentUnsynced && work.offset <= m_recoveryPoint && !areNamesOwed
        && !m_areEpochsUnsynced && !m_areEpochsUnsaved)
        return work;
    auto collected = collectFlush(work);
    if (!collected)
        return fail(diskError(std::move(collected.error())));
    return work;
}

Result<void> PartitionLog::collectFlush(FlushWork& work)
{
    if (m_areEpochsUnsaved) {
        if (auto saved = saveEpochs(); !saved)
            return saved;
    }
    for (const auto& segment : m_segments) {
        const bool isMeant = segment != m_segments.back() || work.offset == m_logEndOffset;
        if (!segment->isUnsynced() || !isMeant)
            continue;
        if (auto collected = segment->collectFiles(work.files); !collected)
            return collected;
    }
    std::vector<std::string> others;
    for (const std::int64_t offset : m_snapshots.offsets()) {
        if (offset >= m_recoveryPoint)
            others.push_back(m_snapshots.pathOf(offset));
    }
    if (m_areEpochsUnsynced)
        others.push_back(m_path + "/" + kEpochFile);
    for (const std::string& path : others) {
        auto file = m_host.fileSystem().open(path, OpenMode::ReadWrite);
        if (!file)
            return fail(std::move(file.error()));
        work.files.push_back(std::move(*file));
    }
    if (m_areNamesUnsynced || !others.empty())
        work.directories.push_back(m_path);
    if (m_isNewDirectory)
        work.directories.push_back(parentPath(m_path));
    m_areNamesUnsynced = m_areEpochsUnsynced = m_isNewDirectory = false;
    return {};
}

Result<void> PartitionLog::finishFlush(const FlushWork& work, const Result<void>& outcome)
{
    if (!outcome)
        return fail(diskError(outcome.error()));
    m_lastFlushMs = m_host.nowMs();
    // What was cut and written anew since then is not what was synced.
    if (work.truncations == m_truncations)
        m_recoveryPoint = std::max(m_recoveryPoint, work.offset);
    noteMoved();
    return {};
}

Result<void> PartitionLog::flush()
{
    auto work = prepareFlush();
    if (!work)
        return fail(std::move(work.error()));
    return finishFlush(*work, work->run());
}

/** flush.messages is kept before an append is acknowledged, so it waits for the disk. */
Result<void> PartitionLog::flushIfManyMessages()
{
    return m_logEndOffset - m_recoveryPoint < m_config->flushMessages ? Result<void>{} : flush();
}

bool PartitionLog::isFlushDue(std::int64_t nowMs) const
{
    return m_logEndOffset > m_recoveryPoint && nowMs - m_lastFlushMs >= m_config->flushMs;
}

Result<void> PartitionLog::close()
{
    if (auto online = m_host.requireOnline(); !online)
        return online;
    auto closed = active().finish();
    if (closed && m_areEpochsUnsaved && m_logEndOffset > 0)
        closed = saveEpochs();
    // A clean start without a snapshot takes the state for empty.
    if (closed && (!m_producers.isEmpty() || !m_snapshots.isEmpty())) {
        m_producers.setMapEndOffset(m_logEndOffset);
        closed = m_snapshots.take(m_producers);
    }
    if (!closed)
        return fail(diskError(std::move(closed.error())));
    return {};
}

Result<void> PartitionLog::releaseIdle()
{
    if (!m_host.requireOnline())
        return {};
    for (const auto& segment : m_segments) {
        if (auto released = segment->release(); !released)
            return fail(diskError(std::move(released.error())));
    }
    return {};
}

} // namespace moldau::storage
