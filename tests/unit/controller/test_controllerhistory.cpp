#include "controller/features.h"
#include "controller/metadatasnapshot.h"
#include "protocol/batchbuilder.h"
#include "testcluster.h"

#include <QTest>

#include <set>

using namespace moldau;
using namespace moldau::controller;
using namespace std::chrono_literals;

namespace {

constexpr int kBrokers = 5;
constexpr int kTopics = 6;

/** Does to a cluster whatever brokers and users may do, in an order that a seed decides. */
class History {
public:
    explicit History(std::uint64_t seed)
        : m_random(seed)
        , m_cluster(optionsOf(seed))
    {
    }

    TestCluster& cluster() { return m_cluster; }

    void step()
    {
        switch (below(14)) {
        case 0:
        case 1:
            m_cluster.registerBroker(anyBroker());
            break;
        case 2:
        case 3:
        case 4:
            m_cluster.heartbeat(anyBroker());
            break;
        case 5:
            loseConnection();
            break;
        case 6:
            shutDown();
            break;
        case 7:
            m_cluster.advance(std::chrono::milliseconds(below(9000)));
            m_cluster.tick();
            break;
        case 8:
            createTopic();
            break;
        case 9:
        case 10:
        case 11:
            alterIsr();
            break;
        case 12:
            changeTopic();
            break;
        case 13:
            if (below(4) == 0)
                m_cluster.restartController();
            else
                m_cluster.advance(61s);
            break;
        }
    }

private:
    static ControllerOptions optionsOf(std::uint64_t seed)
    {
        ControllerOptions options = TestCluster::defaultOptions();
        options.seed = seed;
        options.leaderBalanceInterval = 60s;
        options.uncleanElectionInterval = 60s;
        if (seed % 2 == 0)
            options.features.erase(std::string(kEligibleLeaders));
        return options;
    }

    int below(int limit)
    {
        return static_cast<int>(m_random() % static_cast<std::uint64_t>(limit));
    }
    int anyBroker() { return 1 + below(kBrokers); }
    std::string anyTopic() { return "topic-" + std::to_string(below(kTopics)); }

    void loseConnection()
    {
        const int broker = anyBroker();
        if (m_cluster.image().broker(BrokerId(broker)))
            m_cluster.loseConnection(broker);
    }
    void shutDown()
    {
        auto request = m_cluster.heartbeatOf(anyBroker());
        request.wantShutDown = true;
        m_cluster.run(request);
    }
    void createTopic()
    {
        protocol::CreateTopicsRequest request;
        auto& topic = request.topics.emplace_back();
        topic.name = anyTopic();
        topic.numPartitions = 1 + below(4);
        topic.replicationFactor = static_cast<std::int16_t>(1 + below(3));
        if (below(3) == 0) {
            auto& config = topic.configs.emplace_back();
            config.name = "unclean.leader.election.enable";
            config.value = "true";
        }
        if (below(2) == 0) {
            auto& config = topic.configs.emplace_back();
            config.name = "min.insync.replicas";
            config.value = std::to_string(1 + below(3));
        }
        m_cluster.run(request);
    }
    void changeTopic()
    {
        const std::string name = anyTopic();
        const TopicImage* topic = m_cluster.image().topic(name);
        if (!topic)
            return;
        if (below(3) == 0) {
            protocol::DeleteTopicsRequest request;
            request.topics.emplace_back().name = name;
            m_cluster.run(request);
            return;
        }
        protocol::CreatePartitionsRequest request;
        auto& wish = request.topics.emplace_back();
        wish.name = name;
        wish.count = static_cast<std::int32_t>(topic->partitions.size()) + 1;
        wish.assignments.reset();
        m_cluster.run(request);
    }
    void alterIsr()
    {
        const std::string name = anyTopic();
        const TopicImage* topic = m_cluster.image().topic(name);
        if (!topic)
            return;
        const int number = below(static_cast<int>(topic->partitions.size()));
        std::vector<int> isr;
        for (const BrokerId replica :
            topic->partitions[static_cast<std::size_t>(number)].replicas) {
            if (below(3) > 0)
                isr.push_back(replica.value());
        }
        auto request = m_cluster.isrRequest(name, number, isr);
        if (below(5) == 0)
            request.topics.front().partitions.front().leaderEpoch += below(3) - 1;
        if (below(5) == 0)
            request.topics.front().partitions.front().partitionEpoch += below(3) - 1;
        m_cluster.run(request);
    }

    std::mt19937_64 m_random;
    TestCluster m_cluster;
};

/** What must hold after every step, whatever happened; an empty text when it does. */
QString broken(const MetadataImage& image, const MetadataImage& before)
{
    const auto isSubset = [](const Replicas& some, const Replicas& all) {
        return std::all_of(
            some.begin(), some.end(), [&](BrokerId each) { return contains(all, each); });
    };
    const bool hasEligibleLeaders = image.featureLevel(kEligibleLeaders) > 0;
    for (const auto& [name, topic] : image.topics()) {
        for (std::size_t index = 0; index < topic->partitions.size(); ++index) {
            const PartitionImage& partition = topic->partitions[index];
            const QString where
                = QString::fromStdString(name) + "-" + QString::number(index) + ": ";
            if (partition.isr.empty() && !hasEligibleLeaders)
                return where + "nobody is in sync";
            if (!hasEligibleLeaders && !partition.eligibleLeaders.empty())
                return where + "eligible leaders, though the cluster has none";
            if (!isSubset(partition.eligibleLeaders, without(partition.replicas, partition.isr)))
                return where + "the eligible leaders aren't replicas out of sync";
            if (!isSubset(partition.isr, partition.replicas))
                return where + "the ISR has others than replicas";
            if (std::set<BrokerId>(partition.replicas.begin(), partition.replicas.end()).size()
                != partition.replicas.size())
                return where + "a replica twice";
            if (partition.hasLeader() && !contains(partition.isr, partition.leader))
                return where + "the leader is not in sync";
            if (partition.hasLeader() && !image.isActive(partition.leader))
                return where + "the leader is not active";
            if (partition.isr.size() > 1 || hasEligibleLeaders) {
                for (const BrokerId member : partition.isr) {
                    if (!image.isActive(member))
                        return where + "a broker that is gone counts as in sync";
                }
            }
            const PartitionImage* earlier
                = before.partition(topic->id, static_cast<std::int32_t>(index));
            if (!earlier)
                continue;
            if (partition.leaderEpoch < earlier->leaderEpoch
                || partition.partitionEpoch < earlier->partitionEpoch)
                return where + "an epoch went back";
            if (partition.leader != earlier->leader
                && partition.leaderEpoch == earlier->leaderEpoch)
                return where + "a new leader without a new epoch";
            if (!(partition == *earlier) && partition.partitionEpoch == earlier->partitionEpoch)
                return where + "a change without a new partition epoch";
        }
    }
    for (const auto& [id, broker] : image.brokers()) {
        const BrokerImage* earlier = before.broker(id);
        if (earlier && broker.epoch < earlier->epoch)
            return "a broker epoch went back";
    }
    return {};
}

/** The image as a snapshot has it, batches of a few records each. */
Bytes snapshotOf(const MetadataImage& image)
{
    Bytes snapshot;
    std::vector<Bytes> values;
    std::int64_t offset = 0;
    const auto addBatch = [&] {
        protocol::BatchOptions options;
        options.baseOffset = offset;
        protocol::BatchBuilder builder(options);
        for (const Bytes& value : values)
            builder.append(1, std::nullopt, value);
        const Bytes batch = *builder.build();
        snapshot.insert(snapshot.end(), batch.begin(), batch.end());
        offset += static_cast<std::int64_t>(values.size());
        values.clear();
    };
    const auto written = writeImage(image, [&](Bytes value) {
        values.push_back(std::move(value));
        if (values.size() == 3)
            addBatch();
        return Result<void>{};
    });
    if (!written)
        return {};
    if (!values.empty())
        addBatch();
    return snapshot;
}

/** Brokers without the offset at which they registered, which no snapshot knows. */
std::map<BrokerId, BrokerImage> brokersOf(const MetadataImage& image)
{
    auto brokers = image.brokers();
    for (auto& [id, broker] : brokers)
        broker.registrationOffset = 0;
    return brokers;
}

/** What differs; an empty text when nothing does. */
QString difference(const MetadataImage& left, const MetadataImage& right)
{
    if (left.offset() != right.offset())
        return "offset";
    if (left.features() != right.features())
        return "features";
    if (brokersOf(left) != brokersOf(right))
        return "brokers";
    if (left.controllers() != right.controllers())
        return "controllers";
    if (left.configs() != right.configs())
        return "settings";
    if (left.nextProducerId() != right.nextProducerId())
        return "producer ids";
    if (left.topics().size() != right.topics().size())
        return "number of topics";
    for (const auto& [name, topic] : left.topics()) {
        const TopicImage* const other = right.topic(name);
        if (other == nullptr || !(*other == *topic) || right.topic(topic->id) != other)
            return QString::fromStdString(name);
    }
    return {};
}

/** Carries out on a state that mirrors images what a delta says, as a broker does. */
class Mirror {
public:
    void apply(const MetadataDelta& delta, const MetadataImage& image)
    {
        for (const auto& topic : delta.deletedTopics)
            std::erase_if(
                m_partitions, [&](const auto& entry) { return entry.first.first == topic->id; });
        for (const auto& changed : delta.partitions())
            if (const auto* after = image.partition(changed.key.topicId, changed.key.partition))
                m_partitions[{changed.key.topicId, changed.key.partition}] = *after;
        for (const auto& [id, before] : delta.brokers) {
            m_brokers.erase(id);
            const auto after = brokersOf(image);
            if (const auto found = after.find(id); found != after.end())
                m_brokers.insert(*found);
        }
        for (const auto& [resource, names] : delta.configs) {
            for (const std::string& name : names) {
                const auto& settings = image.configs(resource);
                const auto found = settings.find(name);
                if (found != settings.end())
                    m_configs[{resource, name}] = found->second;
                else
                    m_configs.erase({resource, name});
            }
        }
    }
    bool operator==(const Mirror&) const = default;

private:
    std::map<std::pair<Uuid, std::int32_t>, PartitionImage> m_partitions;
    std::map<BrokerId, BrokerImage> m_brokers;
    std::map<std::pair<ConfigResource, std::string>, std::string> m_configs;
};

} // namespace

class TestControllerHistory : public QObject {
    Q_OBJECT
private slots:
    void anyHistoryKeepsItsPromises_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 60; ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }
    void anyHistoryKeepsItsPromises()
    {
        QFETCH(int, seed);
        constexpr int kSteps = 400;
        History history(static_cast<std::uint64_t>(seed));
        for (int step = 0; step < kSteps; ++step) {
            const MetadataImage before = history.cluster().image();
            history.step();
            const QString problem = broken(history.cluster().image(), before);
            QVERIFY2(problem.isEmpty(), qPrintable(QString("step %1: %2").arg(step).arg(problem)));
        }
        QVERIFY(history.cluster().replayed() == history.cluster().image());
    }
    void anyImageComesBackFromItsSnapshot_data() { anyHistoryKeepsItsPromises_data(); }
    void anyImageComesBackFromItsSnapshot()
    {
        QFETCH(int, seed);
        History history(static_cast<std::uint64_t>(seed));
        for (int step = 0; step < 200; ++step) {
            history.step();
            if (step % 10 != 0)
                continue;
            const MetadataImage& image = history.cluster().image();
            const auto read = readImage(snapshotOf(image), image.offset() + 1);
            QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
            QCOMPARE(difference(*read, image), QString());
            // What is not shown may differ no more than what is: the same again is the same.
            QVERIFY(*readImage(snapshotOf(*read), image.offset() + 1) == *read);
        }
    }
    void aReplacedImageIsADeltaLikeAnyOther_data() { anyHistoryKeepsItsPromises_data(); }
    void aReplacedImageIsADeltaLikeAnyOther()
    {
        QFETCH(int, seed);
        History history(static_cast<std::uint64_t>(seed));
        MetadataImage known;
        Mirror mirror;
        for (int step = 0; step < 200; ++step) {
            history.step();
            if (step % 20 != 0)
                continue;
            const MetadataImage image
                = readImage(snapshotOf(history.cluster().image()), history.cluster().nextOffset())
                      .value();
            MetadataDelta delta;
            noteDifference(known, image, delta);
            mirror.apply(delta, image);
            MetadataDelta whole;
            noteDifference({}, image, whole);
            Mirror fresh;
            fresh.apply(whole, image);
            QVERIFY(mirror == fresh);
            MetadataDelta none;
            noteDifference(image, image, none);
            QVERIFY(none.isEmpty());
            known = image;
        }
    }
    void equalSeedsGiveEqualHistories()
    {
        History first(42);
        History second(42);
        for (int step = 0; step < 300; ++step) {
            first.step();
            second.step();
        }
        QVERIFY(first.cluster().image() == second.cluster().image());
    }
};

QTEST_APPLESS_MAIN(TestControllerHistory)
#include "test_controllerhistory.moc"
