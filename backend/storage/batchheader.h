#pragma once

#include "base/bytes.h"
#include "base/ids.h"

#include <cstdint>
#include <limits>
#include <optional>

namespace moldau::storage {

/**
 * The fixed head of a record batch v2, read once. The log works on heads alone wherever it can;
 * records are looked at through protocol::BatchView.
 */
struct BatchHeader {
    static constexpr std::size_t kSize = 61;
    static constexpr std::size_t kLeadSize
        = 12; ///< base offset and length, not counted in the length
    static constexpr std::size_t kCrcStart = 21; ///< the checksum covers all from here to the end
    static constexpr std::size_t kLeaderEpochAt = 12;
    static constexpr std::int8_t kMagic = 2;

    std::int64_t baseOffset = 0;
    std::int64_t baseTimestampMs = -1;
    std::int64_t maxTimestampMs = -1;
    ProducerId producerId = kNoProducer;
    std::int32_t size = 0; ///< of the whole batch
    std::int32_t leaderEpoch = -1;
    std::int32_t lastOffsetDelta = 0;
    std::int32_t baseSequence = -1;
    std::int32_t recordCount = 0;
    std::uint32_t crc = 0;
    std::int16_t attributes = 0;
    std::int16_t producerEpoch = -1;
    std::int8_t magic = 0;

    /** Reads the head; none when there are too few bytes or the length can't be that of a batch v2.
     */
    static std::optional<BatchHeader> parse(BytesView bytes);

    std::int64_t lastOffset() const { return baseOffset + lastOffsetDelta; }
    std::int64_t nextOffset() const { return lastOffset() + 1; }
    int codec() const { return attributes & 0x7; }
    bool isLogAppendTime() const { return (attributes & 0x8) != 0; }
    bool isTransactional() const { return (attributes & 0x10) != 0; }
    bool isControl() const { return (attributes & 0x20) != 0; }
    bool hasDeleteHorizon() const { return (attributes & 0x40) != 0; }
    bool hasProducer() const { return producerId != kNoProducer; }
    /** Sequence of the last record; it wraps to 0 after the largest int32. -1 without sequence. */
    std::int32_t lastSequence() const { return sequenceAfter(baseSequence, lastOffsetDelta); }

    static std::int32_t sequenceAfter(std::int32_t sequence, std::int32_t count)
    {
        if (sequence < 0)
            return -1;
        constexpr std::int64_t kCycle = std::int64_t{std::numeric_limits<std::int32_t>::max()} + 1;
        return static_cast<std::int32_t>((std::int64_t{sequence} + count) % kCycle);
    }
    /** Whether one sequence comes later than another, on the shorter way around. */
    static bool isSequenceAfter(std::int32_t sequence, std::int32_t other)
    {
        constexpr std::uint32_t kCycle = std::uint32_t{1} << 31;
        const std::uint32_t distance
            = (static_cast<std::uint32_t>(sequence) - static_cast<std::uint32_t>(other)) % kCycle;
        return distance != 0 && distance < kCycle / 2;
    }
};

/** Whether the checksum of a whole batch is right. */
bool isChecksumRight(BytesView batch);

} // namespace moldau::storage
