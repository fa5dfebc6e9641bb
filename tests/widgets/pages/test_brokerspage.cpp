#include "openedpage.h"

#include "bridge/clusterpulse.h"
#include "common/messagebar.h"
#include "common/style.h"
#include "models/brokerrows.h"
#include "models/checklistmodel.h"
#include "models/movethrottle.h"
#include "panes/brokerelectionsheet.h"
#include "panes/brokerreassignsheet.h"
#include "panes/brokerspage.h"
#include "panes/brokertab.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTabBar>
#include <QTableView>
#include <QTest>

#include <algorithm>

using namespace moldau;
using namespace moldau::widgets;
using namespace Qt::Literals::StringLiterals;
using test::GeneratedCluster;
using test::OpenedPage;

namespace {

struct Opened : OpenedPage<BrokersPage> {
    using OpenedPage::OpenedPage;
    QTableView* table(const char* name) const { return find<QTableView>(name); }
    QString cell(const char* name, int row, int column) const
    {
        return table(name)->model()->index(row, column).data().toString();
    }
    QPushButton* button(const char* name) const { return find<QPushButton>(name); }
    void click(const char* name) const { QTest::mouseClick(button(name), Qt::LeftButton); }
    /** Answers the question that is asked. */
    void confirm() const
    {
        for (auto* button : page.findChildren<QPushButton*>(u"Confirm"_s)) {
            if (button->isVisible())
                return QTest::mouseClick(button, Qt::LeftButton);
        }
        QFAIL("nothing is asked");
    }
    /** What the page says at its top, while it says something. */
    QString said() const
    {
        const auto* bar = page.findChild<MessageBar*>(QString(), Qt::FindDirectChildrenOnly);
        if (!bar || !bar->isVisible())
            return {};
        const auto labels = bar->findChildren<QLabel*>();
        return labels.isEmpty() ? QString() : labels.front()->text();
    }
};

int replicasOn(const GeneratedCluster&, const Session& session, int broker)
{
    for (const Metadata::BrokerLoad& load : session.metadata()->loads()) {
        if (load.id == broker)
            return load.replicas;
    }
    return 0;
}

} // namespace

class TestBrokersPage : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void brokersControllersAndDisksAreListed();
    void aChosenBrokerNarrowsTheDisks();
    void anElectionIsPreviewedThenHeld();
    void onlyTheSelectedPartitionsAreElected();
    void partitionsMoveToTheChosenBrokersAndBack();
    void aMoveIsCancelledAfterAQuestion();
    void singlePartitionsOfOneTopicCanMove();
    void aLimitBeginsAndEndsWithItsMove();
    void theLimitChangesWhileReplicasMove();
    void anUndoneMoveIsLimitedAsItWas();
    void aCancelledMoveLeavesNoLimit();
    void whatOthersHaveLimitedStaysSo();
    void aLimitThatCantBeSetMovesNothing();
    void aBrokerThatIsDownNeedsNoLimit();
    void whatIsBegunIsWhatWasShown();
    void aLimitThatIsLeftOverIsToldOfAndRemoved();
    void aRateIsReadAsItIsWritten_data();
    void aRateIsReadAsItIsWritten();
    void whatAClusterRefusesIsSaid();
    void aReadOnlyClusterChangesNothing();
};

void TestBrokersPage::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    MoldauStyle::install(*qApp, Theme());
}

void TestBrokersPage::brokersControllersAndDisksAreListed()
{
    GeneratedCluster cluster;
    cluster.addTopic("orders", 6, 3, 1000);
    cluster.addTopic("clicks", 3, 1, 10);
    const Opened opened(cluster);
    QTRY_COMPARE(opened.table("Brokers table")->model()->rowCount(), 6);
    QTRY_COMPARE(opened.cell("Brokers table", 0, BrokerRows::LeadersColumn), u"3"_s);
    QCOMPARE(opened.cell("Brokers table", 0, BrokerRows::ReplicasColumn), u"7"_s);
    QCOMPARE(opened.cell("Brokers table", 0, BrokerRows::AddressColumn), u"127.0.0.1:19092"_s);
    QCOMPARE(
        opened.cell("Brokers table", 3, BrokerRows::RoleColumn), u"controller, quorum leader"_s);
    QCOMPARE(opened.cell("Brokers table", 4, BrokerRows::AddressColumn), u"127.0.0.1:19102"_s);
    QTRY_VERIFY(!opened.cell("Brokers table", 0, BrokerRows::SizeColumn).isEmpty());
    QTRY_COMPARE(opened.table("Quorum")->model()->rowCount(), 6);
    QCOMPARE(opened.cell("Quorum", 2, BrokerRows::LagColumn), u"18"_s);
    QTRY_COMPARE(opened.table("Log directories")->model()->rowCount(), 3);
    QCOMPARE(
        opened.cell("Log directories", 1, BrokerRows::PathColumn), u"/var/lib/kafka/broker-2"_s);
    QTRY_COMPARE(opened.table("Largest replicas")->model()->rowCount(), 21);
    QVERIFY(
        opened.cell("Largest replicas", 0, BrokerRows::PartitionColumn).startsWith(u"orders"_s));
    QCOMPARE(opened.table("Reassignments")->model()->rowCount(), 0);
}

void TestBrokersPage::aChosenBrokerNarrowsTheDisks()
{
    GeneratedCluster cluster;
    cluster.addTopic("orders", 6, 3, 1000);
    Opened opened(cluster);
    QTRY_COMPARE(opened.table("Log directories")->model()->rowCount(), 3);
    opened.page.open({{u"broker"_s, u"2"_s}, {u"tab"_s, u"disks"_s}});
    QTRY_COMPARE(opened.table("Log directories")->model()->rowCount(), 1);
    QCOMPARE(opened.table("Largest replicas")->model()->rowCount(), 6);
    QVERIFY(opened.button("Of all brokers")->isVisible());
    opened.click("Of all brokers");
    QTRY_COMPARE(opened.table("Log directories")->model()->rowCount(), 3);
}

void TestBrokersPage::anElectionIsPreviewedThenHeld()
{
    GeneratedCluster cluster;
    cluster.addTopic("orders", 6, 3, 1000);
    cluster.changeTopic("orders", [](GeneratedCluster::Topic& topic) {
        for (const int away : {1, 2, 4})
            topic.partitions[static_cast<std::size_t>(away)].leader = BrokerId(1);
        std::erase(topic.partitions[4].inSync, BrokerId(2)); // its preferred leader
    });
    Opened opened(cluster);
    QTRY_COMPARE(opened.session.metadata()->electable(), 2);
    opened.page.open({{u"elect"_s, true}});
    QTRY_COMPARE(opened.table("Leaders that move")->model()->rowCount(), 2);
    QCOMPARE(opened.cell("Leaders that move", 0, 0), u"orders 1"_s);
    QCOMPARE(opened.cell("Leaders that move", 0, 1), u"broker-1"_s);
    QCOMPARE(opened.cell("Leaders that move", 0, 2), u"broker-2"_s);
    QTRY_VERIFY(opened.button("Confirm election")->isEnabled());
    opened.click("Confirm election");
    QTRY_COMPARE(opened.session.metadata()->electable(), 0);
    QTRY_COMPARE(opened.said(), u"2 partition(s) are led by their preferred brokers again."_s);
    QVERIFY(!opened.find<QWidget>("Election sheet")->isVisible());
}

void TestBrokersPage::onlyTheSelectedPartitionsAreElected()
{
    GeneratedCluster cluster;
    cluster.addTopic("orders", 6, 3, 1000);
    cluster.changeTopic("orders", [](GeneratedCluster::Topic& topic) {
        for (auto& partition : topic.partitions)
            partition.leader = BrokerId(3);
    });
    Opened opened(cluster);
    QTRY_COMPARE(opened.session.metadata()->electable(), 4);
    opened.page.open({{u"elect"_s, true}});
    QTRY_COMPARE(opened.table("Leaders that move")->model()->rowCount(), 4);
    opened.table("Leaders that move")->selectRow(1);
    opened.click("Confirm election");
    QTRY_COMPARE(opened.session.metadata()->electable(), 3);
    QCOMPARE(opened.session.metadata()->topic(u"orders"_s)->partitions[1].leader, BrokerId(2));
}

void TestBrokersPage::partitionsMoveToTheChosenBrokersAndBack()
{
    GeneratedCluster cluster(4);
    cluster.addTopic("orders", 8, 3, 1000);
    Opened opened(cluster);
    QTRY_VERIFY(opened.session.isConnected());
    opened.page.open({{u"reassign"_s, u"orders"_s}});
    auto* brokers
        = qobject_cast<CheckListModel*>(opened.find<QListView>("Brokers to move to")->model());
    QTRY_COMPARE(brokers->rowCount(), 4);
    brokers->setChecked({u"broker-2"_s, u"broker-3"_s, u"broker-4"_s});
    QTRY_VERIFY(opened.table("Replicas that move")->model()->rowCount() >= 6);
    QTRY_VERIFY(opened.button("Start moving")->isEnabled());
    cluster.holdMoves(true);
    opened.click("Start moving");
    QTRY_VERIFY(opened.table("Reassignments")->model()->rowCount() > 0);
    QVERIFY(opened.table("Reassignments")->isVisible());
    QVERIFY(opened.said().contains(u"have begun to move"_s));
    QTRY_COMPARE(opened.table("Reassignments")
                     ->model()
                     ->index(0, BrokerRows::CopiedColumn)
                     .data(RowsModel::BarRole)
                     .toDouble(),
        0.5);
    cluster.holdMoves(false);
    QTRY_COMPARE_WITH_TIMEOUT(opened.said(), u"The replicas are where they were to go."_s, 10'000);
    QTRY_COMPARE(replicasOn(cluster, opened.session, 1), 0);
    // And back.
    auto* bar = opened.page.findChild<MessageBar*>(QString(), Qt::FindDirectChildrenOnly);
    emit bar->actionTriggered();
    QVERIFY(!opened.find<QListView>("Topics to move")->isVisible());
    QTRY_VERIFY(opened.button("Start moving")->isEnabled());
    opened.click("Start moving");
    QTRY_COMPARE_WITH_TIMEOUT(replicasOn(cluster, opened.session, 1), 6, 10'000);
}

void TestBrokersPage::aMoveIsCancelledAfterAQuestion()
{
    GeneratedCluster cluster(4);
    cluster.addTopic("orders", 8, 3, 1000);
    cluster.holdMoves(true);
    cluster.reassign({{{"orders", 0}, std::vector{BrokerId(4), BrokerId(2), BrokerId(3)}},
                         {{"orders", 1}, std::vector{BrokerId(4), BrokerId(3), BrokerId(1)}}},
        [](auto) {});
    Opened opened(cluster);
    opened.page.open({{u"tab"_s, u"moves"_s}});
    QTRY_COMPARE(opened.table("Reassignments")->model()->rowCount(), 2);
    QTRY_VERIFY(opened.button("Cancel reassignments")->isVisible());
    opened.table("Reassignments")->selectRow(1);
    opened.click("Cancel reassignments");
    QCOMPARE(opened.table("Reassignments")->model()->rowCount(), 2);
    opened.confirm();
    QTRY_COMPARE(opened.table("Reassignments")->model()->rowCount(), 1);
    QCOMPARE(opened.cell("Reassignments", 0, BrokerRows::MovedColumn), u"orders 0"_s);
    QCOMPARE(opened.said(), u"1 reassignment(s) were cancelled."_s);
}

void TestBrokersPage::singlePartitionsOfOneTopicCanMove()
{
    GeneratedCluster cluster(4);
    cluster.addTopic("orders", 8, 3, 1000);
    cluster.addTopic("clicks", 2, 3, 1000);
    Opened opened(cluster);
    QTRY_VERIFY(opened.session.isConnected());
    opened.page.open({{u"reassign"_s, u"orders"_s}});
    auto* brokers
        = qobject_cast<CheckListModel*>(opened.find<QListView>("Brokers to move to")->model());
    brokers->setChecked({u"broker-2"_s, u"broker-3"_s, u"broker-4"_s});
    auto* partitions = opened.find<QLineEdit>("Partitions to move");
    QTRY_VERIFY(partitions->isEnabled());
    partitions->setText(u"0, 2-3"_s);
    // What is chosen but not worked out yet can't be begun.
    QTRY_VERIFY(opened.button("Start moving")->isEnabled());
    partitions->setText(u"0"_s);
    QVERIFY(!opened.button("Start moving")->isEnabled());
    partitions->setText(u"0, 2-3"_s);
    QTRY_COMPARE(opened.table("Replicas that move")->model()->rowCount(), 3);
    partitions->setText(u"zero"_s);
    QTRY_COMPARE(opened.table("Replicas that move")->model()->rowCount(), 0);
    QVERIFY(!opened.button("Start moving")->isEnabled());
    qobject_cast<CheckListModel*>(opened.find<QListView>("Topics to move")->model())->setAll(true);
    QTRY_VERIFY(!partitions->isEnabled());
    opened.find<QSpinBox>("Replicas of each")->setValue(4);
    QTRY_VERIFY(!opened.button("Start moving")->isEnabled());
}

namespace {

/** Chooses to move orders from broker 1 to 4, at a rate. */
void planMove(Opened& opened, const QString& rate)
{
    QTRY_VERIFY(opened.session.isConnected());
    opened.page.open({{u"reassign"_s, u"orders"_s}});
    auto* brokers
        = qobject_cast<CheckListModel*>(opened.find<QListView>("Brokers to move to")->model());
    QTRY_COMPARE(brokers->rowCount(), 4);
    brokers->setChecked({u"broker-2"_s, u"broker-3"_s, u"broker-4"_s});
    opened.find<QLineEdit>("Limit in MB/s")->setText(rate);
    QTRY_COMPARE(opened.table("Replicas that move")->model()->rowCount(), 1);
    QTRY_VERIFY(opened.button("Start moving")->isEnabled());
}

bool isWithoutLimits(const GeneratedCluster& cluster)
{
    const client::ReplicationThrottles throttles = cluster.throttles();
    return throttles.brokers.empty() && throttles.topics.empty();
}

constexpr client::ThrottleRates bothAt(std::int64_t rate)
{
    return {rate, rate};
}

} // namespace

void TestBrokersPage::aLimitBeginsAndEndsWithItsMove()
{
    GeneratedCluster cluster(4);
    cluster.addTopic("orders", 1, 3, 1'000'000); // 300 MB of each replica
    cluster.holdMoves(true);
    Opened opened(cluster);
    planMove(opened, u"2.5"_s);
    const auto says = [&opened](const QString& words) {
        const auto labels = opened.find<QWidget>("Reassignment sheet")->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
            [&words](const QLabel* label) { return label->text().contains(words); });
    };
    QTRY_VERIFY(says(u"At 2.5 MB/s that takes about 2 min"_s));
    QVERIFY(says(u"--throttle 2500000"_s));
    QVERIFY(isWithoutLimits(cluster));
    opened.click("Start moving");
    QTRY_VERIFY(opened.table("Reassignments")->model()->rowCount() > 0);
    client::ReplicationThrottles set = cluster.throttles();
    QCOMPARE(set.brokers.size(), std::size_t(4));
    for (const auto& [broker, rates] : set.brokers)
        QCOMPARE(rates, bothAt(2'500'000));
    const client::ThrottledReplicas kafkas{{"0:1", "0:2", "0:3"}, {"0:4"}};
    QCOMPARE(set.topics["orders"], kafkas);
    // It ends with the move, also when nobody looks.
    QTRY_COMPARE(opened.find<QLineEdit>("Limit of moves")->text(), u"2.5"_s);
    QVERIFY(opened.find<QLineEdit>("Limit of moves")->isVisible());
    opened.page.hide();
    cluster.holdMoves(false);
    QTRY_VERIFY_WITH_TIMEOUT(isWithoutLimits(cluster), 10'000);
    opened.page.show();
    QTRY_VERIFY(!opened.find<QLineEdit>("Limit of moves")->isVisible());
}

void TestBrokersPage::theLimitChangesWhileReplicasMove()
{
    GeneratedCluster cluster(4);
    cluster.addTopic("orders", 1, 3, 1000);
    cluster.holdMoves(true);
    Opened opened(cluster);
    planMove(opened, {});
    opened.click("Start moving");
    auto* rate = opened.find<QLineEdit>("Limit of moves");
    QTRY_VERIFY(rate->isVisible());
    QVERIFY(isWithoutLimits(cluster));
    QVERIFY(!opened.button("Change the limit")->isEnabled());
    QTest::keyClicks(rate, u"5"_s);
    QVERIFY(opened.button("Change the limit")->isEnabled());
    opened.click("Change the limit");
    QTRY_COMPARE(opened.said(), u"Each broker copies at most 5 MB/s now."_s);
    client::ReplicationThrottles set = cluster.throttles();
    QCOMPARE(set.brokers.size(), std::size_t(4));
    QCOMPARE(set.brokers[BrokerId(4)], bothAt(5'000'000));
    const client::ThrottledReplicas kafkas{{"0:1", "0:2", "0:3"}, {"0:4"}};
    QCOMPARE(set.topics["orders"], kafkas);
    rate->selectAll();
    QTest::keyClicks(rate, u"0.5"_s);
    QTest::keyClick(rate, Qt::Key_Return);
    QTRY_COMPARE(cluster.throttles().brokers[BrokerId(1)], bothAt(500'000));
    rate->selectAll();
    QTest::keyClick(rate, Qt::Key_Backspace);
    QTRY_COMPARE(opened.button("Change the limit")->text(), u"Lift"_s);
    QTRY_VERIFY(opened.button("Change the limit")->isEnabled());
    opened.click("Change the limit");
    QTRY_VERIFY(isWithoutLimits(cluster));
    QCOMPARE(opened.table("Reassignments")->model()->rowCount(), 1);
}

void TestBrokersPage::anUndoneMoveIsLimitedAsItWas()
{
    GeneratedCluster cluster(4);
    cluster.addTopic("orders", 1, 3, 1000);
    cluster.holdMoves(true);
    Opened opened(cluster);
    planMove(opened, u"1"_s);
    opened.click("Start moving");
    QTRY_VERIFY(opened.said().contains(u"have begun to move"_s));
    auto* bar = opened.page.findChild<MessageBar*>(QString(), Qt::FindDirectChildrenOnly);
    cluster.holdMoves(false);
    QTRY_COMPARE_WITH_TIMEOUT(opened.said(), u"The replicas are where they were to go."_s, 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(isWithoutLimits(cluster), 10'000);
    cluster.holdMoves(true);
    emit bar->actionTriggered();
    QTRY_VERIFY(opened.button("Start moving")->isEnabled());
    QCOMPARE(opened.find<QLineEdit>("Limit in MB/s")->text(), QString());
    opened.find<QLineEdit>("Limit in MB/s")->setText(u"3"_s);
    opened.click("Start moving");
    QTRY_COMPARE(cluster.throttles().brokers[BrokerId(1)], bothAt(3'000'000));
    // In the middle of it, the limit of now is offered for the way back.
    QTRY_VERIFY(opened.table("Reassignments")->model()->rowCount() > 0);
    emit bar->actionTriggered();
    QTRY_VERIFY(opened.find<QWidget>("Reassignment sheet")->isVisible());
    QCOMPARE(opened.find<QLineEdit>("Limit in MB/s")->text(), u"3"_s);
    cluster.holdMoves(false);
    QTRY_VERIFY_WITH_TIMEOUT(isWithoutLimits(cluster), 10'000);
}

void TestBrokersPage::aCancelledMoveLeavesNoLimit()
{
    GeneratedCluster cluster(4);
    cluster.addTopic("orders", 1, 3, 1000);
    cluster.holdMoves(true);
    Opened opened(cluster);
    planMove(opened, u"1"_s);
    opened.click("Start moving");
    QTRY_VERIFY(opened.button("Cancel reassignments")->isVisible());
    opened.click("Cancel reassignments");
    QVERIFY(!isWithoutLimits(cluster));
    opened.confirm();
    QTRY_COMPARE(opened.table("Reassignments")->model()->rowCount(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(isWithoutLimits(cluster), 10'000);
}

void TestBrokersPage::whatOthersHaveLimitedStaysSo()
{
    GeneratedCluster cluster(4);
    cluster.addTopic("orders", 1, 3, 1000);
    client::ReplicationThrottles theirs;
    theirs.brokers[BrokerId(1)] = {std::nullopt, 70};
    theirs.brokers[BrokerId(2)] = bothAt(70);
    theirs.topics["orders"] = {{"*"}, {"0:2", "7:4"}};
    theirs.topics["clicks"] = {{"*"}, {"*"}};
    cluster.setThrottlesTo(theirs);
    cluster.holdMoves(true);
    Opened opened(cluster);
    planMove(opened, u"1"_s);
    opened.click("Start moving");
    QTRY_COMPARE(cluster.throttles().brokers[BrokerId(2)], bothAt(1'000'000));
    client::ReplicationThrottles both = cluster.throttles();
    const client::ThrottledReplicas added{{"*"}, {"0:2", "0:4", "7:4"}};
    QCOMPARE(both.topics["orders"], added);
    // Somebody changes a rate meanwhile: it is theirs from then on.
    both.brokers[BrokerId(3)] = {1'000'000, 9};
    cluster.setThrottlesTo(both);
    cluster.holdMoves(false);
    QTRY_VERIFY_WITH_TIMEOUT(!MoveThrottle::of(opened.session).isHolding(), 10'000);
    theirs.brokers[BrokerId(3)] = {std::nullopt, 9};
    QTRY_COMPARE(cluster.throttles().brokers, theirs.brokers);
    QCOMPARE(cluster.throttles().topics, theirs.topics);
}

void TestBrokersPage::aLimitThatCantBeSetMovesNothing()
{
    GeneratedCluster cluster(4);
    cluster.addTopic("orders", 1, 3, 1000);
    client::ReplicationThrottles refusing;
    refusing.brokerProblems[BrokerId(4)] = {ErrorCode::ClusterAuthorizationFailed, "You may not."};
    cluster.setThrottlesTo(refusing);
    cluster.holdMoves(true);
    Opened opened(cluster);
    planMove(opened, u"1"_s);
    opened.click("Start moving");
    const auto isSaid = [&opened] {
        const auto labels = opened.find<QWidget>("Reassignment sheet")->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->isVisible()
                && label->text()
                == u"The limit can't be set, so nothing moves. broker-4: You may not."_s;
        });
    };
    QTRY_VERIFY(isSaid());
    QVERIFY(isWithoutLimits(cluster));
    QCOMPARE(opened.table("Reassignments")->model()->rowCount(), 0);
    QVERIFY(opened.button("Start moving")->isEnabled());
}

void TestBrokersPage::aBrokerThatIsDownNeedsNoLimit()
{
    GeneratedCluster cluster(4);
    cluster.addTopic("orders", 1, 3, 1000);
    client::ReplicationThrottles refusing;
    refusing.brokerProblems[BrokerId(9)] = {ErrorCode::LocalConnectionRefused, "Refused."};
    cluster.setThrottlesTo(refusing);
    cluster.changeTopic("orders", [](GeneratedCluster::Topic& topic) {
        topic.partitions[0].replicas = {BrokerId(2), BrokerId(3), BrokerId(9)};
        topic.partitions[0].inSync = {BrokerId(2), BrokerId(3)};
        topic.partitions[0].leader = BrokerId(2);
    });
    cluster.holdMoves(true);
    Opened opened(cluster);
    planMove(opened, u"1"_s);
    opened.click("Start moving");
    QTRY_VERIFY(opened.table("Reassignments")->model()->rowCount() > 0);
    const client::ReplicationThrottles set = cluster.throttles();
    QCOMPARE(set.brokers.size(), std::size_t(3));
    QVERIFY(!set.brokers.contains(BrokerId(9)));
}

void TestBrokersPage::whatIsBegunIsWhatWasShown()
{
    GeneratedCluster cluster(4);
    cluster.addTopic("orders", 1, 1, 1000);
    cluster.holdMoves(true);
    Opened opened(cluster);
    QTRY_VERIFY(opened.session.isConnected());
    opened.page.open({{u"reassign"_s, u"orders"_s}});
    auto* brokers
        = qobject_cast<CheckListModel*>(opened.find<QListView>("Brokers to move to")->model());
    QTRY_COMPARE(brokers->rowCount(), 4);
    brokers->setChecked({u"broker-2"_s});
    opened.find<QLineEdit>("Limit in MB/s")->setText(u"1"_s);
    QTRY_VERIFY(opened.button("Start moving")->isEnabled());
    // Another choice while nothing is answered: the limit and the move are about one plan.
    cluster.hold(true);
    opened.click("Start moving");
    brokers->setChecked({u"broker-3"_s});
    QTRY_COMPARE(opened.cell("Replicas that move", 0, 2), u"3"_s);
    cluster.hold(false);
    QTRY_COMPARE(opened.cell("Reassignments", 0, BrokerRows::AddingColumn), u"broker-2"_s);
    const client::ReplicationThrottles set = cluster.throttles();
    QCOMPARE(set.brokers.size(), std::size_t(2));
    QVERIFY(set.brokers.contains(BrokerId(2)));
    QVERIFY(set.topics.at("orders").asFollowers.contains("0:2"));
}

void TestBrokersPage::aLimitThatIsLeftOverIsToldOfAndRemoved()
{
    GeneratedCluster cluster(3);
    cluster.addTopic("orders", 1, 3, 1000);
    client::ReplicationThrottles left;
    left.brokers[BrokerId(1)] = bothAt(10'000'000);
    left.brokers[BrokerId(2)] = {std::nullopt, 10'000'000};
    left.topics["orders"] = {{"0:1", "0:2"}, {"0:3"}};
    cluster.setThrottlesTo(left);
    Opened opened(cluster);
    QTRY_VERIFY(opened.button("Remove the limit")->isVisible());
    const auto labels = opened.page.findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
        return label->isVisible()
            && label->text()
            == u"Nothing moves, but replication is still limited to 10 MB/s on broker-1, broker-2."_s;
    }));
    opened.click("Remove the limit");
    QVERIFY(!isWithoutLimits(cluster));
    opened.confirm();
    QTRY_VERIFY(isWithoutLimits(cluster));
    QTRY_COMPARE(opened.said(), u"The limit of replication is removed."_s);
    QTRY_VERIFY(!opened.button("Remove the limit")->isVisible());
    // Who may only look is told of it, no more.
    cluster.setThrottlesTo(left);
    Opened looking(cluster, false);
    QTRY_VERIFY(looking.button("Remove the limit")->parentWidget()->isVisible());
    QVERIFY(!looking.button("Remove the limit")->isVisible());
}

void TestBrokersPage::aRateIsReadAsItIsWritten_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("rate");
    QTest::addColumn<QString>("again");
    QTest::newRow("nothing") << QString() << qint64(0) << QString();
    QTest::newRow("whole") << u" 10 "_s << qint64(10'000'000) << u"10"_s;
    QTest::newRow("with decimals") << u"2.5"_s << qint64(2'500'000) << u"2.5"_s;
    QTest::newRow("a kilobyte") << u"0.001"_s << qint64(1'000) << u"0.001"_s;
    QTest::newRow("zero") << u"0"_s << qint64(-1) << QString();
    QTest::newRow("less") << u"-1"_s << qint64(-1) << QString();
    QTest::newRow("words") << u"fast"_s << qint64(-1) << QString();
    QTest::newRow("beyond all") << u"1e12"_s << qint64(-1) << QString();
}

void TestBrokersPage::aRateIsReadAsItIsWritten()
{
    QFETCH(QString, text);
    QFETCH(qint64, rate);
    QFETCH(QString, again);
    QCOMPARE(parseRate(text), rate);
    QCOMPARE(rateText(std::max<qint64>(rate, 0)), again);
}

void TestBrokersPage::whatAClusterRefusesIsSaid()
{
    GeneratedCluster cluster;
    cluster.addTopic("orders", 3, 3, 10);
    cluster.changeTopic(
        "orders", [](GeneratedCluster::Topic& topic) { topic.partitions[1].leader = BrokerId(1); });
    const QString why = u"This cluster doesn't know the request; newer versions of Kafka do."_s;
    cluster.refuseBrokerAdmin(Error{ErrorCode::LocalUnsupported, why.toStdString()});
    Opened opened(cluster);
    const auto says = [&opened, &why](const char* tab) {
        const auto labels = opened.find<QTableView>(tab)->parentWidget()->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
            [&why](const QLabel* label) { return label->text().contains(why); });
    };
    QTRY_VERIFY(says("Quorum"));
    QTRY_VERIFY(says("Log directories"));
    QTRY_VERIFY(says("Reassignments"));
    // The metadata tell enough for the brokers themselves.
    QTRY_COMPARE(opened.table("Brokers table")->model()->rowCount(), 3);
    opened.page.open({{u"elect"_s, true}});
    QTRY_VERIFY(opened.button("Confirm election")->isEnabled());
    opened.click("Confirm election");
    const auto* sheet = opened.find<QWidget>("Election sheet");
    const auto isSaid = [&] {
        const auto labels = sheet->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
            [&why](const QLabel* label) { return label->isVisible() && label->text() == why; });
    };
    QTRY_VERIFY(isSaid());
}

void TestBrokersPage::aReadOnlyClusterChangesNothing()
{
    GeneratedCluster cluster;
    cluster.addTopic("orders", 3, 3, 10);
    cluster.changeTopic(
        "orders", [](GeneratedCluster::Topic& topic) { topic.partitions[1].leader = BrokerId(1); });
    Opened opened(cluster, false);
    QTRY_COMPARE(opened.session.metadata()->electable(), 1);
    QVERIFY(!opened.button("Reassign partitions")->isEnabled());
    QVERIFY(!opened.button("Reassign partitions")->toolTip().isEmpty());
    opened.page.open({{u"elect"_s, true}});
    QTRY_COMPARE(opened.table("Leaders that move")->model()->rowCount(), 1);
    QVERIFY(!opened.button("Confirm election")->isEnabled());
}

QTEST_MAIN(TestBrokersPage)
#include "test_brokerspage.moc"
