#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "protocol/messages/producerequest.h"

namespace moldau::broker {

void produce(BrokerNode& broker, protocol::ProduceRequest request, network::Exchange exchange);

} // namespace moldau::broker
