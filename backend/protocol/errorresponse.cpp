#include "protocol/errorresponse.h"

#include "protocol/messages/addoffsetstotxnrequest.h"
#include "protocol/messages/addoffsetstotxnresponse.h"
#include "protocol/messages/allocateproduceridsrequest.h"
#include "protocol/messages/allocateproduceridsresponse.h"
#include "protocol/messages/alterconfigsrequest.h"
#include "protocol/messages/alterconfigsresponse.h"
#include "protocol/messages/alterpartitionreassignmentsrequest.h"
#include "protocol/messages/alterpartitionreassignmentsresponse.h"
#include "protocol/messages/alterpartitionrequest.h"
#include "protocol/messages/alterpartitionresponse.h"
#include "protocol/messages/alterreplicalogdirsrequest.h"
#include "protocol/messages/alterreplicalogdirsresponse.h"
#include "protocol/messages/apiversionsrequest.h"
#include "protocol/messages/apiversionsresponse.h"
#include "protocol/messages/brokerheartbeatrequest.h"
#include "protocol/messages/brokerheartbeatresponse.h"
#include "protocol/messages/brokerregistrationrequest.h"
#include "protocol/messages/brokerregistrationresponse.h"
#include "protocol/messages/createpartitionsrequest.h"
#include "protocol/messages/createpartitionsresponse.h"
#include "protocol/messages/createtopicsrequest.h"
#include "protocol/messages/createtopicsresponse.h"
#include "protocol/messages/deletegroupsrequest.h"
#include "protocol/messages/deletegroupsresponse.h"
#include "protocol/messages/deleterecordsrequest.h"
#include "protocol/messages/deleterecordsresponse.h"
#include "protocol/messages/deletetopicsrequest.h"
#include "protocol/messages/deletetopicsresponse.h"
#include "protocol/messages/describeclusterrequest.h"
#include "protocol/messages/describeclusterresponse.h"
#include "protocol/messages/describeconfigsrequest.h"
#include "protocol/messages/describeconfigsresponse.h"
#include "protocol/messages/describegroupsrequest.h"
#include "protocol/messages/describegroupsresponse.h"
#include "protocol/messages/describelogdirsrequest.h"
#include "protocol/messages/describelogdirsresponse.h"
#include "protocol/messages/describequorumrequest.h"
#include "protocol/messages/describequorumresponse.h"
#include "protocol/messages/describetopicpartitionsrequest.h"
#include "protocol/messages/describetopicpartitionsresponse.h"
#include "protocol/messages/electleadersrequest.h"
#include "protocol/messages/electleadersresponse.h"
#include "protocol/messages/endtxnrequest.h"
#include "protocol/messages/endtxnresponse.h"
#include "protocol/messages/fetchrequest.h"
#include "protocol/messages/fetchresponse.h"
#include "protocol/messages/findcoordinatorrequest.h"
#include "protocol/messages/findcoordinatorresponse.h"
#include "protocol/messages/heartbeatrequest.h"
#include "protocol/messages/heartbeatresponse.h"
#include "protocol/messages/incrementalalterconfigsrequest.h"
#include "protocol/messages/incrementalalterconfigsresponse.h"
#include "protocol/messages/initproduceridrequest.h"
#include "protocol/messages/initproduceridresponse.h"
#include "protocol/messages/joingrouprequest.h"
#include "protocol/messages/joingroupresponse.h"
#include "protocol/messages/leavegrouprequest.h"
#include "protocol/messages/leavegroupresponse.h"
#include "protocol/messages/listgroupsrequest.h"
#include "protocol/messages/listgroupsresponse.h"
#include "protocol/messages/listoffsetsrequest.h"
#include "protocol/messages/listoffsetsresponse.h"
#include "protocol/messages/listpartitionreassignmentsrequest.h"
#include "protocol/messages/listpartitionreassignmentsresponse.h"
#include "protocol/messages/metadatarequest.h"
#include "protocol/messages/metadataresponse.h"
#include "protocol/messages/offsetcommitrequest.h"
#include "protocol/messages/offsetcommitresponse.h"
#include "protocol/messages/offsetdeleterequest.h"
#include "protocol/messages/offsetdeleteresponse.h"
#include "protocol/messages/offsetfetchrequest.h"
#include "protocol/messages/offsetfetchresponse.h"
#include "protocol/messages/offsetforleaderepochrequest.h"
#include "protocol/messages/offsetforleaderepochresponse.h"
#include "protocol/messages/producerequest.h"
#include "protocol/messages/produceresponse.h"
#include "protocol/messages/syncgrouprequest.h"
#include "protocol/messages/syncgroupresponse.h"
#include "protocol/messages/unregisterbrokerrequest.h"
#include "protocol/messages/unregisterbrokerresponse.h"
#include "protocol/messages/updatefeaturesrequest.h"
#include "protocol/messages/updatefeaturesresponse.h"
#include "protocol/messages/voterequest.h"
#include "protocol/messages/voteresponse.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <type_traits>

namespace moldau::protocol {

namespace {

/** What is to be said, and in which version. */
struct Failure {
    ErrorCode code;
    std::int16_t version;
};

// An error in its general sense needs no words: Kafka leaves them to the client.
template <class T> void say(T& part, const Failure& failure)
{
    if constexpr (requires { part.errorCode; })
        part.errorCode = errorToWire(failure.code);
    if constexpr (requires { part.errorMessage.reset(); })
        part.errorMessage.reset();
}

/** For the APIs whose answers have words nevertheless. */
template <class T> void sayInWords(T& part, const Failure& failure)
{
    say(part, failure);
    part.errorMessage = std::string(factsOf(failure.code).explanation);
}

template <class T> constexpr bool kIsOptional = false;
template <class T> constexpr bool kIsOptional<std::optional<T>> = true;

// A name that is null in the request is shown as an empty one.
template <class To, class From> void assign(To& to, const From& from)
{
    if constexpr (kIsOptional<From> && !kIsOptional<To>)
        to = from.value_or(typename From::value_type{});
    else if constexpr (kIsOptional<From>)
        to = from ? *from : typename From::value_type{};
    else
        to = from;
}

/** Copies what tells one part of a request from the others, under whatever name it goes. */
template <class To, class From> void name(To& to, const From& from)
{
    if constexpr (requires { assign(to.name, from.name); })
        assign(to.name, from.name);
    if constexpr (requires { assign(to.topic, from.topic); })
        assign(to.topic, from.topic);
    if constexpr (requires { assign(to.topicName, from.name); })
        assign(to.topicName, from.name);
    if constexpr (requires { to.topicId = from.topicId; })
        to.topicId = from.topicId;
    if constexpr (requires { to.groupId = from.groupId; })
        to.groupId = from.groupId;
    if constexpr (requires { to.resourceName = from.resourceName; }) {
        to.resourceName = from.resourceName;
        to.resourceType = from.resourceType;
    }
    if constexpr (requires { to.index = from.index; })
        to.index = from.index;
    if constexpr (requires { to.partition = from.partition; })
        to.partition = from.partition;
    if constexpr (requires { to.partitionIndex = from.partitionIndex; })
        to.partitionIndex = from.partitionIndex;
    if constexpr (requires { to.partitionIndex = from.partition; })
        to.partitionIndex = from.partition;
    if constexpr (std::is_integral_v<From> && requires { to.partitionIndex = from; })
        to.partitionIndex = from;
    if constexpr (std::is_integral_v<From> && requires { to.partitionId = from; })
        to.partitionId = from;
}

/** An answer for each, with the same name, and the error. */
template <class To, class From>
void mirror(std::vector<To>& answers, const std::vector<From>& asked, const Failure& failure)
{
    for (const From& from : asked) {
        To& to = answers.emplace_back();
        name(to, from);
        say(to, failure);
    }
}

/** The same for the partitions of topics. */
template <class Topic, class Partition, class From>
void mirrorPartitions(std::vector<Topic>& answers, std::vector<Partition> Topic::*partitions,
    const std::vector<From>& asked, const Failure& failure)
{
    for (const From& from : asked) {
        Topic& topic = answers.emplace_back();
        name(topic, from);
        mirror(topic.*partitions, from.partitions, failure);
    }
}

// What an API says beyond its first error; most say nothing.
template <class Request, class Response>
Result<void> fill(const Request&, Response&, const Failure&)
{
    static_assert(requires(Response response) { response.errorCode; });
    return {};
}

Result<void> fill(const ProduceRequest& request, ProduceResponse& response, const Failure& failure)
{
    if (request.acks == 0)
        return fail(ErrorCode::LocalUnsupported, "acks=0 gets no answer");
    for (const auto& asked : request.topicData) {
        if (asked.partitionData.empty())
            continue;
        auto& topic = response.responses.emplace_back();
        name(topic, asked);
        mirror(topic.partitionResponses, asked.partitionData, failure);
        for (auto& partition : topic.partitionResponses) {
            partition.baseOffset = -1;
            partition.logStartOffset = -1;
        }
    }
    return {};
}

Result<void> fill(const FetchRequest& request, FetchResponse& response, const Failure& failure)
{
    constexpr std::int16_t kFirstWithIds = 13; // from here on the first error is enough
    response.sessionId = request.sessionId;
    if (failure.version >= kFirstWithIds)
        return {};
    using Topic = FetchResponse::FetchableTopicResponse;
    mirrorPartitions(response.responses, &Topic::partitions, request.topics, failure);
    for (Topic& topic : response.responses) {
        for (auto& partition : topic.partitions)
            partition.highWatermark = -1;
    }
    return {};
}

Result<void> fill(
    const ListOffsetsRequest& request, ListOffsetsResponse& response, const Failure& failure)
{
    mirrorPartitions(response.topics, &ListOffsetsResponse::ListOffsetsTopicResponse::partitions,
        request.topics, failure);
    return {};
}

Result<void> fill(
    const MetadataRequest& request, MetadataResponse& response, const Failure& failure)
{
    if (request.topics)
        mirror(response.topics, *request.topics, failure);
    return {};
}

Result<void> fill(
    const OffsetCommitRequest& request, OffsetCommitResponse& response, const Failure& failure)
{
    mirrorPartitions(response.topics, &OffsetCommitResponse::OffsetCommitResponseTopic::partitions,
        request.topics, failure);
    return {};
}

Result<void> fill(
    const OffsetFetchRequest& request, OffsetFetchResponse& response, const Failure& failure)
{
    constexpr std::int16_t kFirstWithError = 2;
    constexpr std::int16_t kFirstWithGroups = 8;
    if (failure.version >= kFirstWithGroups) {
        response.errorCode = 0;
        mirror(response.groups, request.groups, failure);
    } else if (failure.version < kFirstWithError) {
        response.errorCode = 0;
        if (!request.topics)
            return {};
        for (const auto& asked : *request.topics) {
            auto& topic = response.topics.emplace_back();
            name(topic, asked);
            mirror(topic.partitions, asked.partitionIndexes, failure);
            for (auto& partition : topic.partitions) {
                partition.committedOffset = -1;
                partition.metadata = "";
            }
        }
    }
    return {};
}

Result<void> fill(const FindCoordinatorRequest& request, FindCoordinatorResponse& response,
    const Failure& failure)
{
    constexpr std::int16_t kFirstWithSeveral = 4;
    if (failure.version < kFirstWithSeveral) {
        sayInWords(response, failure);
        response.nodeId = kNoBroker;
        response.port = -1;
        return {};
    }
    response.errorCode = 0;
    response.errorMessage.reset();
    for (const std::string& key : request.coordinatorKeys) {
        auto& coordinator = response.coordinators.emplace_back();
        coordinator.key = key;
        coordinator.nodeId = kNoBroker;
        coordinator.port = -1;
        sayInWords(coordinator, failure);
    }
    return {};
}

Result<void> fill(const JoinGroupRequest&, JoinGroupResponse& response, const Failure& failure)
{
    constexpr std::int16_t kFirstWithoutName = 7;
    if (failure.version >= kFirstWithoutName)
        response.protocolName.reset();
    else
        response.protocolName = "";
    return {};
}

Result<void> fill(
    const DescribeGroupsRequest& request, DescribeGroupsResponse& response, const Failure& failure)
{
    for (const std::string& group : request.groups) {
        auto& described = response.groups.emplace_back();
        described.groupId = group;
        say(described, failure);
    }
    return {};
}

Result<void> fill(
    const CreateTopicsRequest& request, CreateTopicsResponse& response, const Failure& failure)
{
    mirror(response.topics, request.topics, failure);
    return {};
}

Result<void> fill(
    const DeleteTopicsRequest& request, DeleteTopicsResponse& response, const Failure& failure)
{
    mirror(response.responses, request.topics, failure);
    for (std::size_t i = 0; i < request.topics.size(); ++i)
        response.responses[i].name = request.topics[i].name; // null where the id is given
    for (const std::string& topic : request.topicNames) {
        auto& deleted = response.responses.emplace_back();
        deleted.name = topic;
        say(deleted, failure);
    }
    return {};
}

Result<void> fill(
    const DeleteRecordsRequest& request, DeleteRecordsResponse& response, const Failure& failure)
{
    using Topic = DeleteRecordsResponse::DeleteRecordsTopicResult;
    mirrorPartitions(response.topics, &Topic::partitions, request.topics, failure);
    for (Topic& topic : response.topics) {
        for (auto& partition : topic.partitions)
            partition.lowWatermark = -1;
    }
    return {};
}

Result<void> fill(const InitProducerIdRequest&, InitProducerIdResponse& response, const Failure&)
{
    response.producerId = kNoProducer;
    response.producerEpoch = -1;
    return {};
}

Result<void> fill(const OffsetForLeaderEpochRequest& request,
    OffsetForLeaderEpochResponse& response, const Failure& failure)
{
    mirrorPartitions(response.topics,
        &OffsetForLeaderEpochResponse::OffsetForLeaderTopicResult::partitions, request.topics,
        failure);
    return {};
}

Result<void> fill(const DescribeConfigsRequest& request, DescribeConfigsResponse& response,
    const Failure& failure)
{
    mirror(response.results, request.resources, failure);
    for (auto& result : response.results)
        sayInWords(result, failure);
    return {};
}

Result<void> fill(
    const AlterConfigsRequest& request, AlterConfigsResponse& response, const Failure& failure)
{
    mirror(response.responses, request.resources, failure);
    return {};
}

Result<void> fill(const IncrementalAlterConfigsRequest& request,
    IncrementalAlterConfigsResponse& response, const Failure& failure)
{
    mirror(response.responses, request.resources, failure);
    return {};
}

Result<void> fill(const AlterReplicaLogDirsRequest& request, AlterReplicaLogDirsResponse& response,
    const Failure& failure)
{
    for (const auto& directory : request.dirs)
        mirrorPartitions(response.results,
            &AlterReplicaLogDirsResponse::AlterReplicaLogDirTopicResult::partitions,
            directory.topics, failure);
    return {};
}

Result<void> fill(const CreatePartitionsRequest& request, CreatePartitionsResponse& response,
    const Failure& failure)
{
    mirror(response.results, request.topics, failure);
    return {};
}

Result<void> fill(
    const DeleteGroupsRequest& request, DeleteGroupsResponse& response, const Failure& failure)
{
    for (const std::string& group : request.groupsNames) {
        auto& deleted = response.results.emplace_back();
        deleted.groupId = group;
        say(deleted, failure);
    }
    return {};
}

Result<void> fill(
    const ElectLeadersRequest& request, ElectLeadersResponse& response, const Failure& failure)
{
    if (failure.version == 0)
        response.errorCode = 0;
    if (request.topicPartitions)
        mirrorPartitions(response.replicaElectionResults,
            &ElectLeadersResponse::ReplicaElectionResult::partitionResult, *request.topicPartitions,
            failure);
    return {};
}

Result<void> fill(const AlterPartitionReassignmentsRequest& request,
    AlterPartitionReassignmentsResponse& response, const Failure& failure)
{
    mirrorPartitions(response.responses,
        &AlterPartitionReassignmentsResponse::ReassignableTopicResponse::partitions, request.topics,
        failure);
    return {};
}

Result<void> fill(const ListPartitionReassignmentsRequest& request,
    ListPartitionReassignmentsResponse& response, const Failure&)
{
    if (!request.topics)
        return {};
    for (const auto& asked : *request.topics) {
        auto& topic = response.topics.emplace_back();
        topic.name = asked.name;
        for (const std::int32_t partition : asked.partitionIndexes)
            topic.partitions.emplace_back().partitionIndex = partition;
    }
    return {};
}

// Who is told that its version isn't known hears at least which ones of this API are (KIP-511).
Result<void> fill(const ApiVersionsRequest&, ApiVersionsResponse& response, const Failure& failure)
{
    if (failure.code != ErrorCode::UnsupportedVersion)
        return {};
    const ApiFacts& facts = factsOf(ApiKey::ApiVersions);
    auto& versions = response.apiKeys.emplace_back();
    versions.apiKey = static_cast<std::int16_t>(facts.key);
    versions.minVersion = facts.minVersion;
    versions.maxVersion = facts.maxVersion;
    return {};
}

Result<void> fill(
    const DescribeQuorumRequest&, DescribeQuorumResponse& response, const Failure& failure)
{
    sayInWords(response, failure);
    return {};
}

Result<void> fill(
    const UnregisterBrokerRequest&, UnregisterBrokerResponse& response, const Failure& failure)
{
    sayInWords(response, failure);
    return {};
}

Result<void> fill(const DescribeTopicPartitionsRequest& request,
    DescribeTopicPartitionsResponse& response, const Failure& failure)
{
    mirror(response.topics, request.topics, failure);
    return {};
}

using WriteFunction
    = Result<void> (*)(Writer& out, std::int16_t version, BytesView body, ErrorCode error);

template <class Request, class Response>
Result<void> writeFor(Writer& out, std::int16_t version, BytesView body, ErrorCode error)
{
    const Result<Request> request = Request::parse(body, version);
    if (!request)
        return fail(ErrorCode::LocalCorruptData, request.error().message);
    const Failure failure{error, version};
    Response response;
    say(response, failure);
    if (auto filled = fill(*request, response, failure); !filled)
        return filled;
    return response.write(out, version);
}

struct Entry {
    ApiKey api;
    WriteFunction write;
};

template <class Request, class Response> constexpr Entry entry()
{
    return {ApiKey(Request::kApiKey), &writeFor<Request, Response>};
}

constexpr Entry kEntries[] = {
    entry<ProduceRequest, ProduceResponse>(),
    entry<FetchRequest, FetchResponse>(),
    entry<ListOffsetsRequest, ListOffsetsResponse>(),
    entry<MetadataRequest, MetadataResponse>(),
    entry<OffsetCommitRequest, OffsetCommitResponse>(),
    entry<OffsetFetchRequest, OffsetFetchResponse>(),
    entry<FindCoordinatorRequest, FindCoordinatorResponse>(),
    entry<JoinGroupRequest, JoinGroupResponse>(),
    entry<HeartbeatRequest, HeartbeatResponse>(),
    entry<LeaveGroupRequest, LeaveGroupResponse>(),
    entry<SyncGroupRequest, SyncGroupResponse>(),
    entry<DescribeGroupsRequest, DescribeGroupsResponse>(),
    entry<ListGroupsRequest, ListGroupsResponse>(),
    entry<ApiVersionsRequest, ApiVersionsResponse>(),
    entry<CreateTopicsRequest, CreateTopicsResponse>(),
    entry<DeleteTopicsRequest, DeleteTopicsResponse>(),
    entry<DeleteRecordsRequest, DeleteRecordsResponse>(),
    entry<InitProducerIdRequest, InitProducerIdResponse>(),
    entry<OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse>(),
    entry<AddOffsetsToTxnRequest, AddOffsetsToTxnResponse>(),
    entry<EndTxnRequest, EndTxnResponse>(),
    entry<DescribeConfigsRequest, DescribeConfigsResponse>(),
    entry<AlterConfigsRequest, AlterConfigsResponse>(),
    entry<AlterReplicaLogDirsRequest, AlterReplicaLogDirsResponse>(),
    entry<DescribeLogDirsRequest, DescribeLogDirsResponse>(),
    entry<CreatePartitionsRequest, CreatePartitionsResponse>(),
    entry<DeleteGroupsRequest, DeleteGroupsResponse>(),
    entry<ElectLeadersRequest, ElectLeadersResponse>(),
    entry<IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse>(),
    entry<AlterPartitionReassignmentsRequest, AlterPartitionReassignmentsResponse>(),
    entry<ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse>(),
    entry<OffsetDeleteRequest, OffsetDeleteResponse>(),
    entry<VoteRequest, VoteResponse>(),
    entry<DescribeQuorumRequest, DescribeQuorumResponse>(),
    entry<AlterPartitionRequest, AlterPartitionResponse>(),
    entry<UpdateFeaturesRequest, UpdateFeaturesResponse>(),
    entry<DescribeClusterRequest, DescribeClusterResponse>(),
    entry<BrokerRegistrationRequest, BrokerRegistrationResponse>(),
    entry<BrokerHeartbeatRequest, BrokerHeartbeatResponse>(),
    entry<UnregisterBrokerRequest, UnregisterBrokerResponse>(),
    entry<AllocateProducerIdsRequest, AllocateProducerIdsResponse>(),
    entry<DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse>(),
};

const Entry* findEntry(ApiKey api)
{
    const auto found = std::find_if(std::begin(kEntries), std::end(kEntries),
        [api](const Entry& entry) { return entry.api == api; });
    return found == std::end(kEntries) ? nullptr : found;
}

} // namespace

Result<void> writeErrorResponse(
    Writer& out, ApiKey api, std::int16_t version, BytesView body, ErrorCode error)
{
    const Entry* const found = findEntry(api);
    if (found == nullptr)
        return fail(ErrorCode::LocalUnsupported,
            std::string(factsOf(api).name) + " can't be answered with an error");
    if (!factsOf(api).hasVersion(version))
        return fail(ErrorCode::LocalUnsupported, "the version is not known");
    return found->write(out, version, body, error);
}

bool hasErrorResponse(ApiKey api)
{
    return findEntry(api) != nullptr;
}

} // namespace moldau::protocol
