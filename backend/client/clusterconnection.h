#pragma once

#include "base/bytes.h"
#include "base/callback.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/transport.h"
#include "base/uuid.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace moldau::client {

struct BrokerDescription {
    BrokerId id;
    Endpoint address; ///< as advertised to us
    std::string rack;
};

struct PartitionDescription {
    std::int32_t index = 0;
    BrokerId leader = kNoBroker;
    std::int32_t leaderEpoch = -1;
    std::vector<BrokerId> replicas;
    std::vector<BrokerId> inSync;
    std::vector<BrokerId> offline;
};

struct TopicDescription {
    std::string name;
    Uuid id;
    bool isInternal = false;
    std::vector<PartitionDescription> partitions;
};

/** What the cluster's metadata say at one moment. */
struct ClusterDescription {
    std::string clusterId;
    BrokerId controller = kNoBroker;
    std::vector<BrokerDescription> brokers; ///< by id
    std::vector<TopicDescription> topics; ///< by name
};

struct NewTopic {
    std::string name;
    std::int32_t partitions = -1; ///< -1: the broker's num.partitions
    std::int16_t replicationFactor = -1; ///< -1: the broker's default.replication.factor
    std::map<std::string, std::string> configs;
};

enum class ConfigResourceKind : std::int8_t {
    Topic = 2,
    Broker = 4,
    BrokerLogger = 8,
    ClientMetrics = 16,
    Group = 32
};

struct ConfigResource {
    ConfigResourceKind kind = ConfigResourceKind::Topic;
    std::string name;
};

/** Where a value comes from, by Kafka's DescribeConfigsResponse.ConfigSource. */
enum class ConfigSource : std::int8_t {
    Unknown = 0,
    Topic = 1,
    DynamicBroker = 2,
    DynamicDefaultBroker = 3,
    StaticBroker = 4,
    Default = 5,
    DynamicBrokerLogger = 6,
    ClientMetrics = 7,
    Group = 8,
};

struct ConfigEntry {
    std::string name;
    std::optional<std::string> value; ///< none for sensitive values
    ConfigSource source = ConfigSource::Unknown;
    bool isReadOnly = false;
    bool isSensitive = false;
    std::string documentation;
};

/** A value to set, or none to go back to the default. */
using ConfigChange = std::pair<std::string, std::optional<std::string>>;

struct PartitionOffsets {
    std::int32_t partition = 0;
    std::int64_t earliest = -1;
    std::int64_t latest = -1; ///< high watermark
};

struct ReplicaSize {
    BrokerId broker;
    std::string topic;
    std::int32_t partition = 0;
    std::int64_t bytes = 0;
    std::int64_t lag = 0;
};

struct Header {
    std::string key;
    std::optional<Bytes> value;
    bool operator==(const Header&) const = default;
};

/** One record as it was read: bytes are never changed, null is distinct from empty. */
struct Record {
    std::string topic;
    std::int32_t partition = 0;
    std::int64_t offset = 0;
    std::int64_t timestampMs = -1;
    bool isLogAppendTime = false;
    std::int32_t leaderEpoch = -1;
    std::optional<Bytes> key;
    std::optional<Bytes> value;
    std::vector<Header> headers;
};

enum class Acks : std::int16_t { All = -1, None = 0, Leader = 1 };

struct RecordToSend {
    std::string topic;
    std::optional<std::int32_t> partition; ///< none: murmur2 of the key as Java clients do, or any
    std::optional<Bytes> key;
    std::optional<Bytes> value;
    std::vector<Header> headers;
    Acks acks = Acks::All;
};

struct SendReceipt {
    std::int32_t partition = 0;
    std::int64_t offset = -1; ///< -1 with Acks::None
    std::int64_t timestampMs = -1;
    std::int64_t latencyNs = 0;
};

struct GroupSummary {
    std::string id;
    std::string state; ///< Kafka's words: Stable, Empty, …
    std::string type; ///< classic, consumer, share
    std::string protocol;
};

struct GroupMember {
    std::string memberId;
    std::string clientId;
    std::string host;
    std::vector<std::pair<std::string, std::int32_t>> partitions;
};

struct GroupOffset {
    std::string topic;
    std::int32_t partition = 0;
    std::int64_t committed = -1;
};

struct GroupDescription {
    GroupSummary summary;
    BrokerId coordinator = kNoBroker;
    std::vector<GroupMember> members;
    std::vector<GroupOffset> offsets;
};

/** From where a consumer or reader starts. */
struct StartPosition {
    enum class Kind { Beginning, End, Offset, Timestamp, Committed };
    Kind kind = Kind::Beginning;
    std::int64_t value
        = 0; ///< the offset, or milliseconds since 1970; negative offsets count from the end
};

/** Offsets from (inclusive) to (exclusive) of one partition. */
struct OffsetRange {
    std::int32_t partition = 0;
    std::int64_t from = 0;
    std::int64_t to = 0;
    bool operator==(const OffsetRange&) const = default;
};

/** A subscription with a group, or partitions of one's own choice without. */
struct ConsumerOptions {
    std::vector<std::string> topics;
    std::string groupId; ///< empty: assigned partitions, nothing is committed
    std::vector<std::int32_t> partitions; ///< without a group: empty means all of them
    StartPosition start{StartPosition::Kind::End, 0};
    /**
     * Without a group and with one topic: exactly these records are read, then finished();
     * `partitions`, `start` and `stopsAtEnd` don't count. At most one range a partition. Offsets
     * that hold no record (compacted, markers, deleted meanwhile) are left out. Views that jump
     * about in a big topic make many such consumers, each short-lived: it has to be cheap.
     */
    std::vector<OffsetRange> ranges;
    bool stopsAtEnd = false; ///< reads up to the high watermarks of the start, then finished()
    std::int64_t maxRecords
        = 0; ///< finished() after so many; 0 is no limit. A group commits up to the last one
    bool readsCommitted = true;
    std::string clientId = "moldau";
};

/** Hears of a consumer; called on the connection's thread, one call at a time. */
class ConsumerListener {
public:
    virtual ~ConsumerListener() = default;
    /** Records in order of each partition; at most some thousands a call. */
    virtual void recordsArrived(std::vector<Record> records) = 0;
    virtual void assignmentChanged(std::vector<std::pair<std::string, std::int32_t>> partitions)
        = 0;
    virtual void failed(Error error) = 0; ///< it goes on trying unless finished() follows
    virtual void finished() = 0; ///< last call, after stopsAtEnd or a fatal error
};

/**
 * Reads until it is destroyed, which leaves the group and waits for no reply; the listener isn't
 * called any more once the destructor has returned. Destroyed on any thread but the connection's.
 */
class Consumer {
public:
    virtual ~Consumer() = default;
    virtual void pause() = 0;
    virtual void resume() = 0;
};

/**
 * One cluster, embedded or external, without Qt. Functions never block and may be called from any
 * thread; each ends in exactly one call of its callback on the connection's thread, also when the
 * connection is destroyed first (LocalCancelled).
 */
class ClusterConnection {
public:
    template <class T> using Reply = Callback<void(Result<T>)>;
    struct Done { };

    virtual ~ClusterConnection() = default;

    virtual void describeCluster(Reply<ClusterDescription> reply) = 0;
    virtual void createTopic(NewTopic topic, Reply<Done> reply) = 0;
    virtual void deleteTopic(std::string name, Reply<Done> reply) = 0;
    virtual void createPartitions(std::string topic, std::int32_t total, Reply<Done> reply) = 0;
    /** Deletes all records before each offset; -1 means up to the high watermark. */
    virtual void deleteRecords(
        std::string topic, std::map<std::int32_t, std::int64_t> before, Reply<Done> reply)
        = 0;
    virtual void describeConfigs(ConfigResource resource, Reply<std::vector<ConfigEntry>> reply)
        = 0;
    virtual void alterConfigs(
        ConfigResource resource, std::vector<ConfigChange> changes, Reply<Done> reply)
        = 0;
    virtual void listOffsets(std::string topic, Reply<std::vector<PartitionOffsets>> reply) = 0;
    /** For each partition the first offset with this timestamp or a later one; the high watermark
     * when there is none. */
    virtual void offsetsForTime(std::string topic, std::int64_t timestampMs,
        Reply<std::map<std::int32_t, std::int64_t>> reply)
        = 0;
    virtual void describeLogDirs(Reply<std::vector<ReplicaSize>> reply) = 0;
    virtual void listGroups(Reply<std::vector<GroupSummary>> reply) = 0;
    virtual void describeGroup(std::string id, Reply<GroupDescription> reply) = 0;
    virtual void deleteGroup(std::string id, Reply<Done> reply) = 0;

    virtual void send(RecordToSend record, Reply<SendReceipt> reply) = 0;
    /** `listener` outlives the consumer. */
    virtual std::unique_ptr<Consumer> consume(ConsumerOptions options, ConsumerListener& listener)
        = 0;
};

} // namespace moldau::client
