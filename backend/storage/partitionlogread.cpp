// What a partition's log answers to readers.

#include "storage/loghost.h"
#include "storage/partitionlog.h"
#include "storage/recordscan.h"

#include "protocol/compression.h"

#include <algorithm>

namespace moldau::storage {

Result<ReadResult> PartitionLog::read(
    std::int64_t startOffset, std::size_t maxBytes, ReadLimit limit, bool atLeastOneBatch)
{
    if (auto online = m_host.requireOnline(); !online)
        return fail(std::move(online.error()));
    if (startOffset < m_logStartOffset || startOffset > m_logEndOffset)
        return fail(ErrorCode::OffsetOutOfRange,
            fmt::format("Received request for offset {} for partition {}, but we only have log "
                        "segments from offset {} up to {}.",
                startOffset, m_partition.toString(), m_logStartOffset, m_logEndOffset));
    ReadResult result;
    result.nextOffset = startOffset;
    result.upperBound = limit == ReadLimit::LogEnd ? m_logEndOffset
        : limit == ReadLimit::HighWatermark        ? m_highWatermark
                                                   : lastStableOffset();
    if (startOffset >= result.upperBound)
        return result; // who waits at the end needs no file
    m_host.noteUse(*this);
    // The offset may lie in a gap that reaches to the end of its segment.
    for (std::size_t i = segmentIndexFor(startOffset); i < m_segments.size(); ++i) {
        auto part = m_segments[i]->read(startOffset, result.upperBound, maxBytes, atLeastOneBatch);
        if (!part)
            return fail(diskError(std::move(part.error())));
        if (part->batchCount > 0) {
            result.records = std::move(part->records);
            result.baseOffset = part->baseOffset;
            result.nextOffset = part->nextOffset;
            result.batchCount = part->batchCount;
            break;
        }
        if (!part->isAtSegmentEnd)
            break;
    }
    return result;
}

Result<std::vector<AbortedTransaction>> PartitionLog::abortedTransactions(
    std::int64_t startOffset, std::int64_t endOffset)
{
    if (auto online = ready(); !online)
        return fail(std::move(online.error()));
    std::vector<AbortedTransaction> found;
    for (std::size_t i = segmentIndexFor(startOffset); i < m_segments.size(); ++i) {
        auto isComplete = m_segments[i]->transactionIndex().collect(startOffset, endOffset, found);
        if (!isComplete)
            return fail(diskError(std::move(isComplete.error())));
        if (*isComplete)
            break;
    }
    std::stable_sort(
        found.begin(), found.end(), [](const AbortedTransaction& a, const AbortedTransaction& b) {
            return a.firstOffset < b.firstOffset;
        });
    return found;
}

Result<std::optional<TimestampedOffset>> PartitionLog::firstAtOrAfter(
    BytesView batch, std::int64_t timestampMs)
{
    const auto header = BatchHeader::parse(batch);
    if (!header)
        return std::nullopt;
    auto scan = RecordScan::open(*header, batch, protocol::kMaxDecompressedSize);
    if (!scan)
        return fail(std::move(scan.error()));
    while (const auto record = scan->next()) {
        if (record->timestampMs >= timestampMs && record->offset >= m_logStartOffset)
            return TimestampedOffset{record->offset, record->timestampMs, header->leaderEpoch};
    }
    return std::nullopt;
}

Result<std::optional<TimestampedOffset>> PartitionLog::offsetForTimestamp(std::int64_t timestampMs)
{
    if (auto online = ready(); !online)
        return fail(std::move(online.error()));
    for (std::size_t i = segmentIndexFor(m_logStartOffset); i < m_segments.size(); ++i) {
        auto found = firstInSegment(*m_segments[i], timestampMs);
        if (!found)
            return fail(diskError(std::move(found.error())));
        if (*found)
            return found;
    }
    return std::nullopt;
}

Result<std::optional<TimestampedOffset>> PartitionLog::firstInSegment(
    Segment& segment, std::int64_t timestampMs)
{
    auto largest = segment.largestTimestamp();
    if (!largest)
        return fail(std::move(largest.error()));
    if (segment.isEmpty() || largest->timestampMs < timestampMs)
        return std::nullopt;
    auto known = segment.timeIndex().lookup(timestampMs);
    if (!known)
        return fail(std::move(known.error()));
    auto cursor = segment.cursorNear(std::max(known->offset, m_logStartOffset));
    if (!cursor)
        return fail(std::move(cursor.error()));
    // A batch's largest timestamp may belong to a record below the log's start: go on then.
    while (true) {
        auto header = cursor->next();
        if (!header)
            return fail(std::move(header.error()));
        if (!*header)
            return std::nullopt;
        if ((*header)->maxTimestampMs < timestampMs || (*header)->lastOffset() < m_logStartOffset)
            continue;
        auto batch = cursor->batch();
        if (!batch)
            return fail(std::move(batch.error()));
        auto found = firstAtOrAfter(batch->bytes, timestampMs);
        if (!found || *found)
            return found;
    }
}

Result<std::optional<TimestampedOffset>> PartitionLog::offsetOfMaxTimestamp()
{
    if (auto online = ready(); !online)
        return fail(std::move(online.error()));
    Segment* best = nullptr;
    TimeIndexEntry most;
    for (std::size_t i = segmentIndexFor(m_logStartOffset); i < m_segments.size(); ++i) {
        auto largest = m_segments[i]->largestTimestamp();
        if (!largest)
            return fail(diskError(std::move(largest.error())));
        if (!m_segments[i]->isEmpty() && largest->timestampMs > most.timestampMs) {
            most = *largest;
            best = m_segments[i].get();
        }
    }
    if (!best)
        return std::nullopt;
    auto found = firstInSegment(*best, most.timestampMs);
    if (!found)
        return fail(diskError(std::move(found.error())));
    return found;
}

} // namespace moldau::storage
