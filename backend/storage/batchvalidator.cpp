#include "storage/batchvalidator.h"

#include "base/bigendian.h"
#include "base/crc32c.h"
#include "protocol/compression.h"
#include "storage/recordscan.h"

#include <fmt/format.h>

#include <algorithm>

namespace moldau::storage {

namespace {

using protocol::Codec;

tl::unexpected<AppendFailure> refuse(
    ErrorCode code, std::string message, std::vector<AppendFailure::RecordError> records = {})
{
    return tl::unexpected(AppendFailure{Error{code, std::move(message)}, std::move(records)});
}

std::size_t unpackLimit(const LogConfig& config)
{
    return std::min(static_cast<std::size_t>(config.maxDecompressedMessageBytes),
        protocol::kMaxDecompressedSize);
}

std::optional<Codec> targetCodec(TargetCompression target)
{
    switch (target) {
    case TargetCompression::Producer:
        return std::nullopt;
    case TargetCompression::Uncompressed:
        return Codec::None;
    case TargetCompression::Gzip:
        return Codec::Gzip;
    case TargetCompression::Snappy:
        return Codec::Snappy;
    case TargetCompression::Lz4:
        return Codec::Lz4;
    case TargetCompression::Zstd:
        return Codec::Zstd;
    }
    return std::nullopt;
}

std::optional<int> levelOf(Codec codec, const LogConfig& config)
{
    switch (codec) {
    case Codec::Gzip:
        return config.gzipLevel < 0 ? std::nullopt : std::optional(config.gzipLevel);
    case Codec::Lz4:
        return config.lz4Level;
    case Codec::Zstd:
        return config.zstdLevel;
    default:
        return std::nullopt;
    }
}

/** Gives the rebuilt batch the head that belongs to it now, with its length and checksum. */
void finishHead(Bytes& batch, const BatchHeader& header)
{
    storeBigEndian(
        batch.data() + 8, static_cast<std::int32_t>(batch.size() - BatchHeader::kLeadSize));
    storeBigEndian(batch.data() + BatchHeader::kCrcStart, header.attributes);
    storeBigEndian(batch.data() + 35, header.maxTimestampMs);
    storeBigEndian(batch.data() + 17, crc32c(BytesView(batch).subspan(BatchHeader::kCrcStart)));
}

} // namespace

/** One batch on its way through the checks, in Kafka's order of them. */
class BatchValidator::Check {
public:
    Check(BytesView batch, const LeaderAppend& context, const LogConfig& config,
        const TopicPartition& partition)
        : m_batch(batch)
        , m_context(context)
        , m_config(config)
        , m_partition(partition)
    {
    }

    tl::expected<Valid, AppendFailure> run();

private:
    using Outcome = tl::expected<void, AppendFailure>;

    bool isClient() const { return m_context.origin == AppendOrigin::Client; }
    Outcome checkFrame();
    Outcome checkHead();
    Outcome checkRecords();
    std::optional<std::string> errorOf(const ScannedRecord& record, ErrorCode& code) const;
    Outcome rebuild(Valid& valid);

    BytesView m_batch;
    const LeaderAppend& m_context;
    const LogConfig& m_config;
    const TopicPartition& m_partition;
    BatchHeader m_header;
    std::int64_t m_maxTimestampMs = -1;
};

tl::expected<BatchValidator::Valid, AppendFailure> BatchValidator::validate(BytesView batch,
    const LeaderAppend& context, const LogConfig& config, const TopicPartition& partition)
{
    return Check(batch, context, config, partition).run();
}

tl::expected<BatchValidator::Valid, AppendFailure> BatchValidator::Check::run()
{
    if (auto framed = checkFrame(); !framed)
        return tl::unexpected(std::move(framed.error()));
    m_maxTimestampMs = m_header.maxTimestampMs;
    if (isClient()) {
        if (auto head = checkHead(); !head)
            return tl::unexpected(std::move(head.error()));
        if (auto records = checkRecords(); !records)
            return tl::unexpected(std::move(records.error()));
    }
    Valid valid;
    valid.batch = m_batch;
    valid.header = m_header;
    if (auto rebuilt = rebuild(valid); !rebuilt)
        return tl::unexpected(std::move(rebuilt.error()));
    return valid;
}

BatchValidator::Check::Outcome BatchValidator::Check::checkFrame()
{
    if (m_batch.empty())
        return refuse(ErrorCode::InvalidRecord,
            fmt::format("Produce requests with version {} must have at least one record batch per "
                        "partition",
                m_context.produceVersion));
    const std::int8_t magic = m_batch.size() > 16 ? loadBigEndian<std::int8_t>(&m_batch[16]) : -1;
    if (magic == 0 || magic == 1)
        return refuse(ErrorCode::UnsupportedForMessageFormat,
            fmt::format("Message format v{} is no longer written; {} takes record batches v2 only",
                magic, m_partition.toString()));
    const auto header = BatchHeader::parse(m_batch);
    if (!header || magic != BatchHeader::kMagic)
        return refuse(ErrorCode::InvalidRecord,
            fmt::format(
                "Produce requests with version {} are only allowed to contain record batches "
                "with magic version 2",
                m_context.produceVersion));
    m_header = *header;
    const auto size = static_cast<std::size_t>(m_header.size);
    if (size > m_batch.size())
        return refuse(ErrorCode::CorruptMessage,
            fmt::format("The record batch in the append to {} is cut", m_partition.toString()));
    if (size < m_batch.size())
        return refuse(ErrorCode::InvalidRecord,
            fmt::format("Produce requests with version {} are only allowed to contain exactly one "
                        "record batch per partition",
                m_context.produceVersion));
    if (m_header.codec() == static_cast<int>(Codec::Zstd) && m_context.produceVersion < 7)
        return refuse(ErrorCode::UnsupportedCompressionType,
            fmt::format("Produce requests with version {} are not allowed to use ZStandard "
                        "compression",
                m_context.produceVersion));
    if (m_header.size > m_config.maxMessageBytes)
        return refuse(ErrorCode::MessageTooLarge,
            fmt::format("The record batch size in the append to {} is {} bytes which exceeds the "
                        "maximum configured value of {}.",
                m_partition.toString(), m_header.size, m_config.maxMessageBytes));
    if (m_header.size > m_config.segmentBytes)
        return refuse(ErrorCode::RecordListTooLarge,
            fmt::format("Message batch size is {} bytes in append to partition {}, which exceeds "
                        "the maximum configured segment size of {}.",
                m_header.size, m_partition.toString(), m_config.segmentBytes));
    if (!isChecksumRight(m_batch) || !protocol::codecFromId(m_header.codec()))
        return refuse(ErrorCode::CorruptMessage,
            fmt::format("Record is corrupt (stored crc = {}) in topic partition {}.", m_header.crc,
                m_partition.toString()));
    return {};
}

BatchValidator::Check::Outcome BatchValidator::Check::checkHead()
{
    const auto invalid
        = [](std::string message) { return refuse(ErrorCode::InvalidRecord, std::move(message)); };
    const auto name = [this] { return m_partition.toString(); };
    if (m_header.baseOffset != 0)
        return invalid(
            fmt::format("The baseOffset of the record batch in the append to {} should be "
                        "0, but it is {}",
                name(), m_header.baseOffset));
    if (m_header.lastOffsetDelta < 0)
        return invalid(
            fmt::format("Batch has an invalid offset range: [{}, {}] in topic partition {}",
                m_header.baseOffset, m_header.lastOffset(), name()));
    if (m_header.recordCount <= 0)
        return invalid(
            fmt::format("Invalid reported count for record batch: {} in topic partition {}",
                m_header.recordCount, name()));
    if (m_header.recordCount != std::int64_t{m_header.lastOffsetDelta} + 1)
        return invalid(
            fmt::format("Inconsistent batch offset range [{}, {}] and count of records {} "
                        "in topic partition {}",
                m_header.baseOffset, m_header.lastOffset(), m_header.recordCount, name()));
    if (m_header.isControl())
        return invalid(fmt::format(
            "Clients are not allowed to write control records in topic partition {}", name()));
    if (m_header.hasProducer() && m_header.baseSequence < 0)
        return invalid(
            fmt::format("Invalid sequence number {} in record batch with producerId {} in "
                        "topic partition {}",
                m_header.baseSequence, m_header.producerId.value(), name()));
    return {};
}

std::optional<std::string> BatchValidator::Check::errorOf(
    const ScannedRecord& record, ErrorCode& code) const
{
    if (m_config.isCompact && !record.key) {
        code = ErrorCode::InvalidRecord;
        return fmt::format(
            "Compacted topic cannot accept message without key in topic partition {}",
            m_partition.toString());
    }
    if (m_header.isLogAppendTime()) {
        code = ErrorCode::InvalidTimestamp;
        return "Invalid timestamp type in message. Producer should not set timestamp type to "
               "LogAppendTime.";
    }
    if (m_config.messageTimestampType != TimestampType::CreateTime || record.timestampMs == -1)
        return std::nullopt;
    // Both limits may be the largest number there is, so neither is added to anything.
    const bool isEarly = record.timestampMs < m_context.nowMs
        && m_context.nowMs - record.timestampMs > m_config.messageTimestampBeforeMaxMs;
    const bool isLate = record.timestampMs > m_context.nowMs
        && record.timestampMs - m_context.nowMs > m_config.messageTimestampAfterMaxMs;
    if (!isEarly && !isLate)
        return std::nullopt;
    code = ErrorCode::InvalidTimestamp;
    const auto limit = [this](std::int64_t distance, int sign) {
        return distance == LogConfig::kForever ? std::string(sign < 0 ? "-inf" : "inf")
                                               : std::to_string(m_context.nowMs + sign * distance);
    };
    return fmt::format(
        "Timestamp {} of message with offset {} is out of range. The timestamp should "
        "be within [{}, {}]",
        record.timestampMs, record.offset, limit(m_config.messageTimestampBeforeMaxMs, -1),
        limit(m_config.messageTimestampAfterMaxMs, 1));
}

BatchValidator::Check::Outcome BatchValidator::Check::checkRecords()
{
    auto scan = RecordScan::open(m_header, m_batch, unpackLimit(m_config));
    if (!scan)
        return refuse(ErrorCode::CorruptMessage, std::move(scan.error().message));
    std::vector<AppendFailure::RecordError> errors;
    ErrorCode code = ErrorCode::InvalidRecord;
    std::int32_t index = 0;
    std::int64_t maxTimestamp = -1;
    while (const auto record = scan->next()) {
        if (record->offsetDelta != index)
            break;
        maxTimestamp = std::max(maxTimestamp, record->timestampMs);
        ErrorCode own = ErrorCode::InvalidRecord;
        if (auto message = errorOf(*record, own)) {
            errors.push_back({index, std::move(*message)});
            if (own == ErrorCode::InvalidTimestamp)
                code = own;
        }
        ++index;
    }
    if (index != m_header.recordCount || !scan->isAtEnd())
        return refuse(ErrorCode::InvalidRecord,
            fmt::format("Record {} of the batch of {} in topic partition {} is malformed", index,
                m_header.recordCount, m_partition.toString()));
    if (errors.empty()) {
        m_maxTimestampMs = maxTimestamp;
        return {};
    }
    if (code == ErrorCode::InvalidTimestamp)
        return refuse(code, "One or more records have been rejected due to invalid timestamp",
            std::move(errors));
    std::string shown;
    for (std::size_t i = 0; i < std::min<std::size_t>(errors.size(), 3); ++i)
        shown += (i > 0 ? ", " : "") + errors[i].message;
    std::string message
        = fmt::format("One or more records have been rejected due to {} record errors in total, "
                      "and only showing the first three errors at most: [{}]",
            errors.size(), shown);
    return refuse(code, std::move(message), std::move(errors));
}

/** Makes a copy where the append time, the largest timestamp or the codec must be another. */
BatchValidator::Check::Outcome BatchValidator::Check::rebuild(Valid& valid)
{
    BatchHeader& header = valid.header;
    const auto source = static_cast<Codec>(m_header.codec());
    const Codec target
        = m_header.isControl() ? source : targetCodec(m_config.compressionType).value_or(source);
    if (m_config.messageTimestampType == TimestampType::LogAppendTime) {
        header.attributes = static_cast<std::int16_t>(header.attributes | 0x8);
        m_maxTimestampMs = valid.logAppendTimeMs = m_context.nowMs;
    }
    header.maxTimestampMs = m_maxTimestampMs;
    if (target == source && header.attributes == m_header.attributes
        && header.maxTimestampMs == m_header.maxTimestampMs)
        return {};

    BytesView records = m_batch.subspan(BatchHeader::kSize);
    Bytes repacked;
    if (target != source) {
        auto plain = protocol::decompress(source, records, unpackLimit(m_config));
        if (!plain)
            return refuse(ErrorCode::CorruptMessage, std::move(plain.error().message));
        auto packed = protocol::compress(target, *plain, levelOf(target, m_config));
        if (!packed)
            return tl::unexpected(AppendFailure{std::move(packed.error()), {}});
        repacked = std::move(*packed);
        records = repacked;
        header.attributes = static_cast<std::int16_t>(
            (header.attributes & ~0x7) | static_cast<std::int16_t>(target));
    }
    valid.rebuilt.reserve(BatchHeader::kSize + records.size());
    valid.rebuilt.assign(m_batch.begin(), m_batch.begin() + BatchHeader::kSize);
    valid.rebuilt.insert(valid.rebuilt.end(), records.begin(), records.end());
    finishHead(valid.rebuilt, header);
    valid.batch = valid.rebuilt;
    header.size = static_cast<std::int32_t>(valid.rebuilt.size());
    if (header.size > m_config.maxMessageBytes)
        return refuse(ErrorCode::MessageTooLarge,
            fmt::format(
                "Message batch size is {} bytes in append to partition {}, which exceeds the "
                "maximum configured size of {}.",
                header.size, m_partition.toString(), m_config.maxMessageBytes));
    return {};
}

} // namespace moldau::storage
