// Who may lead after the ISR was below min.insync.replicas (KIP-966), step by step as Apache
// Kafka's PartitionChangeBuilder and ReplicationControlManager have it.

#include "testcluster.h"

#include "controller/features.h"

#include <QTest>

using namespace moldau;
using namespace moldau::controller;

namespace {

ControllerOptions withEligibleLeaders()
{
    ControllerOptions options = TestCluster::defaultOptions();
    options.features[std::string(kEligibleLeaders)] = 1;
    return options;
}

/** Brokers 1 to 3 with one partition that needs two of its three replicas in sync. */
class ThreeBrokers : public TestCluster {
public:
    explicit ThreeBrokers(ControllerOptions options = withEligibleLeaders())
        : TestCluster(std::move(options))
    {
        startBrokers({1, 2, 3});
        const auto made = createTopic("orders", {{1, 2, 3}}, {{"min.insync.replicas", "2"}});
        QCOMPARE(made, ErrorCode::None);
    }

    Replicas isr() const { return partition("orders").isr; }
    Replicas eligible() const { return partition("orders").eligibleLeaders; }
    Replicas lastKnown() const { return partition("orders").lastKnownEligibleLeaders; }
    BrokerId leader() const { return partition("orders").leader; }

    /** Comes back as a new process; `isClean` when the one before ended in good order. */
    void comeBack(int broker, bool isClean)
    {
        auto request = registration(broker);
        request.incarnationId = Uuid{{static_cast<std::uint8_t>(100 + broker)}};
        request.previousBrokerEpoch = isClean ? image().broker(BrokerId(broker))->epoch : -1;
        QCOMPARE(run(request).errorCode, std::int16_t(0));
        heartbeat(broker);
        QVERIFY(!image().broker(BrokerId(broker))->isFenced);
    }
};

} // namespace

class TestEligibleLeaders : public QObject {
    Q_OBJECT
private slots:
    void whoLeavesTheIsrAboveTheMinimumIsNotEligible()
    {
        ThreeBrokers cluster;
        cluster.loseConnection(3);
        QCOMPARE(cluster.isr(), ids({1, 2}));
        QVERIFY(cluster.eligible().empty());
    }
    void whoLeavesItBelowTheMinimumIs()
    {
        ThreeBrokers cluster;
        cluster.loseConnection(3);
        cluster.loseConnection(2);
        QCOMPARE(cluster.isr(), ids({1}));
        QCOMPARE(cluster.eligible(), ids({2}));
        QVERIFY(cluster.lastKnown().empty());
        QCOMPARE(cluster.leader(), BrokerId(1));
    }
    void theIsrMayBeEmptyAndTheLastLeaderIsRemembered()
    {
        ThreeBrokers cluster;
        for (const int broker : {3, 2, 1})
            cluster.loseConnection(broker);
        QVERIFY(cluster.isr().empty());
        QCOMPARE(cluster.eligible(), ids({2, 1}));
        QCOMPARE(cluster.lastKnown(), ids({1}));
        QCOMPARE(cluster.leader(), kNoBroker);
    }
    void anEligibleReplicaThatComesBackInGoodOrderLeadsCleanly()
    {
        ThreeBrokers cluster;
        for (const int broker : {3, 2, 1})
            cluster.loseConnection(broker);
        cluster.comeBack(3, true); // never was eligible
        QCOMPARE(cluster.leader(), kNoBroker);
        cluster.comeBack(2, true);
        QCOMPARE(cluster.leader(), BrokerId(2));
        QCOMPARE(cluster.isr(), ids({2}));
        QCOMPARE(cluster.eligible(), ids({1}));
        QVERIFY(cluster.lastKnown().empty());
        QCOMPARE(cluster.partition("orders").leaderRecovery, LeaderRecovery::Recovered);
        QVERIFY(cluster.replayed() == cluster.image());
    }
    void whoEndedBadlyIsNoLongerEligible()
    {
        ThreeBrokers cluster;
        for (const int broker : {3, 2, 1})
            cluster.loseConnection(broker);
        cluster.comeBack(2, false);
        QCOMPARE(cluster.eligible(), ids({1}));
        QCOMPARE(cluster.leader(), kNoBroker);
    }
    void theLastLeaderLeadsAgainWhereNobodyIsEligible()
    {
        ThreeBrokers cluster;
        for (const int broker : {3, 2, 1})
            cluster.loseConnection(broker);
        cluster.comeBack(2, false);
        cluster.comeBack(1, false);
        QCOMPARE(cluster.leader(), BrokerId(1));
        QCOMPARE(cluster.isr(), ids({1}));
        QVERIFY(cluster.eligible().empty() && cluster.lastKnown().empty());
        QCOMPARE(cluster.partition("orders").leaderRecovery, LeaderRecovery::Recovering);
    }
    void nobodyIsEligibleOnceTheIsrIsLargeEnough()
    {
        ThreeBrokers cluster;
        cluster.loseConnection(3);
        cluster.loseConnection(2);
        cluster.comeBack(3, true);
        QCOMPARE(cluster.eligible(), ids({2}));
        const auto answer = cluster.run(cluster.isrRequest("orders", 0, {1, 3}));
        QCOMPARE(answer.topics.front().partitions.front().errorCode, std::int16_t(0));
        QCOMPARE(cluster.isr(), ids({1, 3}));
        QVERIFY(cluster.eligible().empty());
    }
    void anotherMinimumClearsWhoWasEligible()
    {
        ThreeBrokers cluster;
        cluster.loseConnection(3);
        cluster.loseConnection(2);
        protocol::IncrementalAlterConfigsRequest request;
        auto& resource = request.resources.emplace_back();
        resource.resourceType = static_cast<std::int8_t>(ConfigResourceType::Topic);
        resource.resourceName = "orders";
        auto& config = resource.configs.emplace_back();
        config.name = "min.insync.replicas";
        config.value = "3";
        QCOMPARE(cluster.run(request).responses.front().errorCode, std::int16_t(0));
        QVERIFY(cluster.eligible().empty());
        QVERIFY(cluster.replayed() == cluster.image());
    }
    void withoutTheFeatureTheLastMemberStaysInTheIsr()
    {
        ThreeBrokers cluster(TestCluster::defaultOptions());
        for (const int broker : {3, 2, 1})
            cluster.loseConnection(broker);
        QCOMPARE(cluster.isr(), ids({1}));
        QVERIFY(cluster.eligible().empty() && cluster.lastKnown().empty());
        QCOMPARE(cluster.leader(), kNoBroker);
    }
    void switchingTheFeatureOffClearsWhoWasEligible()
    {
        ThreeBrokers cluster;
        cluster.loseConnection(3);
        cluster.loseConnection(2);
        protocol::UpdateFeaturesRequest request;
        auto& update = request.featureUpdates.emplace_back();
        update.feature = kEligibleLeaders;
        update.maxVersionLevel = 0;
        update.upgradeType = 2; // a safe downgrade
        QCOMPARE(cluster.run(request).errorCode, std::int16_t(0));
        QVERIFY(cluster.eligible().empty());
        QCOMPARE(cluster.image().featureLevel(kEligibleLeaders), std::int16_t(0));
    }
};

QTEST_APPLESS_MAIN(TestEligibleLeaders)
#include "test_eligibleleaders.moc"
