#include "openedpage.h"

#include "common/emptystate.h"
#include "common/messagebar.h"
#include "common/style.h"
#include "models/topictreemodel.h"
#include "panes/topiccommandbox.h"
#include "panes/topiccreatesheet.h"
#include "panes/topicsheet.h"
#include "panes/topicspage.h"

#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTest>
#include <QTreeView>

using namespace moldau;
using namespace moldau::widgets;
using namespace Qt::Literals::StringLiterals;
using test::GeneratedCluster;
using test::OpenedPage;

namespace {

struct Opened : OpenedPage<TopicsPage> {
    using OpenedPage::OpenedPage;
    QTreeView* tree() const { return find<QTreeView>("Topics"); }
    QStringList names() const
    {
        QStringList names;
        for (QModelIndex index = tree()->model()->index(0, 0); index.isValid();
             index = tree()->indexBelow(index))
            names.append(index.data().toString());
        return names;
    }
    void select(const QString& topic)
    {
        page.open({{u"topic"_s, topic}});
        QTRY_COMPARE(page.findChild<TopicSheet*>()->topic(), topic);
    }
};

} // namespace

class TestTopicsPage : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(u"moldau-test"_s);
        QSettings().clear();
        MoldauStyle::install(*qApp, Theme());
    }
    void showsTopicsAsTheyComeAndGo()
    {
        GeneratedCluster cluster;
        cluster.addTopic("shop.orders", 3, 3, 1000);
        cluster.addTopic("shop.clicks", 3, 3, 1000);
        cluster.addTopic("__consumer_offsets", 50, 3, 0);
        Opened opened(cluster);
        QTRY_COMPARE(opened.names(), (QStringList{u"shop"_s, u"clicks"_s, u"orders"_s}));
        cluster.addTopic("alone", 1, 1, 5);
        opened.session.refresh();
        QTRY_COMPARE(
            opened.names(), (QStringList{u"shop"_s, u"clicks"_s, u"orders"_s, u"alone"_s}));
        opened.find<QPushButton>("Internal");
        opened.page.findChild<QLineEdit*>(u"Filter topics"_s)->setText(u"ord"_s);
        QCOMPARE(opened.names(), QStringList{u"shop.orders"_s});
    }
    void recordsOfWhatIsSeenAreAskedFor()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 3, 3, 1234);
        Opened opened(cluster);
        QTRY_COMPARE(
            opened.tree()->model()->index(0, TopicTreeModel::RecordsColumn).data().toString(),
            u"3,702"_s);
        QTRY_VERIFY(!opened.tree()
                         ->model()
                         ->index(0, TopicTreeModel::SizeColumn)
                         .data()
                         .toString()
                         .isEmpty());
    }
    void tenThousandTopicsAreShownWithoutAskingForEach()
    {
        GeneratedCluster cluster;
        for (int i = 0; i < 10'000; ++i)
            cluster.addTopic("t" + std::to_string(i), 5, 1, 10);
        QElapsedTimer timer;
        timer.start();
        Opened opened(cluster);
        QTRY_COMPARE_WITH_TIMEOUT(opened.tree()->model()->rowCount(), 10'000, 10'000);
        qInfo("10,000 topics shown after %lld ms", static_cast<long long>(timer.elapsed()));
        QVERIFY(timer.elapsed() < 4'000);
    }
    void makesATopicWithSettings()
    {
        GeneratedCluster cluster;
        Opened opened(cluster);
        QTRY_VERIFY(opened.session.isConnected());
        QVERIFY(opened.page.findChild<EmptyState*>());
        opened.page.open({{u"new"_s, true}});
        auto* create = opened.find<QPushButton>("Create topic");
        QCOMPARE(create->accessibleName(), u"Create topic"_s);
        auto* name = opened.find<QLineEdit>("Topic name");
        QCOMPARE(name->accessibleName(), u"Topic name"_s);
        QVERIFY(!create->isEnabled());
        name->setText(u"no spaces"_s);
        QVERIFY(!create->isEnabled());
        name->setText(u"shop.orders"_s);
        opened.find<QSpinBox>("Partitions")->setValue(6);
        opened.find<QSpinBox>("Replicas")->setValue(4);
        QVERIFY(!create->isEnabled()); // more replicas than brokers
        opened.find<QSpinBox>("Replicas")->setValue(3);
        opened.find<QPushButton>("Add a setting")->click();
        auto* sheet = opened.page.findChild<TopicCreateSheet*>();
        auto* setting = sheet->findChild<QComboBox*>();
        setting->setCurrentText(u"retention.ms"_s);
        auto* value = [&]() -> QLineEdit* {
            for (auto* edit : sheet->findChildren<QLineEdit*>()) {
                if (edit->accessibleName() == u"Value"_s)
                    return edit;
            }
            return nullptr;
        }();
        QVERIFY(value);
        value->setText(u"soon"_s);
        QVERIFY(!create->isEnabled());
        value->setText(u"60000"_s);
        QVERIFY(create->isEnabled());
        QVERIFY(sheet->findChild<TopicCommandBox*>()->command().contains(
            u"--partitions 6 --replication-factor 3"_s));
        QTest::mouseClick(create, Qt::LeftButton);
        QTRY_VERIFY(cluster.hasTopic("shop.orders"));
        QTRY_COMPARE(opened.page.findChild<TopicSheet*>()->topic(), u"shop.orders"_s);
        QTRY_VERIFY(opened.page.findChild<TopicSheet*>()->isVisible());
    }
    void creationErrorsStayInTheSheet()
    {
        GeneratedCluster cluster;
        Opened opened(cluster);
        QTRY_VERIFY(opened.session.isConnected());
        opened.page.open({{u"new"_s, true}});
        opened.find<QLineEdit>("Topic name")->setText(u"a"_s);
        cluster.failWith(Error{ErrorCode::PolicyViolation, "Topics need an owner."});
        opened.find<QPushButton>("Create topic")->click();
        auto* sheet = opened.page.findChild<TopicCreateSheet*>();
        QTRY_VERIFY(sheet->findChild<MessageBar*>()->isVisible());
        QCOMPARE(sheet->findChild<MessageBar*>()->accessibleName(), u"Topics need an owner."_s);
        QCOMPARE(opened.find<QLineEdit>("Topic name")->text(), u"a"_s);
    }
    void deletesOnlyAfterThePreviewWasConfirmed()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 3, 3, 1000);
        Opened opened(cluster);
        opened.select(u"orders"_s);
        opened.find<QPushButton>("Delete topic")->click();
        QVERIFY(cluster.hasTopic("orders"));
        auto* confirm = opened.find<QPushButton>("Confirm");
        QVERIFY(confirm->isVisible());
        QTest::mouseClick(confirm, Qt::LeftButton);
        QTRY_VERIFY(!cluster.hasTopic("orders"));
        QTRY_VERIFY(!opened.page.findChild<TopicSheet*>()->isVisible());
        QTRY_VERIFY(opened.names().isEmpty());
    }
    void addsPartitionsAndPurges()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 3, 3, 1000);
        Opened opened(cluster);
        opened.select(u"orders"_s);
        opened.find<QPushButton>("Add partitions")->click();
        opened.find<QSpinBox>("Number")->setValue(5);
        opened.find<QPushButton>("Confirm")->click();
        QTRY_COMPARE(
            opened.tree()->model()->index(0, TopicTreeModel::PartitionsColumn).data().toString(),
            u"5"_s);
        opened.find<QPushButton>("Purge topic")->click();
        opened.find<QPushButton>("Confirm")->click();
        QTRY_COMPARE(
            opened.tree()->model()->index(0, TopicTreeModel::RecordsColumn).data().toString(),
            u"0"_s);
    }
    void readOnlyClustersOfferNoChange()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 3, 3, 1000);
        Opened opened(cluster, false);
        opened.select(u"orders"_s);
        for (const char* name :
            {"Delete topic", "Purge topic", "Add partitions", "Send to this topic"})
            QVERIFY(!opened.find<QPushButton>(name)->isEnabled());
        QVERIFY(opened.find<QPushButton>("Read this topic")->isEnabled());
    }
    void aSilentClusterIsToldAndTriedAgain()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 3, 3, 10);
        cluster.failWith(Error{ErrorCode::LocalTimeout, "no broker answers"});
        Opened opened(cluster);
        auto* bar = opened.page.findChild<MessageBar*>();
        QTRY_VERIFY(bar->isVisible());
        QVERIFY(bar->accessibleName().contains(u"no broker answers"_s));
        cluster.failWith({});
        emit bar->actionTriggered();
        QTRY_COMPARE(opened.names(), QStringList{u"orders"_s});
        QVERIFY(!bar->isVisible());
    }
    void namesStayReadableBesideASheet()
    {
        GeneratedCluster cluster;
        cluster.addTopic("billing.invoices", 3, 3, 10);
        Opened opened(cluster);
        QTRY_COMPARE(opened.names().size(), 1);
        QVERIFY(!opened.tree()->isColumnHidden(TopicTreeModel::ReplicasColumn));
        opened.page.resize(1000, 700);
        opened.select(u"billing.invoices"_s);
        QTRY_VERIFY(opened.tree()->isColumnHidden(TopicTreeModel::ReplicasColumn));
        QVERIFY(opened.tree()->columnWidth(TopicTreeModel::NameColumn) >= Theme::current().px(180));
        QVERIFY(!opened.tree()->isColumnHidden(TopicTreeModel::RecordsColumn));
        opened.page.resize(1800, 700);
        QTRY_VERIFY(!opened.tree()->isColumnHidden(TopicTreeModel::ReplicasColumn));
    }
    void theNewTopicSheetLearnsHowManyBrokersThereAre()
    {
        GeneratedCluster cluster;
        Session session(partsOf(cluster));
        TopicsPage page(session);
        page.show();
        page.open({{u"new"_s, true}});
        QCOMPARE(page.findChild<QSpinBox*>(u"Replicas"_s)->value(), 1);
        QTRY_COMPARE(page.findChild<QSpinBox*>(u"Replicas"_s)->value(), 3);
    }
    void favouritesAreKept()
    {
        GeneratedCluster cluster;
        cluster.addTopic("a", 1, 1, 1);
        cluster.addTopic("b", 1, 1, 1);
        {
            Opened opened(cluster);
            opened.select(u"b"_s);
            opened.find<QPushButton>("Favourite")->click();
        }
        Opened opened(cluster);
        QTRY_COMPARE(opened.names(), (QStringList{u"a"_s, u"★ b"_s}));
    }
};

QTEST_MAIN(TestTopicsPage)
#include "test_topicspage.moc"
