// WireAdmin's part for brokers and topics.

#include "client/wirehelpers.h"

#include "protocol/messages/createpartitionsrequest.h"
#include "protocol/messages/createpartitionsresponse.h"
#include "protocol/messages/createtopicsrequest.h"
#include "protocol/messages/createtopicsresponse.h"
#include "protocol/messages/deletetopicsrequest.h"
#include "protocol/messages/deletetopicsresponse.h"
#include "protocol/messages/describetopicpartitionsrequest.h"
#include "protocol/messages/describetopicpartitionsresponse.h"
#include "protocol/messages/metadatarequest.h"
#include "protocol/messages/metadataresponse.h"

#include <algorithm>

namespace moldau::client {

namespace {

using namespace moldau::protocol;

/** A partition of Metadata or of DescribeTopicPartitions. */
template <class Partition> PartitionDescription partitionOf(const Partition& from)
{
    PartitionDescription partition;
    partition.index = from.partitionIndex;
    partition.leader = from.leaderId;
    partition.leaderEpoch = from.leaderEpoch;
    partition.replicas = from.replicaNodes;
    partition.inSync = from.isrNodes;
    partition.offline = from.offlineReplicas;
    return partition;
}

ClusterDescription clusterOf(const MetadataResponse& response)
{
    ClusterDescription cluster;
    cluster.clusterId = response.clusterId.value_or("");
    cluster.controller = response.controllerId;
    for (const auto& broker : response.brokers)
        cluster.brokers.push_back({broker.nodeId,
            {broker.host, static_cast<std::uint16_t>(broker.port)}, broker.rack.value_or("")});
    std::ranges::sort(cluster.brokers, {}, &BrokerDescription::id);
    for (const auto& from : response.topics) {
        // A topic that is being deleted may still be named, with an error.
        if (!from.name || errorFromWire(from.errorCode) == ErrorCode::UnknownTopicOrPartition)
            continue;
        TopicDescription topic{*from.name, from.topicId, from.isInternal, {}};
        for (const auto& partition : from.partitions)
            topic.partitions.push_back(partitionOf(partition));
        std::ranges::sort(topic.partitions, {}, &PartitionDescription::index);
        cluster.topics.push_back(std::move(topic));
    }
    std::ranges::sort(cluster.topics, {}, &TopicDescription::name);
    return cluster;
}

MetadataRequest metadataRequest(
    std::int16_t version, const std::optional<std::vector<std::string>>& names)
{
    MetadataRequest request;
    request.allowAutoTopicCreation = version < 4;
    if (names) {
        for (const std::string& name : *names)
            request.topics->emplace_back().name = name;
    } else {
        request.topics.reset();
    }
    return request;
}

bool isMissingApi(const Error& error)
{
    return error.code == ErrorCode::LocalUnsupported || error.code == ErrorCode::UnsupportedVersion;
}

} // namespace

void WireAdmin::describeCluster(Answer<ClusterDescription> answer)
{
    m_wire.call<MetadataResponse>(
        {}, [](std::int16_t version) { return metadataRequest(version, std::nullopt); },
        [this, answer](Result<MetadataResponse> response) {
            if (!response)
                return answer(fail(response.error()));
            ClusterDescription cluster = clusterOf(*response);
            std::map<BrokerId, Endpoint> brokers;
            for (const BrokerDescription& broker : cluster.brokers)
                brokers[broker.id] = broker.address;
            m_wire.rememberBrokers(std::move(brokers));
            answer(std::move(cluster));
        });
}

void WireAdmin::describeTopics(
    const std::vector<std::string>& names, Answer<std::vector<TopicDetail>> answer)
{
    if (names.empty())
        return answer(std::vector<TopicDetail>{});
    std::vector<std::string> sorted = names;
    std::ranges::sort(sorted); // the cursor of the answer goes by name
    describeTopicsFrom(sorted, std::nullopt, {}, answer);
}

void WireAdmin::describeTopicsFrom(const std::vector<std::string>& names,
    std::optional<TopicPartition> cursor, std::vector<TopicDetail> found,
    Answer<std::vector<TopicDetail>> answer)
{
    const auto build = [names, cursor](std::int16_t) {
        DescribeTopicPartitionsRequest request;
        for (const std::string& name : names) {
            if (!cursor || name >= cursor->topic)
                request.topics.emplace_back().name = name;
        }
        if (cursor) {
            request.cursor.emplace();
            request.cursor->topicName = cursor->topic;
            request.cursor->partitionIndex = cursor->partition;
        }
        return request;
    };
    m_wire.call<DescribeTopicPartitionsResponse>({}, build,
        [this, names, found = std::move(found), answer](
            Result<DescribeTopicPartitionsResponse> response) mutable {
            if (!response && isMissingApi(response.error()))
                return describeTopicsByMetadata(names, answer);
            if (!response)
                return answer(fail(response.error()));
            for (auto& topic : response->topics) {
                if (topic.errorCode != 0 || !topic.name)
                    continue;
                if (found.empty() || found.back().name != *topic.name)
                    found.push_back({*topic.name, topic.topicId, topic.isInternal, {}});
                for (auto& partition : topic.partitions)
                    found.back().partitions.push_back(
                        {partitionOf(partition), std::move(partition.eligibleLeaderReplicas),
                            std::move(partition.lastKnownElr)});
            }
            if (!response->nextCursor)
                return answer(std::move(found));
            describeTopicsFrom(names,
                TopicPartition{
                    response->nextCursor->topicName, response->nextCursor->partitionIndex},
                std::move(found), answer);
        });
}

void WireAdmin::describeTopicsByMetadata(
    const std::vector<std::string>& names, Answer<std::vector<TopicDetail>> answer)
{
    m_wire.call<MetadataResponse>(
        {}, [names](std::int16_t version) { return metadataRequest(version, names); },
        [answer](Result<MetadataResponse> response) {
            if (!response)
                return answer(fail(response.error()));
            std::vector<TopicDetail> topics;
            for (TopicDescription& topic : clusterOf(*response).topics) {
                TopicDetail& detail
                    = topics.emplace_back(TopicDetail{topic.name, topic.id, topic.isInternal, {}});
                for (PartitionDescription& partition : topic.partitions)
                    detail.partitions.push_back({std::move(partition), std::nullopt, std::nullopt});
            }
            answer(std::move(topics));
        });
}

void WireAdmin::createTopic(
    const NewTopic& topic, const ReplicaAssignment& assignment, Answer<Done> answer)
{
    const auto build = [topic, assignment, timeoutMs = milliseconds(m_wire.timeout())](
                           std::int16_t) {
        CreateTopicsRequest request;
        request.timeoutMs = timeoutMs;
        auto& wanted = request.topics.emplace_back();
        wanted.name = topic.name;
        wanted.numPartitions = assignment.empty() ? topic.partitions : -1;
        wanted.replicationFactor = assignment.empty() ? topic.replicationFactor : std::int16_t{-1};
        for (std::size_t i = 0; i < assignment.size(); ++i) {
            auto& partition = wanted.assignments.emplace_back();
            partition.partitionIndex = static_cast<std::int32_t>(i);
            partition.brokerIds = assignment[i];
        }
        for (const auto& [name, value] : topic.configs) {
            auto& config = wanted.configs.emplace_back();
            config.name = name;
            config.value = value;
        }
        return request;
    };
    m_wire.call<CreateTopicsResponse>({}, build, [answer](Result<CreateTopicsResponse> response) {
        if (!response)
            return answer(fail(response.error()));
        if (response->topics.size() != 1)
            return answer(fail(incompleteAnswer()));
        answer(doneOr(response->topics[0].errorCode, response->topics[0].errorMessage));
    });
}

void WireAdmin::deleteTopic(const std::string& name, Answer<Done> answer)
{
    const auto build = [name, timeoutMs = milliseconds(m_wire.timeout())](std::int16_t version) {
        DeleteTopicsRequest request;
        request.timeoutMs = timeoutMs;
        if (version >= 6)
            request.topics.emplace_back().name = name;
        else
            request.topicNames = {name};
        return request;
    };
    m_wire.call<DeleteTopicsResponse>({}, build, [answer](Result<DeleteTopicsResponse> response) {
        if (!response)
            return answer(fail(response.error()));
        if (response->responses.size() != 1)
            return answer(fail(incompleteAnswer()));
        answer(doneOr(response->responses[0].errorCode, response->responses[0].errorMessage));
    });
}

void WireAdmin::createPartitions(const std::string& topic, std::int32_t total,
    const ReplicaAssignment& added, Answer<Done> answer)
{
    const auto build
        = [topic, total, added, timeoutMs = milliseconds(m_wire.timeout())](std::int16_t) {
              CreatePartitionsRequest request;
              request.timeoutMs = timeoutMs;
              auto& wanted = request.topics.emplace_back();
              wanted.name = topic;
              wanted.count = total;
              if (added.empty())
                  wanted.assignments.reset();
              for (const auto& brokers : added)
                  wanted.assignments->emplace_back().brokerIds = brokers;
              return request;
          };
    m_wire.call<CreatePartitionsResponse>(
        {}, build, [answer](Result<CreatePartitionsResponse> response) {
            if (!response)
                return answer(fail(response.error()));
            if (response->results.size() != 1)
                return answer(fail(incompleteAnswer()));
            answer(doneOr(response->results[0].errorCode, response->results[0].errorMessage));
        });
}

} // namespace moldau::client
