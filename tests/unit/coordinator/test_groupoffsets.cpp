#include "shardharness.h"

using namespace moldau;
using namespace moldau::coordinator;
using protocol::JoinGroupResponse;
using protocol::OffsetCommitResponse;
using protocol::OffsetDeleteResponse;
using protocol::TxnOffsetCommitResponse;
using Fetched = protocol::OffsetFetchResponse::OffsetFetchResponseGroup;

namespace {

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1'000;

protocol::OffsetCommitRequest commitRequest(std::int64_t offset, const std::string& member = {},
    std::int32_t generation = -1, const std::string& topic = "orders", std::int32_t partition = 0)
{
    protocol::OffsetCommitRequest body;
    body.groupId = "group";
    body.memberId = member;
    body.generationIdOrMemberEpoch = generation;
    auto& committed = body.topics.emplace_back();
    committed.name = topic;
    auto& part = committed.partitions.emplace_back();
    part.partitionIndex = partition;
    part.committedOffset = offset;
    part.committedMetadata = "note";
    part.committedLeaderEpoch = 4;
    return body;
}

protocol::TxnOffsetCommitRequest txnRequest(std::int64_t offset, std::int64_t producer = 7)
{
    protocol::TxnOffsetCommitRequest body;
    body.groupId = "group";
    body.transactionalId = "txn";
    body.producerId = ProducerId(producer);
    body.producerEpoch = 0;
    auto& committed = body.topics.emplace_back();
    committed.name = "orders";
    auto& part = committed.partitions.emplace_back();
    part.partitionIndex = 0;
    part.committedOffset = offset;
    return body;
}

GroupOffsets::FetchGroup fetchRequest(
    std::optional<std::string> topic = "orders", std::int32_t partition = 0)
{
    GroupOffsets::FetchGroup body;
    body.groupId = "group";
    if (topic) {
        auto& wanted = body.topics.emplace().emplace_back();
        wanted.name = *topic;
        wanted.partitionIndexes.push_back(partition);
    } else {
        body.topics.reset();
    }
    return body;
}

ErrorCode commitError(
    ShardHarness& harness, const protocol::OffsetCommitRequest& body, std::int16_t version = 9)
{
    const auto response = harness.get<OffsetCommitResponse>(harness.commit(body, version));
    return errorFromWire(response.topics.at(0).partitions.at(0).errorCode);
}

ErrorCode txnError(ShardHarness& harness, const protocol::TxnOffsetCommitRequest& body)
{
    const auto response = harness.get<TxnOffsetCommitResponse>(harness.commitInTransaction(body));
    return errorFromWire(response.topics.at(0).partitions.at(0).errorCode);
}

protocol::OffsetFetchResponse::OffsetFetchResponsePartitions fetchOne(
    ShardHarness& harness, bool requireStable = false, const std::string& topic = "orders")
{
    return harness.get<Fetched>(harness.fetch(fetchRequest(topic), requireStable))
        .topics.at(0)
        .partitions.at(0);
}

protocol::OffsetDeleteRequest deleteRequest(const std::string& topic)
{
    protocol::OffsetDeleteRequest body;
    body.groupId = "group";
    auto& wanted = body.topics.emplace_back();
    wanted.name = topic;
    wanted.partitions.emplace_back().partitionIndex = 0;
    return body;
}

OffsetDeleteResponse deleteOffsets(ShardHarness& harness, const protocol::OffsetDeleteRequest& body)
{
    return harness.get<OffsetDeleteResponse>(harness.request(
        [&](const ClientContext& client) {
            harness.shard->deleteOffsets(harness.now, client, body);
        },
        0));
}

void endTransaction(ShardHarness& harness, bool isCommit)
{
    harness.shard->transactionEnded(harness.now, ProducerId(7), isCommit);
    harness.drain();
}

} // namespace

class TestGroupOffsets : public QObject {
    Q_OBJECT
private slots:
    void commitWithoutAGroupMakesOne()
    {
        ShardHarness harness;
        QCOMPARE(commitError(harness, commitRequest(5)), ErrorCode::None);
        const auto fetched = fetchOne(harness);
        QCOMPARE(fetched.committedOffset, std::int64_t(5));
        QCOMPARE(fetched.committedLeaderEpoch, 4);
        QCOMPARE(fetched.metadata.value(), std::string("note"));
        QCOMPARE(harness.stateOf("group"), GroupState::Empty);
        QCOMPARE(harness.events.back().offset, std::int64_t(5));
        harness.restart();
        QCOMPARE(fetchOne(harness).committedOffset, std::int64_t(5));
        QCOMPARE(commitError(harness, commitRequest(3)), ErrorCode::None); // back, when told so
        QCOMPARE(fetchOne(harness).committedOffset, std::int64_t(3));
    }
    void unknownOffsetsAreMinusOne()
    {
        ShardHarness harness;
        const auto fetched = fetchOne(harness);
        QCOMPARE(fetched.committedOffset, std::int64_t(-1));
        QCOMPARE(fetched.committedLeaderEpoch, -1);
        QCOMPARE(fetched.metadata.value(), std::string());
        QCOMPARE(fetched.errorCode, std::int16_t(0));
        QVERIFY(harness.get<Fetched>(harness.fetch(fetchRequest(std::nullopt))).topics.empty());
    }
    void nullTopicsMeanAll()
    {
        ShardHarness harness;
        harness.commit(commitRequest(1));
        harness.commit(commitRequest(2, {}, -1, "orders", 1));
        harness.commit(commitRequest(3, {}, -1, "payments"));
        const auto fetched = harness.get<Fetched>(harness.fetch(fetchRequest(std::nullopt)));
        QCOMPARE(fetched.topics.size(), std::size_t(2));
        QCOMPARE(fetched.topics[0].partitions.size(), std::size_t(2));
        QCOMPARE(fetched.topics[1].name, std::string("payments"));
    }
    void commitIsSeenWhenReplicated()
    {
        ShardHarness harness;
        harness.isCommittingAtOnce = false;
        const auto commit = harness.commit(commitRequest(5));
        QVERIFY(!harness.isAnswered(commit));
        QCOMPARE(fetchOne(harness).committedOffset, std::int64_t(-1));
        harness.commitPending();
        QVERIFY(harness.isAnswered(commit));
        QCOMPARE(fetchOne(harness).committedOffset, std::int64_t(5));
    }
    void failedCommitLeavesTheOldOffset()
    {
        ShardHarness harness;
        harness.commit(commitRequest(5));
        harness.isCommittingAtOnce = false;
        const auto commit = harness.commit(commitRequest(6));
        harness.failOne(ErrorCode::NotEnoughReplicas);
        QCOMPARE(errorFromWire(
                     harness.get<OffsetCommitResponse>(commit).topics[0].partitions[0].errorCode),
            ErrorCode::CoordinatorNotAvailable);
        QCOMPARE(fetchOne(harness).committedOffset, std::int64_t(5));
    }
    void slowCommitIsAnsweredYetCountsLater()
    {
        ShardHarness harness;
        harness.isCommittingAtOnce = false;
        const auto commit = harness.commit(commitRequest(6));
        harness.advance(5'000);
        QCOMPARE(errorFromWire(
                     harness.get<OffsetCommitResponse>(commit).topics[0].partitions[0].errorCode),
            ErrorCode::CoordinatorNotAvailable);
        harness.commitPending();
        QCOMPARE(fetchOne(harness).committedOffset, std::int64_t(6));
    }
    void membersCommitInTheirGeneration()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 1, {"instance"});
        QCOMPARE(commitError(harness, commitRequest(1, ids[0], 1)), ErrorCode::None);
        QCOMPARE(commitError(harness, commitRequest(1, ids[0], 2)), ErrorCode::IllegalGeneration);
        QCOMPARE(commitError(harness, commitRequest(1, "nobody", 1)), ErrorCode::UnknownMemberId);
        QCOMPARE(commitError(harness, commitRequest(1)),
            ErrorCode::UnknownMemberId); // the group isn't empty
        auto fenced = commitRequest(1, "nobody", 1);
        fenced.groupInstanceId = "instance";
        QCOMPARE(commitError(harness, fenced), ErrorCode::FencedInstanceId);
    }
    void commitsNeedAnExistingGroup()
    {
        ShardHarness harness;
        QCOMPARE(commitError(harness, commitRequest(1, "m", 1), 9), ErrorCode::GroupIdNotFound);
        QCOMPARE(commitError(harness, commitRequest(1, "m", 1), 8), ErrorCode::IllegalGeneration);
    }
    void commitDependsOnThePhaseOfARebalance()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 2);
        const auto rejoin = harness.join(joinRequest(ids[0]));
        QCOMPARE(commitError(harness, commitRequest(1, ids[1], 1)),
            ErrorCode::None); // PreparingRebalance
        harness.join(joinRequest(ids[1]));
        QCOMPARE(harness.joinError(rejoin), ErrorCode::None);
        QCOMPARE(commitError(harness, commitRequest(1, ids[1], 2)), ErrorCode::RebalanceInProgress);
    }
    void commitsKeepTheSessionAlive()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 1);
        for (int i = 0; i < 4; ++i) {
            harness.advance(8'000);
            QCOMPARE(commitError(harness, commitRequest(i, ids[0], 1)), ErrorCode::None);
        }
    }
    void metadataHasALimit()
    {
        ShardHarness harness;
        auto request = commitRequest(1);
        auto& partition = request.topics[0].partitions.emplace_back();
        partition.partitionIndex = 1;
        partition.committedOffset = 2;
        partition.committedMetadata = std::string(4'097, 'x');
        auto& longest = request.topics[0].partitions.emplace_back();
        longest.partitionIndex = 2;
        longest.committedMetadata = std::string(4'096, 'x');
        const auto response = harness.get<OffsetCommitResponse>(harness.commit(request));
        QCOMPARE(response.topics[0].partitions[0].errorCode, std::int16_t(0));
        QCOMPARE(errorFromWire(response.topics[0].partitions[1].errorCode),
            ErrorCode::OffsetMetadataTooLarge);
        QCOMPARE(response.topics[0].partitions[2].errorCode, std::int16_t(0));
    }
    void offsetsOfANamesakeAreNotShown()
    {
        ShardHarness harness;
        auto commit = commitRequest(5);
        commit.topics[0].topicId.bytes[0] = 1;
        harness.commit(commit, 10);
        auto fetch = fetchRequest();
        (*fetch.topics)[0].topicId.bytes[0] = 2;
        QCOMPARE(harness.get<Fetched>(harness.fetch(fetch, false, 10))
                     .topics[0]
                     .partitions[0]
                     .committedOffset,
            std::int64_t(-1));
        (*fetch.topics)[0].topicId.bytes[0] = 1;
        QCOMPARE(harness.get<Fetched>(harness.fetch(fetch, false, 10))
                     .topics[0]
                     .partitions[0]
                     .committedOffset,
            std::int64_t(5));
        QCOMPARE(fetchOne(harness).committedOffset, std::int64_t(5));
    }
    void emptyGroupIdMayHoldOffsets()
    {
        ShardHarness harness;
        auto request = commitRequest(1);
        request.groupId = "";
        QCOMPARE(commitError(harness, request), ErrorCode::None);
    }

    void stableFetchWaitsForCommitsUnderWay()
    {
        ShardHarness harness;
        harness.isCommittingAtOnce = false;
        harness.commit(commitRequest(5));
        const auto fetch = harness.fetch(fetchRequest(), true);
        QVERIFY(!harness.isAnswered(fetch));
        harness.commitPending();
        QCOMPARE(
            harness.get<Fetched>(fetch).topics[0].partitions[0].committedOffset, std::int64_t(5));
        harness.commit(commitRequest(6));
        const auto late = harness.fetch(fetchRequest(), true);
        harness.advance(5'000);
        QCOMPARE(errorFromWire(harness.get<Fetched>(late).errorCode), ErrorCode::NotCoordinator);
    }
    void openTransactionIsUnstable()
    {
        ShardHarness harness;
        harness.commit(commitRequest(5));
        QCOMPARE(txnError(harness, txnRequest(9)), ErrorCode::None);
        QCOMPARE(errorFromWire(fetchOne(harness, true).errorCode), ErrorCode::UnstableOffsetCommit);
        const auto all = harness.get<Fetched>(harness.fetch(fetchRequest(std::nullopt), true));
        QCOMPARE(
            errorFromWire(all.topics[0].partitions[0].errorCode), ErrorCode::UnstableOffsetCommit);
        QCOMPARE(fetchOne(harness, false).committedOffset, std::int64_t(5));
        endTransaction(harness, true);
        QCOMPARE(fetchOne(harness, true).committedOffset, std::int64_t(9));
    }
    void abortedTransactionChangesNothing()
    {
        ShardHarness harness;
        harness.commit(commitRequest(5));
        harness.commitInTransaction(txnRequest(9));
        endTransaction(harness, false);
        QCOMPARE(fetchOne(harness, true).committedOffset, std::int64_t(5));
    }
    void openTransactionSurvivesAChangeOfLeader()
    {
        ShardHarness harness;
        harness.commitInTransaction(txnRequest(9));
        harness.restart();
        QCOMPARE(errorFromWire(fetchOne(harness, true).errorCode), ErrorCode::UnstableOffsetCommit);
        endTransaction(harness, true);
        QCOMPARE(fetchOne(harness, true).committedOffset, std::int64_t(9));
    }
    void transactionsAreCheckedLikeMembers()
    {
        ShardHarness harness;
        auto request = txnRequest(1);
        request.generationIdOrMemberEpoch = 3;
        request.memberId = "m";
        QCOMPARE(txnError(harness, request), ErrorCode::IllegalGeneration);
        const auto ids = stableGroup(harness, 1);
        QCOMPARE(
            txnError(harness, txnRequest(1)), ErrorCode::None); // an old producer tells nothing
        request.memberId = ids[0];
        QCOMPARE(txnError(harness, request), ErrorCode::IllegalGeneration);
        request.generationIdOrMemberEpoch = 1;
        QCOMPARE(txnError(harness, request), ErrorCode::None);
        request.memberId = "nobody";
        QCOMPARE(txnError(harness, request), ErrorCode::UnknownMemberId);
        request.groupId = "";
        QCOMPARE(txnError(harness, request), ErrorCode::InvalidGroupId);
    }
    void transactionsCommitWhileTheGroupCompletesARebalance()
    {
        ShardHarness harness;
        harness.join(joinRequest(), 3);
        harness.settle();
        auto request = txnRequest(1);
        request.memberId = *harness.shard->group("group")->leaderId();
        request.generationIdOrMemberEpoch = 1;
        QCOMPARE(txnError(harness, request), ErrorCode::None);
    }

    void offsetsOfSubscribedTopicsStay()
    {
        ShardHarness harness;
        harness.commit(commitRequest(1));
        harness.commit(commitRequest(2, {}, -1, "payments"));
        stableGroup(harness, 1); // subscribes to orders
        const auto refused = deleteOffsets(harness, deleteRequest("orders"));
        QCOMPARE(refused.errorCode, std::int16_t(0));
        QCOMPARE(errorFromWire(refused.topics.begin()->partitions.begin()->errorCode),
            ErrorCode::GroupSubscribedToTopic);
        const auto done = deleteOffsets(harness, deleteRequest("payments"));
        QCOMPARE(done.topics.begin()->partitions.begin()->errorCode, std::int16_t(0));
        QCOMPARE(fetchOne(harness, false, "payments").committedOffset, std::int64_t(-1));
        QCOMPARE(fetchOne(harness).committedOffset, std::int64_t(1));
    }
    void deletingOffsetsNeedsAGroup()
    {
        ShardHarness harness;
        QCOMPARE(errorFromWire(deleteOffsets(harness, deleteRequest("orders")).errorCode),
            ErrorCode::GroupIdNotFound);
        auto request = joinRequest();
        request.protocolType = "connect";
        harness.join(request, 3);
        QCOMPARE(errorFromWire(deleteOffsets(harness, deleteRequest("orders")).errorCode),
            ErrorCode::NonEmptyGroup);
    }
    void deletionReachesCommitsUnderWay()
    {
        ShardHarness harness;
        harness.isCommittingAtOnce = false;
        stableGroup(harness, 0);
        harness.commit(commitRequest(1));
        harness.commitPending();
        harness.commit(commitRequest(2));
        const auto deletion = harness.request(
            [&](const ClientContext& client) {
                harness.shard->deleteOffsets(harness.now, client, deleteRequest("orders"));
            },
            0);
        harness.commitPending();
        QVERIFY(harness.isAnswered(deletion));
        QCOMPARE(fetchOne(harness).committedOffset, std::int64_t(-1));
    }

    void offsetsOfALoneConsumerExpireByThemselves()
    {
        ShardHarness harness;
        harness.commit(commitRequest(1));
        harness.advance(6 * kDayMs);
        harness.commit(commitRequest(2, {}, -1, "payments"));
        harness.advance(kDayMs + 600'000);
        QCOMPARE(fetchOne(harness).committedOffset, std::int64_t(-1));
        QCOMPARE(fetchOne(harness, false, "payments").committedOffset, std::int64_t(2));
        harness.advance(6 * kDayMs);
        QVERIFY(harness.shard->groupIds().empty());
        harness.restart();
        QVERIFY(harness.shard->groupIds().empty());
        QVERIFY(!harness.shard->offsets().topicsOf("group"));
    }
    void retentionCountsFromWhenTheGroupIsEmpty()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 1);
        harness.commit(commitRequest(1, ids[0], 1));
        // Heartbeats for eight days; each stands for many.
        harness.config.minSessionTimeoutMs = 0;
        for (std::int64_t passed = 0; passed < 8 * kDayMs; passed += 9'000 * 1'000) {
            for (int i = 0; i < 1'000; ++i) {
                harness.advance(9'000);
                if (harness.heartbeat("group", ids[0], 1) != ErrorCode::None)
                    QFAIL("the member is out");
            }
        }
        QCOMPARE(fetchOne(harness).committedOffset, std::int64_t(1));
        harness.advance(6 * kDayMs); // the member is silent, the group empty
        QCOMPARE(harness.stateOf("group"), GroupState::Empty);
        QCOMPARE(fetchOne(harness).committedOffset, std::int64_t(1));
        harness.advance(kDayMs + 700'000);
        QCOMPARE(fetchOne(harness).committedOffset, std::int64_t(-1));
        QVERIFY(harness.shard->groupIds().empty());
    }
    void clientsTimeOfExpiryIsObeyed()
    {
        ShardHarness harness;
        auto request = commitRequest(1);
        request.retentionTimeMs = 1'000;
        harness.commit(request, 4);
        harness.advance(600'000);
        QCOMPARE(fetchOne(harness).committedOffset, std::int64_t(-1));
    }
    void openTransactionKeepsOffsetAndGroup()
    {
        ShardHarness harness;
        harness.commit(commitRequest(1));
        harness.commitInTransaction(txnRequest(2));
        harness.advance(8 * kDayMs);
        QCOMPARE(fetchOne(harness).committedOffset, std::int64_t(1));
        endTransaction(harness, true);
        QCOMPARE(fetchOne(harness).committedOffset, std::int64_t(2));
    }
    void groupWithoutOffsetsGoesAtTheNextCheck()
    {
        ShardHarness harness;
        stableGroup(harness, 1);
        harness.advance(10'000);
        QCOMPARE(harness.stateOf("group"), GroupState::Empty);
        harness.advance(600'000);
        QVERIFY(harness.shard->groupIds().empty());
        QVERIFY(!harness.partition.back().record.value); // a tombstone
    }
    void deletedTopicTakesItsOffsetsAlong()
    {
        ShardHarness harness;
        auto commit = commitRequest(1);
        commit.topics[0].topicId.bytes[0] = 1;
        harness.commit(commit);
        harness.commit(commitRequest(2, {}, -1, "payments"));
        DeletedTopic deleted{{}, "orders"};
        deleted.id.bytes[0] = 2; // a namesake
        harness.shard->topicsDeleted(harness.now, {&deleted, 1});
        harness.drain();
        QCOMPARE(fetchOne(harness).committedOffset, std::int64_t(1));
        deleted.id.bytes[0] = 1;
        harness.shard->topicsDeleted(harness.now, {&deleted, 1});
        harness.drain();
        QCOMPARE(fetchOne(harness).committedOffset, std::int64_t(-1));
        QCOMPARE(fetchOne(harness, false, "payments").committedOffset, std::int64_t(2));
    }
};

QTEST_APPLESS_MAIN(TestGroupOffsets)
#include "test_groupoffsets.moc"
