#include "broker/replica/replicationquota.h"

#include <QTest>

using namespace moldau;
using namespace moldau::broker;
using namespace std::chrono_literals;

class TestReplicationQuota : public QObject {
    Q_OBJECT
private slots:
    void withoutALimitNothingIsTooMuch()
    {
        ReplicationQuota quota(11, 1s);
        quota.record(1'000'000'000, 5s);
        QVERIFY(!quota.isExceeded(5s));
    }
    void whatWentBeyondIsWaitedFor()
    {
        ReplicationQuota quota(11, 1s);
        quota.setLimit(1000);
        QVERIFY(!quota.isExceeded(5s));
        quota.record(1000, 5s);
        QVERIFY(!quota.isExceeded(5s)); // one second's worth
        quota.record(3000, 5500ms);
        QVERIFY(quota.isExceeded(5500ms));
        QVERIFY(quota.isExceeded(8900ms));
        QVERIFY(!quota.isExceeded(9s)); // 4000 bytes in four seconds
    }
    void whatIsOlderThanAllWindowsIsForgotten()
    {
        ReplicationQuota quota(3, 1s);
        quota.setLimit(10);
        quota.record(1'000'000, 1s);
        QVERIFY(quota.isExceeded(3900ms));
        QVERIFY(!quota.isExceeded(4s));
    }
    void partitionsAreThrottledWhereTheirReplicaIsNamed()
    {
        const auto some = ThrottledPartitions::of({"0:1", "3:2", "4:1"}, BrokerId{1});
        QVERIFY(some.contains(0) && some.contains(4));
        QVERIFY(!some.contains(3) && !some.contains(1));
        QVERIFY(ThrottledPartitions::of({"*"}, BrokerId{7}).contains(12));
        QVERIFY(!ThrottledPartitions::of({}, BrokerId{1}).contains(0));
        QVERIFY(!ThrottledPartitions::of({""}, BrokerId{1}).contains(0));
    }
    void theBrokersOwnLimitWinsOverThatOfAll()
    {
        const std::string name = "leader.replication.throttled.rate";
        configs::BrokerLayers layers;
        QCOMPARE(replicationLimit(layers, name), ReplicationQuota::kUnlimited);
        layers.dynamicDefault[name] = "5";
        QCOMPARE(replicationLimit(layers, name), 5);
        layers.dynamicBroker[name] = "7";
        QCOMPARE(replicationLimit(layers, name), 7);
    }
};

QTEST_APPLESS_MAIN(TestReplicationQuota)
#include "test_replicationquota.moc"
