#pragma once

#include "protocol/apikeyids.h" // generated: enum class ApiKey

#include <cstdint>
#include <span>
#include <string_view>

namespace moldau::protocol {

/** What is known of an API; lives as long as the program. */
struct ApiFacts {
    ApiKey key;
    std::string_view name; ///< "Produce"
    std::int16_t minVersion; ///< above maxVersion for a retired key
    std::int16_t maxVersion;
    std::int16_t firstFlexibleVersion; ///< kNeverFlexible where none is
    bool isServedByBrokers;
    bool isServedByControllers;
    bool isLatestUnstable; ///< maxVersion is served but not advertised by default

    bool isRetired() const { return maxVersion < minVersion; }
    bool hasVersion(std::int16_t version) const
    {
        return minVersion <= version && version <= maxVersion;
    }
    /** The highest version that is advertised by default. */
    std::int16_t maxStableVersion() const
    {
        return static_cast<std::int16_t>(maxVersion - (isLatestUnstable ? 1 : 0));
    }
};

/** By rising key, retired ones included. */
std::span<const ApiFacts> allApis();
/** Null for a number that no API has. */
const ApiFacts* findApi(std::int16_t key);
const ApiFacts* findApi(std::string_view name);
const ApiFacts& factsOf(ApiKey key);

/** Version of the header that stands before a request: 2 in flexible versions, else 1. */
std::int16_t requestHeaderVersion(ApiKey key, std::int16_t version);
/**
 * Version of the header that stands before a response: 1 in flexible versions, else 0. For
 * ApiVersions always 0, because a client that asks too new a version could not read another one.
 */
std::int16_t responseHeaderVersion(ApiKey key, std::int16_t version);

} // namespace moldau::protocol
