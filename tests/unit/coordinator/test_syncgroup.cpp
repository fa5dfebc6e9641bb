#include "shardharness.h"

using namespace moldau;
using namespace moldau::coordinator;
using protocol::JoinGroupResponse;
using protocol::SyncGroupResponse;

namespace {

/** A group of `count` in CompletingRebalance; ids, the leader's first. */
std::vector<std::string> joinedGroup(ShardHarness& harness, int count)
{
    std::vector<RequestToken> joins;
    for (int i = 0; i < count; ++i)
        joins.push_back(harness.join(joinRequest(), 3));
    harness.settle();
    std::vector<std::string> ids;
    for (const RequestToken join : joins)
        ids.push_back(harness.get<JoinGroupResponse>(join).memberId);
    return ids;
}

} // namespace

class TestSyncGroup : public QObject {
    Q_OBJECT
private slots:
    void membersWaitForTheLeadersAssignment()
    {
        ShardHarness harness;
        const auto ids = joinedGroup(harness, 2);
        const auto follower = harness.sync(syncRequest(ids[1], 1));
        QVERIFY(!harness.isAnswered(follower));
        const auto leader = harness.sync(syncRequest(ids[0], 1, {{ids[0], "a"}, {ids[1], "b"}}));
        QCOMPARE(harness.get<SyncGroupResponse>(leader).assignment, text("a"));
        QCOMPARE(harness.get<SyncGroupResponse>(follower).assignment, text("b"));
        QCOMPARE(
            harness.get<SyncGroupResponse>(follower).protocolName.value(), std::string("range"));
        QCOMPARE(
            harness.get<SyncGroupResponse>(follower).protocolType.value(), std::string("consumer"));
        QCOMPARE(harness.stateOf("group"), GroupState::Stable);
    }
    void assignmentIsGivenOnlyWhenReplicated()
    {
        ShardHarness harness;
        const auto ids = joinedGroup(harness, 1);
        harness.isCommittingAtOnce = false;
        const auto leader = harness.sync(syncRequest(ids[0], 1, {{ids[0], "a"}}));
        QVERIFY(!harness.isAnswered(leader));
        QCOMPARE(harness.stateOf("group"), GroupState::CompletingRebalance);
        harness.commitPending();
        QCOMPARE(harness.syncError(leader), ErrorCode::None);
        QCOMPARE(harness.stateOf("group"), GroupState::Stable);
    }
    void memberThatTheLeaderLeftOutGetsNothing()
    {
        ShardHarness harness;
        const auto ids = joinedGroup(harness, 2);
        const auto follower = harness.sync(syncRequest(ids[1], 1));
        harness.sync(syncRequest(ids[0], 1, {{ids[0], "a"}, {"nobody", "x"}}));
        QCOMPARE(harness.syncError(follower), ErrorCode::None);
        QVERIFY(harness.get<SyncGroupResponse>(follower).assignment.empty());
    }
    void stableGroupGivesTheAssignmentAgain()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 2);
        const auto again = harness.get<SyncGroupResponse>(harness.sync(syncRequest(ids[1], 1)));
        QCOMPARE(again.assignment, text("part of " + ids[1]));
    }
    void whoIsNotInTheGenerationIsRefused()
    {
        ShardHarness harness;
        QCOMPARE(
            harness.syncError(harness.sync(syncRequest("nobody", 1))), ErrorCode::UnknownMemberId);
        auto request = syncRequest("nobody", 1);
        request.groupId = "";
        QCOMPARE(harness.syncError(harness.sync(request)), ErrorCode::InvalidGroupId);
        const auto ids = joinedGroup(harness, 1);
        QCOMPARE(
            harness.syncError(harness.sync(syncRequest("nobody", 1))), ErrorCode::UnknownMemberId);
        QCOMPARE(
            harness.syncError(harness.sync(syncRequest(ids[0], 2))), ErrorCode::IllegalGeneration);
        request = syncRequest(ids[0], 1);
        request.groupInstanceId = "instance";
        QCOMPARE(harness.syncError(harness.sync(request)), ErrorCode::UnknownMemberId);
    }
    void protocolMustBeTheGroups()
    {
        ShardHarness harness;
        const auto ids = joinedGroup(harness, 1);
        auto request = syncRequest(ids[0], 1);
        QCOMPARE(harness.syncError(harness.sync(request, 5)), ErrorCode::InconsistentGroupProtocol);
        request.protocolType = "consumer";
        request.protocolName = "sticky";
        QCOMPARE(harness.syncError(harness.sync(request, 5)), ErrorCode::InconsistentGroupProtocol);
        request.protocolType = "connect";
        request.protocolName = "range";
        QCOMPARE(harness.syncError(harness.sync(request, 5)), ErrorCode::InconsistentGroupProtocol);
        request.protocolType = "consumer";
        QCOMPARE(harness.syncError(harness.sync(request, 5)), ErrorCode::None);
    }
    void nextRebalanceCancelsWaitingSyncs()
    {
        ShardHarness harness;
        const auto ids = joinedGroup(harness, 2);
        const auto follower = harness.sync(syncRequest(ids[1], 1));
        harness.join(joinRequest(), 3);
        QCOMPARE(harness.syncError(follower), ErrorCode::RebalanceInProgress);
        QCOMPARE(harness.syncError(harness.sync(syncRequest(ids[0], 1))),
            ErrorCode::RebalanceInProgress);
    }
    void assignmentOfAnOldGenerationChangesNothing()
    {
        ShardHarness harness;
        const auto ids = joinedGroup(harness, 1);
        harness.isCommittingAtOnce = false;
        const auto leader = harness.sync(syncRequest(ids[0], 1, {{ids[0], "a"}}));
        harness.join(joinRequest(), 3);
        QCOMPARE(harness.syncError(leader), ErrorCode::RebalanceInProgress);
        harness.commitPending();
        QCOMPARE(harness.stateOf("group"), GroupState::PreparingRebalance);
    }
    void failedAssignmentRebalancesAgain_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<int>("told");
        const auto row = [](const char* name, ErrorCode error, ErrorCode told) {
            QTest::newRow(name) << int(error) << int(told);
        };
        row("too few replicas", ErrorCode::NotEnoughReplicas, ErrorCode::CoordinatorNotAvailable);
        row("not leader", ErrorCode::NotLeaderOrFollower, ErrorCode::NotCoordinator);
        row("too large", ErrorCode::MessageTooLarge, ErrorCode::UnknownServerError);
        row("other", ErrorCode::InvalidRequest, ErrorCode::InvalidRequest);
    }
    void failedAssignmentRebalancesAgain()
    {
        QFETCH(int, error);
        QFETCH(int, told);
        ShardHarness harness;
        const auto ids = joinedGroup(harness, 2);
        harness.isCommittingAtOnce = false;
        const auto leader = harness.sync(syncRequest(ids[0], 1, {{ids[0], "a"}}));
        const auto follower = harness.sync(syncRequest(ids[1], 1));
        harness.failOne(static_cast<ErrorCode>(error));
        QCOMPARE(int(harness.syncError(leader)), told);
        QCOMPARE(int(harness.syncError(follower)), told);
        QCOMPARE(harness.stateOf("group"), GroupState::PreparingRebalance);
    }
    void slowReplicationIsNotWaitedForLong()
    {
        ShardHarness harness;
        const auto ids = joinedGroup(harness, 1);
        harness.isCommittingAtOnce = false;
        const auto leader = harness.sync(syncRequest(ids[0], 1, {{ids[0], "a"}}));
        harness.advance(5'000);
        QCOMPARE(harness.syncError(leader), ErrorCode::CoordinatorNotAvailable);
        harness.commitPending(); // too late
        QCOMPARE(harness.stateOf("group"), GroupState::PreparingRebalance);
    }
    void secondSyncReplacesTheFirst()
    {
        ShardHarness harness;
        const auto ids = joinedGroup(harness, 2);
        const auto first = harness.sync(syncRequest(ids[1], 1));
        const auto second = harness.sync(syncRequest(ids[1], 1));
        QCOMPARE(harness.syncError(first), ErrorCode::RebalanceInProgress);
        QVERIFY(!harness.isAnswered(second));
    }
    void whoDoesNotSyncIsOut()
    {
        ShardHarness harness;
        const auto ids = joinedGroup(harness, 2);
        harness.sync(syncRequest(ids[0], 1, {{ids[0], "a"}}));
        QCOMPARE(harness.stateOf("group"), GroupState::Stable);
        for (int i = 0; i < 12; ++i) { // both are alive, one never asks for its assignment
            harness.advance(5'000);
            harness.heartbeat("group", ids[0], 1);
            harness.heartbeat("group", ids[1], 1);
        }
        QCOMPARE(harness.stateOf("group"), GroupState::PreparingRebalance);
        QCOMPARE(harness.heartbeat("group", ids[1], 1), ErrorCode::UnknownMemberId);
    }
    void leaderWhoNeverSyncsIsReplaced()
    {
        ShardHarness harness;
        const auto ids = joinedGroup(harness, 2);
        const auto follower = harness.sync(syncRequest(ids[1], 1));
        for (int i = 0; i < 12; ++i) {
            harness.advance(5'000);
            harness.heartbeat("group", ids[0], 1);
        }
        QCOMPARE(harness.syncError(follower), ErrorCode::RebalanceInProgress);
        const auto rejoin = harness.join(joinRequest(ids[1]));
        QCOMPARE(harness.get<JoinGroupResponse>(rejoin).leader, ids[1]);
    }
};

QTEST_APPLESS_MAIN(TestSyncGroup)
#include "test_syncgroup.moc"
