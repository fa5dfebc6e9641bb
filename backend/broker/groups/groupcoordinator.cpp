#include "broker/groups/groupcoordinator.h"

#include "coordinator/groupkey.h"

namespace moldau::broker {

namespace {

coordinator::GroupCoordinatorConfig settingsOf(const configs::BrokerConfig& config)
{
    coordinator::GroupCoordinatorConfig settings;
    settings.minSessionTimeoutMs = config.groupMinSessionTimeoutMs;
    settings.maxSessionTimeoutMs = config.groupMaxSessionTimeoutMs;
    settings.initialRebalanceDelayMs = config.groupInitialRebalanceDelayMs;
    settings.maxGroupSize = config.groupMaxSize;
    settings.offsetMetadataMaxBytes = config.offsetMetadataMaxBytes;
    settings.offsetsRetentionMs = config.offsetsRetentionMs;
    settings.offsetsRetentionCheckIntervalMs = config.offsetsRetentionCheckIntervalMs;
    settings.commitTimeoutMs = config.offsetsCommitTimeoutMs;
    return settings;
}

} // namespace

GroupCoordinator::GroupCoordinator(network::World world, BrokerId self,
    const configs::BrokerConfig& config, const controller::MetadataImage& image)
    : m_world(world)
    , m_self(self)
    , m_config(settingsOf(config))
    , m_configuredPartitions(config.offsetsTopicPartitions)
    , m_image(image)
    , m_elsewhere(world, self, m_config, nullptr)
{
}

void GroupCoordinator::leadershipChanged(Partition& partition)
{
    if (partition.name().topic != kOffsetsTopic)
        return;
    const std::int32_t number = partition.name().partition;
    if (!partition.isLeader())
        return resign(number);
    // A leader that stays leader in a new epoch knows all that is in its log.
    if (!m_shards.contains(number))
        m_shards.emplace(
            number, std::make_unique<GroupShardHost>(m_world, m_self, m_config, &partition));
}

void GroupCoordinator::partitionRetired(const TopicPartition& partition)
{
    if (partition.topic == kOffsetsTopic)
        resign(partition.partition);
}

void GroupCoordinator::topicsDeleted(const controller::MetadataDelta& delta)
{
    std::vector<coordinator::DeletedTopic> topics;
    for (const auto& topic : delta.deletedTopics)
        topics.push_back({topic->id, topic->name});
    if (topics.empty())
        return;
    for (const auto& [number, shard] : m_shards)
        shard->topicsDeleted(topics);
}

void GroupCoordinator::shutdown()
{
    while (!m_shards.empty())
        resign(m_shards.begin()->first);
}

void GroupCoordinator::resign(std::int32_t partition)
{
    // Out of the map first: an answer may bring the next request.
    const auto node = m_shards.extract(partition);
    if (!node.empty())
        node.mapped()->resign();
}

std::int32_t GroupCoordinator::partitionOf(const std::string& groupId) const
{
    const controller::TopicImage* const topic = m_image.topic(kOffsetsTopic);
    const auto count = topic == nullptr ? m_configuredPartitions
                                        : static_cast<std::int32_t>(topic->partitions.size());
    return coordinator::coordinatorPartition(groupId, count);
}

GroupShardHost& GroupCoordinator::shardOf(const std::string& groupId)
{
    const auto found = m_shards.find(partitionOf(groupId));
    return found == m_shards.end() ? m_elsewhere : *found->second;
}

coordinator::ClientContext GroupCoordinator::clientOf(const network::Exchange& exchange)
{
    return {{}, exchange.version, exchange.clientId, "/" + exchange.connection().peer.host};
}

} // namespace moldau::broker
