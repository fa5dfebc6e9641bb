#include "controller/eventreporter.h"
#include "events/eventring.h"
#include "testcluster.h"

#include <QTest>

using namespace moldau;
using namespace moldau::controller;

class TestEventReporter : public QObject {
    Q_OBJECT
private:
    NameTable m_names;

    /** The events of the last decision. */
    std::vector<Event> eventsOf(TestCluster& cluster)
    {
        EventRing ring(m_names);
        ring.setWanted(true);
        EventReporter(ring, BrokerId(100))
            .report(cluster.lastDelta(), cluster.image(), cluster.lastReason(), 5);
        std::vector<Event> events(100);
        events.resize(ring.drain(events));
        return events;
    }
    std::string text(NameId id) const { return std::string(m_names.textOf(id)); }
private slots:
    void brokersComingsAndGoingsAreTold()
    {
        TestCluster cluster;
        cluster.registerBroker(1);
        auto events = eventsOf(cluster);
        QCOMPARE(events.size(), 1u);
        QCOMPARE(events[0].kind, EventKind::BrokerRegistered);
        QCOMPARE(events[0].peer, BrokerId(1));
        QCOMPARE(events[0].node, BrokerId(100));
        cluster.heartbeat(1);
        events = eventsOf(cluster);
        QCOMPARE(events.size(), 1u);
        QCOMPARE(events[0].kind, EventKind::BrokerUnfenced);
        cluster.loseConnection(1);
        events = eventsOf(cluster);
        QCOMPARE(events[0].kind, EventKind::BrokerFenced);
        QCOMPARE(text(events[0].detail), std::string("lost the connection to broker 1"));
    }
    void aLeaderThatGoesIsToldWithTheReason()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2});
        cluster.createTopic("orders", {{1, 2}});
        auto events = eventsOf(cluster);
        QCOMPARE(events.size(), 1u);
        QCOMPARE(events[0].kind, EventKind::TopicCreated);
        QCOMPARE(events[0].count, 1);
        QCOMPARE(text(events[0].topic), std::string("orders"));
        cluster.loseConnection(1);
        events = eventsOf(cluster);
        QCOMPARE(events.size(), 3u);
        QCOMPARE(events[0].kind, EventKind::BrokerFenced);
        QCOMPARE(events[1].kind, EventKind::LeaderChanged);
        QCOMPARE(events[1].peer, BrokerId(2));
        QCOMPARE(events[1].epoch, 1);
        QCOMPARE(text(events[1].detail), std::string("lost the connection to broker 1"));
        QCOMPARE(events[2].kind, EventKind::IsrShrunk);
        QCOMPARE(events[2].peer, BrokerId(1));
    }
    void aReassignmentsEndIsTheReasonForWhatItMoves()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2, 3});
        cluster.createTopic("orders", {{1, 2}});
        protocol::AlterPartitionReassignmentsRequest request;
        auto& topic = request.topics.emplace_back();
        topic.name = "orders";
        topic.partitions.emplace_back().replicas = std::vector{BrokerId(3), BrokerId(2)};
        cluster.run(request);
        (void)eventsOf(cluster);
        cluster.run(cluster.isrRequest("orders", 0, {1, 2, 3}));
        const auto events = eventsOf(cluster);
        QCOMPARE(events.size(), 3u);
        QCOMPARE(events[0].kind, EventKind::LeaderChanged);
        QCOMPARE(text(events[0].detail), std::string("its reassignment has ended"));
        QCOMPARE(events[1].kind, EventKind::IsrShrunk);
        QCOMPARE(events[1].peer, BrokerId(1));
        QCOMPARE(text(events[1].detail), std::string("its reassignment has ended"));
        QCOMPARE(events[2].kind, EventKind::IsrExpanded);
    }
    void isrsAndSettingsAreTold()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2});
        cluster.createTopic("orders", {{1, 2}});
        cluster.run(cluster.isrRequest("orders", 0, {1}));
        QCOMPARE(eventsOf(cluster).at(0).kind, EventKind::IsrShrunk);
        cluster.run(cluster.isrRequest("orders", 0, {1, 2}));
        QCOMPARE(eventsOf(cluster).at(0).kind, EventKind::IsrExpanded);
        QCOMPARE(eventsOf(cluster).at(0).peer, BrokerId(2));
        protocol::DeleteTopicsRequest request;
        request.topics.emplace_back().name = "orders";
        cluster.run(request);
        QCOMPARE(eventsOf(cluster).at(0).kind, EventKind::TopicDeleted);
    }
};

QTEST_APPLESS_MAIN(TestEventReporter)
#include "test_eventreporter.moc"
