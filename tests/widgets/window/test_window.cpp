// The window over the real engine: what a person does with it, from end to end.
#include "enginewindow.h"

#include "bridge/clusterpulse.h"
#include "bridge/reply.h"
#include "models/brokerrows.h"
#include "models/checklistmodel.h"
#include "models/messagemodel.h"
#include "panes/brokerspage.h"
#include "panes/composeeditor.h"
#include "panes/composefindings.h"
#include "panes/composepage.h"
#include "panes/consumedmodel.h"
#include "panes/consumerpane.h"
#include "panes/livefeed.h"
#include "panes/livepage.h"
#include "panes/messagedetail.h"
#include "panes/messagespage.h"
#include "panes/messageview.h"
#include "panes/producerpane.h"
#include "panes/receiptmodel.h"
#include "panes/topicspage.h"
#include "topology/topologyview.h"

#include <QAccessible>
#include <QComboBox>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QTreeView>

#include <set>

using namespace moldau;
using namespace moldau::widgets;
using moldau::tests::EngineWindow;
using namespace Qt::Literals::StringLiterals;

class TestWindow : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void aRecordTravelsFromPaneToPaneBeforeYourEyes();
    void aKilledBrokerGreysItsLeadersMoveAndItComesBack();
    void aStoppedBrokerHandsItsLeadersOver();
    void aPausedBrokerIsDrawnAsSuchAndLosesItsLeaders();
    void aDisturbedLinkIsDrawnToldAndHealed();
    void votersElectAnotherLeaderBeforeYourEyes();
    void partitionsMoveFromTheBrokersPage();
    void aMoveIsHeldBackAsLongAsItTakes();
    void topicsAreMadeAndDeletedOnTheirPage();
    void aRecordIsFoundByItsTextAndShownWhole();
    void theCoursesFileWithTabsIsExplainedRepairedAndStarted();
    void theKeyboardAloneIsEnough();
    void startingAnewLeavesNothingBehind();
    void theClusterIsThereAgainWithItsRecords();

private:
    LivePage* live() const { return m_open->page<LivePage>(); }
    const TopologyModel& picture() const { return live()->feed().playback().model(); }
    void makeTopic(const QString& name, int partitions, int replicas);
    void send(const QString& topic, const QString& key, const QString& value);
    QAccessibleInterface* brokerCard(const QString& broker) const;
    bool isLeading(int broker, const QString& topic) const;
    /** A sentence of the time line says so. */
    bool isTold(const QString& words) const;
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    void type(const QString& text);
    void tabTo(const QString& name);
    void chooseInMenu(const QString& text);

    std::unique_ptr<EngineWindow> m_open;
};

void TestWindow::init()
{
    m_open = std::make_unique<EngineWindow>();
    QVERIFY(QTest::qWaitForWindowExposed(&m_open->window()));
    QTRY_VERIFY(m_open->session());
    QTRY_COMPARE(m_open->session()->pulse().brokersUp(), 3);
}

void TestWindow::cleanup()
{
    m_open.reset();
}

/** Makes a topic as a person does it, from the Live page on. */
void TestWindow::makeTopic(const QString& name, int partitions, int replicas)
{
    QVERIFY(m_open->window().openPage(u"live"_s));
    QTest::mouseClick(m_open->named<QPushButton>(u"New topic"_s), Qt::LeftButton);
    QTRY_VERIFY(m_open->named<QLineEdit>(u"Topic name"_s));
    QTest::keyClicks(m_open->named<QLineEdit>(u"Topic name"_s), name);
    m_open->named<QSpinBox>(u"Partitions"_s)->setValue(partitions);
    m_open->named<QSpinBox>(u"Replicas"_s)->setValue(replicas);
    auto* create = m_open->named<QPushButton>(u"Create topic"_s);
    QTRY_VERIFY(create->isEnabled());
    QTest::mouseClick(create, Qt::LeftButton);
    QTRY_VERIFY(m_open->isReady(name, partitions, replicas));
}

void TestWindow::send(const QString& topic, const QString& key, const QString& value)
{
    QVERIFY(m_open->window().openPage(u"live"_s));
    m_open->named<QLineEdit>(u"Producer topic"_s)->setText(topic);
    m_open->named<QLineEdit>(u"Producer key"_s)->setText(key);
    m_open->named<QPlainTextEdit>(u"Producer value"_s)->setPlainText(value);
    const int before = live()->producer()->receipts().rowCount();
    QTest::mouseClick(m_open->named<QPushButton>(u"Send"_s), Qt::LeftButton);
    ReceiptModel& receipts = live()->producer()->receipts();
    QTRY_VERIFY(receipts.rowCount() > before && receipts.waiting() == 0);
    QVERIFY2(!receipts.index(0).data(ReceiptModel::IsFailedRole).toBool(),
        qPrintable(receipts.index(0).data(Qt::ToolTipRole).toString()));
}

/** The broker's card in the accessibility tree, as a screen reader finds it: "broker-2, up". */
QAccessibleInterface* TestWindow::brokerCard(const QString& broker) const
{
    QAccessibleInterface* tree = QAccessible::queryAccessibleInterface(&live()->topology());
    for (int i = 0; i < tree->childCount(); ++i) {
        QAccessibleInterface* child = tree->child(i);
        if (child->role() == QAccessible::Button
            && child->text(QAccessible::Name).startsWith(broker + u","_s))
            return child;
    }
    return nullptr;
}

bool TestWindow::isTold(const QString& words) const
{
    const EventListModel& events = live()->feed().events();
    for (int row = 0; row < events.rowCount(); ++row) {
        if (events.index(row, 0).data().toString().contains(words))
            return true;
    }
    return false;
}

bool TestWindow::isLeading(int broker, const QString& topic) const
{
    const ShownTopic* shown = picture().topic(topic);
    return shown
        && std::any_of(shown->partitions.begin(), shown->partitions.end(),
            [broker](const ShownPartition& partition) { return partition.leader == broker; });
}

void TestWindow::aRecordTravelsFromPaneToPaneBeforeYourEyes()
{
    makeTopic(u"orders"_s, 3, 3);
    QVERIFY(m_open->window().openPage(u"live"_s, {{u"topic"_s, u"orders"_s}}));
    // Nine replicas are on the brokers' cards.
    QTRY_COMPARE(live()->topology().layoutNow().tiles.size(), std::size_t(9));
    m_open->named<QLineEdit>(u"Consumer topic"_s)->setText(u"orders"_s);
    m_open->named<QLineEdit>(u"Consumer group"_s)->setText(u"billing"_s);
    live()->consumer()->setStartsAtBeginning(true);
    QTest::mouseClick(m_open->named<QPushButton>(u"Start consuming"_s), Qt::LeftButton);

    send(u"orders"_s, u"customer-17"_s, u"{\"price\":9007199254740993}"_s);
    std::set<std::pair<FlowKind, int>> legs; // kind and the broker that it leads to
    int partition = -1;
    const auto hasTravelled = [&] {
        for (const Flow& flow : live()->topology().board().flows()) {
            if (flow.topic == u"orders"_s) {
                legs.emplace(flow.kind, flow.kind == FlowKind::Deliver ? 0 : flow.to.broker);
                partition = flow.partition;
            }
        }
        return legs.size() >= 4;
    };
    QTRY_VERIFY_WITH_TIMEOUT(hasTravelled(), 15'000);
    const int leader = picture().partition(u"orders"_s, partition)->leader;
    QVERIFY(legs.contains({FlowKind::Produce, leader}));
    QVERIFY(legs.contains({FlowKind::Deliver, 0}));
    for (int broker = 1; broker <= 3; ++broker)
        QCOMPARE(legs.contains({FlowKind::Replicate, broker}), broker != leader);

    ConsumedModel& records = live()->consumer()->records();
    QTRY_COMPARE_WITH_TIMEOUT(records.rowCount(), 1, 15'000);
    QCOMPARE(records.index(0, ConsumedModel::KeyColumn).data().toString(), u"customer-17"_s);
    QCOMPARE(records.index(0, ConsumedModel::ValueColumn).data().toString(),
        u"{\"price\":9007199254740993}"_s);
    // The log strips of all three replicas have moved, and the time line tells of it.
    for (int broker = 1; broker <= 3; ++broker)
        QTRY_COMPARE(picture().partition(u"orders"_s, partition)->replica(broker)->logEnd, 1);
    QTRY_VERIFY(live()->feed().events().rowCount() >= 3);
}

void TestWindow::aKilledBrokerGreysItsLeadersMoveAndItComesBack()
{
    makeTopic(u"orders"_s, 6, 3);
    QVERIFY(m_open->window().openPage(u"live"_s));
    QTRY_VERIFY(isLeading(2, u"orders"_s));
    QAccessibleInterface* card = brokerCard(u"broker-2"_s);
    QVERIFY(card);
    QCOMPARE(card->text(QAccessible::Name), u"broker-2, up"_s);
    card->actionInterface()->doAction(u"kill"_s);
    QTRY_COMPARE(card->text(QAccessible::Name), u"broker-2, killed"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!isLeading(2, u"orders"_s), 10'000);
    QTRY_COMPARE(m_open->session()->pulse().brokersUp(), 2);
    // The others serve: a record is acknowledged by all that are in sync.
    send(u"orders"_s, u"k"_s, u"while broker-2 is away"_s);
    card = brokerCard(u"broker-2"_s);
    QVERIFY(card->actionInterface()->actionNames().contains(u"start"_s));
    card->actionInterface()->doAction(u"start"_s);
    QTRY_COMPARE_WITH_TIMEOUT(card->text(QAccessible::Name), u"broker-2, up"_s, 10'000);
    const auto isInSyncAgain = [this] {
        const ShownTopic* topic = picture().topic(u"orders"_s);
        return std::all_of(topic->partitions.begin(), topic->partitions.end(),
            [](const ShownPartition& partition) {
                const ShownReplica* replica = partition.replica(2);
                return replica && replica->isInSync && !replica->isOffline;
            });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isInSyncAgain(), 20'000);
}

void TestWindow::aStoppedBrokerHandsItsLeadersOver()
{
    makeTopic(u"orders"_s, 6, 3);
    QVERIFY(m_open->window().openPage(u"live"_s));
    QTRY_VERIFY(isLeading(3, u"orders"_s));
    QAccessibleInterface* card = brokerCard(u"broker-3"_s);
    QVERIFY(card->actionInterface()->actionNames().contains(u"stop"_s));
    card->actionInterface()->doAction(u"stop"_s);
    QTRY_COMPARE_WITH_TIMEOUT(card->text(QAccessible::Name), u"broker-3, stopped"_s, 10'000);
    QTRY_VERIFY(!isLeading(3, u"orders"_s));
}

void TestWindow::aPausedBrokerIsDrawnAsSuchAndLosesItsLeaders()
{
    makeTopic(u"orders"_s, 3, 3);
    QVERIFY(m_open->window().openPage(u"live"_s));
    QTRY_VERIFY(isLeading(1, u"orders"_s));
    brokerCard(u"broker-1"_s)->actionInterface()->doAction(u"pause"_s);
    QTRY_COMPARE(brokerCard(u"broker-1"_s)->text(QAccessible::Name), u"broker-1, paused"_s);
    QTRY_VERIFY(isTold(u"broker-1 was paused"_s));
    // Its connections stay, so that only the session tells the controller.
    QTRY_VERIFY_WITH_TIMEOUT(!isLeading(1, u"orders"_s), 30'000);
    QTRY_VERIFY(isTold(u"the session of broker-1 timed out"_s));
    brokerCard(u"broker-1"_s)->actionInterface()->doAction(u"unpause"_s);
    QTRY_COMPARE_WITH_TIMEOUT(
        brokerCard(u"broker-1"_s)->text(QAccessible::Name), u"broker-1, up"_s, 20'000);
}

void TestWindow::aDisturbedLinkIsDrawnToldAndHealed()
{
    makeTopic(u"orders"_s, 3, 3);
    QVERIFY(m_open->window().openPage(u"live"_s));
    QMenu menu;
    live()->topology().addFaultEntries(menu, BrokerId(1));
    QMenu* link = nullptr;
    for (QAction* entry : menu.actions()) {
        if (entry->menu() && entry->text() == u"Link to broker-2"_s)
            link = entry->menu();
    }
    QVERIFY(link);
    link->actions().at(1)->trigger();
    QTRY_COMPARE(live()->topology().layoutNow().faults.size(), std::size_t(1));
    QTRY_VERIFY(isTold(u"The link between broker-1 and broker-2 was slowed: what is sent over it "
                       "comes 200 ms later."_s));
    link->actions().first()->trigger();
    const auto isCut = [this] {
        return picture().faults().size() == 1
            && picture().faults()[0].rule.action == faults::FaultAction::Cut;
    };
    QTRY_VERIFY(isCut());
    QTRY_VERIFY(isTold(u"The link between broker-1 and broker-2 was cut"_s));
    QVERIFY(!isTold(u"The link between broker-1 and broker-2 is as fast as before."_s));
    QCOMPARE(live()->topology().layoutNow().faults.size(), std::size_t(1));
    QAction* heal = nullptr;
    for (QAction* action : m_open->window().actions()) {
        if (action->text() == u"Heal all faults"_s)
            heal = action;
    }
    QVERIFY(heal);
    QTRY_VERIFY(heal->isEnabled());
    heal->trigger();
    QTRY_VERIFY(live()->topology().layoutNow().faults.empty());
    QTRY_VERIFY(isTold(u"The link between broker-1 and broker-2 is whole again."_s));
    QTRY_VERIFY_WITH_TIMEOUT(m_open->isReady(u"orders"_s, 3, 3), 20'000);
}

void TestWindow::votersElectAnotherLeaderBeforeYourEyes()
{
    m_open.reset();
    m_open = std::make_unique<EngineWindow>(EngineWindow::Cluster::ThreeControllers);
    QTRY_VERIFY_WITH_TIMEOUT(m_open->session(), 20'000);
    QTRY_COMPARE(m_open->session()->pulse().brokersUp(), 3);
    QVERIFY(m_open->window().openPage(u"live"_s));
    QCOMPARE(picture().voters().size(), std::size_t(3));
    const auto leader = [this]() -> int {
        for (std::size_t i = 0; i < picture().voters().size(); ++i) {
            if (picture().voters()[i].isLeader && picture().voters()[i].state == BrokerState::Up)
                return static_cast<int>(i);
        }
        return -1;
    };
    // The window was not there when it was elected: the quorum is asked.
    QTRY_VERIFY_WITH_TIMEOUT(leader() >= 0 && picture().controllerEpoch() > 0, 20'000);
    const int before = leader();
    const int epoch = picture().controllerEpoch();
    const QString name = picture().voters()[std::size_t(before)].name;
    live()->topology().trigger({TopologyItem::Kind::Voter, before, {}, 0}, NodeAction::Kill);
    QTRY_VERIFY_WITH_TIMEOUT(leader() >= 0 && leader() != before, 20'000);
    QVERIFY(picture().controllerEpoch() > epoch);
    QCOMPARE(picture().voters()[std::size_t(before)].state, BrokerState::Killed);
    QTRY_VERIFY(isTold(u"%1 was killed."_s.arg(name)));
    // The Brokers page tells the same.
    QVERIFY(m_open->window().openPage(u"brokers"_s));
    const auto* quorum = m_open->page<BrokersPage>()->findChild<QTableView*>(u"Quorum"_s);
    const auto roles = [quorum] {
        QStringList roles;
        for (int row = 0; row < quorum->model()->rowCount(); ++row)
            roles.append(
                quorum->model()->index(row, BrokerRows::QuorumRoleColumn).data().toString());
        return roles;
    };
    QTRY_COMPARE_WITH_TIMEOUT(roles().count(u"leader"_s), 1, 20'000);
    QCOMPARE(roles().count(u"voter"_s), 2);
    QTRY_COMPARE(roles().count(u"observer"_s), 3);
}

void TestWindow::partitionsMoveFromTheBrokersPage()
{
    makeTopic(u"orders"_s, 2, 1);
    send(u"orders"_s, u"k"_s, u"tea"_s);
    QVERIFY(m_open->window().openPage(u"brokers"_s, {{u"reassign"_s, u"orders"_s}}));
    auto* brokers = qobject_cast<CheckListModel*>(
        m_open->page<BrokersPage>()->findChild<QListView*>(u"Brokers to move to"_s)->model());
    QTRY_COMPARE(brokers->rowCount(), 3);
    brokers->setChecked({u"broker-3"_s});
    const auto* plan = m_open->page<BrokersPage>()->findChild<QTableView*>(u"Replicas that move"_s);
    QTRY_VERIFY(plan->model()->rowCount() > 0);
    QTRY_VERIFY(m_open->named<QPushButton>(u"Start moving"_s)->isEnabled());
    QTest::mouseClick(m_open->named<QPushButton>(u"Start moving"_s), Qt::LeftButton);
    const auto isThere = [this] {
        const client::TopicDescription* topic = m_open->session()->metadata()->topic(u"orders"_s);
        return std::all_of(topic->partitions.begin(), topic->partitions.end(),
            [](const client::PartitionDescription& partition) {
                return partition.replicas == std::vector{BrokerId(3)}
                && partition.leader == BrokerId(3);
            });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isThere(), 20'000);
}

void TestWindow::aMoveIsHeldBackAsLongAsItTakes()
{
    makeTopic(u"orders"_s, 1, 1);
    Session& session = *m_open->session();
    int sent = 0;
    for (int i = 0; i < 300; ++i) {
        client::RecordToSend record;
        record.topic = "orders";
        record.value = Bytes(10'000, 'x');
        session.connection().send(std::move(record),
            replyTo<client::SendReceipt>(
                this, [&](const auto& receipt) { sent += receipt.has_value(); }));
    }
    QTRY_COMPARE_WITH_TIMEOUT(sent, 300, 20'000);
    const auto partition
        = [&session] { return session.metadata()->topic(u"orders"_s)->partitions.front(); };
    const BrokerId from = partition().leader;
    const BrokerId to(from.value() % 3 + 1);
    QVERIFY(m_open->window().openPage(u"brokers"_s, {{u"reassign"_s, u"orders"_s}}));
    auto* page = m_open->page<BrokersPage>();
    auto* brokers = qobject_cast<CheckListModel*>(
        page->findChild<QListView*>(u"Brokers to move to"_s)->model());
    QTRY_COMPARE(brokers->rowCount(), 3);
    brokers->setChecked({session.nameOf(to)});
    page->findChild<QLineEdit*>(u"Limit in MB/s"_s)->setText(u"0.001"_s);
    QTRY_VERIFY(m_open->named<QPushButton>(u"Start moving"_s)->isEnabled());
    QTest::mouseClick(m_open->named<QPushButton>(u"Start moving"_s), Qt::LeftButton);
    const auto throttles = [&session, this] {
        auto found = std::make_shared<std::optional<client::ReplicationThrottles>>();
        session.brokerAdmin()->describeThrottles(
            {"orders"}, replyTo<client::ReplicationThrottles>(this, [found](const auto& throttles) {
                *found = throttles.value_or(client::ReplicationThrottles());
            }));
        [&] { QTRY_VERIFY(found->has_value()); }();
        return found->value_or(client::ReplicationThrottles());
    };
    const auto* moves = page->findChild<QTableView*>(u"Reassignments"_s);
    QTRY_COMPARE_WITH_TIMEOUT(moves->model()->rowCount(), 1, 20'000);
    const client::ReplicationThrottles set = throttles();
    const std::map<BrokerId, client::ThrottleRates> rates{
        {from, {1'000, 1'000}}, {to, {1'000, 1'000}}};
    QCOMPARE(set.brokers, rates);
    const client::ThrottledReplicas replicas{
        {"0:" + std::to_string(from.value())}, {"0:" + std::to_string(to.value())}};
    QCOMPARE(set.topics.at("orders"), replicas);
    // Three megabytes at a kilobyte a second; at fifty megabytes they are there at once.
    auto* rate = page->findChild<QLineEdit*>(u"Limit of moves"_s);
    QTRY_COMPARE_WITH_TIMEOUT(rate->text(), u"0.001"_s, 20'000);
    rate->selectAll();
    QTest::keyClicks(rate, u"50"_s);
    QTRY_VERIFY(m_open->named<QPushButton>(u"Change the limit"_s)->isEnabled());
    QTest::mouseClick(m_open->named<QPushButton>(u"Change the limit"_s), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(partition().replicas == std::vector{to}, 20'000);
    const auto isFree = [&throttles] {
        const client::ReplicationThrottles left = throttles();
        return left.brokers.empty() && left.topics.empty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isFree(), 20'000);
}

void TestWindow::topicsAreMadeAndDeletedOnTheirPage()
{
    makeTopic(u"shop.orders"_s, 2, 3);
    auto* page = m_open->page<TopicsPage>();
    QVERIFY(page);
    auto* tree = m_open->named<QTreeView>(u"Topics"_s);
    QTRY_VERIFY(tree && tree->model()->rowCount() == 1);
    // The new topic is shown in its sheet; deleting it asks first.
    QTRY_VERIFY(m_open->named<QPushButton>(u"Delete topic"_s));
    QTest::mouseClick(m_open->named<QPushButton>(u"Delete topic"_s), Qt::LeftButton);
    QTRY_VERIFY(m_open->named<QPushButton>(u"Confirm delete topic"_s));
    QTest::mouseClick(m_open->named<QPushButton>(u"Confirm delete topic"_s), Qt::LeftButton);
    QTRY_VERIFY(!m_open->isReady(u"shop.orders"_s, 2, 3));
    QTRY_COMPARE(tree->model()->rowCount(), 0);
}

void TestWindow::aRecordIsFoundByItsTextAndShownWhole()
{
    makeTopic(u"orders"_s, 3, 3);
    for (int i = 0; i < 20; ++i)
        send(u"orders"_s, u"customer-%1"_s.arg(i),
            i == 13 ? u"{\"item\":\"레몬차\",\"price\":9007199254740993}"_s
                    : u"{\"item\":\"tea\"}"_s);
    QVERIFY(m_open->window().openPage(u"messages"_s, {{u"topic"_s, u"orders"_s}}));
    auto* view = m_open->page<MessagesPage>()->findChild<MessageView*>();
    auto* model = qobject_cast<MessageModel*>(view->model());
    QTRY_COMPARE(model->rowCount(), 20);
    auto* filter = m_open->named<QLineEdit>(u"Messages filter"_s);
    filter->setText(u"레몬차"_s);
    QTest::keyClick(filter, Qt::Key_Return);
    QTRY_VERIFY(model->rowCount() == 1 && !model->progress().isRunning);
    view->setCurrentIndex(model->index(0, 0));
    auto* detail = m_open->named<MessageDetail>(u"Record detail"_s);
    QVERIFY(detail);
    QTRY_VERIFY(detail->record().value.has_value());
    const Bytes& value = *detail->record().value;
    QCOMPARE(QString::fromUtf8(
                 reinterpret_cast<const char*>(value.data()), static_cast<qsizetype>(value.size())),
        u"{\"item\":\"레몬차\",\"price\":9007199254740993}"_s);
    // The tree has the number with every digit.
    auto* json = detail->findChild<QTreeView*>();
    QVERIFY(json);
    const QModelIndexList exact = json->model()->match(json->model()->index(0, 1), Qt::DisplayRole,
        u"9007199254740993"_s, 1, Qt::MatchExactly | Qt::MatchRecursive);
    QCOMPARE(exact.size(), 1);
}

void TestWindow::theCoursesFileWithTabsIsExplainedRepairedAndStarted()
{
    QFile sample(u":/compose/mistake-tabs.yaml"_s);
    QVERIFY(sample.open(QIODevice::ReadOnly));
    QString text = QString::fromUtf8(sample.readAll());
    // A port of our own; another test or a real Kafka may have the course's.
    text.replace(u"9092:9092"_s, u"%1:9092"_s.arg(tests::freePort()));
    text.replace(u"2181:2181"_s, u"%1:2181"_s.arg(tests::freePort()));
    QVERIFY(QDir(m_open->folder()).mkdir(u"course"_s));
    QFile file(m_open->folder() + u"/course/docker-compose.yaml"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text.toUtf8());
    file.close();

    QVERIFY(m_open->window().openPage(u"compose"_s, {{u"file"_s, file.fileName()}}));
    auto* page = m_open->page<ComposePage>();
    QVERIFY(page);
    auto* findings = page->findChild<ComposeFindings*>();
    QTRY_VERIFY(!findings->findings().empty());
    const int line = static_cast<int>(text.section(u'\t', 0, 0).count(u'\n')) + 1;
    QCOMPARE(findings->findings().front().position.line, line);
    QCOMPARE(findings->findings().front().severity, compose::Severity::Error);
    findings->setCurrentIndex(findings->model()->index(0, 0));
    auto* editor = page->findChild<ComposeEditor*>();
    QTRY_COMPARE(editor->textCursor().blockNumber() + 1, line);

    auto* start = m_open->named<QPushButton>(u"Start"_s);
    QVERIFY(start && !start->isEnabled());
    QTest::mouseClick(m_open->named<QPushButton>(u"Fix all"_s), Qt::LeftButton);
    QTRY_VERIFY(!editor->toPlainText().contains(u'\t'));
    QTRY_VERIFY(std::none_of(findings->findings().begin(), findings->findings().end(),
        [](const compose::Finding& finding) {
            return finding.severity == compose::Severity::Error;
        }));
    auto* saveAndStart = m_open->named<QPushButton>(u"Save and start"_s);
    QVERIFY(saveAndStart && saveAndStart->isEnabled());
    QSignalSpy failed(&m_open->host(), &SessionHost::failed);
    QTest::mouseClick(saveAndStart, Qt::LeftButton);
    QTRY_VERIFY2_WITH_TIMEOUT(m_open->host().sessions().size() == 2 || !failed.isEmpty(),
        "the compose file's cluster neither started nor failed", 20'000);
    QVERIFY2(failed.isEmpty(), qPrintable(failed.value(0).value(1).toString()));
    Session* course = m_open->host().sessions().back();
    QCOMPARE(course->kind(), SessionKind::Compose);
    QCOMPARE(m_open->session(), course);
    QTRY_COMPARE_WITH_TIMEOUT(course->pulse().brokersUp(), 1, 10'000);
    makeTopic(u"topic-test"_s, 1, 1);
    send(u"topic-test"_s, {}, u"hello"_s);
}

/** A key to where the focus is, as a person presses it. */
void TestWindow::press(int key, Qt::KeyboardModifiers modifiers)
{
    QWidget* focus = QApplication::activePopupWidget();
    // Without a window manager nobody gives the window the keyboard back when a popup has closed.
    if (!focus && !m_open->window().isActiveWindow()) {
        m_open->window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&m_open->window()));
    }
    if (!focus)
        focus = QApplication::focusWidget() ? QApplication::focusWidget() : &m_open->window();
    QTest::keyClick(focus, static_cast<Qt::Key>(key), modifiers);
}

void TestWindow::type(const QString& text)
{
    QTest::keyClicks(QApplication::focusWidget(), text);
}

/** Tab until the control of this name has the focus. */
void TestWindow::tabTo(const QString& name)
{
    const auto focused = [] {
        QWidget* focus = QApplication::focusWidget();
        // The line of an editable list has the focus for it.
        if (focus && qobject_cast<QComboBox*>(focus->parentWidget()))
            focus = focus->parentWidget();
        const QAccessibleInterface* seen
            = focus ? QAccessible::queryAccessibleInterface(focus) : nullptr;
        return seen ? seen->text(QAccessible::Name) : QString();
    };
    QStringList way;
    for (int i = 0; i < 100 && focused() != name; ++i) {
        press(Qt::Key_Tab);
        way.append(focused());
    }
    if (focused() != name)
        qWarning("Tab led to %s", qPrintable(way.join(u", "_s)));
    QCOMPARE(focused(), name);
}

void TestWindow::chooseInMenu(const QString& text)
{
    QTRY_VERIFY(QApplication::activePopupWidget());
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    QVERIFY(menu);
    for (int i = 0; i < 20 && !(menu->activeAction() && menu->activeAction()->text() == text); ++i)
        press(Qt::Key_Down);
    QVERIFY2(menu->activeAction() && menu->activeAction()->text() == text, qPrintable(text));
    press(Qt::Key_Return);
}

void TestWindow::theKeyboardAloneIsEnough()
{
    m_open->window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&m_open->window()));
    press(Qt::Key_1, Qt::AltModifier);
    QVERIFY(live());
    // A topic.
    press(Qt::Key_N, Qt::ControlModifier);
    QTRY_VERIFY(m_open->named<QLineEdit>(u"Topic name"_s));
    QTRY_VERIFY(m_open->named<QLineEdit>(u"Topic name"_s)->hasFocus());
    type(u"orders"_s);
    QTRY_VERIFY(m_open->named<QPushButton>(u"Create topic"_s)->isEnabled());
    tabTo(u"Create topic"_s);
    press(Qt::Key_Space);
    QTRY_VERIFY(m_open->isReady(u"orders"_s, 3, 3));
    // A record.
    press(Qt::Key_1, Qt::AltModifier);
    tabTo(u"Producer topic"_s);
    press(Qt::Key_A, Qt::ControlModifier);
    type(u"orders"_s);
    press(Qt::Key_Escape); // the completions
    tabTo(u"Producer value"_s);
    type(u"by keyboard"_s);
    press(Qt::Key_Return, Qt::ControlModifier);
    ReceiptModel& receipts = live()->producer()->receipts();
    QTRY_VERIFY(receipts.rowCount() == 1 && receipts.waiting() == 0);
    // It is read on the Messages page.
    press(Qt::Key_3, Qt::AltModifier);
    QCOMPARE(m_open->window().currentPage(), u"messages"_s);
    tabTo(u"Messages topic"_s);
    type(u"orders"_s);
    press(Qt::Key_Return);
    auto* view = m_open->page<MessagesPage>()->findChild<MessageView*>();
    QTRY_COMPARE_WITH_TIMEOUT(view->model()->rowCount(), 1, 10'000);
    tabTo(u"Messages"_s);
    press(Qt::Key_Down);
    QTRY_VERIFY(m_open->named<MessageDetail>(u"Record detail"_s));
    // A consumer reads what comes.
    press(Qt::Key_1, Qt::AltModifier);
    press(Qt::Key_F6);
    QTRY_VERIFY(live()->consumer()->isRunning());
    press(Qt::Key_F6, Qt::ShiftModifier);
    QTRY_VERIFY(!live()->consumer()->isRunning());
    // A broker is killed and started again, on its card.
    tabTo(u"Topology"_s);
    TopologyView& topology = live()->topology();
    const auto isOnBroker = [&] {
        return topology.selected() && topology.selected()->kind == TopologyItem::Kind::Broker;
    };
    for (int i = 0; i < 20 && !isOnBroker(); ++i)
        press(Qt::Key_Down);
    QVERIFY(isOnBroker());
    const QString broker = picture().brokerName(topology.selected()->id);
    press(Qt::Key_Return);
    chooseInMenu(u"Kill %1"_s.arg(broker));
    QTRY_COMPARE(m_open->session()->pulse().brokersUp(), 2);
    QTRY_VERIFY(brokerCard(broker));
    press(Qt::Key_Return);
    chooseInMenu(u"Start %1"_s.arg(broker));
    QTRY_COMPARE_WITH_TIMEOUT(m_open->session()->pulse().brokersUp(), 3, 20'000);
}

void TestWindow::startingAnewLeavesNothingBehind()
{
    makeTopic(u"orders"_s, 3, 3);
    const QPointer<Session> before = m_open->session();
    m_open->host().resetLocal();
    QTRY_VERIFY(!before);
    QTRY_VERIFY_WITH_TIMEOUT(m_open->session(), 10'000);
    QTRY_COMPARE(m_open->session()->pulse().brokersUp(), 3);
    QTRY_VERIFY(m_open->session()->isConnected());
    QVERIFY(m_open->session()->description().topics.empty());
    makeTopic(u"orders"_s, 1, 3);
}

void TestWindow::theClusterIsThereAgainWithItsRecords()
{
    makeTopic(u"orders"_s, 3, 3);
    send(u"orders"_s, u"k"_s, u"kept"_s);
    QElapsedTimer clock;
    clock.start();
    m_open->host().close(m_open->session());
    qInfo("letting go of a cluster held the window up for %lld ms", clock.elapsed());
    QTRY_VERIFY(!m_open->session());
    m_open->host().openLocal();
    QTRY_VERIFY_WITH_TIMEOUT(m_open->session(), 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_open->isReady(u"orders"_s, 3, 3), 20'000);
    QVERIFY(m_open->window().openPage(u"messages"_s, {{u"topic"_s, u"orders"_s}}));
    auto* view = m_open->page<MessagesPage>()->findChild<MessageView*>();
    QTRY_COMPARE_WITH_TIMEOUT(view->model()->rowCount(), 1, 10'000);
}

QTEST_MAIN(TestWindow)
#include "test_window.moc"
