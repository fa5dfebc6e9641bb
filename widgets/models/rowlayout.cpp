#include "models/rowlayout.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace moldau::widgets {

RowLayout::RowLayout(std::vector<client::OffsetRange> ranges)
    : m_ranges(std::move(ranges))
{
    Mark begin;
    Mark end;
    for (client::OffsetRange& range : m_ranges) {
        range.to = std::max(range.from, range.to);
        begin.offsets.push_back(range.from);
        end.offsets.push_back(range.to);
        end.row += range.to - range.from;
    }
    m_marks = {std::move(begin), std::move(end)};
}

void RowLayout::addTimeMark(std::vector<std::int64_t> offsets)
{
    if (m_marks.size() < 2 || offsets.size() != m_ranges.size())
        return;
    const Mark& before = m_marks[m_marks.size() - 2];
    Mark mark;
    for (std::size_t i = 0; i < offsets.size(); ++i) {
        const std::int64_t offset = std::clamp(offsets[i], before.offsets[i], m_ranges[i].to);
        mark.offsets.push_back(offset);
        mark.row += offset - m_ranges[i].from;
    }
    if (mark.row == before.row || mark.row == m_marks.back().row)
        return;
    m_marks.insert(m_marks.end() - 1, std::move(mark));
}

std::vector<std::int64_t> RowLayout::offsetsAt(std::int64_t row) const
{
    if (m_marks.empty())
        return {};
    if (row >= rows())
        return m_marks.back().offsets;
    const auto next
        = std::upper_bound(m_marks.begin(), m_marks.end(), std::max<std::int64_t>(row, 0),
            [](std::int64_t wanted, const Mark& mark) { return wanted < mark.row; });
    const Mark& from = *(next - 1);
    const Mark& to = *next;
    std::int64_t left = row - from.row;
    if (left <= 0)
        return from.offsets;

    // The k-th of n records of a partition stands at (k + ½) / n of the way. All that stand before
    // `share` come first; a larger share never takes a record back, so that parts don't overlap.
    const auto countBefore = [&](std::size_t i, double share) {
        const auto length = static_cast<double>(to.offsets[i] - from.offsets[i]);
        const auto count = static_cast<std::int64_t>(std::ceil(share * length - 0.5));
        return std::clamp<std::int64_t>(count, 0, to.offsets[i] - from.offsets[i]);
    };
    const auto sumBefore = [&](double share) {
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < m_ranges.size(); ++i)
            sum += countBefore(i, share);
        return sum;
    };
    // Doubles that aren't negative are ordered like their bits: halving those ends after 63 steps
    // with two neighbours.
    auto low = std::bit_cast<std::uint64_t>(0.0);
    auto high = std::bit_cast<std::uint64_t>(2.0);
    while (high - low > 1) {
        const std::uint64_t middle = low + (high - low) / 2;
        (sumBefore(std::bit_cast<double>(middle)) <= left ? low : high) = middle;
    }
    const double lowShare = std::bit_cast<double>(low);
    const double highShare = std::bit_cast<double>(high);
    std::vector<std::int64_t> offsets;
    left -= sumBefore(lowShare);
    for (std::size_t i = 0; i < m_ranges.size(); ++i) {
        const std::int64_t sure = countBefore(i, lowShare);
        // Those that stand at the very same place go by partition.
        const std::int64_t more = std::min(left, countBefore(i, highShare) - sure);
        left -= more;
        offsets.push_back(from.offsets[i] + sure + more);
    }
    return offsets;
}

std::vector<client::OffsetRange> RowLayout::rangesOf(std::int64_t first, std::int64_t last) const
{
    const std::vector<std::int64_t> begin = offsetsAt(first);
    const std::vector<std::int64_t> end = offsetsAt(last);
    std::vector<client::OffsetRange> ranges;
    for (std::size_t i = 0; i < begin.size(); ++i) {
        if (begin[i] < end[i])
            ranges.push_back({m_ranges[i].partition, begin[i], end[i]});
    }
    return ranges;
}

PartCounts::PartCounts(std::vector<std::int32_t> counts)
    : m_counts(std::move(counts))
    , m_tree(m_counts.size() + 1, 0)
{
    for (std::size_t i = 1; i < m_tree.size(); ++i) {
        m_tree[i] += m_counts[i - 1];
        m_total += m_counts[i - 1];
        if (const std::size_t above = i + (i & (~i + 1)); above < m_tree.size())
            m_tree[above] += m_tree[i];
    }
}

void PartCounts::setCount(int part, std::int32_t count)
{
    const auto index = static_cast<std::size_t>(part);
    const std::int64_t change = count - m_counts[index];
    if (change == 0)
        return;
    m_counts[index] = count;
    m_total += change;
    for (std::size_t i = index + 1; i < m_tree.size(); i += i & (~i + 1))
        m_tree[i] += change;
}

std::int64_t PartCounts::rowsBefore(int part) const
{
    std::int64_t rows = 0;
    for (auto i = static_cast<std::size_t>(part); i > 0; i -= i & (~i + 1))
        rows += m_tree[i];
    return rows;
}

int PartCounts::partOf(std::int64_t row) const
{
    std::size_t position = 0;
    std::size_t step = std::bit_floor(m_tree.size());
    while (step > 0) {
        if (position + step < m_tree.size() && m_tree[position + step] <= row) {
            position += step;
            row -= m_tree[position];
        }
        step /= 2;
    }
    return static_cast<int>(position);
}

} // namespace moldau::widgets
