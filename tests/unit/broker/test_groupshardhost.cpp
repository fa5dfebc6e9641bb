#include "testpartitionhost.h"

#include "broker/groups/groupshardhost.h"

#include <QTest>

using namespace moldau;
using namespace moldau::broker;
using coordinator::ClientContext;
using coordinator::GroupCoordinatorShard;
using coordinator::Moment;
using protocol::JoinGroupResponse;
using protocol::OffsetCommitResponse;
using protocol::SyncGroupResponse;
using Fetched = protocol::OffsetFetchResponse::OffsetFetchResponseGroup;

namespace {

constexpr BrokerId kSelf{1};
constexpr BrokerId kFollower{2};

/** Nothing is connected below the handlers. */
class NoTransport final : public Transport {
public:
    Result<std::unique_ptr<Listener>> listen(
        const Endpoint&, Callback<void(std::unique_ptr<Stream>)>) override
    {
        return fail(ErrorCode::LocalUnsupported);
    }
    std::unique_ptr<Stream> connect(const Endpoint&) override { return nullptr; }
};

/** A replica of one partition of __consumer_offsets on broker 1; the test plays broker 2. */
class OffsetsPartition final : public TestPartitionHost {
public:
    OffsetsPartition()
        : world{manualLoop, m_transport, m_files, ring, m_log}
        , log(makeLog("__consumer_offsets", 0))
    {
        partition = std::make_unique<Partition>(*this, log->topicPartition(), Uuid{}, *log);
        partition->setMinInSyncReplicas(1);
        ring.setWanted(true);
        lead(1, {kSelf, kFollower});
    }

    void lead(std::int32_t epoch, controller::Replicas isr)
    {
        become(kSelf, epoch, std::move(isr));
    }
    void follow(std::int32_t epoch) { become(kFollower, epoch, {kSelf, kFollower}); }
    /** The follower has all that the log has. */
    void replicate() { partition->followerFetched(kFollower, log->logEndOffset(), 0); }
    std::vector<std::string> eventDetails(EventKind kind)
    {
        std::vector<Event> all(256);
        all.resize(ring.drain(all));
        std::vector<std::string> details;
        for (const Event& event : all) {
            if (event.kind == kind)
                details.emplace_back(m_names.textOf(event.detail));
        }
        return details;
    }

private:
    void become(BrokerId leader, std::int32_t epoch, controller::Replicas isr)
    {
        controller::PartitionImage image;
        image.replicas = {kSelf, kFollower};
        image.isr = std::move(isr);
        image.leader = leader;
        image.leaderEpoch = epoch;
        image.partitionEpoch = ++m_partitionEpoch;
        partition->apply(image);
    }

    NoTransport m_transport;
    Log m_log;
    std::int32_t m_partitionEpoch = 0;

public:
    network::World world;
    std::unique_ptr<storage::PartitionLog> log;
    std::unique_ptr<Partition> partition;
};

/** A host and the answers that it gave. */
class Coordinator {
public:
    explicit Coordinator(OffsetsPartition& offsets)
        : host(offsets.world, kSelf, config, offsets.partition.get())
    {
    }

    template <class Response, class Send>
    std::shared_ptr<std::optional<Response>> ask(std::int16_t version, Send send)
    {
        auto answer = std::make_shared<std::optional<Response>>();
        host.request(ClientContext{{}, version, "client", "/127.0.0.1"}, send,
            [answer](
                coordinator::ReplyBody body) { *answer = std::get<Response>(std::move(body)); });
        return answer;
    }
    std::shared_ptr<std::optional<OffsetCommitResponse>> commit(std::int64_t offset)
    {
        protocol::OffsetCommitRequest request;
        request.groupId = "group";
        request.generationIdOrMemberEpoch = -1;
        auto& topic = request.topics.emplace_back();
        topic.name = "orders";
        topic.partitions.emplace_back().committedOffset = offset;
        return ask<OffsetCommitResponse>(9, [&](auto& shard, const auto& now, const auto& client) {
            shard.commitOffsets(now, client, request);
        });
    }
    Fetched fetch()
    {
        protocol::OffsetFetchRequest::OffsetFetchRequestGroup request;
        request.groupId = "group";
        auto& topic = request.topics.emplace().emplace_back();
        topic.name = "orders";
        topic.partitionIndexes.push_back(0);
        return ask<Fetched>(9, [&](auto& shard, const auto& now, const auto& client) {
            shard.fetchOffsets(now, client, request, false);
        })->value();
    }
    std::int64_t fetchOffset() { return fetch().topics.at(0).partitions.at(0).committedOffset; }
    std::shared_ptr<std::optional<JoinGroupResponse>> join()
    {
        protocol::JoinGroupRequest request;
        request.groupId = "group";
        request.protocolType = "consumer";
        request.sessionTimeoutMs = 10'000;
        request.rebalanceTimeoutMs = 60'000;
        request.protocols.emplace_back().name = "range";
        return ask<JoinGroupResponse>(3, [&](auto& shard, const auto& now, const auto& client) {
            shard.join(now, client, request);
        });
    }
    std::shared_ptr<std::optional<SyncGroupResponse>> sync(const std::string& memberId)
    {
        protocol::SyncGroupRequest request;
        request.groupId = "group";
        request.memberId = memberId;
        request.generationId = 1;
        return ask<SyncGroupResponse>(4, [&](auto& shard, const auto& now, const auto& client) {
            shard.sync(now, client, request);
        });
    }

    coordinator::GroupCoordinatorConfig config;
    GroupShardHost host;
};

ErrorCode errorOf(const std::shared_ptr<std::optional<OffsetCommitResponse>>& answer)
{
    return errorFromWire(answer->value().topics.at(0).partitions.at(0).errorCode);
}

} // namespace

class TestGroupShardHost : public QObject {
    Q_OBJECT
private slots:
    void commitIsAnsweredWhenReplicated()
    {
        OffsetsPartition offsets;
        Coordinator coordinator(offsets);
        const auto commit = coordinator.commit(5);
        QVERIFY(!commit->has_value());
        QCOMPARE(coordinator.fetchOffset(), std::int64_t(-1));
        offsets.replicate();
        QCOMPARE(errorOf(commit), ErrorCode::None);
        QCOMPARE(coordinator.fetchOffset(), std::int64_t(5));
    }
    void loneReplicaAnswersAtOnce()
    {
        OffsetsPartition offsets;
        offsets.lead(2, {kSelf});
        Coordinator coordinator(offsets);
        QCOMPARE(errorOf(coordinator.commit(5)), ErrorCode::None);
        QCOMPARE(coordinator.fetchOffset(), std::int64_t(5));
    }
    void tooFewReplicasAreToldAtOnce()
    {
        OffsetsPartition offsets;
        offsets.partition->setMinInSyncReplicas(2);
        Coordinator coordinator(offsets);
        offsets.lead(2, {kSelf});
        QCOMPARE(errorOf(coordinator.commit(5)), ErrorCode::CoordinatorNotAvailable);
        QCOMPARE(coordinator.fetchOffset(), std::int64_t(-1));
    }
    void slowFollowersAreNotWaitedForLong()
    {
        OffsetsPartition offsets;
        Coordinator coordinator(offsets);
        const auto commit = coordinator.commit(5);
        offsets.manualLoop.advance(5'000);
        QCOMPARE(errorOf(commit), ErrorCode::CoordinatorNotAvailable);
        offsets.replicate();
        QCOMPARE(coordinator.fetchOffset(), std::int64_t(5));
    }
    void nextLeaderReadsTheLog()
    {
        OffsetsPartition offsets;
        {
            Coordinator coordinator(offsets);
            for (int i = 0; i < 100; ++i)
                coordinator.commit(i);
            offsets.replicate();
        }
        Coordinator next(offsets);
        QCOMPARE(next.fetchOffset(), std::int64_t(99));
    }
    void whatFollowersLackIsNotShownBeforeTheyHaveIt()
    {
        OffsetsPartition offsets;
        {
            Coordinator coordinator(offsets);
            coordinator.commit(5);
        }
        Coordinator next(offsets);
        QCOMPARE(errorFromWire(next.fetch().errorCode), ErrorCode::CoordinatorLoadInProgress);
        offsets.replicate();
        QCOMPARE(next.fetchOffset(), std::int64_t(5));
    }
    void markersOfTransactionsAreRead()
    {
        OffsetsPartition offsets;
        offsets.lead(2, {kSelf});
        protocol::TxnOffsetCommitRequest request;
        request.groupId = "group";
        request.transactionalId = "txn";
        request.producerId = ProducerId(7);
        request.producerEpoch = 0;
        request.topics.emplace_back().name = "orders";
        request.topics[0].partitions.emplace_back().committedOffset = 8;
        Coordinator coordinator(offsets);
        coordinator.ask<protocol::TxnOffsetCommitResponse>(
            5, [&](auto& shard, const auto& now, const auto& client) {
                shard.commitTransactionalOffsets(now, client, request);
            });
        QCOMPARE(Coordinator(offsets).fetchOffset(), std::int64_t(-1));
        const auto marker = storage::makeMarker(7, 0, true);
        QVERIFY(offsets.partition->append(marker, storage::coordinatorAppend(2), true).has_value());
        QCOMPARE(Coordinator(offsets).fetchOffset(), std::int64_t(8));
    }
    void lostLeadershipSendsEverybodyElsewhere()
    {
        OffsetsPartition offsets;
        Coordinator coordinator(offsets);
        // The commit first: once the group has a member, only members may commit.
        const auto commit = coordinator.commit(5);
        const auto join = coordinator.join();
        offsets.follow(2);
        coordinator.host.resign();
        QCOMPARE(errorFromWire(join->value().errorCode), ErrorCode::NotCoordinator);
        QCOMPARE(errorOf(commit), ErrorCode::NotCoordinator);
        QCOMPARE(errorOf(coordinator.commit(6)), ErrorCode::NotCoordinator);
    }
    void groupsOfOtherBrokersAreRefused()
    {
        OffsetsPartition offsets;
        const coordinator::GroupCoordinatorConfig config;
        GroupShardHost elsewhere(offsets.world, kSelf, config, nullptr);
        std::optional<Fetched> answer;
        protocol::OffsetFetchRequest::OffsetFetchRequestGroup request;
        elsewhere.request(
            {{}, 9, "client", "/127.0.0.1"},
            [&](auto& shard, const auto& now, const auto& client) {
                shard.fetchOffsets(now, client, request, false);
            },
            [&](coordinator::ReplyBody body) { answer = std::get<Fetched>(std::move(body)); });
        QCOMPARE(errorFromWire(answer.value().errorCode), ErrorCode::NotCoordinator);
    }
    void groupLivesByTheLoopsTime()
    {
        OffsetsPartition offsets;
        offsets.lead(2, {kSelf});
        Coordinator coordinator(offsets);
        const auto join = coordinator.join();
        offsets.manualLoop.advance(2'999);
        QVERIFY(!join->has_value());
        offsets.manualLoop.advance(1); // group.initial.rebalance.delay.ms
        const auto sync = coordinator.sync(join->value().memberId);
        QCOMPARE(sync->value().errorCode, std::int16_t(0));
        offsets.manualLoop.advance(10'000); // a session without heartbeat
        QCOMPARE(offsets.eventDetails(EventKind::GroupStateChanged),
            (std::vector<std::string>{"PreparingRebalance", "CompletingRebalance", "Stable",
                "PreparingRebalance", "Empty"}));
    }
};

QTEST_APPLESS_MAIN(TestGroupShardHost)
#include "test_groupshardhost.moc"
