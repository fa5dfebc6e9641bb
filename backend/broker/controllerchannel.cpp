#include "broker/controllerchannel.h"

#include "controller/features.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace moldau::broker {

namespace {

constexpr std::string_view kLifecycleManager = "kafka.server.BrokerLifecycleManager";
constexpr std::string_view kMetadataComponent = "org.apache.kafka.image.loader.MetadataLoader";
constexpr std::int16_t kFetchVersion = 17;
constexpr std::int32_t kFetchWaitMs = 500;
constexpr std::int32_t kFetchBytes = 8 << 20;
constexpr std::int32_t kSnapshotBytes = 1 << 20;
constexpr std::int16_t kSnapshotVersion = 1;
constexpr std::string_view kMetadataTopic = "__cluster_metadata";
constexpr Duration kShutdownPatience = std::chrono::seconds(5);

std::string clientIdOf(BrokerId self, std::string_view purpose)
{
    return fmt::format("broker-{}-{}", self.value(), purpose);
}

} // namespace

ControllerChannel::ControllerChannel(network::World world, Options options, Handlers handlers)
    : m_world(world)
    , m_options(std::move(options))
    , m_handlers(std::move(handlers))
    , m_beatTimer(world.loop)
    , m_registerTimer(world.loop)
    , m_fetchTimer(world.loop)
    , m_shutdownTimer(world.loop)
    , m_waitingTimer(world.loop)
{
    if (m_options.snapshot) {
        m_nextOffset = m_options.snapshot->offset;
        m_lastEpoch = m_options.snapshot->epoch;
    }
    m_log = connection(m_options.controllers.front(), "metadata");
    connectControl(m_options.controllers.front());
}

std::unique_ptr<network::RpcClient> ControllerChannel::connection(
    const Endpoint& controller, std::string_view purpose) const
{
    return std::make_unique<network::RpcClient>(
        m_world.loop, m_world.transport, controller, clientIdOf(m_options.self, purpose));
}

void ControllerChannel::connectControl(const Endpoint& controller)
{
    m_control = connection(controller, "control");
    m_isRegistering = false;
    m_isBeating = false;
    m_control->onDisconnected([this](const Error& reason) {
        m_world.log.info(kLifecycleManager,
            "[BrokerLifecycleManager id={}] Disconnected from the controller: {}",
            m_options.self.value(), reason.message);
        m_isRegistering = false;
        m_isBeating = false;
        m_registerTimer.start(m_options.retryBackoff, [this] { registerBroker(); });
    });
}

void ControllerChannel::follow(const Endpoint& controller)
{
    if (m_log->endpoint() != controller)
        m_log = connection(controller, "metadata");
    if (m_control->endpoint() == controller)
        return;
    m_control->disconnect(); // what is under way goes to the new one
    m_world.log.info(kLifecycleManager, "[BrokerLifecycleManager id={}] The controller is at {}",
        m_options.self.value(), toString(controller));
    connectControl(controller);
    registerBroker();
}

bool ControllerChannel::isLost(const Error& error)
{
    return error.code == ErrorCode::LocalConnectionClosed
        || error.code == ErrorCode::LocalConnectionRefused;
}

void ControllerChannel::wait(Duration deadline, Callback<void(Result<void>)> goOn)
{
    m_waiting.push_back({deadline, std::move(goOn)});
    giveUpLate();
}

void ControllerChannel::giveUpLate()
{
    const Duration now = m_world.loop.now();
    Duration next = Duration::max();
    std::vector<Waiting> late;
    for (Waiting& each : std::exchange(m_waiting, {})) {
        if (each.deadline > now)
            next = std::min(next, each.deadline);
        (each.deadline > now ? m_waiting : late).push_back(std::move(each));
    }
    if (!m_waiting.empty())
        m_waitingTimer.start(next - now, [this] { giveUpLate(); });
    for (Waiting& each : late)
        each.goOn(fail(ErrorCode::LocalConnectionClosed, "no controller is active"));
}

void ControllerChannel::resend()
{
    m_waitingTimer.cancel();
    for (Waiting& each : std::exchange(m_waiting, {}))
        each.goOn({});
}

void ControllerChannel::askAnother()
{
    m_asked = (m_asked + 1) % m_options.controllers.size();
    if (m_log->endpoint() != m_options.controllers[m_asked])
        m_log = connection(m_options.controllers[m_asked], "metadata");
}

void ControllerChannel::start()
{
    registerBroker();
    fetch();
}

void ControllerChannel::registerBroker()
{
    if (std::exchange(m_isRegistering, true))
        return;
    protocol::BrokerRegistrationRequest request;
    request.brokerId = m_options.self;
    request.clusterId = m_options.clusterId;
    request.incarnationId = m_incarnation;
    for (const controller::ListenerImage& listener : m_options.listeners) {
        auto& entry = request.listeners.emplace_back();
        entry.name = listener.name;
        entry.host = listener.address.host;
        entry.port = listener.address.port;
        entry.securityProtocol = listener.securityProtocol;
    }
    for (const auto& feature : controller::supportedFeatures()) {
        auto& entry = request.features.emplace_back();
        entry.name = feature.name;
        entry.minSupportedVersion = feature.levels.min;
        entry.maxSupportedVersion = feature.levels.max;
    }
    request.rack = m_options.rack;
    request.logDirs = {m_options.directoryId};
    request.previousBrokerEpoch = m_options.previousBrokerEpoch;
    m_control->call<protocol::BrokerRegistrationResponse>(request,
        protocol::BrokerRegistrationRequest::kMaxVersion, m_options.lifecycleTimeout,
        [this](Result<protocol::BrokerRegistrationResponse> response) {
            registered(std::move(response));
        });
}

void ControllerChannel::registered(Result<protocol::BrokerRegistrationResponse> response)
{
    m_isRegistering = false;
    if (!response)
        return; // the disconnection tries again
    if (response->errorCode != 0) {
        const ErrorCode code = errorFromWire(response->errorCode);
        m_world.log.error(kLifecycleManager,
            "[BrokerLifecycleManager id={}] The controller refused the registration: {}",
            m_options.self.value(), factsOf(code).name);
        if (code == ErrorCode::InconsistentClusterId || code == ErrorCode::UnsupportedVersion
            || code == ErrorCode::InvalidRegistration)
            return m_handlers.refused(Error{code,
                fmt::format("The controller refused to register broker {}: {}",
                    m_options.self.value(), factsOf(code).name)});
        m_registerTimer.start(m_options.retryBackoff, [this] { registerBroker(); });
        return;
    }
    m_brokerEpoch = response->brokerEpoch;
    m_world.log.info(kLifecycleManager,
        "[BrokerLifecycleManager id={}] Successfully registered broker {} with broker epoch {}",
        m_options.self.value(), m_options.self.value(), m_brokerEpoch);
    beat();
    resend();
}

void ControllerChannel::beat()
{
    if (m_brokerEpoch < 0 || m_isRegistering || std::exchange(m_isBeating, true))
        return;
    protocol::BrokerHeartbeatRequest request;
    request.brokerId = m_options.self;
    request.brokerEpoch = m_brokerEpoch;
    request.currentMetadataOffset = m_nextOffset - 1;
    request.wantFence = false;
    request.wantShutDown = m_wantsShutdown;
    m_control->call<protocol::BrokerHeartbeatResponse>(request,
        protocol::BrokerHeartbeatRequest::kMaxVersion, m_options.lifecycleTimeout,
        [this](Result<protocol::BrokerHeartbeatResponse> response) {
            beatAnswered(std::move(response));
        });
}

void ControllerChannel::beatAnswered(Result<protocol::BrokerHeartbeatResponse> response)
{
    m_isBeating = false;
    if (!response)
        return;
    if (response->errorCode != 0) {
        m_world.log.warn(kLifecycleManager, "[BrokerLifecycleManager id={}] Heartbeat refused: {}",
            m_options.self.value(), factsOf(errorFromWire(response->errorCode)).name);
        m_isFenced = true;
        m_registerTimer.start(m_options.retryBackoff, [this] { registerBroker(); });
        return;
    }
    if (response->shouldShutDown && m_shutdownAllowed) {
        m_shutdownTimer.cancel();
        return std::exchange(m_shutdownAllowed, nullptr)();
    }
    const bool wasFenced = std::exchange(m_isFenced, response->isFenced);
    if (wasFenced && !m_isFenced) {
        m_world.log.info(kLifecycleManager,
            "[BrokerLifecycleManager id={}] The broker has been unfenced.", m_options.self.value());
        m_handlers.unfenced();
    }
    const bool isHurried = m_isFenced || m_wantsShutdown;
    m_beatTimer.start(
        isHurried ? Duration(std::chrono::milliseconds(10)) : m_options.heartbeatInterval,
        [this] { beat(); });
}

void ControllerChannel::beatSoon()
{
    m_beatTimer.start(Duration::zero(), [this] { beat(); });
}

void ControllerChannel::requestShutdown(Callback<void()> allowed)
{
    m_wantsShutdown = true;
    m_shutdownAllowed = std::move(allowed);
    m_shutdownTimer.start(kShutdownPatience, [this] {
        if (m_shutdownAllowed)
            std::exchange(m_shutdownAllowed, nullptr)();
    });
    beatSoon();
}

void ControllerChannel::fetch()
{
    protocol::FetchRequest request;
    request.clusterId = m_options.clusterId;
    request.replicaState.replicaId = m_options.self;
    request.replicaState.replicaEpoch = m_brokerEpoch;
    request.maxWaitMs = kFetchWaitMs;
    request.minBytes = 1;
    request.maxBytes = kFetchBytes;
    request.sessionEpoch = -1;
    auto& topic = request.topics.emplace_back();
    topic.topicId = kMetadataTopicId;
    auto& partition = topic.partitions.emplace_back();
    partition.partition = 0;
    partition.currentLeaderEpoch = -1;
    partition.fetchOffset = m_nextOffset;
    partition.lastFetchedEpoch = m_lastEpoch;
    partition.replicaDirectoryId = m_options.directoryId;
    partition.partitionMaxBytes = kFetchBytes;
    m_log->call<protocol::FetchResponse>(request, kFetchVersion,
        std::chrono::milliseconds(kFetchWaitMs) + m_options.quorumTimeout,
        [this](Result<protocol::FetchResponse> response) { fetched(std::move(response)); });
}

void ControllerChannel::fetchAfterBackoff()
{
    m_fetchTimer.start(m_options.retryBackoff, [this] { fetch(); });
}

void ControllerChannel::fetched(Result<protocol::FetchResponse> response)
{
    if (!response || response->errorCode != 0 || response->responses.empty()
        || response->responses.front().partitions.empty()) {
        askAnother();
        return fetchAfterBackoff();
    }
    const auto& data = response->responses.front().partitions.front();
    if (errorFromWire(data.errorCode) == ErrorCode::OffsetOutOfRange)
        return beginAnew();
    if (data.errorCode != 0) {
        // A controller that isn't the active one names the one that it follows.
        const auto& nodes = response->nodeEndpoints;
        const auto leader = std::find_if(nodes.begin(), nodes.end(),
            [&](const auto& node) { return node.nodeId == data.currentLeader.leaderId; });
        const Endpoint asked = m_log->endpoint();
        if (leader != nodes.end())
            follow({leader->host, static_cast<std::uint16_t>(leader->port)});
        if (m_log->endpoint() == asked)
            askAnother();
        return fetchAfterBackoff();
    }
    follow(m_log->endpoint());
    if (data.divergingEpoch.epoch >= 0)
        return beginAnew();
    if (data.snapshotId.endOffset >= 0) {
        m_download = Download{{data.snapshotId.epoch, data.snapshotId.endOffset}, 0};
        return fetchSnapshot();
    }
    const std::int64_t before = m_nextOffset;
    if (const auto replayed = replay(data.records.data.bytes, data.highWatermark); !replayed) {
        m_world.log.error(kMetadataComponent, "Cannot apply the metadata log at offset {}: {}",
            m_nextOffset, replayed.error().message);
        return fetchAfterBackoff();
    }
    if (m_nextOffset != before) {
        m_handlers.applied();
        if (m_isFenced && m_brokerEpoch >= 0)
            beatSoon(); // the controller unfences who has caught up with its own registration
    }
    fetch();
}

Result<void> ControllerChannel::replay(BytesView records, std::int64_t highWatermark)
{
    protocol::BatchIterator batches(records);
    while (const auto batch = batches.next()) {
        if (batch->lastOffset() >= highWatermark)
            break; // not committed yet
        if (batch->lastOffset() < m_nextOffset)
            continue;
        m_lastEpoch = batch->leaderEpoch();
        if (!batch->isControl()) {
            auto all = batch->records();
            if (!all)
                return fail(all.error());
            for (const auto& record : *all) {
                if (record.offset < m_nextOffset || !record.value)
                    continue;
                const auto decoded = controller::decodeMetadataRecord(*record.value);
                if (!decoded)
                    return fail(decoded.error());
                m_handlers.apply(*decoded, record.offset);
            }
        } else {
            m_handlers.control(*batch);
        }
        m_nextOffset = batch->lastOffset() + 1;
        m_handlers.replayed(*batch);
    }
    return {};
}

// Observers are given only what is committed: a log that parts from what was read is another one,
// as when the controllers have lost their directories.
void ControllerChannel::beginAnew()
{
    if (m_handlers.forget()) {
        m_world.log.warn(kMetadataComponent,
            "The controller's metadata log is not the one that was read up to offset {}; reading "
            "it from its beginning",
            m_nextOffset);
        m_nextOffset = 0;
        m_lastEpoch = -1;
    } else {
        m_world.log.error(kMetadataComponent,
            "The controller's metadata log is not the one that was read up to offset {}; a restart "
            "of this broker would take it over",
            m_nextOffset);
        askAnother();
    }
    fetchAfterBackoff();
}

void ControllerChannel::fetchSnapshot()
{
    protocol::FetchSnapshotRequest request;
    request.clusterId = m_options.clusterId;
    request.replicaId = m_options.self;
    request.maxBytes = kSnapshotBytes;
    auto& topic = request.topics.emplace_back();
    topic.name = kMetadataTopic;
    auto& partition = topic.partitions.emplace_back();
    partition.currentLeaderEpoch = -1;
    partition.snapshotId.endOffset = m_download->id.offset;
    partition.snapshotId.epoch = m_download->id.epoch;
    partition.position = m_download->position;
    partition.replicaDirectoryId = m_options.directoryId;
    m_log->call<protocol::FetchSnapshotResponse>(request, kSnapshotVersion,
        m_options.requestTimeout, [this](Result<protocol::FetchSnapshotResponse> response) {
            snapshotFetched(std::move(response));
        });
}

void ControllerChannel::snapshotFetched(Result<protocol::FetchSnapshotResponse> response)
{
    const Download download = *std::exchange(m_download, std::nullopt);
    const bool hasAnswer = response && response->errorCode == 0 && response->topics.size() == 1
        && response->topics.front().partitions.size() == 1;
    // Also where the snapshot is gone meanwhile: the next fetch names another one.
    if (!hasAnswer || response->topics.front().partitions.front().errorCode != 0)
        return fetchAfterBackoff();
    const auto& data = response->topics.front().partitions.front();
    const BytesView bytes = data.unalignedRecords.data.bytes;
    if (data.snapshotId.endOffset != download.id.offset
        || data.snapshotId.epoch != download.id.epoch || data.position != download.position
        || bytes.empty())
        return fetchAfterBackoff();
    const std::int64_t end = download.position + static_cast<std::int64_t>(bytes.size());
    const bool isLast = end >= data.size;
    if (const auto stored = m_handlers.storeSnapshot(download.id, download.position, bytes, isLast);
        !stored) {
        m_world.log.error(
            kMetadataComponent, "Cannot use the controller's snapshot: {}", stored.error().message);
        return fetchAfterBackoff();
    }
    if (!isLast) {
        m_download = Download{download.id, end};
        return fetchSnapshot();
    }
    m_nextOffset = download.id.offset;
    m_lastEpoch = download.id.epoch;
    m_handlers.applied();
    if (m_isFenced && m_brokerEpoch >= 0)
        beatSoon();
    fetch();
}

} // namespace moldau::broker
