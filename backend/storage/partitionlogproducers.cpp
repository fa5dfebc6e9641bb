// How a partition's log learns of its producers: from a snapshot, and from its own batches.

#include "storage/loghost.h"
#include "storage/partitionlog.h"

namespace moldau::storage {

namespace {

/** What is read again below a snapshot: five batches of 1 MB, which is what clients send at most.
 */
constexpr std::uint64_t kRecalledBytes = std::uint64_t{5} << 20;
/** Clients send nothing again that is older. */
constexpr std::int64_t kRetriedMs = 10 * 60 * 1000;

} // namespace

Result<void> PartitionLog::loadProducers(std::int64_t endOffset)
{
    auto loaded = m_snapshots.loadLatest(endOffset, m_producers);
    if (!loaded)
        return fail(std::move(loaded.error()));
    if (!*loaded)
        return replayProducers(m_segments.front()->baseOffset(), endOffset);
    const std::int64_t from = m_producers.mapEndOffset();
    if (m_producers.hasOneSince(m_host.nowMs() - kRetriedMs)) {
        if (auto recalled = recallBatches(from); !recalled)
            return recalled;
    }
    return replayProducers(from, endOffset);
}

// A snapshot has the last batch of each producer, while clients may have five under way: when all
// brokers stop, they send all five again to those that come back.
Result<void> PartitionLog::recallBatches(std::int64_t endOffset)
{
    const std::size_t last = segmentIndexFor(endOffset - 1);
    std::size_t first = last;
    std::uint64_t bytes = kRecalledBytes;
    for (; first > 0 && m_segments[first]->sizeBytes() < bytes; --first)
        bytes -= m_segments[first]->sizeBytes();
    ProducerState tail;
    for (std::size_t i = first; i <= last; ++i) {
        if (m_segments[i]->isEmpty())
            continue;
        auto cursor = i == first ? m_segments[i]->cursorBehind(bytes) : m_segments[i]->cursor();
        if (!cursor)
            return fail(std::move(cursor.error()));
        while (true) {
            const auto batch = cursor->next();
            if (!batch)
                return fail(batch.error());
            if (!*batch || (*batch)->baseOffset >= endOffset)
                break;
            if ((*batch)->hasProducer() && !(*batch)->isControl())
                tail.apply(**batch);
        }
    }
    m_producers.recall(tail);
    return {};
}

Result<void> PartitionLog::reloadProducers(std::int64_t endOffset)
{
    if (auto removed = m_snapshots.removeAbove(endOffset); !removed)
        return removed;
    if (m_producers.isEmpty()) {
        m_producers.setMapEndOffset(endOffset);
        return {};
    }
    return loadProducers(endOffset);
}

Result<void> PartitionLog::replayProducers(std::int64_t fromOffset, std::int64_t endOffset)
{
    for (std::size_t i = segmentIndexFor(fromOffset); i < m_segments.size(); ++i) {
        Segment& segment = *m_segments[i];
        if (segment.isEmpty() || segment.baseOffset() >= endOffset)
            continue;
        auto cursor = segment.cursorNear(fromOffset);
        if (!cursor)
            return fail(std::move(cursor.error()));
        while (true) {
            auto batch = cursor->next();
            if (!batch)
                return fail(std::move(batch.error()));
            if (!*batch || (*batch)->baseOffset >= endOffset)
                break;
            if ((*batch)->lastOffset() < fromOffset || !(*batch)->hasProducer())
                continue;
            if (!(*batch)->isControl()) {
                m_producers.apply(**batch);
                continue;
            }
            auto bytes = cursor->batch();
            if (!bytes)
                return fail(std::move(bytes.error()));
            if (const auto marker = EndMarker::parse(bytes->bytes))
                m_producers.applyMarker(**batch, *marker);
        }
    }
    m_producers.setMapEndOffset(endOffset);
    return {};
}

} // namespace moldau::storage
