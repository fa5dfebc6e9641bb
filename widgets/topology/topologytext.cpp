#include "topology/topologytext.h"

#include "common/format.h"

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

QString TopologyText::stateOf(BrokerState state)
{
    switch (state) {
    case BrokerState::Up:
        return tr("up");
    case BrokerState::Starting:
        return tr("starting");
    case BrokerState::Stopping:
        return tr("stopping");
    case BrokerState::Stopped:
        return tr("stopped");
    case BrokerState::Killed:
        return tr("killed");
    case BrokerState::Failed:
        return tr("failed");
    case BrokerState::Fenced:
        return tr("fenced");
    case BrokerState::Paused:
        return tr("paused");
    }
    return {};
}

QString TopologyText::brokerName(const ShownBroker& broker)
{
    return tr("%1, %2").arg(broker.name, stateOf(broker.state));
}

QString TopologyText::replicaName(const TopologyModel& model, const QString& topic,
    const ShownPartition& partition, const ShownReplica& replica)
{
    const QString sync = replica.isOffline ? tr("offline")
        : replica.isInSync                 ? tr("in sync")
                                           : tr("out of sync");
    const QString role = replica.isLeader ? tr("leader") : tr("follower");
    return tr("%1 %2 on %3, %4, %5")
        .arg(topic, QString::number(partition.index), model.brokerName(replica.broker), role, sync);
}

QString TopologyText::clientName(const ShownClient& client)
{
    const QString role = client.isProducer && client.isConsumer ? tr("producer and consumer")
        : client.isProducer                                     ? tr("producer")
        : client.isConsumer                                     ? tr("consumer")
                                                                : tr("connected");
    return tr("%1, %2").arg(client.id, role);
}

QString TopologyText::voterName(const ShownVoter& voter)
{
    if (voter.state != BrokerState::Up)
        return tr("%1, %2").arg(voter.name, stateOf(voter.state));
    return tr("%1, %2").arg(voter.name, voter.isLeader ? tr("leader") : tr("follower"));
}

QString TopologyText::voterDetail(const TopologyModel& model, const ShownVoter& voter)
{
    if (!isServing(voter.state))
        return stateOf(voter.state);
    const bool isElecting = model.isElecting();
    QStringList parts = {isElecting ? tr("votes") : voter.isLeader ? tr("leader") : tr("follower")};
    if (!voter.isZooKeeper && model.controllerEpoch() >= 0)
        parts.append(isElecting ? tr("after epoch %1").arg(model.controllerEpoch())
                                : tr("epoch %1").arg(model.controllerEpoch()));
    if (!isElecting && !voter.isLeader && voter.behind > 0)
        parts.append(tr("%1 behind").arg(formatNumber(voter.behind)));
    return parts.join(u" · "_s);
}

QString TopologyText::roleOf(const ShownReplica& replica)
{
    if (replica.isOffline)
        return tr("offline");
    if (!replica.isInSync)
        return tr("out of sync");
    return replica.isLeader ? tr("leader") : tr("follower");
}

QString TopologyText::libraryName(const QString& library)
{
    QString name = library;
    name.replace(u"apache-kafka-java"_s, u"Java"_s);
    name.replace(u"confluent-kafka-python"_s, u"Python (confluent)"_s);
    name.replace(u"kafka-python"_s, u"Python"_s);
    return name;
}

QString TopologyText::clientDetail(const ShownClient& client)
{
    QStringList parts;
    // What matters most first: the end is cut where there is no room.
    if (client.hasLeft)
        parts.append(tr("left"));
    if (client.errors > 0)
        parts.append(tr("%n error(s)", nullptr, client.errors));
    if (!client.library.isEmpty())
        parts.append(libraryName(client.library));
    if (!client.group.isEmpty())
        parts.append(tr("group %1").arg(client.group));
    if (parts.isEmpty() && !client.connections.isEmpty())
        parts.append(tr("%n connection(s)", nullptr, static_cast<int>(client.connections.size())));
    return parts.join(u" · "_s);
}

QString TopologyText::explainBroker(const TopologyModel& model, const ShownBroker& broker)
{
    const auto [holds, leads] = model.loadOf(broker.id);
    QString sentence = tr("%1 (id %2, %3) is %4: it leads %5 of the %6 replicas that it holds.")
                           .arg(broker.name, QString::number(broker.id), broker.address,
                               stateOf(broker.state), formatNumber(leads), formatNumber(holds));
    if (!broker.problem.isEmpty())
        sentence += u' ' + broker.problem;
    return sentence;
}

QString TopologyText::explainReplica(const TopologyModel& model, const QString& topic,
    const ShownPartition& partition, const ShownReplica& replica)
{
    const QString place
        = tr("%1 %2 on %3")
              .arg(topic, QString::number(partition.index), model.brokerName(replica.broker));
    QString sentence;
    if (replica.isOffline)
        sentence = tr("%1: offline, its broker doesn't serve.").arg(place);
    else if (replica.isLeader)
        sentence = tr("%1: the leader; producers and consumers talk to it (epoch %2).")
                       .arg(place)
                       .arg(partition.leaderEpoch);
    else if (replica.isInSync)
        sentence = tr("%1: a follower in sync; it copies from %2 and could lead.")
                       .arg(place, model.brokerName(partition.leader));
    else
        sentence = tr("%1: out of sync; it has not caught up with %2 in time.")
                       .arg(place, model.brokerName(partition.leader));
    if (replica.logEnd >= 0) {
        sentence += u' '
            + tr("Log end %1, high watermark %2.")
                  .arg(formatNumber(replica.logEnd),
                      formatNumber(qMax<qint64>(0, replica.highWatermark)));
    }
    for (const GroupPosition& group : partition.groups)
        sentence += u' ' + tr("Group %1 is at %2.").arg(group.group, formatNumber(group.offset));
    return sentence;
}

QString TopologyText::explainClient(const ShownClient& client)
{
    return tr("%1: %2, %n connection(s).", nullptr, static_cast<int>(client.connections.size()))
        .arg(clientName(client),
            client.library.isEmpty() ? tr("library unknown") : libraryName(client.library));
}

QString TopologyText::explainVoter(const ShownVoter& voter)
{
    if (voter.isZooKeeper)
        return tr("%1 keeps the cluster's metadata and decides who leads.").arg(voter.name);
    return voter.isLeader
        ? tr("%1 leads the quorum: it decides which replica leads and writes it to the metadata "
             "log.")
              .arg(voter.name)
        : tr("%1 follows the quorum's leader and votes when it is gone.").arg(voter.name);
}

} // namespace moldau::widgets
