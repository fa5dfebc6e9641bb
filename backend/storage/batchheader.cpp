#include "storage/batchheader.h"

#include "base/bigendian.h"
#include "base/crc32c.h"

namespace moldau::storage {

std::optional<BatchHeader> BatchHeader::parse(BytesView bytes)
{
    if (bytes.size() < kSize)
        return std::nullopt;
    const std::uint8_t* const at = bytes.data();
    const auto length = loadBigEndian<std::int32_t>(at + 8);
    constexpr std::int32_t kLeast = kSize - kLeadSize;
    constexpr std::int32_t kMost
        = std::numeric_limits<std::int32_t>::max() - static_cast<std::int32_t>(kLeadSize);
    if (length < kLeast || length > kMost)
        return std::nullopt;

    BatchHeader header;
    header.baseOffset = loadBigEndian<std::int64_t>(at);
    header.size = length + static_cast<std::int32_t>(kLeadSize);
    header.leaderEpoch = loadBigEndian<std::int32_t>(at + kLeaderEpochAt);
    header.magic = loadBigEndian<std::int8_t>(at + 16);
    header.crc = loadBigEndian<std::uint32_t>(at + 17);
    header.attributes = loadBigEndian<std::int16_t>(at + kCrcStart);
    header.lastOffsetDelta = loadBigEndian<std::int32_t>(at + 23);
    header.baseTimestampMs = loadBigEndian<std::int64_t>(at + 27);
    header.maxTimestampMs = loadBigEndian<std::int64_t>(at + 35);
    header.producerId = ProducerId(loadBigEndian<std::int64_t>(at + 43));
    header.producerEpoch = loadBigEndian<std::int16_t>(at + 51);
    header.baseSequence = loadBigEndian<std::int32_t>(at + 53);
    header.recordCount = loadBigEndian<std::int32_t>(at + 57);
    return header;
}

bool isChecksumRight(BytesView batch)
{
    return batch.size() >= BatchHeader::kSize
        && crc32c(batch.subspan(BatchHeader::kCrcStart))
        == loadBigEndian<std::uint32_t>(batch.data() + 17);
}

} // namespace moldau::storage
