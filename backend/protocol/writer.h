#pragma once

#include "protocol/messagetypes.h"

namespace moldau::protocol {

/**
 * Collects what goes on the wire. Small values are copied into one buffer; record slices from
 * kMinReferenced bytes up are referenced, so the result is a chain whose slices keep their owners.
 * The first error sticks, like the Reader's. One thread.
 */
class Writer {
public:
    /** Shorter record slices cost less copied than as a piece of their own. */
    static constexpr std::size_t kMinReferenced = 1024;

    bool ok() const { return !m_hasFailed; }
    const Error& error() const { return m_error; }
    void fail(ErrorCode code, std::string what);

    std::size_t size() const { return m_chainSize + m_buffer.size(); }

    void writeBool(bool value) { writeInt8(value ? 1 : 0); }
    void writeInt8(std::int8_t value) { m_buffer.push_back(static_cast<std::uint8_t>(value)); }
    void writeInt16(std::int16_t value) { writeBigEndian(static_cast<std::uint16_t>(value), 2); }
    void writeUint16(std::uint16_t value) { writeBigEndian(value, 2); }
    void writeInt32(std::int32_t value) { writeBigEndian(static_cast<std::uint32_t>(value), 4); }
    void writeUint32(std::uint32_t value) { writeBigEndian(value, 4); }
    void writeInt64(std::int64_t value) { writeBigEndian(static_cast<std::uint64_t>(value), 8); }
    void writeFloat64(double value);
    void writeUuid(const Uuid& id);
    void writeUnsignedVarint(std::uint32_t value);
    void writeVarint(std::int32_t value);
    void writeVarlong(std::int64_t value);
    void writeRaw(BytesView bytes);

    void writeString(std::string_view text, bool isFlexible);
    void writeNullString(bool isFlexible);
    void writeBytes(BytesView bytes, bool isFlexible);
    /** Null bytes, records or array: they look the same. */
    void writeNullBytes(bool isFlexible);
    void writeArrayCount(std::size_t count, bool isFlexible);
    void writeRecords(const RecordsView& records, bool isFlexible);
    /** The slice itself, referenced when it is big. */
    void writeSlice(const Slice& slice);

    /** What follows up to endSized() gets its length in front, as an unsigned varint. */
    std::size_t beginSized();
    void endSized(std::size_t begin);

    /** Everything written so far, and an empty writer. */
    SliceChain takeChain();
    /** The same in one piece. */
    Bytes takeBytes();

private:
    void writeBigEndian(std::uint64_t value, unsigned size);
    void closeBuffer();

    Bytes m_buffer;
    SliceChain m_chain;
    std::size_t m_chainSize = 0;
    bool m_hasFailed = false;
    Error m_error;
};

} // namespace moldau::protocol
