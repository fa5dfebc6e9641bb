#include "broker/replica/replicamanager.h"

#include <algorithm>
#include <utility>

namespace moldau::broker {

namespace {

constexpr std::string_view kReplicaManager = "kafka.server.ReplicaManager";
constexpr std::string_view kStateComponent = "state.change.logger";

} // namespace

ReplicaManager::ReplicaManager(network::World world, ReplicaSettings settings,
    storage::LogDirectory& logs, const controller::MetadataImage& image, SettingsOf settingsOf,
    IsrUpdates::Send sendAlterPartition)
    : m_world(world)
    , m_settings(std::move(settings))
    , m_logs(logs)
    , m_image(image)
    , m_settingsOf(std::move(settingsOf))
    , m_isrUpdates(
          world.loop, world.log, m_settings.self, std::move(sendAlterPartition),
          [this](const Uuid& topicId, std::int32_t partition) { return find(topicId, partition); },
          [this](BrokerId id) {
              const controller::BrokerImage* const broker = m_image.broker(id);
              return broker == nullptr ? std::int64_t(-1) : broker->epoch;
          })
    , m_leaderQuota(m_settings.quotaWindows, m_settings.quotaWindow)
    , m_followerQuota(m_settings.quotaWindows, m_settings.quotaWindow)
    , m_isrTimer(world.loop)
    , m_checkpointTimer(world.loop)
    , m_retentionTimer(world.loop)
{
    m_isrTimer.start(m_settings.replicaLagTimeMax / 2, [this] { checkIsr(); });
    m_checkpointTimer.start(m_settings.checkpointInterval, [this] { writeCheckpoints(); });
    m_retentionTimer.start(m_settings.retentionCheckInterval, [this] { applyRetention(); });
}

ReplicaManager::~ReplicaManager() = default;

Partition* ReplicaManager::find(const Uuid& topicId, std::int32_t partition)
{
    const auto found = m_partitions.find({topicId, partition});
    return found == m_partitions.end() ? nullptr : found->second.get();
}

Partition* ReplicaManager::find(const std::string& topic, std::int32_t partition)
{
    const controller::TopicImage* const image = m_image.topic(topic);
    return image == nullptr ? nullptr : find(image->id, partition);
}

ErrorCode ReplicaManager::whyMissing(const std::string& topic, std::int32_t partition) const
{
    const controller::TopicImage* const image = m_image.topic(topic);
    const bool isKnown = image != nullptr && m_image.partition(image->id, partition) != nullptr;
    return isKnown ? ErrorCode::NotLeaderOrFollower : ErrorCode::UnknownTopicOrPartition;
}

void ReplicaManager::forEach(const std::function<void(Partition&)>& visit)
{
    for (const auto& [key, partition] : m_partitions)
        visit(*partition);
}

void ReplicaManager::apply(const controller::MetadataDelta& delta)
{
    if (m_isShutDown)
        return;
    for (const auto& topic : delta.deletedTopics)
        for (std::size_t i = 0; i < topic->partitions.size(); ++i)
            retire({topic->id, static_cast<std::int32_t>(i)}, true);
    SettingsInForce known;
    for (const auto& changed : delta.partitions())
        applyPartition(changed.key, known);
    for (const auto& [id, before] : delta.brokers) {
        const controller::BrokerImage* const after = m_image.broker(id);
        const bool isBack = after != nullptr && (!before || before->epoch != after->epoch);
        if (isBack)
            restartFetchersOf(id);
    }
    if (!delta.brokers.empty()) {
        for (const auto& [key, partition] : m_partitions)
            partition->livenessChanged();
    }
    for (const auto& [resource, names] : delta.configs) {
        if (resource.type == controller::ConfigResourceType::Topic)
            refreshSettings(resource.name);
        else if (resource.type == controller::ConfigResourceType::Broker)
            for (const auto& [name, topic] : m_image.topics())
                refreshSettings(name);
    }
}

void ReplicaManager::applyPartition(const Key& key, SettingsInForce& known)
{
    const controller::TopicImage* const topic = m_image.topic(key.topicId);
    const controller::PartitionImage* const image = m_image.partition(key.topicId, key.partition);
    if (topic == nullptr || image == nullptr)
        return;
    Partition* partition = find(key.topicId, key.partition);
    if (!controller::contains(image->replicas, m_settings.self)) {
        if (partition != nullptr)
            retire(key, true);
        return;
    }
    const TopicPartition name{topic->name, key.partition};
    if (!known.settings.log || known.topicId != key.topicId)
        known = {key.topicId, m_settingsOf(topic->name)};
    const TopicSettings& settings = known.settings;
    if (partition == nullptr) {
        auto log = m_logs.findOrCreate(name, key.topicId, settings.log);
        if (!log && log.error().code == ErrorCode::InconsistentTopicId) {
            // A topic of that name was deleted and made again while we were away.
            static_cast<void>(m_logs.remove(name));
            log = m_logs.findOrCreate(name, key.topicId, settings.log);
        }
        if (!log) {
            m_world.log.error(kReplicaManager, "Cannot open the log of {}: {}", name.toString(),
                log.error().message);
            return;
        }
        auto made = std::make_unique<Partition>(*this, name, key.topicId, **log);
        partition = m_partitions.emplace(key, std::move(made)).first->second.get();
    }
    configure(*partition, settings);
    const bool wasLeader = partition->isLeader();
    const std::int32_t epochBefore = partition->leaderEpoch();
    partition->apply(*image);
    const bool isNewLeadership
        = partition->leaderEpoch() != epochBefore || partition->isLeader() != wasLeader;
    if (isNewLeadership || !m_followed.contains(partition)) {
        unfollow(*partition);
        if (partition->role() == Partition::Role::Follower)
            follow(*partition);
    }
    if (isNewLeadership) {
        m_world.log.write(LogLevel::Debug, kStateComponent, "{} is {} of {} with leader epoch {}",
            m_settings.self.value(), partition->isLeader() ? "leader" : "follower", name.toString(),
            partition->leaderEpoch());
        if (m_leadershipChanged)
            m_leadershipChanged(*partition);
    }
}

void ReplicaManager::retire(const Key& key, bool deletesFiles)
{
    const auto found = m_partitions.find(key);
    if (found == m_partitions.end())
        return;
    const std::unique_ptr<Partition> partition = std::move(found->second);
    m_partitions.erase(found);
    unfollow(*partition);
    if (partition->isIsrWatched())
        std::erase(m_isrWatched, partition.get());
    partition->retire(ErrorCode::UnknownTopicOrPartition);
    const TopicPartition name = partition->name();
    if (m_partitionRetired)
        m_partitionRetired(name);
    if (deletesFiles)
        if (const auto removed = m_logs.remove(name); !removed)
            m_world.log.error(
                kReplicaManager, "Cannot delete {}: {}", name.toString(), removed.error().message);
}

std::optional<Endpoint> ReplicaManager::endpointOf(BrokerId broker) const
{
    const controller::BrokerImage* const image = m_image.broker(broker);
    const controller::ListenerImage* const listener
        = image == nullptr ? nullptr : image->listener(m_settings.interBrokerListener);
    return listener == nullptr ? std::nullopt : std::optional(listener->address);
}

bool ReplicaManager::isAlive(BrokerId broker) const
{
    const controller::BrokerImage* const image = m_image.broker(broker);
    return image != nullptr && !image->isFenced;
}

Duration ReplicaManager::lastFetchOf(BrokerId follower) const
{
    const auto found = m_lastFetches.find(follower);
    return found == m_lastFetches.end() ? Duration::min() / 2 : found->second;
}

void ReplicaManager::follow(Partition& partition)
{
    const BrokerId leader = partition.leader();
    const std::optional<Endpoint> endpoint = endpointOf(leader);
    if (!endpoint)
        return; // the leader's registration brings us here again
    auto& fetcher = m_fetchers[leader];
    if (!fetcher)
        fetcher = std::make_unique<ReplicaFetcher>(m_world.loop, m_world.transport, m_world.events,
            m_world.log, leader, *endpoint, m_settings.fetcher, m_followerQuota);
    fetcher->add(partition);
    m_followed[&partition] = leader;
}

void ReplicaManager::unfollow(const Partition& partition)
{
    const auto found = m_followed.find(&partition);
    if (found == m_followed.end())
        return;
    const auto fetcher = m_fetchers.find(found->second);
    m_followed.erase(found);
    if (fetcher == m_fetchers.end())
        return;
    fetcher->second->remove(partition);
    if (fetcher->second->isEmpty())
        m_fetchers.erase(fetcher);
}

void ReplicaManager::restartFetchersOf(BrokerId broker)
{
    const auto endpoint = endpointOf(broker);
    const auto fetcher = m_fetchers.find(broker);
    if (fetcher != m_fetchers.end() && endpoint && fetcher->second->endpoint() == *endpoint)
        return; // the connection finds its way back by itself
    m_fetchers.erase(broker);
    std::erase_if(m_followed, [&](const auto& entry) { return entry.second == broker; });
    for (const auto& [key, partition] : m_partitions)
        if (partition->role() == Partition::Role::Follower && partition->leader() == broker)
            follow(*partition);
}

void ReplicaManager::refreshSettings(const std::string& topic)
{
    const controller::TopicImage* const image = m_image.topic(topic);
    if (image == nullptr)
        return;
    const TopicSettings settings = m_settingsOf(topic);
    for (std::size_t i = 0; i < image->partitions.size(); ++i) {
        Partition* const partition = find(image->id, static_cast<std::int32_t>(i));
        if (partition == nullptr)
            continue;
        partition->log().setConfig(settings.log);
        configure(*partition, settings);
    }
}

void ReplicaManager::configure(Partition& partition, const TopicSettings& settings)
{
    const std::int32_t number = partition.name().partition;
    partition.setMinInSyncReplicas(settings.minInSyncReplicas);
    partition.setThrottled(
        settings.throttledAsLeader.contains(number), settings.throttledAsFollower.contains(number));
}

void ReplicaManager::setReplicationLimits(std::int64_t asLeader, std::int64_t asFollower)
{
    m_leaderQuota.setLimit(asLeader);
    m_followerQuota.setLimit(asFollower);
}

void ReplicaManager::removeStrayReplicas()
{
    for (const TopicPartition& name : m_logs.partitions()) {
        const controller::TopicImage* const topic = m_image.topic(name.topic);
        const controller::PartitionImage* const image
            = topic == nullptr ? nullptr : m_image.partition(topic->id, name.partition);
        if (image != nullptr && controller::contains(image->replicas, m_settings.self))
            continue;
        m_world.log.info(kReplicaManager,
            "Found stray log dir {}: the current metadata do not contain it", name.toString());
        static_cast<void>(m_logs.remove(name));
    }
}

void ReplicaManager::shutdown()
{
    m_isShutDown = true;
    m_isrTimer.cancel();
    m_checkpointTimer.cancel();
    m_retentionTimer.cancel();
    m_isrUpdates.stop();
    m_followed.clear();
    m_fetchers.clear();
    for (const auto& [key, partition] : m_partitions)
        partition->retire(ErrorCode::NotLeaderOrFollower);
}

void ReplicaManager::checkIsr()
{
    // Thousands of quiet partitions are not looked at: their ISR can't change by time alone.
    for (Partition* const partition : std::exchange(m_isrWatched, {})) {
        considerIsr(*partition);
        partition->livenessChanged();
        if (partition->isSettled())
            partition->endIsrWatch();
        else
            m_isrWatched.push_back(partition);
    }
    m_isrTimer.start(m_settings.replicaLagTimeMax / 2, [this] { checkIsr(); });
}

void ReplicaManager::considerIsr(Partition& partition)
{
    if (m_isShutDown)
        return;
    if (auto wanted = partition.wantedIsr())
        m_isrUpdates.propose(partition, std::move(*wanted));
}

void ReplicaManager::writeCheckpoints()
{
    if (const auto written = m_logs.writeCheckpoints(); !written)
        m_world.log.error(
            kReplicaManager, "Cannot write the checkpoints: {}", written.error().message);
    m_logs.releaseIdle();
    m_checkpointTimer.start(m_settings.checkpointInterval, [this] { writeCheckpoints(); });
}

void ReplicaManager::applyRetention()
{
    std::vector<std::pair<Partition*, std::int64_t>> starts;
    for (const auto& [key, partition] : m_partitions)
        starts.emplace_back(partition.get(), partition->log().logStartOffset());
    if (const auto applied = m_logs.applyRetention(); !applied)
        m_world.log.error(kReplicaManager, "Retention failed: {}", applied.error().message);
    for (const auto& [partition, before] : starts)
        if (partition->log().logStartOffset() != before)
            partition->logStartMoved();
    m_retentionTimer.start(m_settings.retentionCheckInterval, [this] { applyRetention(); });
}

} // namespace moldau::broker
