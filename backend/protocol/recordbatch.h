#pragma once

#include "base/ids.h"
#include "protocol/compression.h"
#include "protocol/recordview.h"

#include <memory>
#include <span>

namespace moldau::protocol {

/** Where the parts of a batch v2 stand, counted from its first byte. */
struct BatchLayout {
    static constexpr std::size_t kBaseOffset = 0;
    static constexpr std::size_t kLength = 8; ///< counts what follows it
    static constexpr std::size_t kLeaderEpoch = 12;
    static constexpr std::size_t kMagic = 16;
    static constexpr std::size_t kCrc = 17;
    static constexpr std::size_t kAttributes = 21; ///< the CRC covers all from here on
    static constexpr std::size_t kLastOffsetDelta = 23;
    static constexpr std::size_t kBaseTimestamp = 27;
    static constexpr std::size_t kMaxTimestamp = 35;
    static constexpr std::size_t kProducerId = 43;
    static constexpr std::size_t kProducerEpoch = 51;
    static constexpr std::size_t kBaseSequence = 53;
    static constexpr std::size_t kRecordCount = 57;
    static constexpr std::size_t kRecords = 61;
    /** Base offset and length: what the length does not count. */
    static constexpr std::size_t kOverhead = 12;
};

/**
 * The records of one batch, all of them well formed. They show bytes of the batch, or of a buffer
 * that the set keeps when the batch was compressed.
 */
class RecordSet {
public:
    using const_iterator = std::vector<RecordView>::const_iterator;

    const_iterator begin() const { return m_records.begin(); }
    const_iterator end() const { return m_records.end(); }
    std::size_t size() const { return m_records.size(); }
    bool empty() const { return m_records.empty(); }
    const RecordView& operator[](std::size_t index) const { return m_records[index]; }
    const RecordView& front() const { return m_records.front(); }
    const RecordView& back() const { return m_records.back(); }

private:
    friend class BatchView;
    std::vector<RecordView> m_records;
    std::shared_ptr<const Bytes> m_decompressed;
};

/**
 * A whole batch v2 in bytes that somebody else keeps. parse() has checked its structure: magic,
 * lengths, counts, codec. The CRC and the records are checked when asked for. Copying it copies no
 * byte.
 */
class BatchView {
public:
    /**
     * The batch at the front of `bytes`; more may follow. UNSUPPORTED_FOR_MESSAGE_FORMAT for the
     * message sets of old clients (magic 0 and 1), CORRUPT_MESSAGE for all else, a cut batch too.
     */
    static Result<BatchView> parse(BytesView bytes);

    /** The batch's own bytes. */
    BytesView bytes() const { return m_bytes; }
    std::size_t size() const { return m_bytes.size(); }

    std::int64_t baseOffset() const;
    std::int64_t lastOffset() const { return baseOffset() + lastOffsetDelta(); }
    std::int64_t nextOffset() const { return lastOffset() + 1; }
    std::int32_t lastOffsetDelta() const;
    std::int32_t leaderEpoch() const;
    std::uint32_t crc() const;
    std::int16_t attributes() const;
    std::int64_t baseTimestamp() const;
    std::int64_t maxTimestamp() const;
    ProducerId producerId() const;
    std::int16_t producerEpoch() const;
    std::int32_t baseSequence() const;
    /** It wraps to 0 after the largest int32; -1 without producer. */
    std::int32_t lastSequence() const;
    std::int32_t recordCount() const;

    Codec codec() const { return static_cast<Codec>(attributes() & 0x07); }
    bool isLogAppendTime() const { return (attributes() & 0x08) != 0; }
    bool isTransactional() const { return (attributes() & 0x10) != 0; }
    bool isControl() const { return (attributes() & 0x20) != 0; }
    bool hasProducer() const { return producerId() != kNoProducer; }
    /** When a compacted log may drop the batch's tombstones and markers. */
    std::optional<std::int64_t> deleteHorizonMs() const;

    /** The records block as it stands, maybe compressed. */
    BytesView packedRecords() const { return m_bytes.subspan(BatchLayout::kRecords); }

    bool isCrcRight() const;
    /** CORRUPT_MESSAGE when the CRC is wrong. */
    Result<void> checkCrc() const;

    /**
     * All records, decompressed and checked: as many as the head says, without bytes before or
     * after. Records of an uncompressed batch show the batch's own bytes.
     */
    Result<RecordSet> records(std::size_t maxDecompressedSize = kMaxDecompressedSize) const;
    /** The first record only; still decompresses all. None in an empty batch. */
    Result<std::optional<RecordSet>> firstRecord(
        std::size_t maxDecompressedSize = kMaxDecompressedSize) const;

private:
    explicit BatchView(BytesView bytes)
        : m_bytes(bytes)
    {
    }
    Result<RecordSet> readRecords(std::size_t atMost, std::size_t maxDecompressedSize) const;

    BytesView m_bytes;
};

/**
 * Walks the batches of a buffer. Ends at its end, before a batch that is cut (which is legal at the
 * end of a Fetch response), and at the first malformed one, which error() then tells.
 */
class BatchIterator {
public:
    explicit BatchIterator(BytesView bytes)
        : m_bytes(bytes)
    {
    }

    std::optional<BatchView> next();
    bool hasFailed() const { return m_error.has_value(); }
    const std::optional<Error>& error() const { return m_error; }
    /** Bytes of whole batches that were walked. */
    std::size_t position() const { return m_position; }

private:
    BytesView m_bytes;
    std::size_t m_position = 0;
    std::optional<Error> m_error;
};

// What a leader changes in a whole batch. Offset and epoch lie outside the CRC.

void setBaseOffset(std::span<std::uint8_t> batch, std::int64_t offset);
void setLeaderEpoch(std::span<std::uint8_t> batch, std::int32_t epoch);
/** Also sets the CRC; keeps CreateTime. */
void setMaxTimestamp(std::span<std::uint8_t> batch, std::int64_t timestampMs);
/** Makes it a LogAppendTime batch of that time, with a new CRC. */
void setLogAppendTime(std::span<std::uint8_t> batch, std::int64_t timestampMs);
/** Sets the CRC that the bytes must have. */
void updateCrc(std::span<std::uint8_t> batch);

} // namespace moldau::protocol
