#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "protocol/messages/offsetdeleterequest.h"

namespace moldau::broker {

void offsetDelete(
    BrokerNode& broker, protocol::OffsetDeleteRequest request, network::Exchange exchange);

} // namespace moldau::broker
