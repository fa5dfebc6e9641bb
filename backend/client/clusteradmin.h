#pragma once

#include "client/brokeradmin.h"

#include <set>

namespace moldau::client {

/** Replicas of each partition, the preferred leader first; empty lets the cluster choose. */
using ReplicaAssignment = std::vector<std::vector<BrokerId>>;

/** What ListOffsets takes beside a timestamp in milliseconds. */
struct OffsetSpec {
    static constexpr std::int64_t kLatest = -1;
    static constexpr std::int64_t kEarliest = -2;
    static constexpr std::int64_t kMaxTimestamp = -3;
    static constexpr std::int64_t kEarliestLocal = -4;
    static constexpr std::int64_t kLatestTiered = -5;
    static constexpr std::int64_t kEarliestPendingUpload = -6;
};

struct FoundOffset {
    std::int64_t offset = -1; ///< -1: no record fits
    std::int64_t timestampMs = -1;
    std::int32_t leaderEpoch = -1;
};

struct CommittedOffset {
    std::int64_t offset = -1;
    std::int32_t leaderEpoch = -1;
    std::string metadata;
};

/** Which value counts where one config is set in several places, the first wins. */
struct ConfigSynonym {
    std::string name;
    std::optional<std::string> value;
    ConfigSource source = ConfigSource::Unknown;
};

struct ConfigDetail {
    ConfigEntry entry;
    std::int8_t type = 0; ///< Kafka's DescribeConfigsResponse.ConfigType
    std::vector<ConfigSynonym> synonyms;
};

struct ConfigOperation {
    enum class Kind : std::int8_t { Set = 0, Delete = 1, Append = 2, Subtract = 3 };
    Kind kind = Kind::Set;
    std::string name;
    std::string value;
};

struct PartitionDetail {
    PartitionDescription basics;
    std::optional<std::vector<BrokerId>> eligibleLeaders; ///< none where the cluster doesn't tell
    std::optional<std::vector<BrokerId>> lastKnownEligibleLeaders;
};

struct TopicDetail {
    std::string name;
    Uuid id;
    bool isInternal = false;
    std::vector<PartitionDetail> partitions;
};

struct GroupMemberDetail {
    GroupMember basics;
    std::string instanceId;
    std::optional<std::int32_t> epoch; ///< consumer and share groups
    std::vector<TopicPartition> assigned;
    std::vector<TopicPartition> target; ///< consumer groups
    bool isClassic = false; ///< a member of the old protocol in a consumer group
};

struct GroupDetail {
    GroupSummary summary; ///< summary.protocol is the assignor
    std::string protocolType; ///< "consumer", "connect", … of classic groups
    BrokerId coordinatorId = kNoBroker;
    Endpoint coordinator;
    std::optional<std::int32_t> epoch;
    std::optional<std::int32_t> targetEpoch;
    std::vector<GroupMemberDetail> members;
};

/**
 * What Kafka's command line tools need beyond ClusterConnection. The same rules: nothing blocks,
 * one call of each callback on the connection's thread. What a cluster or our way to it can't serve
 * ends in LocalUnsupported with a sentence that says why.
 */
class ClusterAdmin : public BrokerAdmin {
public:
    virtual void createTopicOn(NewTopic topic, ReplicaAssignment assignment, Reply<Done> reply) = 0;
    virtual void createPartitionsOn(
        std::string topic, std::int32_t total, ReplicaAssignment added, Reply<Done> reply)
        = 0;
    /** Topics by name with what DescribeTopicPartitions tells; unknown ones are left out. */
    virtual void describeTopics(
        std::vector<std::string> names, Reply<std::vector<TopicDetail>> reply)
        = 0;
    /** Offsets for a timestamp or an OffsetSpec each. */
    virtual void findOffsets(
        std::map<TopicPartition, std::int64_t> what, Reply<PerPartition<FoundOffset>> reply)
        = 0;
    virtual void describeConfigDetails(
        ConfigResource resource, Reply<std::vector<ConfigDetail>> reply)
        = 0;
    virtual void changeConfigs(
        ConfigResource resource, std::vector<ConfigOperation> operations, Reply<Done> reply)
        = 0;

    /** Empty sets mean every state and every type. */
    virtual void listGroupsBy(std::set<std::string> states, std::set<std::string> types,
        Reply<std::vector<GroupSummary>> reply)
        = 0;
    virtual void describeGroupDetail(std::string group, Reply<GroupDetail> reply) = 0;
    virtual void groupOffsets(
        std::string group, Reply<std::map<TopicPartition, CommittedOffset>> reply)
        = 0;
    virtual void alterGroupOffsets(std::string group,
        std::map<TopicPartition, std::int64_t> offsets, Reply<PerPartition<Done>> reply)
        = 0;
    virtual void deleteGroupOffsets(
        std::string group, std::vector<TopicPartition> partitions, Reply<PerPartition<Done>> reply)
        = 0;
};

} // namespace moldau::client
