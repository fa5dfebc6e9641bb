#include "controller/controllerstate.h"

#include "controller/features.h"

#include <limits>

namespace moldau::controller {

namespace {

constexpr std::int32_t kProducerIdsPerBlock = 1000;
constexpr std::size_t kElectionsPerTick = 1000;

/** Another one for each controller in a log's life: ids of deleted topics must not come back. */
std::uint64_t seedOf(const ControllerOptions& options, const MetadataImage& image)
{
    if (options.seed)
        return *options.seed
            ^ (static_cast<std::uint64_t>(image.offset() + 1) * 0x9e3779b97f4a7c15u);
    std::random_device device;
    return (std::uint64_t{device()} << 32) | device();
}

} // namespace

std::map<std::string, std::int16_t> ControllerOptions::defaultFeatures()
{
    constexpr std::int16_t kMetadataVersion43 = 30; // 4.3-IV0
    return {{"metadata.version", kMetadataVersion43}, {std::string(kEligibleLeaders), 1},
        {"group.version", 1}, {"transaction.version", 2}, {"share.version", 1}};
}

Result<ControllerOptions> ControllerOptions::fromProperties(
    BrokerId node, std::string clusterId, ConfigMap properties)
{
    ControllerOptions options;
    options.node = node;
    options.clusterId = std::move(clusterId);
    const configs::BrokerLayers layers{{}, {}, properties};
    const auto number = [&](std::string_view name) { return layers.value(name).toInt(); };
    const auto flag = [&](std::string_view name) { return layers.value(name).toBool(); };
    options.topics.partitions = static_cast<std::int32_t>(number("num.partitions"));
    options.topics.replicationFactor
        = static_cast<std::int16_t>(number("default.replication.factor"));
    options.topics.isDeletionEnabled = flag("delete.topic.enable");
    options.sessionTimeout = std::chrono::milliseconds(number("broker.session.timeout.ms"));
    options.isLeaderBalanceEnabled = flag("auto.leader.rebalance.enable");
    options.leaderBalanceInterval
        = std::chrono::seconds(number("leader.imbalance.check.interval.seconds"));
    options.uncleanElectionInterval
        = std::chrono::milliseconds(number("unclean.leader.election.interval.ms"));
    options.properties = std::move(properties);
    return options;
}

ControllerState::ControllerState(
    ControllerOptions options, MetadataImage image, Duration now, Log& log)
    : m_options(std::move(options))
    , m_image(std::move(image))
    , m_random(seedOf(m_options, m_image))
    , m_sessions(m_options.sessionTimeout)
    , m_settings(m_image, m_options.node, m_options.properties)
    , m_elections(m_image, m_settings)
    , m_brokers(m_options.clusterId, m_image, m_sessions, m_elections, log)
    , m_isr(m_image, m_brokers, m_elections, log)
    , m_reassignments(m_image, m_elections, log)
    , m_configs(m_image, m_settings)
    , m_topics(m_image, m_configs, m_settings, m_options.topics, m_random, log)
    , m_features(m_options.node, m_image, m_settings)
    , m_nextBalance(now + m_options.leaderBalanceInterval)
    , m_nextUncleanElection(now + m_options.uncleanElectionInterval)
{
    for (const auto& [id, broker] : m_image.brokers()) {
        if (!broker.isFenced)
            m_sessions.presume(id, broker.epoch, now);
    }
}

Result<void> ControllerState::apply(
    const MetadataRecord& record, std::int64_t offset, MetadataDelta* delta)
{
    return m_image.apply(record, offset, delta);
}

Records ControllerState::bootstrapRecords() const
{
    Records records;
    if (m_image.featureLevel("metadata.version") != 0)
        return records;
    for (const auto& [name, level] : m_options.features) {
        if (level == 0)
            continue;
        protocol::FeatureLevelRecord record;
        record.name = name;
        record.featureLevel = level;
        // Readers must know the metadata version before anything else.
        records.insert(
            name == "metadata.version" ? records.begin() : records.end(), std::move(record));
    }
    const auto eligibleLeaders = m_options.features.find(std::string(kEligibleLeaders));
    if (eligibleLeaders != m_options.features.end() && eligibleLeaders->second > 0) {
        Records settings = unifyMinInSyncReplicas(m_image, m_settings);
        std::move(settings.begin(), settings.end(), std::back_inserter(records));
    }
    return records;
}

Effect<protocol::BrokerRegistrationResponse> ControllerState::handle(
    const protocol::BrokerRegistrationRequest& request, const RequestContext& context)
{
    return m_brokers.registerBroker(request, context);
}

Effect<protocol::BrokerHeartbeatResponse> ControllerState::handle(
    const protocol::BrokerHeartbeatRequest& request, const RequestContext& context)
{
    return m_brokers.heartbeat(request, context);
}

Effect<protocol::UnregisterBrokerResponse> ControllerState::handle(
    const protocol::UnregisterBrokerRequest& request, const RequestContext&)
{
    return m_brokers.unregister(request);
}

Effect<protocol::AlterPartitionResponse> ControllerState::handle(
    const protocol::AlterPartitionRequest& request, const RequestContext& context)
{
    return m_isr.alterPartition(request, context);
}

Effect<protocol::ElectLeadersResponse> ControllerState::handle(
    const protocol::ElectLeadersRequest& request, const RequestContext&)
{
    return m_elections.electLeaders(request);
}

Effect<protocol::AlterPartitionReassignmentsResponse> ControllerState::handle(
    const protocol::AlterPartitionReassignmentsRequest& request, const RequestContext&)
{
    return m_reassignments.alter(request);
}

Effect<protocol::ListPartitionReassignmentsResponse> ControllerState::handle(
    const protocol::ListPartitionReassignmentsRequest& request, const RequestContext&)
{
    return {{}, m_reassignments.list(request), {}};
}

Effect<protocol::CreateTopicsResponse> ControllerState::handle(
    const protocol::CreateTopicsRequest& request, const RequestContext&)
{
    return m_topics.createTopics(request);
}

Effect<protocol::DeleteTopicsResponse> ControllerState::handle(
    const protocol::DeleteTopicsRequest& request, const RequestContext& context)
{
    return m_topics.deleteTopics(request, context);
}

Effect<protocol::CreatePartitionsResponse> ControllerState::handle(
    const protocol::CreatePartitionsRequest& request, const RequestContext&)
{
    return m_topics.createPartitions(request);
}

Effect<protocol::IncrementalAlterConfigsResponse> ControllerState::handle(
    const protocol::IncrementalAlterConfigsRequest& request, const RequestContext&)
{
    return m_configs.incrementalAlterConfigs(request);
}

Effect<protocol::AlterConfigsResponse> ControllerState::handle(
    const protocol::AlterConfigsRequest& request, const RequestContext&)
{
    return m_configs.alterConfigs(request);
}

Effect<protocol::UpdateFeaturesResponse> ControllerState::handle(
    const protocol::UpdateFeaturesRequest& request, const RequestContext& context)
{
    return m_features.updateFeatures(request, context);
}

Effect<protocol::AllocateProducerIdsResponse> ControllerState::handle(
    const protocol::AllocateProducerIdsRequest& request, const RequestContext&)
{
    Effect<protocol::AllocateProducerIdsResponse> effect;
    if (const auto checked = m_brokers.checkEpoch(request.brokerId, request.brokerEpoch);
        !checked) {
        effect.response.errorCode = errorToWire(checked.error().code);
        return effect;
    }
    const std::int64_t first = m_image.nextProducerId();
    if (first > std::numeric_limits<std::int64_t>::max() - kProducerIdsPerBlock) {
        effect.response.errorCode = errorToWire(ErrorCode::UnknownServerError);
        return effect;
    }
    protocol::ProducerIdsRecord record;
    record.brokerId = request.brokerId;
    record.brokerEpoch = request.brokerEpoch;
    record.nextProducerId = first + kProducerIdsPerBlock;
    effect.records.emplace_back(std::move(record));
    effect.response.producerIdStart = ProducerId(first);
    effect.response.producerIdLen = kProducerIdsPerBlock;
    return effect;
}

Effect<void> ControllerState::connectionLost(BrokerId broker, std::int64_t epoch)
{
    return m_brokers.connectionLost(broker, epoch);
}

void ControllerState::noteMetadataFetch(BrokerId broker, std::int64_t fetchOffset)
{
    if (const BrokerImage* image = m_image.broker(broker))
        m_sessions.noteMetadataOffset(broker, image->epoch, fetchOffset - 1);
}

Effect<void> ControllerState::tick(const RequestContext& context)
{
    Effect<void> effect = m_brokers.fenceExpired(context.now);
    if (!effect.records.empty())
        return effect;
    if (m_options.isLeaderBalanceEnabled && context.now >= m_nextBalance) {
        m_elections.balanceLeaders(kElectionsPerTick, effect.records);
        if (effect.records.size() < kElectionsPerTick)
            m_nextBalance = context.now + m_options.leaderBalanceInterval;
        effect.reason = "its preferred leader is in sync again";
        if (!effect.records.empty())
            return effect;
    }
    if (context.now >= m_nextUncleanElection) {
        m_elections.electUncleanLeaders(kElectionsPerTick, effect.records);
        if (effect.records.size() < kElectionsPerTick)
            m_nextUncleanElection = context.now + m_options.uncleanElectionInterval;
        effect.reason = "no replica in sync is left and the topic allows unclean elections";
    }
    return effect;
}

Duration ControllerState::nextTick() const
{
    Duration next = m_nextUncleanElection;
    if (m_options.isLeaderBalanceEnabled)
        next = std::min(next, m_nextBalance);
    return std::min(next, m_sessions.nextExpiry(m_image));
}

} // namespace moldau::controller
