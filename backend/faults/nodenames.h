#pragma once

#include "base/ids.h"

#include <charconv>
#include <string_view>

namespace moldau::faults {

/**
 * The node that a client id belongs to: our nodes call themselves broker-ID-PURPOSE or
 * raft-client-ID-PURPOSE when they talk to each other. kNoBroker for anybody else.
 */
inline BrokerId nodeOfClient(std::string_view clientId)
{
    for (const std::string_view prefix : {"broker-", "raft-client-"}) {
        if (!clientId.starts_with(prefix))
            continue;
        const std::string_view rest = clientId.substr(prefix.size());
        std::int32_t id = -1;
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), id);
        const bool isOurs = error == std::errc{} && end != rest.data() + rest.size() && *end == '-';
        return isOurs ? BrokerId{id} : kNoBroker;
    }
    return kNoBroker;
}

} // namespace moldau::faults
