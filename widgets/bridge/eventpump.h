#pragma once

#include "client/eventsource.h"

#include <QBasicTimer>
#include <QObject>
#include <QSet>

#include <span>
#include <vector>

namespace moldau::widgets {

/**
 * Brings events from their source to the GUI thread, at most 60 times a second and only while a
 * view wants them; otherwise the nodes don't even fill them in. Bounded work per turn: what doesn't
 * fit waits in the source's rings, which drop and count. Owned by the session.
 */
class EventPump : public QObject {
    Q_OBJECT
public:
    static constexpr int kIntervalMs = 16;
    static constexpr std::size_t kMaxPerTurn = 8192;

    explicit EventPump(client::EventSource& source, QObject* parent = nullptr);
    ~EventPump() override;

    /** While `view` lives and wants events, they come. */
    void setWanted(QObject* view, bool isWanted);
    bool isRunning() const { return m_timer.isActive(); }

    client::EventSource& source() const { return m_source; }
    QString textOf(NameId id) const;
    /** Events that were lost since the cluster started, because they came faster than they were
     * taken. */
    quint64 dropped() const { return m_source.dropped(); }

    /** Takes what is there now; for tests and for the last look before a screenshot. */
    void drainNow();

signals:
    /** In each node's order. The span is valid during the call only: connect directly. */
    void arrived(std::span<const moldau::Event> events);

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    void update();

    client::EventSource& m_source;
    std::vector<Event> m_buffer;
    QSet<QObject*> m_views;
    QBasicTimer m_timer;
};

} // namespace moldau::widgets
