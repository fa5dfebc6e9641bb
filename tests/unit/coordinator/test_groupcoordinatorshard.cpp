#include "shardharness.h"

using namespace moldau;
using namespace moldau::coordinator;
using protocol::HeartbeatResponse;
using protocol::JoinGroupResponse;
using protocol::LeaveGroupResponse;
using protocol::OffsetCommitResponse;
using protocol::SyncGroupResponse;
using Deleted = std::vector<protocol::DeleteGroupsResponse::DeletableGroupResult>;
using Fetched = protocol::OffsetFetchResponse::OffsetFetchResponseGroup;

namespace {

protocol::OffsetCommitRequest commitRequest(const std::string& group = "group")
{
    protocol::OffsetCommitRequest body;
    body.groupId = group;
    body.generationIdOrMemberEpoch = -1;
    auto& topic = body.topics.emplace_back();
    topic.name = "orders";
    topic.partitions.emplace_back().committedOffset = 3;
    return body;
}

GroupOffsets::FetchGroup fetchRequest()
{
    GroupOffsets::FetchGroup body;
    body.groupId = "group";
    auto& topic = body.topics.emplace().emplace_back();
    topic.name = "orders";
    topic.partitionIndexes.push_back(0);
    return body;
}

std::vector<std::string> listed(ShardHarness& harness, const std::vector<std::string>& states,
    const std::vector<std::string>& types = {})
{
    protocol::ListGroupsRequest filters;
    filters.statesFilter = states;
    filters.typesFilter = types;
    std::vector<std::string> ids;
    const auto groups = harness.shard->listGroups(filters).value();
    for (const auto& group : groups)
        ids.push_back(group.groupId);
    return ids;
}

std::vector<ErrorCode> deleteErrors(ShardHarness& harness, const std::vector<std::string>& groups)
{
    std::vector<ErrorCode> errors;
    for (const auto& result : harness.get<Deleted>(harness.deleteGroups(groups)))
        errors.push_back(errorFromWire(result.errorCode));
    return errors;
}

} // namespace

class TestGroupCoordinatorShard : public QObject {
    Q_OBJECT
private slots:
    void requestsWaitForTheLog()
    {
        ShardHarness harness;
        Log log;
        harness.shard = std::make_unique<GroupCoordinatorShard>(harness.config, log);
        checkPhase(harness, ErrorCode::CoordinatorLoadInProgress);
        QCOMPARE(harness.heartbeat("group", "m", 1), ErrorCode::None); // as if alive
        QVERIFY(!harness.shard->listGroups({}).has_value());
        QVERIFY(!harness.shard->nextDeadline());
    }
    void resignedShardSendsClientsElsewhere()
    {
        ShardHarness harness;
        stableGroup(harness, 1);
        harness.shard->resign(harness.now);
        harness.drain();
        checkPhase(harness, ErrorCode::NotCoordinator);
        QCOMPARE(harness.heartbeat("group", "m", 1), ErrorCode::NotCoordinator);
        QVERIFY(harness.shard->listGroups({}).value().empty());
        QVERIFY(!harness.shard->nextDeadline());
    }
    void resigningAnswersEverybodyWhoWaits()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 2);
        const auto join = harness.join(joinRequest(ids[0]));
        auto other = joinRequest();
        other.groupId = "other";
        const auto otherJoin = harness.join(other, 3);
        harness.settle();
        auto sync = syncRequest(harness.get<JoinGroupResponse>(otherJoin).memberId, 1);
        sync.groupId = "other";
        harness.isCommittingAtOnce = false;
        const auto syncing = harness.sync(sync);
        const auto commit = harness.commit(commitRequest("third"));
        GroupOffsets::FetchGroup fetch = fetchRequest();
        fetch.groupId = "third";
        const auto fetching = harness.fetch(fetch, true);
        harness.shard->resign(harness.now);
        harness.drain();
        QCOMPARE(harness.joinError(join), ErrorCode::NotCoordinator);
        QCOMPARE(harness.syncError(syncing), ErrorCode::NotCoordinator);
        QCOMPARE(errorFromWire(
                     harness.get<OffsetCommitResponse>(commit).topics[0].partitions[0].errorCode),
            ErrorCode::NotCoordinator);
        QCOMPARE(
            errorFromWire(harness.get<Fetched>(fetching).errorCode), ErrorCode::NotCoordinator);
        harness.commitPending(); // a late word from the log changes nothing
        QVERIFY(harness.shard->groupIds().empty());
    }
    void newLeaderKnowsTheGroup()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 2, {{}, "instance"});
        harness.commit(commitRequest("lone"));
        harness.restart();
        QVERIFY(harness.events.size() > 0);
        QCOMPARE(harness.stateOf("group"), GroupState::Stable);
        QCOMPARE(harness.heartbeat("group", ids[0], 1), ErrorCode::None);
        QCOMPARE(harness.get<SyncGroupResponse>(harness.sync(syncRequest(ids[1], 1))).assignment,
            text("part of " + ids[1]));
        harness.advance(5'000);
        harness.heartbeat("group", ids[0], 1);
        harness.advance(5'000); // the other one has gone meanwhile
        QCOMPARE(harness.stateOf("group"), GroupState::PreparingRebalance);
    }
    void strangeRecordsAreLeftOut()
    {
        ShardHarness harness;
        harness.commit(commitRequest());
        harness.partition.push_back({kNoProducer, {{0, 3, 0, 1, 'g'}, Bytes{0, 0, 0, 0, 0, 1}}});
        harness.partition.push_back({kNoProducer, {{}, Bytes{}}});
        harness.partition.push_back({kNoProducer, {{0, 1, 0}, Bytes{0, 4}}});
        harness.restart();
        QCOMPARE(harness.shard->groupIds(), std::vector<std::string>{"group"});
    }
    void loadingTransactionsNeedsTheirMarkers()
    {
        ShardHarness harness;
        protocol::TxnOffsetCommitRequest request;
        request.groupId = "group";
        request.transactionalId = "txn";
        request.producerId = ProducerId(7);
        request.topics.emplace_back().name = "orders";
        request.topics[0].partitions.emplace_back().committedOffset = 4;
        harness.commitInTransaction(request);
        Log log;
        GroupCoordinatorShard loading(harness.config, log);
        const auto& record = harness.partition.at(0).record;
        loading.replay(0, ProducerId(7), record.key, BytesView(*record.value));
        loading.replayTransactionEnd(ProducerId(7), true);
        loading.loaded(harness.now);
        QCOMPARE(loading.offsets().find("group", "orders", 0)->offset, std::int64_t(4));
    }

    void groupsAreListedByStateAndType()
    {
        ShardHarness harness;
        stableGroup(harness, 1);
        harness.commit(commitRequest("lone"));
        using Ids = std::vector<std::string>;
        QCOMPARE(listed(harness, {}), (Ids{"group", "lone"}));
        QCOMPARE(listed(harness, {"stable"}), Ids{"group"});
        QCOMPARE(listed(harness, {" EMPTY ", "Dead"}), Ids{"lone"});
        QCOMPARE(listed(harness, {}, {"Classic"}), (Ids{"group", "lone"}));
        QCOMPARE(listed(harness, {}, {"consumer"}), Ids{});
        const auto all = harness.shard->listGroups({}).value();
        QCOMPARE(all[0].protocolType, std::string("consumer"));
        QCOMPARE(all[0].groupState, std::string("Stable"));
        QCOMPARE(all[0].groupType, std::string("classic"));
        QCOMPARE(all[1].protocolType, std::string());
    }
    void descriptionShowsMetadataOfStableGroupsOnly()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 2, {{}, "instance"});
        auto described = harness.shard->describeGroups(5, {"group"}).at(0);
        QCOMPARE(described.groupState, std::string("Stable"));
        QCOMPARE(described.protocolType, std::string("consumer"));
        QCOMPARE(described.protocolData, std::string("range"));
        QCOMPARE(described.members.size(), std::size_t(2));
        QCOMPARE(described.members[1].memberId, ids[1]);
        QCOMPARE(described.members[1].groupInstanceId.value(), std::string("instance"));
        QCOMPARE(described.members[1].clientId, std::string("client"));
        QCOMPARE(described.members[1].clientHost, std::string("/127.0.0.1"));
        QCOMPARE(described.members[1].memberMetadata, subscriptionTo({"orders"}));
        QCOMPARE(described.members[1].memberAssignment, text("part of " + ids[1]));
        harness.join(joinRequest(ids[0]));
        described = harness.shard->describeGroups(5, {"group"}).at(0);
        QCOMPARE(described.groupState, std::string("PreparingRebalance"));
        QCOMPARE(described.protocolData, std::string());
        QVERIFY(described.members[1].memberMetadata.empty());
    }
    void unknownGroupIsDead()
    {
        ShardHarness harness;
        const auto old = harness.shard->describeGroups(5, {"nobody"}).at(0);
        QCOMPARE(old.errorCode, std::int16_t(0));
        QCOMPARE(old.groupState, std::string("Dead"));
        const auto now = harness.shard->describeGroups(6, {"nobody"}).at(0);
        QCOMPARE(errorFromWire(now.errorCode), ErrorCode::GroupIdNotFound);
        QCOMPARE(now.groupState, std::string("Dead"));
        QCOMPARE(now.errorMessage.value(), std::string("Group nobody not found."));
    }

    void onlyEmptyGroupsAreDeleted()
    {
        ShardHarness harness;
        stableGroup(harness, 1);
        harness.commit(commitRequest("lone"));
        QCOMPARE(deleteErrors(harness, {"group", "lone", "nobody"}),
            (std::vector{ErrorCode::NonEmptyGroup, ErrorCode::None, ErrorCode::GroupIdNotFound}));
        QCOMPARE(harness.shard->groupIds(), std::vector<std::string>{"group"});
        harness.restart();
        QCOMPARE(harness.shard->groupIds(), std::vector<std::string>{"group"});
        QVERIFY(!harness.shard->offsets().topicsOf("lone"));
    }
    void deletionIsToldWhenReplicated()
    {
        ShardHarness harness;
        harness.commit(commitRequest());
        harness.isCommittingAtOnce = false;
        const auto deletion = harness.deleteGroups({"group"});
        QVERIFY(!harness.isAnswered(deletion));
        QVERIFY(harness.shard->groupIds().empty());
        harness.commitPending();
        QCOMPARE(harness.get<Deleted>(deletion)[0].errorCode, std::int16_t(0));
    }
    void failedDeletionBringsTheGroupBack()
    {
        ShardHarness harness;
        harness.commit(commitRequest());
        harness.isCommittingAtOnce = false;
        const auto deletion = harness.deleteGroups({"group"});
        harness.failOne(ErrorCode::NotEnoughReplicas);
        QCOMPARE(errorFromWire(harness.get<Deleted>(deletion)[0].errorCode),
            ErrorCode::CoordinatorNotAvailable);
        QCOMPARE(harness.stateOf("group"), GroupState::Empty);
        QCOMPARE(harness.get<Fetched>(harness.fetch(fetchRequest()))
                     .topics[0]
                     .partitions[0]
                     .committedOffset,
            std::int64_t(3));
    }
    void commitInFrontOfADeletionDoesNotUndoIt()
    {
        ShardHarness harness;
        harness.commit(commitRequest());
        harness.isCommittingAtOnce = false;
        harness.commit(commitRequest());
        harness.deleteGroups({"group"});
        harness.commitPending();
        QVERIFY(harness.shard->groupIds().empty());
        QVERIFY(!harness.shard->offsets().topicsOf("group"));
    }
    void groupMayBeJoinedWhileItIsDeleted()
    {
        ShardHarness harness;
        harness.commit(commitRequest());
        harness.isCommittingAtOnce = false;
        harness.deleteGroups({"group"});
        const auto join = harness.join(joinRequest(), 3);
        harness.commitPending();
        harness.settle();
        QCOMPARE(harness.joinError(join), ErrorCode::None);
        QCOMPARE(harness.stateOf("group"), GroupState::CompletingRebalance);
    }
    void groupDeletedTwiceInOneRequestIsDeletedOnce()
    {
        ShardHarness harness;
        harness.commit(commitRequest());
        QCOMPARE(deleteErrors(harness, {"group", "group"}),
            (std::vector{ErrorCode::None, ErrorCode::None}));
    }

private:
    /** All requests but Heartbeat get the error in the place where their clients look for it. */
    void checkPhase(ShardHarness& harness, ErrorCode error)
    {
        QCOMPARE(harness.joinError(harness.join(joinRequest())), error);
        QCOMPARE(harness.syncError(harness.sync(syncRequest("m", 1))), error);
        protocol::LeaveGroupRequest leave;
        leave.groupId = "group";
        leave.members.emplace_back().memberId = "m";
        QCOMPARE(
            errorFromWire(harness.get<LeaveGroupResponse>(harness.leave(leave)).errorCode), error);
        QCOMPARE(errorFromWire(harness.get<OffsetCommitResponse>(harness.commit(commitRequest()))
                                   .topics[0]
                                   .partitions[0]
                                   .errorCode),
            error);
        QCOMPARE(
            errorFromWire(harness.get<Fetched>(harness.fetch(fetchRequest())).errorCode), error);
        // OffsetFetch v1 knows errors of partitions only.
        const auto old = harness.get<Fetched>(harness.fetch(fetchRequest(), false, 1));
        QCOMPARE(errorFromWire(old.topics[0].partitions[0].errorCode), error);
        QCOMPARE(deleteErrors(harness, {"group"}), std::vector{error});
        QCOMPARE(errorFromWire(harness.shard->describeGroups(6, {"group"}).at(0).errorCode), error);
    }
};

QTEST_APPLESS_MAIN(TestGroupCoordinatorShard)
#include "test_groupcoordinatorshard.moc"
