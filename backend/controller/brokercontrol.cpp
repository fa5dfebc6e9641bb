#include "controller/brokercontrol.h"

#include <algorithm>
#include <set>

namespace moldau::controller {

namespace {

constexpr std::string_view kClusterControl = "org.apache.kafka.controller.ClusterControlManager";
constexpr std::int8_t kFence = 1;
constexpr std::int8_t kUnfence = -1;
constexpr std::int8_t kBeginShutdown = 1;

/** Ids whose bytes but the last are zero and whose last is below 100 are signs, not directories. */
bool isReservedDirectory(const Uuid& id)
{
    return std::all_of(id.bytes.begin(), id.bytes.end() - 1, [](std::uint8_t byte) {
        return byte == 0;
    }) && id.bytes.back() < 100;
}

protocol::BrokerRegistrationChangeRecord changeOf(const BrokerImage& broker)
{
    protocol::BrokerRegistrationChangeRecord record;
    record.brokerId = broker.id;
    record.brokerEpoch = broker.epoch;
    return record;
}

std::string named(BrokerId broker)
{
    return "broker " + std::to_string(broker.value());
}

} // namespace

BrokerControl::BrokerControl(std::string clusterId, const MetadataImage& image,
    BrokerSessions& sessions, const Elections& elections, Log& log)
    : m_clusterId(std::move(clusterId))
    , m_image(image)
    , m_sessions(sessions)
    , m_elections(elections)
    , m_log(log)
{
}

Result<void> BrokerControl::checkEpoch(BrokerId broker, std::int64_t epoch) const
{
    const BrokerImage* image = m_image.broker(broker);
    if (!image) {
        return fail(ErrorCode::StaleBrokerEpoch,
            "No broker registration found for broker id " + std::to_string(broker.value()));
    }
    if (image->epoch != epoch) {
        return fail(ErrorCode::StaleBrokerEpoch,
            "Expected broker epoch " + std::to_string(image->epoch) + ", but got broker epoch "
                + std::to_string(epoch));
    }
    return {};
}

Result<void> BrokerControl::checkFeatures(const protocol::BrokerRegistrationRequest& request) const
{
    std::map<std::string_view, VersionRange> supported;
    for (const auto& feature : request.features)
        supported[feature.name] = {feature.minSupportedVersion, feature.maxSupportedVersion};
    if (!supported.contains("metadata.version"))
        return fail(
            ErrorCode::InvalidRegistration, "Request features do not contain 'metadata.version'");
    for (const auto& [name, level] : m_image.features()) {
        const VersionRange range = supported.contains(name) ? supported[name] : VersionRange{};
        if (!range.includes(level)) {
            return fail(ErrorCode::UnsupportedVersion,
                fmt::format("Unable to register because the broker does not support finalized "
                            "version {} of {}. "
                            "The broker wants a version between {} and {}, inclusive.",
                    level, name, range.min, range.max));
        }
    }
    return {};
}

bool BrokerControl::isSuccessor(const protocol::BrokerRegistrationRequest& request) const
{
    const BrokerImage& before = *m_image.broker(request.brokerId);
    const auto sorted = [](std::vector<Uuid> directories) {
        std::sort(directories.begin(), directories.end());
        return directories;
    };
    return m_sessions.isPresumed(before.id, before.epoch) && !request.logDirs.empty()
        && sorted(request.logDirs) == sorted(before.directories);
}

Result<void> BrokerControl::checkRegistration(
    const protocol::BrokerRegistrationRequest& request, const RequestContext& context) const
{
    if (request.clusterId != m_clusterId) {
        return fail(ErrorCode::InconsistentClusterId,
            "Expected cluster ID " + m_clusterId + ", but got cluster ID " + request.clusterId);
    }
    const BrokerImage* existing = m_image.broker(request.brokerId);
    // A broker that is shutting down or whose connection broke makes room for its next start.
    if (existing && existing->incarnation != request.incarnationId
        && !existing->isInControlledShutdown
        && m_sessions.isAlive(request.brokerId, existing->epoch, context.now)
        && !isSuccessor(request)) {
        return fail(ErrorCode::DuplicateBrokerRegistration,
            "Another broker is registered with that broker id. If the broker was recently "
            "restarted this "
            "should self-resolve once the heartbeat manager expires the broker's session.");
    }
    if (request.isMigratingZkBroker) {
        return fail(ErrorCode::BrokerIdNotRegistered,
            "Controller does not support registering ZK brokers.");
    }
    if (request.logDirs.empty())
        return fail(ErrorCode::InvalidRegistration, "No directories specified in request");
    if (std::any_of(request.logDirs.begin(), request.logDirs.end(), isReservedDirectory))
        return fail(ErrorCode::InvalidRegistration, "Reserved directory ID in request");
    const std::set<Uuid> distinct(request.logDirs.begin(), request.logDirs.end());
    if (distinct.size() != request.logDirs.size())
        return fail(ErrorCode::InvalidRegistration, "Duplicate directory ID in request");
    for (const auto& [id, other] : m_image.brokers()) {
        if (id == request.brokerId)
            continue;
        for (const Uuid& directory : other.directories) {
            if (distinct.contains(directory)) {
                return fail(ErrorCode::InvalidRegistration,
                    fmt::format("Broker {} is already registered with directory {}", id.value(),
                        directory.toString()));
            }
        }
    }
    return checkFeatures(request);
}

Effect<protocol::BrokerRegistrationResponse> BrokerControl::registerBroker(
    const protocol::BrokerRegistrationRequest& request, const RequestContext& context)
{
    Effect<protocol::BrokerRegistrationResponse> effect;
    if (const auto checked = checkRegistration(request, context); !checked) {
        m_log.warn(kClusterControl, "Refusing the registration of broker {}: {}",
            request.brokerId.value(), checked.error().message);
        effect.response.errorCode = errorToWire(checked.error().code);
        return effect;
    }
    protocol::RegisterBrokerRecord record;
    record.brokerId = request.brokerId;
    record.incarnationId = request.incarnationId;
    record.rack = request.rack;
    record.logDirs = request.logDirs;
    for (const auto& listener : request.listeners) {
        auto& endPoint = record.endPoints.emplace_back();
        endPoint.name = listener.name;
        endPoint.host = listener.host;
        endPoint.port = listener.port;
        endPoint.securityProtocol = listener.securityProtocol;
    }
    for (const auto& feature : request.features) {
        auto& range = record.features.emplace_back();
        range.name = feature.name;
        range.minSupportedVersion = feature.minSupportedVersion;
        range.maxSupportedVersion = feature.maxSupportedVersion;
    }
    const BrokerImage* existing = m_image.broker(request.brokerId);
    if (existing && existing->incarnation == request.incarnationId) {
        // The same process again, for example after a lost answer: it stays what it was.
        m_log.info(kClusterControl,
            "Amending registration of broker {}, incarnation ID {}. Broker epoch remains {}.",
            request.brokerId.value(), request.incarnationId.toString(), existing->epoch);
        record.brokerEpoch = existing->epoch;
        record.fenced = existing->isFenced;
        record.inControlledShutdown = existing->isInControlledShutdown;
    } else {
        m_log.info(kClusterControl,
            "Registering a new incarnation of broker {}. New incarnation ID is {}. New broker "
            "epoch is {}.",
            request.brokerId.value(), request.incarnationId.toString(), context.nextOffset);
        if (existing) {
            // Nobody may take the new process, which starts fenced, for the old one's replica.
            if (request.previousBrokerEpoch == existing->epoch)
                m_elections.brokerLeaves(request.brokerId, effect.records);
            else // not after a shutdown in good order: the disk may have lost what wasn't synced
                m_elections.brokerLostData(request.brokerId, effect.records);
            effect.reason = named(request.brokerId) + " started anew";
        }
        record.brokerEpoch = context.nextOffset + static_cast<std::int64_t>(effect.records.size());
        record.fenced = true;
    }
    m_sessions.touch(request.brokerId, record.brokerEpoch, context.now);
    effect.response.brokerEpoch = record.brokerEpoch;
    effect.records.emplace_back(std::move(record));
    return effect;
}

void BrokerControl::fence(const BrokerImage& broker, Records& records) const
{
    m_elections.brokerLeaves(broker.id, records);
    auto record = changeOf(broker);
    record.fenced = kFence;
    records.emplace_back(std::move(record));
}

void BrokerControl::reportDirectories(
    const BrokerImage& broker, const std::vector<Uuid>& offline, Records& records) const
{
    std::vector<Uuid> failed;
    std::vector<Uuid> left;
    for (const Uuid& directory : broker.directories) {
        const bool isOffline
            = std::find(offline.begin(), offline.end(), directory) != offline.end();
        (isOffline ? failed : left).push_back(directory);
    }
    // A broker without any directory left ends by itself; the record can't say "none" anyway.
    if (failed.empty() || left.empty())
        return;
    m_log.warn(kClusterControl, "Log directories of broker {} are offline; {} remain",
        broker.id.value(), left.size());
    m_elections.directoriesFail(broker.id, failed, records);
    auto record = changeOf(broker);
    record.logDirs = std::move(left);
    records.emplace_back(std::move(record));
}

Effect<protocol::BrokerHeartbeatResponse> BrokerControl::heartbeat(
    const protocol::BrokerHeartbeatRequest& request, const RequestContext& context)
{
    Effect<protocol::BrokerHeartbeatResponse> effect;
    auto& response = effect.response;
    if (const auto checked = checkEpoch(request.brokerId, request.brokerEpoch); !checked) {
        response.errorCode = errorToWire(checked.error().code);
        return effect;
    }
    const BrokerImage& broker = *m_image.broker(request.brokerId);
    const std::string name = named(broker.id);
    m_sessions.touch(broker.id, broker.epoch, context.now);
    m_sessions.noteMetadataOffset(broker.id, broker.epoch, request.currentMetadataOffset);
    response.isCaughtUp = request.currentMetadataOffset >= broker.registrationOffset;
    response.isFenced = broker.isFenced;

    bool shouldShutDown = false;
    bool shouldFence = false;
    // Once it is shutting down, only a new registration brings it back.
    if (request.wantShutDown || broker.isInControlledShutdown) {
        if (broker.isFenced || request.wantFence) {
            shouldShutDown = true;
        } else if (!broker.isInControlledShutdown) {
            shouldShutDown = !m_elections.leadsAnything(broker.id);
            if (!shouldShutDown) {
                m_log.info(kClusterControl,
                    "Unfenced broker {} has requested and been granted a controlled shutdown.",
                    broker.id.value());
                auto record = changeOf(broker);
                record.inControlledShutdown = kBeginShutdown;
                effect.records.emplace_back(std::move(record));
                m_elections.brokerLeaves(broker.id, effect.records);
                effect.reason = name + " is shutting down";
                m_sessions.beginShutdown(broker.id,
                    context.nextOffset + static_cast<std::int64_t>(effect.records.size()) - 1);
            }
        } else {
            shouldShutDown = !m_elections.leadsAnything(broker.id)
                && m_sessions.haveAllSeenShutdown(broker.id, m_image);
        }
        if (shouldShutDown) {
            m_log.info(kClusterControl, "The request from broker {} to shut down has been granted.",
                broker.id.value());
            effect.reason = name + " shut down";
            shouldFence = !broker.isFenced;
            m_sessions.close(broker.id);
        }
    } else if (request.wantFence) {
        shouldFence = !broker.isFenced;
        effect.reason = name + " asked to be fenced";
    } else if (broker.isFenced && response.isCaughtUp) {
        m_log.info(kClusterControl,
            "The request from broker {} to unfence has been granted because it has caught up with "
            "the offset of "
            "its register broker record {}.",
            broker.id.value(), broker.registrationOffset);
        auto record = changeOf(broker);
        record.fenced = kUnfence;
        effect.records.emplace_back(std::move(record));
        m_elections.brokerArrives(broker.id, effect.records);
        effect.reason = name + " is back";
        response.isFenced = false;
    }
    if (shouldFence) {
        fence(broker, effect.records);
        response.isFenced = true;
    }
    response.shouldShutDown = shouldShutDown;
    if (effect.records.empty()) // else with the next heartbeat, which reports them again
        reportDirectories(broker, request.offlineLogDirs, effect.records);
    return effect;
}

Effect<protocol::UnregisterBrokerResponse> BrokerControl::unregister(
    const protocol::UnregisterBrokerRequest& request)
{
    Effect<protocol::UnregisterBrokerResponse> effect;
    effect.response.errorMessage.reset();
    const BrokerImage* broker = m_image.broker(request.brokerId);
    if (!broker) {
        effect.response.errorCode = errorToWire(ErrorCode::BrokerIdNotRegistered);
        effect.response.errorMessage = "Broker ID " + std::to_string(request.brokerId.value())
            + " is not currently registered";
        return effect;
    }
    effect.reason = named(broker->id) + " was unregistered";
    m_elections.brokerLeaves(broker->id, effect.records);
    protocol::UnregisterBrokerRecord record;
    record.brokerId = broker->id;
    record.brokerEpoch = broker->epoch;
    effect.records.emplace_back(std::move(record));
    m_sessions.close(broker->id);
    return effect;
}

Effect<void> BrokerControl::connectionLost(BrokerId broker, std::int64_t epoch)
{
    Effect<void> effect;
    const BrokerImage* image = m_image.broker(broker);
    if (!image || image->epoch != epoch)
        return effect;
    m_sessions.close(broker);
    if (image->isFenced)
        return effect;
    m_log.warn(kClusterControl, "Fencing broker {} at epoch {} because its connection was lost.",
        broker.value(), epoch);
    effect.reason = "lost the connection to " + named(broker);
    fence(*image, effect.records);
    return effect;
}

Effect<void> BrokerControl::fenceExpired(Duration now)
{
    Effect<void> effect;
    const std::vector<BrokerId> expired = m_sessions.expired(m_image, now);
    if (expired.empty())
        return effect;
    // One at a time: the next one's partitions must see that this one is gone.
    const BrokerImage& broker = *m_image.broker(expired.front());
    m_log.info(kClusterControl, "Fencing broker {} at epoch {} because its session has timed out.",
        broker.id.value(), broker.epoch);
    effect.reason = "the session of " + named(broker.id) + " timed out";
    fence(broker, effect.records);
    m_sessions.close(broker.id);
    return effect;
}

} // namespace moldau::controller
