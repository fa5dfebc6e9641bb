#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "protocol/messages/syncgrouprequest.h"

namespace moldau::broker {

void syncGroup(BrokerNode& broker, protocol::SyncGroupRequest request, network::Exchange exchange);

} // namespace moldau::broker
