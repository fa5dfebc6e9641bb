#include "bridge/eventpump.h"

#include <QTimerEvent>

#include <algorithm>

namespace moldau::widgets {

EventPump::EventPump(client::EventSource& source, QObject* parent)
    : QObject(parent)
    , m_source(source)
    , m_buffer(kMaxPerTurn)
{
}

EventPump::~EventPump()
{
    if (!m_views.isEmpty())
        m_source.setWanted(false);
}

void EventPump::setWanted(QObject* view, bool isWanted)
{
    const bool isKnown = m_views.contains(view);
    if (isWanted && !isKnown) {
        m_views.insert(view);
        connect(view, &QObject::destroyed, this, [this](QObject* gone) { setWanted(gone, false); });
    } else if (!isWanted && isKnown) {
        m_views.remove(view);
        disconnect(view, &QObject::destroyed, this, nullptr);
    }
    update();
}

QString EventPump::textOf(NameId id) const
{
    const std::string_view text = m_source.textOf(id);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::size_t EventPump::drainNow()
{
    const std::size_t count = m_source.drain(m_buffer);
    if (count > 0)
        emit arrived(std::span<const Event>(m_buffer.data(), count));
    return count;
}

void EventPump::pace(std::size_t events, qint64 milliseconds)
{
    const auto count = static_cast<qint64>(events);
    // With more than fits into a slow turn's half the rings would overflow.
    const bool isBusy = count * 1'000 > kBusyPerSecond * std::max<qint64>(milliseconds, 1)
        && count * kBusyIntervalMs < static_cast<qint64>(kMaxPerTurn / 2) * milliseconds;
    const int wanted = isBusy ? kBusyIntervalMs : kIntervalMs;
    if (wanted == m_intervalMs)
        return;
    m_intervalMs = wanted;
    m_timer.start(m_intervalMs, Qt::PreciseTimer, this);
}

void EventPump::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_timer.timerId())
        pace(drainNow(), m_sinceTurn.restart());
    else
        QObject::timerEvent(event);
}

void EventPump::update()
{
    const bool isWanted = !m_views.isEmpty();
    if (isWanted == m_timer.isActive())
        return;
    m_source.setWanted(isWanted);
    m_intervalMs = kIntervalMs;
    m_sinceTurn.start();
    if (isWanted)
        m_timer.start(m_intervalMs, Qt::PreciseTimer, this);
    else
        m_timer.stop();
}

} // namespace moldau::widgets
