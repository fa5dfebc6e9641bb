#pragma once

#include "base/eventloop.h"

#include <cstdint>
#include <functional>
#include <map>
#include <random>
#include <unordered_map>

namespace moldau::simulation {

/**
 * The one clock and calendar of a simulation: what is due runs, then the clock jumps to what is due
 * next. Nothing waits for real time, and one seed gives one history. One thread; outlives all else.
 */
class VirtualTime {
public:
    using Id = std::uint64_t;

    explicit VirtualTime(std::uint64_t seed)
        : m_random(seed)
    {
    }

    Duration now() const { return m_now; }
    /** Work of one moment runs in the order of the calls. Never returns 0. */
    Id at(Duration when, Callback<void()> work);
    void cancel(Id id);

    /** Lets the world live for this long. */
    void runFor(Duration span);
    /** Until the condition is true, looked at after each step; false when it isn't by then. */
    bool runUntil(const std::function<bool()>& condition, Duration atMost);
    std::uint64_t steps() const { return m_steps; }

    /** The simulation's only source of chance. */
    std::mt19937_64& random() { return m_random; }
    /** Evenly between the two, both included. */
    std::int64_t between(std::int64_t least, std::int64_t most);
    Duration between(Duration least, Duration most);
    bool happens(double probability);

private:
    void step();

    using Key = std::pair<Duration, Id>;
    Duration m_now{};
    Id m_lastId = 0;
    std::uint64_t m_steps = 0;
    std::map<Key, Callback<void()>> m_calendar;
    std::unordered_map<Id, Duration> m_dates;
    std::mt19937_64 m_random;
};

} // namespace moldau::simulation
