#include "controller/metadataimage.h"

#include <utility>

namespace moldau::controller {

namespace {

/** Records without a trace in the image: markers, and what ended with ZooKeeper's migration. */
template <class Record>
constexpr bool kLeavesNoTrace = std::is_same_v<Record, protocol::NoOpRecord>
    || std::is_same_v<Record, protocol::BeginTransactionRecord>
    || std::is_same_v<Record, protocol::EndTransactionRecord>
    || std::is_same_v<Record, protocol::ZkMigrationStateRecord>;

template <class Ids> Replicas toReplicas(const Ids& ids)
{
    Replicas replicas;
    replicas.reserve(ids.size());
    for (const auto id : ids)
        replicas.emplace_back(BrokerId(id));
    return replicas;
}

template <class Listeners> std::vector<ListenerImage> toListeners(const Listeners& listeners)
{
    std::vector<ListenerImage> images;
    for (const auto& each : listeners)
        images.push_back({each.name, Endpoint{each.host, each.port}, each.securityProtocol});
    return images;
}

template <class Features> std::map<std::string, VersionRange> toFeatures(const Features& features)
{
    std::map<std::string, VersionRange> ranges;
    for (const auto& each : features)
        ranges[each.name] = {each.minSupportedVersion, each.maxSupportedVersion};
    return ranges;
}

Error corrupt(std::string message)
{
    return {ErrorCode::LocalCorruptData, std::move(message)};
}

Error unknownTopic(const Uuid& id)
{
    return corrupt("the metadata log names the unknown topic id " + id.toString());
}

} // namespace

PartitionImage merged(const PartitionImage& before, const protocol::PartitionChangeRecord& change)
{
    PartitionImage after = before;
    if (change.replicas)
        after.replicas = toReplicas(*change.replicas);
    if (change.isr)
        after.isr = toReplicas(*change.isr);
    if (change.removingReplicas)
        after.removing = toReplicas(*change.removingReplicas);
    if (change.addingReplicas)
        after.adding = toReplicas(*change.addingReplicas);
    if (change.eligibleLeaderReplicas)
        after.eligibleLeaders = toReplicas(*change.eligibleLeaderReplicas);
    if (change.lastKnownElr)
        after.lastKnownEligibleLeaders = toReplicas(*change.lastKnownElr);
    if (change.directories)
        after.directories = *change.directories;
    if (change.leader != kNoLeaderChange) {
        after.leader = change.leader;
        ++after.leaderEpoch;
    }
    if (change.leaderRecoveryState >= 0)
        after.leaderRecovery = static_cast<LeaderRecovery>(change.leaderRecoveryState);
    ++after.partitionEpoch;
    return after;
}

Result<void> MetadataImage::apply(
    const MetadataRecord& record, std::int64_t offset, MetadataDelta* delta)
{
    m_offset = offset;
    return std::visit(
        [&](const auto& message) -> Result<void> {
            using Record = std::decay_t<decltype(message)>;
            if constexpr (kLeavesNoTrace<Record>) {
                return {};
            } else if constexpr (requires { applyRecord(message, delta); }) {
                return applyRecord(message, delta);
            } else {
                return fail(ErrorCode::LocalUnsupported,
                    "the metadata log has a record of type " + std::to_string(Record::kApiKey)
                        + ", which this version can't apply");
            }
        },
        record);
}

const BrokerImage* MetadataImage::broker(BrokerId id) const
{
    const auto found = m_brokers.find(id);
    return found == m_brokers.end() ? nullptr : &found->second;
}

bool MetadataImage::isActive(BrokerId id) const
{
    const BrokerImage* image = broker(id);
    return image && image->isActive();
}

const TopicImage* MetadataImage::topic(std::string_view name) const
{
    const auto found = m_topicsByName.find(name);
    return found == m_topicsByName.end() ? nullptr : found->second.get();
}

const TopicImage* MetadataImage::topic(const Uuid& id) const
{
    const auto found = m_topicsById.find(id);
    return found == m_topicsById.end() ? nullptr : found->second.get();
}

const PartitionImage* MetadataImage::partition(const Uuid& topicId, std::int32_t partition) const
{
    const TopicImage* image = topic(topicId);
    if (!image || partition < 0 || static_cast<std::size_t>(partition) >= image->partitions.size())
        return nullptr;
    return &image->partitions[static_cast<std::size_t>(partition)];
}

const ConfigMap& MetadataImage::configs(const ConfigResource& resource) const
{
    static const ConfigMap kNone;
    const auto found = m_configs.find(resource);
    return found == m_configs.end() ? kNone : found->second;
}

std::int16_t MetadataImage::featureLevel(std::string_view name) const
{
    const auto found = m_features.find(name);
    return found == m_features.end() ? std::int16_t{0} : found->second;
}

bool MetadataImage::operator==(const MetadataImage& other) const
{
    const auto isSameTopic = [](const auto& left, const auto& right) {
        return left.first == right.first && *left.second == *right.second;
    };
    return m_brokers == other.m_brokers && m_configs == other.m_configs
        && m_features == other.m_features && m_controllers == other.m_controllers
        && m_nextProducerId == other.m_nextProducerId && m_featuresOffset == other.m_featuresOffset
        && m_offset == other.m_offset
        && std::equal(m_topicsByName.begin(), m_topicsByName.end(), other.m_topicsByName.begin(),
            other.m_topicsByName.end(), isSameTopic);
}

Result<BrokerImage*> MetadataImage::brokerToChange(
    BrokerId id, std::int64_t epoch, MetadataDelta* delta)
{
    const auto found = m_brokers.find(id);
    if (found == m_brokers.end() || found->second.epoch != epoch) {
        return fail(corrupt("the metadata log changes broker " + std::to_string(id.value())
            + " with epoch " + std::to_string(epoch) + ", which isn't registered"));
    }
    if (delta)
        delta->noteBroker(id, &found->second);
    return &found->second;
}

TopicImage* MetadataImage::topicToChange(const Uuid& id)
{
    const auto found = m_topicsById.find(id);
    if (found == m_topicsById.end())
        return nullptr;
    constexpr long kOurTwoMaps = 2;
    if (found->second.use_count() != kOurTwoMaps) {
        found->second = std::make_shared<TopicImage>(*found->second);
        m_topicsByName.find(found->second->name)->second = found->second;
    }
    return found->second.get();
}

Result<void> MetadataImage::applyRecord(
    const protocol::RegisterBrokerRecord& record, MetadataDelta* delta)
{
    if (delta)
        delta->noteBroker(record.brokerId, broker(record.brokerId));
    BrokerImage& image = m_brokers[record.brokerId];
    image = {};
    image.id = record.brokerId;
    image.epoch = record.brokerEpoch;
    image.registrationOffset = m_offset;
    image.incarnation = record.incarnationId;
    image.listeners = toListeners(record.endPoints);
    image.features = toFeatures(record.features);
    image.rack = record.rack;
    image.directories = record.logDirs;
    image.cordonedDirectories = record.cordonedLogDirs;
    image.isFenced = record.fenced;
    image.isInControlledShutdown = record.inControlledShutdown;
    return {};
}

Result<void> MetadataImage::applyRecord(
    const protocol::UnregisterBrokerRecord& record, MetadataDelta* delta)
{
    auto image = brokerToChange(record.brokerId, record.brokerEpoch, delta);
    if (!image)
        return fail(image.error());
    m_brokers.erase(record.brokerId);
    return {};
}

Result<void> MetadataImage::applyRecord(
    const protocol::FenceBrokerRecord& record, MetadataDelta* delta)
{
    auto image = brokerToChange(record.id, record.epoch, delta);
    if (!image)
        return fail(image.error());
    (*image)->isFenced = true;
    return {};
}

Result<void> MetadataImage::applyRecord(
    const protocol::UnfenceBrokerRecord& record, MetadataDelta* delta)
{
    auto image = brokerToChange(record.id, record.epoch, delta);
    if (!image)
        return fail(image.error());
    (*image)->isFenced = false;
    return {};
}

Result<void> MetadataImage::applyRecord(
    const protocol::BrokerRegistrationChangeRecord& record, MetadataDelta* delta)
{
    auto found = brokerToChange(record.brokerId, record.brokerEpoch, delta);
    if (!found)
        return fail(found.error());
    BrokerImage& image = **found;
    if (record.fenced != 0) // 1 fences, -1 unfences
        image.isFenced = record.fenced > 0;
    if (record.inControlledShutdown != 0)
        image.isInControlledShutdown = true;
    if (!record.logDirs.empty())
        image.directories = record.logDirs;
    if (record.cordonedLogDirs)
        image.cordonedDirectories = record.cordonedLogDirs;
    return {};
}

Result<void> MetadataImage::applyRecord(const protocol::TopicRecord& record, MetadataDelta* delta)
{
    if (topic(record.topicId) || topic(record.name))
        return fail(corrupt("the metadata log creates topic " + record.name + " twice"));
    auto image = std::make_shared<TopicImage>();
    image->name = record.name;
    image->id = record.topicId;
    m_topicsByName.emplace(record.name, image);
    m_topicsById.emplace(record.topicId, std::move(image));
    if (delta)
        delta->createdTopics.push_back(record.topicId);
    return {};
}

Result<void> MetadataImage::applyRecord(
    const protocol::PartitionRecord& record, MetadataDelta* delta)
{
    TopicImage* image = topicToChange(record.topicId);
    if (!image)
        return fail(unknownTopic(record.topicId));
    if (record.partitionId < 0)
        return fail(corrupt("the metadata log creates a partition with a negative number"));
    const auto index = static_cast<std::size_t>(record.partitionId);
    const bool isNew
        = index >= image->partitions.size() || image->partitions[index].partitionEpoch < 0;
    if (index >= image->partitions.size())
        image->partitions.resize(index + 1);
    PartitionImage& partition = image->partitions[index];
    if (delta)
        delta->notePartition({record.topicId, record.partitionId}, isNew ? nullptr : &partition);
    partition.replicas = toReplicas(record.replicas);
    partition.isr = toReplicas(record.isr);
    partition.removing = toReplicas(record.removingReplicas);
    partition.adding = toReplicas(record.addingReplicas);
    partition.eligibleLeaders = toReplicas(record.eligibleLeaderReplicas.value_or(Replicas()));
    partition.lastKnownEligibleLeaders = toReplicas(record.lastKnownElr.value_or(Replicas()));
    partition.directories = record.directories;
    partition.leader = record.leader;
    partition.leaderEpoch = record.leaderEpoch;
    partition.partitionEpoch = record.partitionEpoch;
    partition.leaderRecovery = static_cast<LeaderRecovery>(record.leaderRecoveryState);
    return {};
}

Result<void> MetadataImage::applyRecord(
    const protocol::PartitionChangeRecord& record, MetadataDelta* delta)
{
    const PartitionImage* before = partition(record.topicId, record.partitionId);
    if (!before) {
        return fail(corrupt("the metadata log changes the unknown partition "
            + std::to_string(record.partitionId) + " of topic id " + record.topicId.toString()));
    }
    if (delta)
        delta->notePartition({record.topicId, record.partitionId}, before);
    PartitionImage after = merged(*before, record);
    topicToChange(record.topicId)->partitions[static_cast<std::size_t>(record.partitionId)]
        = std::move(after);
    return {};
}

Result<void> MetadataImage::applyRecord(
    const protocol::RemoveTopicRecord& record, MetadataDelta* delta)
{
    const auto found = m_topicsById.find(record.topicId);
    if (found == m_topicsById.end())
        return fail(unknownTopic(record.topicId));
    const std::shared_ptr<TopicImage> image = std::move(found->second);
    m_topicsById.erase(found);
    m_topicsByName.erase(image->name);
    m_configs.erase({ConfigResourceType::Topic, image->name});
    if (delta)
        delta->deletedTopics.push_back(image);
    return {};
}

Result<void> MetadataImage::applyRecord(const protocol::ConfigRecord& record, MetadataDelta* delta)
{
    const ConfigResource resource{
        static_cast<ConfigResourceType>(record.resourceType), record.resourceName};
    if (delta)
        delta->configs[resource].insert(record.name);
    if (record.value) {
        m_configs[resource].insert_or_assign(record.name, *record.value);
        return {};
    }
    const auto found = m_configs.find(resource);
    if (found == m_configs.end())
        return {};
    found->second.erase(record.name);
    if (found->second.empty())
        m_configs.erase(found);
    return {};
}

Result<void> MetadataImage::applyRecord(
    const protocol::FeatureLevelRecord& record, MetadataDelta* delta)
{
    setFeature(record.name, record.featureLevel, delta);
    return {};
}

void MetadataImage::setKraftVersion(std::int16_t level, std::int64_t offset, MetadataDelta* delta)
{
    m_offset = offset;
    setFeature("kraft.version", level, delta);
}

void MetadataImage::setFeature(const std::string& name, std::int16_t level, MetadataDelta* delta)
{
    if (level == 0)
        m_features.erase(name);
    else
        m_features.insert_or_assign(name, level);
    m_featuresOffset = m_offset;
    if (delta)
        delta->hasChangedFeatures = true;
}

Result<void> MetadataImage::applyRecord(const protocol::ProducerIdsRecord& record, MetadataDelta*)
{
    if (record.nextProducerId <= m_nextProducerId)
        return fail(corrupt("the metadata log gives producer ids out twice"));
    m_nextProducerId = record.nextProducerId;
    return {};
}

Result<void> MetadataImage::applyRecord(
    const protocol::RegisterControllerRecord& record, MetadataDelta* delta)
{
    m_controllers[record.controllerId] = {record.controllerId, record.incarnationId,
        toListeners(record.endPoints), toFeatures(record.features)};
    if (delta)
        delta->hasChangedControllers = true;
    return {};
}

Result<void> MetadataImage::applyRecord(
    const protocol::UnregisterControllerRecord& record, MetadataDelta* delta)
{
    m_controllers.erase(record.controllerId);
    if (delta)
        delta->hasChangedControllers = true;
    return {};
}

Result<void> MetadataImage::applyRecord(
    const protocol::ClearElrRecord& record, MetadataDelta* delta)
{
    std::vector<Uuid> ids;
    for (const auto& [name, image] : m_topicsByName) {
        if (record.topicName.empty() || name == record.topicName)
            ids.push_back(image->id);
    }
    if (ids.empty() && !record.topicName.empty())
        return fail(corrupt(
            "the metadata log clears eligible leaders of the unknown topic " + record.topicName));
    for (const Uuid& id : ids) {
        TopicImage* image = topicToChange(id);
        for (std::size_t index = 0; index < image->partitions.size(); ++index) {
            PartitionImage& partition = image->partitions[index];
            if (partition.eligibleLeaders.empty() && partition.lastKnownEligibleLeaders.empty())
                continue;
            if (delta)
                delta->notePartition({id, static_cast<std::int32_t>(index)}, &partition);
            partition.eligibleLeaders.clear();
            partition.lastKnownEligibleLeaders.clear();
        }
    }
    return {};
}

} // namespace moldau::controller
