#pragma once

#include "base/ids.h"
#include "base/transport.h"
#include "configs/configlayers.h"
#include "configs/listenersetting.h"

namespace moldau::configs {

/** One entry of controller.quorum.voters. */
struct ControllerVoter {
    BrokerId id;
    Endpoint address;

    bool operator==(const ControllerVoter&) const = default;
};

/** Who keeps a cluster's metadata. */
enum class Coordination : std::int8_t { KRaft, ZooKeeper };

/**
 * What a broker or controller is started with, read and checked from its properties as Kafka does
 * at start-up. A plain value; the defaults are Kafka's. Times are milliseconds. Values that may
 * change while the broker runs are asked of BrokerLayers instead, which starts as layers().
 */
struct BrokerConfig {
    Coordination coordination = Coordination::KRaft;
    bool isBroker = true;
    bool isController = false;
    BrokerId nodeId = kNoBroker; ///< none only with ZooKeeper, which then hands one out
    std::string rack;

    std::vector<ListenerSetting> listeners;
    /** What clients and brokers are told, without the controller's; an empty host is this machine.
     */
    std::vector<ListenerSetting> advertisedListeners;
    std::string interBrokerListenerName;
    SecurityProtocol interBrokerProtocol = SecurityProtocol::Plaintext;
    std::vector<std::string> controllerListenerNames;
    ListenerProtocols listenerProtocols;

    std::vector<ControllerVoter> voters;
    std::vector<Endpoint> bootstrapControllers;
    std::vector<Endpoint> zookeeperServers;
    std::string zookeeperRoot; ///< path below which the cluster keeps its data, or empty

    std::vector<std::string> logDirs;
    std::string metadataLogDir;

    /** As given, with node.id and broker.id both. */
    ConfigMap properties;

    bool isAutoCreateTopicsEnabled = true;
    bool isDeleteTopicEnabled = true;
    std::int32_t numPartitions = 1;
    std::int16_t defaultReplicationFactor = 1;

    std::int32_t offsetsTopicPartitions = 50;
    std::int16_t offsetsTopicReplicationFactor = 3;
    std::int32_t offsetsTopicSegmentBytes = 104'857'600;
    std::int64_t offsetsRetentionMs = 604'800'000;
    std::int64_t offsetsRetentionCheckIntervalMs = 600'000;
    std::int32_t offsetMetadataMaxBytes = 4096;
    std::int32_t offsetsCommitTimeoutMs = 5000;

    std::int32_t transactionStatePartitions = 50;
    std::int16_t transactionStateReplicationFactor = 3;
    std::int32_t transactionStateMinIsr = 2;
    std::int32_t transactionStateSegmentBytes = 104'857'600;
    std::int32_t transactionMaxTimeoutMs = 900'000;
    std::int32_t transactionalIdExpirationMs = 604'800'000;
    std::int32_t producerIdExpirationMs = 86'400'000;

    std::int32_t groupInitialRebalanceDelayMs = 3000;
    std::int32_t groupMinSessionTimeoutMs = 6000;
    std::int32_t groupMaxSessionTimeoutMs = 1'800'000;
    std::int32_t groupMaxSize = 2'147'483'647;
    std::vector<std::string> groupProtocols; ///< classic, consumer, share, streams

    std::int64_t replicaLagTimeMaxMs = 30'000;
    std::int32_t replicaFetchWaitMaxMs = 500;
    std::int32_t replicaFetchMinBytes = 1;
    std::int32_t replicaFetchMaxBytes = 1'048'576;
    std::int32_t replicaFetchResponseMaxBytes = 10'485'760;
    std::int32_t replicaFetchBackoffMs = 1000;
    std::int32_t replicaSocketTimeoutMs = 30'000;
    std::int32_t replicationQuotaWindows = 11;
    std::int32_t replicationQuotaWindowSeconds = 1;
    std::int64_t highWatermarkCheckpointIntervalMs = 5000;

    std::int32_t brokerHeartbeatIntervalMs = 2000;
    std::int32_t brokerSessionTimeoutMs = 9000;
    std::int32_t initialRegistrationTimeoutMs = 60'000;
    bool isControlledShutdownEnabled = true;
    bool isAutoLeaderRebalanceEnabled = true;
    std::int64_t leaderImbalanceCheckIntervalMs = 300'000;
    std::int32_t quorumElectionTimeoutMs = 1000;
    std::int32_t quorumFetchTimeoutMs = 2000;
    std::int32_t quorumRequestTimeoutMs = 2000;
    std::int64_t zookeeperSessionTimeoutMs = 18'000;

    std::int32_t fetchMaxBytes = 57'671'680;
    std::int32_t socketRequestMaxBytes = 104'857'600;
    std::int64_t connectionsMaxIdleMs = 600'000;
    std::int32_t requestTimeoutMs = 30'000;
    std::int32_t fetchSessionSlots = 1000;
    std::int32_t failedAuthenticationDelayMs = 100;

    std::int64_t retentionCheckIntervalMs = 300'000;
    std::int64_t flushSchedulerIntervalMs = INT64_MAX;
    std::int32_t recoveryPointCheckpointIntervalMs = 60'000;
    std::int32_t logStartOffsetCheckpointIntervalMs = 60'000;
    std::int64_t cleanerBackoffMs = 15'000;
    bool isCleanerEnabled = true;

    std::vector<std::string> saslMechanisms;
    std::string authorizerClass;

    /**
     * InvalidConfig with the message that Kafka ends with, for example "Error creating broker
     * listeners from '…': No security protocol defined for listener PLAINTEXT_HOST". Unknown
     * settings are kept in `properties`.
     */
    static Result<BrokerConfig> fromProperties(ConfigMap properties);

    /** nullptr when no listener has that name (in capitals). */
    const ListenerSetting* listener(std::string_view name) const;
    bool isControllerListener(std::string_view name) const;
    BrokerLayers layers() const { return {{}, {}, properties}; }
    /** Any setting's value, the default where it isn't given. */
    ConfigValue value(std::string_view name) const;
};

} // namespace moldau::configs
