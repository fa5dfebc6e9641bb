#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"
#include "protocol/messages/describetopicpartitionsrequest.h"

namespace moldau::broker {

void describeTopicPartitions(BrokerNode& broker, protocol::DescribeTopicPartitionsRequest request,
    network::Exchange exchange);

} // namespace moldau::broker
