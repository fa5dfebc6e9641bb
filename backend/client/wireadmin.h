#pragma once

#include "client/administration.h"
#include "client/wireclient.h"

namespace moldau::client {

/**
 * Administration by our own codecs: everything that the tools and the window want to know, from any
 * broker, leader or coordinator that knows it.
 */
class WireAdmin final : public Administration {
public:
    /** `wire` outlives it. */
    explicit WireAdmin(WireClient& wire)
        : m_wire(wire)
    {
    }

    void describeCluster(Answer<ClusterDescription> answer) override;
    void describeTopics(
        const std::vector<std::string>& names, Answer<std::vector<TopicDetail>> answer) override;
    void createTopic(
        const NewTopic& topic, const ReplicaAssignment& assignment, Answer<Done> answer) override;
    void deleteTopic(const std::string& name, Answer<Done> answer) override;
    void createPartitions(const std::string& topic, std::int32_t total,
        const ReplicaAssignment& added, Answer<Done> answer) override;
    void listReassignments(Answer<std::map<TopicPartition, Reassignment>> answer) override;
    void describeLogDirectories(Answer<std::vector<LogDirectory>> answer) override;
    void describeQuorum(Answer<QuorumDescription> answer) override;
    void electPreferredLeaders(
        const std::vector<TopicPartition>& partitions, Answer<PerPartition<Done>> answer) override;
    void reassign(const std::map<TopicPartition, std::optional<std::vector<BrokerId>>>& wishes,
        Answer<PerPartition<Done>> answer) override;
    void describeThrottles(
        const std::vector<std::string>& topics, Answer<ReplicationThrottles> answer) override;
    void setThrottles(
        const ReplicationThrottles& throttles, Answer<ReplicationThrottles> answer) override;

    void deleteRecords(const std::string& topic, const std::map<std::int32_t, std::int64_t>& before,
        Answer<Done> answer) override;
    void findOffsets(const std::map<TopicPartition, std::int64_t>& what,
        Answer<PerPartition<FoundOffset>> answer) override;

    void describeConfigs(
        const ConfigResource& resource, Answer<std::vector<ConfigDetail>> answer) override;
    void changeConfigs(const ConfigResource& resource,
        const std::vector<ConfigOperation>& operations, Answer<Done> answer) override;

    void listGroups(const std::set<std::string>& states, const std::set<std::string>& types,
        Answer<std::vector<GroupSummary>> answer) override;
    void describeGroup(const std::string& id, Answer<GroupDetail> answer) override;
    void deleteGroup(const std::string& id, Answer<Done> answer) override;
    void groupOffsets(const std::string& group,
        Answer<std::map<TopicPartition, CommittedOffset>> answer) override;
    void alterGroupOffsets(const std::string& group,
        const std::map<TopicPartition, std::int64_t>& offsets,
        Answer<PerPartition<Done>> answer) override;
    void deleteGroupOffsets(const std::string& group, const std::vector<TopicPartition>& partitions,
        Answer<PerPartition<Done>> answer) override;

private:
    void describeTopicsByMetadata(
        const std::vector<std::string>& names, Answer<std::vector<TopicDetail>> answer);
    void describeTopicsFrom(const std::vector<std::string>& names,
        std::optional<TopicPartition> cursor, std::vector<TopicDetail> found,
        Answer<std::vector<TopicDetail>> answer);
    void describeClassicGroup(const std::string& id, Answer<GroupDetail> answer);
    void describeConsumerGroup(const std::string& id, Answer<GroupDetail> answer);
    void describeShareGroup(const std::string& id, Answer<GroupDetail> answer);
    void addCoordinator(GroupDetail detail, Answer<GroupDetail> answer);

    WireClient& m_wire;
};

} // namespace moldau::client
