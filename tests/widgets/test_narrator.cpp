#include "topologybuild.h"

#include "topology/eventlistmodel.h"
#include "topology/narrator.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace moldau;
using namespace moldau::widgets;
using moldau::tests::TopologyBuild;
using namespace Qt::Literals::StringLiterals;

class TestNarrator : public QObject {
    Q_OBJECT

private slots:
    void init();
    void tellsOneRecordsWay();
    void namesTheRequestThatDidIt();
    void joinsBatchesOfOneProgramWhileMuchHappens();
    void tellsEachBatchInSingleSteps();
    void joinsPartitionsThatMoveToOneLeader();
    void saysWhenNobodyLeads();
    void tellsRefusedRecordsWithKafkasName();
    void aPauseIsTold();
    void anElectionOfTheQuorumSaysWhatBefellItsLeader();
    void whyALeaderMovesIsTold_data();
    void whyALeaderMovesIsTold();
    void strikesOfAFaultAreOneSentence();
    void tellsOfAFaultWhenItIsMadeAndWhenItEnds_data();
    void tellsOfAFaultWhenItIsMadeAndWhenItEnds();
    void aFaultInAnothersPlaceIsOneLine();
    void listsThingsAsPeopleDo();
    void saysNothingOfInternalTopicsRecords();
    void modelStaysBoundedAndConsistent();
    void filterHidesWhatLiesAheadAndWhatIsNotAskedFor();

private:
    QStringList texts() const;
    void tell(std::initializer_list<Event> events);

    std::unique_ptr<TopologyBuild> m_build;
    std::unique_ptr<TopologyModel> m_model;
    std::unique_ptr<Narrator> m_narrator;
};

void TestNarrator::init()
{
    m_build = std::make_unique<TopologyBuild>();
    m_model = std::make_unique<TopologyModel>();
    m_narrator = std::make_unique<Narrator>();
    m_model->setOwnClientPrefix(u"moldau"_s);
    m_model->setNodes(TopologyBuild::nodes(3));
    m_model->setDescription(TopologyBuild::cluster(3, {{"orders", 3}}));
}

void TestNarrator::tell(std::initializer_list<Event> events)
{
    for (const Event& event : events)
        m_model->apply(event, m_build->names);
    m_narrator->take(std::vector<Event>(events), *m_model, m_build->names);
}

QStringList TestNarrator::texts() const
{
    QStringList texts;
    for (const Sentence& sentence : m_narrator->sentences())
        texts.append(sentence.text);
    return texts;
}

void TestNarrator::tellsOneRecordsWay()
{
    Event sent = m_build->batch(
        EventKind::BatchAppended, 3, "orders", 2, 1043, 1, "moldau", 1'000'000'000);
    sent.key = 17;
    Event first
        = m_build->batch(EventKind::BatchReplicated, 1, "orders", 2, 1043, 1, {}, 1'000'400'000);
    first.peer = BrokerId(3);
    Event second
        = m_build->batch(EventKind::BatchReplicated, 2, "orders", 2, 1043, 1, {}, 1'000'500'000);
    second.peer = BrokerId(3);
    tell({sent, first, second,
        m_build->batch(EventKind::HighWatermarkMoved, 3, "orders", 2, 1044, 0, {}, 1'001'000'000),
        m_build->batch(
            EventKind::ProduceAcknowledged, 3, "orders", 2, 1043, 1, "moldau", 1'001'200'000),
        m_build->batch(
            EventKind::BatchDelivered, 3, "orders", 2, 1043, 1, "billing-py", 1'002'000'000)});
    QCOMPARE(texts(),
        QStringList(
            {u"The producer pane sent 1 record(s) to orders 2: murmur2 of the key chose the partition, broker-3 leads it."_s,
                u"broker-1 and broker-2 fetched offset 1,043 of orders 2 from broker-3; the high watermark moves to 1,044, acknowledged after 1.2 ms."_s,
                u"billing-py read offset 1,043 of orders 2 from broker-3."_s}));
}

void TestNarrator::namesTheRequestThatDidIt()
{
    Event request = m_build->event(EventKind::RequestReceived, 1);
    request.connection = 4;
    request.correlation = 9;
    request.api = 0;
    request.apiVersion = 13;
    Event sent = m_build->batch(EventKind::BatchAppended, 1, "orders", 0, 0, 1, "web");
    sent.connection = 4;
    sent.correlation = 9;
    tell({request, sent});
    QCOMPARE(m_narrator->sentences().back().detail, u"Produce v13"_s);
}

void TestNarrator::joinsBatchesOfOneProgramWhileMuchHappens()
{
    for (int i = 0; i < 100; ++i)
        tell({m_build->batch(EventKind::BatchAppended, 1 + i % 3, "orders", i % 3, i, 10, "web",
            1'000'000'000 + i * 1'000'000)});
    QCOMPARE(texts(),
        QStringList({u"web sent 1000 record(s) in 100 batches to 3 partitions of orders."_s.replace(
            u"1000"_s, u"1,000"_s)}));
    tell({m_build->batch(EventKind::BatchAppended, 1, "orders", 0, 100, 1, "web", 3'000'000'000)});
    QCOMPARE(texts().size(), 2);
    QCOMPARE(texts().back(), u"web sent 1 record(s) to orders 0, which broker-1 leads."_s);
}

void TestNarrator::tellsEachBatchInSingleSteps()
{
    m_narrator->setMerging(false);
    tell({m_build->batch(EventKind::BatchAppended, 1, "orders", 0, 0, 1, "web", 1'000'000'000)});
    tell({m_build->batch(EventKind::BatchAppended, 1, "orders", 0, 1, 1, "web", 1'000'000'001)});
    QCOMPARE(texts().size(), 2);
}

void TestNarrator::joinsPartitionsThatMoveToOneLeader()
{
    Event first = m_build->moved(EventKind::LeaderChanged, 2, "orders", 0, 2, 5);
    first.detail = m_build->table.intern("broker-1 is gone");
    Event again = first; // another node applies the same
    again.node = BrokerId(3);
    Event second = m_build->moved(EventKind::LeaderChanged, 2, "orders", 2, 2, 5);
    second.detail = first.detail;
    const Narrator::Change change
        = m_narrator->take(std::vector{first, again, second}, *m_model, m_build->names);
    QCOMPARE(texts(), QStringList({u"broker-2 leads orders 0 and 2 now: broker-1 is gone."_s}));
    QCOMPARE(change.caption, texts().front());
}

void TestNarrator::saysWhenNobodyLeads()
{
    tell({m_build->moved(EventKind::LeaderChanged, 2, "orders", 0, -1, 6)});
    QCOMPARE(texts(), QStringList({u"Nobody leads orders 0 now: no replica in sync is up."_s}));
    QVERIFY(m_narrator->sentences().back().isTrouble);
}

void TestNarrator::tellsRefusedRecordsWithKafkasName()
{
    Event refused = m_build->batch(EventKind::ProduceRejected, 1, "orders", 0, -1, 1, "web");
    refused.error = 19;
    tell({refused});
    QCOMPARE(texts(),
        QStringList(
            {u"broker-1 refused 1 record(s) from web for orders 0: NOT_ENOUGH_REPLICAS."_s}));
}

void TestNarrator::aPauseIsTold()
{
    tell({m_build->event(EventKind::NodePaused, 2), m_build->event(EventKind::NodeUnpaused, 2)});
    QCOMPARE(texts(),
        QStringList(
            {u"broker-2 was paused: it does nothing from here on, its connections stay open."_s,
                u"broker-2 goes on after its pause."_s}));
}

void TestNarrator::anElectionOfTheQuorumSaysWhatBefellItsLeader()
{
    std::vector<client::NodeStatus> nodes = TopologyBuild::nodes(3);
    for (int i = 1; i <= 3; ++i) {
        client::NodeStatus node;
        node.service = "controller-" + std::to_string(i);
        node.kind = client::NodeKind::Controller;
        node.id = BrokerId(100 + i);
        node.state = client::NodeState::Running;
        nodes.push_back(node);
    }
    m_model->setNodes(nodes);
    const auto elected = [this](int leader, int epoch) {
        Event event = m_build->event(EventKind::ControllerElected, leader);
        event.peer = BrokerId(leader);
        event.epoch = epoch;
        return event;
    };
    tell({elected(101, 3)});
    tell({m_build->event(EventKind::NodeKilled, 101)});
    tell({elected(103, 4)});
    QCOMPARE(
        texts().first(), u"The voters made controller-1 the leader of the quorum (epoch 3)."_s);
    QCOMPARE(texts().last(),
        u"The voters made controller-3 the leader of the quorum (epoch 4): controller-1 was killed."_s);
}

void TestNarrator::whyALeaderMovesIsTold_data()
{
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("told");
    QTest::newRow("killed") << u"lost the connection to broker 1"_s
                            << u"the connection to broker-1 was lost"_s;
    QTest::newRow("paused") << u"the session of broker 1 timed out"_s
                            << u"the session of broker-1 timed out"_s;
    QTest::newRow("stopped") << u"broker 1 is shutting down"_s << u"broker-1 is shutting down"_s;
    QTest::newRow("home again") << u"its preferred leader is in sync again"_s
                                << u"its preferred leader is in sync again"_s;
    QTest::newRow("elected") << u"asked for the preferred leader"_s
                             << u"a preferred election was asked for"_s;
    QTest::newRow("reassigned") << u"its reassignment has ended"_s
                                << u"its reassignment has ended"_s;
    QTest::newRow("anything else") << u"the moon was full"_s << u"the moon was full"_s;
}

void TestNarrator::whyALeaderMovesIsTold()
{
    QFETCH(QString, reason);
    QFETCH(QString, told);
    Event moved = m_build->moved(EventKind::LeaderChanged, 100, "orders", 0, 2, 5);
    moved.detail = m_build->table.intern(reason.toStdString());
    tell({moved});
    QCOMPARE(texts(), QStringList({u"broker-2 leads orders 0 now: %1."_s.arg(told)}));
}

void TestNarrator::strikesOfAFaultAreOneSentence()
{
    faults::FaultStatus slow;
    slow.id = 5;
    slow.rule.link = faults::FaultLink{BrokerId(1), BrokerId(3)};
    slow.rule.action = faults::FaultAction::Delay;
    slow.rule.delay = std::chrono::milliseconds(200);
    m_model->setFaults(std::vector{slow});
    Event struck = m_build->event(EventKind::FaultStruck, 1);
    struck.count = 5;
    struck.detail = m_build->table.intern("link 1-3: delay 200 ms");
    tell({struck, struck, struck});
    QCOMPARE(texts(),
        QStringList({u"The link between broker-1 and broker-3 is slowed by 200 ms. It has struck 3 "
                     "time(s)."_s}));
    // Healed in the meantime: the event tells of the rule by itself.
    m_model->setFaults({});
    struck.count = 6;
    struck.detail = m_build->table.intern("Produce: NOT_ENOUGH_REPLICAS");
    tell({struck});
    QCOMPARE(texts().last(), u"Produce: NOT_ENOUGH_REPLICAS. It has struck 1 time(s)."_s);
}

void TestNarrator::tellsOfAFaultWhenItIsMadeAndWhenItEnds_data()
{
    QTest::addColumn<QString>("rule");
    QTest::addColumn<int>("peer");
    QTest::addColumn<QString>("made");
    QTest::addColumn<QString>("ended");
    QTest::newRow("cut") << u"link 1-3: cut"_s << 3
                         << u"The link between broker-1 and broker-3 was cut: nothing passes until "
                            "it is healed."_s
                         << u"The link between broker-1 and broker-3 is whole again."_s;
    QTest::newRow("slow")
        << u"link 1-3: delay 200 ms"_s << 3
        << u"The link between broker-1 and broker-3 was slowed: what is sent over "
           "it comes 200 ms later."_s
        << u"The link between broker-1 and broker-3 is as fast as before."_s;
    QTest::newRow("lossy") << u"link 1-3: drop, 5 times"_s << 3
                           << u"The link between broker-1 and broker-3 loses what is sent over it "
                              "from here on."_s
                           << u"The link between broker-1 and broker-3 is whole again."_s;
    QTest::newRow("full") << u"disk of node 1: full"_s << -1
                          << u"The disk of broker-1 was filled: it has no room for anything more."_s
                          << u"The disk of broker-1 has room again."_s;
    QTest::newRow("requests") << u"Produce by billing-*: delay 500 ms"_s << -1
                              << u"Requests go wrong on purpose from here on: Produce by "
                                 "billing-*: delay 500 ms."_s
                              << u"Requests go right again: Produce by billing-*: delay 500 ms."_s;
}

void TestNarrator::tellsOfAFaultWhenItIsMadeAndWhenItEnds()
{
    QFETCH(QString, rule);
    QFETCH(int, peer);
    QFETCH(QString, made);
    QFETCH(QString, ended);
    // The model need not know the rule: it was made elsewhere, or is gone already.
    Event event = m_build->event(EventKind::FaultAdded, 1);
    event.peer = BrokerId(peer);
    event.count = 5;
    event.detail = m_build->table.intern(rule.toStdString());
    tell({event});
    QCOMPARE(texts(), QStringList{made});
    event.kind = EventKind::FaultStruck;
    event.timeNs += 500'000'000;
    tell({event, event});
    QCOMPARE(texts(), QStringList{made + u" It has struck 2 time(s)."_s});
    event.kind = EventKind::FaultRemoved;
    event.timeNs += 30'000'000'000;
    tell({event});
    QCOMPARE(texts().size(), 2);
    QCOMPARE(texts().last(), ended);
    QVERIFY(!m_narrator->sentences().back().isTrouble);
}

void TestNarrator::aFaultInAnothersPlaceIsOneLine()
{
    Event event = m_build->event(EventKind::FaultAdded, 1);
    event.peer = BrokerId(3);
    event.count = 1;
    event.detail = m_build->table.intern("link 1-3: cut");
    tell({event});
    event.kind = EventKind::FaultRemoved;
    event.timeNs += 5'000'000'000;
    tell({event});
    QCOMPARE(texts().size(), 2);
    event.kind = EventKind::FaultAdded;
    event.count = 2;
    event.timeNs += 1'000'000;
    event.detail = m_build->table.intern("link 1-3: delay 200 ms");
    tell({event});
    QCOMPARE(texts().size(), 2);
    QVERIFY(texts().last().contains(u"was slowed"_s));
    // A while later the link was whole for somebody to see.
    event.kind = EventKind::FaultRemoved;
    tell({event});
    event.kind = EventKind::FaultAdded;
    event.count = 3;
    event.timeNs += 5'000'000'000;
    tell({event});
    QCOMPARE(texts().size(), 4);
}

void TestNarrator::listsThingsAsPeopleDo()
{
    QCOMPARE(Narrator::list({}), QString());
    QCOMPARE(Narrator::list({u"a"_s}), u"a"_s);
    QCOMPARE(Narrator::list({u"a"_s, u"b"_s}), u"a and b"_s);
    QCOMPARE(Narrator::list({u"a"_s, u"b"_s, u"c"_s}), u"a, b and c"_s);
}

void TestNarrator::saysNothingOfInternalTopicsRecords()
{
    tell({m_build->batch(EventKind::BatchAppended, 1, "__consumer_offsets", 0, 0, 1, "web")});
    QVERIFY(texts().isEmpty());
}

void TestNarrator::modelStaysBoundedAndConsistent()
{
    EventListModel list;
    QAbstractItemModelTester tester(&list, QAbstractItemModelTester::FailureReportingMode::QtTest);
    EventFilterModel filter;
    filter.setSourceModel(&list);
    QAbstractItemModelTester filterTester(
        &filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    std::vector<Event> events;
    qint64 time = 1'000'000'000;
    for (int turn = 0; turn < 60; ++turn) {
        events.clear();
        for (int i = 0; i < 70; ++i) {
            time += i % 3 == 0 ? 300'000'000 : 1'000;
            events.push_back(m_build->batch(EventKind::BatchAppended, 1, "orders", i % 3, i, 1,
                "client-" + std::to_string(i % 11), time));
        }
        list.take(events, *m_model, m_build->names);
        QVERIFY(list.rowCount() <= static_cast<int>(Narrator::kMaxSentences));
        QCOMPARE(filter.rowCount(), list.rowCount());
    }
    QCOMPARE(list.rowCount(), static_cast<int>(Narrator::kMaxSentences));
    list.clear();
    QCOMPARE(list.rowCount(), 0);
}

void TestNarrator::filterHidesWhatLiesAheadAndWhatIsNotAskedFor()
{
    EventListModel list;
    EventFilterModel filter;
    filter.setSourceModel(&list);
    list.take(std::vector{m_build->batch(
                              EventKind::BatchAppended, 1, "orders", 0, 0, 1, "web", 1'000'000'000),
                  m_build->event(EventKind::NodeKilled, 2, 2'000'000'000)},
        *m_model, m_build->names);
    QCOMPARE(filter.rowCount(), 2);
    filter.setHorizon(1'500'000'000);
    QCOMPARE(filter.rowCount(), 1);
    filter.setHorizon(std::nullopt);
    filter.setAbout(EventTopic::Nodes);
    QCOMPARE(filter.rowCount(), 1);
    QCOMPARE(filter.index(0, 0).data().toString(),
        u"broker-2 was killed: nothing was flushed, its connections were cut."_s);
}

QTEST_GUILESS_MAIN(TestNarrator)
#include "test_narrator.moc"
