// DescribeCluster, v0–2.
//
// Brokers by the listener that was asked. v1 endpoint type: controllers are asked at the
// controller, here only brokers are known (UNSUPPORTED_ENDPOINT_TYPE) · v2 fenced brokers.

#include "broker/handlers/60_describe_cluster.h"

#include "protocol/messages/describeclusterresponse.h"

namespace moldau::broker {

void describeCluster(
    BrokerNode& broker, protocol::DescribeClusterRequest request, network::Exchange exchange)
{
    constexpr std::int8_t kBrokers = 1;
    protocol::DescribeClusterResponse response;
    response.clusterId = broker.settings().clusterId;
    response.endpointType = request.endpointType;
    if (request.endpointType != kBrokers) {
        response.errorCode
            = errorToWire(request.endpointType == 2 ? ErrorCode::MismatchedEndpointType
                                                    : ErrorCode::UnsupportedEndpointType);
        response.errorMessage = "The request was sent to an endpoint of type BROKER, but we wanted "
                                "an endpoint of type CONTROLLER";
        return exchange.answer(response);
    }
    for (const auto& [id, image] : broker.image().brokers()) {
        const controller::ListenerImage* const address
            = image.listener(exchange.connection().listener);
        if (address == nullptr || (image.isFenced && !request.includeFencedBrokers))
            continue;
        auto& entry = response.brokers.emplace_back();
        entry.brokerId = id;
        entry.host = address->address.host;
        entry.port = address->address.port;
        entry.rack = image.rack;
        entry.isFenced = image.isFenced;
        if (!image.isFenced && (response.controllerId == kNoBroker || id == broker.self()))
            response.controllerId = id;
    }
    exchange.answer(response);
}

} // namespace moldau::broker
