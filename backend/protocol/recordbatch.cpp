#include "protocol/recordbatch.h"

#include "base/crc32c.h"
#include "protocol/reader.h"

#include <fmt/format.h>

#include <limits>

namespace moldau::protocol {

namespace {

template <class T> T load(BytesView bytes, std::size_t at)
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i)
        value = (value << 8) | bytes[at + i];
    return static_cast<T>(value);
}

template <class T> void store(std::span<std::uint8_t> bytes, std::size_t at, T value)
{
    for (std::size_t i = 0; i < sizeof(T); ++i) {
        bytes[at + i] = static_cast<std::uint8_t>(
            static_cast<std::uint64_t>(value) >> (8 * (sizeof(T) - 1 - i)));
    }
}

auto corrupt(std::string what)
{
    return fail(ErrorCode::CorruptMessage, std::move(what));
}

constexpr std::int8_t kMagic = 2;

/** The size in its length field; none as long as that isn't there or can't be. */
std::optional<std::size_t> claimedSize(BytesView bytes)
{
    if (bytes.size() < BatchLayout::kOverhead)
        return std::nullopt;
    const auto length = load<std::int32_t>(bytes, BatchLayout::kLength);
    if (length < 0)
        return std::nullopt;
    return static_cast<std::size_t>(length) + BatchLayout::kOverhead;
}

bool isCut(BytesView bytes)
{
    if (bytes.size() < BatchLayout::kOverhead)
        return true;
    const auto size = claimedSize(bytes);
    return size && *size > bytes.size();
}

} // namespace

Result<BatchView> BatchView::parse(BytesView bytes)
{
    if (bytes.size() > BatchLayout::kMagic) {
        const auto magic = load<std::int8_t>(bytes, BatchLayout::kMagic);
        if (magic == 0 || magic == 1)
            return fail(ErrorCode::UnsupportedForMessageFormat,
                fmt::format("message format v{} is no longer written", magic));
        if (magic != kMagic)
            return corrupt(fmt::format("no batch has magic {}", magic));
    }
    const auto size = claimedSize(bytes);
    if (!size || *size > bytes.size())
        return corrupt("a cut batch");
    if (*size < BatchLayout::kRecords)
        return corrupt(fmt::format("a batch of {} bytes is shorter than its head", *size));
    const BatchView batch(bytes.first(*size));
    if (batch.recordCount() < 0 || batch.lastOffsetDelta() < 0
        || batch.recordCount() - 1 > batch.lastOffsetDelta())
        return corrupt(fmt::format("{} records in {} offsets", batch.recordCount(),
            std::int64_t{batch.lastOffsetDelta()} + 1));
    if (!codecFromId(batch.attributes() & 0x07))
        return corrupt(fmt::format("no codec has the number {}", batch.attributes() & 0x07));
    return batch;
}

// clang-format off
std::int64_t BatchView::baseOffset() const { return load<std::int64_t>(m_bytes, BatchLayout::kBaseOffset); }
std::int32_t BatchView::lastOffsetDelta() const { return load<std::int32_t>(m_bytes, BatchLayout::kLastOffsetDelta); }
std::int32_t BatchView::leaderEpoch() const { return load<std::int32_t>(m_bytes, BatchLayout::kLeaderEpoch); }
std::uint32_t BatchView::crc() const { return load<std::uint32_t>(m_bytes, BatchLayout::kCrc); }
std::int16_t BatchView::attributes() const { return load<std::int16_t>(m_bytes, BatchLayout::kAttributes); }
std::int64_t BatchView::baseTimestamp() const { return load<std::int64_t>(m_bytes, BatchLayout::kBaseTimestamp); }
std::int64_t BatchView::maxTimestamp() const { return load<std::int64_t>(m_bytes, BatchLayout::kMaxTimestamp); }
ProducerId BatchView::producerId() const { return ProducerId(load<std::int64_t>(m_bytes, BatchLayout::kProducerId)); }
std::int16_t BatchView::producerEpoch() const { return load<std::int16_t>(m_bytes, BatchLayout::kProducerEpoch); }
std::int32_t BatchView::baseSequence() const { return load<std::int32_t>(m_bytes, BatchLayout::kBaseSequence); }
std::int32_t BatchView::recordCount() const { return load<std::int32_t>(m_bytes, BatchLayout::kRecordCount); }
// clang-format on

std::int32_t BatchView::lastSequence() const
{
    if (baseSequence() < 0)
        return -1;
    return static_cast<std::int32_t>((std::int64_t{baseSequence()} + lastOffsetDelta())
        & std::int64_t{std::numeric_limits<std::int32_t>::max()});
}

std::optional<std::int64_t> BatchView::deleteHorizonMs() const
{
    if ((attributes() & 0x40) == 0)
        return std::nullopt;
    return baseTimestamp();
}

bool BatchView::isCrcRight() const
{
    return crc() == crc32c(m_bytes.subspan(BatchLayout::kAttributes));
}

Result<void> BatchView::checkCrc() const
{
    if (!isCrcRight())
        return corrupt(fmt::format("the CRC of the batch at offset {} is wrong", baseOffset()));
    return {};
}

Result<RecordSet> BatchView::readRecords(std::size_t atMost, std::size_t maxDecompressedSize) const
{
    RecordSet set;
    BytesView plain = packedRecords();
    if (codec() != Codec::None) {
        auto decompressed = decompress(codec(), plain, maxDecompressedSize);
        if (!decompressed)
            return fail(std::move(decompressed).error());
        set.m_decompressed = std::make_shared<const Bytes>(*std::move(decompressed));
        plain = *set.m_decompressed;
    }
    Reader in(plain);
    RecordBase base{baseOffset(), baseTimestamp(), std::nullopt, baseSequence()};
    if (isLogAppendTime())
        base.logAppendTime = maxTimestamp();
    const auto count = std::min(atMost, static_cast<std::size_t>(recordCount()));
    for (std::size_t i = 0; i < count && in.ok(); ++i)
        set.m_records.push_back(readRecord(in, base));
    if (atMost >= static_cast<std::size_t>(recordCount()))
        in.finish();
    if (!in.ok())
        return corrupt(fmt::format("batch at offset {}: {}", baseOffset(), in.error().message));
    return set;
}

Result<RecordSet> BatchView::records(std::size_t maxDecompressedSize) const
{
    return readRecords(std::numeric_limits<std::size_t>::max(), maxDecompressedSize);
}

Result<std::optional<RecordSet>> BatchView::firstRecord(std::size_t maxDecompressedSize) const
{
    if (recordCount() == 0)
        return std::nullopt;
    auto first = readRecords(1, maxDecompressedSize);
    if (!first)
        return fail(std::move(first).error());
    return *std::move(first);
}

std::optional<BatchView> BatchIterator::next()
{
    const BytesView rest = m_bytes.subspan(m_position);
    if (m_error || rest.empty())
        return std::nullopt;
    auto batch = BatchView::parse(rest);
    if (!batch) {
        const bool isOldFormat = batch.error().code == ErrorCode::UnsupportedForMessageFormat;
        if (!isCut(rest) || isOldFormat)
            m_error = std::move(batch).error();
        return std::nullopt;
    }
    m_position += batch->size();
    return *batch;
}

void setBaseOffset(std::span<std::uint8_t> batch, std::int64_t offset)
{
    store(batch, BatchLayout::kBaseOffset, offset);
}

void setLeaderEpoch(std::span<std::uint8_t> batch, std::int32_t epoch)
{
    store(batch, BatchLayout::kLeaderEpoch, epoch);
}

void setMaxTimestamp(std::span<std::uint8_t> batch, std::int64_t timestampMs)
{
    store(batch, BatchLayout::kMaxTimestamp, timestampMs);
    updateCrc(batch);
}

void setLogAppendTime(std::span<std::uint8_t> batch, std::int64_t timestampMs)
{
    const auto attributes = load<std::int16_t>(batch, BatchLayout::kAttributes);
    store(batch, BatchLayout::kAttributes, static_cast<std::int16_t>(attributes | 0x08));
    setMaxTimestamp(batch, timestampMs);
}

void updateCrc(std::span<std::uint8_t> batch)
{
    store(batch, BatchLayout::kCrc, crc32c(BytesView(batch).subspan(BatchLayout::kAttributes)));
}

} // namespace moldau::protocol
