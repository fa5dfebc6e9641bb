// Single stories of replicas, each made as it has to be: what seeds once found, and what they are
// unlikely to meet.

#include "protocol/messages/listoffsetsrequest.h"
#include "protocol/messages/listoffsetsresponse.h"
#include "simulatedclient.h"

#include <QtTest>

using namespace moldau;
using namespace moldau::simulation;
using namespace std::chrono_literals;

namespace {

/** Three brokers with one partition of three replicas, whose leader has committed what the others
 * don't know as such. */
class Story {
public:
    Story()
        : cluster({.brokers = 3,
            .settings = {{"min.insync.replicas", "2"}, {"broker.session.timeout.ms", "3000"},
                {"broker.heartbeat.interval.ms", "500"}, {"replica.lag.time.max.ms", "60000"}}})
        , client(cluster, "client")
    {
    }

    void begin()
    {
        QVERIFY(cluster.startAll());
        QVERIFY(client.createTopic("orders", 1, 3).has_value());
        for (int i = 0; i < 3; ++i)
            QVERIFY(client.produce("orders", 0, {"value " + std::to_string(i)}).has_value());
        QVERIFY(cluster.runUntil([this] { return cluster.isSettled(); }));
    }
    /** Produces one more, and kills the leader before any follower hears that it is committed. */
    void killLeaderThatKnowsMore()
    {
        const int leader = cluster.leaderOf("orders", 0);
        const auto offset = client.produce("orders", 0, {"one more"});
        QVERIFY(offset.has_value());
        cluster.kill(leader);
        end = *offset + 1;
        for (int broker = 1; broker <= 3; ++broker) {
            if (broker == leader)
                continue;
            QCOMPARE(cluster.replica(broker, "orders", 0)->log().logEndOffset(), end);
            QVERIFY(cluster.replica(broker, "orders", 0)->log().highWatermark() < end);
        }
        dead = leader;
    }
    /** The offset of the special timestamp, or the error. */
    Result<std::int64_t> offsetOf(std::int64_t timestamp, std::int16_t version = 9)
    {
        protocol::ListOffsetsRequest request;
        request.replicaId = kNoBroker; // a client
        auto& topic = request.topics.emplace_back();
        topic.name = "orders";
        topic.partitions.emplace_back().timestamp = timestamp;
        const auto answer = client.ask<protocol::ListOffsetsResponse>(
            cluster.leaderOf("orders", 0), request, version);
        if (!answer)
            return fail(answer.error());
        const auto& partition = answer->topics.front().partitions.front();
        if (partition.errorCode != 0)
            return fail(errorFromWire(partition.errorCode), "");
        return partition.offset;
    }

    SimulatedCluster cluster;
    SimulatedClient client;
    std::int64_t end = 0;
    int dead = 0;
};

constexpr std::int64_t kLatest = -1;
constexpr std::int64_t kEarliest = -2;

} // namespace

class TestReplication : public QObject {
    Q_OBJECT
private slots:
    void aNewLeaderTellsTheEndOnlyOnceItKnowsWhatWasCommitted()
    {
        Story story;
        story.begin();
        story.killLeaderThatKnowsMore();
        SimulatedCluster& cluster = story.cluster;
        // The two that live can't hear of each other, so that nothing new is committed.
        const int one = story.dead % 3 + 1;
        const int two = 6 - one - story.dead; // the brokers are 1, 2 and 3
        cluster.network().cut(cluster.host(one).address, cluster.host(two).address);
        QVERIFY(cluster.runUntil([&] {
            const int leader = cluster.leaderOf("orders", 0);
            return leader != 0 && leader != story.dead;
        }));
        const int leader = cluster.leaderOf("orders", 0);
        QVERIFY(cluster.replica(leader, "orders", 0)->log().highWatermark() < story.end);

        QCOMPARE(story.offsetOf(kLatest).error().code, ErrorCode::OffsetNotAvailable);
        QCOMPARE(story.offsetOf(kLatest, 4).error().code, ErrorCode::LeaderNotAvailable);
        const std::int64_t future = cluster.host(leader).loop.wallClockMs() + 100'000;
        QCOMPARE(story.offsetOf(future).error().code, ErrorCode::OffsetNotAvailable);
        QCOMPARE(story.offsetOf(kEarliest).value(), 0);

        cluster.network().mendAll();
        QVERIFY(cluster.runUntil([&] { return story.offsetOf(kLatest).has_value(); }, 10s));
        QCOMPARE(story.offsetOf(kLatest).value(), story.end);
    }

    void aFollowerKeepsTheHighWatermarkThatANewLeaderHasNotReachedYet()
    {
        Story story;
        story.begin();
        SimulatedCluster& cluster = story.cluster;
        const int leader = cluster.leaderOf("orders", 0);
        broker::Partition* const follower = cluster.replica(leader % 3 + 1, "orders", 0);
        const std::int64_t before = follower->log().highWatermark();
        QVERIFY(before > 0);
        follower->followLeader(before - 1, 0);
        QCOMPARE(follower->log().highWatermark(), before);
    }
    void theIsrGrowsAgainAfterAnUncleanElection()
    {
        SimulatedCluster cluster({.brokers = 2,
            .settings
            = {{"broker.session.timeout.ms", "3000"}, {"broker.heartbeat.interval.ms", "500"}}});
        SimulatedClient client(cluster, "client");
        QVERIFY(cluster.startAll());
        QVERIFY(client.createTopic("orders", 1, 2, {{"unclean.leader.election.enable", "true"}})
                    .has_value());
        const int first = cluster.leaderOf("orders", 0);
        const int second = 3 - first;
        cluster.kill(second);
        QVERIFY(cluster.runUntil(
            [&] { return cluster.replica(first, "orders", 0)->isr().size() == 1; }));
        QVERIFY(client.produce("orders", 0, {"only the first has it"}).has_value());
        cluster.kill(first);
        cluster.start(second);
        QVERIFY(cluster.runUntil([&] { return cluster.leaderOf("orders", 0) == second; }));
        cluster.start(first);
        QVERIFY(cluster.runUntil(
            [&] { return cluster.replica(second, "orders", 0)->isr().size() == 2; }, 30s));
        QCOMPARE(cluster.replica(second, "orders", 0)->image().leaderRecovery,
            controller::LeaderRecovery::Recovered);
    }
    void aBrokerWhoseDiskHasFailedAsksTheControllerForNothing()
    {
        Story story;
        story.begin();
        SimulatedCluster& cluster = story.cluster;
        const int leader = cluster.leaderOf("orders", 0);
        const int other = leader % 3 + 1;
        broker::Partition& partition = *cluster.replica(leader, "orders", 0);
        cluster.kill(other);
        QVERIFY(cluster.runUntil([&] { return partition.isr().size() == 2; }));
        cluster.start(other);
        QVERIFY(cluster.runUntil([&] { return partition.hasProposal(); }));
        partition.dropProposal();
        cluster.runFor(0ms);
        // In one moment the disk fails, of which the broker hears next, and the ISR may grow.
        cluster.host(leader).files.failWrites(
            {.nthWrite = 1, .code = ErrorCode::LocalIoError, .tornBytes = 0, .pathPart = {}});
        broker::ReplicaManager& replicas = cluster.broker(leader)->replicas();
        QVERIFY(!replicas.logs().writeCheckpoints());
        replicas.considerIsr(partition);
        QVERIFY(partition.hasProposal());
        cluster.runFor(1s);
        QVERIFY(!cluster.host(leader).failure.empty());
    }
    void aBrokerIsUpToDateSoonAfterALinkHasLostWhatWasSent()
    {
        Story story;
        story.begin();
        SimulatedCluster& cluster = story.cluster;
        faults::FaultRule loss;
        loss.link = faults::FaultLink{BrokerId{2}, SimulatedCluster::kControllerId};
        loss.action = faults::FaultAction::Drop;
        QVERIFY(cluster.faults().add(loss).has_value());
        QVERIFY(cluster.runUntil(
            [&] { return cluster.broker(1)->image().broker(BrokerId{2})->isFenced; }, 5s));
        cluster.faults().heal();
        QVERIFY(story.client.createTopic("payments", 1, 2).has_value());
        QVERIFY(cluster.runUntil(
            [&] {
                return !cluster.broker(2)->controller().isFenced()
                    && cluster.broker(2)->image().topic("payments") != nullptr;
            },
            4s));
    }
};

QTEST_GUILESS_MAIN(TestReplication)
#include "test_replication.moc"
