#include "fakecluster.h"

#include "bridge/clusterpulse.h"
#include "bridge/eventpump.h"
#include "common/segmentedcontrol.h"
#include "common/style.h"
#include "mainwindow.h"
#include "panes/consumedmodel.h"
#include "panes/consumerpane.h"
#include "panes/livefeed.h"
#include "panes/livepage.h"
#include "panes/producerpane.h"
#include "panes/receiptmodel.h"
#include "panes/speedslider.h"
#include "settings.h"
#include "topology/topologyview.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace moldau;
using namespace moldau::widgets;
using moldau::tests::FakeCluster;
using moldau::tests::FakeHost;
using namespace Qt::Literals::StringLiterals;

class TestLivePage : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void everythingHasTheNamesOthersRelyOn();
    void aRecordSentIsAcknowledgedDrawnToldAndRead();
    void aFailedSendIsSaidWhereItHappened();
    void repeatsAtItsRateUntilStopped();
    void thePartitionOfAKeyIsShownBeforeSending();
    void twoConsumersOfAGroupShareThePartitions();
    void readsChosenPartitionsWithoutAGroup();
    void thePictureIsInTheAccessibilityTree();
    void aBrokerIsKilledThroughItsAccessibleAction();
    void aBrokerIsPausedAndGoesOn();
    void aLinkIsCutInThePictureAndHealedThere();
    void theAnimationRestsWhenNothingHappens();
    void pauseHoldsThePictureAndStepMovesIt();
    void modelsKeepTheirPromises();
    void aFrameOfABusyPictureIsFast();
    void navigationShowsPagesAndLanguageOfThings();
    void closingAClusterClosesItsPages();

private:
    template <class T> T* named(const QString& name) const;
    LivePage& live() const { return *qobject_cast<LivePage*>(m_window->page()); }

    std::unique_ptr<FakeCluster> m_cluster;
    std::unique_ptr<FakeHost> m_host;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

template <class T> T* TestLivePage::named(const QString& name) const
{
    for (T* widget : m_window->findChildren<T*>()) {
        if (widget->accessibleName() == name && widget->isVisible())
            return widget;
    }
    return nullptr;
}

void TestLivePage::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    MoldauStyle::install(*qApp, Theme());
}

void TestLivePage::init()
{
    m_cluster = std::make_unique<FakeCluster>();
    m_cluster->addTopic("orders", 3);
    m_host = std::make_unique<FakeHost>();
    m_host->add(m_cluster->parts());
    m_settings = std::make_unique<Settings>();
    m_window = std::make_unique<MainWindow>(*m_host, *m_settings);
    m_window->resize(1440, 900);
    QVERIFY(m_window->openPage(u"live"_s));
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QTRY_COMPARE(m_host->sessions().front()->pulse().brokersUp(), 3);
    QTRY_VERIFY(!live().topology().layoutNow().tiles.empty());
}

void TestLivePage::cleanup()
{
    m_window.reset();
    m_host.reset();
    m_cluster.reset();
}

void TestLivePage::everythingHasTheNamesOthersRelyOn()
{
    QVERIFY(named<QLineEdit>(u"Producer topic"_s));
    QVERIFY(named<QLineEdit>(u"Producer key"_s));
    QVERIFY(named<QPlainTextEdit>(u"Producer value"_s));
    QVERIFY(named<SegmentedControl>(u"Producer acks"_s));
    QVERIFY(named<QPushButton>(u"Send"_s));
    QVERIFY(named<QLineEdit>(u"Consumer topic"_s));
    QVERIFY(named<QLineEdit>(u"Consumer group"_s));
    QVERIFY(named<QPushButton>(u"Start consuming"_s));
    QVERIFY(named<TopologyView>(u"Topology"_s));
    QVERIFY(named<QListView>(u"Events"_s));
    QVERIFY(named<QPushButton>(u"Pause"_s));
    QVERIFY(named<QPushButton>(u"Step"_s));
    QVERIFY(named<SpeedSlider>(u"Speed"_s));
    QTest::mouseClick(named<QPushButton>(u"Start consuming"_s), Qt::LeftButton);
    QVERIFY(named<QPushButton>(u"Stop consuming"_s));
    m_cluster->produce("web", "orders", 0, "k", "v");
    QTRY_VERIFY(named<QTableView>(u"Consumed records"_s));
}

void TestLivePage::aRecordSentIsAcknowledgedDrawnToldAndRead()
{
    live().consumer()->start();
    auto* key = named<QLineEdit>(u"Producer key"_s);
    key->setText(u"customer-17"_s);
    named<QPlainTextEdit>(u"Producer value"_s)->setPlainText(u"{\"price\":9007199254740993}"_s);
    key->setFocus();
    QTest::keyClick(key, Qt::Key_Return, Qt::ControlModifier);
    ReceiptModel& receipts = live().producer()->receipts();
    QTRY_COMPARE(receipts.waiting(), 0);
    QCOMPARE(receipts.rowCount(), 1);
    QTRY_VERIFY(receipts.index(0).data(ReceiptModel::LatencyRole).toString().contains(u"1.2 ms"_s));
    // The record went to the partition of its key, to both followers, and to the consumer pane.
    QTRY_VERIFY(live().topology().board().flows().size() >= 4);
    ConsumedModel& records = live().consumer()->records();
    QTRY_COMPARE(records.rowCount(), 1);
    QCOMPARE(records.index(0, ConsumedModel::KeyColumn).data().toString(), u"customer-17"_s);
    QCOMPARE(records.index(0, ConsumedModel::ValueColumn).data().toString(),
        u"{\"price\":9007199254740993}"_s);
    QTRY_VERIFY(live().feed().events().rowCount() >= 3);
}

void TestLivePage::aFailedSendIsSaidWhereItHappened()
{
    m_cluster->failNextSend(ErrorCode::NotEnoughReplicas);
    live().producer()->send();
    ReceiptModel& receipts = live().producer()->receipts();
    QTRY_COMPARE(receipts.waiting(), 0);
    QVERIFY(receipts.index(0).data(ReceiptModel::IsFailedRole).toBool());
    QCOMPARE(receipts.index(0).data(Qt::ToolTipRole).toString(), u"NOT_ENOUGH_REPLICAS"_s);
}

void TestLivePage::repeatsAtItsRateUntilStopped()
{
    ProducerPane* pane = live().producer();
    pane->setRecord(u"k"_s, u"record {n}"_s);
    pane->setRate(1000);
    live().consumer()->start();
    pane->send();
    QVERIFY(pane->isRepeating());
    ConsumedModel& records = live().consumer()->records();
    QTRY_VERIFY(records.rowCount() > 50);
    pane->send();
    QVERIFY(!pane->isRepeating());
    QVERIFY(pane->receipts().rowCount() <= ReceiptModel::kMaxRows);
    QVERIFY(
        records.index(0, ConsumedModel::ValueColumn).data().toString().startsWith(u"record "_s));
    QVERIFY(records.index(0, ConsumedModel::ValueColumn).data().toString()
        != records.index(1, ConsumedModel::ValueColumn).data().toString());
}

void TestLivePage::thePartitionOfAKeyIsShownBeforeSending()
{
    auto* key = named<QLineEdit>(u"Producer key"_s);
    key->setText(u"abc"_s);
    const QString expected = u"%1 = murmur2(key) mod 3"_s.arg((479470107 & 0x7fffffff) % 3);
    const auto labels = m_window->findChildren<QLabel*>();
    const bool isShown = std::any_of(labels.begin(), labels.end(),
        [&](const QLabel* label) { return label->text() == expected; });
    QVERIFY(isShown);
}

void TestLivePage::twoConsumersOfAGroupShareThePartitions()
{
    live().consumer()->start();
    auto* another = m_window->findChild<ConsumerPane*>();
    emit another->anotherRequested();
    QCOMPARE(m_window->findChildren<ConsumerPane*>().size(), 2);
    ConsumerPane* second = live().consumer();
    QVERIFY(second != another);
    second->start();
    for (int i = 0; i < 6; ++i)
        m_cluster->produce("web", "orders", i % 3, "k", "v");
    QTRY_COMPARE(another->records().rowCount() + second->records().rowCount(), 6);
    QVERIFY(another->records().rowCount() > 0);
    QVERIFY(second->records().rowCount() > 0);
}

void TestLivePage::readsChosenPartitionsWithoutAGroup()
{
    ConsumerPane* pane = live().consumer();
    m_cluster->produce("web", "orders", 1, "k", "before");
    pane->setKind(ConsumerPane::Kind::Partition);
    pane->setStartsAtBeginning(true);
    pane->start();
    QTRY_COMPARE(pane->records().rowCount(), 1);
    pane->stop();
    QCOMPARE(m_cluster->consumers(), 0u);
}

void TestLivePage::thePictureIsInTheAccessibilityTree()
{
    m_cluster->connectClient("order-service", "apache-kafka-java 4.3.1");
    m_cluster->produce("order-service", "orders", 0, "k", "v");
    QTRY_VERIFY(!live().topology().layoutNow().clients.empty());
    QAccessibleInterface* tree = QAccessible::queryAccessibleInterface(&live().topology());
    QVERIFY(tree);
    QStringList names;
    for (int i = 0; i < tree->childCount(); ++i) {
        QAccessibleInterface* child = tree->child(i);
        QVERIFY(child && child->isValid());
        QCOMPARE(child->parent(), tree);
        QCOMPARE(tree->indexOfChild(child), i);
        QVERIFY(!child->rect().isEmpty());
        names.append(child->text(QAccessible::Name));
    }
    QVERIFY(names.contains(u"broker-1, up"_s));
    QVERIFY2(
        names.contains(u"orders 0 on broker-1, leader, in sync"_s), qPrintable(names.join(u'\n')));
    QVERIFY(names.contains(u"orders 0 on broker-2, follower, in sync"_s));
    QVERIFY(names.contains(u"order-service, producer"_s));
}

void TestLivePage::aBrokerIsKilledThroughItsAccessibleAction()
{
    QAccessibleInterface* tree = QAccessible::queryAccessibleInterface(&live().topology());
    QAccessibleInterface* broker = nullptr;
    for (int i = 0; i < tree->childCount(); ++i) {
        if (tree->child(i)->text(QAccessible::Name) == u"broker-1, up"_s)
            broker = tree->child(i);
    }
    QVERIFY(broker && broker->actionInterface());
    QVERIFY(broker->actionInterface()->actionNames().contains(u"kill"_s));
    broker->actionInterface()->doAction(u"kill"_s);
    QTRY_COMPARE(broker->text(QAccessible::Name), u"broker-1, killed"_s);
    QCOMPARE(broker->actionInterface()->actionNames().contains(u"kill"_s), false);
    QTRY_COMPARE(live().feed().playback().model().partition(u"orders"_s, 0)->leader, 2);
    broker->actionInterface()->doAction(u"start"_s);
    QTRY_COMPARE(broker->text(QAccessible::Name), u"broker-1, up"_s);
}

void TestLivePage::aBrokerIsPausedAndGoesOn()
{
    TopologyView& picture = live().topology();
    const TopologyItem broker{TopologyItem::Kind::Broker, 2, {}, 0};
    QVERIFY(picture.actionsOf(broker).contains(NodeAction::Pause));
    picture.trigger(broker, NodeAction::Pause);
    QTRY_COMPARE(picture.nameOf(broker), u"broker-2, paused"_s);
    QCOMPARE(m_cluster->nodes()[2].state, client::NodeState::Paused);
    QCOMPARE(picture.actionsOf(broker), QList({NodeAction::Unpause, NodeAction::Kill}));
    picture.trigger(broker, NodeAction::Unpause);
    QTRY_COMPARE(picture.nameOf(broker), u"broker-2, up"_s);
}

void TestLivePage::aLinkIsCutInThePictureAndHealedThere()
{
    TopologyView& picture = live().topology();
    QMenu menu;
    picture.addFaultEntries(menu, BrokerId(1));
    const auto entry = [&menu](const QString& link, const QString& text) -> QAction* {
        for (QAction* sub : menu.actions()) {
            if (!sub->menu() || sub->text() != link)
                continue;
            for (QAction* action : sub->menu()->actions()) {
                if (action->text() == text)
                    return action;
            }
        }
        return nullptr;
    };
    QAction* cut = entry(u"Link to broker-3"_s, u"Cut"_s);
    QVERIFY(cut);
    cut->trigger();
    QCOMPARE(m_cluster->faults().size(), std::size_t(1));
    QCOMPARE(m_cluster->faults()[0].rule.action, faults::FaultAction::Cut);
    QTRY_COMPARE(picture.layoutNow().faults.size(), std::size_t(1));
    // Another choice for the same link takes its place.
    entry(u"Link to broker-3"_s, u"Slow it by 200 ms"_s)->trigger();
    QTRY_COMPARE(picture.layoutNow().faults.size(), std::size_t(1));
    QCOMPARE(m_cluster->faults()[0].rule.delay.count(), 200);
    const auto isShown = [&] {
        const auto items = picture.items();
        return std::any_of(items.begin(), items.end(), [&](const TopologyItem& item) {
            return item.kind == TopologyItem::Kind::Fault
                && picture.nameOf(item) == u"broker-1 – broker-3: 200 ms"_s;
        });
    };
    QTRY_VERIFY(isShown());
    // It is healed by a screen reader's action as by its menu.
    QAccessibleInterface* tree = QAccessible::queryAccessibleInterface(&picture);
    QAccessibleInterface* fault = tree->child(tree->childCount() - 1);
    QVERIFY(fault->actionInterface()->actionNames().contains(u"heal"_s));
    QVERIFY(picture.itemAt(fault->rect().center() - picture.mapToGlobal(QPoint())).has_value());
    fault->actionInterface()->doAction(u"heal"_s);
    QVERIFY(m_cluster->faults().empty());
    QTRY_VERIFY(picture.layoutNow().faults.empty());
}

void TestLivePage::theAnimationRestsWhenNothingHappens()
{
    live().producer()->send();
    QTRY_VERIFY(live().topology().isAnimating());
    QTRY_VERIFY_WITH_TIMEOUT(
        !live().topology().isAnimating() || live().topology().board().flows().empty(), 15'000);
}

void TestLivePage::pauseHoldsThePictureAndStepMovesIt()
{
    const auto logEnd = [this] {
        return live().feed().playback().model().partition(u"orders"_s, 0)->replica(1)->logEnd;
    };
    m_cluster->produce("web", "orders", 0, "k", "v");
    QTRY_COMPARE(logEnd(), 1);
    QTest::mouseClick(named<QPushButton>(u"Pause"_s), Qt::LeftButton);
    QCOMPARE(live().feed().playback().mode(), Playback::Mode::Paused);
    m_cluster->produce("web", "orders", 0, "k", "v");
    QTRY_VERIFY(live().feed().playback().isBehind());
    QCOMPARE(logEnd(), 1);
    QTest::mouseClick(named<QPushButton>(u"Step"_s), Qt::LeftButton);
    QCOMPARE(logEnd(), 2);
    QTest::mouseClick(named<QPushButton>(u"Pause"_s), Qt::LeftButton);
    QCOMPARE(live().feed().playback().mode(), Playback::Mode::Live);
}

void TestLivePage::modelsKeepTheirPromises()
{
    Session& session = *m_host->sessions().front();
    ReceiptModel receipts(session);
    QAbstractItemModelTester receiptTester(
        &receipts, QAbstractItemModelTester::FailureReportingMode::QtTest);
    ConsumedModel records(session);
    QAbstractItemModelTester recordTester(
        &records, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (int i = 0; i < 400; ++i) {
        const quint64 number = receipts.add(u"orders"_s, -1);
        if (i % 3 == 0)
            receipts.acknowledge(number, {0, i, 0, 1000});
        else
            receipts.fail(number, u"no"_s);
        if (i % 100 == 0)
            QTRY_COMPARE(receipts.rowCount(), std::min(i + 1, ReceiptModel::kMaxRows));
    }
    QTRY_COMPARE(receipts.rowCount(), ReceiptModel::kMaxRows);
    for (int i = 0; i < 30; ++i) {
        std::vector<client::Record> batch(70);
        for (client::Record& record : batch)
            record.offset = i;
        records.add(batch);
    }
    QCOMPARE(records.rowCount(), ConsumedModel::kMaxRows);
}

void TestLivePage::aFrameOfABusyPictureIsFast()
{
    m_cluster->addTopic("clicks", 4);
    m_cluster->addTopic("audit", 3);
    QTRY_COMPARE(live().topology().layoutNow().tiles.size(), 30u);
    int sent = 0;
    const auto isBusy = [&] {
        for (int i = 0; i < 4; ++i, ++sent)
            m_cluster->produce("web", sent % 2 == 0 ? "orders" : "clicks", sent % 3,
                "k" + std::to_string(sent), "v", 10);
        return live().topology().board().dots().size() > 10;
    };
    QTRY_VERIFY(isBusy());
    QImage frame(live().topology().size(), QImage::Format_ARGB32_Premultiplied);
    live().topology().render(&frame);
    QElapsedTimer timer;
    timer.start();
    constexpr int kFrames = 30;
    for (int i = 0; i < kFrames; ++i)
        live().topology().render(&frame);
    const double milliseconds = static_cast<double>(timer.nsecsElapsed()) / 1e6 / kFrames;
    qInfo("a frame with %zu tiles and %zu dots: %.1f ms",
        live().topology().layoutNow().tiles.size(), live().topology().board().dots().size(),
        milliseconds);
    QVERIFY2(milliseconds < 100, "a frame takes far too long even for a busy machine");
}

void TestLivePage::navigationShowsPagesAndLanguageOfThings()
{
    auto* pages = m_window->findChild<QListView*>(u"Pages"_s);
    QVERIFY(pages);
    QAbstractItemModelTester tester(
        pages->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QStringList titles;
    for (int row = 0; row < pages->model()->rowCount(); ++row)
        titles.append(pages->model()->index(row, 0).data().toString());
    QVERIFY(titles.contains(u"Live"_s));
    auto* clusters = m_window->findChild<QListView*>(u"Clusters"_s);
    QCOMPARE(clusters->model()->rowCount(), 1);
    QVERIFY(!m_window->openPage(u"no such page"_s));
}

void TestLivePage::closingAClusterClosesItsPages()
{
    FakeCluster other;
    other.addTopic("letters", 1);
    Session* second = m_host->add(other.parts(u"Other"_s));
    QCOMPARE(m_window->session(), second);
    m_host->close(second);
    QCOMPARE(m_window->session(), m_host->sessions().front());
    m_host->close(m_host->sessions().front());
    QVERIFY(!m_window->session());
    QVERIFY(!m_window->page());
}

QTEST_MAIN(TestLivePage)
#include "test_livepage.moc"
