#pragma once

#include "client/clusterconnection.h"

#include <cstdint>
#include <vector>

namespace moldau::widgets {

/**
 * Which offsets of which partitions the n-th part of a topic holds, by arithmetic alone: nothing
 * has to be read to know it. The partitions are interleaved in proportion to their lengths, so that
 * one part holds records of about the same time from all of them; time marks (offsets of all
 * partitions at some moment) make that exact at the marks. A value type.
 */
class RowLayout {
public:
    RowLayout() = default;
    /** The records to show; empty ranges are fine. */
    explicit RowLayout(std::vector<client::OffsetRange> ranges);

    /**
     * Offsets of all partitions at one moment, in the order of ranges(). Marks are given in order
     * of time; offsets outside the ranges or lower than at the mark before are moved into place.
     */
    void addTimeMark(std::vector<std::int64_t> offsets);

    const std::vector<client::OffsetRange>& ranges() const { return m_ranges; }
    std::int64_t rows() const { return m_marks.empty() ? 0 : m_marks.back().row; }
    /** First offset of each partition, in the order of ranges(), that comes at or after `row`. */
    std::vector<std::int64_t> offsetsAt(std::int64_t row) const;
    /** What the rows [first, last) hold, without empty ranges. */
    std::vector<client::OffsetRange> rangesOf(std::int64_t first, std::int64_t last) const;

private:
    struct Mark {
        std::int64_t row = 0; ///< rows before it
        std::vector<std::int64_t> offsets;
    };

    std::vector<client::OffsetRange> m_ranges;
    std::vector<Mark> m_marks; ///< by row; the first is the begin, the last the end
};

/**
 * How many rows each of many parts has, with the sum up to any part and the part of any row in
 * logarithmic time (a Fenwick tree). Four bytes a part.
 */
class PartCounts {
public:
    PartCounts() = default;
    explicit PartCounts(std::vector<std::int32_t> counts);

    int parts() const { return static_cast<int>(m_counts.size()); }
    std::int64_t total() const { return m_total; }
    std::int32_t count(int part) const { return m_counts[static_cast<std::size_t>(part)]; }
    void setCount(int part, std::int32_t count);
    /** Rows in all parts before this one. */
    std::int64_t rowsBefore(int part) const;
    /** The part that holds the row; empty parts hold none. `row` is below total(). */
    int partOf(std::int64_t row) const;

private:
    std::vector<std::int32_t> m_counts;
    std::vector<std::int64_t> m_tree;
    std::int64_t m_total = 0;
};

} // namespace moldau::widgets
