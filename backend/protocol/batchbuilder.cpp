#include "protocol/batchbuilder.h"

#include "protocol/recordbatch.h"

#include <limits>

namespace moldau::protocol {

namespace {

std::size_t varlongSize(std::int64_t value)
{
    auto zigzag
        = (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
    std::size_t size = 1;
    while (zigzag >>= 7)
        ++size;
    return size;
}

std::size_t sizeOf(const std::optional<BytesView>& bytes)
{
    return bytes ? varlongSize(static_cast<std::int64_t>(bytes->size())) + bytes->size() : 1;
}

void write(Writer& out, const std::optional<BytesView>& bytes)
{
    out.writeVarint(bytes ? static_cast<std::int32_t>(bytes->size()) : -1);
    if (bytes)
        out.writeRaw(*bytes);
}

std::int16_t attributesOf(const BatchOptions& options)
{
    const int bits = static_cast<int>(options.codec) | (options.logAppendTimeMs ? 0x08 : 0)
        | (options.isTransactional ? 0x10 : 0) | (options.isControl ? 0x20 : 0)
        | (options.deleteHorizonMs ? 0x40 : 0);
    return static_cast<std::int16_t>(bits);
}

} // namespace

BatchBuilder::BatchBuilder(BatchOptions options)
    : m_options(options)
    , m_lastOffset(options.baseOffset - 1)
{
    if (options.deleteHorizonMs)
        m_baseTimestamp = *options.deleteHorizonMs;
}

std::size_t BatchBuilder::plainSize() const
{
    return BatchLayout::kRecords + m_records.size();
}

void BatchBuilder::append(std::int64_t timestampMs, std::optional<BytesView> key,
    std::optional<BytesView> value, std::span<const RecordHeaderView> headers)
{
    appendAt(m_lastOffset + 1, timestampMs, key, value, headers);
}

void BatchBuilder::append(const RecordView& record)
{
    appendAt(record.offset, record.timestamp, record.key, record.value, record.headers);
}

void BatchBuilder::setLastOffset(std::int64_t offset)
{
    m_lastOffset = std::max(m_lastOffset, offset);
}

void BatchBuilder::appendAt(std::int64_t offset, std::int64_t timestampMs,
    std::optional<BytesView> key, std::optional<BytesView> value,
    std::span<const RecordHeaderView> headers)
{
    if (m_recordCount == 0 && !m_options.deleteHorizonMs)
        m_baseTimestamp = timestampMs;
    const std::int64_t timestampDelta = timestampMs - m_baseTimestamp;
    const std::int64_t offsetDelta = offset - m_options.baseOffset;
    std::size_t size = 1 + varlongSize(timestampDelta) + varlongSize(offsetDelta) + sizeOf(key)
        + sizeOf(value) + varlongSize(static_cast<std::int64_t>(headers.size()));
    for (const RecordHeaderView& header : headers)
        size += sizeOf(asBytes(header.key)) + sizeOf(header.value);

    m_records.writeVarint(static_cast<std::int32_t>(size));
    m_records.writeInt8(0);
    m_records.writeVarlong(timestampDelta);
    m_records.writeVarint(static_cast<std::int32_t>(offsetDelta));
    write(m_records, key);
    write(m_records, value);
    m_records.writeVarint(static_cast<std::int32_t>(headers.size()));
    for (const RecordHeaderView& header : headers) {
        write(m_records, asBytes(header.key));
        write(m_records, header.value);
    }
    m_maxTimestamp = m_recordCount == 0 ? timestampMs : std::max(m_maxTimestamp, timestampMs);
    m_lastOffset = offset;
    ++m_recordCount;
}

Result<Bytes> BatchBuilder::build()
{
    const Bytes plain = m_records.takeBytes();
    auto packed = compress(m_options.codec, plain, m_options.compressionLevel);
    if (!packed)
        return fail(std::move(packed).error());
    const std::size_t size = BatchLayout::kRecords + packed->size();
    const std::int64_t lastDelta = std::max<std::int64_t>(0, m_lastOffset - m_options.baseOffset);
    constexpr std::int64_t kMaxInt32 = std::numeric_limits<std::int32_t>::max();
    if (static_cast<std::int64_t>(std::max(size, plain.size())) > kMaxInt32
        || lastDelta > kMaxInt32)
        return fail(ErrorCode::RecordListTooLarge, "too much for one batch");

    Writer out;
    out.writeInt64(m_options.baseOffset);
    out.writeInt32(static_cast<std::int32_t>(size - BatchLayout::kOverhead));
    out.writeInt32(m_options.leaderEpoch);
    out.writeInt8(2);
    out.writeUint32(0);
    out.writeInt16(attributesOf(m_options));
    out.writeInt32(static_cast<std::int32_t>(lastDelta));
    out.writeInt64(m_baseTimestamp);
    out.writeInt64(m_options.logAppendTimeMs.value_or(m_maxTimestamp));
    out.writeInt64(m_options.producerId.value());
    out.writeInt16(m_options.producerEpoch);
    out.writeInt32(m_options.baseSequence);
    out.writeInt32(m_recordCount);
    out.writeRaw(*packed);
    Bytes batch = out.takeBytes();
    updateCrc(batch);
    return batch;
}

} // namespace moldau::protocol
