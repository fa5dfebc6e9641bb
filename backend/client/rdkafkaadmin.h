#pragma once

#include "client/administration.h"
#include "client/rdkafkahandle.h"

#include <functional>
#include <map>
#include <span>

namespace moldau::client {

/**
 * Administration by librdkafka's own requests: the way to clusters whose SASL our own codecs don't
 * speak (Kerberos, OAuth). Tells less than WireAdmin; its client is made at the first request.
 */
class RdKafkaAdmin final : public Administration {
public:
    using HandleFactory = std::function<Result<std::shared_ptr<RdKafkaHandle>>()>;

    RdKafkaAdmin(HandleFactory make, std::shared_ptr<LoopGate> gate, int timeoutMs);
    ~RdKafkaAdmin() override;

    void createTopic(
        const NewTopic& topic, const ReplicaAssignment& assignment, Answer<Done> answer) override;
    void deleteTopic(const std::string& name, Answer<Done> answer) override;
    void createPartitions(const std::string& topic, std::int32_t total,
        const ReplicaAssignment& added, Answer<Done> answer) override;
    void deleteRecords(const std::string& topic, const std::map<std::int32_t, std::int64_t>& before,
        Answer<Done> answer) override;

    void describeConfigs(
        const ConfigResource& resource, Answer<std::vector<ConfigDetail>> answer) override;
    /** Sets all configs of the resource anew, since that is the only request librdkafka has: what
     * was set before is asked for first. */
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

    // librdkafka has these only as calls that wait; they run on threads of their own.
    void describeCluster(Answer<ClusterDescription> answer) override;
    void describeTopics(
        const std::vector<std::string>& names, Answer<std::vector<TopicDetail>> answer) override;
    void findOffsets(const std::map<TopicPartition, std::int64_t>& what,
        Answer<PerPartition<FoundOffset>> answer) override;

private:
    using OnEvent = std::function<void(const rd_kafka_event_t&)>;
    using Send
        = std::function<void(rd_kafka_t*, const rd_kafka_AdminOptions_t*, rd_kafka_queue_t*)>;

    /** The client, or an answer that says why there is none. */
    template <class T> RdKafkaHandle* handleFor(const Answer<T>& answer);
    /** Sends one request; a request that fails as a whole is answered here, the rest goes to
     * `read`. */
    template <class T, class Read>
    void request(rd_kafka_admin_op_t operation, Answer<T> answer, const Send& send, Read read);
    /** Runs `work` with the client on another thread. */
    template <class T, class Work> void inBackground(Answer<T> answer, Work work);
    /** The trouble behind a timeout, where it is known. */
    Error withTrouble(Error error) const;
    void serveQueue();

    HandleFactory m_make;
    std::shared_ptr<LoopGate> m_gate;
    int m_timeoutMs;
    std::shared_ptr<RdKafkaHandle> m_handle;
    RdKafkaQueue m_queue;
    RdKafkaQueue m_mainQueue;
    std::shared_ptr<QueueWaker> m_waker;
    std::shared_ptr<QueueWaker> m_mainWaker;
    std::map<std::uintptr_t, OnEvent> m_pending;
    std::uintptr_t m_lastId = 0;
};

} // namespace moldau::client
