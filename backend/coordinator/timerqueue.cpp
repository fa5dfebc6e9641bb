#include "coordinator/timerqueue.h"

namespace moldau::coordinator {

void TimerQueue::schedule(const TimerKey& key, Duration deadline)
{
    cancel(key);
    m_deadlines.emplace(key, deadline);
    m_order.emplace(deadline, key);
}

void TimerQueue::cancel(const TimerKey& key)
{
    const auto found = m_deadlines.find(key);
    if (found == m_deadlines.end())
        return;
    m_order.erase({found->second, key});
    m_deadlines.erase(found);
}

void TimerQueue::clear()
{
    m_deadlines.clear();
    m_order.clear();
}

std::optional<Duration> TimerQueue::next() const
{
    if (m_order.empty())
        return std::nullopt;
    return m_order.begin()->first;
}

std::optional<TimerKey> TimerQueue::popDue(Duration now)
{
    if (m_order.empty() || m_order.begin()->first > now)
        return std::nullopt;
    auto nearest = m_order.extract(m_order.begin());
    m_deadlines.erase(nearest.value().second);
    return std::move(nearest.value().second);
}

} // namespace moldau::coordinator
