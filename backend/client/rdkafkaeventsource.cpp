#include "client/rdkafkaeventsource.h"

#include "base/crc32c.h"

#include <chrono>

namespace moldau::client {

namespace {

std::int64_t wallClockNs()
{
    const auto sinceEpoch = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(sinceEpoch).count();
}

std::int32_t clamped(std::size_t size)
{
    return static_cast<std::int32_t>(std::min<std::size_t>(size, INT32_MAX));
}

} // namespace

RdKafkaEventSource::RdKafkaEventSource(std::string clientId)
    : m_clientId(m_names.intern(clientId))
{
}

void RdKafkaEventSource::recordSent(const rd_kafka_message_t& message, std::uint32_t keyHash)
{
    if (!isWanted())
        return;
    const bool isRejected = message.err != RD_KAFKA_RESP_ERR_NO_ERROR;
    Event event = eventOf(isRejected ? EventKind::ProduceRejected : EventKind::BatchAppended,
        rd_kafka_message_broker_id(&message));
    const std::lock_guard lock(m_mutex);
    event.topic = nameOf(rd_kafka_topic_name(message.rkt));
    event.partition = message.partition;
    event.offset = message.offset;
    event.count = 1;
    event.bytes = clamped(message.len + message.key_len);
    event.key = keyHash;
    // librdkafka's own codes are negative and mean nothing on the wire.
    event.error = message.err > 0 ? static_cast<std::int16_t>(message.err)
                                  : std::int16_t{isRejected ? std::int16_t{-1} : std::int16_t{0}};
    m_ring.publish(event);
    if (!isRejected) {
        event.kind = EventKind::ProduceAcknowledged;
        m_ring.publish(event);
    }
}

void RdKafkaEventSource::recordsRead(const rd_kafka_message_t& first, std::int32_t count,
    std::size_t bytes, const std::string& clientId)
{
    if (!isWanted())
        return;
    Event event = eventOf(EventKind::BatchDelivered, rd_kafka_message_broker_id(&first));
    const std::lock_guard lock(m_mutex);
    event.topic = nameOf(rd_kafka_topic_name(first.rkt));
    event.name = nameOf(clientId.c_str());
    event.partition = first.partition;
    event.offset = first.offset;
    event.count = count;
    event.bytes = clamped(bytes);
    if (first.key != nullptr)
        event.key = hashOfKey({static_cast<const std::uint8_t*>(first.key), first.key_len});
    m_ring.publish(event);
}

void RdKafkaEventSource::watchRequests(rd_kafka_t* rk)
{
    rd_kafka_interceptor_add_on_request_sent(rk, "moldau", onRequestSent, this);
    rd_kafka_interceptor_add_on_response_received(rk, "moldau", onResponseReceived, this);
}

std::uint32_t RdKafkaEventSource::hashOfKey(BytesView key)
{
    return std::max<std::uint32_t>(1, crc32c(key));
}

rd_kafka_resp_err_t RdKafkaEventSource::onRequestSent(rd_kafka_t*, int, const char*,
    std::int32_t broker, std::int16_t api, std::int16_t version, std::int32_t correlation,
    std::size_t size, void* opaque)
{
    auto& self = *static_cast<RdKafkaEventSource*>(opaque);
    if (self.isWanted()) {
        Event event = self.eventOf(EventKind::RequestReceived, broker);
        event.api = api;
        event.apiVersion = version;
        event.correlation = correlation;
        event.bytes = clamped(size);
        self.publish(event);
    }
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

rd_kafka_resp_err_t RdKafkaEventSource::onResponseReceived(rd_kafka_t*, int, const char*,
    std::int32_t broker, std::int16_t api, std::int16_t version, std::int32_t correlation,
    std::size_t size, std::int64_t roundTripUs, rd_kafka_resp_err_t error, void* opaque)
{
    auto& self = *static_cast<RdKafkaEventSource*>(opaque);
    if (self.isWanted() && error == RD_KAFKA_RESP_ERR_NO_ERROR) {
        Event event = self.eventOf(EventKind::ResponseSent, broker);
        event.api = api;
        event.apiVersion = version;
        event.correlation = correlation;
        event.bytes = clamped(size);
        event.offset = roundTripUs * 1000;
        self.publish(event);
    }
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

Event RdKafkaEventSource::eventOf(EventKind kind, std::int32_t broker) const
{
    Event event;
    event.timeNs = wallClockNs();
    event.kind = kind;
    event.node = BrokerId{broker};
    event.name = m_clientId;
    return event;
}

NameId RdKafkaEventSource::nameOf(const char* topic)
{
    const auto [entry, isNew] = m_topics.try_emplace(topic);
    if (isNew)
        entry->second = m_names.intern(topic);
    return entry->second;
}

void RdKafkaEventSource::publish(const Event& event)
{
    const std::lock_guard lock(m_mutex);
    m_ring.publish(event);
}

} // namespace moldau::client
