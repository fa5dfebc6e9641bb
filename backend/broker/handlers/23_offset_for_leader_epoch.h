#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "protocol/messages/offsetforleaderepochrequest.h"

namespace moldau::broker {

void offsetForLeaderEpoch(
    BrokerNode& broker, protocol::OffsetForLeaderEpochRequest request, network::Exchange exchange);

} // namespace moldau::broker
