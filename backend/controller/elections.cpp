#include "controller/elections.h"

#include "controller/features.h"

#include <algorithm>

namespace moldau::controller {

namespace {

using PartitionResult = protocol::ElectLeadersResponse::PartitionResult;
using TopicResult = protocol::ElectLeadersResponse::ReplicaElectionResult;

constexpr std::int8_t kPreferredElection = 0;
constexpr std::int8_t kUncleanElection = 1;

/** Directory ids below 100 are signs, not directories: here "not assigned yet" and "lost". */
constexpr Uuid kLostDirectory{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};
constexpr Uuid kMigratingDirectory{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}};

std::optional<Uuid> directoryOf(const PartitionImage& partition, BrokerId broker)
{
    const auto place = std::find(partition.replicas.begin(), partition.replicas.end(), broker);
    const auto index = static_cast<std::size_t>(place - partition.replicas.begin());
    if (index >= partition.directories.size())
        return std::nullopt;
    return partition.directories[index];
}

bool isOnline(const BrokerImage& broker, const Uuid& directory)
{
    if (directory.isZero() || directory == kMigratingDirectory)
        return true;
    return directory != kLostDirectory
        && std::find(broker.directories.begin(), broker.directories.end(), directory)
        != broker.directories.end();
}

} // namespace

bool Elections::canLead(const PartitionImage& partition, BrokerId broker) const
{
    const BrokerImage* image = m_image.broker(broker);
    if (!image || !image->isActive())
        return false;
    const auto directory = directoryOf(partition, broker);
    return !directory || isOnline(*image, *directory);
}

Election Elections::electionFor(const std::string& topic) const
{
    return m_settings.isUncleanElectionEnabled(topic) ? Election::Unclean : Election::Online;
}

void Elections::forEachPartition(const Visit& visit) const
{
    for (const auto& [name, topic] : m_image.topics()) {
        for (std::size_t index = 0; index < topic->partitions.size(); ++index)
            visit(*topic, {topic->id, static_cast<std::int32_t>(index)}, topic->partitions[index]);
    }
}

void Elections::removeFromIsr(BrokerId broker, const TopicImage& topic, const PartitionKey& key,
    const PartitionImage& partition, Records& records) const
{
    Replicas isr;
    std::copy_if(partition.isr.begin(), partition.isr.end(), std::back_inserter(isr),
        [&](BrokerId member) { return member != broker; });
    PartitionChange change = changeOf(topic.name, key, partition,
        [&](BrokerId other) { return other != broker && canLead(partition, other); });
    change.setElection(electionFor(topic.name)).setIsr(std::move(isr));
    if (auto record = change.build())
        records.emplace_back(std::move(*record));
}

PartitionChange Elections::changeOf(const std::string& topic, const PartitionKey& key,
    const PartitionImage& partition, PartitionChange::CanLead canLead) const
{
    PartitionChange change(key, partition, std::move(canLead));
    if (m_image.featureLevel(kEligibleLeaders) > 0)
        change.setEligibleLeaders(m_settings.minInSyncReplicas(topic));
    return change;
}

void Elections::brokerLostData(BrokerId broker, Records& records) const
{
    if (m_image.featureLevel(kEligibleLeaders) == 0)
        return brokerLeaves(broker, records);
    forEachPartition(
        [&](const TopicImage& topic, const PartitionKey& key, const PartitionImage& partition) {
            if (!contains(partition.isr, broker) && !contains(partition.eligibleLeaders, broker))
                return;
            PartitionChange change = changeOf(topic.name, key, partition,
                [&](BrokerId other) { return other != broker && canLead(partition, other); });
            change.setElection(electionFor(topic.name))
                .setIsr(without(partition.isr, {broker}))
                .setUncleanShutdown(broker);
            if (auto record = change.build())
                records.emplace_back(std::move(*record));
        });
}

void Elections::brokerLeaves(BrokerId broker, Records& records) const
{
    forEachPartition(
        [&](const TopicImage& topic, const PartitionKey& key, const PartitionImage& partition) {
            if (contains(partition.isr, broker))
                removeFromIsr(broker, topic, key, partition, records);
        });
}

void Elections::directoriesFail(
    BrokerId broker, const std::vector<Uuid>& directories, Records& records) const
{
    forEachPartition([&](const TopicImage& topic, const PartitionKey& key,
                         const PartitionImage& partition) {
        if (!contains(partition.isr, broker))
            return;
        const auto directory = directoryOf(partition, broker);
        if (directory
            && std::find(directories.begin(), directories.end(), *directory) != directories.end())
            removeFromIsr(broker, topic, key, partition, records);
    });
}

void Elections::brokerArrives(BrokerId broker, Records& records) const
{
    forEachPartition(
        [&](const TopicImage& topic, const PartitionKey& key, const PartitionImage& partition) {
            if (partition.hasLeader() || !contains(partition.replicas, broker))
                return;
            PartitionChange change = changeOf(topic.name, key, partition,
                [&](BrokerId other) { return other == broker || canLead(partition, other); });
            if (auto record = change.setElection(electionFor(topic.name)).build())
                records.emplace_back(std::move(*record));
        });
}

bool Elections::leadsAnything(BrokerId broker) const
{
    for (const auto& [name, topic] : m_image.topics()) {
        for (const PartitionImage& partition : topic->partitions) {
            if (partition.leader == broker)
                return true;
        }
    }
    return false;
}

void Elections::balanceLeaders(std::size_t limit, Records& records) const
{
    forEachPartition(
        [&](const TopicImage& topic, const PartitionKey& key, const PartitionImage& partition) {
            if (records.size() >= limit || partition.hasPreferredLeader())
                return;
            PartitionChange change = changeOf(topic.name, key, partition,
                [&](BrokerId other) { return canLead(partition, other); });
            if (auto record = change.setElection(Election::Preferred).build())
                records.emplace_back(std::move(*record));
        });
}

void Elections::electUncleanLeaders(std::size_t limit, Records& records) const
{
    forEachPartition(
        [&](const TopicImage& topic, const PartitionKey& key, const PartitionImage& partition) {
            if (records.size() >= limit || partition.hasLeader()
                || !m_settings.isUncleanElectionEnabled(topic.name))
                return;
            PartitionChange change = changeOf(topic.name, key, partition,
                [&](BrokerId other) { return canLead(partition, other); });
            if (auto record = change.setElection(Election::Unclean).build())
                records.emplace_back(std::move(*record));
        });
}

Effect<protocol::ElectLeadersResponse> Elections::electLeaders(
    const protocol::ElectLeadersRequest& request) const
{
    Effect<protocol::ElectLeadersResponse> effect;
    if (request.electionType != kPreferredElection && request.electionType != kUncleanElection) {
        effect.response.errorCode = errorToWire(ErrorCode::InvalidRequest);
        return effect;
    }
    const bool isPreferred = request.electionType == kPreferredElection;
    effect.reason
        = isPreferred ? "asked for the preferred leader" : "asked for an unclean election";

    const auto elect = [&](const std::string& name, const TopicImage* topic, std::int32_t number) {
        PartitionResult result;
        result.partitionId = number;
        result.errorMessage.reset();
        const PartitionImage* partition = topic ? m_image.partition(topic->id, number) : nullptr;
        if (!partition) {
            result.errorCode = errorToWire(ErrorCode::UnknownTopicOrPartition);
            result.errorMessage = topic
                ? "No such partition as " + name + "-" + std::to_string(number)
                : "No such topic as " + name;
            return result;
        }
        if (isPreferred ? partition->hasPreferredLeader() : partition->hasLeader()) {
            result.errorCode = errorToWire(ErrorCode::ElectionNotNeeded);
            return result;
        }
        PartitionChange change = changeOf(name, {topic->id, number}, *partition,
            [&](BrokerId other) { return canLead(*partition, other); });
        change.setElection(isPreferred ? Election::Preferred : Election::Unclean);
        if (auto record = change.build()) {
            effect.records.emplace_back(std::move(*record));
        } else {
            result.errorCode = errorToWire(isPreferred ? ErrorCode::PreferredLeaderNotAvailable
                                                       : ErrorCode::EligibleLeadersNotAvailable);
        }
        return result;
    };

    if (!request.topicPartitions) {
        for (const auto& [name, topic] : m_image.topics()) {
            TopicResult results;
            results.topic = name;
            for (std::size_t index = 0; index < topic->partitions.size(); ++index) {
                auto result = elect(name, topic.get(), static_cast<std::int32_t>(index));
                if (result.errorCode != errorToWire(ErrorCode::ElectionNotNeeded))
                    results.partitionResult.push_back(std::move(result));
            }
            effect.response.replicaElectionResults.push_back(std::move(results));
        }
        return effect;
    }
    for (const auto& asked : *request.topicPartitions) {
        TopicResult results;
        results.topic = asked.topic;
        for (const std::int32_t number : asked.partitions)
            results.partitionResult.push_back(
                elect(asked.topic, m_image.topic(asked.topic), number));
        effect.response.replicaElectionResults.push_back(std::move(results));
    }
    return effect;
}

} // namespace moldau::controller
