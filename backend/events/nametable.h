#pragma once

#include "events/event.h"

#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace moldau {

/**
 * Strings of events, each stored once for the life of the table. Shared by all rings of a cluster;
 * every function may be called from any thread. Bounded: past kMaxNames unknown strings become the
 * empty name, so that a client with ever new ids can't fill the memory.
 */
class NameTable {
public:
    static constexpr std::size_t kMaxNames = 1 << 20;

    NameTable();
    NameId intern(std::string_view text);
    /** Stays valid as long as the table. The empty string for an id that isn't from here. */
    std::string_view textOf(NameId id) const;

private:
    mutable std::mutex m_mutex;
    std::deque<std::string> m_texts;
    std::unordered_map<std::string_view, NameId> m_ids;
};

} // namespace moldau
