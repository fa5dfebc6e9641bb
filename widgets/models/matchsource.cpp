#include "models/matchsource.h"

#include "models/recordmerge.h"

#include <algorithm>

namespace moldau::widgets {

namespace {

constexpr std::int64_t kFirstBlock = 8'192; // small, so that the first matches show soon
constexpr std::int64_t kLargestBlock = 262'144;
/** Matches of one partition that are closer than this are read in one go. */
constexpr std::int64_t kNear = 2'000;

} // namespace

MatchSource::MatchSource(client::ClusterConnection& connection, std::string topic, RowLayout layout,
    std::shared_ptr<MessageFilter> filter, bool isNewestFirst, QObject* parent)
    : MessageSource(parent)
    , m_connection(connection)
    , m_topic(std::move(topic))
    , m_layout(std::move(layout))
    , m_filter(std::move(filter))
    , m_isNewestFirst(isNewestFirst)
{
    for (std::size_t i = 0; i < m_layout.ranges().size(); ++i)
        m_rangeOfPartition[m_layout.ranges()[i].partition] = i;
    scanNext();
}

MatchSource::~MatchSource() = default;

MatchSource::Place MatchSource::placeOf(std::int64_t row) const
{
    const std::uint64_t match = m_matches[static_cast<std::size_t>(row)];
    const std::size_t range = match >> kOffsetBits;
    const auto distance
        = static_cast<std::int64_t>(match & ((std::uint64_t(1) << kOffsetBits) - 1));
    return {range, m_layout.ranges()[range].from + distance};
}

const ShownRecord* MatchSource::record(std::int64_t row) const
{
    return row >= 0 && row < rows() ? m_cache.find(row) : nullptr;
}

void MatchSource::scanNext()
{
    if (m_isStopped || m_isFull || m_error || m_scanned >= m_layout.rows()) {
        emit progressChanged();
        return;
    }
    m_blockRows = std::clamp<std::int64_t>(m_blockRows * 4, kFirstBlock, kLargestBlock);
    m_blockRows = std::min(m_blockRows, m_layout.rows() - m_scanned);
    const std::int64_t first
        = m_isNewestFirst ? m_layout.rows() - m_scanned - m_blockRows : m_scanned;
    m_block = std::make_unique<RangeRead>(m_connection, m_topic,
        m_layout.rangesOf(first, first + m_blockRows), m_filter, RangeRead::Keep::Shown, nullptr);
    connect(m_block.get(), &RangeRead::finished, this, &MatchSource::finishBlock);
    emit progressChanged();
}

void MatchSource::finishBlock()
{
    RangeRead* const block = m_block.release();
    block->deleteLater(); // it is sending the signal that brought us here
    if (block->error()) {
        m_error = block->error();
        m_blockRows = 0;
        emit progressChanged();
        return;
    }
    m_scanned += m_blockRows;
    std::vector<RangeRead::Found> found = mergeByTime(std::move(block->found()), m_isNewestFirst,
        [](const RangeRead::Found& item) -> const ShownRecord& { return item.record; });
    if (m_matches.size() + found.size() >= kMostMatches) {
        found.resize(kMostMatches - m_matches.size());
        m_isFull = true;
    }
    if (!found.empty()) {
        QList<qint64> times;
        times.reserve(static_cast<qsizetype>(found.size()));
        const std::int64_t first = rows();
        emit aboutToInsert(first, first + static_cast<std::int64_t>(found.size()) - 1);
        for (RangeRead::Found& match : found) {
            const std::size_t range = m_rangeOfPartition.at(match.record.partition);
            const auto distance
                = static_cast<std::uint64_t>(match.record.offset - m_layout.ranges()[range].from);
            m_matches.push_back((std::uint64_t(range) << kOffsetBits) | distance);
            times.append(match.record.timestampMs);
            // The cache drops what was used longest ago: the front rows, which are on screen, stay
            // because they are looked at.
            if (!match.isStripped && m_cache.cost() < kCacheBytes)
                m_cache.insert(rows() - 1, std::move(match.record));
        }
        emit inserted();
        emit matchesFound(times);
    }
    scanNext();
    readMissing();
}

void MatchSource::setVisibleRows(std::int64_t first, std::int64_t last)
{
    m_firstVisible = first;
    m_lastVisible = last;
    readMissing();
}

void MatchSource::readMissing()
{
    if (m_missing || m_error)
        return;
    m_missingRows.clear();
    std::unordered_map<std::size_t, client::OffsetRange> spans;
    const std::int64_t last = std::min(m_lastVisible, rows() - 1);
    for (std::int64_t row = std::max<std::int64_t>(m_firstVisible, 0); row <= last; ++row) {
        if (m_cache.find(row))
            continue;
        const Place place = placeOf(row);
        client::OffsetRange wanted{
            m_layout.ranges()[place.range].partition, place.offset, place.offset + 1};
        const auto [span, isNew] = spans.try_emplace(place.range, wanted);
        if (!isNew) {
            // Far away ones wait for the next read: a consumer reads one range of a partition.
            const std::int64_t from = std::min(span->second.from, wanted.from);
            const std::int64_t to = std::max(span->second.to, wanted.to);
            if (to - from > (span->second.to - span->second.from) + kNear)
                continue;
            span->second.from = from;
            span->second.to = to;
        }
        m_missingRows[m_matches[static_cast<std::size_t>(row)]] = row;
    }
    if (spans.empty())
        return;
    std::vector<client::OffsetRange> ranges;
    for (const auto& [index, span] : spans)
        ranges.push_back(span);
    m_missing = std::make_unique<RangeRead>(
        m_connection, m_topic, std::move(ranges), nullptr, RangeRead::Keep::Shown, nullptr);
    connect(m_missing.get(), &RangeRead::finished, this, &MatchSource::finishMissing);
    emit progressChanged();
}

void MatchSource::finishMissing()
{
    RangeRead* const read = m_missing.release();
    read->deleteLater();
    if (read->error()) {
        m_error = read->error();
        emit progressChanged();
        return;
    }
    auto missing = std::move(m_missingRows);
    m_missingRows.clear();
    for (RangeRead::Found& item : read->found()) {
        const std::size_t range = m_rangeOfPartition.at(item.record.partition);
        const auto distance
            = static_cast<std::uint64_t>(item.record.offset - m_layout.ranges()[range].from);
        const auto found = missing.find((std::uint64_t(range) << kOffsetBits) | distance);
        if (found == missing.end())
            continue;
        m_cache.insert(found->second, std::move(item.record));
        emit changed(found->second, found->second);
        missing.erase(found);
    }
    // Deleted since it was found: the place stays known, the bytes are gone.
    for (const auto& [match, row] : missing) {
        const Place place = placeOf(row);
        ShownRecord gone;
        gone.partition = m_layout.ranges()[place.range].partition;
        gone.offset = place.offset;
        gone.isGone = true;
        m_cache.insert(row, std::move(gone));
        emit changed(row, row);
    }
    readMissing();
    emit progressChanged();
}

MessageSource::Progress MatchSource::progress() const
{
    Progress progress;
    const bool isDone = m_scanned >= m_layout.rows();
    progress.rowCount = isDone ? RowCount::Complete : RowCount::Partial;
    progress.isRunning = m_block != nullptr;
    progress.scanned = m_scanned + (m_block ? m_block->passed() : 0);
    progress.total = m_layout.rows();
    progress.matched = rows();
    progress.isFull = m_isFull;
    progress.error = m_error;
    return progress;
}

void MatchSource::cancel()
{
    m_isStopped = true;
    m_block.reset();
    m_blockRows = 0;
    emit progressChanged();
}

void MatchSource::retry()
{
    m_error.reset();
    m_isStopped = false;
    scanNext();
    readMissing();
}

} // namespace moldau::widgets
