#include "generatedcluster.h"

#include "models/brokerrows.h"
#include "models/checklistmodel.h"
#include "models/reassignplan.h"
#include "models/rowsmodel.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <random>

using namespace moldau;
using namespace moldau::widgets;
using namespace Qt::Literals::StringLiterals;

namespace {

std::vector<BrokerId> ids(std::initializer_list<int> numbers)
{
    std::vector<BrokerId> brokers;
    for (const int number : numbers)
        brokers.push_back(BrokerId(number));
    return brokers;
}

client::PartitionDescription partition(
    int index, int leader, std::initializer_list<int> replicas, std::initializer_list<int> inSync)
{
    client::PartitionDescription made;
    made.index = index;
    made.leader = BrokerId(leader);
    made.replicas = ids(replicas);
    made.inSync = ids(inSync);
    return made;
}

/** Three brokers, the third one down; one leader away from home, one that can't go back. */
Metadata threeBrokers()
{
    client::ClusterDescription cluster;
    cluster.brokers
        = {{BrokerId(1), {"127.0.0.1", 19092}, "a"}, {BrokerId(2), {"127.0.0.1", 19093}, "b"}};
    client::TopicDescription orders;
    orders.name = "orders";
    orders.partitions = {partition(0, 1, {1, 2, 3}, {1, 2}), partition(1, 1, {2, 1, 3}, {1, 2}),
        partition(2, 1, {3, 1, 2}, {1, 2})};
    cluster.topics = {orders};
    return Metadata(std::move(cluster));
}

TableRow row(const QString& key, const QString& text)
{
    TableRow made;
    made.key = key;
    made.cells.resize(2);
    made.cells[0].text = key;
    made.cells[1].text = text;
    return made;
}

/** Whole metadata with `partitions` partitions of 3 replicas over `brokers` brokers. */
Metadata spreadOver(int partitions, int brokers, int replicas = 3)
{
    client::ClusterDescription cluster;
    for (int i = 1; i <= brokers; ++i)
        cluster.brokers.push_back({BrokerId(i), {"h", 1}, {}});
    client::TopicDescription topic;
    topic.name = "orders";
    for (int i = 0; i < partitions; ++i) {
        client::PartitionDescription made;
        made.index = i;
        for (int r = 0; r < replicas; ++r)
            made.replicas.push_back(BrokerId((i + r) % 3 + 1));
        made.leader = made.replicas.front();
        made.inSync = made.replicas;
        topic.partitions.push_back(std::move(made));
    }
    cluster.topics = {topic};
    return Metadata(std::move(cluster));
}

ReplicaSizes sizesOf(const Metadata& metadata, std::int64_t bytes)
{
    std::vector<client::ReplicaSize> sizes;
    for (const auto& topic : metadata.description().topics) {
        for (const auto& known : topic.partitions) {
            for (const BrokerId broker : known.replicas)
                sizes.push_back({broker, topic.name, known.index, bytes, 0});
        }
    }
    return ReplicaSizes(std::move(sizes));
}

} // namespace

class TestBrokerModels : public QObject {
    Q_OBJECT

private slots:
    void rowsStayWhereTheirKeysStay();
    void anyRowsMayFollowAnyRows();
    void checksSurviveASearchAndNewNames();
    void loadsCountWhatEachBrokerLeadsAndHolds();
    void anElectionIsPreviewedAsItWouldEnd();
    void aNewBrokerGetsItsShareAndNoMore();
    void aBrokerThatLeavesIsEmptied();
    void moreOrFewerReplicasAreAsked();
    void aPlanLeadsBack();
    void aPlanIsWrittenAsKafkasToolReadsIt();
    void partitionsAreReadAsNumbersAndRanges_data();
    void partitionsAreReadAsNumbersAndRanges();
    void tablesTellOfBrokersControllersAndMoves();
};

void TestBrokerModels::rowsStayWhereTheirKeysStay()
{
    RowsModel model({{u"Key"_s, false, true, {}}, {u"Value"_s, true, true, {}}}, nullptr);
    const QAbstractItemModelTester tester(
        &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRows({row(u"a"_s, u"1"_s), row(u"b"_s, u"2"_s), row(u"c"_s, u"3"_s)});
    const QPersistentModelIndex c = model.index(2, 1);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.setRows({row(u"b"_s, u"2"_s), row(u"c"_s, u"4"_s), row(u"d"_s, u"5"_s)});
    QCOMPARE(resets.count(), 0);
    QCOMPARE(changes.count(), 1);
    QCOMPARE(c.row(), 1);
    QCOMPARE(c.data().toString(), u"4"_s);
    QCOMPARE(model.rowOf(u"d"_s), 2);
    QCOMPARE(model.rowOf(u"a"_s), -1);
    model.setRows({row(u"d"_s, u"5"_s), row(u"b"_s, u"2"_s)});
    QCOMPARE(model.index(0, 0).data().toString(), u"d"_s);
    QCOMPARE(model.rowCount(), 2);
}

void TestBrokerModels::anyRowsMayFollowAnyRows()
{
    RowsModel model({{u"Key"_s, false, true, {}}, {u"Value"_s, true, true, {}}}, nullptr);
    const QAbstractItemModelTester tester(
        &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    std::mt19937 random(7);
    for (int turn = 0; turn < 200; ++turn) {
        std::vector<TableRow> rows;
        for (int i = 0; i < 12; ++i) {
            if (random() % 2 == 0)
                rows.push_back(row(QString::number(i), QString::number(random() % 3)));
        }
        if (random() % 4 == 0)
            std::shuffle(rows.begin(), rows.end(), random);
        model.setRows(rows);
        QCOMPARE(model.rows(), rows);
    }
}

void TestBrokerModels::checksSurviveASearchAndNewNames()
{
    CheckListModel model;
    const QAbstractItemModelTester tester(
        &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setNames({u"audit"_s, u"clicks"_s, u"orders"_s});
    model.setChecked({u"orders"_s});
    model.search(u"LICK"_s);
    QCOMPARE(model.rowCount(), 1);
    QVERIFY(model.setData(model.index(0), Qt::Checked, Qt::CheckStateRole));
    model.search({});
    QCOMPARE(model.checked(), QStringList({u"clicks"_s, u"orders"_s}));
    model.setNames({u"clicks"_s, u"payments"_s});
    QCOMPARE(model.checked(), QStringList({u"clicks"_s}));
    model.setAll(true);
    QVERIFY(model.areAllOn());
    QCOMPARE(model.checkedCount(), 2);
}

void TestBrokerModels::loadsCountWhatEachBrokerLeadsAndHolds()
{
    const Metadata metadata = threeBrokers();
    const std::vector<Metadata::BrokerLoad> expected
        = {{1, true, 3, 1, 3, 0}, {2, true, 0, 1, 3, 0}, {3, false, 0, 1, 3, 3}};
    QCOMPARE(metadata.loads(), expected);
    QCOMPARE(metadata.electable(), 1);
}

void TestBrokerModels::anElectionIsPreviewedAsItWouldEnd()
{
    const LeaderMoves moves{threeBrokers()};
    QCOMPARE(moves.moves.size(), std::size_t(1));
    QCOMPARE(moves.moves[0].partition, (TopicPartition{"orders", 1}));
    QCOMPARE(moves.moves[0].from, BrokerId(1));
    QCOMPARE(moves.moves[0].to, BrokerId(2));
    QCOMPARE(moves.waiting, 1);
    QCOMPARE(moves.rows({{2, u"second"_s}})[0].cells[2].text, u"second"_s);
}

void TestBrokerModels::aNewBrokerGetsItsShareAndNoMore()
{
    const Metadata metadata = spreadOver(12, 4);
    const ReassignPlan plan(
        metadata, sizesOf(metadata, 100), {{u"orders"_s}, std::nullopt, {1, 2, 3, 4}, 0});
    // 36 replicas over four brokers are nine each; whatever moves, moves to the new one.
    QCOMPARE(plan.shares().at(4).gets, 9);
    QCOMPARE(plan.bytes(), 900);
    std::map<BrokerId, int> replicas;
    std::map<BrokerId, int> leaders;
    const ReassignPlan::Assignments after = plan.after();
    for (const auto& known : metadata.description().topics[0].partitions) {
        const auto moved = after.find({"orders", known.index});
        const auto& then = moved == after.end() ? known.replicas : moved->second;
        QCOMPARE(then.size(), std::size_t(3));
        QCOMPARE(std::set<BrokerId>(then.begin(), then.end()).size(), std::size_t(3));
        for (const BrokerId broker : then)
            ++replicas[broker];
        ++leaders[then.front()];
    }
    for (int broker = 1; broker <= 4; ++broker) {
        QCOMPARE(replicas[BrokerId(broker)], 9);
        QCOMPARE(leaders[BrokerId(broker)], 3);
    }
}

void TestBrokerModels::aBrokerThatLeavesIsEmptied()
{
    const Metadata metadata = spreadOver(6, 4);
    const ReassignPlan plan(
        metadata, sizesOf(metadata, 10), {{u"orders"_s}, std::nullopt, {2, 3, 4}, 0});
    QCOMPARE(plan.moves().size(), std::size_t(6));
    for (const ReassignPlan::Move& move : plan.moves())
        QVERIFY(std::find(move.then.begin(), move.then.end(), BrokerId(1)) == move.then.end());
    QCOMPARE(plan.shares().at(1).loses, 6);
    QCOMPARE(plan.shares().at(4).gets, 6);
    QCOMPARE(plan.leaderChanges(), 2);
}

void TestBrokerModels::moreOrFewerReplicasAreAsked()
{
    const Metadata metadata = spreadOver(3, 3, 2);
    const ReplicaSizes sizes = sizesOf(metadata, 10);
    const ReassignPlan more(metadata, sizes, {{u"orders"_s}, std::nullopt, {1, 2, 3}, 3});
    QCOMPARE(more.moves().size(), std::size_t(3));
    QCOMPARE(more.bytes(), 30);
    const ReassignPlan fewer(metadata, sizes, {{u"orders"_s}, std::set{0}, {1, 2, 3}, 1});
    QCOMPARE(fewer.moves().size(), std::size_t(1));
    QCOMPARE(fewer.bytes(), 0);
    QCOMPARE(fewer.moves()[0].then.size(), std::size_t(1));
    const ReassignPlan same(metadata, sizes, {{u"orders"_s}, std::nullopt, {1, 2, 3}, 0});
    QVERIFY(same.moves().empty());
    QCOMPARE(same.unchanged(), 3);
}

void TestBrokerModels::aPlanLeadsBack()
{
    const Metadata metadata = spreadOver(6, 4);
    const ReplicaSizes sizes = sizesOf(metadata, 10);
    const ReassignPlan plan(metadata, sizes, {{u"orders"_s}, std::nullopt, {2, 3, 4}, 0});
    client::ClusterDescription moved = metadata.description();
    for (const auto& [at, replicas] : plan.after())
        moved.topics[0].partitions[static_cast<std::size_t>(at.partition)].replicas = replicas;
    const Metadata after(std::move(moved));
    const ReassignPlan back(after, sizes, plan.before());
    QCOMPARE(back.moves().size(), plan.moves().size());
    for (const auto& [at, replicas] : back.after())
        QCOMPARE(replicas,
            metadata.description().topics[0].partitions[std::size_t(at.partition)].replicas);
}

void TestBrokerModels::aPlanIsWrittenAsKafkasToolReadsIt()
{
    const Metadata metadata = spreadOver(1, 4);
    const ReassignPlan plan(
        metadata, ReplicaSizes(), ReassignPlan::Assignments{{{"orders", 0}, ids({4, 2})}});
    QCOMPARE(plan.json(),
        u"{\"version\":1,\"partitions\":[{\"topic\":\"orders\",\"partition\":0,\"replicas\":[4,2]}]}"_s);
}

void TestBrokerModels::partitionsAreReadAsNumbersAndRanges_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("numbers");
    QTest::newRow("one") << u"3"_s << u"3"_s;
    QTest::newRow("several") << u" 0, 2-4 ,9"_s << u"0 2 3 4 9"_s;
    QTest::newRow("backwards") << u"4-2"_s << u"none"_s;
    QTest::newRow("words") << u"all of them"_s << u"none"_s;
    QTest::newRow("a comma too many") << u"1,"_s << u"none"_s;
}

void TestBrokerModels::partitionsAreReadAsNumbersAndRanges()
{
    QFETCH(QString, text);
    QFETCH(QString, numbers);
    const auto parsed = parsePartitions(text);
    QStringList found;
    if (parsed) {
        for (const int number : *parsed)
            found.append(QString::number(number));
    }
    QCOMPARE(parsed ? found.join(u' ') : u"none"_s, numbers);
}

void TestBrokerModels::tablesTellOfBrokersControllersAndMoves()
{
    const Metadata metadata = threeBrokers();
    client::LogDirectory first{BrokerId(1), "/data", {}, 1000, 250, {}};
    first.replicas = {{BrokerId(1), "orders", 0, 300, 0}, {BrokerId(1), "orders", 1, 100, 0}};
    client::LogDirectory gone;
    gone.broker = BrokerId(2);
    gone.problem = Error{ErrorCode::LocalTimeout, "no answer"};
    const DiskReport disks({gone, first});
    QCOMPARE(disks.bytesOf(1), 400);
    QCOMPARE(disks.bytesOf(2), -1);
    QCOMPARE(disks.largest().front().bytes, 300);
    std::optional<client::QuorumDescription> quorum = client::QuorumDescription();
    quorum->leader = BrokerId(100);
    quorum->leaderEpoch = 3;
    quorum->highWatermark = 50;
    quorum->voters = {{BrokerId(1), 40, 1, 1}, {BrokerId(100), 51, -1, -1}};
    const std::vector<client::NodeStatus> nodes;
    const BrokerNames names = BrokerRows::namesOf(metadata, quorum, nodes);
    const auto brokers = BrokerRows::brokers({metadata, disks, quorum, nodes, names});
    QCOMPARE(brokers.size(), std::size_t(4));
    QCOMPARE(brokers[0].cells[BrokerRows::LeadersColumn].bar, 1.0);
    QCOMPARE(brokers[0].cells[BrokerRows::RoleColumn].text, u"broker, voter"_s);
    QCOMPARE(brokers[2].cells[BrokerRows::StateColumn].text, u"down"_s);
    QCOMPARE(brokers[2].cells[BrokerRows::OutOfSyncColumn].text, u"3"_s);
    QCOMPARE(brokers[3].cells[BrokerRows::NameColumn].text, u"controller-100"_s);
    QCOMPARE(brokers[3].cells[BrokerRows::RoleColumn].text, u"controller, quorum leader"_s);
    const auto voters = BrokerRows::quorum(*quorum, names);
    QCOMPARE(voters[0].cells[BrokerRows::LagColumn].text, u"11"_s);
    QCOMPARE(voters[1].cells[BrokerRows::LagColumn].text, u"0"_s);
    const auto directories = BrokerRows::directories(disks, names, -1);
    QCOMPARE(directories.size(), std::size_t(2));
    QCOMPARE(directories[0].cells[BrokerRows::FreeColumn].bar, 0.75);
    QCOMPARE(directories[1].cells[BrokerRows::PathColumn].text, u"no answer"_s);
    QCOMPARE(BrokerRows::directories(disks, names, 2).size(), std::size_t(1));
    const client::Reassignment moving{ids({2}), ids({3})};
    const DiskReport halfway(
        {{BrokerId(1), "/data", {}, 0, 0, {{BrokerId(1), "orders", 0, 300, 0}}},
            {BrokerId(2), "/data", {}, 0, 0, {{BrokerId(2), "orders", 0, 150, 5}}}});
    const auto moves = BrokerRows::moves({{{"orders", 0}, moving}}, metadata, halfway, names);
    QCOMPARE(moves[0].cells[BrokerRows::AddingColumn].text, u"broker-2"_s);
    QCOMPARE(moves[0].cells[BrokerRows::CopiedColumn].bar, 0.5);
}

QTEST_GUILESS_MAIN(TestBrokerModels)
#include "test_brokermodels.moc"
