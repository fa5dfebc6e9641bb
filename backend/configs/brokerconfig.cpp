#include "configs/brokerconfig.h"

#include "configs/brokerrules.h"

#include <algorithm>

#include <fmt/format.h>

namespace moldau::configs {

namespace {

const ConfigDefinition* definitionOf(std::string_view name)
{
    const ConfigDefinition* definition = find(ConfigScope::Broker, name);
    return definition != nullptr ? definition : find(ConfigScope::Legacy, name);
}

tl::unexpected<Error> invalid(std::string message)
{
    return fail(ErrorCode::InvalidConfig, std::move(message));
}

/** node.id and broker.id are two names of one number. */
void addIdSynonym(ConfigMap& properties)
{
    if (const auto id = properties.find("broker.id"); id != properties.end())
        properties.try_emplace("node.id", id->second);
    else if (const auto node = properties.find("node.id"); node != properties.end())
        properties.try_emplace("broker.id", node->second);
}

Result<void> checkValues(const ConfigMap& properties)
{
    for (const auto& [name, text] : properties) {
        if (const ConfigDefinition* definition = definitionOf(name)) {
            if (const auto value = parseValue(*definition, text, name); !value)
                return fail(value.error());
        }
    }
    return {};
}

Result<void> readVoters(BrokerConfig& config)
{
    constexpr std::string_view kForm = "Each entry should be in the form `{id}@{host}:{port}`.";
    for (const std::string& entry : config.value("controller.quorum.voters").toList()) {
        const std::size_t at = entry.find('@');
        if (at == std::string::npos || at == 0 || at + 1 == entry.size()
            || entry.find('@', at + 1) != std::string::npos)
            return invalid(
                fmt::format("Invalid configuration value for controller.quorum.voters. {}", kForm));
        const std::string id = entry.substr(0, at);
        const ConfigDefinition& number = *find(ConfigScope::Broker, "broker.id");
        const auto parsedId = parseValue(number, id);
        if (!parsedId)
            return invalid(fmt::format("Failed to parse voter ID as an integer from {}", id));
        const auto address = parseEndpoint(entry.substr(at + 1));
        if (!address)
            return invalid(fmt::format("Failed to parse host name from entry {} for the "
                                       "configuration controller.quorum.voters. {}",
                entry, kForm));
        if (address->host == "0.0.0.0")
            return invalid("Host string (0.0.0.0) is not routeable");
        config.voters.push_back({BrokerId(static_cast<std::int32_t>(parsedId->toInt())), *address});
    }
    for (const std::string& entry : config.value("controller.quorum.bootstrap.servers").toList()) {
        const auto address = parseEndpoint(entry);
        if (!address)
            return invalid(
                fmt::format("Invalid url in controller.quorum.bootstrap.servers: {}", entry));
        config.bootstrapControllers.push_back(*address);
    }
    return {};
}

Result<void> readZooKeeper(BrokerConfig& config)
{
    std::string servers = config.value("zookeeper.connect").toString();
    if (const std::size_t slash = servers.find('/'); slash != std::string::npos) {
        config.zookeeperRoot = servers.substr(slash);
        servers.resize(slash);
    }
    for (const std::string& server : splitList(servers)) {
        const bool hasPort = server.find(':') != std::string::npos;
        const auto address = parseEndpoint(hasPort ? server : server + ":2181");
        if (!address)
            return invalid(fmt::format("Invalid value {} for configuration zookeeper.connect: {}",
                server, address.error().message));
        config.zookeeperServers.push_back(*address);
    }
    return {};
}

/**
 * Without a map of one's own, controller listeners are plain as long as nothing asks for
 * anything safer.
 */
Result<ListenerProtocols> effectiveProtocols(const BrokerConfig& config)
{
    auto protocols
        = parseListenerProtocols(config.value("listener.security.protocol.map").toString());
    if (!protocols || config.coordination != Coordination::KRaft
        || config.properties.contains("listener.security.protocol.map"))
        return protocols;
    const auto isSecure = [](std::string_view name) {
        return name == "SSL" || name == "SASL_SSL" || name == "SASL_PLAINTEXT";
    };
    bool isAnySecure = std::ranges::any_of(config.controllerListenerNames, isSecure);
    for (const std::string& text : config.value("listeners").toList())
        isAnySecure |= isSecure(std::string_view(text).substr(0, text.find("://")));
    for (const std::string& name : config.controllerListenerNames) {
        if (!isAnySecure && name != "PLAINTEXT")
            protocols->insert_or_assign(name, SecurityProtocol::Plaintext);
    }
    return protocols;
}

Result<void> readListeners(BrokerConfig& config)
{
    auto protocols = effectiveProtocols(config);
    if (!protocols)
        return fail(protocols.error());
    config.listenerProtocols = *std::move(protocols);
    auto listeners
        = parseListeners(config.value("listeners").toList(), config.listenerProtocols, true);
    if (!listeners)
        return fail(listeners.error());
    config.listeners = *std::move(listeners);
    config.advertisedListeners = config.listeners;
    if (const ConfigValue advertised = config.value("advertised.listeners"); !advertised.isNull()) {
        auto parsed = parseListeners(advertised.toList(), config.listenerProtocols, false);
        if (!parsed)
            return fail(parsed.error());
        config.advertisedListeners = *std::move(parsed);
    }
    std::erase_if(config.advertisedListeners,
        [&](const ListenerSetting& each) { return config.isControllerListener(each.name); });
    return {};
}

Result<void> readInterBroker(BrokerConfig& config)
{
    const ConfigValue name = config.value("inter.broker.listener.name");
    if (name.isNull()) {
        const std::string protocol = config.value("security.inter.broker.protocol").toString();
        config.interBrokerListenerName = protocol;
        config.interBrokerProtocol
            = *parseSecurityProtocol(protocol, "security.inter.broker.protocol");
        return {};
    }
    if (config.properties.contains("security.inter.broker.protocol"))
        return invalid("Only one of inter.broker.listener.name and security.inter.broker.protocol "
                       "should be set.");
    std::string capitals = name.toString();
    std::ranges::transform(capitals, capitals.begin(),
        [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    const auto protocol = config.listenerProtocols.find(capitals);
    if (protocol == config.listenerProtocols.end())
        return invalid(fmt::format("Listener with name {} defined in inter.broker.listener.name "
                                   "not found in listener.security.protocol.map.",
            capitals));
    config.interBrokerListenerName = capitals;
    config.interBrokerProtocol = protocol->second;
    return {};
}

/** Reads values that were checked into typed fields. */
struct FieldReader {
    const BrokerConfig& config;

    void operator()(std::string_view name, bool& field) const
    {
        field = config.value(name).toBool();
    }
    void operator()(std::string_view name, std::int16_t& field) const
    {
        field = static_cast<std::int16_t>(config.value(name).toInt());
    }
    void operator()(std::string_view name, std::int32_t& field) const
    {
        field = static_cast<std::int32_t>(config.value(name).toInt());
    }
    void operator()(std::string_view name, std::int64_t& field) const
    {
        field = config.value(name).toInt();
    }
    void operator()(std::string_view name, std::string& field) const
    {
        if (const ConfigValue value = config.value(name); !value.isNull())
            field = value.toString();
    }
    void operator()(std::string_view name, std::vector<std::string>& field) const
    {
        field = config.value(name).toList();
    }
};

void readFields(BrokerConfig& c)
{
    const FieldReader read{c};
    read("broker.rack", c.rack);
    read(c.properties.contains("log.dirs") ? "log.dirs" : "log.dir", c.logDirs);
    c.metadataLogDir = c.logDirs.empty() ? std::string() : c.logDirs.front();
    read("metadata.log.dir", c.metadataLogDir);

    read("auto.create.topics.enable", c.isAutoCreateTopicsEnabled);
    read("delete.topic.enable", c.isDeleteTopicEnabled);
    read("num.partitions", c.numPartitions);
    read("default.replication.factor", c.defaultReplicationFactor);

    read("offsets.topic.num.partitions", c.offsetsTopicPartitions);
    read("offsets.topic.replication.factor", c.offsetsTopicReplicationFactor);
    read("offsets.topic.segment.bytes", c.offsetsTopicSegmentBytes);
    c.offsetsRetentionMs = c.value("offsets.retention.minutes").toInt() * 60'000;
    read("offsets.retention.check.interval.ms", c.offsetsRetentionCheckIntervalMs);
    read("offset.metadata.max.bytes", c.offsetMetadataMaxBytes);
    read("offsets.commit.timeout.ms", c.offsetsCommitTimeoutMs);

    read("transaction.state.log.num.partitions", c.transactionStatePartitions);
    read("transaction.state.log.replication.factor", c.transactionStateReplicationFactor);
    read("transaction.state.log.min.isr", c.transactionStateMinIsr);
    read("transaction.state.log.segment.bytes", c.transactionStateSegmentBytes);
    read("transaction.max.timeout.ms", c.transactionMaxTimeoutMs);
    read("transactional.id.expiration.ms", c.transactionalIdExpirationMs);
    read("producer.id.expiration.ms", c.producerIdExpirationMs);

    read("group.initial.rebalance.delay.ms", c.groupInitialRebalanceDelayMs);
    read("group.min.session.timeout.ms", c.groupMinSessionTimeoutMs);
    read("group.max.session.timeout.ms", c.groupMaxSessionTimeoutMs);
    read("group.max.size", c.groupMaxSize);
    read("group.coordinator.rebalance.protocols", c.groupProtocols);

    read("replica.lag.time.max.ms", c.replicaLagTimeMaxMs);
    read("replica.fetch.wait.max.ms", c.replicaFetchWaitMaxMs);
    read("replica.fetch.min.bytes", c.replicaFetchMinBytes);
    read("replica.fetch.max.bytes", c.replicaFetchMaxBytes);
    read("replica.fetch.response.max.bytes", c.replicaFetchResponseMaxBytes);
    read("replica.fetch.backoff.ms", c.replicaFetchBackoffMs);
    read("replica.socket.timeout.ms", c.replicaSocketTimeoutMs);
    read("replication.quota.window.num", c.replicationQuotaWindows);
    read("replication.quota.window.size.seconds", c.replicationQuotaWindowSeconds);
    read("replica.high.watermark.checkpoint.interval.ms", c.highWatermarkCheckpointIntervalMs);

    read("broker.heartbeat.interval.ms", c.brokerHeartbeatIntervalMs);
    read("broker.session.timeout.ms", c.brokerSessionTimeoutMs);
    read("initial.broker.registration.timeout.ms", c.initialRegistrationTimeoutMs);
    read("controlled.shutdown.enable", c.isControlledShutdownEnabled);
    read("auto.leader.rebalance.enable", c.isAutoLeaderRebalanceEnabled);
    c.leaderImbalanceCheckIntervalMs
        = c.value("leader.imbalance.check.interval.seconds").toInt() * 1000;
    read("controller.quorum.election.timeout.ms", c.quorumElectionTimeoutMs);
    read("controller.quorum.fetch.timeout.ms", c.quorumFetchTimeoutMs);
    read("controller.quorum.request.timeout.ms", c.quorumRequestTimeoutMs);
    read("zookeeper.session.timeout.ms", c.zookeeperSessionTimeoutMs);

    read("fetch.max.bytes", c.fetchMaxBytes);
    read("socket.request.max.bytes", c.socketRequestMaxBytes);
    read("connections.max.idle.ms", c.connectionsMaxIdleMs);
    read("request.timeout.ms", c.requestTimeoutMs);
    read("max.incremental.fetch.session.cache.slots", c.fetchSessionSlots);
    read("connection.failed.authentication.delay.ms", c.failedAuthenticationDelayMs);

    read("log.retention.check.interval.ms", c.retentionCheckIntervalMs);
    read("log.flush.scheduler.interval.ms", c.flushSchedulerIntervalMs);
    read("log.flush.offset.checkpoint.interval.ms", c.recoveryPointCheckpointIntervalMs);
    read("log.flush.start.offset.checkpoint.interval.ms", c.logStartOffsetCheckpointIntervalMs);
    read("log.cleaner.backoff.ms", c.cleanerBackoffMs);
    read("log.cleaner.enable", c.isCleanerEnabled);

    read("sasl.enabled.mechanisms", c.saslMechanisms);
    read("authorizer.class.name", c.authorizerClass);
}

} // namespace

ConfigValue BrokerConfig::value(std::string_view name) const
{
    const ConfigDefinition* definition = definitionOf(name);
    if (definition == nullptr)
        return {};
    if (const auto found = properties.find(name); found != properties.end())
        return parseValue(*definition, found->second).value_or(ConfigValue());
    return defaultOf(*definition);
}

const ListenerSetting* BrokerConfig::listener(std::string_view name) const
{
    const auto found = std::ranges::find(listeners, name, &ListenerSetting::name);
    return found == listeners.end() ? nullptr : &*found;
}

bool BrokerConfig::isControllerListener(std::string_view name) const
{
    return std::ranges::find(controllerListenerNames, name) != controllerListenerNames.end();
}

Result<BrokerConfig> BrokerConfig::fromProperties(ConfigMap properties)
{
    BrokerConfig config;
    config.properties = std::move(properties);
    addIdSynonym(config.properties);
    if (const auto checked = checkValues(config.properties); !checked)
        return fail(checked.error());

    const bool hasRoles = config.properties.contains("process.roles");
    if (!hasRoles && config.properties.contains("zookeeper.connect"))
        config.coordination = Coordination::ZooKeeper;
    if (config.coordination == Coordination::KRaft) {
        for (const std::string_view required :
            {"process.roles", "node.id", "controller.listener.names"}) {
            if (!config.properties.contains(required))
                return invalid(fmt::format(
                    "Missing required configuration \"{}\" which has no default value.", required));
        }
        const std::vector<std::string> roles = config.value("process.roles").toList();
        config.isBroker = std::ranges::find(roles, "broker") != roles.end();
        config.isController = std::ranges::find(roles, "controller") != roles.end();
    }
    if (config.properties.contains("controller.listener.names"))
        config.controllerListenerNames = config.value("controller.listener.names").toList();
    if (config.properties.contains("node.id"))
        config.nodeId = BrokerId(static_cast<std::int32_t>(config.value("broker.id").toInt()));
    readFields(config);

    // The order decides which of several mistakes is named; it is Kafka's.
    if (const auto checked = checkNumbers(config); !checked)
        return fail(checked.error());
    for (const auto step : {readListeners, readVoters, readInterBroker}) {
        if (const auto done = step(config); !done)
            return fail(done.error());
    }
    if (config.coordination == Coordination::ZooKeeper) {
        if (const auto done = readZooKeeper(config); !done)
            return fail(done.error());
    }
    if (const auto checked = checkRolesAndListeners(config); !checked)
        return fail(checked.error());
    return config;
}

} // namespace moldau::configs
