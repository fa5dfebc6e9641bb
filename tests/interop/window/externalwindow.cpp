// What the window shows of an Apache Kafka that runs elsewhere: external_window.py starts it.
#include "enginewindow.h"

#include "bridge/clusterpulse.h"
#include "bridge/reply.h"
#include "client/clusteradmin.h"
#include "models/brokerrows.h"
#include "models/checklistmodel.h"
#include "models/groupmodel.h"
#include "models/messagemodel.h"
#include "models/metricrecorder.h"
#include "panes/brokerspage.h"
#include "panes/connectsheet.h"
#include "panes/consumedmodel.h"
#include "panes/consumerpane.h"
#include "panes/groupspage.h"
#include "panes/livefeed.h"
#include "panes/livepage.h"
#include "panes/messagedetail.h"
#include "panes/messagespage.h"
#include "panes/messageview.h"
#include "panes/metricspage.h"
#include "panes/producerpane.h"
#include "panes/receiptmodel.h"
#include "panes/topicspage.h"
#include "topology/topologyview.h"

#include <QAccessible>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTest>
#include <QTreeView>

#include <algorithm>
#include <set>

using namespace moldau;
using namespace moldau::widgets;
using moldau::tests::EngineWindow;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kAnswerMs = 30'000; ///< three Java brokers on a machine that builds meanwhile

} // namespace

class ExternalWindow : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void connectsThroughItsDialog();
    void liveShowsReplicasAndLeadersByTheMetadata();
    void liveSaysWhatIsNotVisibleFromOutside();
    void ownRecordsAreDotsAndOthersAreNot();
    void topicsAreListedMadeAndDeleted();
    void recordsOfOthersAreFound();
    void groupsShowJavasMemberAndItsLag();
    void brokersTellOfTheQuorumAndTheirDisks();
    void leadersGoBackByAnElection();
    void partitionsMoveAndTheirMoveIsCancelled();
    void aMoveIsHeldBackAndItsLimitGoesWithIt();
    void metricsShowWhatOffsetsTell();
    void readOnlyOffersNoChange();

private:
    Session& session() const { return *m_open->session(); }
    LivePage* live() const { return m_open->page<LivePage>(); }
    void connectTo(const QString& name, bool isReadOnly);
    const QAbstractItemModel& rows(const QString& table) const
    {
        return *m_open->page<BrokersPage>()->findChild<QTableView*>(table)->model();
    }
    QString cell(const QString& table, int row, int column) const
    {
        return rows(table).index(row, column).data().toString();
    }
    std::vector<BrokerId> replicasOf(const QString& topic, int partition) const
    {
        const client::TopicDescription* known = session().metadata()->topic(topic);
        return known ? known->partitions[static_cast<std::size_t>(partition)].replicas
                     : std::vector<BrokerId>();
    }
    /** Makes a topic whose partitions lie on these brokers. */
    void makeTopic(const std::string& name, const client::ReplicaAssignment& assignment);
    void deleteTopics(const QStringList& topics);
    /** What brokers and this topic hold replication back with, as Kafka tells it. */
    client::ReplicationThrottles throttlesOf(const std::string& topic);

    std::unique_ptr<EngineWindow> m_open;
    QString m_bootstrap;
};

void ExternalWindow::initTestCase()
{
    m_bootstrap = qEnvironmentVariable("MOLDAU_TEST_BOOTSTRAP");
    if (m_bootstrap.isEmpty())
        QSKIP("external_window.py starts this with the brokers' addresses");
    m_open = std::make_unique<EngineWindow>(EngineWindow::Cluster::None);
    QVERIFY(QTest::qWaitForWindowExposed(&m_open->window()));
}

void ExternalWindow::cleanupTestCase()
{
    m_open.reset();
}

void ExternalWindow::connectTo(const QString& name, bool isReadOnly)
{
    QAction* action = nullptr;
    for (QAction* known : m_open->window().actions()) {
        if (known->shortcut() == QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O))
            action = known;
    }
    QVERIFY(action);
    action->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(m_open->named<QLineEdit>(u"Bootstrap addresses"_s), kAnswerMs);
    m_open->named<QLineEdit>(u"Cluster name"_s)->setText(name);
    m_open->named<QLineEdit>(u"Bootstrap addresses"_s)->setText(m_bootstrap);
    m_open->named<QPlainTextEdit>(u"Properties"_s)
        ->setPlainText(u"security.protocol=PLAINTEXT\nrequest.timeout.ms=20000\n"_s);
    auto* sheet = m_open->window().findChild<ConnectSheet*>();
    sheet->setOptions({name, m_bootstrap, u"security.protocol=PLAINTEXT\n"_s, isReadOnly});
    QTest::mouseClick(m_open->named<QPushButton>(u"Test the connection"_s), Qt::LeftButton);
    auto* result = sheet->findChild<QLabel*>(u"Test result"_s);
    QTRY_VERIFY_WITH_TIMEOUT(result->text().contains(u"3 brokers"_s), kAnswerMs);
    QTest::mouseClick(m_open->named<QPushButton>(u"Connect"_s), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(m_open->session() && session().name() == name, kAnswerMs);
    QTRY_VERIFY_WITH_TIMEOUT(session().isConnected(), kAnswerMs);
}

void ExternalWindow::connectsThroughItsDialog()
{
    connectTo(u"staging"_s, false);
    QCOMPARE(session().kind(), SessionKind::External);
    QTRY_COMPARE_WITH_TIMEOUT(session().pulse().brokersUp(), 3, kAnswerMs);
}

void ExternalWindow::liveShowsReplicasAndLeadersByTheMetadata()
{
    QVERIFY(m_open->window().openPage(u"live"_s, {{u"topic"_s, u"orders"_s}}));
    QTRY_COMPARE_WITH_TIMEOUT(
        live()->topology().layoutNow().tiles.size(), std::size_t(18), kAnswerMs);
    const auto& topics = session().description().topics;
    const auto orders = std::find_if(
        topics.begin(), topics.end(), [](const auto& topic) { return topic.name == "orders"; });
    QVERIFY(orders != topics.end());
    const TopologyModel& picture = live()->feed().playback().model();
    for (const client::PartitionDescription& partition : orders->partitions) {
        const ShownPartition* shown = picture.partition(u"orders"_s, partition.index);
        QVERIFY(shown);
        QCOMPARE(shown->leader, partition.leader.value());
        QCOMPARE(shown->replicas.size(), partition.replicas.size());
        // How far the log reaches is asked for, of the leader.
        QTRY_VERIFY_WITH_TIMEOUT(shown->replica(shown->leader)->logEnd > 0, kAnswerMs);
    }
    // The quorum tells of its voters: here each broker is one.
    QTRY_COMPARE_WITH_TIMEOUT(picture.voters().size(), std::size_t(3), kAnswerMs);
    QCOMPARE(std::count_if(picture.voters().begin(), picture.voters().end(),
                 [](const ShownVoter& voter) { return voter.isLeader; }),
        1);
}

void ExternalWindow::liveSaysWhatIsNotVisibleFromOutside()
{
    QVERIFY(m_open->window().openPage(u"live"_s));
    QAccessibleInterface* tree = QAccessible::queryAccessibleInterface(&live()->topology());
    QVERIFY(tree->text(QAccessible::Description).contains(u"not visible from outside"_s));
    // Its brokers are no one's to kill from here.
    for (int i = 0; i < tree->childCount(); ++i) {
        if (tree->child(i)->text(QAccessible::Name).startsWith(u"broker-"_s))
            QVERIFY(!tree->child(i)->actionInterface()->actionNames().contains(u"kill"_s));
    }
    QVERIFY(!m_open->named<QPushButton>(u"Break something"_s)->isEnabled());
}

void ExternalWindow::ownRecordsAreDotsAndOthersAreNot()
{
    QVERIFY(m_open->window().openPage(u"live"_s));
    m_open->named<QLineEdit>(u"Consumer topic"_s)->setText(u"orders"_s);
    m_open->named<QLineEdit>(u"Consumer group"_s)->setText(u"window"_s);
    QTest::mouseClick(m_open->named<QPushButton>(u"Start consuming"_s), Qt::LeftButton);
    // The group has given the pane its partitions before anything is sent.
    const auto isAssigned = [this] {
        const auto labels = m_open->window().findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->isVisible() && label->text().contains(u"1 member"_s);
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isAssigned(), kAnswerMs);
    m_open->named<QLineEdit>(u"Producer topic"_s)->setText(u"orders"_s);
    m_open->named<QLineEdit>(u"Producer key"_s)->setText(u"customer-17"_s);
    m_open->named<QPlainTextEdit>(u"Producer value"_s)->setPlainText(u"from the window"_s);
    std::set<FlowKind> kinds;
    const auto sees = [&] {
        // Sent again and again: a consumer that starts at the end may miss the first.
        if (live()->producer()->receipts().waiting() == 0)
            live()->producer()->send();
        for (const Flow& flow : live()->topology().board().flows())
            kinds.insert(flow.kind);
        return kinds.contains(FlowKind::Produce) && kinds.contains(FlowKind::Deliver)
            && live()->consumer()->records().rowCount() > 0;
    };
    QTRY_VERIFY_WITH_TIMEOUT(sees(), kAnswerMs);
    QCOMPARE(kinds.contains(FlowKind::Replicate), false);
    QVERIFY(!live()->producer()->receipts().index(0).data(ReceiptModel::IsFailedRole).toBool());
    QVERIFY(live()->feed().events().rowCount() > 0);
    // Java's consumer reads all the while, and nobody guesses at it.
    QVERIFY(live()->feed().playback().model().clients().empty());
    live()->consumer()->stop();
}

void ExternalWindow::topicsAreListedMadeAndDeleted()
{
    QVERIFY(m_open->window().openPage(u"topics"_s, {{u"new"_s, true}}));
    QTRY_VERIFY_WITH_TIMEOUT(m_open->named<QLineEdit>(u"Topic name"_s), kAnswerMs);
    m_open->named<QLineEdit>(u"Topic name"_s)->setText(u"made-here"_s);
    m_open->named<QSpinBox>(u"Partitions"_s)->setValue(2);
    m_open->named<QSpinBox>(u"Replicas"_s)->setValue(3);
    QTest::mouseClick(m_open->named<QPushButton>(u"Create topic"_s), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(m_open->isReady(u"made-here"_s, 2, 3), kAnswerMs);
    auto* tree = m_open->named<QTreeView>(u"Topics"_s);
    const auto cell = [&](const QString& topic, int column) {
        const QModelIndexList found = tree->model()->match(
            tree->model()->index(0, 0), Qt::DisplayRole, topic, 1, Qt::MatchExactly);
        return found.isEmpty() ? QString()
                               : found.first().siblingAtColumn(column).data().toString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(
        cell(u"made-here"_s, TopicTreeModel::RecordsColumn), u"0"_s, kAnswerMs);
    QTRY_VERIFY_WITH_TIMEOUT(
        cell(u"orders"_s, TopicTreeModel::RecordsColumn).remove(u',').toInt() >= 1000, kAnswerMs);
    QTRY_VERIFY_WITH_TIMEOUT(!cell(u"orders"_s, TopicTreeModel::SizeColumn).isEmpty(), kAnswerMs);
    QTRY_VERIFY_WITH_TIMEOUT(m_open->named<QPushButton>(u"Delete topic"_s), kAnswerMs);
    QTest::mouseClick(m_open->named<QPushButton>(u"Delete topic"_s), Qt::LeftButton);
    QTest::mouseClick(m_open->named<QPushButton>(u"Confirm delete topic"_s), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(cell(u"made-here"_s, 0).isEmpty(), kAnswerMs);
}

void ExternalWindow::recordsOfOthersAreFound()
{
    QVERIFY(m_open->window().openPage(u"messages"_s, {{u"topic"_s, u"orders"_s}}));
    auto* view = m_open->page<MessagesPage>()->findChild<MessageView*>();
    auto* model = qobject_cast<MessageModel*>(view->model());
    QTRY_VERIFY_WITH_TIMEOUT(model->rowCount() >= 1000, kAnswerMs);
    auto* filter = m_open->named<QLineEdit>(u"Messages filter"_s);
    filter->setText(u"레몬차"_s);
    QTest::keyClick(filter, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(model->rowCount() == 1 && !model->progress().isRunning, kAnswerMs);
    view->setCurrentIndex(model->index(0, 0));
    auto* detail = m_open->named<MessageDetail>(u"Record detail"_s);
    QVERIFY(detail);
    QTRY_VERIFY_WITH_TIMEOUT(detail->record().key.has_value(), kAnswerMs);
    QCOMPARE(detail->record().key->size(), QByteArray("customer-17").size());
}

void ExternalWindow::groupsShowJavasMemberAndItsLag()
{
    QVERIFY(m_open->window().openPage(u"groups"_s, {{u"group"_s, u"java-billing"_s}}));
    auto* table = m_open->named<QTableView>(u"Groups"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_open->named<QTableView>(u"Groups"_s), kAnswerMs);
    table = m_open->named<QTableView>(u"Groups"_s);
    const auto cell = [&](int column) {
        const QModelIndexList found = table->model()->match(
            table->model()->index(0, 0), Qt::DisplayRole, u"java-billing"_s, 1, Qt::MatchExactly);
        return found.isEmpty() ? QString()
                               : found.first().siblingAtColumn(column).data().toString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(cell(GroupModel::MembersColumn), u"1"_s, kAnswerMs);
    QTRY_COMPARE_WITH_TIMEOUT(cell(GroupModel::LagColumn), u"0"_s, kAnswerMs);
    auto* members = m_open->page<GroupsPage>()->findChild<QTableView*>(u"Members of the group"_s);
    QVERIFY(members);
    QTRY_COMPARE_WITH_TIMEOUT(members->model()->rowCount(), 1, kAnswerMs);
    QCOMPARE(members->model()->index(0, 0).data().toString(), u"java-reader"_s);
    QVERIFY(members->model()->index(0, 2).data().toString().contains(u"orders"_s));
}

void ExternalWindow::makeTopic(const std::string& name, const client::ReplicaAssignment& assignment)
{
    auto* admin = dynamic_cast<client::ClusterAdmin*>(session().brokerAdmin());
    QVERIFY(admin);
    bool isMade = false;
    admin->createTopicOn({name, -1, -1, {}}, assignment,
        replyTo<client::ClusterConnection::Done>(
            this, [&](const auto& result) { isMade = result.has_value(); }));
    QTRY_VERIFY_WITH_TIMEOUT(isMade, kAnswerMs);
    const QString topic = QString::fromStdString(name);
    const auto isKnown = [&] {
        session().refresh();
        return m_open->isReady(topic, int(assignment.size()), int(assignment[0].size()));
    };
    QTRY_VERIFY_WITH_TIMEOUT(isKnown(), kAnswerMs);
}

void ExternalWindow::deleteTopics(const QStringList& topics)
{
    for (const QString& topic : topics)
        session().connection().deleteTopic(topic.toStdString(), [](const auto&) {});
    const auto areGone = [&] {
        session().refresh();
        return std::none_of(topics.begin(), topics.end(),
            [this](const QString& topic) { return session().metadata()->topic(topic); });
    };
    QTRY_VERIFY_WITH_TIMEOUT(areGone(), kAnswerMs);
}

client::ReplicationThrottles ExternalWindow::throttlesOf(const std::string& topic)
{
    std::optional<client::ReplicationThrottles> found;
    session().brokerAdmin()->describeThrottles(
        {topic}, replyTo<client::ReplicationThrottles>(this, [&](const auto& throttles) {
            found = throttles.value_or(client::ReplicationThrottles());
        }));
    [&] { QTRY_VERIFY_WITH_TIMEOUT(found.has_value(), kAnswerMs); }();
    return found.value_or(client::ReplicationThrottles());
}

void ExternalWindow::brokersTellOfTheQuorumAndTheirDisks()
{
    QVERIFY(m_open->window().openPage(u"brokers"_s));
    QTRY_COMPARE_WITH_TIMEOUT(rows(u"Brokers table"_s).rowCount(), 3, kAnswerMs);
    // Each is broker and voter in one.
    QTRY_COMPARE_WITH_TIMEOUT(rows(u"Quorum"_s).rowCount(), 3, kAnswerMs);
    int leaders = 0;
    for (int row = 0; row < 3; ++row) {
        leaders += cell(u"Quorum"_s, row, BrokerRows::QuorumRoleColumn) == u"leader"_s;
        QVERIFY(cell(u"Quorum"_s, row, BrokerRows::LogEndColumn).remove(u',').toLongLong() > 0);
        QVERIFY(cell(u"Brokers table"_s, row, BrokerRows::RoleColumn).startsWith(u"broker, "_s));
        QCOMPARE(cell(u"Brokers table"_s, row, BrokerRows::StateColumn), u"up"_s);
    }
    QCOMPARE(leaders, 1);
    QTRY_VERIFY_WITH_TIMEOUT(rows(u"Log directories"_s).rowCount() >= 3, kAnswerMs);
    QVERIFY(cell(u"Log directories"_s, 0, BrokerRows::PathColumn).startsWith(u'/'));
    QVERIFY(!cell(u"Log directories"_s, 0, BrokerRows::FreeColumn).isEmpty());
    QTRY_VERIFY(!cell(u"Brokers table"_s, 0, BrokerRows::SizeColumn).isEmpty());
    QTRY_VERIFY(!cell(u"Largest replicas"_s, 0, BrokerRows::PartitionColumn).isEmpty());
}

void ExternalWindow::leadersGoBackByAnElection()
{
    makeTopic("away", {{BrokerId(1), BrokerId(2), BrokerId(3)}});
    // Another order of the same replicas moves no leader by itself.
    std::map<TopicPartition, std::optional<std::vector<BrokerId>>> order;
    order[{"away", 0}] = std::vector{BrokerId(2), BrokerId(3), BrokerId(1)};
    bool isOrdered = false;
    session().brokerAdmin()->reassign(order,
        replyTo<client::PerPartition<client::BrokerAdmin::Done>>(
            this, [&](const auto& result) { isOrdered = result && result->begin()->second; }));
    QTRY_VERIFY_WITH_TIMEOUT(isOrdered, kAnswerMs);
    QVERIFY(m_open->window().openPage(u"brokers"_s));
    const auto isAway = [this] {
        session().refresh();
        const std::vector<BrokerId> replicas = replicasOf(u"away"_s, 0);
        return !replicas.empty() && replicas.front() == BrokerId(2)
            && session().metadata()->electable() > 0;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isAway(), kAnswerMs);
    QVERIFY(m_open->window().openPage(u"brokers"_s, {{u"elect"_s, true}}));
    QTRY_VERIFY(rows(u"Leaders that move"_s).rowCount() > 0);
    QTRY_VERIFY(m_open->named<QPushButton>(u"Confirm election"_s)->isEnabled());
    QTest::mouseClick(m_open->named<QPushButton>(u"Confirm election"_s), Qt::LeftButton);
    const auto isHome = [this] {
        session().refresh();
        return session().metadata()->topic(u"away"_s)->partitions[0].leader == BrokerId(2)
            && session().metadata()->electable() == 0;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isHome(), kAnswerMs);
    deleteTopics({u"away"_s});
}

void ExternalWindow::partitionsMoveAndTheirMoveIsCancelled()
{
    makeTopic("moving", {{BrokerId(1)}, {BrokerId(1)}});
    QVERIFY(m_open->window().openPage(u"brokers"_s, {{u"reassign"_s, u"moving"_s}}));
    auto* brokers = qobject_cast<CheckListModel*>(
        m_open->page<BrokersPage>()->findChild<QListView*>(u"Brokers to move to"_s)->model());
    QTRY_COMPARE(brokers->rowCount(), 3);
    brokers->setChecked({brokers->index(2).data().toString()});
    QTRY_COMPARE(rows(u"Replicas that move"_s).rowCount(), 2);
    QTRY_VERIFY(m_open->named<QPushButton>(u"Start moving"_s)->isEnabled());
    QTest::mouseClick(m_open->named<QPushButton>(u"Start moving"_s), Qt::LeftButton);
    const auto hasMoved = [this] {
        session().refresh();
        return replicasOf(u"moving"_s, 0) == std::vector{BrokerId(3)}
        && replicasOf(u"moving"_s, 1) == std::vector{BrokerId(3)};
    };
    QTRY_VERIFY_WITH_TIMEOUT(hasMoved(), kAnswerMs);
    // What has arrived can't be cancelled, and Kafka says so.
    std::map<TopicPartition, std::optional<std::vector<BrokerId>>> nothing;
    nothing[{"moving", 0}] = std::nullopt;
    std::optional<ErrorCode> refused;
    session().brokerAdmin()->reassign(nothing,
        replyTo<client::PerPartition<client::BrokerAdmin::Done>>(this, [&](const auto& result) {
            if (result)
                refused = result->begin()->second.error().code;
        }));
    QTRY_COMPARE_WITH_TIMEOUT(
        refused, std::optional(ErrorCode::NoReassignmentInProgress), kAnswerMs);
    // A new replica that is not let copy is still on its way when the move is cancelled: with a
    // throttle of nearly nothing it stays so.
    auto* admin = dynamic_cast<client::ClusterAdmin*>(session().brokerAdmin());
    int settings = 0;
    const auto set = [&](const client::ConfigResource& resource, const std::string& name,
                         const std::string& value) {
        admin->changeConfigs(resource, {{client::ConfigOperation::Kind::Set, name, value}},
            replyTo<client::ClusterConnection::Done>(
                this, [&](const auto& result) { settings += result.has_value(); }));
    };
    const client::ConfigResource orders{client::ConfigResourceKind::Topic, "orders"};
    set(orders, "leader.replication.throttled.replicas", "*");
    set(orders, "follower.replication.throttled.replicas", "*");
    for (const char* id : {"1", "2", "3"}) {
        const client::ConfigResource broker{client::ConfigResourceKind::Broker, id};
        set(broker, "leader.replication.throttled.rate", "1");
        set(broker, "follower.replication.throttled.rate", "1");
    }
    QTRY_COMPARE_WITH_TIMEOUT(settings, 8, kAnswerMs);
    makeTopic("slow", {{BrokerId(1)}});
    const client::ConfigResource slow{client::ConfigResourceKind::Topic, "slow"};
    set(slow, "leader.replication.throttled.replicas", "*");
    set(slow, "follower.replication.throttled.replicas", "*");
    QTRY_COMPARE_WITH_TIMEOUT(settings, 10, kAnswerMs);
    int sent = 0;
    for (int i = 0; i < 200; ++i) {
        client::RecordToSend record;
        record.topic = "slow";
        record.value = Bytes(10'000, 'x');
        session().connection().send(std::move(record),
            replyTo<client::SendReceipt>(
                this, [&](const auto& receipt) { sent += receipt.has_value(); }));
    }
    QTRY_COMPARE_WITH_TIMEOUT(sent, 200, kAnswerMs);
    std::map<TopicPartition, std::optional<std::vector<BrokerId>>> wish;
    wish[{"slow", 0}] = std::vector{BrokerId(2)};
    session().brokerAdmin()->reassign(wish, [](const auto&) {});
    QVERIFY(m_open->window().openPage(u"brokers"_s, {{u"tab"_s, u"moves"_s}}));
    QTRY_COMPARE_WITH_TIMEOUT(cell(u"Reassignments"_s, 0, 0), u"slow 0"_s, kAnswerMs);
    QTRY_VERIFY(m_open->named<QPushButton>(u"Cancel reassignments"_s));
    QTest::mouseClick(m_open->named<QPushButton>(u"Cancel reassignments"_s), Qt::LeftButton);
    QTest::mouseClick(
        m_open->named<QPushButton>(u"Confirm cancelling reassignments"_s), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(cell(u"Reassignments"_s, 0, 0), QString(), kAnswerMs);
    session().refresh();
    QTRY_COMPARE(replicasOf(u"slow"_s, 0), std::vector{BrokerId(1)});
    deleteTopics({u"moving"_s, u"slow"_s});
}

void ExternalWindow::aMoveIsHeldBackAndItsLimitGoesWithIt()
{
    auto* admin = dynamic_cast<client::ClusterAdmin*>(session().brokerAdmin());
    // The test before has left limits behind, as a tool that was stopped does: the page tells.
    QVERIFY(m_open->window().openPage(u"topics"_s));
    QVERIFY(m_open->window().openPage(u"brokers"_s));
    QTRY_VERIFY_WITH_TIMEOUT(m_open->named<QPushButton>(u"Remove the limit"_s), kAnswerMs);
    QTest::mouseClick(m_open->named<QPushButton>(u"Remove the limit"_s), Qt::LeftButton);
    QTest::mouseClick(m_open->named<QPushButton>(u"Confirm removing the limit"_s), Qt::LeftButton);
    // Said once the brokers themselves tell so.
    const auto isSaid = [this] {
        const auto labels = m_open->page<BrokersPage>()->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->isVisible() && label->text() == u"The limit of replication is removed."_s;
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isSaid(), kAnswerMs);
    QVERIFY(throttlesOf("orders").brokers.empty());

    makeTopic("held", {{BrokerId(1)}});
    int sent = 0;
    for (int i = 0; i < 200; ++i) {
        client::RecordToSend record;
        record.topic = "held";
        record.value = Bytes(10'000, 'x');
        session().connection().send(std::move(record),
            replyTo<client::SendReceipt>(
                this, [&](const auto& receipt) { sent += receipt.has_value(); }));
    }
    QTRY_COMPARE_WITH_TIMEOUT(sent, 200, kAnswerMs);
    QVERIFY(m_open->window().openPage(u"brokers"_s, {{u"reassign"_s, u"held"_s}}));
    auto* brokers = qobject_cast<CheckListModel*>(
        m_open->page<BrokersPage>()->findChild<QListView*>(u"Brokers to move to"_s)->model());
    QTRY_COMPARE(brokers->rowCount(), 3);
    brokers->setChecked({u"broker-2"_s});
    m_open->page<BrokersPage>()->findChild<QLineEdit*>(u"Limit in MB/s"_s)->setText(u"0.001"_s);
    QTRY_COMPARE(rows(u"Replicas that move"_s).rowCount(), 1);
    QTRY_VERIFY(m_open->named<QPushButton>(u"Start moving"_s)->isEnabled());
    QTest::mouseClick(m_open->named<QPushButton>(u"Start moving"_s), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(cell(u"Reassignments"_s, 0, 0), u"held 0"_s, kAnswerMs);
    const client::ThrottleRates slow{1'000, 1'000};
    const client::ThrottledReplicas held{{"0:1"}, {"0:2"}};
    client::ReplicationThrottles set = throttlesOf("held");
    QCOMPARE(set.brokers.size(), std::size_t(2));
    QCOMPARE(set.brokers[BrokerId(1)], slow);
    QCOMPARE(set.brokers[BrokerId(2)], slow);
    QCOMPARE(set.topics["held"], held);
    // Two megabytes at a kilobyte a second: it is there only after the limit is another.
    auto* rate = m_open->page<BrokersPage>()->findChild<QLineEdit*>(u"Limit of moves"_s);
    QTRY_COMPARE_WITH_TIMEOUT(rate->text(), u"0.001"_s, kAnswerMs);
    QCOMPARE(cell(u"Reassignments"_s, 0, 0), u"held 0"_s);
    rate->selectAll();
    QTest::keyClicks(rate, u"50"_s);
    QTRY_VERIFY(m_open->named<QPushButton>(u"Change the limit"_s)->isEnabled());
    QTest::mouseClick(m_open->named<QPushButton>(u"Change the limit"_s), Qt::LeftButton);
    const auto hasMoved = [this] {
        session().refresh();
        return replicasOf(u"held"_s, 0) == std::vector{BrokerId(2)};
    };
    QTRY_VERIFY_WITH_TIMEOUT(hasMoved(), kAnswerMs);
    const auto isFree = [this] {
        const client::ReplicationThrottles left = throttlesOf("held");
        return left.brokers.empty() && left.topics.empty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isFree(), kAnswerMs);
    // Nothing is left of it, not even an empty setting.
    std::optional<bool> isDefault;
    admin->describeConfigDetails({client::ConfigResourceKind::Topic, "held"},
        replyTo<std::vector<client::ConfigDetail>>(this, [&](const auto& details) {
            isDefault
                = details && std::none_of(details->begin(), details->end(), [](const auto& detail) {
                      return detail.entry.source == client::ConfigSource::Topic;
                  });
        }));
    QTRY_COMPARE_WITH_TIMEOUT(isDefault, std::optional(true), kAnswerMs);
    deleteTopics({u"held"_s});
}

void ExternalWindow::metricsShowWhatOffsetsTell()
{
    QVERIFY(m_open->window().openPage(u"metrics"_s));
    const MetricRecorder& recorder = m_open->page<MetricsPage>()->recorder();
    QCOMPARE(recorder.knowledge(Metric::RecordsIn), MetricRecorder::Knowledge::Polled);
    QCOMPARE(recorder.knowledge(Metric::RecordsOut), MetricRecorder::Knowledge::OwnOnly);
    const auto grows = [&] {
        // Somebody has to write for the offsets to grow; here it is the window's connection.
        for (int i = 0; i < 20; ++i) {
            client::RecordToSend record;
            record.topic = "orders";
            record.value = Bytes(10, 'x');
            session().connection().send(std::move(record), [](Result<client::SendReceipt>) {});
        }
        const auto lines
            = recorder.history(Metric::RecordsIn, MetricSplit::Topic).lines(60, 8, u"others"_s);
        return std::any_of(lines.begin(), lines.end(), [](const MetricHistory::Line& line) {
            return line.name == u"orders"_s && line.total > 0;
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(grows(), kAnswerMs);
}

void ExternalWindow::readOnlyOffersNoChange()
{
    connectTo(u"staging (look only)"_s, true);
    QVERIFY(m_open->window().openPage(u"topics"_s, {{u"topic"_s, u"orders"_s}}));
    QTRY_VERIFY_WITH_TIMEOUT(m_open->named<QPushButton>(u"Delete topic"_s), kAnswerMs);
    QVERIFY(!m_open->named<QPushButton>(u"Delete topic"_s)->isEnabled());
    QVERIFY(!m_open->named<QPushButton>(u"New topic"_s)->isEnabled());
    QVERIFY(m_open->window().openPage(u"brokers"_s));
    QTRY_VERIFY(m_open->named<QPushButton>(u"Reassign partitions"_s));
    QVERIFY(!m_open->named<QPushButton>(u"Reassign partitions"_s)->isEnabled());
    QVERIFY(m_open->window().openPage(u"live"_s));
    QVERIFY(!m_open->named<QPushButton>(u"Send"_s)->isEnabled());
    QTRY_COMPARE_WITH_TIMEOUT(
        live()->topology().layoutNow().tiles.size(), std::size_t(18), kAnswerMs);
}

QTEST_MAIN(ExternalWindow)
#include "externalwindow.moc"
