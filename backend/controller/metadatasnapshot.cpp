#include "controller/metadatasnapshot.h"

#include "controller/metadatareplay.h"
#include "protocol/recordbatch.h"

namespace moldau::controller {

namespace {

constexpr std::string_view kMetadataVersion = "metadata.version";
constexpr std::string_view kKraftVersion = "kraft.version"; // a control record tells of it

using Take = std::function<Result<void>(const MetadataRecord& record)>;

template <class Record> void addEndpoints(Record& record, const std::vector<ListenerImage>& from)
{
    for (const ListenerImage& listener : from) {
        auto& entry = record.endPoints.emplace_back();
        entry.name = listener.name;
        entry.host = listener.address.host;
        entry.port = listener.address.port;
        entry.securityProtocol = listener.securityProtocol;
    }
}

template <class Record>
void addFeatures(Record& record, const std::map<std::string, VersionRange>& from)
{
    for (const auto& [name, versions] : from) {
        auto& entry = record.features.emplace_back();
        entry.name = name;
        entry.minSupportedVersion = versions.min;
        entry.maxSupportedVersion = versions.max;
    }
}

MetadataRecord recordOf(const BrokerImage& broker)
{
    protocol::RegisterBrokerRecord record;
    record.brokerId = broker.id;
    record.incarnationId = broker.incarnation;
    record.brokerEpoch = broker.epoch;
    addEndpoints(record, broker.listeners);
    addFeatures(record, broker.features);
    record.rack = broker.rack;
    record.fenced = broker.isFenced;
    record.inControlledShutdown = broker.isInControlledShutdown;
    record.logDirs = broker.directories;
    record.cordonedLogDirs = broker.cordonedDirectories;
    return record;
}

MetadataRecord recordOf(const ControllerImage& controller)
{
    protocol::RegisterControllerRecord record;
    record.controllerId = controller.id;
    record.incarnationId = controller.incarnation;
    addEndpoints(record, controller.listeners);
    addFeatures(record, controller.features);
    return record;
}

MetadataRecord recordOf(const Uuid& topic, std::size_t number, const PartitionImage& partition)
{
    protocol::PartitionRecord record;
    record.topicId = topic;
    record.partitionId = static_cast<std::int32_t>(number);
    record.replicas = partition.replicas;
    for (const BrokerId broker : partition.isr)
        record.isr.push_back(broker.value());
    record.removingReplicas = partition.removing;
    record.addingReplicas = partition.adding;
    record.leader = partition.leader;
    record.leaderRecoveryState = static_cast<std::int8_t>(partition.leaderRecovery);
    record.leaderEpoch = partition.leaderEpoch;
    record.partitionEpoch = partition.partitionEpoch;
    record.directories = partition.directories;
    if (!partition.eligibleLeaders.empty())
        record.eligibleLeaderReplicas = partition.eligibleLeaders;
    if (!partition.lastKnownEligibleLeaders.empty())
        record.lastKnownElr = partition.lastKnownEligibleLeaders;
    return record;
}

MetadataRecord featureRecord(std::string_view name, std::int16_t level)
{
    protocol::FeatureLevelRecord record;
    record.name = name;
    record.featureLevel = level;
    return record;
}

Result<void> writeFeatures(const MetadataImage& image, const Take& take)
{
    // Readers must know the metadata version before anything else.
    if (const auto level = image.featureLevel(kMetadataVersion); level != 0)
        if (auto taken = take(featureRecord(kMetadataVersion, level)); !taken)
            return taken;
    for (const auto& [name, level] : image.features()) {
        if (name == kMetadataVersion || name == kKraftVersion)
            continue;
        if (auto taken = take(featureRecord(name, level)); !taken)
            return taken;
    }
    return {};
}

Result<void> writeNodes(const MetadataImage& image, const Take& take)
{
    for (const auto& [id, broker] : image.brokers())
        if (auto taken = take(recordOf(broker)); !taken)
            return taken;
    for (const auto& [id, controller] : image.controllers())
        if (auto taken = take(recordOf(controller)); !taken)
            return taken;
    return {};
}

Result<void> writeTopics(const MetadataImage& image, const Take& take)
{
    for (const auto& [name, topic] : image.topics()) {
        protocol::TopicRecord record;
        record.name = name;
        record.topicId = topic->id;
        if (auto taken = take(std::move(record)); !taken)
            return taken;
        for (std::size_t number = 0; number < topic->partitions.size(); ++number)
            if (auto taken = take(recordOf(topic->id, number, topic->partitions[number])); !taken)
                return taken;
    }
    return {};
}

Result<void> writeConfigs(const MetadataImage& image, const Take& take)
{
    for (const auto& [resource, settings] : image.configs()) {
        for (const auto& [name, value] : settings) {
            protocol::ConfigRecord record;
            record.resourceType = static_cast<std::int8_t>(resource.type);
            record.resourceName = resource.name;
            record.name = name;
            record.value = value;
            if (auto taken = take(std::move(record)); !taken)
                return taken;
        }
    }
    return {};
}

/** Names whose values differ, or that only one side has. */
std::set<std::string> differingNames(const ConfigMap& before, const ConfigMap& after)
{
    std::set<std::string> names;
    const auto addMissing = [&names](const ConfigMap& from, const ConfigMap& in) {
        for (const auto& [name, value] : from) {
            const auto found = in.find(name);
            if (found == in.end() || found->second != value)
                names.insert(name);
        }
    };
    addMissing(before, after);
    addMissing(after, before);
    return names;
}

void noteTopics(const MetadataImage& before, const MetadataImage& after, MetadataDelta& delta)
{
    for (const auto& [name, topic] : before.topics())
        if (after.topic(topic->id) == nullptr)
            delta.deletedTopics.push_back(topic);
    for (const auto& [name, topic] : after.topics()) {
        const TopicImage* const known = before.topic(topic->id);
        if (known == nullptr)
            delta.createdTopics.push_back(topic->id);
        for (std::size_t number = 0; number < topic->partitions.size(); ++number) {
            const bool isKnown = known != nullptr && number < known->partitions.size();
            if (isKnown && known->partitions[number] == topic->partitions[number])
                continue;
            delta.notePartition({topic->id, static_cast<std::int32_t>(number)},
                isKnown ? &known->partitions[number] : nullptr);
        }
    }
}

/** Where in the log a broker registered is not kept in snapshots, and changes nothing for others.
 */
bool isSame(const BrokerImage& left, BrokerImage right)
{
    right.registrationOffset = left.registrationOffset;
    return left == right;
}

void noteBrokers(const MetadataImage& before, const MetadataImage& after, MetadataDelta& delta)
{
    for (const auto& [id, broker] : before.brokers())
        if (after.broker(id) == nullptr)
            delta.noteBroker(id, &broker);
    for (const auto& [id, broker] : after.brokers()) {
        const BrokerImage* const known = before.broker(id);
        if (known == nullptr || !isSame(*known, broker))
            delta.noteBroker(id, known);
    }
}

void noteConfigs(const MetadataImage& before, const MetadataImage& after, MetadataDelta& delta)
{
    const auto note = [&](const ConfigResource& resource) {
        auto names = differingNames(before.configs(resource), after.configs(resource));
        if (!names.empty())
            delta.configs[resource].merge(names);
    };
    for (const auto& [resource, settings] : before.configs())
        note(resource);
    for (const auto& [resource, settings] : after.configs())
        note(resource);
}

} // namespace

Result<void> writeImage(
    const MetadataImage& image, const std::function<Result<void>(Bytes value)>& takeValue)
{
    const Take take = [&takeValue](const MetadataRecord& record) -> Result<void> {
        auto value = encodeMetadataRecord(record);
        if (!value)
            return fail(value.error());
        return takeValue(std::move(*value));
    };
    for (const auto& write : {writeFeatures, writeNodes, writeTopics, writeConfigs})
        if (auto written = write(image, take); !written)
            return written;
    if (image.nextProducerId() == 0)
        return {};
    protocol::ProducerIdsRecord record;
    record.brokerId = kNoBroker;
    record.nextProducerId = image.nextProducerId();
    return take(std::move(record));
}

Result<MetadataImage> readImage(BytesView snapshot, std::int64_t endOffset)
{
    MetadataImage image;
    protocol::BatchIterator iterator(snapshot);
    while (const auto batch = iterator.next()) {
        if (batch->isControl()) {
            if (auto replayed = replayControls(*batch, image, nullptr, endOffset - 1); !replayed)
                return fail(replayed.error());
            continue;
        }
        const auto records = batch->records();
        if (!records)
            return fail(records.error());
        for (const protocol::RecordView& record : *records) {
            const auto decoded = decodeMetadataRecord(record.value.value_or(BytesView()));
            if (!decoded)
                return fail(decoded.error());
            if (auto applied = image.apply(*decoded, endOffset - 1); !applied)
                return fail(applied.error());
        }
    }
    if (iterator.hasFailed())
        return fail(*iterator.error());
    image.skipTo(endOffset - 1);
    return image;
}

void noteDifference(const MetadataImage& before, const MetadataImage& after, MetadataDelta& delta)
{
    noteTopics(before, after, delta);
    noteBrokers(before, after, delta);
    noteConfigs(before, after, delta);
    if (before.features() != after.features())
        delta.hasChangedFeatures = true;
    if (before.controllers() != after.controllers())
        delta.hasChangedControllers = true;
}

} // namespace moldau::controller
