#include "models/browsesource.h"

#include "models/recordmerge.h"

#include <algorithm>

namespace moldau::widgets {

namespace {

constexpr std::size_t kReadsAtOnce = 2;
constexpr int kMostPartsARead = 32;

std::int64_t partRowsFor(const RowLayout& layout)
{
    return layout.rows() <= BrowseSource::kWholeRows ? std::max<std::int64_t>(layout.rows(), 1)
                                                     : BrowseSource::kPartRows;
}

} // namespace

BrowseSource::BrowseSource(client::ClusterConnection& connection, std::string topic,
    RowLayout layout, bool isNewestFirst, QObject* parent)
    : MessageSource(parent)
    , m_connection(connection)
    , m_topic(std::move(topic))
    , m_layout(std::move(layout))
    , m_isNewestFirst(isNewestFirst)
    , m_partRows(partRowsFor(m_layout))
    , m_slotsPerPart((m_partRows + RowCache<ShownRecord>::kBlock - 1)
          / RowCache<ShownRecord>::kBlock * RowCache<ShownRecord>::kBlock)
{
    const std::int64_t rows = m_layout.rows();
    std::vector<std::int32_t> counts(static_cast<std::size_t>((rows + m_partRows - 1) / m_partRows),
        static_cast<std::int32_t>(m_partRows));
    // The part that isn't full is the newest one, wherever that is shown.
    if (const std::int64_t rest = rows % m_partRows; rest != 0)
        (m_isNewestFirst ? counts.front() : counts.back()) = static_cast<std::int32_t>(rest);
    m_isCounted.assign(counts.size(), false);
    m_uncounted = static_cast<int>(counts.size());
    m_counts = PartCounts(std::move(counts));
}

BrowseSource::~BrowseSource() = default;

std::vector<client::OffsetRange> BrowseSource::rangesOf(int part) const
{
    const std::int64_t place = m_isNewestFirst ? m_counts.parts() - 1 - part : part;
    return m_layout.rangesOf(place * m_partRows, (place + 1) * m_partRows);
}

const ShownRecord* BrowseSource::record(std::int64_t row) const
{
    if (row < 0 || row >= m_counts.total())
        return nullptr;
    const int part = m_counts.partOf(row);
    return m_cache.find(slotOf(part, row - m_counts.rowsBefore(part)));
}

void BrowseSource::setVisibleRows(std::int64_t first, std::int64_t last)
{
    m_firstVisible = first;
    m_lastVisible = last;
    readMissing();
}

bool BrowseSource::isMissing(int part) const
{
    if (m_counts.count(part) == 0)
        return false;
    return !m_isCounted[static_cast<std::size_t>(part)] || !m_cache.find(slotOf(part, 0));
}

bool BrowseSource::isBeingRead(int part) const
{
    return std::any_of(m_reads.begin(), m_reads.end(),
        [part](const Read& read) { return part >= read.firstPart && part <= read.lastPart; });
}

void BrowseSource::readMissing()
{
    if (m_error || m_counts.total() == 0 || m_lastVisible < 0)
        return;
    const std::int64_t last = std::min(m_lastVisible, m_counts.total() - 1);
    const std::int64_t first = std::clamp<std::int64_t>(m_firstVisible, 0, last);
    const int firstPart = m_counts.partOf(first);
    const int lastPart = m_counts.partOf(last);

    // Reads for what was scrolled past only keep the brokers from what is seen.
    std::erase_if(m_reads, [&](const Read& read) {
        return read.lastPart < firstPart - 2 || read.firstPart > lastPart + 2;
    });

    std::vector<int> wanted;
    for (int part = firstPart; part <= lastPart; ++part)
        wanted.push_back(part);
    wanted.push_back(lastPart + 1);
    wanted.push_back(firstPart - 1);
    for (const int part : wanted) {
        if (m_reads.size() >= kReadsAtOnce)
            break;
        if (part < 0 || part >= m_counts.parts() || !isMissing(part) || isBeingRead(part))
            continue;
        // Where part after part turned out empty (compaction), bigger steps find the next record.
        int end = part;
        const int most = std::min(1 << std::min(m_emptyInARow, 5), kMostPartsARead);
        while (end + 1 < m_counts.parts() && end + 1 < part + most && isMissing(end + 1)
            && !isBeingRead(end + 1))
            ++end;
        startRead(part, end);
    }
}

void BrowseSource::startRead(int firstPart, int lastPart)
{
    // Neighbouring parts follow each other in each partition too: one range spans them.
    std::map<std::int32_t, client::OffsetRange> spans;
    for (int part = firstPart; part <= lastPart; ++part) {
        for (const client::OffsetRange& range : rangesOf(part)) {
            const auto [span, isNew] = spans.try_emplace(range.partition, range);
            if (!isNew) {
                span->second.from = std::min(span->second.from, range.from);
                span->second.to = std::max(span->second.to, range.to);
            }
        }
    }
    std::vector<client::OffsetRange> ranges;
    for (const auto& [partition, span] : spans)
        ranges.push_back(span);
    Read read;
    read.firstPart = firstPart;
    read.lastPart = lastPart;
    read.read = std::make_unique<RangeRead>(
        m_connection, m_topic, std::move(ranges), nullptr, RangeRead::Keep::Shown, nullptr);
    RangeRead* const raw = read.read.get();
    connect(raw, &RangeRead::finished, this, [this, raw] { finishRead(raw); });
    m_reads.push_back(std::move(read));
    emit progressChanged();
}

void BrowseSource::finishRead(RangeRead* finished)
{
    const auto found = std::find_if(m_reads.begin(), m_reads.end(),
        [&](const Read& read) { return read.read.get() == finished; });
    if (found == m_reads.end())
        return;
    Read read = std::move(*found);
    m_reads.erase(found);
    read.read.release()->deleteLater(); // it is sending the signal that brought us here
    if (finished->error()) {
        m_error = finished->error();
        emit progressChanged();
        return;
    }
    for (int part = read.firstPart; part <= read.lastPart; ++part) {
        const std::vector<client::OffsetRange> ranges = rangesOf(part);
        std::vector<ShownRecord> records;
        for (RangeRead::Found& candidate : finished->found()) {
            const bool isHere
                = std::any_of(ranges.begin(), ranges.end(), [&](const client::OffsetRange& range) {
                      return range.partition == candidate.record.partition
                          && candidate.record.offset >= range.from
                          && candidate.record.offset < range.to;
                  });
            if (isHere)
                records.push_back(std::move(candidate.record));
        }
        m_emptyInARow = records.empty() ? m_emptyInARow + 1 : 0;
        fillPart(part, mergeByTime(std::move(records), m_isNewestFirst));
    }
    readMissing();
    emit progressChanged();
}

void BrowseSource::fillPart(int part, std::vector<ShownRecord> records)
{
    const std::int64_t first = m_counts.rowsBefore(part);
    const std::int32_t before = m_counts.count(part);
    const auto count = static_cast<std::int32_t>(records.size());
    if (count < before) {
        emit aboutToRemove(first + count, first + before - 1);
        m_counts.setCount(part, count);
        emit removed();
    }
    if (!m_isCounted[static_cast<std::size_t>(part)]) {
        m_isCounted[static_cast<std::size_t>(part)] = true;
        --m_uncounted;
    }
    for (std::int32_t i = 0; i < count; ++i)
        m_cache.insert(slotOf(part, i), std::move(records[static_cast<std::size_t>(i)]));
    if (count > 0)
        emit changed(first, first + count - 1);
}

MessageSource::Progress BrowseSource::progress() const
{
    Progress progress;
    progress.rowCount = m_uncounted == 0 ? RowCount::Complete : RowCount::Partial;
    progress.isRunning = !m_reads.empty();
    progress.total = m_layout.rows();
    progress.matched = m_counts.total();
    progress.error = m_error;
    return progress;
}

void BrowseSource::cancel()
{
    m_reads.clear();
    emit progressChanged();
}

void BrowseSource::retry()
{
    m_error.reset();
    readMissing();
    emit progressChanged();
}

} // namespace moldau::widgets
