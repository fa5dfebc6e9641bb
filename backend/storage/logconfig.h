#pragma once

#include <cstdint>
#include <limits>

namespace moldau::storage {

/** message.timestamp.type */
enum class TimestampType : std::uint8_t { CreateTime, LogAppendTime };

/** compression.type: what a leader stores batches as. Producer keeps what was sent. */
enum class TargetCompression : std::uint8_t { Producer, Uncompressed, Gzip, Snappy, Lz4, Zstd };

/**
 * A topic's settings that its logs obey; names and defaults are Kafka's (TopicConfig), times in
 * milliseconds. The configs library fills it; partitions of a topic share one.
 */
struct LogConfig {
    static constexpr std::int64_t kForever = std::numeric_limits<std::int64_t>::max();

    bool isDelete = true; ///< cleanup.policy contains delete
    bool isCompact = false; ///< cleanup.policy contains compact
    TargetCompression compressionType = TargetCompression::Producer;
    int gzipLevel = -1; ///< compression.gzip.level
    int lz4Level = 9; ///< compression.lz4.level
    int zstdLevel = 3; ///< compression.zstd.level

    std::int32_t segmentBytes = 1'073'741'824;
    std::int64_t segmentMs = 604'800'000;
    std::int64_t segmentJitterMs = 0;
    std::int32_t segmentIndexBytes = 10'485'760;
    std::int32_t indexIntervalBytes = 4096;
    std::int64_t retentionMs = 604'800'000; ///< -1: no limit
    std::int64_t retentionBytes = -1; ///< -1: no limit
    std::int64_t fileDeleteDelayMs = 60'000;

    std::int64_t flushMessages = kForever;
    std::int64_t flushMs = kForever;

    std::int32_t maxMessageBytes = 1'048'588; ///< the largest batch, with its header
    std::int32_t maxDecompressedMessageBytes = 2'147'483'639;
    TimestampType messageTimestampType = TimestampType::CreateTime;
    std::int64_t messageTimestampBeforeMaxMs = kForever;
    std::int64_t messageTimestampAfterMaxMs = 3'600'000;

    double minCleanableDirtyRatio = 0.5;
    std::int64_t deleteRetentionMs = 86'400'000; ///< how long tombstones stay after a cleaning
    std::int64_t minCompactionLagMs = 0;
    std::int64_t maxCompactionLagMs = kForever;

    std::int64_t producerIdExpirationMs = 86'400'000; ///< producer.id.expiration.ms, the broker's

    bool operator==(const LogConfig&) const = default;
};

} // namespace moldau::storage
