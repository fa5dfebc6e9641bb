// FindCoordinator, v0–6.
//
// v1 key types and error messages · v3 flexible · v4 many keys, each with its error (KIP-699) · v5
// transactions abort errors (no change here) · v6 share coordinators (KIP-932).
// A group's coordinator leads its partition of __consumer_offsets; the topic is created when it is
// missing, with the offsets.topic.* settings. Addresses are those of the listener that was asked.
// Transactions and share partitions have no coordinator here: COORDINATOR_NOT_AVAILABLE.

#include "broker/handlers/10_find_coordinator.h"

#include "broker/groups/groupcoordinator.h"
#include "broker/topiccreation.h"
#include "protocol/messages/findcoordinatorresponse.h"

namespace moldau::broker {

namespace {

using Coordinator = protocol::FindCoordinatorResponse::Coordinator;

enum KeyType : std::int8_t { Group = 0, Transaction = 1, Share = 2 };

Coordinator notFound(const std::string& key, ErrorCode error)
{
    Coordinator answer;
    answer.key = key;
    answer.nodeId = kNoBroker;
    answer.port = -1;
    answer.errorCode = errorToWire(error);
    return answer;
}

Coordinator find(
    BrokerNode& broker, const network::Exchange& exchange, std::int8_t type, const std::string& key)
{
    const bool isKnownType
        = type == Group || type == Transaction || (type == Share && exchange.version >= 6);
    if (!isKnownType)
        return notFound(key, ErrorCode::InvalidRequest);
    if (type != Group)
        return notFound(key, ErrorCode::CoordinatorNotAvailable);
    const controller::TopicImage* const topic = broker.image().topic(kOffsetsTopic);
    if (topic == nullptr) {
        createMissingTopics(broker, {std::string(kOffsetsTopic)});
        return notFound(key, ErrorCode::CoordinatorNotAvailable);
    }
    const controller::PartitionImage* const partition
        = broker.image().partition(topic->id, broker.groups().partitionOf(key));
    const controller::BrokerImage* const leader
        = partition == nullptr ? nullptr : broker.image().broker(partition->leader);
    const controller::ListenerImage* const listener = leader == nullptr || leader->isFenced
        ? nullptr
        : leader->listener(exchange.connection().listener);
    if (listener == nullptr)
        return notFound(key, ErrorCode::CoordinatorNotAvailable);
    Coordinator answer;
    answer.key = key;
    answer.nodeId = leader->id;
    answer.host = listener->address.host;
    answer.port = listener->address.port;
    return answer;
}

/** What Kafka's clients are shown. */
std::string messageOf(std::int16_t error)
{
    if (error == 0)
        return "NONE";
    if (errorFromWire(error) == ErrorCode::CoordinatorNotAvailable)
        return "The coordinator is not available.";
    return "The key type is unknown.";
}

} // namespace

void findCoordinator(
    BrokerNode& broker, protocol::FindCoordinatorRequest request, network::Exchange exchange)
{
    protocol::FindCoordinatorResponse response;
    if (exchange.version >= 4) {
        for (const std::string& key : request.coordinatorKeys)
            response.coordinators.push_back(find(broker, exchange, request.keyType, key));
        return exchange.answer(response);
    }
    const Coordinator found = find(broker, exchange, request.keyType, request.key);
    response.errorCode = found.errorCode;
    response.errorMessage = messageOf(found.errorCode);
    response.nodeId = found.nodeId;
    response.host = found.host;
    response.port = found.port;
    exchange.answer(response);
}

} // namespace moldau::broker
