// What makes a partition's log shorter: truncation, DeleteRecords, retention.

#include "storage/loghost.h"
#include "storage/partitionlog.h"

#include <algorithm>

namespace moldau::storage {

namespace {

constexpr std::string_view kCutter = "org.apache.kafka.storage.internals.log.UnifiedLog";

} // namespace

Result<void> PartitionLog::truncateTo(std::int64_t offset)
{
    if (offset >= m_logEndOffset) {
        // An epoch in which this replica led and appended nothing: to the next leader it never was.
        if (m_epochs.truncateFromEnd(m_logEndOffset))
            m_areEpochsUnsaved = true;
        return {};
    }
    if (auto online = ready(); !online)
        return online;
    m_host.log().info(kCutter, "[UnifiedLog partition={}, dir={}] Truncating to offset {}",
        m_partition.toString(), parentPath(m_path), offset);
    auto cut = offset < m_segments.front()->baseOffset() ? startAnewAt(offset) : cutTo(offset);
    if (!cut)
        return fail(diskError(std::move(cut.error())));
    return {};
}

Result<void> PartitionLog::truncateFullyAndStartAt(std::int64_t offset)
{
    if (auto online = ready(); !online)
        return online;
    m_host.log().info(kCutter, "[UnifiedLog partition={}, dir={}] Truncate and start at offset {}",
        m_partition.toString(), parentPath(m_path), offset);
    if (auto started = startAnewAt(offset); !started)
        return fail(diskError(std::move(started.error())));
    return {};
}

Result<void> PartitionLog::cutTo(std::int64_t offset)
{
    ++m_truncations;
    const std::size_t index = segmentIndexFor(offset);
    if (auto removed = removeSegments(index + 1, m_segments.size()); !removed)
        return removed;
    // A batch that only begins below the offset goes too, and is fetched again as a whole.
    auto position = active().positionOf(offset);
    if (!position)
        return fail(std::move(position.error()));
    std::int64_t end = offset;
    if (*position < active().sizeBytes()) {
        auto first = active().batchAt(*position);
        if (!first)
            return fail(std::move(first.error()));
        end = std::min(end, first->baseOffset);
    }
    const auto dropped = active().truncateTo(offset);
    if (!dropped)
        return fail(dropped.error());
    if (*dropped > 0) {
        if (auto kept = keepCut(); !kept)
            return kept;
    }

    m_logEndOffset = end;
    m_lowestCut = std::min(m_lowestCut, end);
    m_logStartOffset = std::min(m_logStartOffset, end);
    m_recoveryPoint = std::min(m_recoveryPoint, end);
    m_activeSinceMs = m_host.nowMs();
    if (m_epochs.truncateFromEnd(end)) {
        if (auto saved = saveEpochs(); !saved)
            return saved;
    }
    if (auto reloaded = reloadProducers(end); !reloaded)
        return reloaded;
    setHighWatermark(m_highWatermark);
    return {};
}

// Without a sync, a power cut may bring back what was cut off, beside what was written since. In
// one file nobody could tell them apart; where the next batch begins a new segment, recovery can.
Result<void> PartitionLog::keepCut()
{
    m_isRollOwed = !active().isEmpty();
    if (m_isRollOwed)
        return {};
    // The new segment would have the same name. An empty file is synced in no time.
    std::vector<std::shared_ptr<File>> files;
    if (auto collected = active().collectFiles(files); !collected)
        return collected;
    for (const auto& file : files) {
        if (auto synced = file->sync(); !synced)
            return synced;
    }
    return {};
}

Result<void> PartitionLog::startAnewAt(std::int64_t offset)
{
    ++m_truncations;
    if (auto removed = removeSegments(0, m_segments.size()); !removed)
        return removed;
    m_segments.push_back(newSegment(offset));
    if (auto removed = m_snapshots.removeAll(); !removed)
        return removed;
    m_producers.clear();
    m_producers.setMapEndOffset(offset);
    m_logStartOffset = m_logEndOffset = m_recoveryPoint = offset;
    m_activeSinceMs = m_host.nowMs();
    setHighWatermark(offset);
    m_epochs.clear();
    return saveEpochs();
}

Result<void> PartitionLog::removeSegments(std::size_t first, std::size_t last)
{
    for (std::size_t i = first; i < last; ++i) {
        Segment& segment = *m_segments[i];
        auto paths = segment.renameTail(kDeletedTail);
        if (!paths)
            return fail(std::move(paths.error()));
        for (std::string& path : *paths)
            m_host.removeLater(std::move(path), m_config->fileDeleteDelayMs);
        m_areNamesUnsynced = true;
    }
    m_segments.erase(m_segments.begin() + static_cast<std::ptrdiff_t>(first),
        m_segments.begin() + static_cast<std::ptrdiff_t>(last));
    return {};
}

void PartitionLog::moveLogStart(std::int64_t offset)
{
    m_logStartOffset = offset;
    m_producers.logStartMoved(offset);
    if (m_epochs.truncateFromStart(offset))
        m_areEpochsUnsaved = true;
    setHighWatermark(m_highWatermark);
}

Result<void> PartitionLog::advanceLogStartOffset(std::int64_t offset)
{
    if (offset <= m_logStartOffset)
        return {};
    if (offset > m_highWatermark)
        return fail(ErrorCode::OffsetOutOfRange,
            fmt::format("Cannot increment the log start offset to {} of partition {} since it is "
                        "larger than the high watermark {}",
                offset, m_partition.toString(), m_highWatermark));
    if (auto online = ready(); !online)
        return online;
    moveLogStart(offset);
    if (auto removed = removeExpired(m_host.nowMs()); !removed)
        return fail(diskError(std::move(removed.error())));
    return {};
}

Result<int> PartitionLog::applyRetention(std::int64_t nowMs)
{
    if (auto online = m_host.requireOnline(); !online)
        return fail(std::move(online.error()));
    auto removed = removeExpired(nowMs);
    if (!removed)
        return fail(diskError(std::move(removed.error())));
    return removed;
}

Result<int> PartitionLog::removeExpired(std::int64_t nowMs)
{
    std::int64_t surplus
        = m_config->retentionBytes < 0 ? -1 : sizeBytes() - m_config->retentionBytes;
    std::size_t count = 0;
    std::int64_t newStart = m_logStartOffset;
    for (; count < m_segments.size(); ++count) {
        Segment& segment = *m_segments[count];
        const bool isLast = count + 1 == m_segments.size();
        const std::int64_t end = isLast ? m_logEndOffset : m_segments[count + 1]->baseOffset();
        if (segment.isEmpty() ? isLast : end > m_highWatermark)
            break;
        bool isUseless = end <= m_logStartOffset;
        if (!isUseless && m_config->isDelete) {
            const auto size = static_cast<std::int64_t>(segment.sizeBytes());
            if (surplus >= size) {
                surplus -= size;
                isUseless = true;
            } else if (m_config->retentionMs >= 0) {
                auto largest = segment.largestTimestamp();
                if (!largest)
                    return fail(std::move(largest.error()));
                isUseless = largest->timestampMs >= 0
                    && nowMs - largest->timestampMs > m_config->retentionMs;
            }
        }
        if (!isUseless)
            break;
        newStart = std::max(newStart, end);
    }
    if (count == 0)
        return 0;
    if (count == m_segments.size()) {
        if (auto rolled = rollTo(m_logEndOffset, nowMs); !rolled)
            return fail(std::move(rolled.error()));
    }
    m_host.log().info(kCutter,
        "[UnifiedLog partition={}, dir={}] Deleting {} segments; the log begins at offset {}",
        m_partition.toString(), parentPath(m_path), count, newStart);
    if (auto removed = removeSegments(0, count); !removed)
        return fail(std::move(removed.error()));
    if (auto removed = m_snapshots.removeBelow(m_segments.front()->baseOffset()); !removed)
        return fail(std::move(removed.error()));
    if (newStart > m_logStartOffset)
        moveLogStart(newStart);
    return static_cast<int>(count);
}

} // namespace moldau::storage
