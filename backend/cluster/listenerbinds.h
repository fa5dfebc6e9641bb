#pragma once

#include "base/result.h"
#include "base/transport.h"

#include <map>
#include <string>
#include <vector>

namespace moldau::cluster {

/** Whether a listener's host means every address of the machine. */
bool isEveryAddress(const std::string& host);

/**
 * The numeric addresses at which a listener is bound: both loopback families for "localhost" and
 * for every address, the one of `hosts` or of the system's resolver for another name (which may
 * wait for the network). LocalInvalidArgument in Kafka's words for a name that leads nowhere.
 */
Result<std::vector<Endpoint>> bindsOf(
    const Endpoint& listener, const std::map<std::string, std::string>& hosts);

} // namespace moldau::cluster
