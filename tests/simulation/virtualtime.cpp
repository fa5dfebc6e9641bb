#include "virtualtime.h"

#include <algorithm>

namespace moldau::simulation {

VirtualTime::Id VirtualTime::at(Duration when, Callback<void()> work)
{
    const Id id = ++m_lastId;
    const Duration date = std::max(when, m_now);
    m_calendar.emplace(Key{date, id}, std::move(work));
    m_dates.emplace(id, date);
    return id;
}

void VirtualTime::cancel(Id id)
{
    const auto found = m_dates.find(id);
    if (found == m_dates.end())
        return;
    // What the work owns may make new appointments while it goes.
    const auto gone = m_calendar.extract({found->second, id});
    m_dates.erase(found);
}

void VirtualTime::step()
{
    auto next = m_calendar.extract(m_calendar.begin());
    m_dates.erase(next.key().second);
    m_now = next.key().first;
    ++m_steps;
    next.mapped()();
}

void VirtualTime::runFor(Duration span)
{
    const Duration end = m_now + span;
    while (!m_calendar.empty() && m_calendar.begin()->first.first <= end)
        step();
    m_now = end;
}

bool VirtualTime::runUntil(const std::function<bool()>& condition, Duration atMost)
{
    const Duration end = m_now + atMost;
    while (!condition()) {
        if (m_calendar.empty() || m_calendar.begin()->first.first > end) {
            m_now = end;
            return condition();
        }
        step();
    }
    return true;
}

std::int64_t VirtualTime::between(std::int64_t least, std::int64_t most)
{
    // Not std::uniform_int_distribution, whose numbers differ between libraries.
    const auto span = static_cast<std::uint64_t>(most - least) + 1;
    return least + static_cast<std::int64_t>(m_random() % span);
}

Duration VirtualTime::between(Duration least, Duration most)
{
    return Duration(between(least.count(), most.count()));
}

bool VirtualTime::happens(double probability)
{
    constexpr std::int64_t kGrain = 1'000'000;
    return static_cast<double>(between(0, kGrain - 1)) < probability * kGrain;
}

} // namespace moldau::simulation
