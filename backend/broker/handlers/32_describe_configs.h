#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "protocol/messages/describeconfigsrequest.h"

namespace moldau::broker {

void describeConfigs(
    BrokerNode& broker, protocol::DescribeConfigsRequest request, network::Exchange exchange);

} // namespace moldau::broker
