// What a controller serves: brokers' own requests (BrokerRegistration v0–4, BrokerHeartbeat v0–1,
// AlterPartition v2–3, AllocateProducerIds v0), other controllers' (Vote v0–2, BeginQuorumEpoch and
// EndQuorumEpoch v0–1), the metadata log (Fetch) and its snapshots (FetchSnapshot v0–1),
// what users ask of the cluster and brokers forward (topics, settings, elections,
// reassignments), DescribeQuorum, ApiVersions, and DescribeCluster v1–2 for whoever asks for
// controllers (KIP-919), which is how a new broker learns the cluster's id.

#include "controllernode/controllerhandlers.h"

#include "protocol/messages/apiversionsrequest.h"
#include "protocol/messages/describeclusterrequest.h"
#include "protocol/messages/describeclusterresponse.h"
#include "protocol/messages/describequorumrequest.h"
#include "protocol/messages/describequorumresponse.h"
#include "protocol/messages/fetchrequest.h"
#include "protocol/messages/fetchresponse.h"

namespace moldau::controllernode {

namespace {

using namespace protocol;
using network::Exchange;
using network::route;

template <class Request> void decide(ControllerNode& node, Request request, Exchange exchange)
{
    node.decide(request, std::move(exchange));
}

void registerBroker(ControllerNode& node, BrokerRegistrationRequest request, Exchange exchange)
{
    const network::ConnectionInfo connection = exchange.connection();
    node.decide(request, std::move(exchange));
    // A refused registration says nothing of the process that holds the id, nor of its connection.
    const controller::BrokerImage* const broker = node.image().broker(request.brokerId);
    if (broker != nullptr && broker->incarnation == request.incarnationId)
        node.noteBrokerConnection(connection, request.brokerId, broker->epoch);
}

void heartbeat(ControllerNode& node, BrokerHeartbeatRequest request, Exchange exchange)
{
    node.noteBrokerConnection(exchange.connection(), request.brokerId, request.brokerEpoch);
    node.decide(request, std::move(exchange));
}

void fetchMetadata(ControllerNode& node, FetchRequest request, Exchange exchange)
{
    const std::int16_t version = exchange.version;
    const BrokerId broker = version >= 15 ? request.replicaState.replicaId : request.replicaId;
    if (node.state() != nullptr && !request.topics.empty()
        && !request.topics.front().partitions.empty())
        node.state()->noteMetadataFetch(
            broker, request.topics.front().partitions.front().fetchOffset);
    node.quorum().fetch(std::move(request), version,
        [exchange = std::move(exchange)](
            FetchResponse response) mutable { exchange.answer(response); });
}

void describeQuorum(ControllerNode& node, DescribeQuorumRequest request, Exchange exchange)
{
    exchange.answer(node.quorum().describe(request));
}

void vote(ControllerNode& node, VoteRequest request, Exchange exchange)
{
    exchange.answer(node.quorum().vote(request));
}

void beginQuorumEpoch(ControllerNode& node, BeginQuorumEpochRequest request, Exchange exchange)
{
    exchange.answer(node.quorum().beginEpoch(request));
}

void endQuorumEpoch(ControllerNode& node, EndQuorumEpochRequest request, Exchange exchange)
{
    exchange.answer(node.quorum().endEpoch(request));
}

void fetchSnapshot(ControllerNode& node, FetchSnapshotRequest request, Exchange exchange)
{
    exchange.answer(node.quorum().fetchSnapshot(request));
}

void describeCluster(ControllerNode& node, DescribeClusterRequest request, Exchange exchange)
{
    constexpr std::int8_t kControllers = 2;
    DescribeClusterResponse response;
    response.endpointType = request.endpointType;
    if (request.endpointType != kControllers) {
        response.errorCode
            = errorToWire(request.endpointType == 1 ? ErrorCode::MismatchedEndpointType
                                                    : ErrorCode::UnsupportedEndpointType);
        response.errorMessage = "The request was sent to an endpoint of type CONTROLLER, but we "
                                "wanted an endpoint of type BROKER";
        return exchange.answer(response);
    }
    response.clusterId = node.settings().options.clusterId;
    response.controllerId = node.quorum().leader().leader;
    const auto add = [&](BrokerId id, const Endpoint& address) {
        auto& controller = response.brokers.emplace_back();
        controller.brokerId = id;
        controller.host = address.host;
        controller.port = address.port;
    };
    for (const configs::ControllerVoter& voter : node.settings().voters)
        add(voter.id, voter.address);
    if (node.settings().voters.empty())
        add(node.settings().options.node, node.endpoint());
    exchange.answer(response);
}

void apiVersions(ControllerNode& node, ApiVersionsRequest, Exchange exchange)
{
    ApiVersionsResponse response;
    response.apiKeys = network::apiRanges(controllerRoutes());
    if (exchange.version >= 3) {
        for (const auto& [name, level] : node.image().features()) {
            auto& finalized = response.finalizedFeatures.emplace_back();
            finalized.name = name;
            finalized.maxVersionLevel = level;
            finalized.minVersionLevel = level;
        }
        response.finalizedFeaturesEpoch = node.image().featuresOffset();
    }
    exchange.answer(response);
}

constexpr network::Route<ControllerNode> kRoutes[] = {
    route<ControllerNode, FetchRequest, fetchMetadata>(),
    route<ControllerNode, ApiVersionsRequest, apiVersions>(),
    route<ControllerNode, CreateTopicsRequest, decide<CreateTopicsRequest>>(),
    route<ControllerNode, DeleteTopicsRequest, decide<DeleteTopicsRequest>>(),
    route<ControllerNode, AlterConfigsRequest, decide<AlterConfigsRequest>>(),
    route<ControllerNode, CreatePartitionsRequest, decide<CreatePartitionsRequest>>(),
    route<ControllerNode, ElectLeadersRequest, decide<ElectLeadersRequest>>(),
    route<ControllerNode, IncrementalAlterConfigsRequest, decide<IncrementalAlterConfigsRequest>>(),
    route<ControllerNode, VoteRequest, vote>(),
    route<ControllerNode, BeginQuorumEpochRequest, beginQuorumEpoch>(),
    route<ControllerNode, EndQuorumEpochRequest, endQuorumEpoch>(),
    route<ControllerNode, AlterPartitionReassignmentsRequest,
        decide<AlterPartitionReassignmentsRequest>>(),
    route<ControllerNode, ListPartitionReassignmentsRequest,
        decide<ListPartitionReassignmentsRequest>>(),
    route<ControllerNode, DescribeQuorumRequest, describeQuorum>(),
    route<ControllerNode, AlterPartitionRequest, decide<AlterPartitionRequest>>(),
    route<ControllerNode, UpdateFeaturesRequest, decide<UpdateFeaturesRequest>>(),
    route<ControllerNode, FetchSnapshotRequest, fetchSnapshot>(),
    route<ControllerNode, DescribeClusterRequest, describeCluster>(),
    route<ControllerNode, BrokerRegistrationRequest, registerBroker>(),
    route<ControllerNode, BrokerHeartbeatRequest, heartbeat>(),
    route<ControllerNode, UnregisterBrokerRequest, decide<UnregisterBrokerRequest>>(),
    route<ControllerNode, AllocateProducerIdsRequest, decide<AllocateProducerIdsRequest>>(),
};

} // namespace

std::span<const network::Route<ControllerNode>> controllerRoutes()
{
    return kRoutes;
}

void answerUnknownApiVersions(ControllerNode&, Exchange exchange)
{
    exchange.answerIn(0, network::unsupportedApiVersions(controllerRoutes()));
}

} // namespace moldau::controllernode
