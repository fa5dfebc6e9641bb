#include "simulatedloop.h"

#include <algorithm>
#include <utility>

namespace moldau::simulation {

namespace {

constexpr std::int64_t kEpochMs = 1'800'000'000'000; // when simulations begin

} // namespace

std::int64_t SimulatedLoop::wallClockMs() const
{
    return kEpochMs
        + std::chrono::duration_cast<std::chrono::milliseconds>(m_time.now() + m_clockError)
              .count();
}

EventLoop::TimerId SimulatedLoop::schedule(Duration delay, Callback<void()> work)
{
    auto id = std::make_shared<TimerId>(0);
    *id = m_time.at(m_time.now() + std::max(delay, Duration::zero()),
        [this, id, work = std::move(work)]() mutable { due(*id, std::move(work)); });
    m_pending.insert(*id);
    return *id;
}

void SimulatedLoop::due(TimerId id, Callback<void()> work)
{
    if (m_isPaused) {
        m_held.emplace_back(id, std::move(work));
        return;
    }
    m_pending.erase(id);
    work();
    if (m_worked)
        m_worked();
}

void SimulatedLoop::cancel(TimerId id)
{
    if (m_pending.erase(id) == 0)
        return;
    m_time.cancel(id);
    std::erase_if(m_held, [id](const auto& held) { return held.first == id; });
}

void SimulatedLoop::offload(Callback<void()> work, Callback<void()> done)
{
    schedule(m_time.between(m_leastDiskTime, m_mostDiskTime),
        [work = std::move(work), done = std::move(done)]() mutable {
            work();
            done();
        });
}

void SimulatedLoop::setDiskTime(Duration least, Duration most)
{
    m_leastDiskTime = least;
    m_mostDiskTime = most;
}

void SimulatedLoop::resume()
{
    m_isPaused = false;
    while (!m_held.empty() && !m_isPaused) {
        auto [id, work] = std::move(m_held.front());
        m_held.pop_front();
        m_pending.erase(id);
        work();
        if (m_worked)
            m_worked();
    }
}

void SimulatedLoop::clear()
{
    m_isPaused = false;
    for (const TimerId id : std::exchange(m_pending, {}))
        m_time.cancel(id);
    m_held.clear();
}

} // namespace moldau::simulation
