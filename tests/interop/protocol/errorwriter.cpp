#include "filler.h"
#include "protocol/errorresponse.h"
#include "protocol/writer.h"

#include <cstdio>
#include <iterator>

using namespace moldau;
using namespace moldau::protocol;

// Prints random requests of every API that a fault rule can answer with an error, in every version,
// a line each: API key, version, error code, the request's bytes in hex, and those of our answer,
// or "none" where it gets none.

namespace {

constexpr unsigned kSeeds = 16;

// Retriable and fatal ones, of brokers, controllers and coordinators, and the one of top-level
// meaning.
constexpr ErrorCode kErrors[] = {ErrorCode::NotEnoughReplicas, ErrorCode::NotLeaderOrFollower,
    ErrorCode::CoordinatorNotAvailable, ErrorCode::NotController, ErrorCode::UnknownServerError,
    ErrorCode::UnsupportedVersion, ErrorCode::UnknownTopicOrPartition,
    ErrorCode::TopicAuthorizationFailed, ErrorCode::KafkaStorageError};

std::string hexOf(BytesView bytes)
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    for (const std::uint8_t byte : bytes) {
        hex += kDigits[byte >> 4];
        hex += kDigits[byte & 0xf];
    }
    return hex;
}

std::string answerTo(const ApiFacts& api, std::int16_t version, BytesView request, ErrorCode error)
{
    Writer out;
    const auto written = writeErrorResponse(out, api.key, version, request, error);
    return written ? hexOf(out.takeBytes()) : "none";
}

} // namespace

int main()
{
    for (const ApiFacts& api : allApis()) {
        if (!hasErrorResponse(api.key))
            continue;
        const MessageInfo& info = *findRequest(static_cast<std::int16_t>(api.key));
        for (std::int16_t version = api.minVersion; version <= api.maxVersion; ++version) {
            for (unsigned seed = 0; seed < kSeeds; ++seed) {
                Filler random(seed, false);
                Writer body;
                if (!makeRandom(random, info.name, version)->write(body, version))
                    return 1;
                const Bytes request = body.takeBytes();
                const ErrorCode error = kErrors[seed % std::size(kErrors)];
                std::printf("%d\t%d\t%d\t%s\t%s\n", static_cast<int>(api.key), version,
                    errorToWire(error), hexOf(request).c_str(),
                    answerTo(api, version, request, error).c_str());
            }
        }
    }
}
