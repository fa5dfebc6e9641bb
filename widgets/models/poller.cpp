#include "models/poller.h"

namespace moldau::widgets {

Poller::Poller(int intervalMs, QObject* parent)
    : QObject(parent)
{
    m_timer.setInterval(intervalMs);
    connect(&m_timer, &QTimer::timeout, this, [this] { tick(); });
}

void Poller::setActive(bool isActive)
{
    if (isActive == m_timer.isActive())
        return;
    if (!isActive) {
        m_timer.stop();
        return;
    }
    m_timer.start();
    refresh();
}

} // namespace moldau::widgets
