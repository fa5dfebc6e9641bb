#include "fakecluster.h"

#include "bridge/clusterpulse.h"
#include "bridge/consumerun.h"
#include "bridge/eventpump.h"
#include "bridge/ratemeter.h"
#include "bridge/reply.h"
#include "panes/keypartition.h"

#include <QSignalSpy>
#include <QTest>

#include <thread>

using namespace moldau;
using namespace moldau::widgets;
using moldau::tests::FakeCluster;
using namespace Qt::Literals::StringLiterals;

class TestBridge : public QObject {
    Q_OBJECT

private slots:
    void pumpAsksForEventsOnlyWhileAViewWantsThem();
    void pumpStopsWhenTheViewDies();
    void pumpTakesABoundedNumberATurn();
    void pumpLooksLessOftenWhileMuchHappens();
    void replyRunsOnTheGuiThread();
    void replyIsDroppedWithItsReceiver();
    void consumeRunHandsRecordsOverInBunches();
    void consumeRunEndsItsConsumer();
    void sessionReadsMetadataOnceAtATime();
    void metadataTellWhatIsNewSinceTheReadingBefore();
    void pulseCountsBrokersAndPartitions();
    void rateIsThatOfTheLastTwoSeconds();
    void keysGoWhereJavaClientsSendThem_data();
    void keysGoWhereJavaClientsSendThem();
};

void TestBridge::pumpAsksForEventsOnlyWhileAViewWantsThem()
{
    FakeCluster cluster;
    EventPump pump(cluster);
    QObject view;
    QSignalSpy spy(&pump, &EventPump::arrived);
    cluster.addTopic("before", 1);
    QVERIFY(!cluster.isWanted());
    pump.setWanted(&view, true);
    QVERIFY(cluster.isWanted());
    cluster.addTopic("after", 1);
    int events = 0;
    connect(&pump, &EventPump::arrived, &view,
        [&](std::span<const Event> arrived) { events += static_cast<int>(arrived.size()); });
    QTRY_COMPARE(events, 1);
    pump.setWanted(&view, false);
    QVERIFY(!cluster.isWanted());
    QVERIFY(!pump.isRunning());
}

void TestBridge::pumpStopsWhenTheViewDies()
{
    FakeCluster cluster;
    EventPump pump(cluster);
    {
        QObject view;
        pump.setWanted(&view, true);
        QVERIFY(pump.isRunning());
    }
    QVERIFY(!pump.isRunning());
    QVERIFY(!cluster.isWanted());
}

void TestBridge::pumpLooksLessOftenWhileMuchHappens()
{
    FakeCluster cluster;
    EventPump pump(cluster);
    QObject view;
    pump.setWanted(&view, true);
    bool isMuch = true;
    // As many again after each look.
    connect(&pump, &EventPump::arrived, &view, [&] {
        for (int i = 0; i < (isMuch ? 600 : 1); ++i)
            cluster.emitEvent({});
    });
    cluster.emitEvent({});
    QVERIFY(!pump.isBusy());
    QTRY_VERIFY(pump.isBusy());
    isMuch = false;
    QTRY_VERIFY(!pump.isBusy());
    QVERIFY(pump.isRunning());
}

void TestBridge::pumpTakesABoundedNumberATurn()
{
    FakeCluster cluster;
    EventPump pump(cluster);
    QObject view;
    cluster.setWanted(true);
    Event event;
    event.kind = EventKind::NodeStarted;
    for (std::size_t i = 0; i < EventPump::kMaxPerTurn + 5; ++i)
        cluster.emitEvent(event);
    std::vector<std::size_t> turns;
    connect(&pump, &EventPump::arrived, &view,
        [&](std::span<const Event> arrived) { turns.push_back(arrived.size()); });
    pump.drainNow();
    pump.drainNow();
    pump.drainNow();
    QCOMPARE(turns, (std::vector<std::size_t>{EventPump::kMaxPerTurn, 5}));
}

void TestBridge::replyRunsOnTheGuiThread()
{
    QObject receiver;
    bool isOnGuiThread = false;
    int value = 0;
    Callback<void(Result<int>)> reply = replyTo<int>(&receiver, [&](Result<int> result) {
        isOnGuiThread = QThread::currentThread() == qApp->thread();
        value = *result;
    });
    std::thread([&] { reply(7); }).join();
    QCOMPARE(value, 0);
    QTRY_COMPARE(value, 7);
    QVERIFY(isOnGuiThread);
}

void TestBridge::replyIsDroppedWithItsReceiver()
{
    bool isCalled = false;
    auto receiver = std::make_unique<QObject>();
    Callback<void(Result<int>)> reply
        = replyTo<int>(receiver.get(), [&](Result<int>) { isCalled = true; });
    std::thread([&] { reply(7); }).join();
    receiver.reset();
    QCoreApplication::processEvents();
    QVERIFY(!isCalled);
}

void TestBridge::consumeRunHandsRecordsOverInBunches()
{
    FakeCluster cluster;
    cluster.addTopic("orders", 1);
    client::ConsumerOptions options;
    options.topics = {"orders"};
    ConsumeRun run(cluster, options);
    int calls = 0;
    int records = 0;
    connect(&run, &ConsumeRun::arrived, this, [&](const std::vector<client::Record>& arrived) {
        ++calls;
        records += static_cast<int>(arrived.size());
    });
    for (int i = 0; i < 200; ++i)
        cluster.produce("web", "orders", 0, "k", "v");
    QTRY_COMPARE(records, 200);
    QCOMPARE(calls, 1);
    QCOMPARE(run.total(), 200);
}

void TestBridge::consumeRunEndsItsConsumer()
{
    FakeCluster cluster;
    cluster.addTopic("orders", 1);
    client::ConsumerOptions options;
    options.topics = {"orders"};
    {
        ConsumeRun run(cluster, options);
        QCOMPARE(cluster.consumers(), 1u);
        cluster.produce("web", "orders", 0, "k", "v"); // a hand-over is under way
    }
    QCOMPARE(cluster.consumers(), 0u);
    QCoreApplication::processEvents(); // the hand-over finds nobody
}

void TestBridge::sessionReadsMetadataOnceAtATime()
{
    FakeCluster cluster;
    Session session(cluster.parts());
    QSignalSpy spy(&session, &Session::described);
    for (int i = 0; i < 10; ++i)
        session.refresh();
    QTRY_COMPARE(cluster.descriptionsAsked(), 2); // the one under way, and one after it
    // This cluster answers at once: what the answer leads to has been posted.
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
    QCOMPARE(cluster.descriptionsAsked(), 2);
    QCOMPARE(spy.size(), 1); // the second said nothing new
    cluster.addTopic("orders", 1);
    session.refresh();
    QTRY_COMPARE(spy.size(), 2);
    QVERIFY(session.isConnected());
    QCOMPARE(session.nameOf(BrokerId(2)), u"broker-2"_s);
}

void TestBridge::metadataTellWhatIsNewSinceTheReadingBefore()
{
    client::ClusterDescription description;
    description.brokers.push_back({BrokerId(2), {"127.0.0.1", 19093}, {}});
    const auto topic = [](const std::string& name, std::vector<BrokerId> inSync) {
        client::TopicDescription made;
        made.name = name;
        made.isInternal = name.starts_with("__");
        const BrokerId leader = inSync.empty() ? kNoBroker : inSync.front();
        made.partitions.push_back({0, leader, 1, {BrokerId(1), BrokerId(2)}, inSync, {}});
        return made;
    };
    description.topics = {
        topic("b", {BrokerId(1), BrokerId(2)}), topic("a", {}), topic("__offsets", {BrokerId(2)})};
    const Metadata first(description);
    QCOMPARE(first.names(), (QStringList{u"__offsets"_s, u"a"_s, u"b"_s}));
    QCOMPARE(first.userTopics(), (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(first.choices().last(), u"__offsets"_s);
    QCOMPARE(first.brokers(), (std::vector<int>{1, 2}));
    QCOMPARE(first.offline(), 1);
    QCOMPARE(first.outOfSync(), 1);
    QVERIFY(first.topic(u"b"_s));
    QVERIFY(!first.topic(u"c"_s));

    const Metadata again(description, &first);
    QVERIFY(again.isSame(first));
    QVERIFY(again.names().constData() == first.names().constData());
    description.topics[0].partitions[0].inSync.pop_back();
    description.topics.push_back(topic("ab", {BrokerId(1), BrokerId(2)}));
    const Metadata changed(description, &again);
    QVERIFY(!changed.isSame(again));
    QCOMPARE(changed.changedSince(again), (std::vector<int>{2, 3})); // ab and b
    QCOMPARE(changed.changedSince(first), (std::vector<int>{2, 3})); // worked out anew
    description.topics.erase(description.topics.begin());
    const Metadata fewer(description, &changed);
    QVERIFY(fewer.changedSince(changed).empty());
    QVERIFY(!fewer.isSame(changed));
}

void TestBridge::pulseCountsBrokersAndPartitions()
{
    FakeCluster cluster;
    cluster.addTopic("orders", 3);
    Session session(cluster.parts());
    QObject view;
    session.pulse().setWanted(&view, true);
    QTRY_COMPARE(session.pulse().brokersUp(), 3);
    cluster.killNode("broker-2", [](Result<void>) {});
    QTRY_COMPARE(session.pulse().brokersUp(), 2);
    QTRY_COMPARE(session.pulse().outOfSync(), 3);
    cluster.produce("web", "orders", 0, "k", "v", 100);
    QTRY_VERIFY(session.pulse().recordsIn() > 0);
}

void TestBridge::rateIsThatOfTheLastTwoSeconds()
{
    RateMeter meter;
    const qint64 second = 1'000'000'000;
    for (int i = 0; i < 100; ++i)
        meter.add(100 * second + i * second / 50, 10); // 500 a second
    const double rate = meter.perSecond(102 * second);
    QVERIFY2(rate > 400 && rate < 600, qPrintable(QString::number(rate)));
    QCOMPARE(meter.perSecond(110 * second), 0.0);
}

void TestBridge::keysGoWhereJavaClientsSendThem_data()
{
    // Figures of org.apache.kafka.common.utils.Utils.murmur2.
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<qint32>("hash");
    QTest::newRow("21") << QByteArray("21") << qint32(-973932308);
    QTest::newRow("foobar") << QByteArray("foobar") << qint32(-790332482);
    QTest::newRow("long") << QByteArray("a-little-bit-long-string") << qint32(-985981536);
    QTest::newRow("longer") << QByteArray("a-little-bit-longer-string") << qint32(-1486304829);
    QTest::newRow("with a scheme")
        << QByteArray("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8") << qint32(-58897971);
    QTest::newRow("abc") << QByteArray("abc") << qint32(479470107);
}

void TestBridge::keysGoWhereJavaClientsSendThem()
{
    QFETCH(QByteArray, key);
    QFETCH(qint32, hash);
    QCOMPARE(murmur2(key), hash);
    QCOMPARE(partitionOfKey(key, 7), (hash & 0x7fffffff) % 7);
}

QTEST_GUILESS_MAIN(TestBridge)
#include "test_bridge.moc"
