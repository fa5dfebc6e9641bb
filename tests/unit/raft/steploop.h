#pragma once

#include "base/eventloop.h"

#include <deque>
#include <map>
#include <vector>

namespace moldau {

/**
 * A loop whose time stands still until told and whose worker, the disk, works only when told, so
 * that a test sees what happens before an fsync is done.
 */
class StepLoop final : public EventLoop {
public:
    std::int64_t wallClockMs() const override
    {
        return std::chrono::duration_cast<std::chrono::milliseconds>(m_now).count();
    }
    Duration now() const override { return m_now; }
    void post(Callback<void()> work) override { m_posted.push_back(std::move(work)); }
    TimerId schedule(Duration delay, Callback<void()> work) override
    {
        m_timers.emplace(std::pair(m_now + delay, ++m_lastId), std::move(work));
        return m_lastId;
    }
    void cancel(TimerId id) override
    {
        std::erase_if(m_timers, [id](const auto& timer) { return timer.first.second == id; });
    }
    void offload(Callback<void()> work, Callback<void()> done) override
    {
        ++m_offloadCount;
        m_offloaded.emplace_back(std::move(work), std::move(done));
    }

    /** Runs what was posted, also by what runs; the disk waits. */
    void turn()
    {
        while (!m_posted.empty()) {
            auto work = std::move(m_posted.front());
            m_posted.pop_front();
            work();
        }
    }
    /** The disk finishes what it was given, then what was posted runs. */
    void runDisk()
    {
        auto due = std::exchange(m_offloaded, {});
        for (auto& [work, done] : due) {
            work();
            done();
        }
        turn();
    }
    /** Until nothing is left to do at this time. */
    void settle()
    {
        turn();
        while (!m_offloaded.empty())
            runDisk();
    }
    void advance(Duration duration)
    {
        const Duration end = m_now + duration;
        settle();
        while (!m_timers.empty() && m_timers.begin()->first.first <= end) {
            m_now = std::max(m_now, m_timers.begin()->first.first);
            auto timer = m_timers.extract(m_timers.begin());
            timer.mapped()();
            settle();
        }
        m_now = end;
    }
    int offloadCount() const { return m_offloadCount; }

private:
    Duration m_now = std::chrono::hours(1);
    TimerId m_lastId = 0;
    int m_offloadCount = 0;
    std::deque<Callback<void()>> m_posted;
    std::vector<std::pair<Callback<void()>, Callback<void()>>> m_offloaded;
    std::map<std::pair<Duration, TimerId>, Callback<void()>> m_timers;
};

} // namespace moldau
