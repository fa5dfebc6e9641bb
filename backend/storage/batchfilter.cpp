#include "storage/batchfilter.h"

#include "base/bigendian.h"
#include "base/crc32c.h"
#include "protocol/compression.h"

#include <algorithm>

namespace moldau::storage {

namespace {

constexpr std::int16_t kHorizonBit = 0x40;

std::uint64_t zigzag(std::int64_t number)
{
    return static_cast<std::uint64_t>(number) << 1 ^ static_cast<std::uint64_t>(number >> 63);
}

void putNumber(Bytes& out, std::int64_t number)
{
    std::uint64_t rest = zigzag(number);
    for (; rest >= 0x80; rest >>= 7)
        out.push_back(static_cast<std::uint8_t>(rest | 0x80));
    out.push_back(static_cast<std::uint8_t>(rest));
}

/** The record once more, its timestamp counted from another base. */
void putRecord(Bytes& out, const ScannedRecord& record, std::int64_t baseTimestampMs)
{
    Bytes body{record.attributes};
    putNumber(body, record.timestampMs - baseTimestampMs);
    body.insert(body.end(), record.afterTimestamp.begin(), record.afterTimestamp.end());
    putNumber(out, static_cast<std::int64_t>(body.size()));
    out.insert(out.end(), body.begin(), body.end());
}

Bytes assemble(const BatchHeader& header, BytesView oldBatch, BytesView records)
{
    Bytes batch(oldBatch.begin(), oldBatch.begin() + BatchHeader::kSize);
    batch.insert(batch.end(), records.begin(), records.end());
    storeBigEndian(
        batch.data() + 8, static_cast<std::int32_t>(batch.size() - BatchHeader::kLeadSize));
    storeBigEndian(batch.data() + BatchHeader::kCrcStart, header.attributes);
    storeBigEndian(batch.data() + 27, header.baseTimestampMs);
    storeBigEndian(batch.data() + 35, header.maxTimestampMs);
    storeBigEndian(batch.data() + 57, header.recordCount);
    storeBigEndian(batch.data() + 17, crc32c(BytesView(batch).subspan(BatchHeader::kCrcStart)));
    return batch;
}

/** Only the head, which tells of the producer's sequence and of the last offset. */
FilteredBatch shellOf(const BatchHeader& header, BytesView batch)
{
    FilteredBatch shell{header, {}};
    if (header.recordCount == 0)
        return shell;
    shell.header.recordCount = 0;
    shell.header.baseTimestampMs = header.maxTimestampMs;
    shell.header.attributes = static_cast<std::int16_t>(header.attributes & ~(kHorizonBit | 0x7));
    shell.rewritten = assemble(shell.header, batch, {});
    shell.header.size = static_cast<std::int32_t>(shell.rewritten.size());
    return shell;
}

} // namespace

Result<std::optional<FilteredBatch>> filterBatch(
    const BatchHeader& header, BytesView batch, const BatchFilter& filter)
{
    const auto nothing = [&]() -> std::optional<FilteredBatch> {
        return filter.keepsShell ? std::optional(shellOf(header, batch)) : std::nullopt;
    };
    if (filter.dropsAll)
        return nothing();

    auto scan = RecordScan::open(header, batch, protocol::kMaxDecompressedSize);
    if (!scan)
        return fail(std::move(scan.error()));
    std::vector<ScannedRecord> kept;
    bool hasTombstone = false;
    while (auto record = scan->next()) {
        if (!filter.keeps(*record))
            continue;
        hasTombstone = hasTombstone || (!header.isControl() && !record->value);
        kept.push_back(*record);
    }
    if (!scan->isAtEnd())
        return fail(ErrorCode::LocalCorruptData, "a batch with malformed records");
    if (kept.empty())
        return nothing();
    const bool needsHorizon
        = (hasTombstone || filter.isMarkerToExpire) && !header.hasDeleteHorizon();
    if (static_cast<std::int32_t>(kept.size()) == header.recordCount && !needsHorizon)
        return FilteredBatch{header, {}};

    FilteredBatch result{header, {}};
    result.header.recordCount = static_cast<std::int32_t>(kept.size());
    if (needsHorizon) {
        result.header.attributes = static_cast<std::int16_t>(header.attributes | kHorizonBit);
        result.header.baseTimestampMs = filter.newHorizonMs;
    }
    if (!header.isLogAppendTime()) {
        result.header.maxTimestampMs
            = std::max_element(kept.begin(), kept.end(), [](const auto& a, const auto& b) {
                  return a.timestampMs < b.timestampMs;
              })->timestampMs;
    }
    Bytes records;
    for (const ScannedRecord& record : kept) {
        if (needsHorizon)
            putRecord(records, record, result.header.baseTimestampMs);
        else
            records.insert(records.end(), record.bytes.begin(), record.bytes.end());
    }
    if (header.codec() != 0) {
        const auto codec = static_cast<protocol::Codec>(header.codec());
        auto packed = protocol::compress(codec, records);
        if (!packed)
            return fail(std::move(packed.error()));
        records = std::move(*packed);
    }
    result.rewritten = assemble(result.header, batch, records);
    result.header.size = static_cast<std::int32_t>(result.rewritten.size());
    return result;
}

} // namespace moldau::storage
