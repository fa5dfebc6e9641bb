// Single stories of replicas, each made as it has to be: what seeds once found, and what they are
// unlikely to meet.

#include "protocol/batchbuilder.h"
#include "protocol/messages/initproduceridrequest.h"
#include "protocol/messages/initproduceridresponse.h"
#include "protocol/messages/listoffsetsrequest.h"
#include "protocol/messages/listoffsetsresponse.h"
#include "protocol/messages/producerequest.h"
#include "protocol/messages/produceresponse.h"
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

/** An idempotent producer that sends what it is told, in whatever order. */
class Idempotent {
public:
    explicit Idempotent(SimulatedClient& client)
        : m_client(client)
    {
        protocol::InitProducerIdRequest request;
        request.transactionalId.reset();
        constexpr std::int16_t kVersion = 4;
        m_id = client.ask<protocol::InitProducerIdResponse>(1, request, kVersion)->producerId;
    }

    /** One record of this sequence, to the leader that is known now; its offset, or the error. */
    Result<std::int64_t> send(std::int32_t sequence)
    {
        std::optional<Result<std::int64_t>> answer;
        send(sequence, [&](Result<std::int64_t> got) { answer = std::move(got); });
        m_client.cluster().runUntil([&] { return answer.has_value(); });
        return *answer;
    }
    void send(std::int32_t sequence, Callback<void(Result<std::int64_t>)> done)
    {
        protocol::BatchOptions options;
        options.producerId = m_id;
        options.producerEpoch = 0;
        options.baseSequence = sequence;
        protocol::BatchBuilder builder(options);
        builder.append(m_client.host().loop.wallClockMs(), std::nullopt,
            asBytes("sequence " + std::to_string(sequence)));
        protocol::ProduceRequest request;
        request.acks = -1;
        request.timeoutMs = 20'000;
        auto& topic = request.topicData.emplace_back();
        topic.name = "orders";
        topic.partitionData.emplace_back().records.data = Slice(builder.build().value());
        constexpr std::int16_t kVersion = 12; // the last with names
        m_client.call<protocol::ProduceResponse>(
            m_client.cluster().leaderOf("orders", 0), request, kVersion,
            [done = std::move(done)](Result<protocol::ProduceResponse> answer) mutable {
                if (!answer)
                    return done(fail(answer.error()));
                const auto& part = answer->responses.front().partitionResponses.front();
                if (part.errorCode != 0)
                    return done(fail(errorFromWire(part.errorCode), ""));
                done(part.baseOffset);
            },
            30s);
    }

private:
    SimulatedClient& m_client;
    ProducerId m_id;
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
    void ofANewProducerNothingIsTakenBehindABatchThatWasRefused()
    {
        Story story;
        story.begin();
        SimulatedCluster& cluster = story.cluster;
        Idempotent producer(story.client);
        const int leader = cluster.leaderOf("orders", 0);
        const int one = leader % 3 + 1;
        const int two = one % 3 + 1;
        cluster.kill(one);
        cluster.kill(two);
        const broker::Partition& partition = *cluster.replica(leader, "orders", 0);
        QVERIFY(cluster.runUntil([&] { return partition.isr().size() == 1; }));
        QCOMPARE(producer.send(0).error().code, ErrorCode::NotEnoughReplicas);
        cluster.start(one);
        cluster.start(two);
        QVERIFY(cluster.runUntil([&] { return partition.isr().size() == 3; }));

        // Its client sent it before it knew of the refusal, and believes both to be there if this
        // one is.
        QCOMPARE(producer.send(1).error().code, ErrorCode::NotEnoughReplicas);
        const auto offset = producer.send(0);
        QVERIFY(offset.has_value());
        QCOMPARE(producer.send(1).value(), *offset + 1);
        QCOMPARE(producer.send(0).value(), *offset);
        QCOMPARE(producer.send(7).error().code, ErrorCode::OutOfOrderSequenceNumber);
        // The state of another producer may have gone long ago.
        QVERIFY(Idempotent(story.client).send(77).has_value());
    }
    void whatAFaultRuleRefusesIsRefusedByTheBroker()
    {
        Story story;
        story.begin();
        Idempotent producer(story.client);
        faults::FaultRule rule;
        rule.api = protocol::ApiKey::Produce;
        rule.action = faults::FaultAction::Error;
        rule.error = ErrorCode::NotLeaderOrFollower;
        rule.count = 1;
        QVERIFY(story.cluster.faults().add(rule).has_value());
        QCOMPARE(producer.send(0).error().code, ErrorCode::NotLeaderOrFollower);
        QCOMPARE(producer.send(1).error().code, ErrorCode::NotLeaderOrFollower);
        QVERIFY(producer.send(0).has_value());
        // Also of one that the log knows: its client need not begin another epoch.
        QVERIFY(story.cluster.faults().add(rule).has_value());
        QCOMPARE(producer.send(1).error().code, ErrorCode::NotLeaderOrFollower);
        QCOMPARE(producer.send(2).error().code, ErrorCode::NotLeaderOrFollower);
        QVERIFY(producer.send(1).has_value());
        QVERIFY(producer.send(2).has_value());
    }
    void whoDiedOnItsWayIntoTheIsrHoldsNothingBack()
    {
        Story story;
        story.begin();
        SimulatedCluster& cluster = story.cluster;
        const int leader = cluster.leaderOf("orders", 0);
        const int other = leader % 3 + 1;
        const broker::Partition& partition = *cluster.replica(leader, "orders", 0);
        cluster.kill(other);
        QVERIFY(cluster.runUntil([&] { return partition.isr().size() == 2; }));
        // Back, and not reached: the leader waits for it, as it was caught up a moment ago.
        cluster.network().cut(cluster.host(leader).address, cluster.host(other).address);
        cluster.start(other);
        QVERIFY(cluster.runUntil(
            [&] { return cluster.broker(leader)->replicas().mayJoinIsr(BrokerId{other}); }));
        Idempotent producer(story.client);
        std::optional<Result<std::int64_t>> answer;
        producer.send(0, [&](Result<std::int64_t> got) { answer = std::move(got); });
        cluster.runFor(2s);
        QVERIFY(!answer);
        cluster.kill(other);
        QVERIFY(cluster.runUntil([&] { return answer.has_value(); }, 1s));
        QVERIFY(answer->has_value());
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
