#pragma once

#include "base/callback.h"

#include <chrono>
#include <cstdint>
#include <utility>

namespace moldau {

using Duration = std::chrono::nanoseconds;

/**
 * One thread's world of time and work. A node (broker, controller, client) is given one and runs
 * wholly on it: no locks inside a node. Real nodes get an AsioLoop; simulations one loop with a
 * virtual clock for all nodes. Every function but post() is called on the loop's thread only.
 */
class EventLoop {
public:
    using TimerId = std::uint64_t;

    virtual ~EventLoop() = default;

    /** Milliseconds since 1970, for record timestamps and retention. May jump. */
    virtual std::int64_t wallClockMs() const = 0;
    /** Time since an arbitrary start. Never goes back. */
    virtual Duration now() const = 0;

    /** Runs `work` later on the loop's thread, in order of the calls. Any thread may call. */
    virtual void post(Callback<void()> work) = 0;
    /** Runs `work` once after `delay`. Never returns 0. Prefer Timer, which cancels itself. */
    virtual TimerId schedule(Duration delay, Callback<void()> work) = 0;
    /** Forgets a scheduled call; does nothing for one that ran or was cancelled. */
    virtual void cancel(TimerId id) = 0;

    /**
     * Runs `work` (fsync, recompression, compaction) on a worker thread, then `done` on the loop.
     * `done` is dropped when the loop has stopped.
     */
    virtual void offload(Callback<void()> work, Callback<void()> done) = 0;
};

/** A single-shot timer that its owner may set again and that dies with its owner. */
class Timer {
public:
    explicit Timer(EventLoop& loop)
        : m_loop(&loop)
    {
    }
    ~Timer() { cancel(); }
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;

    /** Runs `work` after `delay` instead of what was set before. */
    void start(Duration delay, Callback<void()> work)
    {
        cancel();
        m_id = m_loop->schedule(delay, [this, work = std::move(work)]() mutable {
            m_id = 0;
            auto run = std::move(work); // `work` may destroy this timer
            run();
        });
    }
    void cancel()
    {
        if (m_id != 0)
            m_loop->cancel(std::exchange(m_id, 0));
    }
    bool isRunning() const { return m_id != 0; }

private:
    EventLoop* m_loop;
    EventLoop::TimerId m_id = 0;
};

} // namespace moldau
