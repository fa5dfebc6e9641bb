#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "protocol/messages/heartbeatrequest.h"

namespace moldau::broker {

void heartbeat(BrokerNode& broker, protocol::HeartbeatRequest request, network::Exchange exchange);

} // namespace moldau::broker
