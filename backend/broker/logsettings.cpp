#include "broker/logsettings.h"

#include <algorithm>
#include <limits>

namespace moldau::broker {

namespace {

storage::TargetCompression toTarget(configs::CompressionType type)
{
    switch (type) {
    case configs::CompressionType::Uncompressed: return storage::TargetCompression::Uncompressed;
    case configs::CompressionType::Gzip: return storage::TargetCompression::Gzip;
    case configs::CompressionType::Snappy: return storage::TargetCompression::Snappy;
    case configs::CompressionType::Lz4: return storage::TargetCompression::Lz4;
    case configs::CompressionType::Zstd: return storage::TargetCompression::Zstd;
    case configs::CompressionType::Producer: break;
    }
    return storage::TargetCompression::Producer;
}

} // namespace

storage::LogConfig toLogConfig(const configs::TopicConfig& topic, std::int64_t producerIdExpirationMs)
{
    storage::LogConfig log;
    log.isDelete = topic.isDeleted;
    log.isCompact = topic.isCompacted;
    log.compressionType = toTarget(topic.compression);
    log.gzipLevel = topic.gzipLevel;
    log.lz4Level = topic.lz4Level;
    log.zstdLevel = topic.zstdLevel;
    log.segmentBytes = static_cast<std::int32_t>(
        std::min<std::int64_t>(topic.segmentBytes, std::numeric_limits<std::int32_t>::max()));
    log.segmentMs = topic.segmentMs;
    log.segmentJitterMs = topic.segmentJitterMs;
    log.segmentIndexBytes = topic.segmentIndexBytes;
    log.indexIntervalBytes = topic.indexIntervalBytes;
    log.retentionMs = topic.retentionMs;
    log.retentionBytes = topic.retentionBytes;
    log.fileDeleteDelayMs = topic.fileDeleteDelayMs;
    log.flushMessages = topic.flushMessages;
    log.flushMs = topic.flushMs;
    log.maxMessageBytes = topic.maxMessageBytes;
    log.maxDecompressedMessageBytes = topic.maxDecompressedMessageBytes;
    log.messageTimestampType = topic.timestampType == configs::TimestampType::LogAppendTime
        ? storage::TimestampType::LogAppendTime
        : storage::TimestampType::CreateTime;
    log.messageTimestampBeforeMaxMs = topic.timestampBeforeMaxMs;
    log.messageTimestampAfterMaxMs = topic.timestampAfterMaxMs;
    log.minCleanableDirtyRatio = topic.minCleanableDirtyRatio;
    log.deleteRetentionMs = topic.deleteRetentionMs;
    log.minCompactionLagMs = topic.minCompactionLagMs;
    log.maxCompactionLagMs = topic.maxCompactionLagMs;
    log.producerIdExpirationMs = producerIdExpirationMs;
    return log;
}

} // namespace moldau::broker
