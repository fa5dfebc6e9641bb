#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"

namespace moldau::broker {

/**
 * For requests that the controller decides (CreateTopics, IncrementalAlterConfigs …): sent on in
 * the version in which they came, and answered as the controller answers. In KRaft every broker
 * takes them. While no controller is active a request waits for one; when that takes too long, the
 * client is told that its request has timed out, as Kafka's brokers do.
 */
template <class Request, class Response>
void forward(BrokerNode& broker, Request request, network::Exchange exchange)
{
    const std::int16_t version = exchange.version;
    broker.controller().call<Response>(
        request, version, [exchange = std::move(exchange)](Result<Response> response) mutable {
            if (!response)
                return exchange.answerError(ErrorCode::RequestTimedOut);
            exchange.answer(*response);
        });
}

} // namespace moldau::broker
