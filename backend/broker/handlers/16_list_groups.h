#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "protocol/messages/listgroupsrequest.h"

namespace moldau::broker {

void listGroups(
    BrokerNode& broker, protocol::ListGroupsRequest request, network::Exchange exchange);

} // namespace moldau::broker
