#include "broker/replica/offsetwaits.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace moldau::broker {

std::uint64_t OffsetWaits::add(std::int64_t offset, Done done)
{
    const auto place = std::upper_bound(m_waits.begin(), m_waits.end(), offset,
        [](std::int64_t wanted, const Wait& wait) { return wanted < wait.offset; });
    const std::uint64_t ticket = ++m_lastTicket;
    m_waits.insert(place, Wait{ticket, offset, std::move(done)});
    return ticket;
}

bool OffsetWaits::forget(std::uint64_t ticket)
{
    return std::erase_if(m_waits, [&](const Wait& wait) { return wait.ticket == ticket; }) > 0;
}

void OffsetWaits::finishUpTo(std::int64_t offset, ErrorCode outcome)
{
    const auto end = std::find_if(
        m_waits.begin(), m_waits.end(), [&](const Wait& wait) { return wait.offset > offset; });
    std::vector<Wait> finished(
        std::make_move_iterator(m_waits.begin()), std::make_move_iterator(end));
    m_waits.erase(m_waits.begin(), end);
    for (Wait& wait : finished)
        wait.done(outcome);
}

void OffsetWaits::finishAll(ErrorCode outcome)
{
    auto finished = std::exchange(m_waits, {});
    for (Wait& wait : finished)
        wait.done(outcome);
}

} // namespace moldau::broker
