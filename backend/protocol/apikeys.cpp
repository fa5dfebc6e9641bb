#include "protocol/apikeys.h"

#include <algorithm>

namespace moldau::protocol {

const ApiFacts* findApi(std::int16_t key)
{
    // The keys have no gaps: retired ones keep their numbers.
    const auto apis = allApis();
    return key >= 0 && static_cast<std::size_t>(key) < apis.size()
        ? &apis[static_cast<std::size_t>(key)]
        : nullptr;
}

const ApiFacts* findApi(std::string_view name)
{
    const auto apis = allApis();
    const auto found = std::ranges::find(apis, name, &ApiFacts::name);
    return found == apis.end() ? nullptr : &*found;
}

const ApiFacts& factsOf(ApiKey key)
{
    return allApis()[static_cast<std::size_t>(key)];
}

std::int16_t requestHeaderVersion(ApiKey key, std::int16_t version)
{
    return version >= factsOf(key).firstFlexibleVersion ? 2 : 1;
}

std::int16_t responseHeaderVersion(ApiKey key, std::int16_t version)
{
    if (key == ApiKey::ApiVersions)
        return 0;
    return version >= factsOf(key).firstFlexibleVersion ? 1 : 0;
}

} // namespace moldau::protocol
