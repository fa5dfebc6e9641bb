#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <optional>

/** The codecs behind compression.h, one .cpp file each. */
namespace moldau::protocol {

Result<Bytes> compressGzip(BytesView plain, std::optional<int> level);
/** Several members in a row are one stream, as for Java's GZIPInputStream. */
Result<Bytes> decompressGzip(BytesView packed, std::size_t maxSize);

/** In the framing of snappy-java ("Xerial"), which is what Kafka means by snappy. */
Result<Bytes> compressSnappy(BytesView plain);
/** Reads that framing, and one bare snappy block, which some clients send. */
Result<Bytes> decompressSnappy(BytesView packed, std::size_t maxSize);

/** An LZ4 frame of independent 64 KiB blocks without checksums of the content, as Java writes it.
 */
Result<Bytes> compressLz4(BytesView plain, std::optional<int> level);
Result<Bytes> decompressLz4(BytesView packed, std::size_t maxSize);

Result<Bytes> compressZstd(BytesView plain, std::optional<int> level);
Result<Bytes> decompressZstd(BytesView packed, std::size_t maxSize);

} // namespace moldau::protocol
