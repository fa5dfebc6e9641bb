#include "protocol/compression.h"

#include <cstdlib>

using namespace moldau;
using namespace moldau::protocol;

// One codec's decompressor, the name in MOLDAU_CODEC. Output that it gives must survive a round
// trip.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    constexpr std::size_t kMaxSize = std::size_t{1} << 20;
    const Codec codec = *codecFromName(MOLDAU_CODEC);
    const auto plain = decompress(codec, {data, size}, kMaxSize);
    if (!plain)
        return 0;
    if (plain->size() > kMaxSize)
        std::abort();
    const auto packed = compress(codec, *plain);
    if (!packed || decompress(codec, *packed) != *plain)
        std::abort();
    return 0;
}
