#include "testcluster.h"

#include <QTest>

using namespace moldau;
using namespace moldau::controller;

namespace {

using Request = protocol::AlterPartitionReassignmentsRequest;

/** Empty `replicas`: cancels. */
Request move(const std::string& topic, std::initializer_list<int> replicas, int partition = 0)
{
    Request request;
    auto& asked = request.topics.emplace_back();
    asked.name = topic;
    auto& wish = asked.partitions.emplace_back();
    wish.partitionIndex = partition;
    if (replicas.size() > 0)
        wish.replicas = ids(replicas);
    else
        wish.replicas.reset();
    return request;
}

/** The answer for the one partition that was asked for. */
std::pair<ErrorCode, std::string> ask(TestCluster& cluster, const Request& request)
{
    const auto response = cluster.run(request);
    const auto& answer = response.responses.front().partitions.front();
    return {errorFromWire(answer.errorCode), answer.errorMessage.value_or("")};
}

void sync(TestCluster& cluster, const std::vector<int>& isr)
{
    cluster.run(cluster.isrRequest("orders", 0, isr));
}

} // namespace

class TestReassignments : public QObject {
    Q_OBJECT
private slots:
    void newReplicasJoinAndTheOldOnesGoOnceTheyAreInSync()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2, 3, 4, 5, 6});
        cluster.createTopic("orders", {{1, 2, 3}});
        QCOMPARE(ask(cluster, move("orders", {4, 5, 6})).first, ErrorCode::None);
        const PartitionImage begun = cluster.partition("orders");
        QCOMPARE(begun.replicas, ids({4, 5, 6, 1, 2, 3}));
        QCOMPARE(begun.adding, ids({4, 5, 6}));
        QCOMPARE(begun.removing, ids({1, 2, 3}));
        QCOMPARE(begun.isr, ids({1, 2, 3}));
        QCOMPARE(begun.leader, BrokerId{1});
        QCOMPARE(begun.directories.size(), begun.replicas.size());

        sync(cluster, {1, 2, 3, 4, 5});
        QVERIFY(cluster.partition("orders").isReassigning());
        const std::int32_t epoch = cluster.partition("orders").leaderEpoch;
        sync(cluster, {1, 2, 3, 4, 5, 6});
        const PartitionImage& done = cluster.partition("orders");
        QVERIFY(!done.isReassigning());
        QCOMPARE(done.replicas, ids({4, 5, 6}));
        QCOMPARE(done.isr, ids({4, 5, 6}));
        QCOMPARE(done.leader, BrokerId{4});
        QVERIFY(done.leaderEpoch > epoch);
        QCOMPARE(done.directories.size(), std::size_t(3));
        QCOMPARE(cluster.replayed(), cluster.image());
    }

    void anotherOrderNeedsNoData()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2, 3});
        cluster.createTopic("orders", {{1, 2, 3}});
        QCOMPARE(ask(cluster, move("orders", {3, 2, 1})).first, ErrorCode::None);
        QCOMPARE(cluster.partition("orders").replicas, ids({3, 2, 1}));
        QVERIFY(!cluster.partition("orders").isReassigning());
        QCOMPARE(cluster.partition("orders").leader, BrokerId{1});
    }

    void fewerReplicasWaitUntilThoseThatStayAreInSync()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2, 3});
        cluster.createTopic("orders", {{1, 2, 3}});
        sync(cluster, {1, 3});
        QCOMPARE(ask(cluster, move("orders", {1, 2})).first, ErrorCode::None);
        QCOMPARE(cluster.partition("orders").replicas, ids({1, 2, 3}));
        QCOMPARE(cluster.partition("orders").removing, ids({3}));
        sync(cluster, {1, 2, 3});
        QCOMPARE(cluster.partition("orders").replicas, ids({1, 2}));
        QCOMPARE(cluster.partition("orders").isr, ids({1, 2}));
    }

    void aCancelledReassignmentGoesBackToWhatItWas()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2, 3, 4});
        cluster.createTopic("orders", {{1, 2, 3}});
        ask(cluster, move("orders", {4, 2, 3}));
        sync(cluster, {1, 2});
        QCOMPARE(ask(cluster, move("orders", {})).first, ErrorCode::None);
        const PartitionImage& back = cluster.partition("orders");
        QCOMPARE(back.replicas, ids({2, 3, 1}));
        QCOMPARE(back.isr, ids({1, 2}));
        QVERIFY(!back.isReassigning());
        QCOMPARE(back.directories.size(), std::size_t(3));
        const auto [code, message] = ask(cluster, move("orders", {}));
        QCOMPARE(code, ErrorCode::NoReassignmentInProgress);
        QCOMPARE(message, std::string("No partition reassignment is in progress."));
    }

    void goingBackFromAMoveThatIsUnderWayEnds()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2, 3, 4});
        cluster.createTopic("orders", {{1, 2}});
        ask(cluster, move("orders", {3, 4}));
        QCOMPARE(ask(cluster, move("orders", {1, 2})).first, ErrorCode::None);
        QCOMPARE(cluster.partition("orders").replicas, ids({1, 2}));
        QVERIFY(!cluster.partition("orders").isReassigning());
    }

    void cancellingWouldLoseRecordsOnlyNewReplicasHave_data()
    {
        QTest::addColumn<QString>("isUncleanAllowed");
        QTest::newRow("refused") << "false";
        QTest::newRow("where unclean elections are allowed") << "true";
    }
    void cancellingWouldLoseRecordsOnlyNewReplicasHave()
    {
        QFETCH(QString, isUncleanAllowed);
        TestCluster cluster;
        cluster.startBrokers({1, 2, 3, 4});
        cluster.createTopic("orders", {{1, 2}},
            {{"unclean.leader.election.enable", isUncleanAllowed.toStdString()}});
        ask(cluster, move("orders", {3, 4}));
        sync(cluster, {1, 2, 3});
        cluster.loseConnection(2);
        cluster.loseConnection(1);
        QCOMPARE(cluster.partition("orders").isr, ids({3}));
        const auto [code, message] = ask(cluster, move("orders", {}));
        if (isUncleanAllowed == "true") {
            QCOMPARE(code, ErrorCode::None);
            QCOMPARE(cluster.partition("orders").replicas, ids({1, 2}));
            return;
        }
        QCOMPARE(code, ErrorCode::InvalidReplicaAssignment);
        QCOMPARE(message,
            std::string("Unable to revert partition assignment for orders:0 because it would "
                        "require an unclean leader election."));
        QVERIFY(cluster.partition("orders").isReassigning());
    }

    void wrongWishesAreRefusedInKafkasWords_data()
    {
        QTest::addColumn<Request>("request");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("message");
        const auto row
            = [](const char* name, Request request, ErrorCode code, const char* message) {
                  QTest::newRow(name) << std::move(request) << int(code) << message;
              };
        row("topic", move("nothing", {1}), ErrorCode::UnknownTopicOrPartition,
            "Unable to find a topic named nothing.");
        row("partition", move("orders", {1}, 7), ErrorCode::UnknownTopicOrPartition,
            "Unable to find partition orders:7.");
        row("broker", move("orders", {1, 9}), ErrorCode::InvalidReplicaAssignment,
            "The manual partition assignment includes broker 9, but no such broker is registered.");
        row("twice", move("orders", {1, 1}), ErrorCode::InvalidReplicaAssignment,
            "The manual partition assignment includes the broker 1 more than once.");
        Request resized = move("orders", {1, 2, 3});
        resized.allowReplicationFactorChange = false;
        row("size", resized, ErrorCode::InvalidReplicationFactor,
            "The replication factor is changed from 2 to 3");
    }
    void wrongWishesAreRefusedInKafkasWords()
    {
        QFETCH(Request, request);
        QFETCH(int, code);
        QFETCH(QString, message);
        TestCluster cluster;
        cluster.startBrokers({1, 2, 3});
        cluster.createTopic("orders", {{1, 2}});
        const auto answer = ask(cluster, request);
        QCOMPARE(int(answer.first), code);
        QCOMPARE(QString::fromStdString(answer.second), message);
        QCOMPARE(cluster.lastRecordCount(), 0u);
    }

    void thoseUnderWayAreListed()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2, 3});
        cluster.createTopic("orders", {{1, 2}, {2, 1}});
        cluster.createTopic("quiet", {{1, 2}});
        ask(cluster, move("orders", {3, 2}, 1));
        protocol::ListPartitionReassignmentsRequest everything;
        everything.topics.reset();
        const auto all = cluster.run(everything);
        QCOMPARE(all.topics.size(), std::size_t(1));
        QCOMPARE(all.topics.front().name, std::string("orders"));
        const auto& found = all.topics.front().partitions;
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found.front().partitionIndex, 1);
        QCOMPARE(found.front().replicas, ids({3, 2, 1}));
        QCOMPARE(found.front().addingReplicas, ids({3}));
        QCOMPARE(found.front().removingReplicas, ids({1}));

        protocol::ListPartitionReassignmentsRequest one;
        auto& asked = one.topics.emplace().emplace_back();
        asked.name = "orders";
        asked.partitionIndexes = {0};
        QVERIFY(cluster.run(one).topics.empty());
    }
};

QTEST_GUILESS_MAIN(TestReassignments)
#include "test_reassignments.moc"
