#pragma once

#include "broker/replica/isrupdates.h"
#include "broker/replica/partition.h"
#include "broker/replica/replicafetcher.h"
#include "broker/replica/replicationquota.h"
#include "controller/metadataimage.h"
#include "network/world.h"
#include "storage/logdirectory.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>

namespace moldau::broker {

/** A broker's settings that replicas obey; see the settings of the same names. */
struct ReplicaSettings {
    BrokerId self;
    std::string interBrokerListener;
    Duration replicaLagTimeMax = std::chrono::seconds(30);
    Duration checkpointInterval
        = std::chrono::seconds(5); ///< replica.high.watermark.checkpoint.interval.ms
    Duration retentionCheckInterval = std::chrono::minutes(5); ///< log.retention.check.interval.ms
    FetcherOptions fetcher;
    std::int32_t quotaWindows = 11; ///< replication.quota.window.num
    Duration quotaWindow = std::chrono::seconds(1); ///< replication.quota.window.size.seconds
};

/** A topic's settings as its partitions need them. */
struct TopicSettings {
    std::shared_ptr<const storage::LogConfig> log;
    std::int32_t minInSyncReplicas = 1;
    ThrottledPartitions throttledAsLeader;
    ThrottledPartitions throttledAsFollower;
};

/**
 * All replicas of one broker: makes and removes them as the metadata say, lets followers fetch,
 * asks the controller for ISR changes, and does the periodic work of logs (Kafka's
 * ReplicaManager). Owned by the BrokerNode, on its thread.
 */
class ReplicaManager final : public PartitionHost {
public:
    /** Effective settings of a topic, from the image and the broker's own settings. */
    using SettingsOf = std::function<TopicSettings(const std::string& topic)>;
    /** Hears of changes of leadership and of new replicas, after they are in force. */
    using LeadershipChanged = std::function<void(Partition&)>;
    using PartitionRetired = std::function<void(const TopicPartition&)>;

    ReplicaManager(network::World world, ReplicaSettings settings, storage::LogDirectory& logs,
        const controller::MetadataImage& image, SettingsOf settingsOf,
        IsrUpdates::Send sendAlterPartition);
    ~ReplicaManager() override;

    /** Brings replicas in line with the image, which already holds what `delta` names. */
    void apply(const controller::MetadataDelta& delta);
    /** Removes what the disk has of topics that were deleted while the broker was down. Call once,
     * with a whole image. */
    void removeStrayReplicas();
    /** Stops fetching and serving; what waits is failed. Logs stay open for close(). */
    void shutdown();

    /** Looks whether the ISR should change, and asks the controller for it. */
    void considerIsr(Partition& partition);

    Partition* find(const Uuid& topicId, std::int32_t partition);
    Partition* find(const std::string& topic, std::int32_t partition);
    /** Of a partition that has no replica here: NotLeaderOrFollower, or UnknownTopicOrPartition. */
    ErrorCode whyMissing(const std::string& topic, std::int32_t partition) const;
    void forEach(const std::function<void(Partition&)>& visit);
    storage::LogDirectory& logs() { return m_logs; }

    /** Bytes a second for throttled partitions; ReplicationQuota::kUnlimited lifts it. */
    void setReplicationLimits(std::int64_t asLeader, std::int64_t asFollower);
    /** What a follower gets of throttled partitions. */
    ReplicationQuota& leaderQuota() { return m_leaderQuota; }

    void onLeadershipChanged(LeadershipChanged handler)
    {
        m_leadershipChanged = std::move(handler);
    }
    void onPartitionRetired(PartitionRetired handler) { m_partitionRetired = std::move(handler); }

    // PartitionHost
    BrokerId self() const override { return m_settings.self; }
    EventLoop& loop() override { return m_world.loop; }
    EventSink& events() override { return m_world.events; }
    bool mayJoinIsr(BrokerId broker) const override { return m_image.isActive(broker); }
    bool isAlive(BrokerId broker) const override;
    Duration replicaLagTimeMax() const override { return m_settings.replicaLagTimeMax; }
    Duration lastFetchOf(BrokerId follower) const override;
    void watchIsr(Partition& partition) override { m_isrWatched.push_back(&partition); }
    /** A follower's request came. */
    void noteFetchOf(BrokerId follower) { m_lastFetches[follower] = m_world.loop.now(); }

private:
    using Key = controller::PartitionKey;

    /** Of the topic that was looked at last: its partitions come one after the other, and share
     * them. */
    struct SettingsInForce {
        Uuid topicId;
        TopicSettings settings;
    };

    void applyPartition(const Key& key, SettingsInForce& known);
    void retire(const Key& key, bool deletesFiles);
    void follow(Partition& partition);
    void unfollow(const Partition& partition);
    void restartFetchersOf(BrokerId broker);
    void refreshSettings(const std::string& topic);
    static void configure(Partition& partition, const TopicSettings& settings);
    std::optional<Endpoint> endpointOf(BrokerId broker) const;

    void checkIsr();
    void writeCheckpoints();
    void applyRetention();

    network::World m_world;
    ReplicaSettings m_settings;
    storage::LogDirectory& m_logs;
    const controller::MetadataImage& m_image;
    SettingsOf m_settingsOf;
    IsrUpdates m_isrUpdates;
    ReplicationQuota m_leaderQuota;
    ReplicationQuota m_followerQuota; ///< of the fetchers
    LeadershipChanged m_leadershipChanged;
    PartitionRetired m_partitionRetired;
    std::unordered_map<Key, std::unique_ptr<Partition>, controller::PartitionKeyHash> m_partitions;
    std::map<BrokerId, std::unique_ptr<ReplicaFetcher>> m_fetchers;
    std::unordered_map<const Partition*, BrokerId> m_followed;
    std::map<BrokerId, Duration> m_lastFetches; // by followers
    std::vector<Partition*> m_isrWatched; ///< in no order; settled ones leave at the next look
    bool m_isShutDown = false;
    Timer m_isrTimer;
    Timer m_checkpointTimer;
    Timer m_retentionTimer;
};

} // namespace moldau::broker
