#include "protocol/writer.h"
#include "filler.h"
#include "protocol/jsonvisitor.h"

#include <cstdio>

using namespace moldau;
using namespace moldau::protocol;

// Prints random messages of every type and version, a line each: name, version, JSON, its bytes in
// hex, and the bytes of a second message that also has tagged fields which no schema knows.

namespace {

constexpr unsigned kSeeds = 12;

std::string hexOf(const AnyMessage& message, std::int16_t version)
{
    Writer out;
    if (const auto done = message.write(out, version); !done)
        return "error " + done.error().message;
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    for (const std::uint8_t byte : out.takeBytes()) {
        hex += kDigits[byte >> 4];
        hex += kDigits[byte & 0xf];
    }
    return hex;
}

} // namespace

int main()
{
    for (const MessageInfo& info : allMessages()) {
        for (std::int16_t version = info.minVersion; version <= info.maxVersion; ++version) {
            for (unsigned seed = 0; seed < kSeeds; ++seed) {
                Filler plain(seed, false);
                Filler tagged(seed, true);
                const auto first = makeRandom(plain, info.name, version);
                const auto second = makeRandom(tagged, info.name, version);
                std::printf("%s\t%d\t%s\t%s\t%s\n", std::string(info.name).c_str(), version,
                    toJson(*first, version).c_str(), hexOf(*first, version).c_str(),
                    hexOf(*second, version).c_str());
            }
        }
    }
}
