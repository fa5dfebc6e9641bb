#pragma once

#include "events/eventsink.h"
#include "network/exchange.h"

namespace moldau::network {

// A connection's events, private to network/. Nothing happens while nobody wants events.
void emitOpened(EventSink& events, BrokerId node, std::int64_t nowMs, const ConnectionInfo& info);
void emitIdentified(
    EventSink& events, BrokerId node, std::int64_t nowMs, const ConnectionInfo& info);
void emitClosed(EventSink& events, BrokerId node, std::int64_t nowMs, const ConnectionInfo& info,
    const std::string& reason, ErrorCode code);

} // namespace moldau::network
