// What the window asks of a cluster that isn't ours, on the one that the environment names:
// MOLDAU_BOOTSTRAP, MOLDAU_PROPERTIES (a pasted text), MOLDAU_TOPIC (not there yet).

#include "client/rdkafkaconnection.h"

#include "waiting.h"

#include <QTest>

#include <algorithm>

using namespace moldau;
using namespace moldau::client;

namespace {

constexpr int kPartitions = 3;
constexpr int kRecords = 300;

Bytes bytesOf(std::string_view text)
{
    return Bytes(text.begin(), text.end());
}

std::unique_ptr<RdKafkaConnection> openConnection()
{
    ConnectionOptions options;
    options.bootstrap = qgetenv("MOLDAU_BOOTSTRAP").toStdString();
    options.properties = qgetenv("MOLDAU_PROPERTIES").toStdString();
    options.timeout = std::chrono::seconds(20);
    auto connection = RdKafkaConnection::open(std::move(options));
    return connection ? std::move(*connection) : nullptr;
}

template <class T> QByteArray whyNot(const Result<T>& result)
{
    return result ? QByteArray() : QByteArray::fromStdString(result.error().message);
}

} // namespace

class TestExternalConnection : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_topic = qgetenv("MOLDAU_TOPIC").toStdString();
        m_connection = openConnection();
        QVERIFY(m_connection);
    }
    void cleanupTestCase()
    {
        m_connection.reset();
        QVERIFY(waitForClosedConnections(20'000));
    }

    void topicsAreMadeAndDescribed()
    {
        NewTopic topic{m_topic, kPartitions, 1, {{"retention.ms", "3600000"}}};
        const auto made = waitFor<Done>(
            [&](auto reply) { m_connection->createTopic(topic, std::move(reply)); });
        QVERIFY2(made, whyNot(made));
        const auto again = waitFor<Done>(
            [&](auto reply) { m_connection->createTopic(topic, std::move(reply)); });
        QVERIFY(!again && again.error().code == ErrorCode::TopicAlreadyExists);
        // Kafka answers when the controller knows; its brokers learn of it a moment later.
        TopicDescription found;
        const auto isThere = [&] {
            const auto cluster = waitFor<ClusterDescription>(
                [&](auto reply) { m_connection->describeCluster(std::move(reply)); });
            if (!cluster || cluster->clusterId.empty())
                return false;
            const auto place = std::ranges::find(cluster->topics, m_topic, &TopicDescription::name);
            if (place != cluster->topics.end())
                found = *place;
            return place != cluster->topics.end();
        };
        QTRY_VERIFY(isThere());
        QCOMPARE(found.partitions.size(), std::size_t(kPartitions));
        QVERIFY(found.partitions[0].leader != kNoBroker);
    }

    void configsAreReadAndChanged()
    {
        const ConfigResource topic{ConfigResourceKind::Topic, m_topic};
        QTRY_COMPARE(valueOf(topic, "retention.ms"), std::string("3600000"));
        const auto changed = waitFor<Done>([&](auto reply) {
            m_connection->alterConfigs(topic,
                {{"retention.ms", "7200000"}, {"segment.bytes", "1048576"}}, std::move(reply));
        });
        QVERIFY2(changed, whyNot(changed));
        QTRY_COMPARE(valueOf(topic, "retention.ms"), std::string("7200000"));
        QCOMPARE(valueOf(topic, "segment.bytes"), std::string("1048576"));
        const auto refused = waitFor<Done>([&](auto reply) {
            m_connection->alterConfigs(topic, {{"retention.ms", "soon"}}, std::move(reply));
        });
        QVERIFY(!refused && refused.error().code == ErrorCode::InvalidConfig);
    }

    void recordsAreSent()
    {
        std::vector<std::future<Result<SendReceipt>>> receipts;
        for (int i = 0; i < kRecords; ++i) {
            auto promise = std::make_shared<std::promise<Result<SendReceipt>>>();
            receipts.push_back(promise->get_future());
            RecordToSend record{m_topic, i % kPartitions, bytesOf("key"),
                bytesOf(std::to_string(i)), {{"number", bytesOf(std::to_string(i))}}, Acks::All};
            m_connection->send(record,
                [promise](Result<SendReceipt> receipt) { promise->set_value(std::move(receipt)); });
            if (i == kRecords / 2)
                m_middle = receipts.back().get()->timestampMs + 1;
            if (i == kRecords / 2)
                QTest::qWait(5); // so that times tell the halves apart
        }
        for (auto& receipt : receipts) {
            if (receipt.valid()) {
                const auto result = receipt.get();
                QVERIFY2(result, whyNot(result));
            }
        }
        const auto offsets = waitFor<std::vector<PartitionOffsets>>(
            [&](auto reply) { m_connection->listOffsets(m_topic, std::move(reply)); });
        QVERIFY2(offsets, whyNot(offsets));
        for (const PartitionOffsets& each : *offsets)
            QCOMPARE(each.latest, kRecords / kPartitions);
    }

    void recordsAreReadFromAnywhere_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<qint64>("value");
        QTest::addColumn<int>("count");
        QTest::newRow("beginning") << int(StartPosition::Kind::Beginning) << qint64(0) << kRecords;
        QTest::newRow("offset") << int(StartPosition::Kind::Offset) << qint64(90)
                                << kRecords - 90 * kPartitions;
        QTest::newRow("from the end")
            << int(StartPosition::Kind::Offset) << qint64(-5) << 5 * kPartitions;
        QTest::newRow("time") << int(StartPosition::Kind::Timestamp) << qint64(-1)
                              << kRecords - kRecords / 2 - 1;
    }
    void recordsAreReadFromAnywhere()
    {
        QFETCH(int, kind);
        QFETCH(qint64, value);
        QFETCH(int, count);
        const auto start = static_cast<StartPosition::Kind>(kind);
        ConsumerOptions options;
        options.topics = {m_topic};
        options.start = {start, start == StartPosition::Kind::Timestamp ? m_middle : value};
        options.stopsAtEnd = true;
        Collector collector;
        const auto consumer = m_connection->consume(options, collector);
        QVERIFY(collector.waitForFinish());
        QVERIFY(collector.failures().empty());
        QCOMPARE(collector.records().size(), std::size_t(count));
        for (const Record& record : collector.records()) {
            QCOMPARE(record.headers.size(), std::size_t(1));
            QVERIFY(record.value == record.headers.front().value);
        }
    }

    void theEndIsWhatComesFromNowOn()
    {
        ConsumerOptions options;
        options.topics = {m_topic};
        options.partitions = {0};
        options.start = {StartPosition::Kind::End, 0};
        Collector collector;
        const auto consumer = m_connection->consume(options, collector);
        QVERIFY(collector.waitForAssignment(1));
        const auto sent = waitFor<SendReceipt>([&](auto reply) {
            m_connection->send({m_topic, 0, {}, bytesOf("new"), {}, Acks::All}, std::move(reply));
        });
        QVERIFY2(sent, whyNot(sent));
        QVERIFY(collector.waitForRecords(1));
        QVERIFY(collector.records().front().value == bytesOf("new"));
    }

    void groupsReadShowAndEnd()
    {
        ConsumerOptions options;
        options.topics = {m_topic};
        options.groupId = m_topic + "-group";
        options.start.kind = StartPosition::Kind::Beginning;
        options.maxRecords = kRecords + 1;
        {
            Collector collector;
            const auto consumer = m_connection->consume(options, collector);
            QVERIFY(collector.waitForAssignment(kPartitions));
            QVERIFY(collector.waitForFinish());
            QCOMPARE(collector.records().size(), std::size_t(kRecords + 1));
        }
        const auto committed = [&] {
            const auto group = waitFor<GroupDescription>([&](auto reply) {
                m_connection->describeGroup(options.groupId, std::move(reply));
            });
            std::int64_t total = 0;
            if (group) {
                for (const GroupOffset& offset : group->offsets)
                    total += offset.committed;
            }
            return group && group->summary.state == "Empty" ? total : -1;
        };
        QTRY_COMPARE_WITH_TIMEOUT(committed(), kRecords + 1, 20'000);
        const auto groups = waitFor<std::vector<GroupSummary>>(
            [&](auto reply) { m_connection->listGroups(std::move(reply)); });
        QVERIFY2(groups, whyNot(groups));
        QVERIFY(std::ranges::find(*groups, options.groupId, &GroupSummary::id) != groups->end());
        const auto deleted = waitFor<Done>(
            [&](auto reply) { m_connection->deleteGroup(options.groupId, std::move(reply)); });
        QVERIFY2(deleted, whyNot(deleted));
    }

    void brokersTellOfQuorumAndDisks()
    {
        const auto quorum = waitFor<QuorumDescription>(
            [&](auto reply) { m_connection->describeQuorum(std::move(reply)); });
        QVERIFY2(quorum, whyNot(quorum));
        QCOMPARE(quorum->voters.size(), std::size_t(1));
        QCOMPARE(quorum->leader, quorum->voters.front().id);
        QVERIFY(quorum->highWatermark > 0);
        QVERIFY(quorum->voters.front().logEnd >= quorum->highWatermark);
        const auto directories = waitFor<std::vector<LogDirectory>>(
            [&](auto reply) { m_connection->describeLogDirectories(std::move(reply)); });
        QVERIFY2(directories, whyNot(directories));
        QCOMPARE(directories->size(), std::size_t(1));
        QVERIFY(!directories->front().path.empty());
        QVERIFY(directories->front().usableBytes > 0);
        QVERIFY(std::ranges::find(directories->front().replicas, m_topic, &ReplicaSize::topic)
            != directories->front().replicas.end());
    }

    void brokersElectAndMove()
    {
        const TopicPartition first{m_topic, 0};
        const auto elected = waitFor<PerPartition<Done>>(
            [&](auto reply) { m_connection->electPreferredLeaders({first}, std::move(reply)); });
        QVERIFY2(elected, whyNot(elected));
        QCOMPARE(elected->at(first).error().code, ErrorCode::ElectionNotNeeded);
        const auto moved = waitFor<PerPartition<Done>>([&](auto reply) {
            m_connection->reassign(
                {{first, std::vector{BrokerId(7777)}}, {{m_topic, 1}, std::nullopt}},
                std::move(reply));
        });
        QVERIFY2(moved, whyNot(moved));
        QCOMPARE(moved->at(first).error().code, ErrorCode::InvalidReplicaAssignment);
        QCOMPARE(moved->at({m_topic, 1}).error().code, ErrorCode::NoReassignmentInProgress);
        const auto running = waitFor<std::map<TopicPartition, Reassignment>>(
            [&](auto reply) { m_connection->listReassignments(std::move(reply)); });
        QVERIFY2(running, whyNot(running));
        QVERIFY(running->empty());
    }

    void topicsGoAgain()
    {
        const auto grown = waitFor<Done>(
            [&](auto reply) { m_connection->createPartitions(m_topic, 5, std::move(reply)); });
        QVERIFY2(grown, whyNot(grown));
        const auto cut = waitFor<Done>([&](auto reply) {
            m_connection->deleteRecords(m_topic, {{0, 50}}, std::move(reply));
        });
        QVERIFY2(cut, whyNot(cut));
        const auto offsets = waitFor<std::vector<PartitionOffsets>>(
            [&](auto reply) { m_connection->listOffsets(m_topic, std::move(reply)); });
        QVERIFY2(offsets, whyNot(offsets));
        QCOMPARE(offsets->front().earliest, 50);
        const auto deleted = waitFor<Done>(
            [&](auto reply) { m_connection->deleteTopic(m_topic, std::move(reply)); });
        QVERIFY2(deleted, whyNot(deleted));
    }

private:
    using Done = ClusterConnection::Done;

    std::string valueOf(const ConfigResource& resource, const std::string& name)
    {
        const auto entries = waitFor<std::vector<ConfigEntry>>(
            [&](auto reply) { m_connection->describeConfigs(resource, std::move(reply)); });
        if (!entries)
            return entries.error().message;
        const auto found = std::ranges::find(*entries, name, &ConfigEntry::name);
        return found == entries->end() ? "(not there)" : found->value.value_or("(none)");
    }

    std::string m_topic;
    std::unique_ptr<RdKafkaConnection> m_connection;
    std::int64_t m_middle = 0;
};

QTEST_GUILESS_MAIN(TestExternalConnection)
#include "externalconnection.moc"
