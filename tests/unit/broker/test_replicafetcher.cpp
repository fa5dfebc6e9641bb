#include "testpartitionhost.h"

#include "broker/replica/replicafetcher.h"
#include "network/server.h"
#include "protocol/messages/fetchrequest.h"
#include "protocol/messages/fetchresponse.h"
#include "simulatedcluster.h"

using namespace moldau;
using namespace moldau::broker;
using namespace moldau::simulation;
using namespace std::chrono_literals;
using protocol::FetchRequest;
using protocol::FetchResponse;

namespace {

constexpr BrokerId kSelf{1};
constexpr BrokerId kLeader{2};
const Uuid kTopicId{{1, 2, 3}};

/** A leader whose answers the test makes up. */
class PlayedLeader final : public network::RequestHandler {
public:
    explicit PlayedLeader(Host& host)
        : endpoint{host.address, 9092}
        , m_server(host.loop, host.transport, host.events, host.log, kLeader, *this)
    {
        VERIFY_OK(m_server.listen("INTERNAL", endpoint));
    }

    void handle(network::Exchange exchange) override
    {
        const auto request
            = FetchRequest::parse(exchange.body().bytes, exchange.version, exchange.body().owner);
        named.push_back(request && !request->topics.empty());
        open.push_back(std::move(exchange));
    }
    /** To the oldest request: of the one partition, with these records; none: with nothing. */
    void answer(std::optional<Bytes> records)
    {
        FetchResponse response;
        response.sessionId = 7;
        if (records) {
            auto& topic = response.responses.emplace_back();
            topic.topicId = kTopicId;
            auto& data = topic.partitions.emplace_back();
            data.highWatermark = data.logStartOffset = 0;
            data.records.data = Slice(std::move(*records));
            data.records.isNull = false;
        }
        open.front().answer(response);
        open.pop_front();
    }

    Endpoint endpoint;
    std::deque<network::Exchange> open;
    std::vector<bool> named; ///< whether each request named a partition

private:
    network::Server m_server;
};

/** A replica of orders-0 that follows the played leader. */
class Follower final : public TestPartitionHost {
public:
    Follower(Host& host, const Endpoint& leader)
        : m_quota(11, 1s)
        , log(makeLog("orders", 0))
    {
        partition = std::make_unique<Partition>(*this, log->topicPartition(), kTopicId, *log);
        controller::PartitionImage image;
        image.replicas = image.isr = {kSelf, kLeader};
        image.leader = kLeader;
        image.leaderEpoch = image.partitionEpoch = 1;
        partition->apply(image);
        FetcherOptions options;
        options.self = kSelf;
        options.brokerEpoch = [] { return std::int64_t{1}; };
        fetcher = std::make_unique<ReplicaFetcher>(host.loop, host.transport, host.events, host.log,
            kLeader, leader, std::move(options), m_quota);
    }

private:
    ReplicationQuota m_quota;

public:
    std::unique_ptr<storage::PartitionLog> log;
    std::unique_ptr<Partition> partition;
    std::unique_ptr<ReplicaFetcher> fetcher;
};

Bytes batchAt(std::int64_t offset)
{
    return storage::makeBatch({.baseOffset = offset, .leaderEpoch = 1});
}

} // namespace

class TestReplicaFetcher : public QObject {
    Q_OBJECT
private slots:
    void anAnswerFromBeforeThePartitionWasTakenUpAgainIsNotAppended()
    {
        SimulatedCluster world({.brokers = 1});
        PlayedLeader leader(world.addHost());
        Follower follower(world.addHost(), leader.endpoint);
        const auto isAsked = [&] { return !leader.open.empty(); };

        follower.fetcher->add(*follower.partition);
        QVERIFY(world.runUntil(isAsked));
        leader.answer(batchAt(0));
        QVERIFY(world.runUntil([&] { return follower.log->logEndOffset() == 1 && isAsked(); }));

        // Meanwhile another broker led, and took the record away.
        follower.fetcher->remove(*follower.partition);
        VERIFY_OK(follower.log->truncateTo(0));
        follower.fetcher->add(*follower.partition);
        QVERIFY(world.runUntil([&] { return leader.open.size() == 2; }));
        QVERIFY(leader.named.back());
        leader.answer(batchAt(1)); // what was asked for when the log ended at 1
        world.runFor(10ms);
        QCOMPARE(follower.log->logEndOffset(), 0);
        leader.answer(batchAt(0));
        QVERIFY(world.runUntil([&] { return follower.log->logEndOffset() == 1; }));
        QCOMPARE(storage::readAll(*follower.log, 0), std::string("0-0"));
    }
};

QTEST_GUILESS_MAIN(TestReplicaFetcher)
#include "test_replicafetcher.moc"
