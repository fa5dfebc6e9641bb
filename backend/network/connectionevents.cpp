#include "network/connectionevents.h"

#include <charconv>

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

/** Our brokers call themselves broker-ID-PURPOSE when they talk to each other. */
BrokerId brokerOf(std::string_view clientId)
{
    constexpr std::string_view kPrefix = "broker-";
    if (!clientId.starts_with(kPrefix))
        return kNoBroker;
    const std::string_view rest = clientId.substr(kPrefix.size());
    std::int32_t id = -1;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), id);
    const bool isOurs = error == std::errc{} && end != rest.data() + rest.size() && *end == '-';
    return isOurs ? BrokerId{id} : kNoBroker;
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
    event.peer = brokerOf(info.clientId);
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
