#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "protocol/messages/fetchrequest.h"

namespace moldau::broker {

void fetch(BrokerNode& broker, protocol::FetchRequest request, network::Exchange exchange);

} // namespace moldau::broker
