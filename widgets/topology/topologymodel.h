#pragma once

#include "bridge/metadata.h"
#include "bridge/ratemeter.h"
#include "topology/shownclients.h"
#include "topology/shownpartition.h"
#include "topology/shownquorum.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <functional>
#include <span>
#include <unordered_map>
#include <vector>

namespace moldau::widgets {

struct ShownBroker {
    int id = -1;
    QString name;
    QString address;
    BrokerState state = BrokerState::Up;
    QString problem;
    qint64 bytes = -1; ///< of its log directories; -1: not known
    RateMeter recordsIn;
};

/** A fault on purpose that is in force. */
struct ShownFault {
    int id = 0;
    faults::FaultRule rule;
};

/**
 * What the picture shows: brokers, replicas, groups' positions, clients and voters, as metadata say
 * and as events change them. A topic is worked out when somebody asks for it or an event touches
 * it, since of ten thousand the picture shows a few. Pure and bounded; a value, so that the time
 * line can keep copies of it and go back. Used on the GUI thread.
 */
class TopologyModel {
public:
    /** Text of an event's name ids. */
    using Names = ShownClients::Names;

    /** Client ids that begin so are the window's own panes and don't become nodes. */
    void setOwnClientPrefix(const QString& prefix) { m_clients.setOwnPrefix(prefix); }

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
    const std::vector<ShownClient>& clients() const { return m_clients.all(); }
    const std::vector<ShownVoter>& voters() const { return m_quorum.voters(); }
    int controller() const { return m_quorum.leader(); }
    int controllerEpoch() const { return m_quorum.epoch(); }
    /** Several voters and none of them leads: they are about to elect one. */
    bool isElecting() const { return m_quorum.isElecting(); }
    const std::vector<ShownFault>& faults() const { return m_faults; } ///< by id
    const ShownFault* fault(int id) const;

    const ShownBroker* broker(int id) const;
    /** Null where there is none of this name. Stays where it is until metadata are set. */
    const ShownTopic* topic(const QString& name) const;
    const ShownPartition* partition(const QString& topic, int index) const;
    const ShownClient* client(const QString& id) const { return m_clients.find(id); }
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
    bool isOwnClient(const QString& id) const { return m_clients.isOwn(id); }

    /** Rises when something was added, removed, renamed or changed its state: lay out and name
     * anew. */
    quint64 structureRevision() const { return m_structure; }
    /** Rises when anything of this broker's card changed. */
    quint64 brokerRevision(int id) const { return m_brokerRevisions.value(id) + m_structure; }

private:
    ShownBroker& brokerFor(int id);
    bool isHeldBy(int broker) const;
    ShownTopic* findTopic(const QString& name) const;
    ShownPartition* findPartition(const QString& topic, int index) const;
    void setBrokerState(int id, BrokerState state);
    /** Of a node that is a broker, a voter or both. */
    void setNodeState(int id, BrokerState state);
    bool setNode(const client::NodeStatus& node);
    void applyToLog(ShownReplica& replica, const Event& event);
    void applyToNodes(const Event& event);
    void forgetLogs(const QString& topic);
    void touchIf(bool isChanged) { m_structure += isChanged ? 1 : 0; }
    void touch(int broker) { ++m_brokerRevisions[broker]; }
    void touchPartition(const ShownPartition& partition);

    bool m_hasNodes = false; // somebody tells the brokers' states; else metadata do
    std::vector<ShownBroker> m_brokers; // by id
    MetadataPtr m_metadata = std::make_shared<Metadata>();
    mutable std::unordered_map<QString, ShownTopic> m_topics; // those asked for so far
    ShownClients m_clients;
    ShownQuorum m_quorum;
    std::vector<ShownFault> m_faults;
    quint64 m_structure = 1;
    QHash<int, quint64> m_brokerRevisions;
};

} // namespace moldau::widgets
