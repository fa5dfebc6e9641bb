#include "testcluster.h"

#include <QTest>

using namespace moldau;
using namespace moldau::controller;

class TestIsr : public QObject {
    Q_OBJECT
private slots:
    void aLeaderShrinksAndGrowsItsIsr()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2, 3});
        cluster.createTopic("orders", {{1, 2, 3}});
        auto response = cluster.run(cluster.isrRequest("orders", 0, {1, 2}));
        const auto* answer = &response.topics.front().partitions.front();
        QCOMPARE(errorFromWire(answer->errorCode), ErrorCode::None);
        QCOMPARE(answer->isr, ids({1, 2}));
        QCOMPARE(answer->partitionEpoch, 1);
        QCOMPARE(answer->leaderEpoch, 0);
        QCOMPARE(cluster.partition("orders").isr, ids({1, 2}));
        response = cluster.run(cluster.isrRequest("orders", 0, {1, 2, 3}));
        QCOMPARE(response.topics.front().partitions.front().partitionEpoch, 2);
        QCOMPARE(cluster.partition("orders").isr, ids({1, 2, 3}));
    }
    void theSameIsrAgainChangesNothing()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2});
        cluster.createTopic("orders", {{1, 2}});
        const auto response = cluster.run(cluster.isrRequest("orders", 0, {1, 2}));
        QCOMPARE(
            errorFromWire(response.topics.front().partitions.front().errorCode), ErrorCode::None);
        QCOMPARE(cluster.lastRecordCount(), 0u);
    }
    void versionTwoHasNoEpochsOfMembers()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2});
        cluster.createTopic("orders", {{1, 2}});
        auto request = cluster.isrRequest("orders", 0, {});
        request.topics.front().partitions.front().newIsr = ids({1});
        const auto response = cluster.run(request, 2);
        QCOMPARE(
            errorFromWire(response.topics.front().partitions.front().errorCode), ErrorCode::None);
        QCOMPARE(cluster.partition("orders").isr, ids({1}));
    }
    void wrongRequestsAreRefused_data()
    {
        using Partition = protocol::AlterPartitionRequest::PartitionData;
        using Change = std::function<void(protocol::AlterPartitionRequest&, Partition&)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, Change change, ErrorCode code) {
            QTest::newRow(name) << change << int(code);
        };
        row(
            "newer leader epoch", [](auto&, auto& partition) { ++partition.leaderEpoch; },
            ErrorCode::NotController);
        row(
            "newer partition epoch", [](auto&, auto& partition) { ++partition.partitionEpoch; },
            ErrorCode::NotController);
        row(
            "older leader epoch", [](auto&, auto& partition) { --partition.leaderEpoch; },
            ErrorCode::FencedLeaderEpoch);
        row(
            "older partition epoch", [](auto&, auto& partition) { --partition.partitionEpoch; },
            ErrorCode::InvalidUpdateVersion);
        row(
            "unknown partition", [](auto&, auto& partition) { partition.partitionIndex = 7; },
            ErrorCode::UnknownTopicOrPartition);
        row(
            "unknown topic",
            [](auto& request, auto&) { request.topics.front().topicId = kMetadataTopicId; },
            ErrorCode::UnknownTopicId);
        row(
            "without the leader",
            [](auto&, auto& partition) {
                partition.newIsrWithEpochs.erase(partition.newIsrWithEpochs.begin());
            },
            ErrorCode::InvalidRequest);
        row(
            "a member twice",
            [](auto&, auto& partition) {
                partition.newIsrWithEpochs.push_back(partition.newIsrWithEpochs.front());
            },
            ErrorCode::InvalidRequest);
        row(
            "no replica",
            [](auto&, auto& partition) {
                partition.newIsrWithEpochs.back().brokerId = BrokerId(4);
            },
            ErrorCode::InvalidRequest);
        row(
            "a member's older life",
            [](auto&, auto& partition) { --partition.newIsrWithEpochs.back().brokerEpoch; },
            ErrorCode::IneligibleReplica);
        row(
            "recovering again",
            [](auto&, auto& partition) {
                partition.newIsrWithEpochs.resize(1);
                partition.leaderRecoveryState = 1;
            },
            ErrorCode::InvalidRequest);
    }
    void wrongRequestsAreRefused()
    {
        using Partition = protocol::AlterPartitionRequest::PartitionData;
        using Change = std::function<void(protocol::AlterPartitionRequest&, Partition&)>;
        QFETCH(Change, change);
        QFETCH(int, code);
        TestCluster cluster;
        cluster.startBrokers({1, 2, 3, 4});
        cluster.createTopic("orders", {{1, 2, 3}});
        cluster.run(cluster.isrRequest("orders", 0, {1}));
        auto request = cluster.isrRequest("orders", 0, {1, 2});
        change(request, request.topics.front().partitions.front());
        const auto response = cluster.run(request);
        QCOMPARE(int(errorFromWire(response.topics.front().partitions.front().errorCode)), code);
        QCOMPARE(cluster.lastRecordCount(), 0u);
    }
    void anotherThanTheLeaderIsRefused()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2});
        cluster.createTopic("orders", {{1, 2}});
        auto request = cluster.isrRequest("orders", 0, {2});
        request.brokerId = BrokerId(2);
        request.brokerEpoch = cluster.image().broker(BrokerId(2))->epoch;
        const auto response = cluster.run(request);
        QCOMPARE(errorFromWire(response.topics.front().partitions.front().errorCode),
            ErrorCode::InvalidRequest);
        request.brokerEpoch = 0;
        QCOMPARE(errorFromWire(cluster.run(request).errorCode), ErrorCode::StaleBrokerEpoch);
    }
    void fencedBrokersCanNotJoin()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2});
        cluster.createTopic("orders", {{1, 2}});
        cluster.loseConnection(2);
        const auto response = cluster.run(cluster.isrRequest("orders", 0, {1, 2}));
        QCOMPARE(errorFromWire(response.topics.front().partitions.front().errorCode),
            ErrorCode::IneligibleReplica);
    }
    void anUncleanLeaderReportsThatItHasRecovered()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2});
        cluster.createTopic("orders", {{1, 2}}, {{"unclean.leader.election.enable", "true"}});
        cluster.run(cluster.isrRequest("orders", 0, {1}));
        cluster.loseConnection(1);
        cluster.startBroker(1);
        auto request = cluster.isrRequest("orders", 0, {2});
        request.topics.front().partitions.front().leaderRecoveryState = 0;
        const auto response = cluster.run(request);
        QCOMPARE(response.topics.front().partitions.front().leaderRecoveryState, std::int8_t(0));
        QCOMPARE(cluster.partition("orders").leaderRecovery, LeaderRecovery::Recovered);
    }
    void aReassignmentEndsWhenItsNewReplicasAreInSync()
    {
        PartitionImage partition;
        partition.replicas = ids({4, 1, 2});
        partition.isr = ids({1, 2});
        partition.adding = ids({4});
        partition.removing = ids({1});
        partition.directories = {Uuid::random(), Uuid::random(), Uuid::random()};
        partition.leader = BrokerId(1);
        partition.leaderEpoch = 3;
        const auto everybody = [](BrokerId) { return true; };
        PartitionChange change({kMetadataTopicId, 0}, partition, everybody);
        const auto record = change.setIsr(ids({1, 2, 4})).build();
        QVERIFY(record.has_value());
        const PartitionImage after = merged(partition, *record);
        QCOMPARE(after.replicas, ids({4, 2}));
        QCOMPARE(after.isr, ids({2, 4}));
        QCOMPARE(after.leader, BrokerId(4));
        QCOMPARE(after.leaderEpoch, 4);
        QCOMPARE(after.directories,
            (std::vector<Uuid>{partition.directories[0], partition.directories[2]}));
        QVERIFY(after.adding.empty() && after.removing.empty());
    }
};

QTEST_APPLESS_MAIN(TestIsr)
#include "test_isr.moc"
