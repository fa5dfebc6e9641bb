#include "protocol/messages/apiversionsrequest.h"
#include "protocol/messages/apiversionsresponse.h"
#include "protocol/messages/fetchrequest.h"
#include "protocol/messages/fetchresponse.h"
#include "protocol/messages/listoffsetsrequest.h"
#include "protocol/messages/listoffsetsresponse.h"
#include "protocol/messages/metadatarequest.h"
#include "protocol/messages/metadataresponse.h"
#include "simulatedclient.h"

#include <QtTest>

using namespace moldau;
using namespace moldau::faults;
using namespace moldau::simulation;
using namespace std::chrono_literals;

namespace {

constexpr std::int16_t kListOffsetsVersion = 7;

} // namespace

/** What rules do to requests at a broker's listener. */
class TestRequestFaults : public QObject {
    Q_OBJECT

    std::unique_ptr<SimulatedCluster> m_cluster;
    std::unique_ptr<SimulatedClient> m_client;

    int add(FaultRule rule) { return m_cluster->faults().add(rule).value(); }
    std::uint64_t struck(int id)
    {
        for (const FaultStatus& status : m_cluster->faults().list()) {
            if (status.id == id)
                return status.struck;
        }
        return 0;
    }
    /** The offset after the last record, or an error: of the partition, or none that was answered.
     */
    Result<std::int64_t> endOf(const std::string& topic, Duration timeout = 1s)
    {
        protocol::ListOffsetsRequest request;
        request.replicaId = kNoBroker;
        auto& asked = request.topics.emplace_back();
        asked.name = topic;
        asked.partitions.emplace_back().timestamp = -1;
        const auto answer = m_client->ask<protocol::ListOffsetsResponse>(
            1, request, kListOffsetsVersion, timeout);
        if (!answer)
            return fail(answer.error());
        const auto& partition = answer->topics.at(0).partitions.at(0);
        if (partition.errorCode != 0)
            return fail(errorFromWire(partition.errorCode));
        return partition.offset;
    }

private slots:
    void init()
    {
        m_client.reset();
        m_cluster = std::make_unique<SimulatedCluster>(SimulatedCluster::Options{.brokers = 2});
        QVERIFY(m_cluster->startAll());
        m_client = std::make_unique<SimulatedClient>(*m_cluster, "billing-1");
        for (const char* topic : {"orders", "payments"})
            QVERIFY(m_client->createTopic(topic, 1, 1).has_value());
        QVERIFY(m_client->produce("orders", 0, {"a", "b"}).has_value());
    }
    void cleanup()
    {
        m_client.reset();
        m_cluster.reset();
    }

    void anErrorIsAnsweredForEachPartition()
    {
        const int id = add({.api = protocol::ApiKey::ListOffsets,
            .error = ErrorCode::LeaderNotAvailable,
            .count = 2});
        QCOMPARE(endOf("orders").error().code, ErrorCode::LeaderNotAvailable);
        QCOMPARE(endOf("payments").error().code, ErrorCode::LeaderNotAvailable);
        const auto third = endOf("orders");
        QVERIFY(third || third.error().code == ErrorCode::NotLeaderOrFollower);
        QCOMPARE(struck(id), std::uint64_t{2});
    }

    void aRuleMeetsOnlyWhatItNames_data()
    {
        QTest::addColumn<FaultRule>("rule");
        QTest::addColumn<bool>("strikes");
        const FaultRule base{.error = ErrorCode::LeaderNotAvailable};
        const auto with = [&](auto change) {
            FaultRule rule = base;
            change(rule);
            return rule;
        };
        QTest::addRow("anything") << base << true;
        QTest::addRow("client") << with([](FaultRule& rule) { rule.client = "billing-?"; }) << true;
        QTest::addRow("other client")
            << with([](FaultRule& rule) { rule.client = "shop*"; }) << false;
        QTest::addRow("topic") << with([](FaultRule& rule) { rule.topic = "orders"; }) << true;
        QTest::addRow("other topic")
            << with([](FaultRule& rule) { rule.topic = "payments"; }) << false;
        QTest::addRow("broker") << with([](FaultRule& rule) { rule.broker = BrokerId{1}; }) << true;
        QTest::addRow("other broker")
            << with([](FaultRule& rule) { rule.broker = BrokerId{2}; }) << false;
        QTest::addRow("other api")
            << with([](FaultRule& rule) { rule.api = protocol::ApiKey::Fetch; }) << false;
    }
    void aRuleMeetsOnlyWhatItNames()
    {
        QFETCH(FaultRule, rule);
        QFETCH(bool, strikes);
        const int id = add(rule);
        const auto answer = endOf("orders");
        QCOMPARE(!answer && answer.error().code == ErrorCode::LeaderNotAvailable, strikes);
        QCOMPARE(struck(id), std::uint64_t{strikes ? 1u : 0u});
    }

    void aTopicIsFoundByItsIdToo()
    {
        const int id = add({.api = protocol::ApiKey::Fetch,
            .topic = "orders",
            .error = ErrorCode::LeaderNotAvailable});
        m_cluster->runFor(500ms); // the broker has heard of the topic
        const auto* const topic = m_cluster->broker(1)->image().topic("orders");
        QVERIFY(topic != nullptr);
        protocol::FetchRequest request;
        request.sessionEpoch = -1;
        auto& asked = request.topics.emplace_back();
        asked.topicId = topic->id;
        asked.partitions.emplace_back().partitionMaxBytes = 1000;
        constexpr std::int16_t kVersionWithIds = 13;
        const auto answer = m_client->ask<protocol::FetchResponse>(1, request, kVersionWithIds);
        QCOMPARE(errorFromWire(answer->errorCode), ErrorCode::LeaderNotAvailable);
        QVERIFY(answer->responses.empty());
        QCOMPARE(struck(id), std::uint64_t{1});
    }

    void versionsAreAnsweredUnlessTheyAreNamed()
    {
        const auto versions = [&] {
            protocol::ApiVersionsRequest request;
            request.clientSoftwareName = "test";
            request.clientSoftwareVersion = "1";
            return errorFromWire(
                m_client->ask<protocol::ApiVersionsResponse>(1, request, 3)->errorCode);
        };
        add({.error = ErrorCode::ClusterAuthorizationFailed});
        QCOMPARE(versions(), ErrorCode::None);
        add({.api = protocol::ApiKey::ApiVersions, .error = ErrorCode::UnsupportedVersion});
        QCOMPARE(versions(), ErrorCode::UnsupportedVersion);
    }

    void theClustersOwnNodesAreSparedUnlessTheyAreNamed()
    {
        const int spares = add({.action = FaultAction::Close});
        m_cluster->runFor(10s);
        QCOMPARE(struck(spares), std::uint64_t{0});
        QVERIFY(!m_cluster->broker(2)->controller().isFenced());
        const int names = add({.client = "broker-2-*", .action = FaultAction::Close, .count = 1});
        QVERIFY(m_cluster->runUntil([&] { return struck(names) == 1; }, 10s));
    }

    void aDelayedRequestIsAnsweredLaterAndSoAreThoseBehindIt()
    {
        add({.client = "billing-1", .action = FaultAction::Delay, .delay = 700ms, .count = 1});
        const Duration begin = m_cluster->time().now();
        std::vector<Duration> answered;
        for (int i = 0; i < 2; ++i) {
            protocol::MetadataRequest request;
            request.topics.emplace();
            m_client->call<protocol::MetadataResponse>(
                1, request, 9, [&](Result<protocol::MetadataResponse> answer) {
                    QVERIFY(answer.has_value());
                    answered.push_back(m_cluster->time().now() - begin);
                });
        }
        QVERIFY(m_cluster->runUntil([&] { return answered.size() == 2; }));
        QVERIFY(answered[0] >= 700ms && answered[0] < 800ms);
        QVERIFY(answered[1] >= 700ms && answered[1] < 800ms);
    }

    void delaysAddUpAndTheOldestActionCounts()
    {
        for (int i = 0; i < 2; ++i)
            add({.action = FaultAction::Delay, .delay = 300ms, .count = 1});
        const int first = add({.error = ErrorCode::LeaderNotAvailable});
        const int second = add({.error = ErrorCode::InvalidRequest});
        const Duration begin = m_cluster->time().now();
        QCOMPARE(endOf("orders").error().code, ErrorCode::LeaderNotAvailable);
        QVERIFY(m_cluster->time().now() - begin >= 600ms);
        QCOMPARE(struck(first), std::uint64_t{1});
        QCOMPARE(struck(second), std::uint64_t{0});
    }

    void aDroppedRequestIsNeverAnsweredNorIsWhatFollows()
    {
        add({.action = FaultAction::Drop, .count = 1});
        QCOMPARE(endOf("orders").error().code, ErrorCode::LocalTimeout);
        const auto again = endOf("orders"); // on a new connection
        QVERIFY(again || again.error().code == ErrorCode::NotLeaderOrFollower);
    }

    void aClosedConnectionIsClosedInsteadOfAnAnswer()
    {
        add({.action = FaultAction::Close, .count = 1});
        QCOMPARE(endOf("orders").error().code, ErrorCode::LocalConnectionClosed);
        const auto again = endOf("orders");
        QVERIFY(again || again.error().code == ErrorCode::NotLeaderOrFollower);
    }

    void aDuplicatedBatchIsThereTwiceUnlessItsProducerCountsThem()
    {
        add({.api = protocol::ApiKey::Produce, .action = FaultAction::Duplicate, .count = 1});
        const auto base = m_client->produce("payments", 0, {"once"});
        QVERIFY(base.has_value());
        const auto next = m_client->produce("payments", 0, {"more"});
        QVERIFY(next.has_value());
        QCOMPARE(*next, *base + 2); // this producer is not idempotent
    }

    void whatStrikesIsTold()
    {
        m_cluster->host(1).events.want();
        const int id = add({.client = "billing-*", .error = ErrorCode::LeaderNotAvailable});
        QVERIFY(!endOf("orders").has_value());
        QCOMPARE(m_cluster->host(1).events.details(EventKind::FaultStruck),
            std::string("any request by billing-*: LEADER_NOT_AVAILABLE\n"));
        for (const Event& event : m_cluster->host(1).events.events()) {
            if (event.kind != EventKind::FaultStruck)
                continue;
            QCOMPARE(event.count, id);
            QCOMPARE(event.api, static_cast<std::int16_t>(protocol::ApiKey::ListOffsets));
            QVERIFY(event.connection != 0);
        }
    }

    void aBrokerThatIsCutOffIsFencedAndComesBack()
    {
        m_cluster->faults()
            .add({.link = FaultLink{BrokerId{2}, SimulatedCluster::kControllerId},
                .action = FaultAction::Cut})
            .value();
        const auto isFencedAtController = [&] {
            auto& node
                = static_cast<controllernode::ControllerNode&>(*m_cluster->controller().node);
            return node.image().broker(BrokerId{2})->isFenced;
        };
        QVERIFY(m_cluster->runUntil(isFencedAtController, 15s));
        m_cluster->faults().heal();
        QVERIFY(m_cluster->runUntil([&] { return !isFencedAtController(); }, 15s));
    }
};

QTEST_GUILESS_MAIN(TestRequestFaults)
#include "test_requestfaults.moc"
