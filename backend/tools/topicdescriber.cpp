#include "tools/topicdescriber.h"

#include "tools/javahashorder.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

namespace moldau::tools {

namespace {

using namespace moldau::client;

std::string joined(const std::vector<BrokerId>& brokers)
{
    std::vector<std::int32_t> ids;
    for (const BrokerId broker : brokers)
        ids.push_back(broker.value());
    return fmt::format("{}", fmt::join(ids, ","));
}

/** Empty where the cluster knows of none, N/A where it doesn't tell. */
std::string joinedOrUnknown(const std::optional<std::vector<BrokerId>>& brokers)
{
    return brokers ? joined(*brokers) : "N/A";
}

} // namespace

TopicDescriber::TopicDescriber(
    ToolSession& session, const ClusterDescription& cluster, Choice choice)
    : m_session(session)
    , m_cluster(cluster)
    , m_choice(choice)
{
}

Result<void> TopicDescriber::print(const std::vector<std::string>& names)
{
    auto topics = m_session.ask<std::vector<TopicDetail>>(
        [&](auto reply) { m_session.cluster().describeTopics(names, std::move(reply)); });
    if (!topics)
        return fail(topics.error());
    // Older clusters, and a user who may not, have no reassignments to show.
    auto reassignments = m_session.ask<std::map<TopicPartition, Reassignment>>(
        [&](auto reply) { m_session.cluster().listReassignments(std::move(reply)); });
    if (reassignments)
        m_reassignments = std::move(*reassignments);
    const auto hashOfName = [](const TopicDetail& topic) { return javaHash(topic.name); };
    const std::size_t count = topics->size();
    for (TopicDetail& topic : inJavaHashOrder(std::move(*topics), hashOfName, count)) {
        const auto config = configOf(topic.name);
        if (!config)
            return fail(config.error());
        std::ranges::sort(topic.partitions, {},
            [](const PartitionDetail& partition) { return partition.basics.index; });
        if (!m_choice.isPartitionReport() && (!m_choice.isOverridden || !config->text.empty()))
            printTopic(topic, *config);
        for (const PartitionDetail& partition : topic.partitions) {
            if (!m_choice.isOverridden && isWanted(topic.name, partition, *config))
                printPartition(topic.name, partition);
        }
    }
    return {};
}

Result<TopicDescriber::Config> TopicDescriber::configOf(const std::string& topic)
{
    auto entries = m_session.ask<std::vector<ConfigEntry>>([&](auto reply) {
        m_session.cluster().describeConfigs({ConfigResourceKind::Topic, topic}, std::move(reply));
    });
    if (!entries)
        return fail(entries.error());
    Config config;
    const auto hashOfName = [](const ConfigEntry& entry) { return javaHash(entry.name); };
    for (const ConfigEntry& entry : inJavaHashOrder(std::move(*entries), hashOfName)) {
        const std::string value = entry.value.value_or("null");
        if (entry.name == "min.insync.replicas")
            std::from_chars(value.data(), value.data() + value.size(), config.minInSync);
        if (entry.source != ConfigSource::Default)
            config.text
                += fmt::format("{}{}={}", config.text.empty() ? "" : ",", entry.name, value);
    }
    return config;
}

std::size_t TopicDescriber::replicationFactorOf(
    const std::string& topic, const PartitionDetail& partition) const
{
    const std::vector<BrokerId>& replicas = partition.basics.replicas;
    const auto found = m_reassignments.find({topic, partition.basics.index});
    if (found == m_reassignments.end())
        return replicas.size();
    const auto isAdded = [&](BrokerId replica) {
        return std::ranges::find(found->second.adding, replica) != found->second.adding.end();
    };
    return replicas.size() - static_cast<std::size_t>(std::ranges::count_if(replicas, isAdded));
}

bool TopicDescriber::isWanted(
    const std::string& topic, const PartitionDetail& partition, const Config& config) const
{
    const PartitionDescription& basics = partition.basics;
    const auto inSync = static_cast<std::int32_t>(basics.inSync.size());
    const bool hasLeader = basics.leader != kNoBroker;
    const bool isLeaderAlive
        = std::ranges::find(m_cluster.brokers, basics.leader, &BrokerDescription::id)
        != m_cluster.brokers.end();
    return !m_choice.isPartitionReport()
        || (m_choice.isUnderReplicated
            && replicationFactorOf(topic, partition) > basics.inSync.size())
        || (m_choice.isUnavailable && (!hasLeader || !isLeaderAlive))
        || (m_choice.isUnderMinIsr && (!hasLeader || inSync < config.minInSync))
        || (m_choice.isAtMinIsr && inSync == config.minInSync);
}

void TopicDescriber::printTopic(const TopicDetail& topic, const Config& config)
{
    std::string line = fmt::format("Topic: {}", topic.name);
    if (!topic.id.isZero())
        line += fmt::format("\tTopicId: {}", topic.id.toString());
    const std::size_t replicas
        = topic.partitions.empty() ? 0 : replicationFactorOf(topic.name, topic.partitions.front());
    line += fmt::format("\tPartitionCount: {}\tReplicationFactor: {}\tConfigs: {}\n",
        topic.partitions.size(), replicas, config.text);
    m_session.io().out(line);
}

void TopicDescriber::printPartition(const std::string& topic, const PartitionDetail& partition)
{
    const PartitionDescription& basics = partition.basics;
    const std::string leader
        = basics.leader == kNoBroker ? "none" : std::to_string(basics.leader.value());
    std::string line = fmt::format("\tTopic: {}\tPartition: {}\tLeader: {}\tReplicas: {}\tIsr: {}",
        topic, basics.index, leader, joined(basics.replicas), joined(basics.inSync));
    const auto reassignment = m_reassignments.find({topic, basics.index});
    if (reassignment != m_reassignments.end())
        line += fmt::format("\tAdding Replicas: {}\tRemoving Replicas: {}",
            joined(reassignment->second.adding), joined(reassignment->second.removing));
    line += fmt::format("\tElr: {}\tLastKnownElr: {}\n", joinedOrUnknown(partition.eligibleLeaders),
        joinedOrUnknown(partition.lastKnownEligibleLeaders));
    m_session.io().out(line);
}

} // namespace moldau::tools
