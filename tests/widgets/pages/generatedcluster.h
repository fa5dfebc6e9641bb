#pragma once

#include "client/brokeradmin.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>

namespace moldau::test {

/**
 * A cluster whose records are computed from their place instead of being stored, so that a topic of
 * ten million records costs nothing. Answers on a thread of its own, as real connections do. Counts
 * what was read, so that tests see when too much was.
 */
class GeneratedCluster final : public client::ClusterConnection, public client::BrokerAdmin {
public:
    template <class T> using Reply = client::ClusterConnection::Reply<T>;
    using Done = client::ClusterConnection::Done; // both bases have them
    using MakeRecord = std::function<client::Record(std::int32_t partition, std::int64_t offset)>;

    struct Partition {
        std::int64_t earliest = 0;
        std::int64_t end = 0;
        std::vector<BrokerId> replicas;
        std::vector<BrokerId> inSync;
        BrokerId leader;
        std::int64_t lagOfOutOfSync = 0;
    };
    struct Topic {
        Uuid id;
        bool isInternal = false;
        std::vector<Partition> partitions;
        std::map<std::string, std::string, std::less<>> configs;
        MakeRecord make;
        /** Offsets without a record, as compaction leaves them. */
        std::function<bool(std::int32_t partition, std::int64_t offset)> isGap;
        std::int64_t bytesPerRecord = 300;
    };

    explicit GeneratedCluster(int brokers = 3);
    ~GeneratedCluster() override;

    // Set-up and looking inside; any thread.
    void addTopic(
        const std::string& name, int partitions, int replicas, std::int64_t recordsPerPartition);
    void changeTopic(const std::string& name, const std::function<void(Topic&)>& change);
    /** More records at the end, which tails hear of. */
    void append(const std::string& topic, std::int32_t partition, std::int64_t count);
    void addGroup(client::GroupDescription group);
    /** Every call fails with this from now on; none ends that. */
    void failWith(std::optional<Error> error);
    /** What the BrokerAdmin's functions fail with, alone. */
    void refuseBrokerAdmin(std::optional<Error> error);
    /** While held, reassignments that were begun don't arrive, half of what they copy is there. */
    void holdMoves(bool areHeld);
    /** What brokers and topics hold replication back with; problems are for those that don't
     * answer. */
    client::ReplicationThrottles throttles() const;
    void setThrottlesTo(client::ReplicationThrottles throttles);
    /** While held, nothing is answered. */
    void hold(bool isHeld);
    std::int64_t recordsRead() const { return m_recordsRead; }
    int consumersMade() const { return m_consumersMade; }
    std::vector<client::RecordToSend> sent() const;
    bool hasTopic(const std::string& name) const;

    /** The record that a topic from addTopic() holds at a place, unless it was given a maker. */
    static client::Record orderAt(std::int32_t partition, std::int64_t offset);
    static constexpr std::int64_t kFirstMs = 1'795'300'000'000;

    void describeCluster(Reply<client::ClusterDescription> reply) override;
    void createTopic(client::NewTopic topic, Reply<Done> reply) override;
    void deleteTopic(std::string name, Reply<Done> reply) override;
    void createPartitions(std::string topic, std::int32_t total, Reply<Done> reply) override;
    void deleteRecords(
        std::string topic, std::map<std::int32_t, std::int64_t> before, Reply<Done> reply) override;
    void describeConfigs(
        client::ConfigResource resource, Reply<std::vector<client::ConfigEntry>> reply) override;
    void alterConfigs(client::ConfigResource resource, std::vector<client::ConfigChange> changes,
        Reply<Done> reply) override;
    void listOffsets(
        std::string topic, Reply<std::vector<client::PartitionOffsets>> reply) override;
    void offsetsForTime(std::string topic, std::int64_t timestampMs,
        Reply<std::map<std::int32_t, std::int64_t>> reply) override;
    void describeLogDirs(Reply<std::vector<client::ReplicaSize>> reply) override;
    void describeQuorum(Reply<client::QuorumDescription> reply) override;
    void describeLogDirectories(Reply<std::vector<client::LogDirectory>> reply) override;
    void electPreferredLeaders(
        std::vector<TopicPartition> partitions, Reply<client::PerPartition<Done>> reply) override;
    void reassign(std::map<TopicPartition, std::optional<std::vector<BrokerId>>> wishes,
        Reply<client::PerPartition<Done>> reply) override;
    void listReassignments(Reply<std::map<TopicPartition, client::Reassignment>> reply) override;
    void describeThrottles(
        std::vector<std::string> topics, Reply<client::ReplicationThrottles> reply) override;
    void setThrottles(
        client::ReplicationThrottles throttles, Reply<client::ReplicationThrottles> reply) override;
    void listGroups(Reply<std::vector<client::GroupSummary>> reply) override;
    void describeGroup(std::string id, Reply<client::GroupDescription> reply) override;
    void deleteGroup(std::string id, Reply<Done> reply) override;
    void send(client::RecordToSend record, Reply<client::SendReceipt> reply) override;
    std::unique_ptr<client::Consumer> consume(
        client::ConsumerOptions options, client::ConsumerListener& listener) override;

private:
    class GeneratedConsumer;
    template <class T> void answer(Reply<T> reply, std::function<Result<T>()> compute);
    template <class T> void answerForBrokers(Reply<T> reply, std::function<Result<T>()> compute);
    Partition* findPartition(const TopicPartition& at);
    void finishMoves();
    void post(std::function<void()> task);
    void run();
    Topic* find(const std::string& name);
    void serve(GeneratedConsumer& consumer);

    mutable std::mutex m_mutex; // guards all that follows
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_tasks;
    std::map<std::string, Topic> m_topics;
    std::vector<client::GroupDescription> m_groups;
    std::vector<client::RecordToSend> m_sent;
    std::set<GeneratedConsumer*> m_consumers;
    /** Under way: the replicas that there were, and those that there will be. */
    std::map<TopicPartition, std::pair<std::vector<BrokerId>, std::vector<BrokerId>>> m_moves;
    bool m_areMovesHeld = false;
    client::ReplicationThrottles m_throttles;
    std::optional<Error> m_brokerFailure;
    std::optional<Error> m_failure;
    bool m_isHeld = false;
    bool m_isStopping = false;
    int m_brokers;

    std::atomic<std::int64_t> m_recordsRead{0};
    std::atomic<int> m_consumersMade{0};
    std::mutex m_serving; // held while a listener is called, so that consumers can go safely
    std::thread m_thread;
};

template <class T> void GeneratedCluster::answer(Reply<T> reply, std::function<Result<T>()> compute)
{
    auto shared = std::make_shared<Reply<T>>(std::move(reply));
    post([this, shared, compute = std::move(compute)] {
        Result<T> result = [&]() -> Result<T> {
            const std::lock_guard lock(m_mutex);
            if (m_failure)
                return fail(*m_failure);
            return compute();
        }();
        (*shared)(std::move(result));
    });
}

/**
 * True once everything that was asked of the cluster so far has been answered and the answers have
 * been taken: they come in order, and this asks once more.
 */
bool isAllAnswered(client::ClusterConnection& cluster);

} // namespace moldau::test
