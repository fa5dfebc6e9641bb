#include "topology/topologymodel.h"

#include <algorithm>
#include <utility>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

QString qstr(const std::string& text)
{
    return QString::fromStdString(text);
}

bool contains(const std::vector<BrokerId>& ids, int id)
{
    return std::find(ids.begin(), ids.end(), BrokerId(id)) != ids.end();
}

} // namespace

bool TopologyModel::isHeldBy(int id) const
{
    const ShownBroker* holder = broker(id);
    return holder && isThere(holder->state);
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
    bool isChanged = m_quorum.setController(description.controller.value());
    isChanged |= metadata->names() != m_metadata->names();
    for (const int place : metadata->changedSince(*m_metadata))
        isChanged = isChanged || !m_topics.contains(metadata->names()[place]);
    for (auto shown = m_topics.begin(); shown != m_topics.end();) {
        const client::TopicDescription* described = metadata->topic(shown->first);
        if (!described) {
            shown = m_topics.erase(shown);
            continue;
        }
        ShownTopic topic(
            *described, &shown->second, [this](int broker) { return isHeldBy(broker); });
        isChanged = isChanged || !topic.isPlacedAs(shown->second);
        shown->second = std::move(topic);
        ++shown;
    }
    m_metadata = metadata;
    touchIf(isChanged);
}

void TopologyModel::setNodes(std::span<const client::NodeStatus> nodes)
{
    m_hasNodes = true;
    bool isChanged = false;
    for (const client::NodeStatus& node : nodes) {
        if (node.kind == client::NodeKind::Broker)
            isChanged |= setNode(node);
    }
    isChanged |= m_quorum.setNodes(nodes);
    touchIf(isChanged);
}

bool TopologyModel::setNode(const client::NodeStatus& node)
{
    ShownBroker& broker = brokerFor(node.id.value());
    const QString name = qstr(node.service);
    const QString problem = qstr(node.problem);
    const bool isChanged = broker.name != name || broker.problem != problem;
    broker.name = name;
    broker.problem = problem;
    if (broker.address.isEmpty() && !node.listeners.empty())
        broker.address = qstr(node.listeners.front().second);
    setBrokerState(broker.id, shownStateOf(node.state));
    return isChanged;
}

void TopologyModel::setQuorum(const client::QuorumDescription& quorum)
{
    touchIf(m_quorum.set(quorum, m_hasNodes, [this](int id) {
        const ShownBroker* both = broker(id);
        return both ? both->name : u"controller-%1"_s.arg(id);
    }));
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
        partition->setOffsets(known);
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
        partition->setGroupPosition(group, offset.committed);
        touchPartition(*partition);
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
        break;
    case EventKind::LeaderChanged:
        if (partition)
            touchIf(partition->setLeader(event.peer.value(), event.epoch, event.timeNs));
        break;
    case EventKind::IsrShrunk:
    case EventKind::IsrExpanded:
        if (ShownReplica* changed = partition ? partition->replica(event.peer.value()) : nullptr) {
            const bool isInSync = event.kind == EventKind::IsrExpanded;
            touchIf(std::exchange(changed->isInSync, isInSync) != isInSync);
        }
        break;
    case EventKind::TopicDeleted:
        forgetLogs(names(event.topic));
        break;
    case EventKind::OffsetCommitted:
        if (partition) {
            partition->setGroupPosition(names(event.name), event.offset);
            touchPartition(*partition);
        }
        break;
    default:
        applyToNodes(event);
        break;
    }
    if (replica) {
        applyToLog(*replica, event);
        touch(node);
    }
    touchIf(m_clients.apply(event, names));
}

void TopologyModel::applyToLog(ShownReplica& replica, const Event& event)
{
    switch (event.kind) {
    case EventKind::BatchAppended:
    case EventKind::BatchReplicated:
        replica.logEnd = qMax<qint64>(replica.logEnd, event.offset + event.count);
        replica.isOffline = false;
        break;
    case EventKind::HighWatermarkMoved:
        replica.highWatermark = event.offset;
        replica.logEnd = qMax(replica.logEnd, replica.highWatermark);
        break;
    case EventKind::LogTruncated:
        replica.logEnd = event.offset;
        replica.highWatermark = qMin(replica.highWatermark, replica.logEnd);
        break;
    default:
        break;
    }
}

void TopologyModel::applyToNodes(const Event& event)
{
    const int node = event.node.value();
    const int peer = event.peer.value();
    const auto isIn = [this](int id, BrokerState state) {
        const ShownBroker* known = broker(id);
        return known && known->state == state;
    };
    switch (event.kind) {
    case EventKind::BrokerUnfenced:
        setBrokerState(peer, BrokerState::Up);
        break;
    case EventKind::BrokerFenced:
        // A kill stays a kill, though the controller fences the broker a moment later.
        if (isIn(peer, BrokerState::Up))
            setBrokerState(peer, BrokerState::Fenced);
        break;
    case EventKind::BrokerShuttingDown:
        setBrokerState(peer, BrokerState::Stopping);
        break;
    case EventKind::NodeStarted:
        setNodeState(node, BrokerState::Up);
        break;
    case EventKind::NodeStopped:
        setNodeState(node, BrokerState::Stopped);
        break;
    case EventKind::NodeKilled:
        setNodeState(node, BrokerState::Killed);
        break;
    case EventKind::NodePaused:
        setNodeState(node, BrokerState::Paused);
        break;
    case EventKind::NodeUnpaused:
        if (isIn(node, BrokerState::Paused))
            setBrokerState(node, BrokerState::Up);
        touchIf(m_quorum.setState(node, BrokerState::Up));
        break;
    case EventKind::ControllerElected:
        touchIf(m_quorum.elect(peer, event.epoch));
        break;
    default:
        break;
    }
}

void TopologyModel::forgetLogs(const QString& topic)
{
    // One of the same name may follow before the metadata are read again.
    ShownTopic* shown = findTopic(topic);
    if (!shown)
        return;
    for (ShownPartition& partition : shown->partitions) {
        partition.forgetLog();
        touchPartition(partition);
    }
}

void TopologyModel::expire(qint64 nowNs)
{
    touchIf(m_clients.expire(nowNs));
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

QString TopologyModel::brokerName(int id) const
{
    if (const ShownBroker* known = broker(id))
        return known->name;
    for (const ShownVoter& voter : voters()) {
        if (voter.id == id)
            return voter.name;
    }
    return u"broker-%1"_s.arg(id);
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
    ShownTopic topic(*described, nullptr, [this](int broker) { return isHeldBy(broker); });
    return &m_topics.emplace(name, std::move(topic)).first->second;
}

ShownPartition* TopologyModel::findPartition(const QString& topic, int index) const
{
    ShownTopic* shown = findTopic(topic);
    return shown ? shown->partition(index) : nullptr;
}

void TopologyModel::setBrokerState(int id, BrokerState state)
{
    ShownBroker& broker = brokerFor(id);
    if (broker.state == state)
        return;
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

void TopologyModel::setNodeState(int id, BrokerState state)
{
    if (broker(id))
        setBrokerState(id, state);
    touchIf(m_quorum.setState(id, state));
}

void TopologyModel::touchPartition(const ShownPartition& partition)
{
    for (const ShownReplica& replica : partition.replicas)
        touch(replica.broker);
}

} // namespace moldau::widgets
