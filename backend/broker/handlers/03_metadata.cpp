// Metadata, v0–13.
//
// Topics null: all (v0: empty is all). v1 controller and internal flags · v2 cluster id · v4
// auto-creation · v5 offline replicas · v7 leader epochs · v8 authorized operations · v9 flexible ·
// v10 topic ids · v12 topics by id with a null name · v13 top-level error.
// controller_id is any live broker, as in KRaft: every broker forwards. Addresses are those of the
// listener that was asked. A missing topic is created when both the broker
// (auto.create.topics.enable) and the request allow; the first answer is then
// UNKNOWN_TOPIC_OR_PARTITION (or LEADER_NOT_AVAILABLE while it gets its leader).

#include "broker/handlers/03_metadata.h"

#include "broker/topiccreation.h"
#include "controller/topicnames.h"
#include "protocol/messages/metadataresponse.h"

#include <limits>

namespace moldau::broker {

namespace {

using protocol::MetadataRequest;
using protocol::MetadataResponse;

constexpr std::int32_t kNoOperations = std::numeric_limits<std::int32_t>::min();

void addBrokers(const BrokerNode& broker, const std::string& listener, MetadataResponse& response)
{
    for (const auto& [id, image] : broker.image().brokers()) {
        const controller::ListenerImage* const address = image.listener(listener);
        if (image.isFenced || address == nullptr)
            continue;
        auto& entry = response.brokers.emplace_back();
        entry.nodeId = id;
        entry.host = address->address.host;
        entry.port = address->address.port;
        entry.rack = image.rack;
        if (response.controllerId == kNoBroker || id == broker.self())
            response.controllerId = id;
    }
}

void describe(const BrokerNode& broker, const controller::TopicImage& topic,
    const std::string& listener, std::int16_t version,
    MetadataResponse::MetadataResponseTopic& answer)
{
    answer.name = topic.name;
    answer.topicId = topic.id;
    answer.isInternal = controller::isInternalTopic(topic.name);
    const auto isAlive = [&](BrokerId id) {
        const controller::BrokerImage* const image = broker.image().broker(id);
        return image != nullptr && !image->isFenced && image->listener(listener) != nullptr;
    };
    for (std::size_t i = 0; i < topic.partitions.size(); ++i) {
        const controller::PartitionImage& image = topic.partitions[i];
        auto& partition = answer.partitions.emplace_back();
        partition.partitionIndex = static_cast<std::int32_t>(i);
        partition.leaderEpoch = image.leaderEpoch;
        partition.replicaNodes = image.replicas;
        partition.isrNodes = image.isr;
        for (const BrokerId id : image.replicas)
            if (!isAlive(id))
                partition.offlineReplicas.push_back(id);
        partition.leaderId = image.leader;
        if (!image.hasLeader())
            partition.errorCode = errorToWire(ErrorCode::LeaderNotAvailable);
        else if (!isAlive(image.leader)) {
            partition.errorCode = errorToWire(
                version >= 1 ? ErrorCode::LeaderNotAvailable : ErrorCode::ReplicaNotAvailable);
            partition.leaderId = kNoBroker;
        }
    }
}

} // namespace

void metadata(BrokerNode& broker, MetadataRequest request, network::Exchange exchange)
{
    const std::int16_t version = exchange.version;
    const std::string listener = exchange.connection().listener;
    MetadataResponse response;
    response.clusterId = broker.settings().clusterId;
    response.controllerId = kNoBroker;
    addBrokers(broker, listener, response);

    const bool wantsAll = !request.topics || (version == 0 && request.topics->empty());
    if (wantsAll) {
        for (const auto& [name, topic] : broker.image().topics())
            describe(broker, *topic, listener, version, response.topics.emplace_back());
        return exchange.answer(response);
    }
    std::vector<std::string> missing;
    for (const auto& asked : *request.topics) {
        auto& answer = response.topics.emplace_back();
        const bool isById = !asked.name || (version >= 12 && !asked.topicId.isZero());
        const controller::TopicImage* const topic
            = isById ? broker.image().topic(asked.topicId) : broker.image().topic(*asked.name);
        if (topic != nullptr) {
            describe(broker, *topic, listener, version, answer);
            continue;
        }
        answer.name = isById ? std::nullopt : asked.name;
        if (!isById && version < 12)
            answer.name = asked.name;
        answer.topicId = asked.topicId;
        answer.errorCode
            = errorToWire(isById ? ErrorCode::UnknownTopicId : ErrorCode::UnknownTopicOrPartition);
        if (isById)
            continue;
        if (!isValidTopicName(*asked.name)) {
            answer.errorCode = errorToWire(ErrorCode::InvalidTopicException);
            continue;
        }
        answer.isInternal = controller::isInternalTopic(*asked.name);
        if (version < 4 || request.allowAutoTopicCreation)
            missing.push_back(*asked.name);
    }
    if (!missing.empty() && broker.layers().value("auto.create.topics.enable").toBool())
        createMissingTopics(broker, missing);
    exchange.answer(response);
}

} // namespace moldau::broker
