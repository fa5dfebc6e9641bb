#include "testcluster.h"

#include "controller/features.h"

#include <QTest>

using namespace moldau;
using namespace moldau::controller;
using namespace std::chrono_literals;

namespace {

ErrorCode errorOf(std::int16_t code)
{
    return errorFromWire(code);
}

} // namespace

class TestBrokers : public QObject {
    Q_OBJECT
private slots:
    void aNewClusterFinalizesKafkas43Features()
    {
        TestCluster cluster;
        QCOMPARE(cluster.image().featureLevel("metadata.version"), std::int16_t(30));
        QCOMPARE(cluster.image().featureLevel("transaction.version"), std::int16_t(2));
        QCOMPARE(cluster.image().featureLevel("group.version"), std::int16_t(1));
        QCOMPARE(cluster.image().featureLevel("share.version"), std::int16_t(1));
        QCOMPARE(cluster.image().featureLevel(kEligibleLeaders), std::int16_t(1));
        QVERIFY(cluster.state().bootstrapRecords().empty());
    }
    void theBrokerEpochIsTheOffsetOfItsRegistration()
    {
        TestCluster cluster;
        const std::int64_t offset = cluster.nextOffset();
        QCOMPARE(cluster.registerBroker(1), offset);
        QCOMPARE(cluster.image().broker(BrokerId(1))->registrationOffset, offset);
        QVERIFY(cluster.image().broker(BrokerId(1))->isFenced);
    }
    void aBrokerIsUnfencedOnceItHasReadItsRegistration()
    {
        TestCluster cluster;
        cluster.registerBroker(1);
        auto request = cluster.heartbeatOf(1);
        request.currentMetadataOffset = cluster.image().broker(BrokerId(1))->registrationOffset - 1;
        auto response = cluster.run(request);
        QVERIFY(response.isFenced);
        QVERIFY(!response.isCaughtUp);
        response = cluster.heartbeat(1);
        QVERIFY(!response.isFenced);
        QVERIFY(response.isCaughtUp);
        QVERIFY(cluster.image().isActive(BrokerId(1)));
    }
    void wrongRegistrationsAreRefused_data()
    {
        using Change = std::function<void(protocol::BrokerRegistrationRequest&)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<int>("code");
        QTest::newRow("other cluster") << Change([](auto& request) { request.clusterId = "other"; })
                                       << int(ErrorCode::InconsistentClusterId);
        QTest::newRow("no directory") << Change([](auto& request) { request.logDirs.clear(); })
                                      << int(ErrorCode::InvalidRegistration);
        QTest::newRow("directory twice")
            << Change([](auto& request) { request.logDirs.push_back(request.logDirs.front()); })
            << int(ErrorCode::InvalidRegistration);
        QTest::newRow("reserved directory")
            << Change([](auto& request) { request.logDirs = {Uuid()}; })
            << int(ErrorCode::InvalidRegistration);
        QTest::newRow("no metadata.version")
            << Change([](auto& request) { request.features.clear(); })
            << int(ErrorCode::InvalidRegistration);
        QTest::newRow("too old for the cluster") << Change([](auto& request) {
            for (auto& feature : request.features)
                feature.maxSupportedVersion = 0;
        }) << int(ErrorCode::UnsupportedVersion);
        QTest::newRow("ZooKeeper")
            << Change([](auto& request) { request.isMigratingZkBroker = true; })
            << int(ErrorCode::BrokerIdNotRegistered);
    }
    void wrongRegistrationsAreRefused()
    {
        using Change = std::function<void(protocol::BrokerRegistrationRequest&)>;
        QFETCH(Change, change);
        QFETCH(int, code);
        TestCluster cluster;
        auto request = cluster.registration(1);
        change(request);
        QCOMPARE(int(errorOf(cluster.run(request).errorCode)), code);
        QCOMPARE(cluster.lastRecordCount(), 0u);
    }
    void anotherBrokersDirectoryIsRefused()
    {
        TestCluster cluster;
        cluster.startBroker(1);
        auto request = cluster.registration(2);
        request.logDirs = cluster.image().broker(BrokerId(1))->directories;
        QCOMPARE(errorOf(cluster.run(request).errorCode), ErrorCode::InvalidRegistration);
    }
    void aSecondProcessWithALiveBrokersIdIsRefused()
    {
        TestCluster cluster;
        cluster.startBroker(1);
        QCOMPARE(cluster.registerBroker(1), std::int64_t(-1));
        cluster.advance(10s);
        QVERIFY(cluster.registerBroker(1) > 0);
    }
    void aSessionThatIsOnlyPresumedEndsWithItsDirectoriesNextProcess()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2});
        cluster.createTopic("orders", {{1, 2}});
        cluster.restartController();
        const std::int64_t before = cluster.image().broker(BrokerId(1))->epoch;
        QVERIFY(cluster.registerBroker(1) > before);
        QVERIFY(cluster.image().broker(BrokerId(1))->isFenced);
        QCOMPARE(cluster.partition("orders").leader, BrokerId(2));
        QCOMPARE(cluster.registerBroker(1), std::int64_t(-1)); // this one has been heard of
    }
    void aSessionThatANewControllerHasSeenIsKept_data()
    {
        QTest::addColumn<bool>("isHeartbeat");
        QTest::newRow("a heartbeat") << true;
        QTest::newRow("a registration") << false;
    }
    void aSessionThatANewControllerHasSeenIsKept()
    {
        QFETCH(bool, isHeartbeat);
        TestCluster cluster;
        cluster.startBroker(1);
        const auto same = cluster.registration(1);
        cluster.restartController();
        if (isHeartbeat)
            cluster.heartbeat(1);
        else
            QCOMPARE(cluster.run(same).errorCode, std::int16_t(0));
        QCOMPARE(cluster.registerBroker(1), std::int64_t(-1));
        QVERIFY(cluster.image().isActive(BrokerId(1)));
    }
    void aPresumedSessionIsKeptFromOtherDirectories_data()
    {
        QTest::addColumn<std::vector<Uuid>>("directories");
        const Uuid own = TestCluster().registration(1).logDirs.front();
        const Uuid other = TestCluster().registration(3).logDirs.front();
        QTest::newRow("others") << std::vector{other};
        QTest::newRow("more") << std::vector{own, other};
        QTest::newRow("none") << std::vector<Uuid>();
    }
    void aPresumedSessionIsKeptFromOtherDirectories()
    {
        QFETCH(std::vector<Uuid>, directories);
        TestCluster cluster;
        cluster.startBroker(1);
        cluster.restartController();
        auto request = cluster.registration(1);
        request.incarnationId = Uuid{{77}};
        request.logDirs = directories;
        QCOMPARE(errorOf(cluster.run(request).errorCode), ErrorCode::DuplicateBrokerRegistration);
        cluster.advance(9s);
        request.logDirs = {cluster.registration(1).logDirs};
        QCOMPARE(cluster.run(request).errorCode, std::int16_t(0));
    }
    void theSameProcessRegistersAgainAndKeepsItsEpoch()
    {
        TestCluster cluster;
        cluster.startBroker(1);
        const std::int64_t epoch = cluster.image().broker(BrokerId(1))->epoch;
        QCOMPARE(cluster.run(cluster.registration(1)).brokerEpoch, epoch);
        QVERIFY(cluster.image().isActive(BrokerId(1)));
    }
    void aBrokerWhoseConnectionBrokeIsFencedAtOnceAndMayComeBack()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2});
        cluster.createTopic("orders", {{1, 2}});
        cluster.loseConnection(1);
        QVERIFY(cluster.image().broker(BrokerId(1))->isFenced);
        QCOMPARE(cluster.partition("orders").leader, BrokerId(2));
        QCOMPARE(cluster.partition("orders").leaderEpoch, 1);
        QCOMPARE(cluster.partition("orders").isr, ids({2}));
        QCOMPARE(cluster.lastReason(), std::string("lost the connection to broker 1"));
        QVERIFY(cluster.registerBroker(1) > 0);
        cluster.heartbeat(1);
        QVERIFY(cluster.image().isActive(BrokerId(1)));
        QCOMPARE(cluster.partition("orders").isr, ids({2}));
    }
    void aLostConnectionOfAnEarlierLifeMeansNothing()
    {
        TestCluster cluster;
        cluster.startBroker(1);
        const std::int64_t old = cluster.image().broker(BrokerId(1))->epoch;
        cluster.loseConnection(1);
        cluster.startBroker(1);
        cluster.run(cluster.state().connectionLost(BrokerId(1), old));
        QVERIFY(cluster.image().isActive(BrokerId(1)));
    }
    void aSilentBrokerIsFencedWhenItsSessionEnds()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2});
        cluster.createTopic("orders", {{1, 2}});
        cluster.advance(8s);
        cluster.heartbeat(2);
        cluster.tick();
        QVERIFY(cluster.image().isActive(BrokerId(1)));
        cluster.advance(1s);
        QVERIFY(cluster.state().nextTick() <= cluster.context().now);
        cluster.tick();
        QVERIFY(!cluster.image().isActive(BrokerId(1)));
        QVERIFY(cluster.image().isActive(BrokerId(2)));
        QCOMPARE(cluster.partition("orders").leader, BrokerId(2));
        QVERIFY(cluster.state().nextTick() > cluster.context().now);
    }
    void staleEpochsAreRefused()
    {
        TestCluster cluster;
        cluster.startBroker(1);
        auto request = cluster.heartbeatOf(1);
        --request.brokerEpoch;
        QCOMPARE(errorOf(cluster.run(request).errorCode), ErrorCode::StaleBrokerEpoch);
        QCOMPARE(errorOf(cluster.heartbeat(2).errorCode), ErrorCode::StaleBrokerEpoch);
    }
    void withoutEligibleLeadersTheLastMemberOfAnIsrStaysInItAndLeadsAgain()
    {
        ControllerOptions options = TestCluster::defaultOptions();
        options.features.erase(std::string(kEligibleLeaders));
        TestCluster cluster(options);
        cluster.startBrokers({1, 2});
        cluster.createTopic("orders", {{1, 2}});
        cluster.loseConnection(2);
        cluster.loseConnection(1);
        QCOMPARE(cluster.partition("orders").leader, kNoBroker);
        QCOMPARE(cluster.partition("orders").isr, ids({1}));
        cluster.startBroker(2);
        QCOMPARE(cluster.partition("orders").leader, kNoBroker);
        cluster.startBroker(1);
        QCOMPARE(cluster.partition("orders").leader, BrokerId(1));
        QCOMPARE(cluster.partition("orders").leaderEpoch, 2);
    }
    void anUncleanLeaderIsElectedOnlyWhereTheTopicAllowsIt()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2});
        cluster.createTopic("careful", {{1, 2}});
        cluster.createTopic("careless", {{1, 2}}, {{"unclean.leader.election.enable", "true"}});
        for (const char* topic : {"careful", "careless"})
            cluster.run(cluster.isrRequest(topic, 0, {1}));
        cluster.loseConnection(1);
        QCOMPARE(cluster.partition("careful").leader, kNoBroker);
        QCOMPARE(cluster.partition("careless").leader, BrokerId(2));
        QCOMPARE(cluster.partition("careless").isr, ids({2}));
        QCOMPARE(cluster.partition("careless").leaderRecovery, LeaderRecovery::Recovering);
    }
    void uncleanElectionsHappenLaterWhenTheSettingComesLater()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2});
        cluster.createTopic("orders", {{1, 2}});
        cluster.run(cluster.isrRequest("orders", 0, {1}));
        cluster.loseConnection(1);
        protocol::IncrementalAlterConfigsRequest request;
        auto& resource = request.resources.emplace_back();
        resource.resourceType = 2;
        resource.resourceName = "orders";
        auto& config = resource.configs.emplace_back();
        config.name = "unclean.leader.election.enable";
        config.value = "true";
        QCOMPARE(errorOf(cluster.run(request).responses.front().errorCode), ErrorCode::None);
        cluster.advance(5min);
        cluster.heartbeat(2);
        cluster.tick();
        QCOMPARE(cluster.partition("orders").leader, BrokerId(2));
    }
    void aControlledShutdownMovesLeadersFirst()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2, 3});
        cluster.createTopic("orders", {{1, 2, 3}});
        auto request = cluster.heartbeatOf(1);
        request.wantShutDown = true;
        auto response = cluster.run(request);
        QVERIFY(!response.shouldShutDown);
        QVERIFY(!response.isFenced);
        QVERIFY(cluster.image().broker(BrokerId(1))->isInControlledShutdown);
        QCOMPARE(cluster.partition("orders").leader, BrokerId(2));
        QCOMPARE(cluster.partition("orders").isr, ids({2, 3}));
        QCOMPARE(cluster.lastReason(), std::string("broker 1 is shutting down"));

        request.currentMetadataOffset = cluster.nextOffset() - 1;
        QVERIFY(!cluster.run(request).shouldShutDown); // the others have not read of it yet
        cluster.heartbeat(2);
        cluster.state().noteMetadataFetch(BrokerId(3), cluster.nextOffset());
        response = cluster.run(request);
        QVERIFY(response.shouldShutDown);
        QVERIFY(response.isFenced);
        QVERIFY(cluster.image().broker(BrokerId(1))->isFenced);
        QVERIFY(cluster.registerBroker(1) > 0); // at once, without waiting for a session to end
    }
    void aBrokerThatShutDownComesBackOnlyByRegistering()
    {
        TestCluster cluster;
        cluster.startBroker(1);
        cluster.createTopic("orders", {{1}});
        auto request = cluster.heartbeatOf(1);
        request.wantShutDown = true;
        cluster.run(request);
        QVERIFY(cluster.run(request).shouldShutDown);
        const auto response = cluster.heartbeat(1);
        QVERIFY(response.isFenced && response.shouldShutDown);
        QCOMPARE(cluster.partition("orders").leader, kNoBroker);
        cluster.startBroker(1);
        QCOMPARE(cluster.partition("orders").leader, BrokerId(1));
    }
    void aBrokerThatLeadsNothingMayGoAtOnce()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2});
        cluster.createTopic("orders", {{1, 2}});
        auto request = cluster.heartbeatOf(2);
        request.wantShutDown = true;
        QVERIFY(cluster.run(request).shouldShutDown);
        QCOMPARE(cluster.partition("orders").isr, ids({1}));
    }
    void leadersGoBackToTheirPreferredBrokers()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2});
        cluster.createTopic("orders", {{1, 2}});
        cluster.loseConnection(1);
        cluster.startBroker(1);
        cluster.run(cluster.isrRequest("orders", 0, {2, 1}));
        QCOMPARE(cluster.partition("orders").leader, BrokerId(2));
        cluster.advance(300s);
        cluster.heartbeat(1);
        cluster.heartbeat(2);
        cluster.tick();
        QCOMPARE(cluster.partition("orders").leader, BrokerId(1));
        QCOMPARE(cluster.partition("orders").leaderEpoch, 2);
    }
    void electLeadersAnswersEachPartition()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2});
        cluster.createTopic("orders", {{1, 2}, {2, 1}});
        cluster.loseConnection(1);
        cluster.startBroker(1);
        cluster.run(cluster.isrRequest("orders", 0, {2, 1}));
        protocol::ElectLeadersRequest request;
        auto& asked = request.topicPartitions.emplace().emplace_back();
        asked.topic = "orders";
        asked.partitions = {0, 1, 2};
        const auto response = cluster.run(request);
        const auto& results = response.replicaElectionResults.front().partitionResult;
        QCOMPARE(errorOf(results[0].errorCode), ErrorCode::None);
        QCOMPARE(errorOf(results[1].errorCode), ErrorCode::ElectionNotNeeded);
        QCOMPARE(errorOf(results[2].errorCode), ErrorCode::UnknownTopicOrPartition);
        QCOMPARE(*results[2].errorMessage, std::string("No such partition as orders-2"));
        QCOMPARE(cluster.partition("orders").leader, BrokerId(1));
    }
    void aFailedDirectoryTakesItsReplicasOutOfTheIsr()
    {
        TestCluster cluster;
        cluster.startBroker(2);
        auto registration = cluster.registration(1);
        Uuid second = registration.logDirs.front();
        second.bytes[0] = 9;
        cluster.run(registration);
        cluster.heartbeat(1);
        cluster.createTopic("orders", {{1, 2}});
        registration.logDirs.push_back(second); // a second directory, by an amended registration
        cluster.run(registration);
        auto heartbeat = cluster.heartbeatOf(1);
        heartbeat.offlineLogDirs = {registration.logDirs.front()};
        cluster.run(heartbeat);
        QCOMPARE(cluster.partition("orders").leader, BrokerId(2));
        QCOMPARE(cluster.partition("orders").isr, ids({2}));
        QCOMPARE(cluster.image().broker(BrokerId(1))->directories, std::vector<Uuid>{second});
        QVERIFY(cluster.image().isActive(BrokerId(1)));
    }
    void anUnregisteredBrokerIsForgotten()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2});
        cluster.createTopic("orders", {{1, 2}});
        protocol::UnregisterBrokerRequest request;
        request.brokerId = BrokerId(1);
        QCOMPARE(errorOf(cluster.run(request).errorCode), ErrorCode::None);
        QVERIFY(cluster.image().broker(BrokerId(1)) == nullptr);
        QCOMPARE(cluster.partition("orders").leader, BrokerId(2));
        QCOMPARE(errorOf(cluster.run(request).errorCode), ErrorCode::BrokerIdNotRegistered);
    }
    void producerIdsComeInBlocksThatNeverOverlap()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2});
        std::int64_t next = 0;
        for (const int broker : {1, 2, 1}) {
            protocol::AllocateProducerIdsRequest request;
            request.brokerId = BrokerId(broker);
            request.brokerEpoch = cluster.image().broker(BrokerId(broker))->epoch;
            const auto response = cluster.run(request);
            QCOMPARE(response.producerIdStart.value(), next);
            QCOMPARE(response.producerIdLen, 1000);
            next += 1000;
            cluster.restartController();
        }
        protocol::AllocateProducerIdsRequest stale;
        stale.brokerId = BrokerId(1);
        QCOMPARE(errorOf(cluster.run(stale).errorCode), ErrorCode::StaleBrokerEpoch);
    }
    void aNewControllerGivesEveryBrokerAFullSession()
    {
        TestCluster cluster;
        cluster.startBroker(1);
        cluster.advance(8s);
        cluster.restartController();
        cluster.advance(8s);
        cluster.tick();
        QVERIFY(cluster.image().isActive(BrokerId(1)));
        cluster.advance(1s);
        cluster.tick();
        QVERIFY(!cluster.image().isActive(BrokerId(1)));
    }
};

QTEST_APPLESS_MAIN(TestBrokers)
#include "test_brokers.moc"
