#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "protocol/messages/listoffsetsrequest.h"

namespace moldau::broker {

void listOffsets(
    BrokerNode& broker, protocol::ListOffsetsRequest request, network::Exchange exchange);

} // namespace moldau::broker
