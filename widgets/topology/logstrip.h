#pragma once

#include "topology/topologymodel.h"

namespace moldau::widgets {

/**
 * Which part of a partition's log its strips show: a window at the log's end that stands still
 * while it fills and then moves on by half, the same for all replicas so that they compare. One
 * cell is one record while the log is quiet, a power of two of them when it fills fast.
 */
struct StripWindow {
    static constexpr int kCells = 16;

    qint64 first = 0; ///< offset of the first cell
    qint64 perCell = 1;

    /** `before` is the window used last; it changes its scale down only when it is far too coarse.
     */
    static StripWindow make(
        const ShownPartition& partition, double recordsPerSecond, const StripWindow& before);

    /** Where an offset lies, in cells from the left: 0 to kCells. */
    double position(qint64 offset) const;
};

} // namespace moldau::widgets
