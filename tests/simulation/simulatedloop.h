#pragma once

#include "virtualtime.h"

#include <deque>
#include <set>

namespace moldau::simulation {

/**
 * One node's event loop on the common clock. It can be paused, as a process under SIGSTOP, and be
 * cleared, as when its process dies: what it had to do is forgotten, files half written included.
 */
class SimulatedLoop final : public EventLoop {
public:
    explicit SimulatedLoop(VirtualTime& time)
        : m_time(time)
    {
    }
    ~SimulatedLoop() override { clear(); }

    std::int64_t wallClockMs() const override;
    Duration now() const override { return m_time.now(); }
    void post(Callback<void()> work) override { schedule(Duration::zero(), std::move(work)); }
    TimerId schedule(Duration delay, Callback<void()> work) override;
    void cancel(TimerId id) override;
    /** The work is done as a whole when the disk has had its time, `done` at once after it. */
    void offload(Callback<void()> work, Callback<void()> done) override;

    /** How long offloaded work takes, evenly between the two. */
    void setDiskTime(Duration least, Duration most);
    void pause() { m_isPaused = true; }
    void resume();
    bool isPaused() const { return m_isPaused; }
    void clear();
    /** Called after each piece of work. */
    void onWork(std::function<void()> handler) { m_worked = std::move(handler); }
    /** The wall clock is ahead by this much; it may jump. */
    void setClockError(Duration error) { m_clockError = error; }

private:
    void due(TimerId id, Callback<void()> work);

    VirtualTime& m_time;
    Duration m_leastDiskTime = std::chrono::microseconds(100);
    Duration m_mostDiskTime = std::chrono::milliseconds(5);
    Duration m_clockError{};
    std::function<void()> m_worked;
    bool m_isPaused = false;
    std::set<TimerId> m_pending;
    std::deque<std::pair<TimerId, Callback<void()>>> m_held; ///< became due while paused
};

} // namespace moldau::simulation
