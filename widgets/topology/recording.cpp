#include "topology/recording.h"

#include <algorithm>

namespace moldau::widgets {

namespace {

constexpr std::size_t kMaxMarks = 64;

/** Clocks of nodes may tick in milliseconds: then cause comes before effect. */
int orderWithinTick(EventKind kind)
{
    switch (kind) {
    case EventKind::RequestReceived:
        return 0;
    case EventKind::BatchReplicated:
        return 2;
    case EventKind::HighWatermarkMoved:
        return 3;
    case EventKind::ProduceAcknowledged:
        return 4;
    case EventKind::ResponseSent:
        return 5;
    case EventKind::BatchDelivered:
        return 6;
    case EventKind::OffsetCommitted:
        return 7;
    default:
        return 1;
    }
}

} // namespace

void Recording::append(std::span<const Event> events)
{
    std::vector<Event> sorted(events.begin(), events.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](const Event& a, const Event& b) {
        return a.timeNs != b.timeNs ? a.timeNs < b.timeNs
                                    : orderWithinTick(a.kind) < orderWithinTick(b.kind);
    });
    for (const Event& event : sorted) {
        if (m_events.size() >= kCapacity) {
            m_events.pop_front();
            ++m_begin;
        }
        m_events.push_back(event);
    }
}

void Recording::clear()
{
    m_begin = end();
    m_events.clear();
}

quint64 Recording::firstFrom(qint64 timeNs) const
{
    // Batches of different turns may overlap by a little; for finding a place that doesn't matter.
    const auto it = std::lower_bound(m_events.begin(), m_events.end(), timeNs,
        [](const Event& event, qint64 time) { return event.timeNs < time; });
    return m_begin + static_cast<quint64>(it - m_events.begin());
}

void DensityHistory::take(const Event& event, int tone)
{
    const qint64 number = event.timeNs / kBucketNs;
    Bucket& bucket = m_buckets[static_cast<std::size_t>(number) % kBuckets];
    if (bucket.number != number) {
        if (bucket.number > number)
            return; // older than what is kept
        bucket = Bucket{};
        bucket.number = number;
    }
    switch (event.kind) {
    case EventKind::BatchAppended:
        if (tone >= 0)
            bucket.records[static_cast<std::size_t>(tone % kTopics)]
                += static_cast<quint32>(std::max(1, event.count));
        else
            ++bucket.others;
        break;
    case EventKind::ProduceRejected:
    case EventKind::LogDirectoryFailed:
        ++bucket.failures;
        break;
    case EventKind::RequestReceived:
    case EventKind::ResponseSent:
    case EventKind::ConnectionOpened:
    case EventKind::ConnectionClosed:
        break; // the window's own questions are among them, and never end
    default:
        ++bucket.others;
        break;
    }
    switch (event.kind) {
    case EventKind::NodeKilled:
    case EventKind::NodeStopped:
    case EventKind::NodeStarted:
    case EventKind::NodePaused:
    case EventKind::NodeUnpaused:
    case EventKind::IsrShrunk:
    case EventKind::LogDirectoryFailed: {
        const BrokerId broker = event.kind == EventKind::IsrShrunk ? event.peer : event.node;
        // Many partitions shrink at once when a broker goes: one line says it.
        const bool isRepeated = !m_marks.empty() && m_marks.back().broker == broker.value()
            && event.timeNs - m_marks.back().timeNs < 2'000'000'000
            && (m_marks.back().kind == event.kind || event.kind == EventKind::IsrShrunk);
        if (isRepeated)
            break;
        m_marks.push_back({event.timeNs, event.kind, broker.value()});
        if (m_marks.size() > kMaxMarks)
            m_marks.pop_front();
        break;
    }
    default:
        break;
    }
}

const DensityHistory::Bucket* DensityHistory::bucket(qint64 number) const
{
    if (number < 0)
        return nullptr;
    const Bucket& bucket = m_buckets[static_cast<std::size_t>(number) % kBuckets];
    return bucket.number == number ? &bucket : nullptr;
}

void DensityHistory::clear()
{
    m_buckets.assign(kBuckets, Bucket{});
    m_marks.clear();
}

} // namespace moldau::widgets
