#include "protocol/reader.h"

#include <fmt/format.h>

#include <bit>
#include <cstring>

namespace moldau::protocol {

namespace {

// Kafka refuses longer strings in both directions, also where the length is a varint.
constexpr std::int32_t kMaxStringLength = 0x7fff;

// An honest message needs a few bytes of memory for a byte on the wire; short strings need most.
constexpr std::size_t kMemoryPerInputByte = 16;
constexpr std::size_t kMemoryFloor = 1 << 20;

} // namespace

Reader::Reader(BytesView bytes, std::shared_ptr<const void> owner)
    : m_bytes(bytes)
    , m_owner(std::move(owner))
    , m_memoryBudget(kMemoryFloor + kMemoryPerInputByte * bytes.size())
{
}

void Reader::fail(std::string_view what)
{
    if (!m_hasFailed)
        fail(Error{ErrorCode::LocalParseError, fmt::format("{} at byte {}", what, m_position)});
}

void Reader::fail(Error error)
{
    if (m_hasFailed)
        return;
    m_hasFailed = true;
    m_error = std::move(error);
}

bool Reader::finish()
{
    if (remaining() != 0)
        fail(fmt::format("{} bytes too many", remaining()));
    return ok();
}

void Reader::failCut()
{
    fail("the bytes end too early");
}

BytesView Reader::readRaw(std::size_t size)
{
    if (size > remaining()) {
        failCut();
        return {};
    }
    const BytesView view = m_bytes.subspan(m_position, size);
    m_position += size;
    return view;
}

double Reader::readFloat64()
{
    return std::bit_cast<double>(readBigEndian<8>());
}

Uuid Reader::readUuid()
{
    Uuid id;
    const BytesView raw = readRaw(id.bytes.size());
    if (!raw.empty())
        std::memcpy(id.bytes.data(), raw.data(), raw.size());
    return id;
}

std::uint32_t Reader::readUnsignedVarint()
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 35; shift += 7) {
        const auto byte = static_cast<std::uint8_t>(readInt8());
        value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
        if (byte < 0x80) {
            if (value > 0xffffffffu)
                break;
            return static_cast<std::uint32_t>(value);
        }
    }
    fail("a varint of more than 32 bits");
    return 0;
}

std::int32_t Reader::readVarint()
{
    const std::uint32_t zigzag = readUnsignedVarint();
    return static_cast<std::int32_t>((zigzag >> 1) ^ (~(zigzag & 1) + 1));
}

std::int64_t Reader::readVarlong()
{
    std::uint64_t zigzag = 0;
    for (unsigned shift = 0; shift < 70; shift += 7) {
        const auto byte = static_cast<std::uint8_t>(readInt8());
        if (shift == 63 && byte > 1)
            break;
        zigzag |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
        if (byte < 0x80)
            return static_cast<std::int64_t>((zigzag >> 1) ^ (~(zigzag & 1) + 1));
    }
    fail("a varint of more than 64 bits");
    return 0;
}

std::int32_t Reader::bounded(std::int64_t length)
{
    if (length < 0)
        return -1;
    if (static_cast<std::uint64_t>(length) > remaining()) {
        fail(fmt::format("a length of {} where {} bytes are left", length, remaining()));
        return 0;
    }
    return static_cast<std::int32_t>(length);
}

std::int32_t Reader::readStringLength(bool isFlexible)
{
    const std::int32_t length
        = bounded(isFlexible ? std::int64_t{readUnsignedVarint()} - 1 : std::int64_t{readInt16()});
    if (length > kMaxStringLength) {
        fail(fmt::format("a string of {} bytes", length));
        return 0;
    }
    return ok() ? length : 0;
}

std::int32_t Reader::readBytesLength(bool isFlexible)
{
    const std::int32_t length
        = bounded(isFlexible ? std::int64_t{readUnsignedVarint()} - 1 : std::int64_t{readInt32()});
    return ok() ? length : 0;
}

std::int32_t Reader::readArrayCount(bool isFlexible, std::size_t leastSize, std::size_t memorySize)
{
    const std::int32_t count = readBytesLength(isFlexible);
    if (count <= 0)
        return count;
    const auto elements = static_cast<std::size_t>(count);
    if (elements > remaining() / leastSize || elements > m_memoryBudget / memorySize) {
        fail(fmt::format("an array of {} elements where {} bytes are left", count, remaining()));
        return 0;
    }
    m_memoryBudget -= elements * memorySize;
    return count;
}

std::string Reader::readString(bool isFlexible)
{
    auto text = readNullableString(isFlexible);
    if (!text) {
        fail("null where a string is required");
        return {};
    }
    return *std::move(text);
}

std::optional<std::string> Reader::readNullableString(bool isFlexible)
{
    const std::int32_t length = readStringLength(isFlexible);
    if (length < 0)
        return std::nullopt;
    return std::string(asText(readRaw(static_cast<std::size_t>(length))));
}

Bytes Reader::readBytes(bool isFlexible)
{
    auto bytes = readNullableBytes(isFlexible);
    if (!bytes) {
        fail("null where bytes are required");
        return {};
    }
    return *std::move(bytes);
}

std::optional<Bytes> Reader::readNullableBytes(bool isFlexible)
{
    const std::int32_t length = readBytesLength(isFlexible);
    if (length < 0)
        return std::nullopt;
    const BytesView raw = readRaw(static_cast<std::size_t>(length));
    return Bytes(raw.begin(), raw.end());
}

RecordsView Reader::readRecords(bool isFlexible)
{
    const std::int32_t length = readBytesLength(isFlexible);
    if (length < 0)
        return RecordsView::null();
    return RecordsView(Slice(readRaw(static_cast<std::size_t>(length)), m_owner));
}

} // namespace moldau::protocol
