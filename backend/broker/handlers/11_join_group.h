#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "protocol/messages/joingrouprequest.h"

namespace moldau::broker {

void joinGroup(BrokerNode& broker, protocol::JoinGroupRequest request, network::Exchange exchange);

} // namespace moldau::broker
