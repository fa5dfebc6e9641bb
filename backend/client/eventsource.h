#pragma once

#include "events/event.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace moldau::client {

/**
 * What happens inside a cluster, for whoever draws it. The embedded cluster gives everything; for
 * an external cluster only our own requests are known. Used by one reader thread.
 */
class EventSource {
public:
    virtual ~EventSource() = default;
    /** Nodes emit only while somebody wants events. */
    virtual void setWanted(bool isWanted) = 0;
    /** Moves up to `out.size()` events, each node's in order; how many. Never blocks. */
    virtual std::size_t drain(std::span<Event> out) = 0;
    virtual std::uint64_t dropped() const = 0;
    /** Stays valid as long as the source. */
    virtual std::string_view textOf(NameId id) const = 0;
    /** True where requests of other programs, replication and elections are seen as well. */
    virtual bool seesEverything() const = 0;
};

} // namespace moldau::client
