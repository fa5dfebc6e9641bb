#pragma once

#include "client/eventsource.h"

#include <QBasicTimer>
#include <QElapsedTimer>
#include <QObject>
#include <QSet>

#include <span>
#include <vector>

namespace moldau::widgets {

/**
 * Brings events from their source to the GUI thread, at most 60 times a second and only while a
 * view wants them; otherwise the nodes don't even fill them in. Where thousands come a second
 * nobody can follow each: then it looks less often, and what follows a look costs less. Bounded
 * work per turn: what doesn't fit waits in the source's rings, which drop and count. Owned by the
 * session.
 */
class EventPump : public QObject {
    Q_OBJECT
public:
    static constexpr int kIntervalMs = 16;
    static constexpr int kBusyIntervalMs = 80;
    static constexpr qint64 kBusyPerSecond = 2'000;
    static constexpr std::size_t kMaxPerTurn = 8192;

    explicit EventPump(client::EventSource& source, QObject* parent = nullptr);
    ~EventPump() override;

    /** While `view` lives and wants events, they come. */
    void setWanted(QObject* view, bool isWanted);
    bool isRunning() const { return m_timer.isActive(); }
    /** So much happens that views do well to show it in larger steps. */
    bool isBusy() const { return m_intervalMs == kBusyIntervalMs; }

    client::EventSource& source() const { return m_source; }
    QString textOf(NameId id) const;
    /** Events that were lost since the cluster started, because they came faster than they were
     * taken. */
    quint64 dropped() const { return m_source.dropped(); }

    /** Takes what is there now; for tests and for the last look before a screenshot. */
    std::size_t drainNow();

signals:
    /** In each node's order. The span is valid during the call only: connect directly. */
    void arrived(std::span<const moldau::Event> events);

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    void update();
    /** Chooses when to look next, after so many events in so long. */
    void pace(std::size_t events, qint64 milliseconds);

    client::EventSource& m_source;
    std::vector<Event> m_buffer;
    QSet<QObject*> m_views;
    QBasicTimer m_timer;
    QElapsedTimer m_sinceTurn;
    int m_intervalMs = kIntervalMs;
};

} // namespace moldau::widgets
