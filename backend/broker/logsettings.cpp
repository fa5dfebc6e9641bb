#include "broker/logsettings.h"

#include <algorithm>
#include <limits>

namespace moldau::broker {

namespace {

storage::TargetCompression toTarget(configs::CompressionType type)
{
    switch (type) {
    case configs::CompressionType::Uncompressed:
        return storage::TargetCompression::Uncompressed;
    case configs::CompressionType::Gzip:
        return storage::TargetCompression::Gzip;
    case configs::CompressionType::Snappy:
        return storage::TargetCompression::Snappy;
    case configs::CompressionType::Lz4:
        return storage::TargetCompression::Lz4;
    case configs::CompressionType::Zstd:
        return storage::TargetCompression::Zstd;
    case configs::CompressionType::Producer:
        break;
    }
    return storage::TargetCompression::Producer;
}

} // namespace

storage::LogConfig toLogConfig(
    const configs::TopicConfig& topic, std::int64_t producerIdExpirationMs)
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

storage::LogCleaner::Options toCleanerOptions(const configs::BrokerLayers& broker)
{
    const auto bytesOf
        = [&](const char* name) { return static_cast<std::size_t>(broker.value(name).toInt()); };
    storage::LogCleaner::Options options;
    options.backoff = std::chrono::milliseconds(broker.value("log.cleaner.backoff.ms").toInt());
    const std::size_t threads = bytesOf("log.cleaner.threads");
    options.isPaused = threads == 0;
    options.limits.keyTableBytes
        = bytesOf("log.cleaner.dedupe.buffer.size") / std::max<std::size_t>(threads, 1);
    options.limits.keyTableFill = broker.value("log.cleaner.io.buffer.load.factor").toDouble();
    options.limits.readBytes = bytesOf("log.cleaner.io.buffer.size");
    options.bytesPerSecond = broker.value("log.cleaner.io.max.bytes.per.second").toDouble();
    return options;
}

} // namespace moldau::broker
