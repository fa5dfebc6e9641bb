#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "protocol/messages/leavegrouprequest.h"

namespace moldau::broker {

void leaveGroup(
    BrokerNode& broker, protocol::LeaveGroupRequest request, network::Exchange exchange);

} // namespace moldau::broker
