#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "protocol/messages/describeclusterrequest.h"

namespace moldau::broker {

void describeCluster(
    BrokerNode& broker, protocol::DescribeClusterRequest request, network::Exchange exchange);

} // namespace moldau::broker
