#include "protocol/codecs.h"
#include "protocol/growingoutput.h"

#include <lz4frame.h>

#include <memory>

namespace moldau::protocol {

Result<Bytes> compressLz4(BytesView plain, std::optional<int> level)
{
    LZ4F_preferences_t preferences{};
    preferences.frameInfo.blockSizeID = LZ4F_max64KB;
    preferences.frameInfo.blockMode = LZ4F_blockIndependent;
    preferences.compressionLevel = level.value_or(0);
    Bytes packed(LZ4F_compressFrameBound(plain.size(), &preferences));
    const std::size_t size = LZ4F_compressFrame(
        packed.data(), packed.size(), plain.data(), plain.size(), &preferences);
    if (LZ4F_isError(size))
        return fail(ErrorCode::UnknownServerError, LZ4F_getErrorName(size));
    packed.resize(size);
    return packed;
}

Result<Bytes> decompressLz4(BytesView packed, std::size_t maxSize)
{
    LZ4F_dctx* raw = nullptr;
    if (LZ4F_isError(LZ4F_createDecompressionContext(&raw, LZ4F_VERSION)))
        return fail(ErrorCode::UnknownServerError, "lz4 did not start");
    const std::unique_ptr<LZ4F_dctx, decltype(&LZ4F_freeDecompressionContext)> context(
        raw, &LZ4F_freeDecompressionContext);
    GrowingOutput output(packed.size(), maxSize);
    std::size_t wanted = 1; // 0 at the end of a frame
    while (true) {
        std::size_t written = output.room();
        std::size_t consumed = packed.size();
        wanted = LZ4F_decompress(
            context.get(), output.next(), &written, packed.data(), &consumed, nullptr);
        if (LZ4F_isError(wanted))
            return corrupt(std::string("malformed lz4 data: ") + LZ4F_getErrorName(wanted));
        output.advance(written);
        packed = packed.subspan(consumed);
        if (wanted == 0 && packed.empty())
            return output.take();
        if (output.room() == 0) {
            if (!output.grow())
                return output.take();
        } else if (consumed == 0 && written == 0) {
            return corrupt("cut lz4 data");
        }
    }
}

} // namespace moldau::protocol
