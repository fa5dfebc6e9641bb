// Who may lead after the ISR was below min.insync.replicas (KIP-966), step by step as Apache
// Kafka's PartitionChangeBuilder and ReplicationControlManager have it.

#include "testcluster.h"

#include "configs/configvalidation.h"
#include "controller/features.h"

#include <QTest>

using namespace moldau;
using namespace moldau::controller;

namespace {

constexpr const char* kMinIsr = "min.insync.replicas";

ControllerOptions withoutEligibleLeaders()
{
    ControllerOptions options = TestCluster::defaultOptions();
    options.features.erase(std::string(kEligibleLeaders));
    return options;
}

protocol::IncrementalAlterConfigsRequest settingOf(
    ConfigResourceType type, const std::string& name, std::optional<std::string> value)
{
    protocol::IncrementalAlterConfigsRequest request;
    auto& resource = request.resources.emplace_back();
    resource.resourceType = static_cast<std::int8_t>(type);
    resource.resourceName = name;
    auto& config = resource.configs.emplace_back();
    config.name = kMinIsr;
    config.configOperation
        = static_cast<std::int8_t>(value ? configs::ChangeKind::Set : configs::ChangeKind::Delete);
    config.value = std::move(value);
    return request;
}

protocol::AlterConfigsRequest emptied(ConfigResourceType type, const std::string& name)
{
    protocol::AlterConfigsRequest request;
    auto& resource = request.resources.emplace_back();
    resource.resourceType = static_cast<std::int8_t>(type);
    resource.resourceName = name;
    return request;
}

protocol::UpdateFeaturesRequest levelOf(std::int16_t level, bool isUpgrade)
{
    protocol::UpdateFeaturesRequest request;
    auto& update = request.featureUpdates.emplace_back();
    update.feature = kEligibleLeaders;
    update.maxVersionLevel = level;
    update.upgradeType = isUpgrade ? 1 : 2;
    return request;
}

/** What is set for a broker, or with an empty name for all of them. */
std::string minIsrOf(const TestCluster& cluster, const std::string& broker)
{
    const ConfigMap& map = cluster.image().configs({ConfigResourceType::Broker, broker});
    const auto found = map.find(kMinIsr);
    return found == map.end() ? "(unset)" : found->second;
}

/** Brokers 1 to 3 with one partition that needs two of its three replicas in sync. */
class ThreeBrokers : public TestCluster {
public:
    explicit ThreeBrokers(ControllerOptions options = defaultOptions())
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
        const auto answer = cluster.run(settingOf(ConfigResourceType::Topic, "orders", "3"));
        QCOMPARE(answer.responses.front().errorCode, std::int16_t(0));
        QVERIFY(cluster.eligible().empty());
        QVERIFY(cluster.replayed() == cluster.image());
    }
    void withoutTheFeatureTheLastMemberStaysInTheIsr()
    {
        ThreeBrokers cluster(withoutEligibleLeaders());
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
        QCOMPARE(cluster.run(levelOf(0, false)).errorCode, std::int16_t(0));
        QVERIFY(cluster.eligible().empty());
        QCOMPARE(cluster.image().featureLevel(kEligibleLeaders), std::int16_t(0));
    }
    void aNewClusterHasThemAndOneMinimumForAllBrokers()
    {
        TestCluster cluster;
        QCOMPARE(cluster.image().featureLevel(kEligibleLeaders), std::int16_t(1));
        QCOMPARE(minIsrOf(cluster, ""), std::string("1"));
    }
    void theMinimumOfANewClusterIsTheControllersOwn()
    {
        ControllerOptions options = TestCluster::defaultOptions();
        options.properties[kMinIsr] = "2";
        TestCluster cluster(options);
        QCOMPARE(minIsrOf(cluster, ""), std::string("2"));
        cluster.startBrokers({1, 2, 3});
        QCOMPARE(cluster.createTopic("orders", {{1, 2, 3}}), ErrorCode::None);
        cluster.loseConnection(3);
        cluster.loseConnection(2);
        QCOMPARE(cluster.partition("orders").eligibleLeaders, ids({2}));
    }
    void anOlderClusterStaysWithoutThem()
    {
        TestCluster cluster(withoutEligibleLeaders());
        ControllerState restarted(
            TestCluster::defaultOptions(), cluster.replayed(), Duration(), m_quiet);
        QVERIFY(restarted.bootstrapRecords().empty());
        QCOMPARE(restarted.image().featureLevel(kEligibleLeaders), std::int16_t(0));
        QCOMPARE(minIsrOf(cluster, ""), std::string("(unset)"));
    }
    void switchingThemOnUnifiesTheMinimum()
    {
        ControllerOptions options = withoutEligibleLeaders();
        options.properties[kMinIsr] = "2";
        ThreeBrokers cluster(options);
        cluster.run(settingOf(ConfigResourceType::Broker, "1", "3"));
        QCOMPARE(minIsrOf(cluster, "1"), std::string("3"));
        QCOMPARE(cluster.run(levelOf(1, true)).errorCode, std::int16_t(0));
        QCOMPARE(minIsrOf(cluster, "1"), std::string("(unset)"));
        QCOMPARE(minIsrOf(cluster, ""), std::string("2"));
        QCOMPARE(cluster.lastRecordCount(), 3u);
        QVERIFY(cluster.replayed() == cluster.image());
    }
    void whatIsSetForAllBrokersStaysWhenTheyAreSwitchedOnAgain()
    {
        ThreeBrokers cluster;
        cluster.run(levelOf(0, false));
        cluster.run(settingOf(ConfigResourceType::Broker, "", "3"));
        QCOMPARE(cluster.run(levelOf(1, true)).errorCode, std::int16_t(0));
        QCOMPARE(minIsrOf(cluster, ""), std::string("3"));
        QCOMPARE(cluster.run(levelOf(1, true)).errorCode, std::int16_t(0));
        QCOMPARE(cluster.lastRecordCount(), 0u);
    }
    void theMinimumIsRefusedToOneBroker_data()
    {
        QTest::addColumn<std::optional<std::string>>("value");
        QTest::newRow("set") << std::optional<std::string>("2");
        QTest::newRow("deleted, though never set") << std::optional<std::string>();
    }
    void theMinimumIsRefusedToOneBroker()
    {
        QFETCH(std::optional<std::string>, value);
        ThreeBrokers cluster;
        const auto answer
            = cluster.run(settingOf(ConfigResourceType::Broker, "1", value)).responses.front();
        QCOMPARE(errorFromWire(answer.errorCode), ErrorCode::InvalidConfig);
        QCOMPARE(answer.errorMessage.value_or(""),
            std::string(
                "Broker-level min.insync.replicas cannot be altered while ELR is enabled."));
        QCOMPARE(cluster.lastRecordCount(), 0u);
    }
    void theMinimumOfAllBrokersChangesButStays()
    {
        const std::string refusal
            = "Cluster-level min.insync.replicas cannot be removed while ELR is enabled.";
        ThreeBrokers cluster;
        const auto changed = cluster.run(settingOf(ConfigResourceType::Broker, "", "2"));
        QCOMPARE(changed.responses.front().errorCode, std::int16_t(0));
        const auto removed = cluster.run(settingOf(ConfigResourceType::Broker, "", std::nullopt));
        QCOMPARE(errorFromWire(removed.responses.front().errorCode), ErrorCode::InvalidConfig);
        QCOMPARE(removed.responses.front().errorMessage.value_or(""), refusal);
        const auto replaced = cluster.run(emptied(ConfigResourceType::Broker, ""));
        QCOMPARE(errorFromWire(replaced.responses.front().errorCode), ErrorCode::InvalidConfig);
        QCOMPARE(replaced.responses.front().errorMessage.value_or(""), refusal);
        QCOMPARE(minIsrOf(cluster, ""), std::string("2"));
    }
    void withoutThemTheMinimumIsAnyBrokersOwn()
    {
        ThreeBrokers cluster(withoutEligibleLeaders());
        for (const std::string broker : {"1", ""}) {
            cluster.run(settingOf(ConfigResourceType::Broker, broker, "2"));
            QCOMPARE(minIsrOf(cluster, broker), std::string("2"));
            cluster.run(settingOf(ConfigResourceType::Broker, broker, std::nullopt));
            QCOMPARE(minIsrOf(cluster, broker), std::string("(unset)"));
        }
    }

private:
    Log m_quiet;
};

QTEST_APPLESS_MAIN(TestEligibleLeaders)
#include "test_eligibleleaders.moc"
