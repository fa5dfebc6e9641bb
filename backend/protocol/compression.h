#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <optional>
#include <string_view>

namespace moldau::protocol {

/** How the records of a batch are packed; the numbers are those of the batch's attributes. */
enum class Codec : std::uint8_t { None = 0, Gzip = 1, Snappy = 2, Lz4 = 3, Zstd = 4 };

/** "none", "gzip", "snappy", "lz4", "zstd" as in compression.type. */
std::string_view nameOf(Codec codec);
std::optional<Codec> codecFromName(std::string_view name);
/** None for the numbers 5 to 7, which no codec has. */
std::optional<Codec> codecFromId(int id);

/** Decompressed records of one batch may not be longer unless the caller says so. */
constexpr std::size_t kMaxDecompressedSize = std::size_t{256} << 20;

/** `level` as in compression.gzip.level, .lz4.level and .zstd.level; snappy has none. */
Result<Bytes> compress(Codec codec, BytesView plain, std::optional<int> level = {});

/**
 * Refuses what is malformed, cut, or longer than `maxSize` (CORRUPT_MESSAGE). Memory grows with
 * what really comes out, not with what a header claims, so that a small bomb stays small.
 */
Result<Bytes> decompress(Codec codec, BytesView packed, std::size_t maxSize = kMaxDecompressedSize);

} // namespace moldau::protocol
