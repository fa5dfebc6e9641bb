#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "protocol/messages/offsetcommitrequest.h"

namespace moldau::broker {

void offsetCommit(
    BrokerNode& broker, protocol::OffsetCommitRequest request, network::Exchange exchange);

} // namespace moldau::broker
