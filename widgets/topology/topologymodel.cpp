#include "topology/topologymodel.h"

#include <algorithm>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 kClientAfterlifeNs = 8'000'000'000;
constexpr int kMaxConnections = 4096;

BrokerState stateOf(client::NodeState state)
{
    switch (state) {
    case client::NodeState::Starting:
        return BrokerState::Starting;
    case client::NodeState::Running:
        return BrokerState::Up;
    case client::NodeState::Paused:
        return BrokerState::Paused;
    case client::NodeState::Stopping:
        return BrokerState::Stopping;
    case client::NodeState::Stopped:
        return BrokerState::Stopped;
    case client::NodeState::Killed:
        return BrokerState::Killed;
    case client::NodeState::Failed:
        return BrokerState::Failed;
    }
    return BrokerState::Failed;
}

QString qstr(const std::string& text)
{
    return QString::fromStdString(text);
}

/** False where somebody who looks at the two sees a difference in what is where. */
bool isSamePlacement(const ShownTopic& a, const ShownTopic& b)
{
    const auto isSameReplica = [](const ShownReplica& x, const ShownReplica& y) {
        return x.broker == y.broker && x.isLeader == y.isLeader && x.isInSync == y.isInSync
            && x.isOffline == y.isOffline;
    };
    const auto isSamePartition = [&](const ShownPartition& x, const ShownPartition& y) {
        return x.index == y.index && x.leader == y.leader && x.leaderEpoch == y.leaderEpoch
            && std::equal(x.replicas.begin(), x.replicas.end(), y.replicas.begin(),
                y.replicas.end(), isSameReplica);
    };
    return a.name == b.name && a.isInternal == b.isInternal
        && std::equal(a.partitions.begin(), a.partitions.end(), b.partitions.begin(),
            b.partitions.end(), isSamePartition);
}

/** The partition with this index; metadata list them in order. */
const ShownPartition* partitionOf(const ShownTopic& topic, std::size_t place, int index)
{
    if (place < topic.partitions.size() && topic.partitions[place].index == index)
        return &topic.partitions[place];
    const auto it = std::find_if(topic.partitions.begin(), topic.partitions.end(),
        [index](const ShownPartition& p) { return p.index == index; });
    return it == topic.partitions.end() ? nullptr : &*it;
}

bool contains(const std::vector<BrokerId>& ids, int id)
{
    return std::find(ids.begin(), ids.end(), BrokerId(id)) != ids.end();
}

} // namespace

const ShownReplica* ShownPartition::replica(int broker) const
{
    const auto it = std::find_if(replicas.begin(), replicas.end(),
        [broker](const ShownReplica& r) { return r.broker == broker; });
    return it == replicas.end() ? nullptr : &*it;
}

ShownReplica* ShownPartition::replica(int broker)
{
    return const_cast<ShownReplica*>(std::as_const(*this).replica(broker));
}

ShownTopic TopologyModel::shownTopic(
    const client::TopicDescription& described, const ShownTopic* before) const
{
    ShownTopic topic;
    topic.name = qstr(described.name);
    topic.isInternal = described.isInternal;
    topic.partitions.reserve(described.partitions.size());
    for (const client::PartitionDescription& part : described.partitions) {
        ShownPartition partition;
        const ShownPartition* old
            = before ? partitionOf(*before, topic.partitions.size(), part.index) : nullptr;
        if (old) {
            partition.logStart = old->logStart;
            partition.groups = old->groups;
            partition.rate = old->rate;
        }
        partition.index = part.index;
        // An event may know more than metadata that were asked for before it.
        const bool isStale = old && part.leaderEpoch >= 0 && part.leaderEpoch < old->leaderEpoch;
        partition.leader = isStale ? old->leader : part.leader.value();
        partition.leaderEpoch = isStale ? old->leaderEpoch : part.leaderEpoch;
        for (const BrokerId id : part.replicas) {
            ShownReplica replica;
            const ShownReplica* oldReplica = old ? old->replica(id.value()) : nullptr;
            if (oldReplica)
                replica = *oldReplica;
            replica.broker = id.value();
            replica.isLeader = replica.broker == partition.leader;
            if (!isStale)
                replica.isInSync = contains(part.inSync, replica.broker);
            const ShownBroker* holder = broker(replica.broker);
            replica.isOffline
                = contains(part.offline, replica.broker) || !holder || !isThere(holder->state);
            partition.replicas.push_back(replica);
        }
        topic.partitions.push_back(std::move(partition));
    }
    return topic;
}

void TopologyModel::setMetadata(const MetadataPtr& metadata)
{
    const client::ClusterDescription& description = metadata->description();
    for (const int id : metadata->brokers())
        brokerFor(id);
    for (const client::BrokerDescription& known : description.brokers) {
        ShownBroker& broker = brokerFor(known.id.value());
        broker.address = qstr(toString(known.address));
        if (!m_hasNodes && broker.state != BrokerState::Up)
            setBrokerState(broker.id, BrokerState::Up);
    }
    if (!m_hasNodes) {
        // From outside, a broker is up when metadata name it; one that only replica lists name is
        // down.
        for (const ShownBroker& broker : std::vector<ShownBroker>(m_brokers)) {
            const bool isNamed = std::any_of(description.brokers.begin(), description.brokers.end(),
                [&broker](
                    const client::BrokerDescription& b) { return b.id.value() == broker.id; });
            if (!isNamed)
                setBrokerState(broker.id, BrokerState::Stopped);
        }
    }

    // Metadata are read again and again; mostly they say what is known, by metadata or by events.
    const int controller = m_controllerEpoch < 0 ? description.controller.value() : m_controller;
    bool isChanged = controller != m_controller || metadata->names() != m_metadata->names();
    for (const int place : metadata->changedSince(*m_metadata))
        isChanged = isChanged || !m_topics.contains(metadata->names()[place]);
    for (auto shown = m_topics.begin(); shown != m_topics.end();) {
        const client::TopicDescription* described = metadata->topic(shown->first);
        if (!described) {
            shown = m_topics.erase(shown);
            continue;
        }
        ShownTopic topic = shownTopic(*described, &shown->second);
        isChanged = isChanged || !isSamePlacement(topic, shown->second);
        shown->second = std::move(topic);
        ++shown;
    }
    m_metadata = metadata;
    m_controller = controller;
    if (isChanged)
        ++m_structure;
}

void TopologyModel::setNodes(std::span<const client::NodeStatus> nodes)
{
    m_hasNodes = true;
    bool isChanged = false;
    std::vector<ShownVoter> voters;
    for (const client::NodeStatus& node : nodes) {
        const BrokerState state = stateOf(node.state);
        if (node.kind == client::NodeKind::Broker) {
            ShownBroker& broker = brokerFor(node.id.value());
            const QString name = qstr(node.service);
            const QString problem = qstr(node.problem);
            isChanged |= broker.name != name || broker.problem != problem;
            broker.name = name;
            broker.problem = problem;
            if (broker.address.isEmpty() && !node.listeners.empty())
                broker.address = qstr(node.listeners.front().second);
            if (broker.state != state)
                setBrokerState(broker.id, state);
        } else if (node.kind == client::NodeKind::Controller
            || node.kind == client::NodeKind::ZooKeeper) {
            ShownVoter voter;
            voter.id = node.id.value();
            voter.name = qstr(node.service);
            voter.isZooKeeper = node.kind == client::NodeKind::ZooKeeper;
            voter.state = state;
            voter.isLeader = voter.id == m_controller;
            const auto before = std::find_if(m_voters.begin(), m_voters.end(),
                [&voter](const ShownVoter& known) { return known.id == voter.id; });
            if (before != m_voters.end())
                voter.behind = before->behind;
            voters.push_back(std::move(voter));
        }
    }
    if (voters.size() == 1)
        voters.front().isLeader = isServing(voters.front().state);
    const auto isSame = [](const ShownVoter& a, const ShownVoter& b) {
        return a.id == b.id && a.name == b.name && a.isLeader == b.isLeader && a.state == b.state;
    };
    if (!std::equal(voters.begin(), voters.end(), m_voters.begin(), m_voters.end(), isSame)) {
        m_voters = std::move(voters);
        isChanged = true;
    }
    if (isChanged)
        ++m_structure;
}

void TopologyModel::setQuorum(const client::QuorumDescription& quorum)
{
    if (quorum.leaderEpoch < m_controllerEpoch)
        return; // an event knows more than an answer that was under way
    const std::vector<ShownVoter> before = m_voters;
    const bool isNew
        = quorum.leader.value() != m_controller || quorum.leaderEpoch != m_controllerEpoch;
    if (quorum.leader != kNoBroker) {
        m_controller = quorum.leader.value();
        m_controllerEpoch = quorum.leaderEpoch;
    }
    if (!m_hasNodes) {
        m_voters.clear();
        for (const client::QuorumReplica& known : quorum.voters) {
            ShownVoter voter;
            voter.id = known.id.value();
            const ShownBroker* both = broker(voter.id);
            voter.name = both ? both->name : u"controller-%1"_s.arg(voter.id);
            m_voters.push_back(std::move(voter));
        }
    }
    qint64 end = quorum.highWatermark;
    for (const client::QuorumReplica& known : quorum.voters)
        end = known.id == quorum.leader ? qMax<qint64>(end, known.logEnd) : end;
    for (ShownVoter& voter : m_voters) {
        voter.isLeader = voter.id == m_controller || (m_hasNodes && m_voters.size() == 1);
        for (const client::QuorumReplica& known : quorum.voters) {
            if (known.id.value() == voter.id)
                voter.behind = known.logEnd < 0 ? -1 : qMax<qint64>(0, end - known.logEnd);
        }
    }
    if (isNew || m_voters != before)
        ++m_structure;
}

void TopologyModel::setFaults(std::span<const faults::FaultStatus> faults)
{
    const bool isSame = std::equal(faults.begin(), faults.end(), m_faults.begin(), m_faults.end(),
        [](const faults::FaultStatus& a, const ShownFault& b) { return a.id == b.id; });
    if (isSame)
        return;
    m_faults.clear();
    for (const faults::FaultStatus& fault : faults)
        m_faults.push_back({fault.id, fault.rule});
    ++m_structure;
}

bool TopologyModel::isElecting() const
{
    return m_voters.size() > 1
        && std::none_of(m_voters.begin(), m_voters.end(), [](const ShownVoter& voter) {
               return voter.isZooKeeper || (voter.isLeader && isServing(voter.state));
           });
}

const ShownFault* TopologyModel::fault(int id) const
{
    const auto found = std::find_if(
        m_faults.begin(), m_faults.end(), [id](const ShownFault& known) { return known.id == id; });
    return found == m_faults.end() ? nullptr : &*found;
}

void TopologyModel::setOffsets(
    const QString& topic, std::span<const client::PartitionOffsets> offsets)
{
    for (const client::PartitionOffsets& known : offsets) {
        ShownPartition* partition = findPartition(topic, known.partition);
        if (!partition)
            continue;
        partition->logStart = qMax<qint64>(0, known.earliest);
        for (ShownReplica& replica : partition->replicas) {
            // In-sync replicas hold everything up to the high watermark; of others nothing is
            // known.
            if (replica.isInSync && known.latest >= 0) {
                replica.highWatermark = qMax<qint64>(replica.highWatermark, known.latest);
                replica.logEnd = qMax<qint64>(replica.logEnd, known.latest);
            }
        }
        touchPartition(*partition);
    }
}

void TopologyModel::setSizes(const QHash<int, qint64>& sizes)
{
    for (ShownBroker& broker : m_brokers) {
        const qint64 bytes = sizes.value(broker.id, broker.bytes);
        if (bytes != broker.bytes) {
            broker.bytes = bytes;
            touch(broker.id);
        }
    }
}

void TopologyModel::setGroupOffsets(
    const QString& group, std::span<const client::GroupOffset> offsets)
{
    for (const client::GroupOffset& offset : offsets) {
        ShownPartition* partition = findPartition(qstr(offset.topic), offset.partition);
        if (!partition || offset.committed < 0)
            continue;
        setGroupPosition(*partition, group, offset.committed);
    }
}

void TopologyModel::apply(const Event& event, const Names& names)
{
    const int node = event.node.value();
    ShownPartition* partition
        = event.partition >= 0 ? findPartition(names(event.topic), event.partition) : nullptr;
    ShownReplica* replica = partition ? partition->replica(node) : nullptr;

    switch (event.kind) {
    case EventKind::BatchAppended:
        brokerFor(node).recordsIn.add(event.timeNs, event.count);
        if (partition)
            partition->rate.add(event.timeNs, event.count);
        [[fallthrough]];
    case EventKind::BatchReplicated:
        if (replica) {
            replica->logEnd = qMax<qint64>(replica->logEnd, event.offset + event.count);
            replica->isOffline = false;
        }
        break;
    case EventKind::HighWatermarkMoved:
        if (replica) {
            replica->highWatermark = event.offset;
            replica->logEnd = qMax(replica->logEnd, replica->highWatermark);
        }
        break;
    case EventKind::LogTruncated:
        if (replica) {
            replica->logEnd = event.offset;
            replica->highWatermark = qMin(replica->highWatermark, replica->logEnd);
        }
        break;
    case EventKind::LeaderChanged:
        if (partition)
            applyLeader(*partition, event);
        break;
    case EventKind::IsrShrunk:
    case EventKind::IsrExpanded:
        if (partition) {
            if (ShownReplica* changed = partition->replica(event.peer.value())) {
                const bool isInSync = event.kind == EventKind::IsrExpanded;
                if (changed->isInSync != isInSync) {
                    changed->isInSync = isInSync;
                    ++m_structure;
                }
            }
        }
        break;
    case EventKind::BrokerUnfenced:
        setBrokerState(event.peer.value(), BrokerState::Up);
        break;
    case EventKind::BrokerFenced:
        if (const ShownBroker* fenced = broker(event.peer.value());
            fenced && fenced->state == BrokerState::Up)
            setBrokerState(event.peer.value(), BrokerState::Fenced);
        break;
    case EventKind::BrokerShuttingDown:
        setBrokerState(event.peer.value(), BrokerState::Stopping);
        break;
    case EventKind::NodeStarted:
        if (broker(node))
            setBrokerState(node, BrokerState::Up);
        setVoterState(node, BrokerState::Up);
        break;
    case EventKind::NodeStopped:
        if (broker(node))
            setBrokerState(node, BrokerState::Stopped);
        setVoterState(node, BrokerState::Stopped);
        break;
    case EventKind::NodeKilled:
        if (broker(node))
            setBrokerState(node, BrokerState::Killed);
        setVoterState(node, BrokerState::Killed);
        break;
    case EventKind::NodePaused:
        if (broker(node))
            setBrokerState(node, BrokerState::Paused);
        setVoterState(node, BrokerState::Paused);
        break;
    case EventKind::NodeUnpaused:
        if (const ShownBroker* paused = broker(node);
            paused && paused->state == BrokerState::Paused)
            setBrokerState(node, BrokerState::Up);
        setVoterState(node, BrokerState::Up);
        break;
    case EventKind::ControllerElected:
        if (event.epoch >= m_controllerEpoch) {
            m_controller = event.peer.value();
            m_controllerEpoch = event.epoch;
            for (ShownVoter& voter : m_voters)
                voter.isLeader = voter.id == m_controller || m_voters.size() == 1;
            setVoterState(m_controller, BrokerState::Up);
            ++m_structure;
        }
        break;
    case EventKind::TopicDeleted:
        forgetLogs(names(event.topic));
        break;
    case EventKind::OffsetCommitted:
        if (partition)
            setGroupPosition(*partition, names(event.name), event.offset);
        break;
    default:
        break;
    }
    if (replica)
        touch(node);
    applyToClients(event, names);
}

void TopologyModel::forgetLogs(const QString& topic)
{
    // One of the same name may follow before the metadata are read again.
    ShownTopic* shown = findTopic(topic);
    if (!shown)
        return;
    for (ShownPartition& partition : shown->partitions) {
        partition.logStart = 0;
        partition.leaderEpoch = -1;
        partition.groups.clear();
        for (ShownReplica& replica : partition.replicas)
            replica.logEnd = replica.highWatermark = -1;
        touchPartition(partition);
    }
}

void TopologyModel::applyLeader(ShownPartition& partition, const Event& event)
{
    if (event.epoch < partition.leaderEpoch
        || (event.epoch == partition.leaderEpoch && partition.leader == event.peer.value()))
        return;
    const int before = partition.leader;
    partition.leader = event.peer.value();
    partition.leaderEpoch = event.epoch;
    for (ShownReplica& replica : partition.replicas) {
        replica.isLeader = replica.broker == partition.leader;
        if (replica.isLeader && replica.broker != before)
            replica.ledSinceNs = event.timeNs;
    }
    ++m_structure;
}

void TopologyModel::applyToClients(const Event& event, const Names& names)
{
    switch (event.kind) {
    case EventKind::ConnectionIdentified: {
        if (event.peer != kNoBroker) // another broker
            return;
        const QString id = names(event.name);
        if (id.isEmpty() || isOwnClient(id))
            return;
        if (m_connectionClients.size() >= kMaxConnections)
            return;
        ShownClient* client = clientFor(id, event.timeNs);
        const QString library = names(event.detail);
        if (client->library != library && !library.isEmpty())
            client->library = library;
        client->connections.insert(event.connection);
        client->hasLeft = false;
        m_connectionClients.insert(event.connection, id);
        ++m_structure;
        return;
    }
    case EventKind::ConnectionClosed: {
        const QString id = m_connectionClients.take(event.connection);
        if (id.isEmpty())
            return;
        if (ShownClient* client = clientFor(id, event.timeNs)) {
            client->connections.remove(event.connection);
            client->hasLeft = client->connections.isEmpty();
            client->lastSeenNs = event.timeNs;
            if (event.error != 0)
                ++client->errors;
            ++m_structure;
        }
        return;
    }
    case EventKind::BatchAppended:
    case EventKind::BatchDelivered:
    case EventKind::ProduceRejected: {
        const QString id = names(event.name);
        if (id.isEmpty() || isOwnClient(id))
            return;
        ShownClient* client = clientFor(id, event.timeNs);
        client->lastSeenNs = event.timeNs;
        bool& role
            = event.kind == EventKind::BatchDelivered ? client->isConsumer : client->isProducer;
        if (!role) {
            role = true;
            ++m_structure;
        }
        if (event.kind == EventKind::ProduceRejected) {
            ++client->errors;
            ++m_structure;
        }
        return;
    }
    case EventKind::MemberJoined: {
        // Member ids are made of the client's id, a dash and a uuid.
        const QString member = names(event.detail);
        for (ShownClient& client : m_clients) {
            if (member.startsWith(client.id + u'-')) {
                client.group = names(event.name);
                client.isConsumer = true;
                ++m_structure;
            }
        }
        return;
    }
    default:
        return;
    }
}

void TopologyModel::expire(qint64 nowNs)
{
    const auto isGone = [nowNs](const ShownClient& client) {
        return client.connections.isEmpty() && nowNs - client.lastSeenNs > kClientAfterlifeNs;
    };
    const auto kept = std::remove_if(m_clients.begin(), m_clients.end(), isGone);
    if (kept != m_clients.end()) {
        m_clients.erase(kept, m_clients.end());
        ++m_structure;
    }
}

const ShownBroker* TopologyModel::broker(int id) const
{
    const auto it = std::lower_bound(m_brokers.begin(), m_brokers.end(), id,
        [](const ShownBroker& b, int value) { return b.id < value; });
    return it != m_brokers.end() && it->id == id ? &*it : nullptr;
}

const ShownTopic* TopologyModel::topic(const QString& name) const
{
    return findTopic(name);
}

const ShownPartition* TopologyModel::partition(const QString& topic, int index) const
{
    return findPartition(topic, index);
}

TopologyModel::Load TopologyModel::loadOf(int broker) const
{
    Load load;
    const client::ClusterDescription& description = m_metadata->description();
    for (std::size_t i = 0; i < description.topics.size(); ++i) {
        const auto shown = m_topics.find(m_metadata->names()[static_cast<qsizetype>(i)]);
        if (shown != m_topics.end()) {
            for (const ShownPartition& partition : shown->second.partitions) {
                load.holds += partition.replica(broker) ? 1 : 0;
                load.leads += partition.leader == broker ? 1 : 0;
            }
        } else {
            for (const client::PartitionDescription& partition : description.topics[i].partitions) {
                load.holds += contains(partition.replicas, broker) ? 1 : 0;
                load.leads += partition.leader == BrokerId(broker) ? 1 : 0;
            }
        }
    }
    return load;
}

std::size_t TopologyModel::partitionsShown() const
{
    std::size_t count = 0;
    for (const auto& [name, topic] : m_topics)
        count += topic.partitions.size();
    return count;
}

const ShownClient* TopologyModel::client(const QString& id) const
{
    const auto it = std::find_if(
        m_clients.begin(), m_clients.end(), [&id](const ShownClient& c) { return c.id == id; });
    return it == m_clients.end() ? nullptr : &*it;
}

QString TopologyModel::brokerName(int id) const
{
    if (const ShownBroker* known = broker(id))
        return known->name;
    for (const ShownVoter& voter : m_voters) {
        if (voter.id == id)
            return voter.name;
    }
    return u"broker-%1"_s.arg(id);
}

bool TopologyModel::isOwnClient(const QString& id) const
{
    return !m_ownPrefix.isEmpty() && id.startsWith(m_ownPrefix);
}

ShownBroker& TopologyModel::brokerFor(int id)
{
    auto it = std::lower_bound(m_brokers.begin(), m_brokers.end(), id,
        [](const ShownBroker& b, int value) { return b.id < value; });
    if (it == m_brokers.end() || it->id != id) {
        ShownBroker broker;
        broker.id = id;
        broker.name = u"broker-%1"_s.arg(id);
        it = m_brokers.insert(it, std::move(broker));
        ++m_structure;
    }
    return *it;
}

ShownTopic* TopologyModel::findTopic(const QString& name) const
{
    if (const auto known = m_topics.find(name); known != m_topics.end())
        return &known->second;
    const client::TopicDescription* described = m_metadata->topic(name);
    if (!described)
        return nullptr;
    return &m_topics.emplace(name, shownTopic(*described, nullptr)).first->second;
}

ShownPartition* TopologyModel::findPartition(const QString& topic, int index) const
{
    ShownTopic* shown = findTopic(topic);
    if (!shown)
        return nullptr;
    auto& partitions = shown->partitions;
    // Partitions are almost always complete and in order.
    if (index < static_cast<int>(partitions.size())
        && partitions[static_cast<std::size_t>(index)].index == index)
        return &partitions[static_cast<std::size_t>(index)];
    const auto found = std::find_if(partitions.begin(), partitions.end(),
        [index](const ShownPartition& p) { return p.index == index; });
    return found == partitions.end() ? nullptr : &*found;
}

ShownClient* TopologyModel::clientFor(const QString& id, qint64 timeNs)
{
    const auto it = std::find_if(
        m_clients.begin(), m_clients.end(), [&id](const ShownClient& c) { return c.id == id; });
    if (it != m_clients.end())
        return &*it;
    if (m_clients.size() >= kMaxClients) {
        const auto oldest = std::min_element(m_clients.begin(), m_clients.end(),
            [](const ShownClient& a, const ShownClient& b) { return a.lastSeenNs < b.lastSeenNs; });
        m_clients.erase(oldest);
    }
    ShownClient client;
    client.id = id;
    client.firstSeenNs = timeNs;
    client.lastSeenNs = timeNs;
    m_clients.push_back(std::move(client));
    ++m_structure;
    return &m_clients.back();
}

void TopologyModel::setBrokerState(int id, BrokerState state)
{
    ShownBroker& broker = brokerFor(id);
    if (broker.state == state)
        return;
    // A kill stays a kill, though the controller fences the broker a moment later.
    broker.state = state;
    const bool serves = isThere(state);
    for (auto& [name, topic] : m_topics) {
        for (ShownPartition& partition : topic.partitions) {
            if (ShownReplica* replica = partition.replica(id))
                replica->isOffline = !serves;
        }
    }
    ++m_structure;
}

void TopologyModel::setVoterState(int id, BrokerState state)
{
    for (ShownVoter& voter : m_voters) {
        if (voter.id != id || voter.state == state)
            continue;
        voter.state = state;
        ++m_structure;
    }
}

void TopologyModel::setGroupPosition(ShownPartition& partition, const QString& group, qint64 offset)
{
    auto it = std::find_if(partition.groups.begin(), partition.groups.end(),
        [&group](const GroupPosition& known) { return known.group == group; });
    if (it != partition.groups.end()) {
        it->offset = offset;
    } else {
        if (partition.groups.size() >= kMaxGroupsPerPartition)
            partition.groups.erase(partition.groups.begin());
        partition.groups.push_back({group, offset});
    }
    touchPartition(partition);
}

void TopologyModel::touchPartition(const ShownPartition& partition)
{
    for (const ShownReplica& replica : partition.replicas)
        touch(replica.broker);
}

} // namespace moldau::widgets
