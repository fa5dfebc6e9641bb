#pragma once

#include "base/bytes.h"
#include "client/eventsource.h"
#include "events/eventring.h"

#include <librdkafka/rdkafka.h>

#include <mutex>
#include <string>
#include <unordered_map>

namespace moldau::client {

/**
 * Events of a cluster that isn't ours: what our own connection does there. Records come from
 * delivery reports and from what consumers read (on the connection's thread), requests from
 * librdkafka's interceptors (on its threads), so filling is locked. Belongs to a connection.
 */
class RdKafkaEventSource final : public EventSource {
public:
    explicit RdKafkaEventSource(std::string clientId);

    void setWanted(bool isWanted) override { m_ring.setWanted(isWanted); }
    std::size_t drain(std::span<Event> out) override { return m_ring.drain(out); }
    std::uint64_t dropped() const override { return m_ring.dropped(); }
    std::string_view textOf(NameId id) const override { return m_names.textOf(id); }
    bool seesEverything() const override { return false; }

    bool isWanted() const { return m_ring.isWanted(); }
    /** A delivery report: BatchAppended and ProduceAcknowledged, or ProduceRejected. */
    void recordSent(const rd_kafka_message_t& message, std::uint32_t keyHash);
    /** Records that follow each other in one partition, as one BatchDelivered. */
    void recordsRead(const rd_kafka_message_t& first, std::int32_t count, std::size_t bytes,
        const std::string& clientId);
    /** Adds the interceptors that see requests; for RdKafkaHandle::Settings::onCreated. */
    void watchRequests(rd_kafka_t* rk);

    /** Never 0, which stands for "no key". */
    static std::uint32_t hashOfKey(BytesView key);

private:
    static rd_kafka_resp_err_t onRequestSent(rd_kafka_t*, int, const char*, std::int32_t broker,
        std::int16_t api, std::int16_t version, std::int32_t correlation, std::size_t size,
        void* opaque);
    static rd_kafka_resp_err_t onResponseReceived(rd_kafka_t*, int, const char*,
        std::int32_t broker, std::int16_t api, std::int16_t version, std::int32_t correlation,
        std::size_t size, std::int64_t roundTripUs, rd_kafka_resp_err_t error, void* opaque);
    Event eventOf(EventKind kind, std::int32_t broker) const;
    /** Topics repeat; the table's lock is spared. */
    NameId nameOf(const char* topic);
    void publish(const Event& event);

    NameTable m_names;
    EventRing m_ring{m_names};
    NameId m_clientId;
    std::mutex m_mutex; // guards the ring's writing side and m_topics
    std::unordered_map<std::string, NameId> m_topics;
};

} // namespace moldau::client
