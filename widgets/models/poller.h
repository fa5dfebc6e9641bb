#pragma once

#include <QObject>
#include <QTimer>

namespace moldau::widgets {

/**
 * What keeps a page fresh: asks at intervals while it is active, and at once when it becomes so. A
 * hidden page costs nothing. Owned by the page; GUI thread.
 */
class Poller : public QObject {
    Q_OBJECT
public:
    void setActive(bool isActive);
    /** Asks for everything now. */
    virtual void refresh() = 0;

protected:
    Poller(int intervalMs, QObject* parent);

    bool isActive() const { return m_timer.isActive(); }
    /** An interval has passed. */
    virtual void tick() = 0;

private:
    QTimer m_timer;
};

} // namespace moldau::widgets
