#include "protocol/codecs.h"
#include "protocol/growingoutput.h"

#include <zlib.h>

#include <limits>

namespace moldau::protocol {

namespace {

// zlib's own format bits: 15 bits of window, and 16 for gzip's header and trailer.
constexpr int kGzipWindowBits = 15 + 16;
constexpr int kMemoryLevel = 8;

constexpr uInt pieceOf(std::size_t size)
{
    return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max()));
}

} // namespace

Result<Bytes> compressGzip(BytesView plain, std::optional<int> level)
{
    z_stream stream{};
    if (deflateInit2(&stream, level.value_or(Z_DEFAULT_COMPRESSION), Z_DEFLATED, kGzipWindowBits,
            kMemoryLevel, Z_DEFAULT_STRATEGY)
        != Z_OK)
        return fail(ErrorCode::LocalInvalidArgument, "gzip has no such compression level");
    Bytes packed(deflateBound(&stream, static_cast<uLong>(plain.size())));
    stream.next_in = const_cast<Bytef*>(plain.data());
    stream.avail_in = pieceOf(plain.size());
    stream.next_out = packed.data();
    stream.avail_out = pieceOf(packed.size());
    const int outcome = deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    if (outcome != Z_STREAM_END)
        return fail(ErrorCode::MessageTooLarge, "too much for one gzip stream");
    return packed;
}

Result<Bytes> decompressGzip(BytesView packed, std::size_t maxSize)
{
    z_stream stream{};
    if (inflateInit2(&stream, kGzipWindowBits) != Z_OK)
        return fail(ErrorCode::UnknownServerError, "zlib did not start");
    GrowingOutput output(packed.size(), maxSize);
    stream.next_in = const_cast<Bytef*>(packed.data());
    stream.avail_in = pieceOf(packed.size());
    int outcome = Z_OK;
    bool isTooLong = false;
    while (!isTooLong) {
        const uInt room = pieceOf(output.room());
        stream.next_out = output.next();
        stream.avail_out = room;
        outcome = inflate(&stream, Z_NO_FLUSH);
        output.advance(room - stream.avail_out);
        if (outcome == Z_STREAM_END && stream.avail_in > 0)
            outcome = inflateReset(&stream);
        else if (stream.avail_out == 0 && (outcome == Z_OK || outcome == Z_BUF_ERROR))
            isTooLong = !output.grow();
        else if (outcome != Z_OK)
            break;
    }
    inflateEnd(&stream);
    if (isTooLong)
        return output.take();
    if (outcome != Z_STREAM_END)
        return corrupt("malformed or cut gzip data");
    return output.take();
}

} // namespace moldau::protocol
