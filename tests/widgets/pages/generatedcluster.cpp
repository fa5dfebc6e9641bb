#include "generatedcluster.h"

#include "bridge/reply.h"
#include "configs/configdescription.h"
#include "configs/configvalidation.h"

#include <QTest>

#include <algorithm>

namespace moldau::test {

using namespace client;

namespace {

Bytes bytesOf(std::string_view text)
{
    const BytesView view = asBytes(text);
    return {view.begin(), view.end()};
}

constexpr std::int64_t kBatch = 2'000;

} // namespace

/** What is left to read by partition; touched only while m_serving is held. */
class GeneratedCluster::GeneratedConsumer final : public Consumer {
public:
    GeneratedConsumer(
        GeneratedCluster& cluster, ConsumerOptions options, ConsumerListener& listener)
        : m_cluster(cluster)
        , m_options(std::move(options))
        , m_listener(listener)
    {
    }
    ~GeneratedConsumer() override
    {
        const std::lock_guard serving(m_cluster.m_serving);
        const std::lock_guard lock(m_cluster.m_mutex);
        m_cluster.m_consumers.erase(this);
    }
    void pause() override { m_isPaused = true; }
    void resume() override
    {
        m_isPaused = false;
        m_cluster.m_wake.notify_all();
    }

    /** Settles what to read, from the ends as they are now; m_mutex is held. */
    void start()
    {
        for (const OffsetRange& range : m_options.ranges)
            m_left[range.partition] = range;
        const Topic* topic = m_cluster.find(m_options.topics.front());
        if (!m_options.ranges.empty() || !topic)
            return;
        for (std::size_t i = 0; i < topic->partitions.size(); ++i) {
            const auto index = static_cast<std::int32_t>(i);
            const auto& wanted = m_options.partitions;
            if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), index) == wanted.end())
                continue;
            const Partition& partition = topic->partitions[i];
            const bool isEnd = m_options.start.kind == StartPosition::Kind::End;
            m_left[index] = {index, isEnd ? partition.end : partition.earliest,
                m_options.stopsAtEnd ? partition.end : std::numeric_limits<std::int64_t>::max()};
        }
    }

    GeneratedCluster& m_cluster;
    const ConsumerOptions m_options;
    ConsumerListener& m_listener;
    std::atomic<bool> m_isPaused{false};
    bool m_isFinished = false;
    std::map<std::int32_t, OffsetRange> m_left;
    std::int32_t m_lastServed = -1;
};

GeneratedCluster::GeneratedCluster(int brokers)
    : m_brokers(brokers)
    , m_thread([this] { run(); })
{
}

GeneratedCluster::~GeneratedCluster()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void GeneratedCluster::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_isStopping || !m_tasks.empty()) {
        if (!m_tasks.empty() && !m_isHeld) {
            std::function<void()> task = std::move(m_tasks.front());
            m_tasks.pop_front();
            lock.unlock();
            task();
            task = nullptr;
            lock.lock();
            continue;
        }
        if (m_isStopping)
            break;
        lock.unlock();
        bool isBusy = false;
        {
            const std::lock_guard serving(m_serving);
            std::set<GeneratedConsumer*> consumers;
            {
                const std::lock_guard inner(m_mutex);
                if (!m_isHeld)
                    consumers = m_consumers;
            }
            for (GeneratedConsumer* consumer : consumers) {
                if (consumer->m_isFinished || consumer->m_isPaused)
                    continue;
                const std::int64_t before = m_recordsRead;
                serve(*consumer);
                isBusy |= m_recordsRead != before;
            }
        }
        lock.lock();
        if (!isBusy && m_tasks.empty() && !m_isStopping)
            m_wake.wait_for(lock, std::chrono::milliseconds(2));
    }
}

void GeneratedCluster::serve(GeneratedConsumer& consumer)
{
    std::vector<Record> records;
    bool isFinished = false;
    std::optional<Error> failure;
    {
        const std::lock_guard lock(m_mutex);
        failure = m_failure;
        const auto found = m_topics.find(consumer.m_options.topics.front());
        if (!failure && found == m_topics.end())
            failure = Error{ErrorCode::UnknownTopicOrPartition, "unknown topic"};
        if (failure) {
            consumer.m_isFinished = true;
        } else {
            const Topic& topic = found->second;
            const ConsumerOptions& options = consumer.m_options;
            // Round robin, as fetches are.
            auto next = consumer.m_left.upper_bound(consumer.m_lastServed);
            for (std::size_t tried = 0; tried < consumer.m_left.size() && records.empty();
                 ++tried) {
                if (next == consumer.m_left.end())
                    next = consumer.m_left.begin();
                OffsetRange& range = next->second;
                const Partition& partition
                    = topic.partitions.at(static_cast<std::size_t>(range.partition));
                range.from = std::max(range.from, partition.earliest);
                const std::int64_t end = std::min({range.to, partition.end, range.from + kBatch});
                for (; range.from < end; ++range.from) {
                    if (topic.isGap && topic.isGap(range.partition, range.from))
                        continue;
                    Record record = topic.make ? topic.make(range.partition, range.from)
                                               : orderAt(range.partition, range.from);
                    record.topic = found->first;
                    records.push_back(std::move(record));
                }
                consumer.m_lastServed = range.partition;
                ++next;
            }
            isFinished = (options.stopsAtEnd || !options.ranges.empty())
                && std::all_of(
                    consumer.m_left.begin(), consumer.m_left.end(), [&](const auto& entry) {
                        const OffsetRange& range = entry.second;
                        return range.from >= std::min(range.to,
                                   topic.partitions[static_cast<std::size_t>(range.partition)].end);
                    });
            consumer.m_isFinished = isFinished;
        }
    }
    if (failure) {
        consumer.m_listener.failed(*failure);
        consumer.m_listener.finished();
        return;
    }
    m_recordsRead += static_cast<std::int64_t>(records.size());
    if (!records.empty())
        consumer.m_listener.recordsArrived(std::move(records));
    if (isFinished)
        consumer.m_listener.finished();
}

void GeneratedCluster::post(std::function<void()> task)
{
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.push_back(std::move(task));
    }
    m_wake.notify_all();
}

GeneratedCluster::Topic* GeneratedCluster::find(const std::string& name)
{
    const auto found = m_topics.find(name);
    return found == m_topics.end() ? nullptr : &found->second;
}

void GeneratedCluster::addTopic(
    const std::string& name, int partitions, int replicas, std::int64_t recordsPerPartition)
{
    const std::lock_guard lock(m_mutex);
    Topic topic;
    topic.id = Uuid::random();
    for (int i = 0; i < partitions; ++i) {
        Partition partition;
        for (int r = 0; r < replicas; ++r)
            partition.replicas.push_back(BrokerId{(i + r) % m_brokers + 1});
        partition.inSync = partition.replicas;
        partition.leader = partition.replicas.front();
        partition.end = recordsPerPartition;
        topic.partitions.push_back(std::move(partition));
    }
    topic.isInternal = name.starts_with("__");
    m_topics[name] = std::move(topic);
}

void GeneratedCluster::changeTopic(
    const std::string& name, const std::function<void(Topic&)>& change)
{
    const std::lock_guard lock(m_mutex);
    change(m_topics.at(name));
}

void GeneratedCluster::append(const std::string& topic, std::int32_t partition, std::int64_t count)
{
    {
        const std::lock_guard lock(m_mutex);
        m_topics.at(topic).partitions.at(static_cast<std::size_t>(partition)).end += count;
    }
    m_wake.notify_all();
}

void GeneratedCluster::addGroup(GroupDescription group)
{
    const std::lock_guard lock(m_mutex);
    m_groups.push_back(std::move(group));
}

void GeneratedCluster::failWith(std::optional<Error> error)
{
    const std::lock_guard lock(m_mutex);
    m_failure = std::move(error);
}

void GeneratedCluster::hold(bool isHeld)
{
    {
        const std::lock_guard lock(m_mutex);
        m_isHeld = isHeld;
    }
    m_wake.notify_all();
}

std::vector<RecordToSend> GeneratedCluster::sent() const
{
    const std::lock_guard lock(m_mutex);
    return m_sent;
}

bool GeneratedCluster::hasTopic(const std::string& name) const
{
    const std::lock_guard lock(m_mutex);
    return m_topics.contains(name);
}

Record GeneratedCluster::orderAt(std::int32_t partition, std::int64_t offset)
{
    // A cheap mix, so that neighbours differ and every run is the same.
    auto mix = static_cast<std::uint64_t>(offset) * 0x9e3779b97f4a7c15ull
        + static_cast<std::uint64_t>(partition) * 0xbf58476d1ce4e5b9ull;
    mix ^= mix >> 29;
    static constexpr std::string_view kItems[]
        = {"레몬차", "coffee", "홍차", "tea", "쌍화차", "녹차"};
    Record record;
    record.partition = partition;
    record.offset = offset;
    record.timestampMs = kFirstMs + offset * 180 + static_cast<std::int64_t>(mix % 170);
    record.leaderEpoch = 7;
    record.key = bytesOf("customer-" + std::to_string(mix % 97));
    if (mix % 41 == 3)
        return record; // a tombstone
    if (mix % 53 == 5) {
        record.value = Bytes();
        return record;
    }
    const std::string price
        = mix % 61 == 7 ? "9007199254740993" : std::to_string(2'000 + mix / 7 % 70 * 100);
    record.value = bytesOf("{\"item\":\"" + std::string(kItems[mix / 11 % 6]) + "\",\"price\":"
        + price + ",\"address\":{\"city\":\"서울\",\"zip\":null},\"tags\":[\"hot\",\"new\"]}");
    record.headers = {{"trace-id", bytesOf("7f3a" + std::to_string(mix % 100'000))},
        {"source", bytesOf("web")}, {"empty", std::nullopt}};
    return record;
}

void GeneratedCluster::describeCluster(Reply<ClusterDescription> reply)
{
    answer<ClusterDescription>(std::move(reply), [this]() -> Result<ClusterDescription> {
        ClusterDescription description;
        description.clusterId = "generated";
        description.controller = BrokerId{2};
        for (int i = 1; i <= m_brokers; ++i)
            description.brokers.push_back(
                {BrokerId{i}, {"127.0.0.1", static_cast<std::uint16_t>(19091 + i)}, {}});
        for (const auto& [name, topic] : m_topics) {
            TopicDescription described;
            described.name = name;
            described.id = topic.id;
            described.isInternal = topic.isInternal;
            for (std::size_t i = 0; i < topic.partitions.size(); ++i) {
                const Partition& partition = topic.partitions[i];
                described.partitions.push_back({static_cast<std::int32_t>(i), partition.leader, 7,
                    partition.replicas, partition.inSync, {}});
            }
            description.topics.push_back(std::move(described));
        }
        return description;
    });
}

void GeneratedCluster::createTopic(NewTopic wanted, Reply<Done> reply)
{
    answer<Done>(std::move(reply), [this, wanted = std::move(wanted)]() -> Result<Done> {
        if (m_topics.contains(wanted.name))
            return fail(
                ErrorCode::TopicAlreadyExists, "Topic '" + wanted.name + "' already exists.");
        const int partitions = wanted.partitions < 0 ? 1 : wanted.partitions;
        const int replicas
            = wanted.replicationFactor < 0 ? std::min(3, m_brokers) : wanted.replicationFactor;
        if (replicas > m_brokers)
            return fail(ErrorCode::InvalidReplicationFactor,
                "Replication factor: " + std::to_string(replicas)
                    + " larger than available brokers: " + std::to_string(m_brokers) + ".");
        Topic topic;
        topic.id = Uuid::random();
        topic.configs.insert(wanted.configs.begin(), wanted.configs.end());
        if (const auto valid = configs::validateTopicConfigs(topic.configs); !valid)
            return fail(valid.error());
        for (int i = 0; i < partitions; ++i) {
            Partition partition;
            for (int r = 0; r < replicas; ++r)
                partition.replicas.push_back(BrokerId{(i + r) % m_brokers + 1});
            partition.inSync = partition.replicas;
            partition.leader = partition.replicas.front();
            topic.partitions.push_back(std::move(partition));
        }
        m_topics[wanted.name] = std::move(topic);
        return Done{};
    });
}

void GeneratedCluster::deleteTopic(std::string name, Reply<Done> reply)
{
    answer<Done>(std::move(reply), [this, name = std::move(name)]() -> Result<Done> {
        if (m_topics.erase(name) == 0)
            return fail(ErrorCode::UnknownTopicOrPartition,
                "This server does not host this topic-partition.");
        return Done{};
    });
}

void GeneratedCluster::createPartitions(std::string name, std::int32_t total, Reply<Done> reply)
{
    answer<Done>(std::move(reply), [this, name = std::move(name), total]() -> Result<Done> {
        Topic* topic = find(name);
        if (!topic || topic->partitions.size() >= static_cast<std::size_t>(total))
            return fail(ErrorCode::InvalidPartitions, "The topic has as many partitions already.");
        while (topic->partitions.size() < static_cast<std::size_t>(total)) {
            Partition partition = topic->partitions.front();
            partition.earliest = partition.end = 0;
            topic->partitions.push_back(partition);
        }
        return Done{};
    });
}

void GeneratedCluster::deleteRecords(
    std::string name, std::map<std::int32_t, std::int64_t> before, Reply<Done> reply)
{
    answer<Done>(std::move(reply),
        [this, name = std::move(name), before = std::move(before)]() -> Result<Done> {
            Topic* topic = find(name);
            if (!topic)
                return fail(ErrorCode::UnknownTopicOrPartition);
            for (const auto& [index, offset] : before) {
                Partition& partition = topic->partitions.at(static_cast<std::size_t>(index));
                partition.earliest = offset < 0 ? partition.end : offset;
            }
            return Done{};
        });
}

void GeneratedCluster::describeConfigs(
    ConfigResource resource, Reply<std::vector<ConfigEntry>> reply)
{
    answer<std::vector<ConfigEntry>>(std::move(reply),
        [this, resource = std::move(resource)]() -> Result<std::vector<ConfigEntry>> {
            const Topic* topic = find(resource.name);
            if (!topic)
                return fail(ErrorCode::UnknownTopicOrPartition,
                    "This server does not host this topic-partition.");
            std::vector<ConfigEntry> entries;
            for (const configs::DescribedConfig& config :
                configs::describeTopic(topic->configs, {})) {
                ConfigEntry entry;
                entry.name = config.name;
                entry.value = config.value;
                entry.source = static_cast<ConfigSource>(config.source);
                entry.isReadOnly = config.isReadOnly;
                entry.isSensitive = config.isSensitive;
                entry.documentation = std::string(config.documentation);
                entries.push_back(std::move(entry));
            }
            return entries;
        });
}

void GeneratedCluster::alterConfigs(
    ConfigResource resource, std::vector<ConfigChange> changes, Reply<Done> reply)
{
    answer<Done>(std::move(reply),
        [this, resource = std::move(resource), changes = std::move(changes)]() -> Result<Done> {
            Topic* topic = find(resource.name);
            if (!topic)
                return fail(ErrorCode::UnknownTopicOrPartition);
            configs::ConfigMap next = topic->configs;
            for (const auto& [name, value] : changes) {
                if (value)
                    next[name] = *value;
                else
                    next.erase(name);
            }
            if (const auto valid = configs::validateTopicConfigs(next); !valid)
                return fail(valid.error());
            topic->configs = std::move(next);
            return Done{};
        });
}

void GeneratedCluster::listOffsets(std::string name, Reply<std::vector<PartitionOffsets>> reply)
{
    answer<std::vector<PartitionOffsets>>(std::move(reply),
        [this, name = std::move(name)]() -> Result<std::vector<PartitionOffsets>> {
            const Topic* topic = find(name);
            if (!topic)
                return fail(ErrorCode::UnknownTopicOrPartition,
                    "This server does not host this topic-partition.");
            std::vector<PartitionOffsets> offsets;
            for (std::size_t i = 0; i < topic->partitions.size(); ++i)
                offsets.push_back({static_cast<std::int32_t>(i), topic->partitions[i].earliest,
                    topic->partitions[i].end});
            return offsets;
        });
}

void GeneratedCluster::offsetsForTime(
    std::string name, std::int64_t timestampMs, Reply<std::map<std::int32_t, std::int64_t>> reply)
{
    answer<std::map<std::int32_t, std::int64_t>>(std::move(reply),
        [this, name = std::move(name),
            timestampMs]() -> Result<std::map<std::int32_t, std::int64_t>> {
            const Topic* topic = find(name);
            if (!topic)
                return fail(ErrorCode::UnknownTopicOrPartition);
            std::map<std::int32_t, std::int64_t> offsets;
            for (std::size_t i = 0; i < topic->partitions.size(); ++i) {
                const auto index = static_cast<std::int32_t>(i);
                std::int64_t low = topic->partitions[i].earliest;
                std::int64_t high = topic->partitions[i].end;
                while (low < high) {
                    const std::int64_t middle = low + (high - low) / 2;
                    const Record record
                        = topic->make ? topic->make(index, middle) : orderAt(index, middle);
                    if (record.timestampMs < timestampMs)
                        low = middle + 1;
                    else
                        high = middle;
                }
                offsets[index] = low;
            }
            return offsets;
        });
}

void GeneratedCluster::describeLogDirs(Reply<std::vector<ReplicaSize>> reply)
{
    answer<std::vector<ReplicaSize>>(
        std::move(reply), [this]() -> Result<std::vector<ReplicaSize>> {
            std::vector<ReplicaSize> sizes;
            for (const auto& [name, topic] : m_topics) {
                for (std::size_t i = 0; i < topic.partitions.size(); ++i) {
                    const Partition& partition = topic.partitions[i];
                    for (const BrokerId broker : partition.replicas) {
                        const bool isBehind
                            = std::find(partition.inSync.begin(), partition.inSync.end(), broker)
                            == partition.inSync.end();
                        sizes.push_back({broker, name, static_cast<std::int32_t>(i),
                            (partition.end - partition.earliest) * topic.bytesPerRecord,
                            isBehind ? partition.lagOfOutOfSync : 0});
                    }
                }
            }
            return sizes;
        });
}

void GeneratedCluster::listGroups(Reply<std::vector<GroupSummary>> reply)
{
    answer<std::vector<GroupSummary>>(
        std::move(reply), [this]() -> Result<std::vector<GroupSummary>> {
            std::vector<GroupSummary> summaries;
            for (const GroupDescription& group : m_groups)
                summaries.push_back(group.summary);
            return summaries;
        });
}

void GeneratedCluster::describeGroup(std::string id, Reply<GroupDescription> reply)
{
    answer<GroupDescription>(
        std::move(reply), [this, id = std::move(id)]() -> Result<GroupDescription> {
            for (const GroupDescription& group : m_groups) {
                if (group.summary.id == id)
                    return group;
            }
            return fail(ErrorCode::GroupIdNotFound, "Group " + id + " not found.");
        });
}

void GeneratedCluster::deleteGroup(std::string id, Reply<Done> reply)
{
    answer<Done>(std::move(reply), [this, id = std::move(id)]() -> Result<Done> {
        std::erase_if(
            m_groups, [&](const GroupDescription& group) { return group.summary.id == id; });
        return Done{};
    });
}

void GeneratedCluster::send(RecordToSend record, Reply<SendReceipt> reply)
{
    answer<SendReceipt>(
        std::move(reply), [this, record = std::move(record)]() -> Result<SendReceipt> {
            Topic* topic = find(record.topic);
            if (!topic)
                return fail(ErrorCode::UnknownTopicOrPartition);
            m_sent.push_back(record);
            Partition& partition
                = topic->partitions.at(static_cast<std::size_t>(record.partition.value_or(0)));
            return SendReceipt{record.partition.value_or(0), partition.end++, kFirstMs, 1'200'000};
        });
}

std::unique_ptr<Consumer> GeneratedCluster::consume(
    ConsumerOptions options, ConsumerListener& listener)
{
    auto consumer = std::make_unique<GeneratedConsumer>(*this, std::move(options), listener);
    ++m_consumersMade;
    {
        const std::lock_guard lock(m_mutex);
        consumer->start();
        m_consumers.insert(consumer.get());
    }
    m_wake.notify_all();
    return consumer;
}

bool isAllAnswered(client::ClusterConnection& cluster)
{
    QObject context;
    bool isAnswered = false;
    cluster.describeCluster(widgets::replyTo<ClusterDescription>(
        &context, [&isAnswered](const Result<ClusterDescription>&) { isAnswered = true; }));
    return QTest::qWaitFor([&isAnswered] { return isAnswered; }, 20'000);
}

} // namespace moldau::test
