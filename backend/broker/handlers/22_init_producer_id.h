#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "protocol/messages/initproduceridrequest.h"

namespace moldau::broker {

void initProducerId(
    BrokerNode& broker, protocol::InitProducerIdRequest request, network::Exchange exchange);

} // namespace moldau::broker
