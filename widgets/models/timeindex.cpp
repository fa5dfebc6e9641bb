#include "models/timeindex.h"

#include <algorithm>
#include <cmath>

namespace moldau::widgets {

namespace {

constexpr int kAskedAtOnce = 4;

} // namespace

TimeIndex::TimeIndex(client::ClusterConnection& connection, std::string topic,
    std::vector<client::OffsetRange> ranges, QObject* parent)
    : QObject(parent)
    , m_connection(connection)
    , m_topic(std::move(topic))
    , m_ranges(std::move(ranges))
{
    readEnds();
}

TimeIndex::~TimeIndex() = default;

void TimeIndex::readEnds()
{
    std::vector<client::OffsetRange> firsts;
    std::vector<client::OffsetRange> lasts;
    for (const client::OffsetRange& range : m_ranges) {
        if (range.from >= range.to)
            continue;
        firsts.push_back({range.partition, range.from, range.from + 1});
        // The very last offset may be a marker or compacted away; a few more find a record.
        lasts.push_back({range.partition, std::max(range.from, range.to - 8), range.to});
    }
    if (firsts.empty()) {
        m_isFinished = true;
        QMetaObject::invokeMethod(this, &TimeIndex::coarseReached, Qt::QueuedConnection);
        return;
    }
    const auto start = [this](std::vector<client::OffsetRange> ranges) {
        auto read = std::make_unique<RangeRead>(
            m_connection, m_topic, std::move(ranges), nullptr, RangeRead::Keep::Shown, nullptr);
        connect(read.get(), &RangeRead::finished, this, &TimeIndex::takeEnds, Qt::QueuedConnection);
        return read;
    };
    m_firsts = start(std::move(firsts));
    m_lasts = start(std::move(lasts));
    m_asked = 2;
}

void TimeIndex::takeEnds()
{
    if (--m_asked > 0)
        return;
    std::optional<std::int64_t> first;
    std::optional<std::int64_t> last;
    for (const auto* read : {m_firsts.get(), m_lasts.get()}) {
        for (const RangeRead::Found& found : const_cast<RangeRead*>(read)->found()) {
            const std::int64_t time = found.record.timestampMs;
            if (time < 0)
                continue;
            first = std::min(first.value_or(time), time);
            last = std::max(last.value_or(time), time);
        }
    }
    m_firsts.reset();
    m_lasts.reset();
    if (!first) {
        m_isFinished = true;
        emit coarseReached();
        return;
    }
    m_firstMs = *first;
    m_endMs = *last + 1;
    m_isSpanKnown = true;
    m_offsets.resize(kBins + 1);
    std::vector<std::int64_t> begin;
    std::vector<std::int64_t> end;
    for (const client::OffsetRange& range : m_ranges) {
        begin.push_back(range.from);
        end.push_back(range.to);
    }
    m_offsets.front() = std::move(begin);
    m_offsets.back() = std::move(end);
    for (int step = 2; step <= kBins; step *= 2) {
        for (int bin = kBins / step; bin < kBins; bin += 2 * (kBins / step))
            m_toAsk.push_back(bin);
    }
    std::reverse(m_toAsk.begin(), m_toAsk.end());
    emit changed();
    askNext();
}

void TimeIndex::askNext()
{
    while (m_asked < kAskedAtOnce && !m_toAsk.empty()) {
        const int bin = m_toAsk.back();
        m_toAsk.pop_back();
        // Between two boundaries without a record in between there is nothing to find out.
        const std::vector<std::int64_t> before = offsetsNear(bin);
        int above = bin;
        while (!m_offsets[static_cast<std::size_t>(above)])
            ++above;
        if (before == *m_offsets[static_cast<std::size_t>(above)]) {
            m_offsets[static_cast<std::size_t>(bin)] = before;
            ++m_known;
            continue;
        }
        ++m_asked;
        m_connection.offsetsForTime(m_topic, boundaryMs(bin),
            replyTo<std::map<std::int32_t, std::int64_t>>(
                this, [this, bin](auto result) { takeBoundary(bin, std::move(result)); }));
    }
    if (m_asked == 0 && m_toAsk.empty() && !m_isFinished) {
        m_isFinished = true;
        emit coarseReached();
        emit changed();
    }
}

void TimeIndex::takeBoundary(int bin, Result<std::map<std::int32_t, std::int64_t>> result)
{
    --m_asked;
    if (!result) {
        // Coarser than wished, which is no reason to bother anybody.
        m_toAsk.clear();
        askNext();
        return;
    }
    std::vector<std::int64_t> offsets;
    for (const client::OffsetRange& range : m_ranges) {
        const auto found = result->find(range.partition);
        offsets.push_back(
            std::clamp(found == result->end() ? range.to : found->second, range.from, range.to));
    }
    m_offsets[static_cast<std::size_t>(bin)] = std::move(offsets);
    if (++m_known == kCoarse)
        emit coarseReached();
    emit changed();
    askNext();
}

std::int64_t TimeIndex::boundaryMs(int bin) const
{
    // In doubles: a span may be wider than an integer times kBins holds.
    const double share = static_cast<double>(m_endMs - m_firstMs) * bin / kBins;
    return m_firstMs + static_cast<std::int64_t>(std::ceil(share));
}

int TimeIndex::binOf(std::int64_t timestampMs) const
{
    if (m_endMs <= m_firstMs)
        return 0;
    const double share
        = static_cast<double>(timestampMs - m_firstMs) / static_cast<double>(m_endMs - m_firstMs);
    return std::clamp(static_cast<int>(std::floor(share * kBins)), 0, kBins - 1);
}

std::vector<std::int64_t> TimeIndex::offsetsNear(int bin) const
{
    while (!m_offsets[static_cast<std::size_t>(bin)])
        --bin;
    return *m_offsets[static_cast<std::size_t>(bin)];
}

std::int64_t TimeIndex::rowsAt(int bin) const
{
    std::int64_t rows = 0;
    const std::vector<std::int64_t>& offsets = *m_offsets[static_cast<std::size_t>(bin)];
    for (std::size_t i = 0; i < offsets.size(); ++i)
        rows += offsets[i] - m_ranges[i].from;
    return rows;
}

std::vector<double> TimeIndex::counts() const
{
    if (!m_isSpanKnown)
        return {};
    std::vector<double> counts(kBins, 0.0);
    int below = 0;
    for (int bin = 1; bin <= kBins; ++bin) {
        if (!m_offsets[static_cast<std::size_t>(bin)])
            continue;
        // Out-of-order timestamps can turn a difference round; there is no negative bar.
        const auto records
            = static_cast<double>(std::max<std::int64_t>(rowsAt(bin) - rowsAt(below), 0));
        for (int i = below; i < bin; ++i)
            counts[static_cast<std::size_t>(i)] = records / (bin - below);
        below = bin;
    }
    return counts;
}

void TimeIndex::addMarksTo(RowLayout& layout) const
{
    if (!m_isSpanKnown)
        return;
    for (int bin = 1; bin < kBins; ++bin) {
        const auto& known = m_offsets[static_cast<std::size_t>(bin)];
        if (!known)
            continue;
        std::vector<std::int64_t> offsets;
        for (const client::OffsetRange& range : layout.ranges()) {
            const auto mine = std::find_if(
                m_ranges.begin(), m_ranges.end(), [&](const client::OffsetRange& candidate) {
                    return candidate.partition == range.partition;
                });
            offsets.push_back(mine == m_ranges.end()
                    ? range.from
                    : (*known)[static_cast<std::size_t>(mine - m_ranges.begin())]);
        }
        layout.addTimeMark(std::move(offsets));
    }
}

std::vector<client::OffsetRange> TimeIndex::rangesBetween(int firstBin, int endBin) const
{
    const std::vector<std::int64_t> from = offsetsNear(firstBin);
    const std::vector<std::int64_t> to = offsetsNear(endBin);
    std::vector<client::OffsetRange> ranges;
    for (std::size_t i = 0; i < m_ranges.size(); ++i)
        ranges.push_back({m_ranges[i].partition, from[i], std::max(from[i], to[i])});
    return ranges;
}

} // namespace moldau::widgets
