#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"

namespace moldau::broker {

/**
 * For requests that the controller decides (CreateTopics, IncrementalAlterConfigs …): sent on in
 * the version in which they came, and answered as the controller answers. In KRaft every broker
 * takes them. While no controller is active a request waits for one; when that takes too long, the
 * client's connection is closed and it tries again.
 */
template <class Request, class Response>
void forward(BrokerNode& broker, Request request, network::Exchange exchange)
{
    const std::int16_t version = exchange.version;
    broker.controller().call<Response>(
        request, version, [exchange = std::move(exchange)](Result<Response> response) mutable {
            if (!response)
                return exchange.close(
                    "the controller can't be reached: " + response.error().message);
            exchange.answer(*response);
        });
}

} // namespace moldau::broker
