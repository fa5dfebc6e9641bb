#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "protocol/messages/metadatarequest.h"

namespace moldau::broker {

void metadata(BrokerNode& broker, protocol::MetadataRequest request, network::Exchange exchange);

} // namespace moldau::broker
