#include "fakecluster.h"

#include "panes/keypartition.h"

#include <algorithm>
#include <chrono>

namespace moldau::tests {

using client::NodeState;

namespace {

constexpr std::int32_t kFirstPort = 19092;
constexpr int kControllerId = 100;

Result<void> done()
{
    return {};
}

} // namespace

class FakeCluster::FakeConsumer final : public client::Consumer {
public:
    FakeConsumer(
        FakeCluster& cluster, client::ConsumerOptions options, client::ConsumerListener& listener)
        : cluster(cluster)
        , options(std::move(options))
        , listener(listener)
    {
    }
    ~FakeConsumer() override
    {
        std::erase(cluster.m_consumers, this);
        if (options.groupId.empty())
            return;
        std::erase(cluster.m_groups[options.groupId].members, this);
        cluster.rebalance(options.groupId);
    }
    void pause() override { isPaused = true; }
    void resume() override
    {
        isPaused = false;
        cluster.deliver();
    }

    FakeCluster& cluster;
    client::ConsumerOptions options;
    client::ConsumerListener& listener;
    bool isPaused = false;
    std::map<std::pair<std::string, int>, std::int64_t> positions; // of what it is assigned
};

FakeCluster::FakeCluster(int brokers)
    : m_states(static_cast<std::size_t>(brokers), NodeState::Running)
{
}

FakeCluster::~FakeCluster() = default;

std::int64_t FakeCluster::now() const
{
    if (clock)
        return clock();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
        std::chrono::system_clock::now().time_since_epoch())
        .count();
}

Event FakeCluster::event(EventKind kind, int node)
{
    Event event;
    event.kind = kind;
    event.node = BrokerId(node);
    event.timeNs = now();
    return event;
}

Event FakeCluster::partitionEvent(
    EventKind kind, int node, const std::string& topic, const Partition& partition)
{
    Event made = event(kind, node);
    made.topic = intern(topic);
    made.partition = partition.description.index;
    made.epoch = partition.description.leaderEpoch;
    return made;
}

void FakeCluster::emitEvent(Event event)
{
    if (!m_isWanted)
        return;
    if (m_events.size() > 100'000) {
        ++m_dropped;
        return;
    }
    m_events.push_back(event);
}

std::size_t FakeCluster::drain(std::span<Event> out)
{
    const std::size_t count = std::min(out.size(), m_events.size());
    std::copy_n(m_events.begin(), count, out.begin());
    m_events.erase(m_events.begin(), m_events.begin() + static_cast<std::ptrdiff_t>(count));
    return count;
}

void FakeCluster::addTopic(const std::string& name, int partitions, int replicas)
{
    Topic topic;
    topic.id = Uuid::random();
    const int brokers = static_cast<int>(m_states.size());
    const int shift = static_cast<int>(m_topics.size());
    for (int i = 0; i < partitions; ++i) {
        Partition partition;
        partition.description.index = i;
        partition.description.leaderEpoch = 0;
        for (int r = 0; r < std::min(replicas, brokers); ++r) {
            const BrokerId broker((i + r + shift) % brokers + 1);
            partition.description.replicas.push_back(broker);
            partition.description.inSync.push_back(broker);
            partition.ends[broker.value()] = 0;
        }
        partition.description.leader = partition.description.replicas.front();
        topic.partitions.push_back(std::move(partition));
    }
    m_topics[name] = std::move(topic);
    Event made = event(EventKind::TopicCreated, kControllerId);
    made.topic = intern(name);
    made.count = partitions;
    emitEvent(made);
}

void FakeCluster::connectClient(const std::string& id, const std::string& library)
{
    const std::uint64_t connection = m_nextConnection++;
    m_connections[id].push_back(connection);
    Event opened = event(EventKind::ConnectionOpened, 1);
    opened.connection = connection;
    emitEvent(opened);
    Event identified = event(EventKind::ConnectionIdentified, 1);
    identified.connection = connection;
    identified.name = intern(id);
    identified.detail = intern(library);
    emitEvent(identified);
}

void FakeCluster::disconnectClient(const std::string& id)
{
    for (const std::uint64_t connection : m_connections[id]) {
        Event closed = event(EventKind::ConnectionClosed, 1);
        closed.connection = connection;
        closed.name = intern(id);
        emitEvent(closed);
    }
    m_connections.erase(id);
}

FakeCluster::Partition* FakeCluster::find(const std::string& topic, int partition)
{
    const auto it = m_topics.find(topic);
    if (it == m_topics.end() || partition < 0
        || partition >= static_cast<int>(it->second.partitions.size()))
        return nullptr;
    return &it->second.partitions[static_cast<std::size_t>(partition)];
}

std::int64_t FakeCluster::append(const std::string& client, const std::string& topic, int index,
    const std::optional<Bytes>& key, const std::optional<Bytes>& value,
    std::vector<client::Header> headers, int records)
{
    Partition* partition = find(topic, index);
    if (!partition || partition->description.leader == kNoBroker)
        return -1;
    const std::int64_t first = partition->end();
    const int bytes
        = static_cast<int>((value ? value->size() : 0) + (key ? key->size() : 0) + 70) * records;
    for (int i = 0; i < records; ++i) {
        client::Record record;
        record.topic = topic;
        record.partition = index;
        record.offset = first + i;
        record.timestampMs = now() / 1'000'000;
        record.key = key;
        record.value = value;
        record.headers = headers;
        partition->records.push_back(std::move(record));
    }
    Event appended = partitionEvent(
        EventKind::BatchAppended, partition->description.leader.value(), topic, *partition);
    appended.connection = 7;
    appended.correlation = ++m_correlation;
    appended.name = intern(client);
    appended.offset = first;
    appended.count = records;
    appended.bytes = bytes;
    appended.key = key
        ? static_cast<std::uint32_t>(widgets::murmur2(QByteArray(
            reinterpret_cast<const char*>(key->data()), static_cast<qsizetype>(key->size()))))
        : 0;
    Event received = event(EventKind::RequestReceived, partition->description.leader.value());
    received.connection = 7;
    received.correlation = m_correlation;
    received.api = 0;
    received.apiVersion = 13;
    emitEvent(received);
    emitEvent(appended);
    partition->ends[partition->description.leader.value()] = partition->end();
    replicate(topic, *partition, first, records, bytes);
    Event acknowledged = appended;
    acknowledged.kind = EventKind::ProduceAcknowledged;
    acknowledged.timeNs = now() + 1'200'000;
    emitEvent(acknowledged);
    deliver();
    return first;
}

void FakeCluster::replicate(
    const std::string& topic, Partition& partition, std::int64_t first, int records, int bytes)
{
    const int leader = partition.description.leader.value();
    for (const BrokerId replica : partition.description.replicas) {
        const int broker = replica.value();
        if (broker == leader || m_held[broker]
            || m_states[static_cast<std::size_t>(broker - 1)] != NodeState::Running)
            continue;
        Event copied = partitionEvent(EventKind::BatchReplicated, broker, topic, partition);
        copied.peer = BrokerId(leader);
        copied.offset = first;
        copied.count = records;
        copied.bytes = bytes;
        copied.timeNs = now() + 400'000;
        emitEvent(copied);
        partition.ends[broker] = partition.end();
    }
    std::int64_t watermark = partition.end();
    for (const BrokerId replica : partition.description.inSync)
        watermark = std::min(watermark, partition.ends[replica.value()]);
    partition.watermark = watermark;
    for (const BrokerId replica : partition.description.inSync) {
        if (m_held[replica.value()])
            continue;
        Event moved
            = partitionEvent(EventKind::HighWatermarkMoved, replica.value(), topic, partition);
        moved.offset = watermark;
        moved.timeNs = now() + 900'000;
        emitEvent(moved);
    }
}

std::int64_t FakeCluster::produce(const std::string& client, const std::string& topic,
    int partition, const std::string& key, const std::string& value, int records)
{
    const std::optional<Bytes> keyBytes
        = key.empty() ? std::nullopt : std::optional(Bytes(key.begin(), key.end()));
    return append(
        client, topic, partition, keyBytes, Bytes(value.begin(), value.end()), {}, records);
}

void FakeCluster::reject(
    const std::string& client, const std::string& topic, int index, ErrorCode error)
{
    const Partition* partition = find(topic, index);
    if (!partition)
        return;
    Event rejected = partitionEvent(EventKind::ProduceRejected,
        partition->description.replicas.front().value(), topic, *partition);
    rejected.name = intern(client);
    rejected.error = errorToWire(error);
    rejected.count = 1;
    rejected.bytes = 90;
    emitEvent(rejected);
}

void FakeCluster::fetch(
    const std::string& client, const std::string& group, const std::string& topic, int index)
{
    Partition* partition = find(topic, index);
    std::int64_t& position = m_fetched[{client, topic, index}];
    if (!partition || partition->description.leader == kNoBroker
        || position >= partition->watermark)
        return;
    Event delivered = partitionEvent(
        EventKind::BatchDelivered, partition->description.leader.value(), topic, *partition);
    delivered.name = intern(client);
    delivered.offset = position;
    delivered.count = static_cast<int>(partition->watermark - position);
    delivered.bytes = delivered.count * 100;
    delivered.timeNs = now() + 1'500'000;
    emitEvent(delivered);
    position = partition->watermark;
    if (group.empty())
        return;
    Group& known = m_groups[group];
    known.offsets[{topic, index}] = position;
    if (std::none_of(known.outside.begin(), known.outside.end(),
            [&](const auto& m) { return m.clientId == client; })) {
        client::GroupMember member;
        member.memberId = client + "-1f0c";
        member.clientId = client;
        known.outside.push_back(member);
        Event joined = event(EventKind::MemberJoined, 1);
        joined.name = intern(group);
        joined.detail = intern(member.memberId);
        emitEvent(joined);
        rebalance(group);
    }
    Event committed = partitionEvent(EventKind::OffsetCommitted, 1, topic, *partition);
    committed.name = intern(group);
    committed.offset = position;
    committed.timeNs = now() + 2'000'000;
    emitEvent(committed);
}

void FakeCluster::setInSync(const std::string& topic, int index, int broker, bool isInSync)
{
    Partition* partition = find(topic, index);
    if (!partition)
        return;
    auto& inSync = partition->description.inSync;
    std::erase(inSync, BrokerId(broker));
    if (isInSync)
        inSync.push_back(BrokerId(broker));
    Event changed = partitionEvent(isInSync ? EventKind::IsrExpanded : EventKind::IsrShrunk,
        partition->description.leader.value(), topic, *partition);
    changed.peer = BrokerId(broker);
    if (!isInSync)
        changed.detail = intern("it had not caught up for 10 s (replica.lag.time.max.ms)");
    emitEvent(changed);
}

void FakeCluster::electController(int broker, int epoch)
{
    Event elected = event(EventKind::ControllerElected, broker);
    elected.peer = BrokerId(broker);
    elected.epoch = epoch;
    emitEvent(elected);
}

void FakeCluster::describeCluster(Reply<client::ClusterDescription> reply)
{
    ++m_descriptionsAsked;
    client::ClusterDescription description;
    description.clusterId = "fake";
    description.controller = BrokerId(1);
    for (std::size_t i = 0; i < m_states.size(); ++i) {
        if (m_states[i] == NodeState::Running)
            description.brokers.push_back({BrokerId(static_cast<int>(i) + 1),
                {"127.0.0.1", static_cast<std::uint16_t>(kFirstPort + static_cast<int>(i))}, {}});
    }
    for (const auto& [name, topic] : m_topics) {
        client::TopicDescription known;
        known.name = name;
        known.id = topic.id;
        known.isInternal = name.starts_with("__");
        for (const Partition& partition : topic.partitions) {
            known.partitions.push_back(partition.description);
            for (const BrokerId replica : partition.description.replicas) {
                if (m_states[static_cast<std::size_t>(replica.value() - 1)] != NodeState::Running)
                    known.partitions.back().offline.push_back(replica);
            }
        }
        description.topics.push_back(std::move(known));
    }
    reply(std::move(description));
}

void FakeCluster::createTopic(client::NewTopic topic, Reply<Done> reply)
{
    if (m_topics.contains(topic.name)) {
        reply(fail(ErrorCode::TopicAlreadyExists, "Topic '" + topic.name + "' already exists."));
        return;
    }
    addTopic(topic.name, topic.partitions > 0 ? topic.partitions : 1,
        topic.replicationFactor > 0 ? topic.replicationFactor : 3);
    m_topics[topic.name].configs = topic.configs;
    reply(Done{});
}

void FakeCluster::deleteTopic(std::string name, Reply<Done> reply)
{
    if (m_topics.erase(name) == 0) {
        reply(fail(
            ErrorCode::UnknownTopicOrPartition, "This server does not host this topic-partition."));
        return;
    }
    Event gone = event(EventKind::TopicDeleted, kControllerId);
    gone.topic = intern(name);
    emitEvent(gone);
    reply(Done{});
}

void FakeCluster::createPartitions(std::string topic, std::int32_t total, Reply<Done> reply)
{
    Topic& known = m_topics[topic];
    while (static_cast<int>(known.partitions.size()) < total) {
        Partition partition = known.partitions.front();
        partition.records.clear();
        partition.watermark = 0;
        partition.description.index = static_cast<int>(known.partitions.size());
        known.partitions.push_back(std::move(partition));
    }
    reply(Done{});
}

void FakeCluster::deleteRecords(
    std::string topic, std::map<std::int32_t, std::int64_t> before, Reply<Done> reply)
{
    for (const auto& [index, offset] : before) {
        Partition* partition = find(topic, index);
        if (!partition)
            continue;
        const std::int64_t until = offset < 0 ? partition->watermark : offset;
        while (partition->base < until && !partition->records.empty()) {
            partition->records.erase(partition->records.begin());
            ++partition->base;
        }
    }
    reply(Done{});
}

void FakeCluster::describeConfigs(
    client::ConfigResource resource, Reply<std::vector<client::ConfigEntry>> reply)
{
    std::vector<client::ConfigEntry> entries;
    entries.push_back(
        {"cleanup.policy", "delete", client::ConfigSource::Default, false, false, {}});
    entries.push_back(
        {"retention.ms", "604800000", client::ConfigSource::Default, false, false, {}});
    for (const auto& [name, value] : m_topics[resource.name].configs)
        entries.push_back({name, value, client::ConfigSource::Topic, false, false, {}});
    reply(std::move(entries));
}

void FakeCluster::alterConfigs(
    client::ConfigResource resource, std::vector<client::ConfigChange> changes, Reply<Done> reply)
{
    for (const auto& [name, value] : changes) {
        if (value)
            m_topics[resource.name].configs[name] = *value;
        else
            m_topics[resource.name].configs.erase(name);
    }
    reply(Done{});
}

void FakeCluster::listOffsets(std::string topic, Reply<std::vector<client::PartitionOffsets>> reply)
{
    if (!m_topics.contains(topic)) {
        reply(fail(
            ErrorCode::UnknownTopicOrPartition, "This server does not host this topic-partition."));
        return;
    }
    std::vector<client::PartitionOffsets> offsets;
    for (const Partition& partition : m_topics[topic].partitions)
        offsets.push_back({partition.description.index, partition.base, partition.watermark});
    reply(std::move(offsets));
}

void FakeCluster::offsetsForTime(
    std::string topic, std::int64_t timestampMs, Reply<std::map<std::int32_t, std::int64_t>> reply)
{
    std::map<std::int32_t, std::int64_t> offsets;
    for (const Partition& partition : m_topics[topic].partitions) {
        const auto it = std::find_if(partition.records.begin(), partition.records.end(),
            [timestampMs](const auto& r) { return r.timestampMs >= timestampMs; });
        offsets[partition.description.index]
            = it == partition.records.end() ? partition.watermark : it->offset;
    }
    reply(std::move(offsets));
}

void FakeCluster::describeLogDirs(Reply<std::vector<client::ReplicaSize>> reply)
{
    std::vector<client::ReplicaSize> sizes;
    for (const auto& [name, topic] : m_topics) {
        for (const Partition& partition : topic.partitions) {
            for (const BrokerId replica : partition.description.replicas)
                sizes.push_back(
                    {replica, name, partition.description.index, partition.end() * 11'300, 0});
        }
    }
    reply(std::move(sizes));
}

void FakeCluster::listGroups(Reply<std::vector<client::GroupSummary>> reply)
{
    std::vector<client::GroupSummary> groups;
    for (const auto& [id, group] : m_groups)
        groups.push_back({id, group.members.empty() && group.outside.empty() ? "Empty" : "Stable",
            "classic", "consumer"});
    reply(std::move(groups));
}

void FakeCluster::describeGroup(std::string id, Reply<client::GroupDescription> reply)
{
    const auto it = m_groups.find(id);
    if (it == m_groups.end()) {
        reply(fail(ErrorCode::GroupIdNotFound, "The group id does not exist."));
        return;
    }
    client::GroupDescription description;
    description.summary = {id, "Stable", "classic", "consumer"};
    description.coordinator = BrokerId(1);
    for (const FakeConsumer* consumer : it->second.members) {
        client::GroupMember member;
        member.clientId = consumer->options.clientId;
        member.memberId = member.clientId + "-77aa";
        member.host = "127.0.0.1";
        for (const auto& [place, position] : consumer->positions)
            member.partitions.push_back(place);
        description.members.push_back(std::move(member));
    }
    for (const client::GroupMember& member : it->second.outside)
        description.members.push_back(member);
    for (const auto& [place, offset] : it->second.offsets)
        description.offsets.push_back({place.first, place.second, offset});
    reply(std::move(description));
}

void FakeCluster::deleteGroup(std::string id, Reply<Done> reply)
{
    m_groups.erase(id);
    reply(Done{});
}

void FakeCluster::send(client::RecordToSend record, Reply<client::SendReceipt> reply)
{
    if (m_nextError != ErrorCode::None) {
        const ErrorCode error = std::exchange(m_nextError, ErrorCode::None);
        reject("moldau", record.topic, record.partition.value_or(0), error);
        reply(fail(error, std::string(factsOf(error).name)));
        return;
    }
    if (!m_topics.contains(record.topic)) {
        reply(fail(
            ErrorCode::UnknownTopicOrPartition, "This server does not host this topic-partition."));
        return;
    }
    const int partitions = static_cast<int>(m_topics[record.topic].partitions.size());
    int partition = record.partition.value_or(-1);
    if (partition < 0 && record.key)
        partition
            = widgets::partitionOfKey(QByteArray(reinterpret_cast<const char*>(record.key->data()),
                                          static_cast<qsizetype>(record.key->size())),
                partitions);
    else if (partition < 0)
        partition = m_roundRobin++ % partitions;
    const std::int64_t offset
        = append("moldau", record.topic, partition, record.key, record.value, record.headers, 1);
    if (offset < 0) {
        reply(fail(ErrorCode::LeaderNotAvailable, "There is no leader for this topic-partition."));
        return;
    }
    reply(client::SendReceipt{
        partition, record.acks == client::Acks::None ? -1 : offset, now() / 1'000'000, 1'200'000});
}

std::unique_ptr<client::Consumer> FakeCluster::consume(
    client::ConsumerOptions options, client::ConsumerListener& listener)
{
    auto consumer = std::make_unique<FakeConsumer>(*this, std::move(options), listener);
    m_consumers.push_back(consumer.get());
    if (!consumer->options.groupId.empty()) {
        m_groups[consumer->options.groupId].members.push_back(consumer.get());
        rebalance(consumer->options.groupId);
    } else {
        const bool fromStart
            = consumer->options.start.kind == client::StartPosition::Kind::Beginning;
        std::vector<std::pair<std::string, std::int32_t>> assigned;
        for (const std::string& topic : consumer->options.topics) {
            for (const Partition& partition : m_topics[topic].partitions) {
                const int index = partition.description.index;
                const auto& chosen = consumer->options.partitions;
                if (!chosen.empty()
                    && std::find(chosen.begin(), chosen.end(), index) == chosen.end())
                    continue;
                consumer->positions[{topic, index}]
                    = fromStart ? partition.base : partition.watermark;
                assigned.emplace_back(topic, index);
            }
        }
        listener.assignmentChanged(std::move(assigned));
    }
    deliver();
    return consumer;
}

void FakeCluster::rebalance(const std::string& id)
{
    Group& group = m_groups[id];
    ++group.generation;
    const std::size_t total = group.members.size() + group.outside.size();
    for (FakeConsumer* member : group.members)
        member->positions.clear();
    for (client::GroupMember& member : group.outside)
        member.partitions.clear();
    if (total == 0)
        return;
    std::size_t next = 0;
    std::vector<std::string> topics;
    for (const FakeConsumer* member : group.members)
        topics.insert(topics.end(), member->options.topics.begin(), member->options.topics.end());
    for (const auto& [place, offset] : group.offsets)
        topics.push_back(place.first);
    std::sort(topics.begin(), topics.end());
    topics.erase(std::unique(topics.begin(), topics.end()), topics.end());
    for (const std::string& topic : topics) {
        for (const Partition& partition : m_topics[topic].partitions) {
            const int index = partition.description.index;
            const std::size_t who = next++ % total;
            if (who >= group.members.size()) {
                group.outside[who - group.members.size()].partitions.emplace_back(topic, index);
                continue;
            }
            FakeConsumer* member = group.members[who];
            const auto committed = group.offsets.find({topic, index});
            const bool fromStart
                = member->options.start.kind == client::StartPosition::Kind::Beginning;
            member->positions[{topic, index}] = committed != group.offsets.end() ? committed->second
                : fromStart                                                      ? partition.base
                            : partition.watermark;
        }
    }
    for (FakeConsumer* member : group.members) {
        std::vector<std::pair<std::string, std::int32_t>> assigned;
        for (const auto& [place, position] : member->positions)
            assigned.push_back(place);
        member->listener.assignmentChanged(std::move(assigned));
    }
    Event changed = event(EventKind::GroupStateChanged, 1);
    changed.name = intern(id);
    changed.detail = intern("Stable");
    changed.epoch = group.generation;
    emitEvent(changed);
}

void FakeCluster::deliver()
{
    if (m_isDelivering)
        return;
    m_isDelivering = true;
    for (FakeConsumer* consumer : std::vector<FakeConsumer*>(m_consumers)) {
        if (consumer->isPaused)
            continue;
        for (auto& [place, position] : consumer->positions) {
            Partition* partition = find(place.first, place.second);
            if (!partition || position >= partition->watermark)
                continue;
            std::vector<client::Record> records;
            for (std::int64_t offset = std::max(position, partition->base);
                 offset < partition->watermark; ++offset)
                records.push_back(
                    partition->records[static_cast<std::size_t>(offset - partition->base)]);
            Event delivered = partitionEvent(EventKind::BatchDelivered,
                partition->description.leader.value(), place.first, *partition);
            delivered.name = intern(consumer->options.clientId);
            delivered.offset = position;
            delivered.count = static_cast<int>(records.size());
            delivered.bytes = delivered.count * 100;
            delivered.timeNs = now() + 1'500'000;
            delivered.key = 0;
            emitEvent(delivered);
            position = partition->watermark;
            if (!consumer->options.groupId.empty()) {
                m_groups[consumer->options.groupId].offsets[place] = position;
                Event committed
                    = partitionEvent(EventKind::OffsetCommitted, 1, place.first, *partition);
                committed.name = intern(consumer->options.groupId);
                committed.offset = position;
                committed.timeNs = now() + 5'000'000;
                emitEvent(committed);
            }
            consumer->listener.recordsArrived(std::move(records));
        }
    }
    m_isDelivering = false;
}

Result<int> FakeCluster::addFault(const faults::FaultRule& rule)
{
    Result<int> id = m_faults->add(rule);
    if (id)
        tellFault(EventKind::FaultAdded, *id, rule);
    return id;
}

Result<void> FakeCluster::removeFault(int id)
{
    const std::vector<faults::FaultStatus> before = m_faults->list();
    const Result<void> removed = m_faults->remove(id);
    for (const faults::FaultStatus& fault : before) {
        if (removed && fault.id == id)
            tellFault(EventKind::FaultRemoved, id, fault.rule);
    }
    return removed;
}

void FakeCluster::healFaults()
{
    for (const faults::FaultStatus& fault : m_faults->list())
        (void)removeFault(fault.id);
}

void FakeCluster::tellFault(EventKind kind, int id, const faults::FaultRule& rule)
{
    Event told = event(kind, (rule.link ? rule.link->one : rule.broker).value());
    told.peer = rule.link ? rule.link->other : kNoBroker;
    told.count = id;
    told.detail = intern(faults::toText(rule));
    emitEvent(told);
}

std::vector<client::NodeStatus> FakeCluster::nodes() const
{
    std::vector<client::NodeStatus> nodes;
    for (int i = 0; hasControllerNode && i < controllerNodes; ++i) {
        client::NodeStatus controller;
        controller.service = "controller-" + std::to_string(i + 1);
        controller.kind = client::NodeKind::Controller;
        controller.id = BrokerId(kControllerId + i);
        controller.state = NodeState::Running;
        nodes.push_back(std::move(controller));
    }
    for (std::size_t i = 0; i < m_states.size(); ++i) {
        client::NodeStatus node;
        node.service = "broker-" + std::to_string(i + 1);
        node.id = BrokerId(static_cast<int>(i) + 1);
        node.state = m_states[i];
        node.listeners
            = {{"PLAINTEXT", "127.0.0.1:" + std::to_string(kFirstPort + static_cast<int>(i))}};
        nodes.push_back(std::move(node));
    }
    return nodes;
}

int FakeCluster::brokerIndex(const std::string& service) const
{
    for (std::size_t i = 0; i < m_states.size(); ++i) {
        if (service == "broker-" + std::to_string(i + 1))
            return static_cast<int>(i);
    }
    return -1;
}

void FakeCluster::setState(
    const std::string& service, NodeState state, EventKind kind, ClusterControl::Done reply)
{
    const int index = brokerIndex(service);
    if (index < 0) {
        reply(fail(ErrorCode::InvalidRequest, "no such node: " + service));
        return;
    }
    m_states[static_cast<std::size_t>(index)] = state;
    emitEvent(event(kind, index + 1));
    elect();
    reply(done());
}

void FakeCluster::startNode(std::string service, ClusterControl::Done reply)
{
    setState(service, NodeState::Running, EventKind::NodeStarted, std::move(reply));
}

void FakeCluster::stopNode(std::string service, ClusterControl::Done reply)
{
    setState(service, NodeState::Stopped, EventKind::NodeStopped, std::move(reply));
}

void FakeCluster::killNode(std::string service, ClusterControl::Done reply)
{
    setState(service, NodeState::Killed, EventKind::NodeKilled, std::move(reply));
}

void FakeCluster::pauseNode(std::string service, ClusterControl::Done reply)
{
    setState(service, NodeState::Paused, EventKind::NodePaused, std::move(reply));
}

void FakeCluster::unpauseNode(std::string service, ClusterControl::Done reply)
{
    setState(service, NodeState::Running, EventKind::NodeUnpaused, std::move(reply));
}

void FakeCluster::elect()
{
    const auto isUp = [this](BrokerId id) {
        return m_states[static_cast<std::size_t>(id.value() - 1)] == NodeState::Running;
    };
    for (auto& [name, topic] : m_topics) {
        for (Partition& partition : topic.partitions) {
            client::PartitionDescription& known = partition.description;
            if (known.leader != kNoBroker && isUp(known.leader)) {
                // Those that came back catch up; those that went leave.
                for (const BrokerId replica : known.replicas) {
                    const bool isIn = std::find(known.inSync.begin(), known.inSync.end(), replica)
                        != known.inSync.end();
                    if (isUp(replica) && !isIn) {
                        partition.ends[replica.value()] = partition.end();
                        setInSync(name, known.index, replica.value(), true);
                    } else if (!isUp(replica) && isIn) {
                        setInSync(name, known.index, replica.value(), false);
                    }
                }
                continue;
            }
            const BrokerId before = known.leader;
            BrokerId leader = kNoBroker;
            for (const BrokerId replica : known.replicas) {
                const bool isIn = std::find(known.inSync.begin(), known.inSync.end(), replica)
                    != known.inSync.end();
                if (leader == kNoBroker && isUp(replica) && isIn)
                    leader = replica;
            }
            if (leader == before)
                continue;
            known.leader = leader;
            ++known.leaderEpoch;
            if (leader != kNoBroker)
                std::erase(known.inSync, before);
            Event changed = partitionEvent(EventKind::LeaderChanged,
                leader == kNoBroker ? kControllerId : leader.value(), name, partition);
            changed.peer = leader;
            if (leader != kNoBroker && before != kNoBroker)
                changed.detail = intern("broker-" + std::to_string(before.value())
                    + " is gone, and it is the first replica in sync");
            emitEvent(changed);
        }
    }
    deliver();
}

widgets::SessionParts FakeCluster::parts(const QString& name)
{
    widgets::SessionParts parts;
    parts.name = name;
    parts.bootstrap = QStringLiteral("127.0.0.1:19092");
    parts.capabilities.canControlNodes = true;
    parts.capabilities.seesEverything = true;
    parts.connection = this;
    parts.events = this;
    parts.control = this;
    return parts;
}

widgets::Session* FakeHost::add(widgets::SessionParts parts)
{
    auto* session = new widgets::Session(std::move(parts), this);
    m_sessions.append(session);
    emit opened(session);
    return session;
}

void FakeHost::close(widgets::Session* session)
{
    emit aboutToClose(session);
    m_sessions.removeAll(session);
    delete session;
}

} // namespace moldau::tests
