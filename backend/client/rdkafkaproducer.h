#pragma once

#include "client/clusterconnection.h"
#include "client/owedreplies.h"
#include "client/rdkafkahandle.h"

#include <functional>
#include <map>
#include <unordered_map>

namespace moldau::client {

class RdKafkaEventSource;

/**
 * Sends records. librdkafka fixes acks per client, so there is one client for each acks value that
 * is used, made at its first record. Belongs to a connection, lives on its loop's thread.
 */
class RdKafkaProducer {
public:
    using HandleFactory = std::function<Result<std::shared_ptr<RdKafkaHandle>>(Properties)>;

    /** `make` gets the properties that differ by acks. `events` may be nullptr. */
    RdKafkaProducer(HandleFactory make, RdKafkaEventSource* events);
    ~RdKafkaProducer();

    void send(RecordToSend record, Answer<SendReceipt> answer);

private:
    class Lane;
    Result<Lane*> laneFor(Acks acks);

    HandleFactory m_make;
    RdKafkaEventSource* m_events;
    std::map<Acks, std::unique_ptr<Lane>> m_lanes;
};

} // namespace moldau::client
