#include "storage/segment.h"

#include <algorithm>

namespace moldau::storage {

Segment::Segment(
    FileSystem& files, const std::string& directory, std::int64_t baseOffset, const char* tail)
    : m_name{&files, &directory, baseOffset, tail}
    , m_offsetIndex(m_name)
    , m_timeIndex(m_name)
    , m_transactionIndex(m_name)
{
}

Result<void> Segment::load()
{
    auto size = m_name.files->sizeOf(logPath());
    if (!size)
        return fail(std::move(size.error()));
    m_size = *size;
    m_isCreated = true;
    return {};
}

Result<void> Segment::create()
{
    auto opened = m_name.files->open(logPath(), OpenMode::Truncate);
    if (!opened)
        return fail(std::move(opened.error()));
    for (IndexFile* index : {&m_offsetIndex.file(), &m_timeIndex.file()}) {
        if (auto created = index->create(); !created)
            return created;
    }
    m_file = std::move(*opened);
    m_size = 0;
    m_nextOffset = baseOffset();
    m_largestTimestamp = TimeIndexEntry{-1, baseOffset()};
    m_isCreated = true;
    return {};
}

Result<File*> Segment::file()
{
    if (!m_file)
        m_file = m_lastFile.lock();
    if (!m_file) {
        auto opened = m_name.files->open(logPath(), OpenMode::ReadWrite);
        if (!opened)
            return fail(std::move(opened.error()));
        m_file = std::move(*opened);
    }
    return m_file.get();
}

Result<void> Segment::append(std::span<const BytesView> parts, std::span<const BatchHeader> batches,
    std::int32_t indexIntervalBytes)
{
    if (!m_isCreated) {
        if (auto created = create(); !created)
            return created;
    }
    auto target = file();
    if (!target)
        return fail(std::move(target.error()));
    if (auto largest = largestTimestamp(); !largest)
        return fail(std::move(largest.error()));
    m_isUnsynced = true;
    if (auto written = (*target)->writeAt(m_size, parts); !written)
        return written;
    std::uint64_t position = m_size;
    for (const BatchHeader& batch : batches) {
        if (auto indexed = indexBatch(batch, position, indexIntervalBytes); !indexed)
            return indexed;
        position += static_cast<std::uint64_t>(batch.size);
    }
    m_size = position;
    m_nextOffset = batches.back().nextOffset();
    return {};
}

Result<void> Segment::indexBatch(
    const BatchHeader& batch, std::uint64_t position, std::int32_t indexIntervalBytes)
{
    if (batch.maxTimestampMs > m_largestTimestamp->timestampMs)
        m_largestTimestamp = TimeIndexEntry{batch.maxTimestampMs, batch.lastOffset()};
    if (position == 0)
        m_firstTimestamp = batch.maxTimestampMs;
    if (m_bytesSinceIndexEntry > indexIntervalBytes) {
        const OffsetIndexEntry entry{batch.lastOffset(), static_cast<std::uint32_t>(position)};
        if (auto added = m_offsetIndex.append(entry); !added)
            return added;
        if (auto added = m_timeIndex.maybeAppend(*m_largestTimestamp); !added)
            return fail(std::move(added.error()));
        m_bytesSinceIndexEntry = 0;
    }
    m_bytesSinceIndexEntry += batch.size;
    return {};
}

Result<std::int64_t> Segment::findNextOffset()
{
    if (m_nextOffset >= 0)
        return m_nextOffset;
    if (m_size == 0)
        return m_nextOffset = baseOffset();
    auto last = m_offsetIndex.last();
    if (!last)
        return fail(std::move(last.error()));
    auto opened = file();
    if (!opened)
        return fail(std::move(opened.error()));
    const std::uint64_t start = last->position < m_size ? last->position : 0;
    BatchCursor cursor(**opened, start, m_size);
    std::int64_t next = baseOffset();
    while (true) {
        auto batch = cursor.next();
        if (!batch)
            return fail(std::move(batch.error()));
        if (!*batch)
            break;
        next = (*batch)->nextOffset();
    }
    if (!cursor.isAtEnd())
        return fail(ErrorCode::LocalCorruptData,
            fmt::format("{} has no whole batch at position {}", logPath(), cursor.position()));
    return m_nextOffset = next;
}

Segment::Hint* Segment::hintFor(std::int64_t offset)
{
    const auto hit = std::find_if(m_hints.begin(), m_hints.end(),
        [offset](const Hint& hint) { return hint.offset == offset; });
    return hit == m_hints.end() ? nullptr : &*hit;
}

Result<std::uint64_t> Segment::indexedPosition(std::int64_t offset)
{
    auto entry = m_offsetIndex.lookup(offset);
    if (!entry)
        return fail(std::move(entry.error()));
    return entry->position < m_size ? entry->position : 0;
}

Result<BatchCursor> Segment::cursorNear(std::int64_t offset)
{
    auto position = indexedPosition(offset);
    if (!position)
        return fail(std::move(position.error()));
    auto opened = file();
    if (!opened)
        return fail(std::move(opened.error()));
    return BatchCursor(**opened, *position, m_size);
}

Result<BatchCursor> Segment::cursor()
{
    auto opened = file();
    if (!opened)
        return fail(std::move(opened.error()));
    return BatchCursor(**opened, 0, m_size);
}

Result<BatchCursor> Segment::cursorBehind(std::uint64_t bytes)
{
    auto opened = file();
    if (!opened)
        return fail(std::move(opened.error()));
    if (m_size <= bytes)
        return BatchCursor(**opened, 0, m_size);
    const auto entry = m_offsetIndex.atOrBehind(m_size - bytes);
    if (!entry)
        return fail(entry.error());
    return BatchCursor(**opened, std::min<std::uint64_t>(entry->position, m_size), m_size);
}

Result<BatchHeader> Segment::batchAt(std::uint64_t position)
{
    auto opened = file();
    if (!opened)
        return fail(std::move(opened.error()));
    auto batch = BatchCursor(**opened, position, m_size).next();
    if (!batch)
        return fail(std::move(batch.error()));
    if (!*batch)
        return fail(ErrorCode::LocalCorruptData,
            fmt::format("{} has no whole batch at position {}", logPath(), position));
    return **batch;
}

Result<std::uint64_t> Segment::positionOf(std::int64_t offset)
{
    if (m_size == 0 || offset <= baseOffset())
        return std::uint64_t{0};
    if (m_nextOffset >= 0 && offset >= m_nextOffset)
        return m_size;
    if (const Hint* hint = hintFor(offset))
        return hint->position;
    auto cursor = cursorNear(offset);
    if (!cursor)
        return fail(std::move(cursor.error()));
    while (true) {
        auto batch = cursor->next();
        if (!batch)
            return fail(std::move(batch.error()));
        if (!*batch || (*batch)->lastOffset() >= offset)
            return cursor->position();
    }
}

Result<SegmentRead> Segment::read(
    std::int64_t startOffset, std::int64_t endOffset, std::size_t maxBytes, bool atLeastOneBatch)
{
    auto start = positionOf(startOffset);
    if (!start)
        return fail(std::move(start.error()));
    SegmentRead result;
    std::size_t taken = 0;
    Slice chunk;
    const auto available = static_cast<std::size_t>(m_size - *start);
    result.isAtSegmentEnd = available == 0;
    if (available > 0) {
        auto opened = file();
        if (!opened)
            return fail(std::move(opened.error()));
        auto view
            = (*opened)->view(*start, std::min(available, std::max(maxBytes, BatchHeader::kSize)));
        if (!view)
            return fail(std::move(view.error()));
        chunk = std::move(*view);
        while (const auto batch = BatchHeader::parse(chunk.bytes.subspan(taken))) {
            const auto size = static_cast<std::size_t>(batch->size);
            if (batch->nextOffset() > endOffset || taken + size > available)
                break;
            if (taken + size > maxBytes) {
                if (taken > 0 || !atLeastOneBatch)
                    break;
                auto larger = (*opened)->view(*start, size);
                if (!larger)
                    return fail(std::move(larger.error()));
                chunk = std::move(*larger);
            }
            if (taken == 0)
                result.baseOffset = batch->baseOffset;
            taken += size;
            result.nextOffset = batch->nextOffset();
            ++result.batchCount;
        }
    }
    // The reader comes back for what follows.
    Hint* hint = hintFor(startOffset);
    if (!hint) {
        hint = &m_hints[m_nextHint];
        m_nextHint = static_cast<std::uint8_t>((m_nextHint + 1u) % m_hints.size());
    }
    *hint = taken > 0 ? Hint{result.nextOffset, *start + taken} : Hint{startOffset, *start};
    if (taken > 0)
        result.records = Slice(chunk.bytes.first(taken), std::move(chunk.owner));
    return result;
}

Result<TimeIndexEntry> Segment::largestTimestamp()
{
    if (!m_largestTimestamp) {
        // finish() left the largest timestamp in the last entry.
        auto last = m_timeIndex.last();
        if (!last)
            return last;
        m_largestTimestamp = *last;
    }
    return *m_largestTimestamp;
}

Result<void> Segment::scanLargestTimestamp()
{
    auto largest = m_timeIndex.last();
    if (!largest)
        return fail(std::move(largest.error()));
    auto cursor = cursorNear(largest->timestampMs < 0 ? baseOffset() : largest->offset);
    if (!cursor)
        return fail(std::move(cursor.error()));
    while (true) {
        auto batch = cursor->next();
        if (!batch)
            return fail(std::move(batch.error()));
        if (!*batch)
            break;
        if ((*batch)->maxTimestampMs > largest->timestampMs)
            *largest = {(*batch)->maxTimestampMs, (*batch)->lastOffset()};
    }
    m_largestTimestamp = *largest;
    return {};
}

Result<std::optional<std::int64_t>> Segment::firstTimestamp()
{
    if (m_size == 0)
        return std::nullopt;
    if (!m_firstTimestamp) {
        auto first = cursor();
        if (!first)
            return fail(std::move(first.error()));
        auto batch = first->next();
        if (!batch)
            return fail(std::move(batch.error()));
        if (*batch)
            m_firstTimestamp = (*batch)->maxTimestampMs;
    }
    return m_firstTimestamp;
}

Result<std::uint64_t> Segment::truncateTo(std::int64_t offset)
{
    if (m_size == 0)
        return std::uint64_t{0};
    auto position = positionOf(offset);
    if (!position)
        return position;
    const std::uint64_t dropped = m_size - *position;
    if (dropped == 0)
        return dropped;
    m_isUnsynced = true;
    auto opened = file();
    if (!opened)
        return fail(std::move(opened.error()));
    if (auto cut = (*opened)->truncate(*position); !cut)
        return fail(std::move(cut.error()));
    m_size = *position;
    m_nextOffset = -1;
    m_hints = {};
    if (auto cut = m_offsetIndex.truncateTo(offset); !cut)
        return fail(std::move(cut.error()));
    if (auto cut = m_timeIndex.truncateTo(offset); !cut)
        return fail(std::move(cut.error()));
    if (auto cut = m_transactionIndex.truncateTo(offset); !cut)
        return fail(std::move(cut.error()));
    if (m_size == 0)
        m_firstTimestamp.reset();
    if (auto scanned = scanLargestTimestamp(); !scanned)
        return fail(std::move(scanned.error()));
    if (auto next = findNextOffset(); !next)
        return fail(std::move(next.error()));
    m_bytesSinceIndexEntry = 0;
    return dropped;
}

Result<std::uint64_t> Segment::recover(std::int32_t indexIntervalBytes,
    const std::function<bool(const BatchHeader&, const Slice&)>& visit)
{
    auto opened = file();
    if (!opened)
        return fail(std::move(opened.error()));
    for (IndexFile* index : {&m_offsetIndex.file(), &m_timeIndex.file()}) {
        if (auto created = index->create(); !created)
            return fail(std::move(created.error()));
    }
    if (auto emptied = m_transactionIndex.file().truncate(0); !emptied)
        return fail(std::move(emptied.error()));
    m_isUnsynced = true;
    m_size = (*opened)->size();
    m_hints = {};
    m_firstTimestamp.reset();
    m_largestTimestamp = TimeIndexEntry{-1, baseOffset()};
    m_bytesSinceIndexEntry = 0;

    std::int64_t next = baseOffset();
    BatchCursor cursor(**opened, 0, m_size);
    std::uint64_t good = 0;
    while (true) {
        auto header = cursor.next();
        if (!header)
            return fail(std::move(header.error()));
        if (!*header || (*header)->baseOffset < next || (*header)->lastOffsetDelta < 0)
            break;
        auto batch = cursor.batch();
        if (!batch)
            return fail(std::move(batch.error()));
        if (!isChecksumRight(batch->bytes) || !visit(**header, *batch))
            break;
        if (auto indexed = indexBatch(**header, good, indexIntervalBytes); !indexed)
            return fail(std::move(indexed.error()));
        next = (*header)->nextOffset();
        good = cursor.nextPosition();
    }
    m_nextOffset = next;
    const std::uint64_t dropped = m_size - good;
    if (dropped > 0) {
        if (auto cut = (*opened)->truncate(good); !cut)
            return fail(std::move(cut.error()));
        // What was cut off must not come back behind later batches when power fails.
        if (auto synced = (*opened)->sync(); !synced)
            return fail(std::move(synced.error()));
        m_size = good;
    }
    if (auto written = finish(); !written)
        return fail(std::move(written.error()));
    return dropped;
}

Result<void> Segment::finish()
{
    if (!m_isCreated)
        return {};
    auto largest = largestTimestamp();
    if (!largest)
        return fail(std::move(largest.error()));
    if (largest->timestampMs >= 0) {
        auto added = m_timeIndex.maybeAppend(*largest);
        if (!added)
            return fail(std::move(added.error()));
        m_isUnsynced = m_isUnsynced || *added;
    }
    return writeIndexes();
}

Result<void> Segment::finishAgain()
{
    if (m_size == 0)
        return {};
    if (auto scanned = scanLargestTimestamp(); !scanned)
        return scanned;
    return finish();
}

Result<void> Segment::writeIndexes()
{
    for (IndexFile* index :
        {&m_offsetIndex.file(), &m_timeIndex.file(), &m_transactionIndex.file()}) {
        if (auto written = index->write(); !written)
            return written;
    }
    return {};
}

Result<void> Segment::collectFiles(std::vector<std::shared_ptr<File>>& files)
{
    if (!m_isCreated)
        return {};
    m_isUnsynced = false;
    if (auto written = writeIndexes(); !written)
        return written;
    if (auto opened = file(); !opened)
        return fail(std::move(opened.error()));
    files.push_back(m_file);
    for (IndexFile* index :
        {&m_offsetIndex.file(), &m_timeIndex.file(), &m_transactionIndex.file()}) {
        auto indexFile = index->file();
        if (!indexFile)
            return fail(std::move(indexFile.error()));
        if (*indexFile)
            files.push_back(std::move(*indexFile));
    }
    return {};
}

Result<bool> Segment::isIndexFull(std::int32_t segmentIndexBytes)
{
    auto offsets = m_offsetIndex.file().count();
    if (!offsets)
        return fail(std::move(offsets.error()));
    auto times = m_timeIndex.file().count();
    if (!times)
        return fail(std::move(times.error()));
    const auto most = static_cast<std::uint32_t>(segmentIndexBytes);
    // The last place of a time index is kept for finish().
    return *offsets >= most / OffsetIndex::kEntryBytes
        || *times + 1 >= most / TimeIndex::kEntryBytes;
}

Result<void> Segment::release()
{
    if (auto written = writeIndexes(); !written)
        return written;
    if (m_file) {
        m_file->releaseViews();
        m_lastFile = m_file;
        m_file.reset();
    }
    m_offsetIndex.file().release();
    m_timeIndex.file().release();
    m_transactionIndex.file().release();
    return {};
}

Result<std::vector<std::string>> Segment::renameTail(const char* tail)
{
    std::vector<std::string> paths;
    if (!m_isCreated)
        return paths;
    SegmentName target = m_name;
    target.tail = tail;
    for (const char* suffix :
        {kLogSuffix, kOffsetIndexSuffix, kTimeIndexSuffix, kTransactionIndexSuffix}) {
        auto renamed = m_name.files->rename(m_name.path(suffix), target.path(suffix));
        if (!renamed && renamed.error().code != ErrorCode::LocalNotFound)
            return fail(std::move(renamed.error()));
        if (renamed)
            paths.push_back(target.path(suffix));
    }
    m_name.tail = tail;
    return paths;
}

} // namespace moldau::storage
