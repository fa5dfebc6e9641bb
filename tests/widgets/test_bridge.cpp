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
    void replyRunsOnTheGuiThread();
    void replyIsDroppedWithItsReceiver();
    void consumeRunHandsRecordsOverInBunches();
    void consumeRunEndsItsConsumer();
    void sessionReadsMetadataOnceAtATime();
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
    QTest::qWait(150);
}

void TestBridge::sessionReadsMetadataOnceAtATime()
{
    FakeCluster cluster;
    Session session(cluster.parts());
    QSignalSpy spy(&session, &Session::described);
    for (int i = 0; i < 10; ++i)
        session.refresh();
    QTRY_COMPARE(cluster.descriptionsAsked(), 2); // the one under way, and one after it
    QTest::qWait(20);
    QCOMPARE(cluster.descriptionsAsked(), 2);
    QCOMPARE(spy.size(), 1); // the second said nothing new
    cluster.addTopic("orders", 1);
    session.refresh();
    QTRY_COMPARE(spy.size(), 2);
    QVERIFY(session.isConnected());
    QCOMPARE(session.nameOf(BrokerId(2)), u"broker-2"_s);
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
