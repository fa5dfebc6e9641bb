#include "configs/topicconfig.h"

#include "configs/configvalidation.h"

#include <algorithm>

namespace moldau::configs {

namespace {

CompressionType compressionFrom(std::string_view name)
{
    if (name == "uncompressed")
        return CompressionType::Uncompressed;
    if (name == "gzip")
        return CompressionType::Gzip;
    if (name == "snappy")
        return CompressionType::Snappy;
    if (name == "lz4")
        return CompressionType::Lz4;
    return name == "zstd" ? CompressionType::Zstd : CompressionType::Producer;
}

/** Reads one topic's values into the fields of a TopicConfig. */
class Resolver {
public:
    Resolver(const ConfigMap& overrides, const BrokerLayers& broker)
        : m_overrides(overrides)
        , m_broker(broker)
    {
    }

    ConfigValue value(std::string_view name) const
    {
        return topicValue(*find(ConfigScope::Topic, name), m_overrides, m_broker);
    }
    void read(std::string_view name, bool& field) const { field = value(name).toBool(); }
    void read(std::string_view name, double& field) const { field = value(name).toDouble(); }
    void read(std::string_view name, std::int64_t& field) const { field = value(name).toInt(); }
    void read(std::string_view name, std::int32_t& field) const
    {
        field = static_cast<std::int32_t>(value(name).toInt());
    }
    void read(std::string_view name, std::vector<std::string>& field) const
    {
        field = value(name).toList();
    }

private:
    const ConfigMap& m_overrides;
    const BrokerLayers& m_broker;
};

} // namespace

ConfigValue topicValue(
    const ConfigDefinition& definition, const ConfigMap& overrides, const BrokerLayers& broker)
{
    if (const auto found = overrides.find(definition.name); found != overrides.end()) {
        if (auto value = parseValue(definition, found->second))
            return *std::move(value);
    }
    ConfigValue value = broker.synonymValue(definition);
    // A broker's retention below zero means without end, whatever the number.
    if (definition.name == "retention.ms" && value.toInt() < 0)
        return ConfigValue(std::int64_t{-1});
    return value;
}

Result<TopicConfig> TopicConfig::resolve(const ConfigMap& overrides, const BrokerLayers& broker)
{
    if (const auto checked = validateTopicConfigs(overrides); !checked)
        return fail(checked.error());
    const Resolver from(overrides, broker);
    TopicConfig topic;
    const ConfigValue policies = from.value("cleanup.policy");
    const auto hasPolicy = [&](std::string_view name) {
        return std::ranges::find(policies.toList(), name) != policies.toList().end();
    };
    topic.isDeleted = hasPolicy("delete");
    topic.isCompacted = hasPolicy("compact");
    from.read("retention.ms", topic.retentionMs);
    from.read("retention.bytes", topic.retentionBytes);
    from.read("local.retention.ms", topic.localRetentionMs);
    from.read("local.retention.bytes", topic.localRetentionBytes);
    from.read("file.delete.delay.ms", topic.fileDeleteDelayMs);
    from.read("segment.bytes", topic.segmentBytes);
    if (const ConfigValue internal = from.value("internal.segment.bytes"); !internal.isNull())
        topic.segmentBytes = internal.toInt();
    from.read("segment.ms", topic.segmentMs);
    from.read("segment.jitter.ms", topic.segmentJitterMs);
    from.read("segment.index.bytes", topic.segmentIndexBytes);
    from.read("index.interval.bytes", topic.indexIntervalBytes);
    from.read("preallocate", topic.isPreallocated);
    from.read("flush.messages", topic.flushMessages);
    from.read("flush.ms", topic.flushMs);
    from.read("delete.retention.ms", topic.deleteRetentionMs);
    from.read("min.compaction.lag.ms", topic.minCompactionLagMs);
    from.read("max.compaction.lag.ms", topic.maxCompactionLagMs);
    from.read("min.cleanable.dirty.ratio", topic.minCleanableDirtyRatio);
    topic.compression = compressionFrom(from.value("compression.type").toString());
    from.read("compression.gzip.level", topic.gzipLevel);
    from.read("compression.lz4.level", topic.lz4Level);
    from.read("compression.zstd.level", topic.zstdLevel);
    from.read("max.message.bytes", topic.maxMessageBytes);
    from.read("max.decompressed.message.bytes", topic.maxDecompressedMessageBytes);
    if (from.value("message.timestamp.type").toString() == "LogAppendTime")
        topic.timestampType = TimestampType::LogAppendTime;
    from.read("message.timestamp.before.max.ms", topic.timestampBeforeMaxMs);
    from.read("message.timestamp.after.max.ms", topic.timestampAfterMaxMs);
    from.read("min.insync.replicas", topic.minInSyncReplicas);
    from.read("unclean.leader.election.enable", topic.isUncleanLeaderElectionEnabled);
    from.read("leader.replication.throttled.replicas", topic.leaderThrottledReplicas);
    from.read("follower.replication.throttled.replicas", topic.followerThrottledReplicas);
    return topic;
}

} // namespace moldau::configs
