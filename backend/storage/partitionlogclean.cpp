// Compaction as the log's owner sees it: what is worth cleaning, and swapping the result in.

#include "storage/cleanjob.h"
#include "storage/loghost.h"
#include "storage/partitionlog.h"

#include <algorithm>

namespace moldau::storage {

namespace {

constexpr std::string_view kCleaning = "org.apache.kafka.storage.internals.log.LogCleaner";

} // namespace

Result<std::int64_t> PartitionLog::firstUncleanable(
    std::int64_t firstDirtyOffset, std::int64_t nowMs)
{
    // The segment that holds the last stable offset may still change its meaning.
    const std::size_t stable = segmentIndexFor(lastStableOffset());
    std::int64_t first = m_segments[stable]->baseOffset();
    if (m_config->minCompactionLagMs <= 0)
        return first;
    for (std::size_t i = segmentIndexFor(firstDirtyOffset); i < stable; ++i) {
        auto largest = m_segments[i]->largestTimestamp();
        if (!largest)
            return fail(std::move(largest.error()));
        if (largest->timestampMs > nowMs - m_config->minCompactionLagMs)
            return m_segments[i]->baseOffset();
    }
    return first;
}

Result<std::optional<CleanPlan>> PartitionLog::planCleaning(
    std::int64_t cleanedTo, std::int64_t nowMs)
{
    if (auto online = ready(); !online)
        return fail(std::move(online.error()));
    CleanPlan plan;
    plan.partition = m_partition;
    plan.directory = m_path;
    plan.config = m_config;
    plan.nowMs = nowMs;
    plan.log = m_life;
    plan.truncations = m_truncations;
    // What was cut and written anew since then is dirty again.
    const std::int64_t cleaned = std::min(cleanedTo, m_lowestCut);
    plan.firstDirtyOffset
        = cleaned < m_logStartOffset || cleaned > m_logEndOffset ? m_logStartOffset : cleaned;
    auto end = firstUncleanable(plan.firstDirtyOffset, nowMs);
    if (!end)
        return fail(diskError(std::move(end.error())));

    std::uint64_t dirty = 0;
    std::uint64_t all = 0;
    for (std::size_t i = 0; i + 1 < m_segments.size(); ++i) {
        const Segment& segment = *m_segments[i];
        const std::int64_t next = m_segments[i + 1]->baseOffset();
        if (next > *end)
            break;
        plan.sources.push_back({segment.baseOffset(), next, segment.sizeBytes()});
        all += segment.sizeBytes();
        if (next > plan.firstDirtyOffset)
            dirty += segment.sizeBytes();
    }
    if (dirty == 0)
        return std::nullopt;
    plan.dirtyRatio = static_cast<double>(dirty) / static_cast<double>(all);
    auto oldest = m_segments[segmentIndexFor(plan.firstDirtyOffset)]->firstTimestamp();
    if (!oldest)
        return fail(diskError(std::move(oldest.error())));
    plan.isOverdue = oldest->value_or(-1) >= 0 && m_config->maxCompactionLagMs < nowMs
        && **oldest < nowMs - m_config->maxCompactionLagMs;
    return plan;
}

Result<void> PartitionLog::completePlan(CleanPlan& plan)
{
    auto aborted = abortedTransactions(m_segments.front()->baseOffset(), plan.endOffset());
    if (!aborted)
        return fail(std::move(aborted.error()));
    plan.aborted = std::move(*aborted);
    for (const ProducerEntry& producer : m_producers.entries())
        plan.lastRecords[producer.id] = {producer.lastDataOffset(), producer.epoch};
    return {};
}

/** The segments are those that the plan was made from. */
bool PartitionLog::isStillAsPlanned(const CleanPlan& plan, std::size_t last) const
{
    if (plan.log.expired() || plan.truncations != m_truncations || last >= m_segments.size())
        return false;
    for (std::size_t i = 0; i < last; ++i) {
        if (m_segments[i]->baseOffset() != plan.sources[i].baseOffset
            || m_segments[i]->sizeBytes() != plan.sources[i].sizeBytes)
            return false;
    }
    return true;
}

Result<bool> PartitionLog::adoptCleaned(CleanJob& job)
{
    if (auto online = ready(); !online)
        return fail(std::move(online.error()));
    std::vector<CleanJob::Group>& groups = job.groups();
    if (groups.empty() || !isStillAsPlanned(job.plan(), groups.back().last)) {
        job.discard();
        return false;
    }
    // Oldest first: where an expired tombstone has gone, the values below it must have gone before.
    std::size_t gone = 0; // how many places the segments to come have moved up
    for (CleanJob::Group& group : groups) {
        group.first -= gone;
        group.last -= gone;
        gone += group.last - group.first - (group.cleaned ? 1 : 0);
        if (auto swapped = swapIn(group); !swapped)
            return fail(diskError(std::move(swapped.error())));
    }
    m_lowestCut = std::numeric_limits<std::int64_t>::max();
    std::vector<std::int64_t> bases;
    for (const auto& segment : m_segments)
        bases.push_back(segment->baseOffset());
    if (auto removed = m_snapshots.removeStray(bases); !removed)
        return fail(diskError(std::move(removed.error())));
    m_areNamesUnsynced = true;
    m_host.log().info(kCleaning,
        "[LogCleaner] Cleaned log {} in dir {}: {} of {} bytes kept, every key stands once up to "
        "offset {}",
        m_partition.toString(), parentPath(m_path), job.bytesKept(), job.bytesRead(),
        job.cleanedTo());
    return true;
}

/** A ".swap" file is whole: whoever finds one after a crash finishes what is done here. */
Result<void> PartitionLog::swapIn(CleanJob::Group& group)
{
    if (group.cleaned) {
        if (auto renamed = group.cleaned->renameTail(kSwapTail); !renamed)
            return fail(std::move(renamed.error()));
    }
    const std::int64_t base = m_segments[group.first]->baseOffset();
    if (auto removed = removeSegments(group.first, group.last); !removed)
        return removed;
    if (!group.cleaned)
        return {};
    if (auto renamed = group.cleaned->renameTail(""); !renamed)
        return fail(std::move(renamed.error()));
    group.cleaned.reset();
    auto replacement = newSegment(base);
    if (auto loaded = replacement->load(); !loaded)
        return loaded;
    m_segments.insert(
        m_segments.begin() + static_cast<std::ptrdiff_t>(group.first), std::move(replacement));
    return {};
}

} // namespace moldau::storage
