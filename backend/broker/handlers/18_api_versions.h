#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "protocol/messages/apiversionsrequest.h"

namespace moldau::broker {

void apiVersions(
    BrokerNode& broker, protocol::ApiVersionsRequest request, network::Exchange exchange);

} // namespace moldau::broker
