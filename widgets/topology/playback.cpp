#include "topology/playback.h"

#include <algorithm>

namespace moldau::widgets {

namespace {

constexpr quint64 kSnapshotEvery = 4096;
constexpr std::size_t kMaxSnapshots = 12;
constexpr std::size_t kLargeModel = 2'000; // partitions; copies of such a model are few
constexpr std::size_t kMaxLargeSnapshots = 2;
constexpr std::size_t kChunk = 1024;
constexpr double kLongestWaitNs = 1.4e9; // of real time, through which nothing happens
constexpr double kWaitBeforeNs = 0.3e9; // what is left of it

} // namespace

Playback::Playback(TopologyModel::Names names, QObject* parent)
    : QObject(parent)
    , m_names(std::move(names))
{
}

bool Playback::isStep(EventKind kind)
{
    switch (kind) {
    case EventKind::ConnectionOpened:
    case EventKind::ConnectionClosed:
    case EventKind::RequestReceived:
    case EventKind::ResponseSent:
        return false;
    default:
        return true;
    }
}

void Playback::setMetadata(const MetadataPtr& metadata)
{
    if (m_mode == Mode::Live || (m_mode == Mode::Slow && !isBehind()))
        m_model.setMetadata(metadata);
    else
        m_pendingMetadata = metadata;
}

void Playback::setNodes(const std::vector<client::NodeStatus>& nodes)
{
    if (m_mode == Mode::Live || (m_mode == Mode::Slow && !isBehind()))
        m_model.setNodes(nodes);
    else
        m_pendingNodes = nodes;
}

void Playback::record(std::span<const Event> events)
{
    m_recording.append(events);
    // What fell out of the recording can't be played any more.
    if (m_cursor < m_recording.begin())
        m_cursor = m_recording.begin();
    if (m_mode == Mode::Live)
        applyUpTo(m_recording.end());
}

void Playback::advance(qint64 elapsedNs, qint64 nowNs)
{
    if (m_mode == Mode::Live)
        m_shownNs = nowNs;
    if (m_mode != Mode::Slow)
        return;
    m_playNs += static_cast<double>(elapsedNs) * m_speed;
    if (!isBehind()) {
        // Nothing recorded lies ahead: wait for it, just behind the present.
        m_shownNs = std::min(nowNs, m_playBaseNs + static_cast<qint64>(m_playNs));
        return;
    }
    const qint64 next = m_recording.at(m_cursor).timeNs;
    const double gap = static_cast<double>(next - m_playBaseNs) - m_playNs;
    if (gap / m_speed > kLongestWaitNs)
        m_playNs += gap - kWaitBeforeNs * m_speed;
    const qint64 until = m_playBaseNs + static_cast<qint64>(m_playNs);
    quint64 end = m_cursor;
    while (end < m_recording.end() && m_recording.at(end).timeNs <= until)
        ++end;
    applyUpTo(end);
    m_shownNs = until;
    if (!isBehind())
        applyPending();
}

void Playback::pause()
{
    if (m_mode == Mode::Paused)
        return;
    m_mode = Mode::Paused;
    emit modeChanged();
}

void Playback::play(double speed)
{
    if (speed >= 1) {
        goLive();
        return;
    }
    m_speed = speed;
    m_mode = Mode::Slow;
    m_playBaseNs = m_shownNs != 0
        ? m_shownNs
        : (m_recording.isEmpty() ? 0 : m_recording.at(m_recording.end() - 1).timeNs);
    m_playNs = 0;
    emit modeChanged();
}

void Playback::goLive()
{
    m_mode = Mode::Live;
    m_speed = 1;
    applyUpTo(m_recording.end());
    applyPending();
    emit modeChanged();
}

void Playback::step()
{
    if (m_mode != Mode::Paused)
        pause();
    quint64 end = m_cursor;
    while (end < m_recording.end() && !isStep(m_recording.at(end).kind))
        ++end;
    if (end < m_recording.end())
        ++end;
    if (end == m_cursor)
        return;
    m_shownNs = m_recording.at(end - 1).timeNs;
    applyUpTo(end);
}

void Playback::seek(qint64 timeNs)
{
    const quint64 target = m_recording.firstFrom(timeNs);
    if (target < m_cursor) {
        auto from = std::find_if(m_snapshots.rbegin(), m_snapshots.rend(),
            [&](const Snapshot& s) { return s.number <= target; });
        if (from == m_snapshots.rend())
            return; // older than the oldest copy of the model
        m_model = from->model;
        m_cursor = std::max(from->number, m_recording.begin());
    }
    for (; m_cursor < target; ++m_cursor)
        m_model.apply(m_recording.at(m_cursor), m_names);
    m_shownNs = timeNs;
    m_mode = Mode::Paused;
    emit jumped();
    emit modeChanged();
}

void Playback::applyUpTo(quint64 end)
{
    while (m_cursor < end) {
        m_chunk.clear();
        while (m_cursor < end && m_chunk.size() < kChunk) {
            if (m_cursor % kSnapshotEvery == 0 || m_snapshots.empty())
                keepSnapshot();
            m_chunk.push_back(m_recording.at(m_cursor));
            m_model.apply(m_chunk.back(), m_names);
            ++m_cursor;
        }
        emit applied(m_chunk);
    }
}

void Playback::keepSnapshot()
{
    if (!m_snapshots.empty() && m_snapshots.back().number >= m_cursor)
        return;
    const std::size_t limit
        = m_model.partitionsShown() > kLargeModel ? kMaxLargeSnapshots : kMaxSnapshots;
    m_snapshots.push_back({m_cursor, m_model});
    while (m_snapshots.size() > limit)
        m_snapshots.pop_front();
}

void Playback::applyPending()
{
    if (m_pendingMetadata)
        m_model.setMetadata(m_pendingMetadata);
    if (!m_pendingNodes.empty())
        m_model.setNodes(m_pendingNodes);
    m_pendingMetadata.reset();
    m_pendingNodes.clear();
}

} // namespace moldau::widgets
