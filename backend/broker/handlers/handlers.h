#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "network/routes.h"

#include <span>

namespace moldau::broker {

/** Everything that a broker serves; each handler is in the file with its API's number. */
std::span<const network::Route<BrokerNode>> brokerRoutes();

/** ApiVersions with a version that is unknown here: answered in v0 (KIP-511). */
void answerUnknownApiVersions(BrokerNode& broker, network::Exchange exchange);

} // namespace moldau::broker
