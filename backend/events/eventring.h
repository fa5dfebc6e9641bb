#pragma once

#include "events/eventsink.h"
#include "events/nametable.h"

#include <atomic>
#include <cstdint>
#include <span>
#include <vector>

namespace moldau {

/**
 * A bounded ring between one node (publish, on its thread) and one reader (drain, on another
 * thread), without a lock. When the reader is slow, new events are dropped and counted: the node
 * never waits.
 */
class EventRing final : public EventSink {
public:
    /** `capacity` is a power of two; `names` outlives the ring. */
    explicit EventRing(NameTable& names, std::size_t capacity = 1 << 14);

    bool isWanted() const override { return m_isWanted.load(std::memory_order_relaxed); }
    void publish(const Event& event) override;
    NameId intern(std::string_view text) override { return m_names.intern(text); }

    /** Reader's side: while nobody wants events, publish() drops them without counting. */
    void setWanted(bool isWanted) { m_isWanted.store(isWanted, std::memory_order_relaxed); }
    /** Reader's side: moves up to `out.size()` events, oldest first; how many. */
    std::size_t drain(std::span<Event> out);
    /** Events that found no room since the ring was made. Any thread. */
    std::uint64_t dropped() const { return m_dropped.load(std::memory_order_relaxed); }

private:
    NameTable& m_names;
    std::vector<Event> m_slots;
    std::size_t m_mask;
    std::uint64_t m_sequence = 0; // the node's
    alignas(64) std::atomic<std::uint64_t> m_written{0};
    alignas(64) std::atomic<std::uint64_t> m_read{0};
    alignas(64) std::atomic<std::uint64_t> m_dropped{0};
    std::atomic<bool> m_isWanted{false};
};

} // namespace moldau
