#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "protocol/messages/deletegroupsrequest.h"

namespace moldau::broker {

void deleteGroups(
    BrokerNode& broker, protocol::DeleteGroupsRequest request, network::Exchange exchange);

} // namespace moldau::broker
