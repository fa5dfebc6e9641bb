#pragma once

#include "client/eventsource.h"
#include "events/eventring.h"

namespace moldau::test {

/** Events that the test makes. */
class MadeEvents final : public client::EventSource {
public:
    MadeEvents() { ring.setWanted(true); }
    void setWanted(bool isWanted) override { ring.setWanted(isWanted); }
    std::size_t drain(std::span<Event> out) override { return ring.drain(out); }
    std::uint64_t dropped() const override { return ring.dropped(); }
    std::string_view textOf(NameId id) const override { return names.textOf(id); }
    bool seesEverything() const override { return true; }

    void batch(EventKind kind, const char* topic, int broker, int count, int bytes)
    {
        Event event;
        event.kind = kind;
        event.topic = names.intern(topic);
        event.node = BrokerId{broker};
        event.count = count;
        event.bytes = bytes;
        ring.publish(event);
    }
    void response(std::int16_t api, std::int64_t nanoseconds)
    {
        Event event;
        event.kind = EventKind::ResponseSent;
        event.api = api;
        event.offset = nanoseconds;
        ring.publish(event);
    }
    NameTable names;
    EventRing ring{names};
};

} // namespace moldau::test
