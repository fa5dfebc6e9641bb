#include "protocol/compression.h"

#include "protocol/codecs.h"

#include <array>

namespace moldau::protocol {

namespace {

constexpr std::array<std::string_view, 5> kNames{"none", "gzip", "snappy", "lz4", "zstd"};

} // namespace

std::string_view nameOf(Codec codec)
{
    return kNames[static_cast<std::size_t>(codec)];
}

std::optional<Codec> codecFromName(std::string_view name)
{
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (kNames[i] == name)
            return static_cast<Codec>(i);
    }
    return std::nullopt;
}

std::optional<Codec> codecFromId(int id)
{
    if (id < 0 || static_cast<std::size_t>(id) >= kNames.size())
        return std::nullopt;
    return static_cast<Codec>(id);
}

Result<Bytes> compress(Codec codec, BytesView plain, std::optional<int> level)
{
    switch (codec) {
    case Codec::None:
        return Bytes(plain.begin(), plain.end());
    case Codec::Gzip:
        return compressGzip(plain, level);
    case Codec::Snappy:
        return compressSnappy(plain);
    case Codec::Lz4:
        return compressLz4(plain, level);
    case Codec::Zstd:
        return compressZstd(plain, level);
    }
    return fail(ErrorCode::UnsupportedCompressionType, "no such codec");
}

Result<Bytes> decompress(Codec codec, BytesView packed, std::size_t maxSize)
{
    switch (codec) {
    case Codec::None:
        return Bytes(packed.begin(), packed.end());
    case Codec::Gzip:
        return decompressGzip(packed, maxSize);
    case Codec::Snappy:
        return decompressSnappy(packed, maxSize);
    case Codec::Lz4:
        return decompressLz4(packed, maxSize);
    case Codec::Zstd:
        return decompressZstd(packed, maxSize);
    }
    return fail(ErrorCode::UnsupportedCompressionType, "no such codec");
}

} // namespace moldau::protocol
