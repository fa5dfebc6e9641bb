#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "protocol/messages/producerequest.h"

namespace moldau::broker {

void produce(BrokerNode& broker, protocol::ProduceRequest request, network::Exchange exchange);

/** A Produce that was answered with an error before it came here: its batches count as refused. */
void noteRefusedProduce(BrokerNode& broker, const network::Exchange& exchange, ErrorCode error);

} // namespace moldau::broker
