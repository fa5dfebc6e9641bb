#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "protocol/messages/describelogdirsrequest.h"

namespace moldau::broker {

void describeLogDirs(
    BrokerNode& broker, protocol::DescribeLogDirsRequest request, network::Exchange exchange);

} // namespace moldau::broker
