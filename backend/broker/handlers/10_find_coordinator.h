#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "protocol/messages/findcoordinatorrequest.h"

namespace moldau::broker {

void findCoordinator(
    BrokerNode& broker, protocol::FindCoordinatorRequest request, network::Exchange exchange);

} // namespace moldau::broker
