#include "storage/cleanjob.h"

#include "protocol/compression.h"
#include "storage/batchfilter.h"

#include <algorithm>
#include <array>

namespace moldau::storage {

class CleanJob::Reader {
public:
    Reader(std::shared_ptr<File> file, std::uint64_t size, std::size_t readBytes)
        : m_file(std::move(file))
        , m_end(size)
        , m_readBytes(readBytes)
    {
    }

    /** The next whole batch, valid until the next call; none at the end. */
    Result<std::optional<BatchHeader>> next(BytesView& batch)
    {
        std::size_t wanted = BatchHeader::kSize;
        while (true) {
            if (auto filled = fill(wanted); !filled)
                return fail(std::move(filled.error()));
            const BytesView rest = BytesView(m_buffer).subspan(m_start);
            if (rest.empty())
                return std::nullopt;
            const auto header = BatchHeader::parse(rest);
            if (!header || header->magic != BatchHeader::kMagic)
                return damaged();
            wanted = static_cast<std::size_t>(header->size);
            if (rest.size() < wanted) {
                if (m_position == m_end)
                    return damaged();
                continue;
            }
            batch = rest.first(wanted);
            m_start += wanted;
            if (!isChecksumRight(batch))
                return damaged();
            return header;
        }
    }

private:
    tl::unexpected<Error> damaged() const
    {
        return fail(ErrorCode::LocalCorruptData,
            fmt::format("{} has a damaged batch before position {}", m_file->path(), m_position));
    }
    /** Makes `wanted` bytes available from m_start on, or all that are left. */
    Result<void> fill(std::size_t wanted)
    {
        if (m_buffer.size() - m_start >= wanted || m_position == m_end)
            return {};
        m_buffer.erase(m_buffer.begin(), m_buffer.begin() + static_cast<std::ptrdiff_t>(m_start));
        m_start = 0;
        const std::size_t have = m_buffer.size();
        const auto more = static_cast<std::size_t>(
            std::min<std::uint64_t>(std::max(wanted - have, m_readBytes), m_end - m_position));
        m_buffer.resize(have + more);
        auto count = m_file->readAt(m_position, std::span(m_buffer).subspan(have));
        if (!count)
            return fail(std::move(count.error()));
        if (*count != more)
            return fail(ErrorCode::LocalCorruptData, m_file->path() + " is shorter than it was");
        m_position += more;
        return {};
    }

    std::shared_ptr<File> m_file;
    std::uint64_t m_end;
    std::size_t m_readBytes;
    std::uint64_t m_position = 0; ///< of the file; up to here it is or was in the buffer
    Bytes m_buffer;
    std::size_t m_start = 0; ///< of what was not given out yet
};

CleanJob::CleanJob(FileSystem& files, CleanPlan plan, Limits limits)
    : m_files(files)
    , m_plan(std::move(plan))
    , m_readBytes(limits.readBytes)
    , m_keys(limits.keyTableBytes, limits.keyTableFill)
    , m_transactions(CleanedTransactions(m_plan.aborted))
    , m_mappedTo(m_plan.endOffset())
{
    while (m_source < m_plan.sources.size()
        && m_plan.sources[m_source].endOffset <= m_plan.firstDirtyOffset)
        ++m_source;
}

CleanJob::~CleanJob() = default;

Result<void> CleanJob::openSource()
{
    const CleanPlan::Source& source = m_plan.sources[m_source];
    const SegmentName name{&m_files, &m_plan.directory, source.baseOffset};
    auto file = m_files.open(name.path(kLogSuffix), OpenMode::Read);
    if (!file)
        return fail(std::move(file.error()));
    m_reader = std::make_unique<Reader>(std::move(*file), source.sizeBytes, m_readBytes);
    return {};
}

Result<bool> CleanJob::step(std::size_t bytes)
{
    const std::uint64_t until = m_bytesRead + bytes;
    while (m_phase != Phase::Done && m_bytesRead < until) {
        const std::size_t sources = m_phase == Phase::Mapping || m_groups.empty()
            ? m_plan.sources.size()
            : m_groups.back().last;
        if (m_source == sources) {
            if (auto ended = endMapping(); !ended)
                return fail(std::move(ended.error()));
            continue;
        }
        if (!m_reader) {
            if (auto opened = openSource(); !opened)
                return fail(std::move(opened.error()));
        }
        BytesView batch;
        auto header = m_reader->next(batch);
        if (!header)
            return fail(std::move(header.error()));
        if (!*header) {
            m_reader.reset();
            if (m_phase == Phase::Copying) {
                if (auto ended = endSource(); !ended)
                    return fail(std::move(ended.error()));
            }
            ++m_source;
            continue;
        }
        m_bytesRead += batch.size();
        if (m_phase == Phase::Copying) {
            if (auto copied = copyBatch(**header, batch); !copied)
                return fail(std::move(copied.error()));
            continue;
        }
        auto mapped = mapBatch(**header, batch);
        if (!mapped)
            return fail(std::move(mapped.error()));
        if (!*mapped) { // the table is full: the rest waits for the next time
            m_mappedTo = (*header)->baseOffset;
            if (auto ended = endMapping(); !ended)
                return fail(std::move(ended.error()));
        }
    }
    return m_phase == Phase::Done;
}

Result<bool> CleanJob::mapBatch(const BatchHeader& header, BytesView batch)
{
    if (header.isControl()) {
        std::vector<AbortedTransaction> unused;
        m_transactions->isMarkerUseless(header, batch, unused);
        return true;
    }
    // What was rolled back is no newer value of its key.
    if (m_transactions->isAborted(header) || header.lastOffset() < m_plan.firstDirtyOffset)
        return true;
    auto scan = RecordScan::open(header, batch, protocol::kMaxDecompressedSize);
    if (!scan)
        return fail(std::move(scan.error()));
    while (const auto record = scan->next()) {
        if (record->key && record->offset >= m_plan.firstDirtyOffset
            && !m_keys.put(*record->key, record->offset))
            return false;
    }
    return true;
}

/** Mapping turns into copying, and copying into done. */
Result<void> CleanJob::endMapping()
{
    m_reader.reset();
    if (m_phase == Phase::Copying) {
        m_phase = Phase::Done;
        return {};
    }
    groupSources();
    m_transactions.emplace(m_plan.aborted);
    m_source = 0;
    m_group = 0;
    m_phase = m_groups.empty() ? Phase::Done : Phase::Copying;
    return {};
}

/** Neighbours that fit into one segment become one. */
void CleanJob::groupSources()
{
    const auto most = static_cast<std::uint64_t>(m_plan.config->segmentBytes);
    for (std::size_t i = 0; i < m_plan.sources.size(); ++i) {
        const CleanPlan::Source& source = m_plan.sources[i];
        if (source.baseOffset >= m_mappedTo)
            break; // nothing is known of its keys
        const bool fits = !m_groups.empty() && m_groups.back().sizeBytes + source.sizeBytes <= most
            && source.endOffset - m_plan.sources[m_groups.back().first].baseOffset
                <= std::numeric_limits<std::int32_t>::max();
        if (!fits)
            m_groups.push_back({.first = i, .last = i, .sizeBytes = 0, .cleaned = {}});
        m_groups.back().last = i + 1;
        m_groups.back().sizeBytes += source.sizeBytes;
    }
}

Result<void> CleanJob::copyBatch(const BatchHeader& header, BytesView batch)
{
    BatchFilter filter;
    std::vector<AbortedTransaction> stillAborted;
    const bool isExpired = header.hasDeleteHorizon() && header.baseTimestampMs <= m_plan.nowMs;
    if (header.isControl()) {
        filter.isMarkerToExpire = m_transactions->isMarkerUseless(header, batch, stillAborted);
        filter.dropsAll = filter.isMarkerToExpire && (isExpired || header.recordCount == 0);
    } else {
        filter.dropsAll = m_transactions->isAborted(header);
    }
    const auto last = m_plan.lastRecords.find(header.producerId);
    const bool isLastOfProducer = header.hasProducer() && last != m_plan.lastRecords.end()
        && (last->second.lastDataOffset >= 0
                ? header.lastOffset() == last->second.lastDataOffset
                : header.isControl() && header.producerEpoch == last->second.producerEpoch);
    // The last batch of all stays, so that no later one can be taken for its neighbour.
    filter.keepsShell = isLastOfProducer || header.nextOffset() == m_plan.endOffset();
    filter.newHorizonMs = m_plan.nowMs + m_plan.config->deleteRetentionMs;
    filter.keeps = [this, &header, isExpired](const ScannedRecord& record) {
        if (header.isControl() || record.offset >= m_mappedTo)
            return true;
        if (!record.key)
            return false;
        return record.offset >= m_keys.find(*record.key).value_or(-1)
            && (record.value || !isExpired);
    };
    auto filtered = filterBatch(header, batch, filter);
    if (!filtered)
        return fail(std::move(filtered.error()));
    if (*filtered) {
        const bool isRewritten = !(*filtered)->rewritten.empty();
        const BytesView bytes = isRewritten ? BytesView((*filtered)->rewritten) : batch;
        if (auto written = write((*filtered)->header, bytes); !written)
            return written;
    }
    Segment* const cleaned = m_groups[m_group].cleaned.get();
    for (const AbortedTransaction& transaction : stillAborted) {
        if (!cleaned)
            break; // its data stays, so there is a segment; only a damaged index could tell
                   // otherwise
        if (auto added = cleaned->transactionIndex().append(transaction); !added)
            return added;
    }
    return {};
}

Result<void> CleanJob::write(const BatchHeader& header, BytesView batch)
{
    Group& group = m_groups[m_group];
    if (!group.cleaned) {
        const std::int64_t base = m_plan.sources[group.first].baseOffset;
        group.cleaned = std::make_unique<Segment>(m_files, m_plan.directory, base, kCleanedTail);
    }
    m_bytesKept += batch.size();
    return group.cleaned->append({&batch, 1}, {&header, 1}, m_plan.config->indexIntervalBytes);
}

Result<void> CleanJob::endSource()
{
    Group& group = m_groups[m_group];
    if (m_source + 1 < group.last)
        return {};
    ++m_group;
    if (!group.cleaned)
        return {};
    // On the disk before it takes the place of what is there.
    if (auto finished = group.cleaned->finish(); !finished)
        return finished;
    std::vector<std::shared_ptr<File>> files;
    if (auto collected = group.cleaned->collectFiles(files); !collected)
        return collected;
    for (const auto& file : files) {
        if (auto synced = file->sync(); !synced)
            return synced;
    }
    return group.cleaned->release();
}

void CleanJob::discard()
{
    for (Group& group : m_groups) {
        if (!group.cleaned)
            continue;
        (void)group.cleaned->release();
        for (const char* suffix :
            {kLogSuffix, kOffsetIndexSuffix, kTimeIndexSuffix, kTransactionIndexSuffix}) {
            const SegmentName name{
                &m_files, &m_plan.directory, group.cleaned->baseOffset(), kCleanedTail};
            (void)m_files.remove(name.path(suffix)); // the next start removes what is left
        }
        group.cleaned.reset();
    }
}

} // namespace moldau::storage
