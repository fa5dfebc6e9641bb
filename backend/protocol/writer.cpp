#include "protocol/writer.h"

#include <fmt/format.h>

#include <bit>
#include <limits>

namespace moldau::protocol {

namespace {

constexpr std::size_t kLongestString = 0x7fff;
constexpr std::size_t kMaxLength = std::numeric_limits<std::int32_t>::max() - 1;

std::size_t encodeVarint(std::uint64_t value, std::uint8_t* out)
{
    std::size_t size = 0;
    while (value >= 0x80) {
        out[size++] = static_cast<std::uint8_t>(value | 0x80);
        value >>= 7;
    }
    out[size++] = static_cast<std::uint8_t>(value);
    return size;
}

} // namespace

void Writer::fail(ErrorCode code, std::string what)
{
    if (m_hasFailed)
        return;
    m_hasFailed = true;
    m_error = Error{code, std::move(what)};
}

void Writer::writeBigEndian(std::uint64_t value, unsigned size)
{
    const std::size_t begin = m_buffer.size();
    m_buffer.resize(begin + size);
    for (unsigned i = 0; i < size; ++i)
        m_buffer[begin + i] = static_cast<std::uint8_t>(value >> (8 * (size - 1 - i)));
}

void Writer::writeFloat64(double value)
{
    writeBigEndian(std::bit_cast<std::uint64_t>(value), 8);
}

void Writer::writeUuid(const Uuid& id)
{
    writeRaw(id.bytes);
}

void Writer::writeUnsignedVarint(std::uint32_t value)
{
    std::uint8_t encoded[10];
    writeRaw({encoded, encodeVarint(value, encoded)});
}

void Writer::writeVarint(std::int32_t value)
{
    writeUnsignedVarint(
        (static_cast<std::uint32_t>(value) << 1) ^ static_cast<std::uint32_t>(value >> 31));
}

void Writer::writeVarlong(std::int64_t value)
{
    std::uint8_t encoded[10];
    const auto zigzag
        = (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
    writeRaw({encoded, encodeVarint(zigzag, encoded)});
}

void Writer::writeRaw(BytesView bytes)
{
    m_buffer.insert(m_buffer.end(), bytes.begin(), bytes.end());
}

void Writer::writeString(std::string_view text, bool isFlexible)
{
    if (text.size() > kLongestString) {
        fail(ErrorCode::LocalInvalidArgument,
            fmt::format("a string of {} bytes is too long for the wire", text.size()));
        return;
    }
    if (isFlexible)
        writeUnsignedVarint(static_cast<std::uint32_t>(text.size() + 1));
    else
        writeInt16(static_cast<std::int16_t>(text.size()));
    writeRaw(asBytes(text));
}

void Writer::writeNullString(bool isFlexible)
{
    if (isFlexible)
        writeUnsignedVarint(0);
    else
        writeInt16(-1);
}

void Writer::writeArrayCount(std::size_t count, bool isFlexible)
{
    if (count > kMaxLength)
        fail(ErrorCode::LocalInvalidArgument, fmt::format("{} elements are too many", count));
    else if (isFlexible)
        writeUnsignedVarint(static_cast<std::uint32_t>(count + 1));
    else
        writeInt32(static_cast<std::int32_t>(count));
}

void Writer::writeBytes(BytesView bytes, bool isFlexible)
{
    writeArrayCount(bytes.size(), isFlexible);
    writeRaw(bytes);
}

void Writer::writeNullBytes(bool isFlexible)
{
    if (isFlexible)
        writeUnsignedVarint(0);
    else
        writeInt32(-1);
}

void Writer::writeRecords(const RecordsView& records, bool isFlexible)
{
    if (records.isNull) {
        writeNullBytes(isFlexible);
        return;
    }
    writeArrayCount(records.size(), isFlexible);
    writeSlice(records.data);
}

void Writer::writeSlice(const Slice& slice)
{
    if (slice.size() < kMinReferenced) {
        writeRaw(slice.bytes);
        return;
    }
    closeBuffer();
    m_chain.push_back(slice);
    m_chainSize += slice.size();
}

std::size_t Writer::beginSized()
{
    return size();
}

void Writer::endSized(std::size_t begin)
{
    std::uint8_t encoded[10];
    const std::size_t length = encodeVarint(size() - begin, encoded);
    const Slice prefix(Bytes(encoded, encoded + length));
    // Find the place: in the buffer, or, after a referenced slice, in the chain.
    if (begin >= m_chainSize) {
        m_buffer.insert(m_buffer.begin() + static_cast<std::ptrdiff_t>(begin - m_chainSize),
            encoded, encoded + length);
        return;
    }
    auto piece = m_chain.begin();
    std::size_t before = 0;
    while (before + piece->size() <= begin)
        before += (piece++)->size();
    const Slice head(piece->bytes.first(begin - before), piece->owner);
    const Slice tail(piece->bytes.subspan(begin - before), piece->owner);
    *piece = tail;
    piece = m_chain.insert(piece, prefix);
    if (head.size() > 0)
        m_chain.insert(piece, head);
    m_chainSize += length;
}

void Writer::closeBuffer()
{
    if (m_buffer.empty())
        return;
    m_chainSize += m_buffer.size();
    m_chain.emplace_back(std::exchange(m_buffer, {}));
}

SliceChain Writer::takeChain()
{
    closeBuffer();
    m_chainSize = 0;
    return std::exchange(m_chain, {});
}

Bytes Writer::takeBytes()
{
    if (m_chain.empty())
        return std::exchange(m_buffer, {});
    Bytes bytes;
    bytes.reserve(size());
    for (const Slice& slice : takeChain())
        bytes.insert(bytes.end(), slice.bytes.begin(), slice.bytes.end());
    return bytes;
}

} // namespace moldau::protocol
