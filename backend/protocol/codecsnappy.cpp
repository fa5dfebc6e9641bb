#include "protocol/codecs.h"
#include "protocol/growingoutput.h"

#include <snappy-c.h>

#include <array>
#include <cstring>

namespace moldau::protocol {

namespace {

// snappy-java's header: magic, version, oldest version that reads it; then blocks, each behind its
// packed size.
constexpr std::array<std::uint8_t, 16> kHeader{
    0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0, 0, 0, 0, 1, 0, 0, 0, 1};
constexpr std::size_t kMagicSize = 8;
constexpr std::size_t kBlockSize = 32 * 1024;
// No snappy element of three bytes makes more than 64.
constexpr std::size_t kMaxExpansion = 64;

const char* asChars(const std::uint8_t* bytes)
{
    return reinterpret_cast<const char*>(bytes);
}

std::uint32_t bigEndian32(BytesView bytes)
{
    return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16
        | std::uint32_t{bytes[2]} << 8 | bytes[3];
}

bool startsWithMagic(BytesView bytes)
{
    return bytes.size() >= kHeader.size()
        && std::memcmp(bytes.data(), kHeader.data(), kMagicSize) == 0;
}

Result<void> decompressBlock(BytesView packed, GrowingOutput& output)
{
    std::size_t size = 0;
    if (snappy_uncompressed_length(asChars(packed.data()), packed.size(), &size) != SNAPPY_OK
        || size > packed.size() * kMaxExpansion)
        return corrupt("malformed snappy block");
    while (output.room() < size) {
        if (!output.grow())
            return corrupt("snappy data is longer than allowed");
    }
    if (snappy_uncompress(
            asChars(packed.data()), packed.size(), reinterpret_cast<char*>(output.next()), &size)
        != SNAPPY_OK)
        return corrupt("malformed snappy block");
    output.advance(size);
    return {};
}

} // namespace

Result<Bytes> compressSnappy(BytesView plain)
{
    Bytes packed(kHeader.begin(), kHeader.end());
    while (!plain.empty()) {
        const BytesView block = plain.first(std::min(plain.size(), kBlockSize));
        plain = plain.subspan(block.size());
        std::size_t size = snappy_max_compressed_length(block.size());
        const std::size_t begin = packed.size();
        packed.resize(begin + 4 + size);
        if (snappy_compress(asChars(block.data()), block.size(),
                reinterpret_cast<char*>(packed.data() + begin + 4), &size)
            != SNAPPY_OK)
            return fail(ErrorCode::UnknownServerError, "snappy failed");
        for (unsigned i = 0; i < 4; ++i)
            packed[begin + i] = static_cast<std::uint8_t>(size >> (24 - 8 * i));
        packed.resize(begin + 4 + size);
    }
    return packed;
}

Result<Bytes> decompressSnappy(BytesView packed, std::size_t maxSize)
{
    GrowingOutput output(packed.size(), maxSize);
    if (!startsWithMagic(packed)) {
        if (auto done = decompressBlock(packed, output); !done)
            return fail(done.error());
        return output.take();
    }
    packed = packed.subspan(kHeader.size());
    while (!packed.empty()) {
        if (startsWithMagic(packed)) {
            // A stream that was appended to another begins with its own header.
            packed = packed.subspan(kHeader.size());
            continue;
        }
        if (packed.size() < 4 || bigEndian32(packed) > packed.size() - 4)
            return corrupt("cut snappy data");
        const BytesView block = packed.subspan(4, bigEndian32(packed));
        packed = packed.subspan(4 + block.size());
        if (auto done = decompressBlock(block, output); !done)
            return fail(done.error());
    }
    return output.take();
}

} // namespace moldau::protocol
