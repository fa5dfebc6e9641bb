#pragma once

#include "bridge/metadata.h"
#include "bridge/ratemeter.h"
#include "client/brokeradmin.h"
#include "client/clusterconnection.h"
#include "client/clustercontrol.h"
#include "events/event.h"

#include <QHash>
#include <QSet>
#include <QString>
#include <QStringList>

#include <functional>
#include <span>
#include <unordered_map>
#include <vector>

namespace moldau::widgets {

enum class BrokerState { Up, Starting, Stopping, Stopped, Killed, Failed, Fenced, Paused };

/** Whether clients are answered in this state: a broker that stops serves until it is gone. */
constexpr bool isServing(BrokerState state)
{
    return state == BrokerState::Up || state == BrokerState::Stopping;
}

/** Whether its replicas are there to be heard of again: a paused broker's only say nothing. */
constexpr bool isThere(BrokerState state)
{
    return isServing(state) || state == BrokerState::Paused;
}

struct ShownReplica {
    int broker = -1;
    bool isLeader = false;
    bool isInSync = true;
    bool isOffline = false; ///< its broker doesn't serve it
    qint64 logEnd = -1; ///< -1: not known
    qint64 highWatermark = -1;
    qint64 ledSinceNs = 0; ///< when an event made it leader; 0 where that wasn't seen
};

struct GroupPosition {
    QString group;
    qint64 offset = 0;
};

struct ShownPartition {
    int index = 0;
    int leader = -1;
    int leaderEpoch = -1;
    qint64 logStart = 0;
    std::vector<ShownReplica> replicas;
    std::vector<GroupPosition> groups;
    RateMeter rate;

    const ShownReplica* replica(int broker) const;
    ShownReplica* replica(int broker);
};

struct ShownTopic {
    QString name;
    bool isInternal = false;
    std::vector<ShownPartition> partitions;
};

struct ShownBroker {
    int id = -1;
    QString name;
    QString address;
    BrokerState state = BrokerState::Up;
    QString problem;
    qint64 bytes = -1; ///< of its log directories; -1: not known
    RateMeter recordsIn;
};

/** A node of the coordination layer: a KRaft controller or a ZooKeeper server. */
struct ShownVoter {
    int id = -1;
    QString name;
    bool isZooKeeper = false;
    bool isLeader = false;
    qint64 behind = -1; ///< records that the quorum's leader has and it hasn't; -1: not known
    BrokerState state = BrokerState::Up;

    bool operator==(const ShownVoter&) const = default;
};

/** A fault on purpose that is in force. */
struct ShownFault {
    int id = 0;
    faults::FaultRule rule;
};

/** A program outside the window that is or was just connected. */
struct ShownClient {
    QString id;
    QString library;
    QString group;
    bool isProducer = false;
    bool isConsumer = false;
    bool hasLeft = false; ///< its last connection was closed
    QSet<quint64> connections;
    int errors = 0;
    qint64 firstSeenNs = 0;
    qint64 lastSeenNs = 0;
};

/**
 * What the picture shows: brokers, replicas, groups' positions, clients and voters, as metadata say
 * and as events change them. A topic is worked out when somebody asks for it or an event touches
 * it, since of ten thousand the picture shows a few. Pure and bounded; a value, so that the time
 * line can keep copies of it and go back. Used on the GUI thread.
 */
class TopologyModel {
public:
    static constexpr int kMaxClients = 48;
    static constexpr int kMaxGroupsPerPartition = 8;

    /** Text of an event's name ids. */
    using Names = std::function<QString(NameId)>;

    /** Client ids that begin so are the window's own panes and don't become nodes. */
    void setOwnClientPrefix(const QString& prefix) { m_ownPrefix = prefix; }

    void setMetadata(const MetadataPtr& metadata);
    void setDescription(client::ClusterDescription description)
    {
        setMetadata(std::make_shared<Metadata>(std::move(description)));
    }
    void setNodes(std::span<const client::NodeStatus> nodes);
    /** Who leads the metadata quorum. Where nobody tells of nodes, its voters are taken from here.
     */
    void setQuorum(const client::QuorumDescription& quorum);
    void setFaults(std::span<const faults::FaultStatus> faults);
    void setOffsets(const QString& topic, std::span<const client::PartitionOffsets> offsets);
    /** Bytes by broker. */
    void setSizes(const QHash<int, qint64>& sizes);
    void setGroupOffsets(const QString& group, std::span<const client::GroupOffset> offsets);

    void apply(const Event& event, const Names& names);
    /** Forgets clients that left a while ago. */
    void expire(qint64 nowNs);

    const std::vector<ShownBroker>& brokers() const { return m_brokers; }
    /** The names of all topics, internal ones too. */
    const QStringList& topics() const { return m_metadata->names(); }
    /** Those that are not internal. */
    const QStringList& userTopics() const { return m_metadata->userTopics(); }
    const std::vector<ShownClient>& clients() const { return m_clients; }
    const std::vector<ShownVoter>& voters() const { return m_voters; }
    int controller() const { return m_controller; }
    int controllerEpoch() const { return m_controllerEpoch; }
    /** Several voters and none of them leads: they are about to elect one. */
    bool isElecting() const;
    const std::vector<ShownFault>& faults() const { return m_faults; } ///< by id
    const ShownFault* fault(int id) const;

    const ShownBroker* broker(int id) const;
    /** Null where there is none of this name. Stays where it is until metadata are set. */
    const ShownTopic* topic(const QString& name) const;
    const ShownPartition* partition(const QString& topic, int index) const;
    const ShownClient* client(const QString& id) const;
    /** How many replicas a broker holds, and how many of them lead. */
    struct Load {
        int holds = 0;
        int leads = 0;
    };
    Load loadOf(int broker) const;
    /** Partitions that were worked out: what a copy costs. */
    std::size_t partitionsShown() const;
    /** Also of a node that is only a voter. */
    QString brokerName(int id) const;
    bool isOwnClient(const QString& id) const;

    /** Rises when something was added, removed, renamed or changed its state: lay out and name
     * anew. */
    quint64 structureRevision() const { return m_structure; }
    /** Rises when anything of this broker's card changed. */
    quint64 brokerRevision(int id) const { return m_brokerRevisions.value(id) + m_structure; }

private:
    ShownBroker& brokerFor(int id);
    ShownTopic shownTopic(
        const client::TopicDescription& described, const ShownTopic* before) const;
    ShownTopic* findTopic(const QString& name) const;
    ShownPartition* findPartition(const QString& topic, int index) const;
    ShownClient* clientFor(const QString& id, qint64 timeNs);
    void setBrokerState(int id, BrokerState state);
    void setVoterState(int id, BrokerState state);
    void setGroupPosition(ShownPartition& partition, const QString& group, qint64 offset);
    void forgetLogs(const QString& topic);
    void applyLeader(ShownPartition& partition, const Event& event);
    void applyToClients(const Event& event, const Names& names);
    void touch(int broker) { ++m_brokerRevisions[broker]; }
    void touchPartition(const ShownPartition& partition);

    QString m_ownPrefix;
    bool m_hasNodes = false; // somebody tells the brokers' states; else metadata do
    std::vector<ShownBroker> m_brokers; // by id
    MetadataPtr m_metadata = std::make_shared<Metadata>();
    mutable std::unordered_map<QString, ShownTopic> m_topics; // those asked for so far
    std::vector<ShownClient> m_clients; // by first seen
    QHash<quint64, QString> m_connectionClients;
    std::vector<ShownVoter> m_voters; // by id
    std::vector<ShownFault> m_faults;
    int m_controller = -1;
    int m_controllerEpoch = -1;
    quint64 m_structure = 1;
    QHash<int, quint64> m_brokerRevisions;
};

} // namespace moldau::widgets
