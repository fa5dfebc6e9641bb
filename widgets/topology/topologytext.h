#pragma once

#include "topology/topologymodel.h"

#include <QCoreApplication>
#include <QString>

namespace moldau::widgets {

/** The picture's things in words: for screen readers, tooltips, captions. Pure. */
class TopologyText {
    Q_DECLARE_TR_FUNCTIONS(TopologyText)
public:
    /** "up", "stopped", "killed" … */
    static QString stateOf(BrokerState state);
    /** "broker-1, up" */
    static QString brokerName(const ShownBroker& broker);
    /** "orders 0 on broker-1, leader, in sync" */
    static QString replicaName(const TopologyModel& model, const QString& topic,
        const ShownPartition& partition, const ShownReplica& replica);
    /** "order-service, producer" */
    static QString clientName(const ShownClient& client);
    /** "controller-1, leader" */
    static QString voterName(const ShownVoter& voter);
    /** A second line: its role, the epoch, and how far it is behind. */
    static QString voterDetail(const TopologyModel& model, const ShownVoter& voter);

    /** The word in a tile: "leader", "follower", "out of sync", "offline". */
    static QString roleOf(const ShownReplica& replica);
    /** The second line of a client: "Java 4.3.1 · group billing". */
    static QString clientDetail(const ShownClient& client);
    /** A library as people call it: "apache-kafka-java 4.3.1" is "Java 4.3.1". */
    static QString libraryName(const QString& library);

    // One sentence each, for hovering.
    static QString explainBroker(const TopologyModel& model, const ShownBroker& broker);
    static QString explainReplica(const TopologyModel& model, const QString& topic,
        const ShownPartition& partition, const ShownReplica& replica);
    static QString explainClient(const ShownClient& client);
    static QString explainVoter(const ShownVoter& voter);
};

} // namespace moldau::widgets
