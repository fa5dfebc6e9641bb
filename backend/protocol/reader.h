#pragma once

#include "protocol/messagetypes.h"

namespace moldau::protocol {

/**
 * Reads Kafka's wire types from bytes that may be anything. The first error sticks: from then on
 * every call gives zero, empty or null and consumes nothing, so that callers check once at the end.
 *
 * No input makes it read beyond the bytes, and arrays are bounded twice: by the bytes that are
 * left, and by a budget of memory that grows with the input. One thread; the bytes outlive it.
 */
class Reader {
public:
    /** `owner` keeps the bytes alive; records that are read carry it on. */
    explicit Reader(BytesView bytes, std::shared_ptr<const void> owner = {});

    bool isOk() const { return !m_hasFailed; }
    bool ok() const { return !m_hasFailed; }
    const Error& error() const { return m_error; }
    /** Sets the error unless there is one. */
    void fail(std::string_view what);
    void fail(Error error);

    std::size_t position() const { return m_position; }
    std::size_t remaining() const { return m_hasFailed ? 0 : m_bytes.size() - m_position; }
    /** Bytes that nobody read are an error, too. */
    bool finish();

    bool readBool() { return readInt8() != 0; }
    std::int8_t readInt8() { return static_cast<std::int8_t>(readBigEndian<1>()); }
    std::int16_t readInt16() { return static_cast<std::int16_t>(readBigEndian<2>()); }
    std::uint16_t readUint16() { return static_cast<std::uint16_t>(readBigEndian<2>()); }
    std::int32_t readInt32() { return static_cast<std::int32_t>(readBigEndian<4>()); }
    std::uint32_t readUint32() { return static_cast<std::uint32_t>(readBigEndian<4>()); }
    std::int64_t readInt64() { return static_cast<std::int64_t>(readBigEndian<8>()); }
    double readFloat64();
    Uuid readUuid();
    std::uint32_t readUnsignedVarint();
    /** Zigzag, as in records. */
    std::int32_t readVarint();
    std::int64_t readVarlong();

    /** The bytes themselves, not copied. */
    BytesView readRaw(std::size_t size);

    /** Length of a string, -1 for null. */
    std::int32_t readStringLength(bool isFlexible);
    /** Length of bytes or records, -1 for null. */
    std::int32_t readBytesLength(bool isFlexible);
    /**
     * Number of elements, -1 for null. Fails when the elements, of at least `leastSize` bytes each
     * on the wire and `memorySize` bytes in memory, can't be in what is left.
     */
    std::int32_t readArrayCount(bool isFlexible, std::size_t leastSize, std::size_t memorySize);

    std::string readString(bool isFlexible);
    std::optional<std::string> readNullableString(bool isFlexible);
    Bytes readBytes(bool isFlexible);
    std::optional<Bytes> readNullableBytes(bool isFlexible);
    RecordsView readRecords(bool isFlexible);

private:
    template <std::size_t Size> std::uint64_t readBigEndian()
    {
        if (Size > remaining()) {
            failCut();
            return 0;
        }
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < Size; ++i)
            value = (value << 8) | m_bytes[m_position + i];
        m_position += Size;
        return value;
    }
    void failCut();
    std::int32_t bounded(std::int64_t length);

    BytesView m_bytes;
    std::shared_ptr<const void> m_owner;
    std::size_t m_position = 0;
    std::size_t m_memoryBudget;
    bool m_hasFailed = false;
    Error m_error;
};

} // namespace moldau::protocol
