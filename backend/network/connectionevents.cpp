#include "network/connectionevents.h"

#include "faults/nodenames.h"

namespace moldau::network {

namespace {

Event connectionEvent(EventKind kind, BrokerId node, std::int64_t nowMs, const ConnectionInfo& info)
{
    Event event;
    event.timeNs = nowMs * 1'000'000;
    event.kind = kind;
    event.node = node;
    event.connection = info.id;
    return event;
}

} // namespace

void emitOpened(EventSink& events, BrokerId node, std::int64_t nowMs, const ConnectionInfo& info)
{
    if (!events.isWanted())
        return;
    Event event = connectionEvent(EventKind::ConnectionOpened, node, nowMs, info);
    event.detail = events.intern(toString(info.peer));
    events.publish(event);
}

void emitIdentified(
    EventSink& events, BrokerId node, std::int64_t nowMs, const ConnectionInfo& info)
{
    if (!events.isWanted())
        return;
    Event event = connectionEvent(EventKind::ConnectionIdentified, node, nowMs, info);
    event.name = events.intern(info.clientId);
    event.peer = faults::nodeOfClient(info.clientId);
    event.detail = events.intern(
        info.softwareName.empty() ? std::string() : info.softwareName + " " + info.softwareVersion);
    events.publish(event);
}

void emitClosed(EventSink& events, BrokerId node, std::int64_t nowMs, const ConnectionInfo& info,
    const std::string& reason, ErrorCode code)
{
    if (!events.isWanted())
        return;
    Event event = connectionEvent(EventKind::ConnectionClosed, node, nowMs, info);
    event.name = events.intern(info.clientId);
    event.detail = events.intern(reason);
    event.error = errorToWire(code);
    events.publish(event);
}

} // namespace moldau::network
