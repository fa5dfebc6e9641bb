#pragma once

#include "bridge/session.h"
#include "client/clusterconnection.h"
#include "client/clustercontrol.h"
#include "client/eventsource.h"
#include "events/nametable.h"

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace moldau::tests {

/**
 * A cluster in memory for the window's tests and pictures: three brokers, topics, groups,
 * elections, with the events that a real one emits. Not a broker: one thread, no protocol.
 * Everything happens inside the call, callbacks included.
 */
class FakeCluster final : public client::ClusterConnection,
                          public client::EventSource,
                          public client::ClusterControl {
public:
    using Done = client::ClusterConnection::Done; // both bases have one

    explicit FakeCluster(int brokers = 3);
    ~FakeCluster() override;

    // What tests play.
    void addTopic(const std::string& name, int partitions, int replicas = 3);
    void connectClient(const std::string& id, const std::string& library);
    void disconnectClient(const std::string& id);
    /** A program other than the window sends; the offset, or -1 where nobody leads. */
    std::int64_t produce(const std::string& client, const std::string& topic, int partition,
        const std::string& key, const std::string& value, int records = 1);
    void reject(
        const std::string& client, const std::string& topic, int partition, ErrorCode error);
    /** A program other than the window reads what it hasn't read. */
    void fetch(const std::string& client, const std::string& group, const std::string& topic,
        int partition);
    void setInSync(const std::string& topic, int partition, int broker, bool isInSync);
    void setReplicationHeld(int broker, bool isHeld) { m_held[broker] = isHeld; }
    void electController(int broker, int epoch);
    void emitEvent(Event event);
    NameId intern(const std::string& text) { return m_names.intern(text); }
    /** Fails the next send with this error. */
    void failNextSend(ErrorCode error) { m_nextError = error; }
    /** Nanoseconds since 1970; the real clock unless set. */
    std::function<std::int64_t()> clock;
    bool isWanted() const { return m_isWanted; }
    std::size_t consumers() const { return m_consumers.size(); }
    int descriptionsAsked() const { return m_descriptionsAsked; }
    bool hasControllerNode = true;
    int controllerNodes = 1; ///< where there are any

    // ClusterConnection
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
    void listGroups(Reply<std::vector<client::GroupSummary>> reply) override;
    void describeGroup(std::string id, Reply<client::GroupDescription> reply) override;
    void deleteGroup(std::string id, Reply<Done> reply) override;
    void send(client::RecordToSend record, Reply<client::SendReceipt> reply) override;
    std::unique_ptr<client::Consumer> consume(
        client::ConsumerOptions options, client::ConsumerListener& listener) override;

    // EventSource
    void setWanted(bool isWanted) override { m_isWanted = isWanted; }
    std::size_t drain(std::span<Event> out) override;
    std::uint64_t dropped() const override { return m_dropped; }
    std::string_view textOf(NameId id) const override { return m_names.textOf(id); }
    bool seesEverything() const override { return true; }

    // ClusterControl
    std::vector<client::NodeStatus> nodes() const override;
    void startNode(std::string service, ClusterControl::Done done) override;
    void stopNode(std::string service, ClusterControl::Done done) override;
    void killNode(std::string service, ClusterControl::Done done) override;
    void pauseNode(std::string service, ClusterControl::Done done) override;
    void unpauseNode(std::string service, ClusterControl::Done done) override;
    Result<int> addFault(const faults::FaultRule& rule) override;
    Result<void> removeFault(int id) override;
    void healFaults() override;
    std::vector<faults::FaultStatus> faults() const override { return m_faults->list(); }

    /** What a session of this cluster is made of. */
    widgets::SessionParts parts(const QString& name = QStringLiteral("Local"));

private:
    class FakeConsumer;
    struct Partition {
        client::PartitionDescription description;
        std::vector<client::Record> records;
        std::map<int, std::int64_t> ends; // by broker
        std::int64_t watermark = 0;
        std::int64_t base = 0; // offset of the first record kept
        std::int64_t end() const { return base + static_cast<std::int64_t>(records.size()); }
    };
    struct Topic {
        Uuid id;
        std::vector<Partition> partitions;
        std::map<std::string, std::string> configs;
    };
    struct Group {
        std::vector<FakeConsumer*> members;
        std::vector<client::GroupMember> outside;
        std::map<std::pair<std::string, int>, std::int64_t> offsets;
        int generation = 0;
    };

    std::int64_t now() const;
    int brokerIndex(const std::string& service) const;
    void setState(const std::string& service, client::NodeState state, EventKind kind,
        ClusterControl::Done done);
    void elect();
    void tellFault(EventKind kind, int id, const faults::FaultRule& rule);
    Partition* find(const std::string& topic, int partition);
    std::int64_t append(const std::string& client, const std::string& topic, int partition,
        const std::optional<Bytes>& key, const std::optional<Bytes>& value,
        std::vector<client::Header> headers, int records);
    void replicate(
        const std::string& topic, Partition& partition, std::int64_t first, int records, int bytes);
    void deliver();
    void rebalance(const std::string& group);
    Event event(EventKind kind, int node);
    Event partitionEvent(
        EventKind kind, int node, const std::string& topic, const Partition& partition);

    NameTable m_names;
    std::deque<Event> m_events;
    std::uint64_t m_dropped = 0;
    bool m_isWanted = false;
    std::vector<client::NodeState> m_states; // by broker, from id 1
    std::unique_ptr<faults::FaultBoard> m_faults = std::move(faults::FaultBoard::create().value());
    std::map<int, bool> m_held;
    std::map<std::string, Topic> m_topics;
    std::map<std::string, Group> m_groups;
    std::vector<FakeConsumer*> m_consumers;
    int m_descriptionsAsked = 0;
    std::map<std::string, std::vector<std::uint64_t>> m_connections;
    std::map<std::tuple<std::string, std::string, int>, std::int64_t> m_fetched;
    std::uint64_t m_nextConnection = 100;
    std::int32_t m_correlation = 0;
    std::int32_t m_roundRobin = 0;
    ErrorCode m_nextError = ErrorCode::None;
    bool m_isDelivering = false;
};

/** A host with sessions that a test gives it. */
class FakeHost final : public widgets::SessionHost {
public:
    using SessionHost::SessionHost;
    widgets::Session* add(widgets::SessionParts parts);

    QList<widgets::Session*> sessions() const override { return m_sessions; }
    void openLocal() override { ++localOpens; }
    void openExternal(const widgets::ExternalOptions& options) override
    {
        externals.append(options);
    }
    void openComposeFile(const QString& path) override { composeFiles.append(path); }
    void close(widgets::Session* session) override;
    void resetLocal() override { ++resets; }

    int localOpens = 0;
    int resets = 0;
    QList<widgets::ExternalOptions> externals;
    QStringList composeFiles;

private:
    QList<widgets::Session*> m_sessions;
};

} // namespace moldau::tests
