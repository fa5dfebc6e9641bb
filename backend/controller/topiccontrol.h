#pragma once

#include "base/log.h"
#include "controller/configcontrol.h"
#include "controller/effect.h"
#include "controller/replicaplacer.h"
#include "protocol/messages/createpartitionsrequest.h"
#include "protocol/messages/createpartitionsresponse.h"
#include "protocol/messages/createtopicsrequest.h"
#include "protocol/messages/createtopicsresponse.h"
#include "protocol/messages/deletetopicsrequest.h"
#include "protocol/messages/deletetopicsresponse.h"

#include <unordered_map>

namespace moldau::controller {

/** Settings of the node for new topics. */
struct TopicDefaults {
    std::int32_t partitions = 1; ///< num.partitions
    std::int16_t replicationFactor = 1; ///< default.replication.factor
    bool isDeletionEnabled = true; ///< delete.topic.enable
};

/**
 * Topics are created, grow and are deleted. Part of a ControllerState; changes nothing but its
 * random numbers.
 */
class TopicControl {
public:
    TopicControl(const MetadataImage& image, const ConfigControl& configs,
        const TopicSettings& settings, TopicDefaults defaults, Random& random, Log& log);

    Effect<protocol::CreateTopicsResponse> createTopics(
        const protocol::CreateTopicsRequest& request);
    Effect<protocol::DeleteTopicsResponse> deleteTopics(
        const protocol::DeleteTopicsRequest& request, const RequestContext& context);
    Effect<protocol::CreatePartitionsResponse> createPartitions(
        const protocol::CreatePartitionsRequest& request);

private:
    using NewTopic = protocol::CreateTopicsRequest::CreatableTopic;
    using NewTopicResult = protocol::CreateTopicsResponse::CreatableTopicResult;
    using MorePartitions = protocol::CreatePartitionsRequest::CreatePartitionsTopic;

    /** Normalized names ('.' as '_') of topics with such characters, and a topic that has it. */
    using Collisions = std::unordered_map<std::string, std::string>;

    Result<void> checkName(const NewTopic& wish, const Collisions& collisions) const;
    /** The topic's records are added to `records`; its result, or why it can't be. */
    Result<NewTopicResult> create(const NewTopic& wish, Records& records);
    Result<std::vector<Replicas>> replicasOf(const NewTopic& wish);
    Result<std::vector<Replicas>> assigned(const NewTopic& wish) const;
    Result<Records> grow(const MorePartitions& wish);
    std::vector<PlaceableBroker> placeableBrokers() const;
    /** A new partition's record, led by its first live replica; none when there is no live one. */
    std::optional<protocol::PartitionRecord> newPartition(
        const Uuid& topicId, std::int32_t number, const Replicas& replicas) const;
    Uuid newTopicId();
    Collisions collisions() const;

    const MetadataImage& m_image;
    const ConfigControl& m_configs;
    const TopicSettings& m_settings;
    TopicDefaults m_defaults;
    Random& m_random;
    Log& m_log;
};

} // namespace moldau::controller
