#include "models/metricrecorder.h"

#include "bridge/eventpump.h"
#include "bridge/reply.h"
#include "events/event.h"

#include <QDateTime>

#include <algorithm>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

/** Polling asks a call for each topic: beyond this the figures are of the largest ones seen first.
 */
constexpr std::size_t kMostPolledTopics = 60;
constexpr int kSecondsPerPoll = 2;
constexpr int kSecondsPerSizes = 4;

// The kinds of request that a learner meets; others go by number.
constexpr std::pair<std::int16_t, const char*> kRequests[] = {
    {0, "Produce"},
    {1, "Fetch"},
    {2, "ListOffsets"},
    {3, "Metadata"},
    {8, "OffsetCommit"},
    {9, "OffsetFetch"},
    {10, "FindCoordinator"},
    {11, "JoinGroup"},
    {12, "Heartbeat"},
    {14, "SyncGroup"},
    {15, "DescribeGroups"},
    {16, "ListGroups"},
    {18, "ApiVersions"},
    {19, "CreateTopics"},
    {22, "InitProducerId"},
    {32, "DescribeConfigs"},
    {35, "DescribeLogDirs"},
    {56, "AlterPartition"},
    {60, "DescribeCluster"},
    {63, "BrokerHeartbeat"},
    {68, "ConsumerGroupHeartbeat"},
};

constexpr std::int16_t kFetch = 1;

} // namespace

MetricRecorder::MetricRecorder(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
{
    // A second without requests of a kind says nothing about how long they take.
    for (MetricHistory& history : m_histories[static_cast<std::size_t>(Metric::Latency)])
        history = MetricHistory(MetricHistory::Silence::Unknown);
    if (EventPump* pump = session.pump()) {
        m_isEventSource = true;
        connect(pump, &EventPump::arrived, this, &MetricRecorder::takeEvents, Qt::DirectConnection);
        pump->setWanted(this, true);
    }
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &MetricRecorder::closeSecond);
    m_timer.start(1'000);
    m_session.refresh();
    if (!seesEverything())
        poll();
}

MetricRecorder::~MetricRecorder() = default;

bool MetricRecorder::seesEverything() const
{
    return m_isEventSource && m_session.events()->seesEverything();
}

MetricRecorder::Knowledge MetricRecorder::knowledge(Metric metric) const
{
    if (seesEverything() || metric == Metric::OutOfSync)
        return Knowledge::Whole;
    if (metric == Metric::RecordsIn || metric == Metric::BytesIn)
        return Knowledge::Polled;
    return m_isEventSource ? Knowledge::OwnOnly : Knowledge::None;
}

MetricHistory& MetricRecorder::mutableHistory(Metric metric, MetricSplit split)
{
    return m_histories[static_cast<std::size_t>(metric)][static_cast<std::size_t>(split)];
}

const MetricHistory& MetricRecorder::history(Metric metric, MetricSplit split) const
{
    return m_histories[static_cast<std::size_t>(metric)][static_cast<std::size_t>(split)];
}

const QString& MetricRecorder::nameOf(std::uint32_t nameId)
{
    const auto known = m_names.constFind(nameId);
    if (known != m_names.cend())
        return *known;
    return *m_names.insert(nameId, m_session.pump()->textOf(NameId{nameId}));
}

const QString& MetricRecorder::brokerName(std::int32_t broker)
{
    const auto known = m_brokerNames.constFind(broker);
    if (known != m_brokerNames.cend())
        return *known;
    return *m_brokerNames.insert(broker, m_session.nameOf(BrokerId(broker)));
}

const QString& MetricRecorder::requestName(std::int16_t api)
{
    const auto known = m_requestNames.constFind(api);
    if (known != m_requestNames.cend())
        return *known;
    const auto named = std::find_if(std::begin(kRequests), std::end(kRequests),
        [api](const auto& entry) { return entry.first == api; });
    return *m_requestNames.insert(api,
        named == std::end(kRequests) ? u"API %1"_s.arg(api) : QString::fromLatin1(named->second));
}

void MetricRecorder::takeEvents(std::span<const Event> events)
{
    for (const Event& event : events)
        addEvent(event);
}

void MetricRecorder::addEvent(const Event& event)
{
    switch (event.kind) {
    case EventKind::BatchAppended:
        if (!seesEverything())
            return; // the offsets show what everybody wrote
        for (const auto& [metric, amount] :
            {std::pair(Metric::RecordsIn, event.count), std::pair(Metric::BytesIn, event.bytes)}) {
            mutableHistory(metric, MetricSplit::Topic).add(nameOf(event.topic.value()), amount);
            mutableHistory(metric, MetricSplit::Broker).add(brokerName(event.node.value()), amount);
        }
        return;
    case EventKind::BatchDelivered:
        for (const auto& [metric, amount] : {std::pair(Metric::RecordsOut, event.count),
                 std::pair(Metric::BytesOut, event.bytes)}) {
            mutableHistory(metric, MetricSplit::Topic).add(nameOf(event.topic.value()), amount);
            mutableHistory(metric, MetricSplit::Broker).add(brokerName(event.node.value()), amount);
        }
        return;
    case EventKind::ResponseSent:
        // A fetch waits for records on purpose: its time says nothing about the broker.
        if (event.offset >= 0 && event.api != kFetch)
            m_latencies[event.api].add(event.offset);
        return;
    default:
        return;
    }
}

void MetricRecorder::closeSecond()
{
    ++m_ticks;
    for (auto& [api, buckets] : m_latencies) {
        if (buckets.isEmpty())
            continue;
        for (const MetricSplit split : {MetricSplit::Topic, MetricSplit::Broker})
            mutableHistory(Metric::Latency, split).set(requestName(api), buckets.percentile(0.99));
        buckets.clear();
    }
    std::map<QString, int> byBroker;
    const Metadata& metadata = *m_session.metadata();
    for (std::size_t i = 0; i < metadata.states().size(); ++i) {
        if (metadata.states()[i].outOfSync == 0)
            continue;
        const client::TopicDescription& topic = metadata.description().topics[i];
        int count = 0;
        for (const client::PartitionDescription& partition : topic.partitions) {
            if (partition.inSync.size() >= partition.replicas.size())
                continue;
            ++count;
            for (const BrokerId replica : partition.replicas) {
                if (std::find(partition.inSync.begin(), partition.inSync.end(), replica)
                    == partition.inSync.end())
                    ++byBroker[brokerName(replica.value())];
            }
        }
        if (count > 0)
            mutableHistory(Metric::OutOfSync, MetricSplit::Topic)
                .set(QString::fromStdString(topic.name), count);
    }
    for (const auto& [broker, count] : byBroker)
        mutableHistory(Metric::OutOfSync, MetricSplit::Broker).set(broker, count);

    if (!seesEverything()) {
        for (int what = 0; what < 2; ++what) {
            const Metric metric = what == 0 ? Metric::RecordsIn : Metric::BytesIn;
            for (int split = 0; split < 2; ++split) {
                for (const auto& [name, rate] : m_rates[what][split])
                    mutableHistory(metric, static_cast<MetricSplit>(split)).set(name, rate);
            }
        }
    }
    for (auto& splits : m_histories) {
        for (MetricHistory& history : splits)
            history.close();
    }
    if (m_ticks % kSecondsPerPoll == 0) {
        m_session.refresh();
        if (!seesEverything())
            poll();
    }
    emit secondClosed();
}

void MetricRecorder::poll()
{
    if (m_pending > 0)
        return;
    // What has grown before is asked first, so that a cluster of many topics shows the lively ones.
    std::vector<std::string> topics;
    for (const client::TopicDescription& topic : m_session.description().topics) {
        if (!topic.isInternal)
            topics.push_back(topic.name);
    }
    std::stable_partition(topics.begin(), topics.end(), [this](const std::string& topic) {
        const auto rate = m_rates[0][0].find(QString::fromStdString(topic));
        return rate != m_rates[0][0].end() && rate->second > 0;
    });
    if (topics.size() > kMostPolledTopics)
        topics.resize(kMostPolledTopics);
    m_rates[0][1].clear();
    for (const std::string& topic : topics) {
        ++m_pending;
        m_session.connection().listOffsets(
            topic, replyTo<std::vector<client::PartitionOffsets>>(this, [this, topic](auto result) {
                --m_pending;
                if (result)
                    takeOffsets(topic, *result);
                else
                    m_rates[0][0].erase(QString::fromStdString(topic));
            }));
    }
    if (m_ticks % kSecondsPerSizes == 0) {
        ++m_pending;
        using Sizes = std::vector<client::ReplicaSize>;
        const auto digest = [metadata = m_session.metadata()](
                                const Sizes& sizes) { return sizesOfLeaders(*metadata, sizes); };
        m_session.connection().describeLogDirs(
            replyDigested<Sizes>(this, digest, [this](Result<LeaderSizes> result) {
                --m_pending;
                if (result)
                    takeSizes(std::move(*result));
            }));
    }
}

void MetricRecorder::takeOffsets(
    const std::string& topic, const std::vector<client::PartitionOffsets>& offsets)
{
    const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
    Polled& polled = m_polled[topic];
    if (polled.timeMs >= now)
        return; // asked twice in one moment; what came since counts the next time
    const client::TopicDescription* description
        = m_session.metadata()->topic(QString::fromStdString(topic));
    double sum = 0;
    const double seconds
        = polled.timeMs > 0 ? static_cast<double>(now - polled.timeMs) / 1000.0 : 0.0;
    for (const client::PartitionOffsets& partition : offsets) {
        std::int64_t& end
            = polled.ends.try_emplace(partition.partition, partition.latest).first->second;
        const auto arrived = static_cast<double>(std::max<std::int64_t>(partition.latest - end, 0));
        end = partition.latest;
        if (seconds <= 0)
            continue;
        sum += arrived / seconds;
        if (description
            && static_cast<std::size_t>(partition.partition) < description->partitions.size()) {
            const BrokerId leader
                = description->partitions[static_cast<std::size_t>(partition.partition)].leader;
            if (leader != kNoBroker)
                m_rates[0][1][brokerName(leader.value())] += arrived / seconds;
        }
    }
    polled.timeMs = now;
    m_rates[0][0][QString::fromStdString(topic)] = sum;
}

MetricRecorder::LeaderSizes MetricRecorder::sizesOfLeaders(
    const Metadata& metadata, const std::vector<client::ReplicaSize>& sizes)
{
    LeaderSizes leaders;
    const client::TopicDescription* topic = nullptr; // mostly one topic's come together
    TopicSizes* known = nullptr;
    for (const client::ReplicaSize& replica : sizes) {
        if (!topic || topic->name != replica.topic) {
            const QString name = QString::fromStdString(replica.topic);
            topic = metadata.topic(name);
            known = topic && !topic->isInternal ? &leaders[name] : nullptr;
        }
        const auto index = static_cast<std::size_t>(replica.partition);
        if (!known || index >= topic->partitions.size()
            || topic->partitions[index].leader != replica.broker)
            continue;
        if (known->size() < topic->partitions.size())
            known->resize(topic->partitions.size());
        (*known)[index] = {replica.broker.value(), replica.bytes};
    }
    return leaders;
}

void MetricRecorder::takeSizes(LeaderSizes sizes)
{
    const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
    const double seconds = m_sizesMs > 0 ? static_cast<double>(now - m_sizesMs) / 1000.0 : 0.0;
    m_sizesMs = now;
    m_rates[1][0].clear();
    m_rates[1][1].clear();
    for (auto topic = sizes.cbegin(); seconds > 0 && topic != sizes.cend(); ++topic) {
        const auto before = m_sizes.constFind(topic.key());
        double sum = 0;
        for (std::size_t i = 0; before != m_sizes.cend() && i < topic->size(); ++i) {
            // A log that shrank lost a segment: what came meanwhile isn't known from sizes.
            const LeaderSize& size = (*topic)[i];
            if (i >= before->size() || size.broker < 0)
                continue;
            const auto grown
                = static_cast<double>(std::max<std::int64_t>(size.bytes - (*before)[i].bytes, 0));
            m_rates[1][1][brokerName(size.broker)] += grown / seconds;
            sum += grown / seconds;
        }
        m_rates[1][0][topic.key()] = sum;
    }
    m_sizes = std::move(sizes);
}

} // namespace moldau::widgets
