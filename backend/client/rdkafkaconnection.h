#pragma once

#include "base/asioloop.h"
#include "base/log.h"
#include "client/clientproperties.h"
#include "client/clusteradmin.h"
#include "client/clusterconnection.h"
#include "client/eventsource.h"
#include "client/owedreplies.h"
#include "client/properties.h"
#include "client/rdkafkahandle.h"

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace moldau::network {
class ResolvingTransport;
}

namespace moldau::client {

class Administration;
class ListenerGate;
class ReaderPool;
class TlsTransport;
class RdKafkaConsumer;
class RdKafkaEventSource;
class RdKafkaProducer;
class WireClient;

/** How a cluster is reached. */
struct ConnectionOptions {
    std::string bootstrap; ///< "host:port,host:port"; empty: as `properties` say
    std::string properties; ///< text with names of the Java client or of librdkafka
    Properties moreProperties; ///< added to those of the text; later ones win
    AddressResolver
        resolver; ///< for names inside a compose network; may be empty. Any thread calls it
    std::string clientId = "moldau";
    std::chrono::milliseconds timeout{
        10'000}; ///< of administration; sending waits three times as long
    Log::Sink* log = nullptr; ///< outlives the process' last connection
    std::shared_ptr<void>
        untilClosed; ///< let go when nothing of the connection runs in the background any more
};

/**
 * A cluster, embedded or external: records go by librdkafka, administration by our own codecs where
 * they reach the brokers, else by librdkafka too. Has one thread of its own, on which all callbacks
 * come; librdkafka brings its threads along. Made and destroyed on any other thread; destroying
 * waits for the callback that is running, cancels the rest, and leaves the closing of sockets to
 * the background.
 */
class RdKafkaConnection final : public ClusterConnection, public ClusterAdmin {
public:
    template <class T> using Reply = ClusterConnection::Reply<T>;
    using Done = ClusterConnection::Done;

    /** Checks the options; nothing is connected before the first call. */
    static Result<std::unique_ptr<RdKafkaConnection>> open(ConnectionOptions options);
    ~RdKafkaConnection() override;

    /** Properties that have no effect, in sentences. */
    const std::vector<std::string>& warnings() const { return m_config.warnings; }
    /** What this connection itself does, for clusters that aren't ours. Lives as long as the
     * connection. */
    EventSource& events();

    void describeCluster(Reply<ClusterDescription> reply) override;
    void createTopic(NewTopic topic, Reply<Done> reply) override;
    void deleteTopic(std::string name, Reply<Done> reply) override;
    void createPartitions(std::string topic, std::int32_t total, Reply<Done> reply) override;
    void deleteRecords(
        std::string topic, std::map<std::int32_t, std::int64_t> before, Reply<Done> reply) override;
    void describeConfigs(ConfigResource resource, Reply<std::vector<ConfigEntry>> reply) override;
    void alterConfigs(
        ConfigResource resource, std::vector<ConfigChange> changes, Reply<Done> reply) override;
    void listOffsets(std::string topic, Reply<std::vector<PartitionOffsets>> reply) override;
    void offsetsForTime(std::string topic, std::int64_t timestampMs,
        Reply<std::map<std::int32_t, std::int64_t>> reply) override;
    void describeLogDirs(Reply<std::vector<ReplicaSize>> reply) override;
    void listGroups(Reply<std::vector<GroupSummary>> reply) override;
    void describeGroup(std::string id, Reply<GroupDescription> reply) override;
    void deleteGroup(std::string id, Reply<Done> reply) override;
    void send(RecordToSend record, Reply<SendReceipt> reply) override;
    std::unique_ptr<Consumer> consume(ConsumerOptions options, ConsumerListener& listener) override;

    void createTopicOn(NewTopic topic, ReplicaAssignment assignment, Reply<Done> reply) override;
    void createPartitionsOn(
        std::string topic, std::int32_t total, ReplicaAssignment added, Reply<Done> reply) override;
    void describeTopics(
        std::vector<std::string> names, Reply<std::vector<TopicDetail>> reply) override;
    void describeQuorum(Reply<QuorumDescription> reply) override;
    void describeLogDirectories(Reply<std::vector<LogDirectory>> reply) override;
    void electPreferredLeaders(
        std::vector<TopicPartition> partitions, Reply<PerPartition<Done>> reply) override;
    void reassign(std::map<TopicPartition, std::optional<std::vector<BrokerId>>> wishes,
        Reply<PerPartition<Done>> reply) override;
    void listReassignments(Reply<std::map<TopicPartition, Reassignment>> reply) override;
    void describeThrottles(
        std::vector<std::string> topics, Reply<ReplicationThrottles> reply) override;
    void setThrottles(ReplicationThrottles throttles, Reply<ReplicationThrottles> reply) override;
    void findOffsets(std::map<TopicPartition, std::int64_t> what,
        Reply<PerPartition<FoundOffset>> reply) override;
    void describeConfigDetails(
        ConfigResource resource, Reply<std::vector<ConfigDetail>> reply) override;
    void changeConfigs(ConfigResource resource, std::vector<ConfigOperation> operations,
        Reply<Done> reply) override;
    void listGroupsBy(std::set<std::string> states, std::set<std::string> types,
        Reply<std::vector<GroupSummary>> reply) override;
    void describeGroupDetail(std::string group, Reply<GroupDetail> reply) override;
    void groupOffsets(
        std::string group, Reply<std::map<TopicPartition, CommittedOffset>> reply) override;
    void alterGroupOffsets(std::string group, std::map<TopicPartition, std::int64_t> offsets,
        Reply<PerPartition<Done>> reply) override;
    void deleteGroupOffsets(std::string group, std::vector<TopicPartition> partitions,
        Reply<PerPartition<Done>> reply) override;

private:
    class HeldConsumer;

    RdKafkaConnection(
        ConnectionOptions options, ClientConfig config, std::vector<Endpoint> bootstrap);

    /** Brings a call to the loop; `work` gets the right to answer it. */
    template <class T, class Work> void onLoop(Reply<T> reply, Work work);
    /** Chooses who administers: our own codecs wherever they get through. */
    Result<void> makeAdmin();
    Result<std::shared_ptr<RdKafkaHandle>> makeHandle(
        rd_kafka_type_t type, Properties defaults, const Properties& own, Properties overrides);
    void startConsumer(
        std::uint64_t id, ConsumerOptions options, std::shared_ptr<ListenerGate> listener);
    void partitionsOf(const std::string& topic, Reply<std::vector<std::int32_t>> reply);
    int timeoutMs() const { return static_cast<int>(m_options.timeout.count()); }

    ConnectionOptions m_options;
    std::vector<Endpoint> m_bootstrap;
    ClientConfig m_config;
    AsioLoop m_loop;
    std::shared_ptr<LoopGate> m_gate;
    std::shared_ptr<RdKafkaEventSource> m_events;
    std::atomic<std::uint64_t> m_lastConsumer{0};
    // From here on everything belongs to the loop's thread.
    bool m_isClosing = false;
    OwedReplies m_owed;
    std::shared_ptr<SaslRelay> m_relay; ///< where librdkafka itself can't authenticate
    std::unique_ptr<network::ResolvingTransport> m_resolving;
    std::unique_ptr<TlsTransport> m_tls; ///< nullptr without TLS
    std::unique_ptr<WireClient> m_wire; ///< nullptr where our own codecs can't reach the brokers
    std::unique_ptr<Administration> m_admin;
    std::unique_ptr<RdKafkaProducer> m_producer;
    std::unique_ptr<ReaderPool> m_readers;
    std::map<std::uint64_t, std::unique_ptr<RdKafkaConsumer>> m_consumers;
};

/** For the end of main(): waits for sockets that are closing in the background; false after
 * `timeoutMs`. */
bool waitForClosedConnections(int timeoutMs);

} // namespace moldau::client
