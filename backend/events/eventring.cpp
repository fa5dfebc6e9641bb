#include "events/eventring.h"

#include <algorithm>
#include <cassert>

namespace moldau {

EventRing::EventRing(NameTable& names, std::size_t capacity)
    : m_names(names)
    , m_slots(capacity)
    , m_mask(capacity - 1)
{
    assert(capacity > 0 && (capacity & m_mask) == 0);
}

void EventRing::publish(const Event& event)
{
    if (!isWanted())
        return;
    const std::uint64_t sequence = ++m_sequence;
    const std::uint64_t written = m_written.load(std::memory_order_relaxed);
    if (written - m_read.load(std::memory_order_acquire) == m_slots.size()) {
        m_dropped.fetch_add(1, std::memory_order_relaxed);
        return;
    }
    Event& slot = m_slots[written & m_mask];
    slot = event;
    slot.sequence = sequence;
    m_written.store(written + 1, std::memory_order_release);
}

std::size_t EventRing::drain(std::span<Event> out)
{
    const std::uint64_t read = m_read.load(std::memory_order_relaxed);
    const std::uint64_t available = m_written.load(std::memory_order_acquire) - read;
    const std::size_t count = std::min<std::size_t>(out.size(), available);
    for (std::size_t i = 0; i < count; ++i)
        out[i] = m_slots[(read + i) & m_mask];
    m_read.store(read + count, std::memory_order_release);
    return count;
}

} // namespace moldau
