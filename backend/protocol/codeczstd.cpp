#include "protocol/codecs.h"
#include "protocol/growingoutput.h"

#include <zstd.h>

#include <memory>

namespace moldau::protocol {

namespace {

constexpr int kDefaultLevel = 3;

} // namespace

Result<Bytes> compressZstd(BytesView plain, std::optional<int> level)
{
    Bytes packed(ZSTD_compressBound(plain.size()));
    const std::size_t size = ZSTD_compress(
        packed.data(), packed.size(), plain.data(), plain.size(), level.value_or(kDefaultLevel));
    if (ZSTD_isError(size))
        return fail(ErrorCode::UnknownServerError, ZSTD_getErrorName(size));
    packed.resize(size);
    return packed;
}

Result<Bytes> decompressZstd(BytesView packed, std::size_t maxSize)
{
    const std::unique_ptr<ZSTD_DStream, decltype(&ZSTD_freeDStream)> stream(
        ZSTD_createDStream(), &ZSTD_freeDStream);
    if (!stream)
        return fail(ErrorCode::UnknownServerError, "zstd did not start");
    GrowingOutput output(packed.size(), maxSize);
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    while (true) {
        ZSTD_outBuffer out{output.next(), output.room(), 0};
        const std::size_t consumed = in.pos;
        const std::size_t wanted
            = ZSTD_decompressStream(stream.get(), &out, &in); // 0: end of a frame
        if (ZSTD_isError(wanted))
            return corrupt(std::string("malformed zstd data: ") + ZSTD_getErrorName(wanted));
        output.advance(out.pos);
        if (wanted == 0 && in.pos == in.size)
            return output.take();
        if (output.room() == 0) {
            if (!output.grow())
                return output.take();
        } else if (in.pos == consumed && out.pos == 0) {
            return corrupt("cut zstd data");
        }
    }
}

} // namespace moldau::protocol
