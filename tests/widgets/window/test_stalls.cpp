// How long the window's thread is held up by the largest things that it has to show. A frame is
// 16 ms; what takes longer is seen.
#include "fakecluster.h"
#include "generatedcluster.h"
#include "madeevents.h"

#include "bridge/clusterpulse.h"
#include "bridge/reply.h"
#include "common/style.h"
#include "mainwindow.h"
#include "models/checklistmodel.h"
#include "models/messagemodel.h"
#include "panes/brokerspage.h"
#include "panes/livepage.h"
#include "panes/messagespage.h"
#include "panes/messageview.h"
#include "panes/topicspage.h"
#include "settings.h"
#include "topology/topologyview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QListView>
#include <QScrollBar>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>
#include <QTreeView>

#include <algorithm>
#include <atomic>
#include <ctime>
#include <thread>

using namespace moldau;
using namespace moldau::widgets;
using moldau::test::GeneratedCluster;
using moldau::test::MadeEvents;
using moldau::tests::FakeHost;
using namespace Qt::Literals::StringLiterals;

namespace {

#ifdef NDEBUG
constexpr double kMostMs = 24; // a frame, and half of one where other programs use the caches
#else
constexpr double kMostMs = 500; // without optimisation
#endif

/** Measures each event from its arrival to its end. */
class WatchedApplication final : public QApplication {
public:
    using QApplication::QApplication;

    struct Stall {
        double ms = 0; ///< of this thread's work; others may hold the processor meanwhile
        double wallMs = 0;
        QString where;
    };

    bool notify(QObject* receiver, QEvent* event) override
    {
        if (m_depth > 0)
            return QApplication::notify(receiver, event);
        const QString where
            = u"%1 (%2), event %3"_s
                  .arg(QLatin1String(receiver->metaObject()->className()), receiver->objectName())
                  .arg(static_cast<int>(event->type()));
        bool isHandled = false;
        act(where, [&] { isHandled = QApplication::notify(receiver, event); });
        return isHandled;
    }
    /** What the test does itself, as a user's key would. */
    template <class Act> void act(const QString& what, Act act)
    {
        QElapsedTimer clock;
        clock.start();
        const double before = workedMs();
        ++m_depth;
        act();
        --m_depth;
        const double wallMs = static_cast<double>(clock.nsecsElapsed()) / 1e6;
        if (wallMs > 16)
            m_stalls.push_back({workedMs() - before, wallMs, what});
    }
    /** The longest since the last time, and tells of all that were longer than a frame. */
    double worst(const char* scene)
    {
        std::sort(m_stalls.begin(), m_stalls.end(),
            [](const Stall& a, const Stall& b) { return a.ms > b.ms; });
        for (std::size_t i = 0; i < std::min<std::size_t>(m_stalls.size(), 6); ++i)
            qInfo("%s: %.1f ms (%.1f ms by the clock) in %s", scene, m_stalls[i].ms,
                m_stalls[i].wallMs, qPrintable(m_stalls[i].where));
        const double longest = m_stalls.empty() ? 0 : m_stalls.front().ms;
        m_stalls.clear();
        return longest;
    }

private:
    static double workedMs()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }

    int m_depth = 0;
    std::vector<Stall> m_stalls;
};

WatchedApplication& watched()
{
    return *static_cast<WatchedApplication*>(qApp);
}

/** A window over a cluster that is computed. */
struct Opened {
    explicit Opened(GeneratedCluster& cluster, MadeEvents* events = nullptr)
    {
        SessionParts parts;
        parts.name = u"Large"_s;
        parts.bootstrap = u"127.0.0.1:19092"_s;
        parts.connection = &cluster;
        parts.brokerAdmin = &cluster;
        parts.events = events;
        parts.capabilities.seesEverything = events != nullptr;
        host.add(parts);
        window = std::make_unique<MainWindow>(host, settings);
        window->resize(1440, 900);
        window->show();
    }
    Session& session() const { return *window->session(); }
    template <class T> T* page(const QString& id, const QVariantMap& what = {})
    {
        watched().act(u"opening "_s + id, [&] { window->openPage(id, what); });
        return qobject_cast<T*>(window->page());
    }
    /** Lets the window read the metadata again, and do what follows from it. */
    void refresh(int times)
    {
        for (int i = 0; i < times; ++i) {
            session().refresh();
            // Answers come in order: after one of our own, the window's has been taken.
            bool isAnswered = false;
            session().connection().describeCluster(replyTo<client::ClusterDescription>(
                window.get(), [&isAnswered](auto) { isAnswered = true; }));
            QTRY_VERIFY_WITH_TIMEOUT(isAnswered, 20'000);
        }
    }

    FakeHost host;
    Settings settings;
    std::unique_ptr<MainWindow> window;
};

} // namespace

class TestStalls : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void tenThousandTopics();
    void brokersOfTenThousandTopics();
    void aTopicOfTenThousandPartitions();
    void aMillionRecords();
    void aFastStreamOfEvents();
};

void TestStalls::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    MoldauStyle::install(*qApp, Theme());
}

void TestStalls::tenThousandTopics()
{
    GeneratedCluster cluster;
    for (int i = 0; i < 10'000; ++i)
        cluster.addTopic("shop.topic-" + std::to_string(10'000 + i), 5, 3, 10);
    Opened opened(cluster);
    QTRY_VERIFY_WITH_TIMEOUT(opened.session().isConnected(), 20'000);
    opened.page<LivePage>(u"live"_s);
    QVERIFY(watched().worst("opening live, 10,000 topics") < kMostMs);
    opened.refresh(3);
    QVERIFY(watched().worst("live, 10,000 topics, nothing new") < kMostMs);
    cluster.changeTopic("shop.topic-15000",
        [](GeneratedCluster::Topic& topic) { topic.partitions[0].inSync.pop_back(); });
    opened.refresh(1);
    QVERIFY(watched().worst("live, 10,000 topics, one changed") < kMostMs);

    auto* topics = opened.page<TopicsPage>(u"topics"_s);
    auto* tree = topics->findChild<QTreeView*>(u"Topics"_s);
    QTRY_VERIFY(tree->model()->rowCount() > 0);
    opened.refresh(3);
    QVERIFY(watched().worst("topics, 10,000 topics") < kMostMs);
    auto* filter = topics->findChild<QLineEdit*>(u"Filter topics"_s);
    for (const QChar key : u"10-99"_s)
        watched().act(u"typing a filter"_s, [&] { filter->setText(filter->text() + key); });
    watched().act(u"clearing the filter"_s, [&] { filter->clear(); });
    watched().act(u"scrolling"_s, [&] { tree->scrollToBottom(); });
    opened.page<TopicsPage>(u"topics"_s, {{u"topic"_s, u"shop.topic-15000"_s}});
    opened.refresh(2);
    QVERIFY(watched().worst("topics, using them") < kMostMs);

    opened.page<MessagesPage>(u"messages"_s, {{u"topic"_s, u"shop.topic-15000"_s}});
    opened.refresh(2);
    opened.page<Page>(u"metrics"_s);
    opened.refresh(2);
    opened.page<Page>(u"groups"_s);
    opened.refresh(2);
    QVERIFY(watched().worst("other pages, 10,000 topics") < kMostMs);
}

void TestStalls::brokersOfTenThousandTopics()
{
    GeneratedCluster cluster(4);
    for (int i = 0; i < 10'000; ++i)
        cluster.addTopic("shop.topic-" + std::to_string(10'000 + i), 5, 3, 10);
    // Broker 1 was away: a fifth of the leaders could go back to it.
    for (int i = 0; i < 10'000; ++i)
        cluster.changeTopic("shop.topic-" + std::to_string(10'000 + i),
            [](GeneratedCluster::Topic& topic) { topic.partitions[0].leader = BrokerId(2); });
    Opened opened(cluster);
    QTRY_VERIFY_WITH_TIMEOUT(opened.session().isConnected(), 20'000);
    auto* page = opened.page<BrokersPage>(u"brokers"_s);
    const auto rowsOf = [page](const QString& table) {
        return page->findChild<QTableView*>(table)->model()->rowCount();
    };
    QTRY_VERIFY_WITH_TIMEOUT(rowsOf(u"Largest replicas"_s) > 0, 20'000);
    opened.refresh(2);
    for (const QString& tab : {u"disks"_s, u"largest"_s, u"moves"_s, u"quorum"_s})
        opened.page<BrokersPage>(u"brokers"_s, {{u"tab"_s, tab}});
    opened.page<BrokersPage>(u"brokers"_s, {{u"broker"_s, u"2"_s}});
    QVERIFY(watched().worst("brokers, 10,000 topics") < kMostMs);
    opened.page<BrokersPage>(u"brokers"_s, {{u"elect"_s, true}});
    QTRY_COMPARE_WITH_TIMEOUT(rowsOf(u"Leaders that move"_s), 10'000, 20'000);
    watched().act(u"selecting all"_s,
        [&] { page->findChild<QTableView*>(u"Leaders that move"_s)->selectRow(5'000); });
    opened.refresh(1);
    QVERIFY(watched().worst("an election, 10,000 topics") < kMostMs);
    opened.page<BrokersPage>(u"brokers"_s, {{u"reassign"_s, QString()}});
    auto* topics = page->findChild<QListView*>(u"Topics to move"_s);
    auto* brokers = page->findChild<QListView*>(u"Brokers to move to"_s);
    watched().act(u"choosing every topic"_s,
        [&] { qobject_cast<CheckListModel*>(topics->model())->setAll(true); });
    watched().act(u"choosing brokers"_s, [&] {
        qobject_cast<CheckListModel*>(brokers->model())
            ->setChecked({u"broker-2"_s, u"broker-3"_s, u"broker-4"_s});
    });
    QTRY_VERIFY_WITH_TIMEOUT(rowsOf(u"Replicas that move"_s) > 30'000, 20'000);
    opened.refresh(1);
    QVERIFY(watched().worst("a reassignment, 10,000 topics") < kMostMs);
}

void TestStalls::aTopicOfTenThousandPartitions()
{
    GeneratedCluster cluster;
    cluster.addTopic("wide", 10'000, 3, 100);
    Opened opened(cluster);
    QTRY_VERIFY_WITH_TIMEOUT(opened.session().isConnected(), 20'000);
    opened.page<LivePage>(u"live"_s);
    opened.refresh(3);
    QVERIFY(watched().worst("live, 10,000 partitions") < kMostMs);
    opened.page<TopicsPage>(u"topics"_s, {{u"topic"_s, u"wide"_s}});
    opened.refresh(3);
    QVERIFY(watched().worst("topics, 10,000 partitions") < kMostMs);
    auto* messages = opened.page<MessagesPage>(u"messages"_s, {{u"topic"_s, u"wide"_s}});
    auto* view = messages->findChild<MessageView*>();
    QTRY_COMPARE_WITH_TIMEOUT(view->model()->rowCount(), 1'000'000, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(
        qobject_cast<MessageModel*>(view->model())->record(0) != nullptr, 20'000);
    opened.refresh(2);
    QVERIFY(watched().worst("messages, 10,000 partitions") < kMostMs);
}

void TestStalls::aMillionRecords()
{
    GeneratedCluster cluster;
    cluster.addTopic("orders", 6, 3, 1'700'000);
    Opened opened(cluster);
    auto* messages = opened.page<MessagesPage>(u"messages"_s, {{u"topic"_s, u"orders"_s}});
    auto* view = messages->findChild<MessageView*>();
    auto* model = qobject_cast<MessageModel*>(view->model());
    QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 10'200'000, 20'000);
    for (int i = 0; i < 40; ++i) {
        const int row = static_cast<int>((i * 7'919'017LL) % model->rowCount());
        watched().act(u"jumping to a row"_s, [&] { view->scrollTo(model->index(row, 0)); });
        QTRY_VERIFY(model->record(row) != nullptr);
        for (int step = 0; step < 5; ++step)
            watched().act(u"scrolling"_s, [&] {
                view->verticalScrollBar()->triggerAction(QAbstractSlider::SliderPageStepAdd);
            });
        QCoreApplication::processEvents();
    }
    auto* filter = messages->findChild<QLineEdit*>(u"Messages filter"_s);
    filter->setText(u"nowhere to be found"_s);
    QTest::keyClick(filter, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(model->progress().isRunning, 5'000);
    QElapsedTimer clock;
    clock.start();
    QTRY_VERIFY_WITH_TIMEOUT(clock.elapsed() > 2'000, 10'000);
    qInfo("the filter looked at %.0f records a second", model->scannedPerSecond());
    model->cancel();
    QVERIFY(watched().worst("messages, ten million records") < kMostMs);
}

void TestStalls::aFastStreamOfEvents()
{
    GeneratedCluster cluster;
    cluster.addTopic("orders", 6, 3, 10);
    cluster.addTopic("clicks", 6, 3, 10);
    MadeEvents events;
    Opened opened(cluster, &events);
    QTRY_VERIFY_WITH_TIMEOUT(opened.session().isConnected(), 20'000);
    opened.page<Page>(u"metrics"_s);
    auto* live = opened.page<LivePage>(u"live"_s);
    QTRY_VERIFY(!live->topology().layoutNow().tiles.empty());
    // As many as three brokers make of some 20,000 batches a second.
    std::atomic<bool> isEnough = false;
    std::thread brokers([&] {
        const NameId topics[] = {events.names.intern("orders"), events.names.intern("clicks")};
        const NameId client = events.names.intern("order-service");
        for (std::int64_t turn = 0; !isEnough; ++turn) {
            for (int i = 0; i < 200; ++i) {
                const std::int64_t number = turn * 200 + i;
                Event event;
                event.timeNs = QDateTime::currentMSecsSinceEpoch() * 1'000'000;
                event.topic = topics[number % 2];
                event.name = client;
                event.partition = static_cast<std::int32_t>(number / 2 % 6);
                event.node = BrokerId(1 + static_cast<std::int32_t>(number % 3));
                event.peer = BrokerId(1 + static_cast<std::int32_t>((number + 1) % 3));
                event.offset = number;
                event.count = 10;
                event.bytes = 1000;
                for (const EventKind kind : {EventKind::RequestReceived, EventKind::BatchAppended,
                         EventKind::BatchReplicated, EventKind::HighWatermarkMoved,
                         EventKind::ProduceAcknowledged, EventKind::ResponseSent,
                         EventKind::BatchDelivered}) {
                    event.kind = kind;
                    events.ring.publish(event);
                }
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    });
    QElapsedTimer clock;
    clock.start();
    QTRY_VERIFY_WITH_TIMEOUT(clock.elapsed() > 3'000, 10'000);
    isEnough = true;
    brokers.join();
    qInfo("%llu events were dropped", static_cast<unsigned long long>(events.dropped()));
    QVERIFY(watched().worst("live, 140,000 events a second") < kMostMs);
}

int main(int argc, char** argv)
{
    WatchedApplication application(argc, argv);
    TestStalls test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_stalls.moc"
