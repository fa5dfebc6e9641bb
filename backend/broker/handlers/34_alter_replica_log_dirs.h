#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "protocol/messages/alterreplicalogdirsrequest.h"

namespace moldau::broker {

void alterReplicaLogDirs(
    BrokerNode& broker, protocol::AlterReplicaLogDirsRequest request, network::Exchange exchange);

} // namespace moldau::broker
