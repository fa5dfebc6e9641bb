#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "storage/batchheader.h"

#include <cstdint>
#include <optional>

namespace moldau::storage {

/** One record as the log looks at it; shows bytes that the scan's batch or the scan keeps. */
struct ScannedRecord {
    std::int64_t offset = 0;
    std::int64_t timestampMs = -1; ///< with LogAppendTime the batch's
    std::int32_t offsetDelta = 0;
    std::uint8_t attributes = 0;
    std::optional<BytesView> key;
    std::optional<BytesView> value; ///< none: a tombstone
    BytesView afterTimestamp; ///< the record from its offset delta to its end
    BytesView bytes; ///< all of the record with its length
};

/**
 * Walks over the records of one batch and checks that they are well formed, without making objects
 * of their headers. Decompresses the batch once, if it is compressed. Lives no longer than the
 * batch's bytes.
 */
class RecordScan {
public:
    /** `batch` is whole and its checksum was seen to be right. CorruptMessage when it can't be
     * unpacked. */
    static Result<RecordScan> open(
        const BatchHeader& header, BytesView batch, std::size_t maxDecompressedBytes);

    RecordScan(RecordScan&&) = default;
    RecordScan& operator=(RecordScan&&) = default;

    /** The next record; none at the end, or at one that is malformed (then isDamaged()). */
    std::optional<ScannedRecord> next();
    bool isDamaged() const { return m_isDamaged; }
    /** Everything was read: no record is left over and no byte. */
    bool isAtEnd() const { return !m_isDamaged && m_rest.empty() && m_left == 0; }

private:
    RecordScan() = default;

    std::int64_t takeNumber();
    BytesView take(std::int64_t size);
    std::optional<BytesView> takeNullable();
    void skipHeaders();

    Bytes m_unpacked;
    BytesView m_rest;
    BatchHeader m_header;
    std::int32_t m_left = 0; ///< records still to come
    bool m_isDamaged = false;
};

} // namespace moldau::storage
