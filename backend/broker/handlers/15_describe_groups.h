#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "protocol/messages/describegroupsrequest.h"

namespace moldau::broker {

void describeGroups(
    BrokerNode& broker, protocol::DescribeGroupsRequest request, network::Exchange exchange);

} // namespace moldau::broker
