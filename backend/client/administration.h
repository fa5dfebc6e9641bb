#pragma once

#include "client/clusteradmin.h"
#include "client/owedreplies.h"

namespace moldau::client {

/**
 * Everything that isn't sending or reading records, as a connection passes it on: by our own codecs
 * (WireAdmin) or by librdkafka (RdKafkaAdmin). Belongs to a connection, lives on its loop's thread.
 * Semantics are those of ClusterConnection and ClusterAdmin.
 */
class Administration {
public:
    using Done = ClusterConnection::Done;

    virtual ~Administration() = default;

    virtual void describeCluster(Answer<ClusterDescription> answer) = 0;
    virtual void describeTopics(
        const std::vector<std::string>& names, Answer<std::vector<TopicDetail>> answer)
        = 0;
    virtual void createTopic(
        const NewTopic& topic, const ReplicaAssignment& assignment, Answer<Done> answer)
        = 0;
    virtual void deleteTopic(const std::string& name, Answer<Done> answer) = 0;
    virtual void createPartitions(const std::string& topic, std::int32_t total,
        const ReplicaAssignment& added, Answer<Done> answer)
        = 0;
    virtual void listReassignments(Answer<std::map<TopicPartition, Reassignment>> answer) = 0;
    virtual void describeLogDirectories(Answer<std::vector<LogDirectory>> answer) = 0;
    virtual void describeQuorum(Answer<QuorumDescription> answer) = 0;
    virtual void electPreferredLeaders(
        const std::vector<TopicPartition>& partitions, Answer<PerPartition<Done>> answer)
        = 0;
    virtual void reassign(
        const std::map<TopicPartition, std::optional<std::vector<BrokerId>>>& wishes,
        Answer<PerPartition<Done>> answer)
        = 0;
    virtual void describeThrottles(
        const std::vector<std::string>& topics, Answer<ReplicationThrottles> answer)
        = 0;
    virtual void setThrottles(
        const ReplicationThrottles& throttles, Answer<ReplicationThrottles> answer)
        = 0;

    virtual void deleteRecords(const std::string& topic,
        const std::map<std::int32_t, std::int64_t>& before, Answer<Done> answer)
        = 0;
    virtual void findOffsets(const std::map<TopicPartition, std::int64_t>& what,
        Answer<PerPartition<FoundOffset>> answer)
        = 0;

    virtual void describeConfigs(
        const ConfigResource& resource, Answer<std::vector<ConfigDetail>> answer)
        = 0;
    virtual void changeConfigs(const ConfigResource& resource,
        const std::vector<ConfigOperation>& operations, Answer<Done> answer)
        = 0;

    virtual void listGroups(const std::set<std::string>& states, const std::set<std::string>& types,
        Answer<std::vector<GroupSummary>> answer)
        = 0;
    virtual void describeGroup(const std::string& id, Answer<GroupDetail> answer) = 0;
    virtual void deleteGroup(const std::string& id, Answer<Done> answer) = 0;
    virtual void groupOffsets(
        const std::string& group, Answer<std::map<TopicPartition, CommittedOffset>> answer)
        = 0;
    virtual void alterGroupOffsets(const std::string& group,
        const std::map<TopicPartition, std::int64_t>& offsets, Answer<PerPartition<Done>> answer)
        = 0;
    virtual void deleteGroupOffsets(const std::string& group,
        const std::vector<TopicPartition>& partitions, Answer<PerPartition<Done>> answer)
        = 0;
};

} // namespace moldau::client
