#include "network/serverconnection.h"

#include "network/connectionevents.h"
#include "protocol/messages/requestheader.h"
#include "protocol/reader.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace moldau::network {

namespace {

constexpr std::string_view kComponent = "kafka.network.Processor";
constexpr std::size_t kSmallestHeader = 8; // api key, version, correlation id

} // namespace

ServerConnection::ServerConnection(
    Server& server, std::unique_ptr<Stream> stream, std::shared_ptr<ConnectionInfo> info)
    : m_server(server)
    , m_stream(std::move(stream))
    , m_info(std::move(info))
    , m_frames(server.m_options.maxRequestBytes)
    , m_lastActive(server.m_loop.now())
{
}

bool ServerConnection::isSaturated() const
{
    return (m_delay && m_delay->isRunning()) || m_slots.size() >= m_server.m_options.maxInFlight
        || m_stream->unsentBytes() >= m_server.m_options.maxUnsentBytes;
}

std::span<std::uint8_t> ServerConnection::receiveBuffer()
{
    return isSaturated() ? std::span<std::uint8_t>() : m_frames.receiveBuffer();
}

void ServerConnection::received(std::size_t size)
{
    m_lastActive = m_server.m_loop.now();
    m_frames.received(size);
    if (m_dropped.empty())
        takeFrames();
    else
        m_frames = FrameAssembler(m_server.m_options.maxRequestBytes);
}

void ServerConnection::drained()
{
    m_lastActive = m_server.m_loop.now();
    takeFrames();
}

void ServerConnection::closed(const Error& reason)
{
    // A client that leaves is no error.
    const bool isLeaving = reason.code == ErrorCode::LocalConnectionClosed;
    close(isLeaving ? std::string() : reason.message, isLeaving ? ErrorCode::None : reason.code);
}

void ServerConnection::takeFrames()
{
    // A handler may answer at once and so come back here, or close the connection.
    if (m_isTakingFrames)
        return;
    m_isTakingFrames = true;
    const auto self = shared_from_this();
    while (m_stream && !isSaturated() && m_dropped.empty()) {
        Result<std::optional<Slice>> frame = m_frames.next();
        if (!frame) {
            close(frame.error().message, frame.error().code);
            break;
        }
        if (!frame->has_value())
            break;
        takeRequest(**frame);
    }
    m_isTakingFrames = false;
    if (m_stream && !isSaturated())
        m_stream->resumeReading();
}

void ServerConnection::takeRequest(const Slice& frame)
{
    if (frame.size() < kSmallestHeader)
        return close("a request is shorter than its header", ErrorCode::InvalidRequest);
    protocol::Reader peek(frame.bytes);
    const std::int16_t key = peek.readInt16();
    const std::int16_t version = peek.readInt16();
    if (protocol::findApi(key) == nullptr)
        return close(
            fmt::format("Received request for unknown api key {} version {}", key, version),
            ErrorCode::UnsupportedVersion);

    protocol::Reader reader(frame.bytes, frame.owner);
    protocol::RequestHeader header;
    header.read(reader, protocol::requestHeaderVersion(protocol::ApiKey(key), version));
    if (!reader.ok())
        return close("a request header does not parse: " + reader.error().message,
            ErrorCode::InvalidRequest);

    if (header.clientId && *header.clientId != m_info->clientId) {
        m_info->clientId = *header.clientId;
        emitIdentified(m_server.m_events, m_server.m_node, m_server.m_loop.wallClockMs(), *m_info);
    }
    Slice body(frame.bytes.subspan(frame.size() - reader.remaining()), frame.owner);
    const std::uint64_t slot = m_firstSlot + m_slots.size();
    m_slots.emplace_back();
    Exchange exchange(weak_from_this(), m_info, slot, std::move(body));
    exchange.api = protocol::ApiKey(key);
    exchange.version = version;
    exchange.correlation = header.correlationId;
    exchange.clientId = header.clientId.value_or(std::string());
    exchange.receivedAt = m_server.m_loop.now();
    if (m_server.m_events.isWanted())
        publish(EventKind::RequestReceived, exchange, static_cast<std::int64_t>(frame.size()), 0);
    handle(std::move(exchange));
}

void ServerConnection::handle(Exchange exchange)
{
    faults::NodeFaults* const rules = m_server.m_options.faults;
    if (rules == nullptr || !rules->hasRequestRules())
        return m_server.m_handler.handle(std::move(exchange));
    const faults::RequestFault fault = rules->onRequest({.api = exchange.api,
        .version = exchange.version,
        .correlation = exchange.correlation,
        .connection = m_info->id,
        .clientId = exchange.clientId,
        .body = exchange.body().bytes,
        .topicName = [this](const Uuid& id) { return m_server.m_handler.topicNameOf(id); }});
    if (fault.delay == Duration::zero())
        return handleWith(fault, std::move(exchange));
    // What follows waits, too: handled out of order it would be another fault.
    if (!m_delay)
        m_delay = std::make_unique<Timer>(m_server.m_loop);
    m_delay->start(fault.delay, [this, fault, exchange = std::move(exchange)]() mutable {
        const auto self = shared_from_this();
        handleWith(fault, std::move(exchange));
        takeFrames();
    });
}

void ServerConnection::handleWith(faults::RequestFault fault, Exchange exchange)
{
    if (!fault.action)
        return m_server.m_handler.handle(std::move(exchange));
    switch (*fault.action) {
    case faults::FaultAction::Error:
        m_server.m_handler.refusedByRule(exchange, fault.error);
        return exchange.answerError(fault.error);
    case faults::FaultAction::Close:
        return exchange.close("a fault rule says so");
    case faults::FaultAction::Drop:
        m_dropped.push_back(std::move(exchange));
        return;
    default: { // Duplicate; the others are for links and disks
        Exchange again = exchange.duplicate();
        m_server.m_handler.handle(std::move(exchange));
        m_server.m_handler.handle(std::move(again));
    }
    }
}

void ServerConnection::complete(
    Exchange& exchange, std::optional<SliceChain> answer, std::int16_t error)
{
    if (!m_stream)
        return;
    Slot& slot = m_slots[exchange.m_slot - m_firstSlot];
    slot.isDone = true;
    if (answer) {
        if (m_server.m_events.isWanted())
            publish(EventKind::ResponseSent, exchange,
                static_cast<std::int64_t>(totalSize(*answer)), error);
        slot.answer = std::move(*answer);
    }
    sendFinished();
    if (!m_isTakingFrames && !isSaturated())
        takeFrames();
}

void ServerConnection::sendFinished()
{
    while (!m_slots.empty() && m_slots.front().isDone) {
        SliceChain answer = std::move(m_slots.front().answer);
        m_slots.pop_front();
        ++m_firstSlot;
        if (!answer.empty())
            m_stream->send(std::move(answer));
    }
}

void ServerConnection::close(const std::string& reason, ErrorCode code)
{
    if (!m_stream)
        return;
    const auto self = shared_from_this();
    m_stream.reset();
    if (!reason.empty())
        m_server.m_log.warn(kComponent, "Closing the connection from {} (client {}): {}",
            toString(m_info->peer), m_info->clientId, reason);
    emitClosed(
        m_server.m_events, m_server.m_node, m_server.m_loop.wallClockMs(), *m_info, reason, code);
    m_server.forget(*this);
}

void ServerConnection::publish(
    EventKind kind, const Exchange& exchange, std::int64_t bytes, std::int16_t error) const
{
    Event event;
    event.timeNs = m_server.m_loop.wallClockMs() * 1'000'000;
    event.kind = kind;
    event.node = m_server.m_node;
    event.connection = m_info->id;
    event.correlation = exchange.correlation;
    event.api = static_cast<std::int16_t>(exchange.api);
    event.apiVersion = exchange.version;
    event.bytes = static_cast<std::int32_t>(
        std::min<std::int64_t>(bytes, std::numeric_limits<std::int32_t>::max()));
    event.error = error;
    if (kind == EventKind::ResponseSent)
        event.offset = (m_server.m_loop.now() - exchange.receivedAt).count();
    m_server.m_events.publish(event);
}

} // namespace moldau::network
