#include "topologybuild.h"

#include "topology/faulttext.h"
#include "topology/logstrip.h"
#include "topology/topologytext.h"

#include <QTest>

using namespace moldau;
using namespace moldau::widgets;
using moldau::tests::TopologyBuild;
using namespace Qt::Literals::StringLiterals;

class TestTopologyModel : public QObject {
    Q_OBJECT

private slots:
    void showsWhatMetadataSay();
    void keepsOffsetsWhenMetadataAreReadAgain();
    void sameMetadataChangeNothing();
    void aDeletedTopicsSuccessorBeginsEmpty();
    void movesLogEndsAndHighWatermarks();
    void followsLeadersByEpoch();
    void keepsANewerLeaderAgainstOlderMetadata();
    void shrinksAndGrowsTheInSyncReplicas();
    void greysABrokerThatIsKilled();
    void takesBrokersForDownThatOnlyReplicaListsName();
    void showsClientsByWhatTheyDo();
    void hidesTheWindowsOwnClientsAndBrokers();
    void forgetsClientsThatLeft();
    void keepsAtMostSoManyClients();
    void keepsGroupsPositions();
    void namesThingsForScreenReaders();
    void aPausedBrokerIsThereAndSaysNothing();
    void aBrokerThatIsAControllerAsWellIsShownAsBoth();
    void theQuorumTellsWhoLeadsAndWhoIsBehind();
    void votersElectWhileNobodyLeads();
    void faultsAreShownUntilTheyAreHealed();
    void keepsTheStripStillWhileItFills();
    void widensTheStripForFastLogsAndLaggards();
};

void TestTopologyModel::showsWhatMetadataSay()
{
    TopologyModel model;
    model.setDescription(TopologyBuild::cluster(3, {{"orders", 3}, {"__consumer_offsets", 1}}));
    QCOMPARE(model.brokers().size(), 3u);
    QCOMPARE(model.brokers()[0].address, u"127.0.0.1:19092"_s);
    QCOMPARE(model.topics().size(), 2);
    const ShownPartition* partition = model.partition(u"orders"_s, 1);
    QVERIFY(partition);
    QCOMPARE(partition->leader, 2);
    QVERIFY(partition->replica(2)->isLeader);
    QVERIFY(partition->replica(1)->isInSync);
    QVERIFY(model.topic(u"__consumer_offsets"_s)->isInternal);
}

void TestTopologyModel::keepsOffsetsWhenMetadataAreReadAgain()
{
    TopologyModel model;
    const auto description = TopologyBuild::cluster(3, {{"orders", 1}});
    model.setDescription(description);
    model.setOffsets(u"orders"_s, std::vector<client::PartitionOffsets>{{0, 5, 42}});
    model.setDescription(description);
    const ShownPartition* partition = model.partition(u"orders"_s, 0);
    QCOMPARE(partition->logStart, 5);
    QCOMPARE(partition->replica(1)->logEnd, 42);
    QCOMPARE(partition->replica(3)->highWatermark, 42);
}

void TestTopologyModel::sameMetadataChangeNothing()
{
    TopologyModel model;
    client::ClusterDescription description = TopologyBuild::cluster(3, {{"orders", 3}});
    model.setDescription(description);
    const quint64 before = model.structureRevision();
    model.setDescription(description);
    QCOMPARE(model.structureRevision(), before);
    description.topics[0].partitions[1].inSync.pop_back();
    model.setDescription(description);
    QVERIFY(model.structureRevision() > before);
}

void TestTopologyModel::aDeletedTopicsSuccessorBeginsEmpty()
{
    TopologyBuild build;
    TopologyModel model;
    model.setDescription(TopologyBuild::cluster(3, {{"orders", 1}}));
    model.apply(build.batch(EventKind::BatchAppended, 1, "orders", 0, 41, 1), build.names);
    QCOMPARE(model.partition(u"orders"_s, 0)->replica(1)->logEnd, 42);
    Event deleted = build.event(EventKind::TopicDeleted, 1);
    deleted.topic = build.table.intern("orders");
    model.apply(deleted, build.names);
    // Made again before the metadata are read: only their last state is seen.
    model.setDescription(TopologyBuild::cluster(3, {{"orders", 1}}));
    QCOMPARE(model.partition(u"orders"_s, 0)->replica(1)->logEnd, -1);
    QCOMPARE(model.partition(u"orders"_s, 0)->leader, 1);
}

void TestTopologyModel::movesLogEndsAndHighWatermarks()
{
    TopologyBuild build;
    TopologyModel model;
    model.setDescription(TopologyBuild::cluster(3, {{"orders", 1}}));
    const quint64 before = model.brokerRevision(1);
    model.apply(build.batch(EventKind::BatchAppended, 1, "orders", 0, 0, 10), build.names);
    const ShownPartition* partition = model.partition(u"orders"_s, 0);
    QCOMPARE(partition->replica(1)->logEnd, 10);
    QCOMPARE(partition->replica(2)->logEnd, -1);
    QVERIFY(model.brokerRevision(1) > before);
    model.apply(build.batch(EventKind::BatchReplicated, 2, "orders", 0, 0, 10), build.names);
    QCOMPARE(partition->replica(2)->logEnd, 10);
    model.apply(build.batch(EventKind::HighWatermarkMoved, 1, "orders", 0, 10, 0), build.names);
    QCOMPARE(partition->replica(1)->highWatermark, 10);
    model.apply(build.batch(EventKind::LogTruncated, 2, "orders", 0, 4, 0), build.names);
    QCOMPARE(partition->replica(2)->logEnd, 4);
}

void TestTopologyModel::followsLeadersByEpoch()
{
    TopologyBuild build;
    TopologyModel model;
    model.setDescription(TopologyBuild::cluster(3, {{"orders", 1}}));
    model.apply(build.moved(EventKind::LeaderChanged, 2, "orders", 0, 2, 5, 77), build.names);
    const ShownPartition* partition = model.partition(u"orders"_s, 0);
    QCOMPARE(partition->leader, 2);
    QVERIFY(partition->replica(2)->isLeader);
    QVERIFY(!partition->replica(1)->isLeader);
    QCOMPARE(partition->replica(2)->ledSinceNs, 77);
    model.apply(build.moved(EventKind::LeaderChanged, 3, "orders", 0, 3, 4), build.names);
    QCOMPARE(partition->leader, 2);
}

void TestTopologyModel::keepsANewerLeaderAgainstOlderMetadata()
{
    TopologyBuild build;
    TopologyModel model;
    const auto description = TopologyBuild::cluster(3, {{"orders", 1}});
    model.setDescription(description);
    model.apply(build.moved(EventKind::LeaderChanged, 2, "orders", 0, 2, 5), build.names);
    model.setDescription(description); // asked for before the election
    QCOMPARE(model.partition(u"orders"_s, 0)->leader, 2);
}

void TestTopologyModel::shrinksAndGrowsTheInSyncReplicas()
{
    TopologyBuild build;
    TopologyModel model;
    model.setDescription(TopologyBuild::cluster(3, {{"orders", 1}}));
    const quint64 before = model.structureRevision();
    model.apply(build.moved(EventKind::IsrShrunk, 1, "orders", 0, 3, 1), build.names);
    QVERIFY(!model.partition(u"orders"_s, 0)->replica(3)->isInSync);
    QVERIFY(model.structureRevision() > before);
    model.apply(build.moved(EventKind::IsrExpanded, 1, "orders", 0, 3, 1), build.names);
    QVERIFY(model.partition(u"orders"_s, 0)->replica(3)->isInSync);
}

void TestTopologyModel::greysABrokerThatIsKilled()
{
    TopologyBuild build;
    TopologyModel model;
    model.setNodes(TopologyBuild::nodes(3));
    model.setDescription(TopologyBuild::cluster(3, {{"orders", 3}}));
    model.apply(build.event(EventKind::NodeKilled, 2), build.names);
    QCOMPARE(model.broker(2)->state, BrokerState::Killed);
    QVERIFY(model.partition(u"orders"_s, 0)->replica(2)->isOffline);
    model.apply(build.moved(EventKind::BrokerFenced, 100, "", -1, 2, 0), build.names);
    QCOMPARE(model.broker(2)->state, BrokerState::Killed); // a kill is more than being fenced
    model.apply(build.event(EventKind::NodeStarted, 2), build.names);
    QCOMPARE(model.broker(2)->state, BrokerState::Up);
    QVERIFY(!model.partition(u"orders"_s, 0)->replica(2)->isOffline);
}

void TestTopologyModel::takesBrokersForDownThatOnlyReplicaListsName()
{
    TopologyModel model;
    auto description = TopologyBuild::cluster(3, {{"orders", 3}});
    description.brokers.pop_back();
    model.setDescription(description);
    QCOMPARE(model.brokers().size(), 3u);
    QCOMPARE(model.broker(3)->state, BrokerState::Stopped);
    QVERIFY(model.partition(u"orders"_s, 0)->replica(3)->isOffline);
}

void TestTopologyModel::showsClientsByWhatTheyDo()
{
    TopologyBuild build;
    TopologyModel model;
    model.setDescription(TopologyBuild::cluster(3, {{"orders", 1}}));
    Event identified = build.event(EventKind::ConnectionIdentified, 1);
    identified.connection = 9;
    identified.name = build.table.intern("order-service");
    identified.detail = build.table.intern("apache-kafka-java 4.3.1");
    model.apply(identified, build.names);
    QCOMPARE(model.clients().size(), 1u);
    QCOMPARE(TopologyText::clientName(model.clients()[0]), u"order-service, connected"_s);
    model.apply(
        build.batch(EventKind::BatchAppended, 1, "orders", 0, 0, 1, "order-service"), build.names);
    QCOMPARE(TopologyText::clientName(model.clients()[0]), u"order-service, producer"_s);
    QCOMPARE(model.clients()[0].library, u"apache-kafka-java 4.3.1"_s);
    model.apply(
        build.batch(EventKind::BatchDelivered, 1, "orders", 0, 0, 1, "billing"), build.names);
    QCOMPARE(TopologyText::clientName(model.clients()[1]), u"billing, consumer"_s);
}

void TestTopologyModel::hidesTheWindowsOwnClientsAndBrokers()
{
    TopologyBuild build;
    TopologyModel model;
    model.setOwnClientPrefix(u"moldau"_s);
    model.setDescription(TopologyBuild::cluster(3, {{"orders", 1}}));
    model.apply(build.batch(EventKind::BatchAppended, 1, "orders", 0, 0, 1, "moldau-producer"),
        build.names);
    Event broker = build.event(EventKind::ConnectionIdentified, 1);
    broker.peer = BrokerId(2);
    broker.name = build.table.intern("broker-2-fetcher");
    model.apply(broker, build.names);
    QVERIFY(model.clients().empty());
}

void TestTopologyModel::forgetsClientsThatLeft()
{
    TopologyBuild build;
    TopologyModel model;
    Event identified = build.event(EventKind::ConnectionIdentified, 1, 1'000'000'000);
    identified.connection = 9;
    identified.name = build.table.intern("kcat");
    model.apply(identified, build.names);
    model.expire(60'000'000'000);
    QCOMPARE(model.clients().size(), 1u); // still connected
    Event closed = build.event(EventKind::ConnectionClosed, 1, 61'000'000'000);
    closed.connection = 9;
    model.apply(closed, build.names);
    model.expire(62'000'000'000);
    QCOMPARE(model.clients().size(), 1u); // it may come back
    model.expire(80'000'000'000);
    QVERIFY(model.clients().empty());
}

void TestTopologyModel::keepsAtMostSoManyClients()
{
    TopologyBuild build;
    TopologyModel model;
    for (int i = 0; i < 1000; ++i) {
        Event identified = build.event(EventKind::ConnectionIdentified, 1, 1'000'000'000 + i);
        identified.connection = static_cast<std::uint64_t>(i + 1);
        identified.name = build.table.intern("client-" + std::to_string(i));
        model.apply(identified, build.names);
    }
    QCOMPARE(static_cast<int>(model.clients().size()), ShownClients::kMax);
    QCOMPARE(model.clients().back().id, u"client-999"_s);
}

void TestTopologyModel::keepsGroupsPositions()
{
    TopologyBuild build;
    TopologyModel model;
    model.setDescription(TopologyBuild::cluster(3, {{"orders", 1}}));
    for (int i = 0; i < 20; ++i)
        model.apply(build.batch(EventKind::OffsetCommitted, 1, "orders", 0, i, 0,
                        "group-" + std::to_string(i)),
            build.names);
    model.apply(
        build.batch(EventKind::OffsetCommitted, 1, "orders", 0, 99, 0, "group-19"), build.names);
    const auto& groups = model.partition(u"orders"_s, 0)->groups;
    QCOMPARE(static_cast<int>(groups.size()), ShownPartition::kMaxGroups);
    QCOMPARE(groups.back().offset, 99);
}

void TestTopologyModel::namesThingsForScreenReaders()
{
    TopologyModel model;
    model.setNodes(TopologyBuild::nodes(3));
    model.setDescription(TopologyBuild::cluster(3, {{"orders", 1}}));
    QCOMPARE(TopologyText::brokerName(*model.broker(1)), u"broker-1, up"_s);
    const ShownPartition* partition = model.partition(u"orders"_s, 0);
    QCOMPARE(TopologyText::replicaName(model, u"orders"_s, *partition, *partition->replica(1)),
        u"orders 0 on broker-1, leader, in sync"_s);
    QCOMPARE(TopologyText::replicaName(model, u"orders"_s, *partition, *partition->replica(2)),
        u"orders 0 on broker-2, follower, in sync"_s);
}

void TestTopologyModel::aPausedBrokerIsThereAndSaysNothing()
{
    TopologyBuild build;
    TopologyModel model;
    std::vector<client::NodeStatus> nodes = TopologyBuild::nodes(3);
    model.setNodes(nodes);
    model.setDescription(TopologyBuild::cluster(3, {{"orders", 1}}));
    model.apply(build.event(EventKind::NodePaused, 1), build.names);
    QCOMPARE(model.broker(1)->state, BrokerState::Paused);
    QCOMPARE(TopologyText::brokerName(*model.broker(1)), u"broker-1, paused"_s);
    // Until the controller has decided, it leads what it led.
    QVERIFY(!model.partition(u"orders"_s, 0)->replica(1)->isOffline);
    Event fenced = build.event(EventKind::BrokerFenced, 100);
    fenced.peer = BrokerId(1);
    model.apply(fenced, build.names);
    QCOMPARE(model.broker(1)->state, BrokerState::Paused);
    nodes[0].state = client::NodeState::Paused;
    model.setNodes(nodes);
    QCOMPARE(model.broker(1)->state, BrokerState::Paused);
    model.apply(build.event(EventKind::NodeUnpaused, 1), build.names);
    QCOMPARE(model.broker(1)->state, BrokerState::Up);
}

void TestTopologyModel::aBrokerThatIsAControllerAsWellIsShownAsBoth()
{
    TopologyBuild build;
    TopologyModel model;
    std::vector<client::NodeStatus> nodes = TopologyBuild::nodes(3);
    for (client::NodeStatus& node : nodes)
        node.isVoter = true;
    model.setNodes(nodes);
    model.setDescription(TopologyBuild::cluster(3, {{"orders", 1}}));
    QCOMPARE(model.voters().size(), std::size_t(3));
    QCOMPARE(TopologyText::brokerName(*model.broker(2)), u"broker-2, up"_s);
    Event elected = build.event(EventKind::ControllerElected, 2);
    elected.peer = BrokerId(2);
    elected.epoch = 4;
    model.apply(elected, build.names);
    QVERIFY(model.voters()[1].isLeader);
    nodes[1].state = client::NodeState::Killed;
    model.setNodes(nodes);
    QVERIFY(!isServing(model.voters()[1].state));
    QVERIFY(!isServing(model.broker(2)->state));
}

void TestTopologyModel::theQuorumTellsWhoLeadsAndWhoIsBehind()
{
    client::QuorumDescription quorum;
    quorum.leader = BrokerId(2);
    quorum.leaderEpoch = 7;
    quorum.highWatermark = 100;
    quorum.voters = {{BrokerId(1), 101, 1, 1}, {BrokerId(2), 101, -1, -1}, {BrokerId(9), 90, 1, 1}};
    // From outside the voters are known by this alone.
    TopologyModel outside;
    outside.setDescription(TopologyBuild::cluster(3, {{"orders", 1}}));
    outside.setQuorum(quorum);
    QCOMPARE(outside.voters().size(), 3u);
    QCOMPARE(outside.voters()[1].name, u"broker-2"_s);
    QVERIFY(outside.voters()[1].isLeader);
    QCOMPARE(outside.voters()[2].name, u"controller-9"_s);
    QCOMPARE(outside.voters()[2].behind, 11);
    QCOMPARE(outside.controllerEpoch(), 7);
    const quint64 revision = outside.structureRevision();
    outside.setQuorum(quorum);
    QCOMPARE(outside.structureRevision(), revision);
    // An answer that is older than an event says nothing new.
    quorum.leaderEpoch = 6;
    quorum.leader = BrokerId(1);
    outside.setQuorum(quorum);
    QCOMPARE(outside.controller(), 2);
}

void TestTopologyModel::votersElectWhileNobodyLeads()
{
    TopologyBuild build;
    TopologyModel model;
    std::vector<client::NodeStatus> nodes = TopologyBuild::nodes(1);
    for (int i = 1; i <= 3; ++i) {
        client::NodeStatus node;
        node.service = "controller-" + std::to_string(i);
        node.kind = client::NodeKind::Controller;
        node.id = BrokerId(100 + i);
        node.state = client::NodeState::Running;
        nodes.push_back(node);
    }
    model.setNodes(nodes);
    Event elected = build.event(EventKind::ControllerElected, 101);
    elected.peer = BrokerId(101);
    elected.epoch = 3;
    model.apply(elected, build.names);
    QVERIFY(!model.isElecting());
    QVERIFY(model.voters()[0].isLeader);
    QCOMPARE(TopologyText::voterDetail(model, model.voters()[1]), u"follower · epoch 3"_s);
    model.apply(build.event(EventKind::NodeKilled, 101), build.names);
    QVERIFY(model.isElecting());
    QCOMPARE(model.voters()[0].state, BrokerState::Killed);
    elected.peer = BrokerId(103);
    elected.epoch = 4;
    model.apply(elected, build.names);
    QVERIFY(!model.isElecting());
    QVERIFY(model.voters()[2].isLeader);
    QVERIFY(!model.voters()[0].isLeader);
}

void TestTopologyModel::faultsAreShownUntilTheyAreHealed()
{
    TopologyModel model;
    model.setNodes(TopologyBuild::nodes(3));
    faults::FaultStatus cut;
    cut.id = 4;
    cut.rule.link = faults::FaultLink{BrokerId(1), BrokerId(3)};
    cut.rule.action = faults::FaultAction::Cut;
    model.setFaults(std::vector{cut});
    QCOMPARE(model.faults().size(), 1u);
    QCOMPARE(FaultText::sentence(model.fault(4)->rule, model),
        u"The link between broker-1 and broker-3 is cut."_s);
    const quint64 revision = model.structureRevision();
    cut.struck = 12;
    model.setFaults(std::vector{cut});
    QCOMPARE(model.structureRevision(), revision);
    model.setFaults({});
    QVERIFY(!model.fault(4));
    QVERIFY(model.structureRevision() > revision);
}

void TestTopologyModel::keepsTheStripStillWhileItFills()
{
    ShownPartition partition;
    partition.replicas.push_back({1, true, true, false, 0, 0, 0});
    StripWindow window;
    int moves = 0;
    for (qint64 end = 0; end < 200; ++end) {
        partition.replicas[0].logEnd = end;
        partition.replicas[0].highWatermark = end;
        const StripWindow next = StripWindow::make(partition, 1, window);
        moves += next.first != window.first ? 1 : 0;
        window = next;
        QCOMPARE(window.perCell, 1);
        QVERIFY(window.position(end) <= StripWindow::kCells * 0.8);
        QVERIFY(end < 8 || window.position(end) >= StripWindow::kCells * 0.2);
    }
    QVERIFY(moves <= 200 / 8 + 1);
}

void TestTopologyModel::widensTheStripForFastLogsAndLaggards()
{
    ShownPartition partition;
    partition.replicas.push_back({1, true, true, false, 100'000, 100'000, 0});
    QCOMPARE(StripWindow::make(partition, 8000, {}).perCell, 1024);
    partition.replicas.push_back({2, false, false, false, 99'000, 99'000, 0});
    const StripWindow window = StripWindow::make(partition, 0, {});
    QVERIFY(window.position(99'000) < window.position(100'000));
    QVERIFY(window.first <= 99'000);
}

QTEST_APPLESS_MAIN(TestTopologyModel)
#include "test_topologymodel.moc"
