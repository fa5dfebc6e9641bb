#include "topology/logstrip.h"

#include <algorithm>

namespace moldau::widgets {

namespace {

qint64 powerOfTwoFrom(double wanted)
{
    qint64 power = 1;
    while (static_cast<double>(power) < wanted && power < (qint64(1) << 40))
        power *= 2;
    return power;
}

} // namespace

StripWindow StripWindow::make(
    const ShownPartition& partition, double recordsPerSecond, const StripWindow& before)
{
    constexpr qint64 kHalf = kCells / 2;
    qint64 end = partition.logStart;
    for (const ShownReplica& replica : partition.replicas)
        end = std::max(end, replica.logEnd);
    // Positions of interest: replicas that lag and groups that read, as far as a window can show
    // both.
    qint64 lowest = end;
    for (const ShownReplica& replica : partition.replicas) {
        if (replica.logEnd >= 0)
            lowest = std::min({lowest, replica.logEnd,
                replica.highWatermark >= 0 ? replica.highWatermark : replica.logEnd});
    }
    const double lag = static_cast<double>(std::min<qint64>(end - lowest, 1 << 20));
    const double wanted = std::max({1.0, recordsPerSecond / kHalf, lag / 6.0});

    StripWindow window = before;
    window.perCell = std::max<qint64>(1, window.perCell);
    if (wanted > static_cast<double>(window.perCell)
        || wanted * 4 < static_cast<double>(window.perCell))
        window.perCell = powerOfTwoFrom(wanted);
    const qint64 half = kHalf * window.perCell;
    // The end lies between a quarter and three quarters of the window, which moves by halves.
    const qint64 start = partition.logStart / window.perCell * window.perCell;
    const qint64 quarter = half / 2;
    window.first = std::max(start, (end - quarter) / half * half);
    if (end - start <= kCells * window.perCell * 3 / 4)
        window.first = start;
    return window;
}

double StripWindow::position(qint64 offset) const
{
    return std::clamp(
        static_cast<double>(offset - first) / static_cast<double>(perCell), 0.0, double(kCells));
}

} // namespace moldau::widgets
