#include "storage/recordscan.h"

#include "protocol/compression.h"

namespace moldau::storage {

Result<RecordScan> RecordScan::open(
    const BatchHeader& header, BytesView batch, std::size_t maxDecompressedBytes)
{
    RecordScan scan;
    scan.m_header = header;
    scan.m_left = header.recordCount;
    scan.m_rest = batch.subspan(BatchHeader::kSize);
    if (header.codec() != 0) {
        const auto codec = protocol::codecFromId(header.codec());
        if (!codec)
            return fail(ErrorCode::CorruptMessage, "a batch with an unknown codec");
        auto unpacked = protocol::decompress(*codec, scan.m_rest, maxDecompressedBytes);
        if (!unpacked)
            return fail(std::move(unpacked.error()));
        scan.m_unpacked = std::move(*unpacked);
        scan.m_rest = scan.m_unpacked;
    }
    return scan;
}

std::int64_t RecordScan::takeNumber()
{
    std::uint64_t value = 0;
    for (unsigned i = 0; i < 10 && i < m_rest.size(); ++i) {
        const std::uint8_t byte = m_rest[i];
        value |= std::uint64_t{byte & 0x7fu} << (7 * i);
        if ((byte & 0x80) == 0) {
            m_rest = m_rest.subspan(i + 1);
            return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
        }
    }
    m_isDamaged = true;
    return 0;
}

BytesView RecordScan::take(std::int64_t size)
{
    if (m_isDamaged || size < 0 || static_cast<std::uint64_t>(size) > m_rest.size()) {
        m_isDamaged = true;
        return {};
    }
    const BytesView taken = m_rest.first(static_cast<std::size_t>(size));
    m_rest = m_rest.subspan(taken.size());
    return taken;
}

std::optional<BytesView> RecordScan::takeNullable()
{
    const std::int64_t size = takeNumber();
    if (size == -1)
        return std::nullopt;
    return take(size);
}

void RecordScan::skipHeaders()
{
    std::int64_t count = takeNumber();
    m_isDamaged = m_isDamaged || count < 0;
    for (; count > 0 && !m_isDamaged; --count) {
        take(takeNumber());
        takeNullable();
    }
}

std::optional<ScannedRecord> RecordScan::next()
{
    if (m_left == 0 || m_isDamaged)
        return std::nullopt;
    --m_left;
    const BytesView from = m_rest;
    const std::int64_t size = takeNumber();
    if (m_isDamaged || size < 0 || static_cast<std::uint64_t>(size) > m_rest.size()) {
        m_isDamaged = true;
        return std::nullopt;
    }
    const BytesView after = m_rest.subspan(static_cast<std::size_t>(size));
    m_rest = m_rest.first(static_cast<std::size_t>(size));

    ScannedRecord record;
    if (const BytesView attributes = take(1); !attributes.empty())
        record.attributes = attributes.front();
    // Hostile deltas may overflow, which only unsigned numbers may do.
    record.timestampMs = static_cast<std::int64_t>(static_cast<std::uint64_t>(takeNumber())
        + static_cast<std::uint64_t>(m_header.baseTimestampMs));
    if (m_header.isLogAppendTime())
        record.timestampMs = m_header.maxTimestampMs;
    record.afterTimestamp = m_rest;
    const std::int64_t delta = takeNumber();
    m_isDamaged = m_isDamaged || delta < 0 || delta > m_header.lastOffsetDelta;
    record.offsetDelta = static_cast<std::int32_t>(delta);
    record.offset = m_header.baseOffset + delta;
    record.key = takeNullable();
    record.value = takeNullable();
    skipHeaders();
    if (m_isDamaged || !m_rest.empty()) {
        m_isDamaged = true;
        return std::nullopt;
    }
    record.bytes = from.first(from.size() - after.size());
    m_rest = after;
    return record;
}

} // namespace moldau::storage
