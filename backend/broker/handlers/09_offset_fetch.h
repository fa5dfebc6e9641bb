#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "protocol/messages/offsetfetchrequest.h"

namespace moldau::broker {

void offsetFetch(
    BrokerNode& broker, protocol::OffsetFetchRequest request, network::Exchange exchange);

} // namespace moldau::broker
