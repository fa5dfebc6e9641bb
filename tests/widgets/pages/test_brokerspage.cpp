#include "generatedcluster.h"

#include "bridge/clusterpulse.h"
#include "bridge/session.h"
#include "common/messagebar.h"
#include "common/style.h"
#include "models/brokerrows.h"
#include "models/checklistmodel.h"
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

namespace {

SessionParts partsOf(GeneratedCluster& cluster, bool canChange)
{
    SessionParts parts;
    parts.name = u"Staging"_s;
    parts.kind = SessionKind::External;
    parts.bootstrap = u"127.0.0.1:19092"_s;
    parts.connection = &cluster;
    parts.brokerAdmin = &cluster;
    parts.capabilities.canChange = canChange;
    return parts;
}

struct Opened {
    explicit Opened(GeneratedCluster& cluster, bool canChange = true)
        : session(partsOf(cluster, canChange))
        , page(session)
    {
        page.resize(1232, 848);
        page.show();
    }
    template <class T> T* find(const char* name) const
    {
        return page.findChild<T*>(QLatin1String(name));
    }
    QTableView* table(const char* name) const { return find<QTableView>(name); }
    QString cell(const char* name, int row, int column) const
    {
        return table(name)->model()->index(row, column).data().toString();
    }
    QPushButton* button(const char* name) const { return find<QPushButton>(name); }
    void click(const char* name) const { QTest::mouseClick(button(name), Qt::LeftButton); }
    /** What the page says at its top, while it says something. */
    QString said() const
    {
        const auto* bar = page.findChild<MessageBar*>(QString(), Qt::FindDirectChildrenOnly);
        if (!bar || !bar->isVisible())
            return {};
        const auto labels = bar->findChildren<QLabel*>();
        return labels.isEmpty() ? QString() : labels.front()->text();
    }

    Session session;
    BrokersPage page;
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
    QVERIFY(opened.button("Confirm")->isVisible());
    QCOMPARE(opened.table("Reassignments")->model()->rowCount(), 2);
    opened.click("Confirm");
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
    QTRY_COMPARE(opened.table("Replicas that move")->model()->rowCount(), 3);
    partitions->setText(u"zero"_s);
    QTRY_COMPARE(opened.table("Replicas that move")->model()->rowCount(), 0);
    QVERIFY(!opened.button("Start moving")->isEnabled());
    qobject_cast<CheckListModel*>(opened.find<QListView>("Topics to move")->model())->setAll(true);
    QTRY_VERIFY(!partitions->isEnabled());
    opened.find<QSpinBox>("Replicas of each")->setValue(4);
    QTRY_VERIFY(!opened.button("Start moving")->isEnabled());
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
