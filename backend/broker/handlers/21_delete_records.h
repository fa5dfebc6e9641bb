#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "protocol/messages/deleterecordsrequest.h"

namespace moldau::broker {

void deleteRecords(
    BrokerNode& broker, protocol::DeleteRecordsRequest request, network::Exchange exchange);

} // namespace moldau::broker
