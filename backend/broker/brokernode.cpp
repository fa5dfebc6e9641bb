#include "broker/brokernode.h"

#include "controller/metadatareplay.h"
#include "controller/metadatasnapshot.h"

#include "broker/handlers/00_produce.h"
#include "broker/handlers/handlers.h"
#include "broker/logsettings.h"
#include "protocol/messages/allocateproduceridsrequest.h"
#include "protocol/messages/allocateproduceridsresponse.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace moldau::broker {

namespace {

constexpr std::string_view kBrokerServer = "kafka.server.BrokerServer";

std::chrono::milliseconds ms(std::int64_t count)
{
    return std::chrono::milliseconds(count);
}

} // namespace

BrokerNode::BrokerNode(network::World world, BrokerSettings settings)
    : m_world(world)
    , m_settings(std::move(settings))
    , m_producerIds([this](Callback<void(Result<ProducerIds::Block>)> done) {
        protocol::AllocateProducerIdsRequest request;
        request.brokerId = self();
        request.brokerEpoch = m_controller->brokerEpoch();
        m_controller->call<protocol::AllocateProducerIdsResponse>(request,
            protocol::AllocateProducerIdsRequest::kMaxVersion,
            [done = std::move(done)](
                Result<protocol::AllocateProducerIdsResponse> response) mutable {
                if (!response)
                    return done(moldau::fail(response.error()));
                if (response->errorCode != 0)
                    return done(moldau::fail(errorFromWire(response->errorCode)));
                done(
                    ProducerIds::Block{response->producerIdStart.value(), response->producerIdLen});
            });
    })
    , m_fetchSessions(static_cast<std::size_t>(std::max(m_settings.config.fetchSessionSlots, 0)))
{
}

BrokerNode::~BrokerNode() = default;

void BrokerNode::start(Callback<void(Result<void>)> serving)
{
    m_serving = std::move(serving);
    if (const auto opened = open(); !opened) {
        m_world.log.error(kBrokerServer,
            "Fatal error during broker startup. Prepare to shutdown: {}", opened.error().message);
        std::exchange(m_serving, nullptr)(opened);
    }
}

Result<void> BrokerNode::open()
{
    m_world.log.info(kBrokerServer, "[BrokerServer id={}] Starting broker", self().value());
    if (auto opened = openLogs(); !opened)
        return opened;
    m_server = std::make_unique<network::Server>(m_world.loop, m_world.transport, m_world.events,
        m_world.log, self(), *this,
        network::ServerOptions{
            .maxRequestBytes = static_cast<std::size_t>(m_settings.config.socketRequestMaxBytes),
            .maxIdle = ms(m_settings.config.connectionsMaxIdleMs),
            .faults = m_world.faults});
    if (auto listening = listen(); !listening)
        return listening;
    return connectToController();
}

Result<void> BrokerNode::openLogs()
{
    storage::LogDirectory::Options options;
    options.path = m_settings.dataDirectory;
    options.clusterId = m_settings.clusterId;
    options.nodeId = self();
    options.configOf = [this](const std::string& topic) { return topicSettings(topic).log; };
    auto logs
        = storage::LogDirectory::open(m_world.loop, m_world.files, m_world.log, std::move(options));
    if (!logs)
        return tl::unexpected(logs.error());
    m_logs = std::move(*logs);
    m_logs->setOfflineHandler([this](const Error& reason) {
        publish(EventKind::LogDirectoryFailed, reason.message);
        // Called from inside the failing operation: let it end first.
        m_world.loop.post([this, reason, alive = std::weak_ptr(m_isAlive)] {
            if (!alive.expired())
                fail(reason);
        });
    });
    startLogWork();
    const configs::BrokerConfig& config = m_settings.config;
    ReplicaSettings replicas;
    replicas.self = self();
    replicas.interBrokerListener = config.interBrokerListenerName;
    replicas.replicaLagTimeMax = ms(config.replicaLagTimeMaxMs);
    replicas.checkpointInterval = ms(config.highWatermarkCheckpointIntervalMs);
    replicas.retentionCheckInterval = ms(config.retentionCheckIntervalMs);
    replicas.fetcher.self = self();
    replicas.fetcher.brokerEpoch = [this] { return m_controller->brokerEpoch(); };
    replicas.fetcher.maxWaitMs = config.replicaFetchWaitMaxMs;
    replicas.fetcher.requestTimeout = ms(config.replicaSocketTimeoutMs);
    replicas.quotaWindows = config.replicationQuotaWindows;
    replicas.quotaWindow = std::chrono::seconds(config.replicationQuotaWindowSeconds);
    replicas.fetcher.minBytes = config.replicaFetchMinBytes;
    replicas.fetcher.maxBytes = config.replicaFetchResponseMaxBytes;
    replicas.fetcher.partitionMaxBytes = config.replicaFetchMaxBytes;
    m_replicas = std::make_unique<ReplicaManager>(
        m_world, std::move(replicas), *m_logs, m_image,
        [this](const std::string& topic) { return topicSettings(topic); },
        [this](protocol::AlterPartitionRequest request,
            Callback<void(Result<protocol::AlterPartitionResponse>)> done) {
            m_controller->call<protocol::AlterPartitionResponse>(
                request, protocol::AlterPartitionRequest::kMaxVersion, std::move(done));
        });
    m_groups = std::make_unique<GroupCoordinator>(m_world, self(), config, m_image);
    m_replicas->onLeadershipChanged(
        [this](Partition& partition) { m_groups->leadershipChanged(partition); });
    m_replicas->onPartitionRetired(
        [this](const TopicPartition& partition) { m_groups->partitionRetired(partition); });
    return {};
}

void BrokerNode::startLogWork()
{
    constexpr std::int64_t kMostMs = 1000; // rolled segments don't wait longer for their flush
    m_flusher = std::make_unique<storage::LogFlusher>(m_world.loop, *m_logs,
        ms(std::clamp<std::int64_t>(m_settings.config.flushSchedulerIntervalMs, 1, kMostMs)));
    m_flusher->start();
    if (!m_settings.config.isCleanerEnabled)
        return;
    m_cleaner
        = std::make_unique<storage::LogCleaner>(m_world.loop, *m_logs, toCleanerOptions(layers()));
    m_cleaner->start();
}

Result<void> BrokerNode::listen()
{
    for (ListenerPlan& plan : m_settings.listeners) {
        std::uint16_t port = 0;
        for (std::size_t i = 0; i < plan.binds.size(); ++i) {
            Endpoint& bind = plan.binds[i];
            const bool follows = i > 0 && bind.port == 0;
            if (follows)
                bind.port = port;
            const auto bound = m_server->listen(plan.name, bind);
            // A machine may have no IPv6; but clients must never meet another program at our port.
            if (!bound
                && (i == 0 || (!follows && bound.error().code == ErrorCode::LocalAddressInUse)))
                return moldau::fail(bound.error().code,
                    fmt::format("Socket server failed to bind to {}: {}", toString(bind),
                        bound.error().message));
            if (!bound) {
                m_world.log.warn(kBrokerServer, "Not listening at {}: {}", toString(bind),
                    bound.error().message);
                continue;
            }
            bind = *bound;
            if (i == 0)
                port = bound->port;
            m_world.log.info("kafka.network.DataPlaneAcceptor",
                "Awaiting socket connections on {}.", toString(bind));
        }
        if (plan.advertised.port == 0)
            plan.advertised.port = port;
    }
    if (m_onListening)
        m_onListening(m_settings.listeners);
    return {};
}

std::vector<controller::ListenerImage> BrokerNode::advertised() const
{
    std::vector<controller::ListenerImage> listeners;
    for (const ListenerPlan& plan : m_settings.listeners)
        listeners.push_back({plan.name, plan.advertised, static_cast<std::int16_t>(plan.protocol)});
    return listeners;
}

Result<std::optional<raft::SnapshotId>> BrokerNode::loadMetadata()
{
    const configs::BrokerLayers own{{}, {}, m_settings.config.properties};
    const auto number = [&](std::string_view name) { return own.value(name).toInt(); };
    MetadataSnapshots::Options options;
    options.self = self();
    options.logDirectory = m_settings.dataDirectory;
    options.schedule = {number("metadata.log.max.record.bytes.between.snapshots"),
        ms(number("metadata.log.max.snapshot.interval.ms"))};
    options.retention
        = {number("metadata.max.retention.bytes"), number("metadata.max.retention.ms")};
    m_snapshots = std::make_unique<MetadataSnapshots>(m_world, std::move(options), m_image);
    const auto snapshot = m_snapshots->open();
    if (!snapshot)
        return tl::unexpected(snapshot.error());
    if (!*snapshot)
        return std::nullopt;
    if (auto taken = takeSnapshot(**snapshot); !taken)
        return tl::unexpected(taken.error());
    return (*snapshot)->head.id;
}

Result<void> BrokerNode::takeSnapshot(const raft::LoadedSnapshot& snapshot)
{
    auto image = controller::readImage(snapshot.batches.bytes, snapshot.head.id.offset);
    if (!image)
        return tl::unexpected(image.error());
    m_world.log.info("org.apache.kafka.image.loader.MetadataLoader",
        "Loading the snapshot {} of {} bytes", raft::snapshotFileName(snapshot.head.id),
        snapshot.batches.size());
    controller::noteDifference(m_image, *image, m_delta);
    m_image = std::move(*image);
    m_snapshots->noteSnapshot(snapshot.head);
    return {};
}

bool BrokerNode::forgetMetadata()
{
    if (m_isCaughtUp)
        return false; // replicas live by it
    m_snapshots->removeAll();
    m_image = {};
    m_delta = {};
    return true;
}

Result<void> BrokerNode::connectToController()
{
    auto snapshot = loadMetadata();
    if (!snapshot)
        return tl::unexpected(snapshot.error());
    ControllerChannel::Options options;
    options.snapshot = *snapshot;
    options.self = self();
    options.clusterId = m_settings.clusterId;
    options.controllers = m_settings.controllers;
    if (!m_settings.config.rack.empty())
        options.rack = m_settings.config.rack;
    options.directoryId = m_logs->directoryId();
    options.listeners = advertised();
    options.heartbeatInterval = ms(m_settings.config.brokerHeartbeatIntervalMs);
    options.requestTimeout = ms(m_settings.config.requestTimeoutMs);
    options.lifecycleTimeout = std::min<Duration>(
        options.requestTimeout, ms(m_settings.config.brokerSessionTimeoutMs / 2));
    options.quorumTimeout = ms(m_settings.config.quorumRequestTimeoutMs);
    options.previousBrokerEpoch = m_logs->previousBrokerEpoch().value_or(-1);
    ControllerChannel::Handlers handlers;
    handlers.apply = [this](const controller::MetadataRecord& record, std::int64_t offset) {
        if (const auto applied = m_image.apply(record, offset, &m_delta); !applied)
            m_world.log.error("org.apache.kafka.image.loader.MetadataLoader",
                "Cannot apply the record at offset {}: {}", offset, applied.error().message);
    };
    handlers.control = [this](const protocol::BatchView& batch) {
        if (const auto applied = controller::replayControls(batch, m_image, &m_delta); !applied)
            m_world.log.error("org.apache.kafka.image.loader.MetadataLoader",
                "Cannot apply the batch at offset {}: {}", batch.baseOffset(),
                applied.error().message);
    };
    handlers.replayed = [this](const protocol::BatchView& batch) { m_snapshots->noteBatch(batch); };
    handlers.storeSnapshot = [this](const raft::SnapshotId& id, std::int64_t position,
                                 BytesView bytes, bool isLast) -> Result<void> {
        const auto snapshot = m_snapshots->store(id, position, bytes, isLast);
        if (!snapshot)
            return tl::unexpected(snapshot.error());
        return *snapshot ? takeSnapshot(**snapshot) : Result<void>{};
    };
    handlers.forget = [this] { return forgetMetadata(); };
    handlers.applied = [this] { metadataApplied(); };
    handlers.unfenced = [this] { unfenced(); };
    handlers.refused = [this](const Error& reason) {
        if (m_serving)
            std::exchange(m_serving, nullptr)(moldau::fail(reason));
        else
            fail(reason);
    };
    m_controller
        = std::make_unique<ControllerChannel>(m_world, std::move(options), std::move(handlers));
    m_controller->start();
    return {};
}

bool BrokerNode::knowsItsRegistration() const
{
    const controller::BrokerImage* const image = m_image.broker(self());
    return image != nullptr && image->incarnation == m_controller->incarnation();
}

void BrokerNode::metadataApplied()
{
    m_snapshots->consider();
    // The log tells of earlier runs, too: who took the leaderships of those for its own would
    // answer for records that it has lost since. Its registration ends them.
    if (!m_isCaughtUp && !knowsItsRegistration())
        return;
    m_isCaughtUp = true;
    const controller::MetadataDelta delta = std::exchange(m_delta, {});
    m_replicas->apply(delta);
    m_groups->topicsDeleted(delta);
    const bool isReconfigured
        = std::any_of(delta.configs.begin(), delta.configs.end(), [](const auto& changed) {
              return changed.first.type == controller::ConfigResourceType::Broker;
          });
    if (isReconfigured && m_cleaner)
        m_cleaner->setOptions(toCleanerOptions(layers()));
    if (isReconfigured)
        m_replicas->setReplicationLimits(
            replicationLimit(layers(), "leader.replication.throttled.rate"),
            replicationLimit(layers(), "follower.replication.throttled.rate"));
    for (network::Exchange& exchange : std::exchange(m_early, {}))
        handle(std::move(exchange));
}

void BrokerNode::unfenced()
{
    if (!m_serving)
        return; // was fenced for a while
    // Whoever is unfenced has read the log up to its own registration: what the disk has beyond is
    // stray.
    m_replicas->removeStrayReplicas();
    m_world.log.info(
        kBrokerServer, "[BrokerServer id={}] Transition from STARTING to STARTED", self().value());
    m_world.log.info("kafka.server.KafkaRaftServer",
        "[KafkaRaftServer nodeId={}] Kafka Server started", self().value());
    publish(EventKind::NodeStarted);
    std::exchange(m_serving, nullptr)({});
}

void BrokerNode::stop(Callback<void()> stopped)
{
    m_world.log.info(kBrokerServer, "[BrokerServer id={}] shutting down", self().value());
    auto finish = [this, stopped = std::move(stopped)]() mutable {
        const std::int64_t epoch = m_controller ? m_controller->brokerEpoch() : -1;
        if (m_groups)
            m_groups->shutdown();
        if (m_replicas)
            m_replicas->shutdown();
        if (m_server) {
            m_server->stopListening();
            m_server->closeAll();
        }
        m_controller.reset();
        m_snapshots.reset();
        m_cleaner.reset();
        m_flusher.reset();
        if (m_logs)
            if (const auto closed = m_logs->close(epoch); !closed)
                m_world.log.error(
                    kBrokerServer, "Cannot close the log directory: {}", closed.error().message);
        m_world.log.info(kBrokerServer, "[BrokerServer id={}] shut down completed", self().value());
        publish(EventKind::NodeStopped);
        stopped();
    };
    if (!m_controller || m_controller->isFenced() || !m_settings.config.isControlledShutdownEnabled)
        return m_world.loop.post(
            [finish = std::move(finish), alive = std::weak_ptr(m_isAlive)]() mutable {
                if (!alive.expired())
                    finish();
            });
    m_controller->requestShutdown(std::move(finish));
}

configs::BrokerLayers BrokerNode::layers() const
{
    using controller::ConfigResource;
    using controller::ConfigResourceType;
    return {
        m_image.configs(ConfigResource{ConfigResourceType::Broker, std::to_string(self().value())}),
        m_image.configs(ConfigResource{ConfigResourceType::Broker, {}}),
        m_settings.config.properties};
}

TopicSettings BrokerNode::topicSettings(const std::string& topic) const
{
    const auto& overrides = m_image.configs({controller::ConfigResourceType::Topic, topic});
    const auto resolved = configs::TopicConfig::resolve(overrides, layers());
    // The controller validated what was set; what an older one let through falls back to defaults.
    const configs::TopicConfig config = resolved.value_or(configs::TopicConfig{});
    return {std::make_shared<const storage::LogConfig>(
                toLogConfig(config, m_settings.config.producerIdExpirationMs)),
        config.minInSyncReplicas, ThrottledPartitions::of(config.leaderThrottledReplicas, self()),
        ThrottledPartitions::of(config.followerThrottledReplicas, self())};
}

void BrokerNode::handle(network::Exchange exchange)
{
    if (!m_isCaughtUp)
        return m_early.push_back(std::move(exchange));
    network::dispatch(brokerRoutes(), *this, std::move(exchange), &answerUnknownApiVersions);
}

void BrokerNode::refusedByRule(const network::Exchange& exchange, ErrorCode error)
{
    if (exchange.api == protocol::ApiKey::Produce)
        noteRefusedProduce(*this, exchange, error);
}

std::string BrokerNode::topicNameOf(const Uuid& id) const
{
    const controller::TopicImage* const topic = m_image.topic(id);
    return topic == nullptr ? std::string() : topic->name;
}

void BrokerNode::fail(const Error& error)
{
    m_world.log.error(kBrokerServer, "Shutdown broker because all log dirs in {} have failed: {}",
        m_settings.dataDirectory, error.message);
    if (m_groups)
        m_groups->shutdown();
    if (m_replicas)
        m_replicas->shutdown();
    m_cleaner.reset();
    m_flusher.reset();
    if (m_server) {
        m_server->stopListening();
        m_server->closeAll();
    }
    m_controller.reset();
    m_snapshots.reset();
    if (m_serving)
        return std::exchange(m_serving, nullptr)(moldau::fail(error));
    if (m_onFailure)
        m_onFailure(error);
}

void BrokerNode::publish(EventKind kind, const std::string& detail)
{
    if (!m_world.events.isWanted())
        return;
    Event event;
    event.timeNs = m_world.loop.wallClockMs() * 1'000'000;
    event.kind = kind;
    event.node = self();
    event.detail = m_world.events.intern(detail);
    m_world.events.publish(event);
}

} // namespace moldau::broker
