#pragma once

#include "configs/configlayers.h"

namespace moldau::configs {

enum class CompressionType : std::int8_t {
    Uncompressed = 0, // 0 to 4 are the codec's bits in a batch
    Gzip = 1,
    Snappy = 2,
    Lz4 = 3,
    Zstd = 4,
    Producer = 5, ///< keeps what the producer used
};

enum class TimestampType : std::int8_t { CreateTime = 0, LogAppendTime = 1 };

/**
 * A topic's settings in force, for the log and the partition: its overrides, else the broker's,
 * else the defaults (which are the ones here). A plain value, made anew when either changes. Times
 * are milliseconds; -1 in a retention means without end.
 */
struct TopicConfig {
    // cleanup.policy
    bool isDeleted = true;
    bool isCompacted = false;
    std::int64_t retentionMs = 604'800'000;
    std::int64_t retentionBytes = -1;
    std::int64_t localRetentionMs = -2; ///< -2: as retentionMs
    std::int64_t localRetentionBytes = -2;
    std::int64_t fileDeleteDelayMs = 60'000;

    std::int64_t segmentBytes = 1'073'741'824;
    std::int64_t segmentMs = 604'800'000;
    std::int64_t segmentJitterMs = 0;
    std::int32_t segmentIndexBytes = 10'485'760;
    std::int32_t indexIntervalBytes = 4096;
    bool isPreallocated = false;
    std::int64_t flushMessages = INT64_MAX;
    std::int64_t flushMs = INT64_MAX;

    std::int64_t deleteRetentionMs = 86'400'000;
    std::int64_t minCompactionLagMs = 0;
    std::int64_t maxCompactionLagMs = INT64_MAX;
    double minCleanableDirtyRatio = 0.5;

    CompressionType compression = CompressionType::Producer;
    std::int32_t gzipLevel = -1;
    std::int32_t lz4Level = 9;
    std::int32_t zstdLevel = 3;
    std::int32_t maxMessageBytes = 1'048'588;
    std::int32_t maxDecompressedMessageBytes = 2'147'483'639;

    TimestampType timestampType = TimestampType::CreateTime;
    std::int64_t timestampBeforeMaxMs = INT64_MAX;
    std::int64_t timestampAfterMaxMs = 3'600'000;

    std::int32_t minInSyncReplicas = 1;
    bool isUncleanLeaderElectionEnabled = false;
    /** "*" or partition:broker pairs. */
    std::vector<std::string> leaderThrottledReplicas;
    std::vector<std::string> followerThrottledReplicas;

    /** Fails as validateTopicConfigs does. */
    static Result<TopicConfig> resolve(const ConfigMap& overrides, const BrokerLayers& broker);

    bool operator==(const TopicConfig&) const = default;
};

/** The value in force of one topic setting. The overrides were validated. */
ConfigValue topicValue(
    const ConfigDefinition& definition, const ConfigMap& overrides, const BrokerLayers& broker);

} // namespace moldau::configs
