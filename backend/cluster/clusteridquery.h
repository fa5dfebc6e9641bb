#pragma once

#include "base/result.h"
#include "base/transport.h"

#include <map>
#include <string>

namespace moldau::cluster {

/** Asks a controller for its cluster's id, once, and waits a few seconds at most. */
Result<std::string> askClusterId(
    const Endpoint& controller, const std::map<std::string, std::string>& hosts);

} // namespace moldau::cluster
