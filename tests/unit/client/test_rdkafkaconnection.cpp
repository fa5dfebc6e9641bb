#include "client/rdkafkaconnection.h"

#include "mockcluster.h"
#include "waiting.h"

#include <QTest>

#include <set>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace moldau;
using namespace moldau::client;

namespace {

using Connection = std::unique_ptr<RdKafkaConnection>;

Connection connectTo(const std::string& bootstrap, const std::string& properties = {},
    std::shared_ptr<void> untilClosed = {})
{
    ConnectionOptions options;
    options.bootstrap = bootstrap;
    options.properties = properties;
    options.timeout = std::chrono::seconds(5);
    options.untilClosed = std::move(untilClosed);
    auto connection = RdKafkaConnection::open(std::move(options));
    return connection ? std::move(*connection) : nullptr;
}

Bytes bytesOf(std::string_view text)
{
    return Bytes(text.begin(), text.end());
}

RecordToSend recordOf(const std::string& topic, std::int32_t partition, std::string_view value)
{
    RecordToSend record;
    record.topic = topic;
    record.partition = partition;
    record.value = bytesOf(value);
    return record;
}

Result<SendReceipt> sendAndWait(RdKafkaConnection& connection, RecordToSend record)
{
    return waitFor<SendReceipt>(
        [&](auto reply) { connection.send(std::move(record), std::move(reply)); });
}

/** An address of loopback that takes connections and never says a word. */
class SilentAddress {
public:
    SilentAddress()
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const raw = reinterpret_cast<sockaddr*>(&address); // NOLINT: as the API has it
        m_isListening = bind(m_socket, raw, size) == 0 && listen(m_socket, 16) == 0
            && getsockname(m_socket, raw, &size) == 0;
        m_port = ntohs(address.sin_port);
    }
    ~SilentAddress() { close(m_socket); }
    SilentAddress(const SilentAddress&) = delete;
    SilentAddress& operator=(const SilentAddress&) = delete;

    bool isListening() const { return m_isListening; }
    std::string text() const { return "127.0.0.1:" + std::to_string(m_port); }

private:
    int m_socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int m_port = 0;
    bool m_isListening = false;
};

} // namespace

class TestRdKafkaConnection : public QObject {
    Q_OBJECT

private slots:
    void cleanupTestCase() { QVERIFY(waitForClosedConnections(10'000)); }

    void badAddressesAreRefusedAtOnce()
    {
        ConnectionOptions options;
        QVERIFY(!RdKafkaConnection::open(options));
        options.bootstrap = "localhost";
        const auto connection = RdKafkaConnection::open(options);
        QVERIFY(!connection);
        QVERIFY(connection.error().message.find("host:port") != std::string::npos);
    }

    void clusterIsDescribed()
    {
        MockCluster cluster(3);
        cluster.createTopic("orders", 6);
        const Connection connection = connectTo(cluster.bootstrap());
        const auto description = waitFor<ClusterDescription>(
            [&](auto reply) { connection->describeCluster(std::move(reply)); });
        QVERIFY2(description, description ? "" : description.error().message.c_str());
        QCOMPARE(description->brokers.size(), std::size_t(3));
        QCOMPARE(description->topics.size(), std::size_t(1));
        QCOMPARE(description->topics[0].name, std::string("orders"));
        QCOMPARE(description->topics[0].partitions.size(), std::size_t(6));
        QVERIFY(description->topics[0].partitions[0].leader != kNoBroker);
    }

    void recordsComeBackAsTheyWereSent_data()
    {
        QTest::addColumn<int>("acks");
        QTest::newRow("all") << -1;
        QTest::newRow("leader") << 1;
        QTest::newRow("none") << 0;
    }
    void recordsComeBackAsTheyWereSent()
    {
        QFETCH(int, acks);
        MockCluster cluster(1);
        cluster.createTopic("t", 1);
        const Connection connection = connectTo(cluster.bootstrap());
        RecordToSend record = recordOf("t", 0, std::string_view("\0v", 2));
        record.key = bytesOf("");
        record.headers = {{"h", bytesOf("1")}, {"empty", Bytes{}}, {"null", std::nullopt}};
        record.acks = static_cast<Acks>(acks);
        const auto receipt = sendAndWait(*connection, record);
        QVERIFY2(receipt, receipt ? "" : receipt.error().message.c_str());
        QCOMPARE(receipt->partition, 0);
        QCOMPARE(receipt->offset, acks == 0 ? -1 : 0);
        RecordToSend tombstone = recordOf("t", 0, "");
        tombstone.value.reset();
        tombstone.key = bytesOf("k");
        QVERIFY(sendAndWait(*connection, tombstone));

        Collector collector;
        ConsumerOptions options;
        options.topics = {"t"};
        options.start.kind = StartPosition::Kind::Beginning;
        const auto consumer = connection->consume(options, collector);
        QVERIFY(collector.waitForRecords(2));
        const auto records = collector.records();
        QVERIFY(records[0].key == Bytes{});
        QVERIFY(records[0].value == record.value);
        QVERIFY(records[0].headers == record.headers);
        QVERIFY(records[0].timestampMs > 0);
        QVERIFY(!records[1].value.has_value());
        QVERIFY(records[1].key == bytesOf("k"));
        QCOMPARE(records[1].offset, 1);
    }

    void keysGoWhereJavaSendsThem()
    {
        MockCluster cluster(1);
        cluster.createTopic("t", 12);
        const Connection connection = connectTo(cluster.bootstrap());
        // murmur2 of the key, sign cleared, modulo 12, as Java's default partitioner has it.
        const std::pair<std::string, int> expected[]
            = {{"21", 0}, {"foobar", 6}, {"abc", 3}, {"a-little-bit-long-string", 8}};
        for (const auto& [key, partition] : expected) {
            RecordToSend record;
            record.topic = "t";
            record.key = bytesOf(key);
            const auto receipt = sendAndWait(*connection, record);
            QVERIFY(receipt);
            QCOMPARE(receipt->partition, partition);
        }
    }

    void readsToTheEndAndFinishes()
    {
        MockCluster cluster(3);
        cluster.createTopic("t", 4);
        const Connection connection = connectTo(cluster.bootstrap());
        for (int i = 0; i < 20; ++i)
            QVERIFY(sendAndWait(*connection, recordOf("t", i % 3, std::to_string(i))));
        for (int round = 0; round < 3; ++round) { // later readers are warm ones
            Collector collector;
            ConsumerOptions options;
            options.topics = {"t"};
            options.start.kind = StartPosition::Kind::Beginning;
            options.stopsAtEnd = true;
            const auto consumer = connection->consume(options, collector);
            QVERIFY(collector.waitForFinish());
            QCOMPARE(collector.records().size(), std::size_t(20));
            QCOMPARE(collector.finishedCount(), 1);
            QVERIFY(collector.failures().empty());
        }
    }

    void rangesAreReadExactly()
    {
        MockCluster cluster(1);
        cluster.createTopic("t", 2);
        const Connection connection = connectTo(cluster.bootstrap());
        for (int i = 0; i < 30; ++i)
            QVERIFY(sendAndWait(*connection, recordOf("t", i % 2, std::to_string(i))));
        Collector collector;
        ConsumerOptions options;
        options.topics = {"t"};
        options.ranges = {{0, 3, 7}, {1, 14, 100}};
        const auto consumer = connection->consume(options, collector);
        QVERIFY(collector.waitForFinish());
        std::set<std::pair<std::int32_t, std::int64_t>> read;
        for (const Record& record : collector.records())
            read.emplace(record.partition, record.offset);
        const std::set<std::pair<std::int32_t, std::int64_t>> expected{
            {0, 3}, {0, 4}, {0, 5}, {0, 6}, {1, 14}};
        QVERIFY(read == expected);

        Collector beyond;
        options.ranges = {{0, 500, 600}};
        const auto second = connection->consume(options, beyond);
        QVERIFY(beyond.waitForFinish());
        QVERIFY(beyond.records().empty());
    }

    void negativeOffsetsCountFromTheEnd()
    {
        MockCluster cluster(1);
        cluster.createTopic("t", 1);
        const Connection connection = connectTo(cluster.bootstrap());
        for (int i = 0; i < 10; ++i)
            QVERIFY(sendAndWait(*connection, recordOf("t", 0, std::to_string(i))));
        Collector collector;
        ConsumerOptions options;
        options.topics = {"t"};
        options.start = {StartPosition::Kind::Offset, -3};
        options.stopsAtEnd = true;
        const auto consumer = connection->consume(options, collector);
        QVERIFY(collector.waitForFinish());
        QCOMPARE(collector.records().size(), std::size_t(3));
        QCOMPARE(collector.records()[0].offset, 7);
    }

    void stopsAfterMaxRecords()
    {
        MockCluster cluster(1);
        cluster.createTopic("t", 1);
        const Connection connection = connectTo(cluster.bootstrap());
        for (int i = 0; i < 10; ++i)
            QVERIFY(sendAndWait(*connection, recordOf("t", 0, std::to_string(i))));
        Collector collector;
        ConsumerOptions options;
        options.topics = {"t"};
        options.start.kind = StartPosition::Kind::Beginning;
        options.maxRecords = 4;
        const auto consumer = connection->consume(options, collector);
        QVERIFY(collector.waitForFinish());
        QCOMPARE(collector.records().size(), std::size_t(4));
    }

    void groupMemberIsAssignedReadsAndLeaves()
    {
        MockCluster cluster(1);
        cluster.createTopic("t", 2);
        auto open = std::make_shared<int>();
        const std::weak_ptr<int> isOpen = open;
        Connection connection = connectTo(cluster.bootstrap(), {}, std::move(open));
        for (int i = 0; i < 10; ++i)
            QVERIFY(sendAndWait(*connection, recordOf("t", 0, std::to_string(i))));
        Collector collector;
        ConsumerOptions options;
        options.topics = {"t"};
        options.groupId = "g";
        options.start.kind = StartPosition::Kind::Beginning;
        options.maxRecords = 6;
        auto consumer = connection->consume(options, collector);
        QVERIFY(collector.waitForAssignment(2));
        QVERIFY(collector.waitForFinish());
        QCOMPARE(collector.records().size(), std::size_t(6));
        consumer.reset();
        connection.reset();
        // Leaving happens in the background and needs the brokers.
        QTRY_VERIFY_WITH_TIMEOUT(isOpen.expired(), 10'000);
    }

    void pausedConsumerDeliversAfterResume()
    {
        MockCluster cluster(1);
        cluster.createTopic("t", 1);
        const Connection connection = connectTo(cluster.bootstrap());
        Collector collector;
        ConsumerOptions options;
        options.topics = {"t"};
        options.start.kind = StartPosition::Kind::Beginning;
        const auto consumer = connection->consume(options, collector);
        consumer->pause();
        QVERIFY(sendAndWait(*connection, recordOf("t", 0, "x")));
        consumer->resume();
        QVERIFY(collector.waitForRecords(1));
    }

    void ownWorkIsSeenAsEvents()
    {
        MockCluster cluster(1);
        cluster.createTopic("t", 1);
        const Connection connection = connectTo(cluster.bootstrap());
        EventSource& events = connection->events();
        QVERIFY(!events.seesEverything());
        events.setWanted(true);
        RecordToSend record = recordOf("t", 0, "v");
        record.key = bytesOf("k");
        QVERIFY(sendAndWait(*connection, record));
        Collector collector;
        ConsumerOptions options;
        options.topics = {"t"};
        options.start.kind = StartPosition::Kind::Beginning;
        const auto consumer = connection->consume(options, collector);
        QVERIFY(collector.waitForRecords(1));

        std::vector<Event> drained(1000);
        drained.resize(events.drain(drained));
        const auto find = [&](EventKind kind) {
            return std::find_if(drained.begin(), drained.end(),
                [kind](const Event& event) { return event.kind == kind; });
        };
        const auto appended = find(EventKind::BatchAppended);
        const auto delivered = find(EventKind::BatchDelivered);
        QVERIFY(appended != drained.end());
        QVERIFY(delivered != drained.end());
        QCOMPARE(std::string(events.textOf(appended->topic)), std::string("t"));
        QCOMPARE(appended->offset, 0);
        QVERIFY(appended->key != 0);
        QCOMPARE(delivered->key, appended->key);
        QVERIFY(appended->node != kNoBroker);
        QVERIFY(find(EventKind::RequestReceived) != drained.end());
    }

    void missingBrokerIsSaidPlainly()
    {
        ConnectionOptions options;
        options.bootstrap = "127.0.0.1:1";
        options.timeout = std::chrono::milliseconds(500);
        const Connection connection = std::move(*RdKafkaConnection::open(options));
        const auto description = waitFor<ClusterDescription>(
            [&](auto reply) { connection->describeCluster(std::move(reply)); });
        QVERIFY(!description);
        QVERIFY2(description.error().message.find("Are the brokers running") != std::string::npos,
            description.error().message.c_str());
    }

    void namesAreResolvedByTheGivenResolver()
    {
        MockCluster cluster(1);
        const Endpoint real = *parseEndpoint(cluster.bootstrap());
        ConnectionOptions options;
        options.bootstrap = "broker:29092";
        options.resolver
            = [real](const Endpoint& asked) { return asked.host == "broker" ? real : asked; };
        const Connection connection = std::move(*RdKafkaConnection::open(options));
        const auto description = waitFor<ClusterDescription>(
            [&](auto reply) { connection->describeCluster(std::move(reply)); });
        QVERIFY2(description, description ? "" : description.error().message.c_str());
    }

    void pendingCallsAreCancelledWhenTheConnectionGoes()
    {
        const SilentAddress silent;
        QVERIFY(silent.isListening());
        Connection connection = connectTo(silent.text());
        int cancelled = 0;
        const auto count = [&cancelled](auto result) {
            cancelled += !result && result.error().code == ErrorCode::LocalCancelled ? 1 : 100;
        };
        connection->describeCluster(count);
        connection->send(recordOf("t", 0, "x"), count);
        connection->deleteTopic("t", count);
        connection->listOffsets("t", count);
        Collector collector;
        ConsumerOptions options;
        options.topics = {"t"};
        const auto consumer = connection->consume(options, collector);
        connection.reset();
        QCOMPARE(cancelled, 4);
        QCOMPARE(collector.finishedCount(), 1);
    }
};

QTEST_GUILESS_MAIN(TestRdKafkaConnection)
#include "test_rdkafkaconnection.moc"
