#include "shardharness.h"

using namespace moldau;
using namespace moldau::coordinator;
using protocol::JoinGroupResponse;
using protocol::LeaveGroupResponse;
using protocol::SyncGroupResponse;

namespace {

struct Leaving {
    std::string member;
    std::optional<std::string> instance;
};

protocol::LeaveGroupRequest leaveRequest(const std::vector<Leaving>& members)
{
    protocol::LeaveGroupRequest body;
    body.groupId = "group";
    for (const Leaving& leaving : members) {
        auto& member = body.members.emplace_back();
        member.memberId = leaving.member;
        member.groupInstanceId = leaving.instance;
    }
    return body;
}

std::vector<ErrorCode> leaveErrors(ShardHarness& harness, const std::vector<Leaving>& members)
{
    const auto response = harness.get<LeaveGroupResponse>(harness.leave(leaveRequest(members)));
    std::vector<ErrorCode> errors;
    for (const auto& member : response.members)
        errors.push_back(errorFromWire(member.errorCode));
    return errors;
}

} // namespace

class TestMembership : public QObject {
    Q_OBJECT
private slots:
    void heartbeatTellsTheState()
    {
        ShardHarness harness;
        QCOMPARE(harness.heartbeat("group", "nobody", 1), ErrorCode::UnknownMemberId);
        QCOMPARE(harness.heartbeat("", "nobody", 1), ErrorCode::InvalidGroupId);
        harness.join(joinRequest(), 3);
        harness.settle();
        const std::string id = *harness.shard->group("group")->leaderId();
        QCOMPARE(harness.heartbeat("group", id, 1), ErrorCode::None); // CompletingRebalance
        harness.sync(syncRequest(id, 1));
        QCOMPARE(harness.heartbeat("group", id, 1), ErrorCode::None);
        QCOMPARE(harness.heartbeat("group", id, 0), ErrorCode::IllegalGeneration);
        QCOMPARE(harness.heartbeat("group", "nobody", 1), ErrorCode::UnknownMemberId);
        QCOMPARE(harness.heartbeat("group", id, 1, "instance"), ErrorCode::UnknownMemberId);
        harness.join(joinRequest(), 3);
        QCOMPARE(harness.heartbeat("group", id, 1), ErrorCode::RebalanceInProgress);
    }
    void silentMemberIsOutAfterItsSessionTimeout()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 2);
        harness.advance(9'999);
        QCOMPARE(harness.stateOf("group"), GroupState::Stable);
        harness.heartbeat("group", ids[0], 1);
        harness.advance(1);
        QCOMPARE(harness.stateOf("group"), GroupState::PreparingRebalance);
        QCOMPARE(harness.heartbeat("group", ids[1], 1), ErrorCode::UnknownMemberId);
        QCOMPARE(harness.heartbeat("group", ids[0], 1), ErrorCode::RebalanceInProgress);
    }
    void groupIsEmptyWhenTheLastMemberIsSilent()
    {
        ShardHarness harness;
        stableGroup(harness, 1);
        harness.advance(10'000);
        QCOMPARE(harness.stateOf("group"), GroupState::Empty);
        QCOMPARE(harness.shard->group("group")->generation(), 2);
        harness.restart();
        QCOMPARE(harness.stateOf("group"), GroupState::Empty);
        QCOMPARE(harness.shard->group("group")->generation(), 2);
    }
    void memberThatWaitsForOthersNeedsNoHeartbeat()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 2);
        const auto waiting = harness.join(joinRequest(ids[0]));
        for (int i = 0; i < 6; ++i) {
            harness.advance(5'000);
            harness.heartbeat("group", ids[1], 1);
        }
        QVERIFY(!harness.isAnswered(waiting));
        harness.join(joinRequest(ids[1]));
        QCOMPARE(harness.joinError(waiting), ErrorCode::None);
    }
    void leavingMemberTriggersARebalance()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 2);
        QCOMPARE(leaveErrors(harness, {{ids[0], {}}}), std::vector{ErrorCode::None});
        QCOMPARE(harness.stateOf("group"), GroupState::PreparingRebalance);
        const auto rejoin = harness.join(joinRequest(ids[1]));
        QCOMPARE(harness.get<JoinGroupResponse>(rejoin).leader, ids[1]);
    }
    void lastLeavingMemberLeavesAnEmptyGroup()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 1);
        leaveErrors(harness, {{ids[0], {}}});
        QCOMPARE(harness.stateOf("group"), GroupState::Empty);
    }
    void everyLeavingMemberHasItsOwnError()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 3, {"one", "two"});
        QCOMPARE(leaveErrors(harness,
                     {{"", "one"}, {"", "unknown"}, {"", {}}, {"somebody", "two"}, {ids[1], "two"},
                         {"nobody", {}}}),
            (std::vector{ErrorCode::None, ErrorCode::UnknownMemberId, ErrorCode::UnknownMemberId,
                ErrorCode::FencedInstanceId, ErrorCode::None, ErrorCode::UnknownMemberId}));
        QCOMPARE(harness.shard->group("group")->size(), std::size_t(1));
    }
    void leavingAnUnknownGroupNamesEachMember()
    {
        ShardHarness harness;
        QCOMPARE(leaveErrors(harness, {{"a", {}}, {"b", "i"}}),
            (std::vector{ErrorCode::UnknownMemberId, ErrorCode::UnknownMemberId}));
        auto request = leaveRequest({{"a", {}}});
        request.groupId = "";
        QCOMPARE(errorFromWire(harness.get<LeaveGroupResponse>(harness.leave(request)).errorCode),
            ErrorCode::InvalidGroupId);
    }
    void oldVersionHasOneMemberAndOneError()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 2);
        protocol::LeaveGroupRequest request;
        request.groupId = "group";
        request.memberId = "nobody";
        auto response = harness.get<LeaveGroupResponse>(harness.leave(request, 2));
        QCOMPARE(errorFromWire(response.errorCode), ErrorCode::UnknownMemberId);
        QVERIFY(response.members.empty());
        request.memberId = ids[1];
        response = harness.get<LeaveGroupResponse>(harness.leave(request, 2));
        QCOMPARE(response.errorCode, std::int16_t(0));
        QCOMPARE(harness.shard->group("group")->size(), std::size_t(1));
    }
    void pendingMemberMayLeave()
    {
        ShardHarness harness;
        const auto id = harness.get<JoinGroupResponse>(harness.join(joinRequest(), 9)).memberId;
        QCOMPARE(leaveErrors(harness, {{id, {}}}), std::vector{ErrorCode::None});
        QCOMPARE(harness.joinError(harness.join(joinRequest(id))), ErrorCode::UnknownMemberId);
    }
    void whoeverIsRemovedWhileWaitingIsAnswered()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 3, {"one", "two"});
        const auto joining = harness.join(joinRequest(ids[0], "one"));
        leaveErrors(harness, {{"", "one"}});
        QCOMPARE(harness.joinError(joining), ErrorCode::UnknownMemberId);
        harness.join(joinRequest(ids[1], "two"));
        harness.join(joinRequest(ids[2]));
        QCOMPARE(harness.stateOf("group"), GroupState::CompletingRebalance);
        auto sync = syncRequest(ids[2], 2);
        const auto syncing = harness.sync(sync);
        leaveErrors(harness, {{ids[2], {}}});
        QCOMPARE(harness.syncError(syncing), ErrorCode::UnknownMemberId);
    }

    void staticMemberComesBackWithoutARebalance()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 2, {{}, "instance"});
        const auto joined
            = harness.get<JoinGroupResponse>(harness.join(joinRequest({}, "instance")));
        QCOMPARE(joined.errorCode, std::int16_t(0));
        QCOMPARE(joined.generationId, 1);
        QVERIFY(joined.memberId != ids[1]);
        QVERIFY(!joined.skipAssignment);
        QCOMPARE(harness.stateOf("group"), GroupState::Stable);
        // It has the old one's assignment, and the old one is fenced.
        auto sync = syncRequest(joined.memberId, 1);
        QCOMPARE(harness.get<SyncGroupResponse>(harness.sync(sync)).assignment,
            text("part of " + ids[1]));
        QCOMPARE(harness.heartbeat("group", ids[1], 1, "instance"), ErrorCode::FencedInstanceId);
        QCOMPARE(harness.heartbeat("group", joined.memberId, 1, "instance"), ErrorCode::None);
        QCOMPARE(harness.joinError(harness.join(joinRequest(ids[1], "instance"))),
            ErrorCode::FencedInstanceId);
        sync = syncRequest(ids[1], 1);
        sync.groupInstanceId = "instance";
        QCOMPARE(harness.syncError(harness.sync(sync)), ErrorCode::FencedInstanceId);
        // The next leader of the partition knows it, too.
        harness.restart();
        QCOMPARE(*harness.shard->group("group")->staticMemberId("instance"), joined.memberId);
    }
    void staticLeaderSkipsTheAssignment()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 2, {"instance"});
        const auto joined
            = harness.get<JoinGroupResponse>(harness.join(joinRequest({}, "instance"), 9));
        QVERIFY(joined.skipAssignment);
        QCOMPARE(joined.leader, joined.memberId);
        QCOMPARE(joined.members.size(), std::size_t(2));
    }
    void oldStaticLeaderIsNotToldThatItLeads()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 2, {"instance"});
        const auto joined
            = harness.get<JoinGroupResponse>(harness.join(joinRequest({}, "instance"), 8));
        QVERIFY(!joined.skipAssignment);
        QCOMPARE(joined.leader, ids[0]);
        QVERIFY(joined.members.empty());
    }
    void staticMembersOtherProtocolTriggersARebalance()
    {
        ShardHarness harness;
        std::vector<RequestToken> joins;
        for (const char* instance : {"one", "two"})
            joins.push_back(harness.join(joinRequest({}, instance, {"range", "sticky"})));
        harness.settle();
        const auto leader = harness.get<JoinGroupResponse>(joins[0]).memberId;
        harness.sync(syncRequest(leader, 1));
        QCOMPARE(harness.stateOf("group"), GroupState::Stable);
        harness.join(joinRequest({}, "two", {"sticky"}));
        QCOMPARE(harness.stateOf("group"), GroupState::PreparingRebalance);
    }
    void staticMemberInCompletingRebalanceTriggersAnother()
    {
        ShardHarness harness;
        const auto first = harness.join(joinRequest({}, "one"));
        harness.settle();
        const auto id = harness.get<JoinGroupResponse>(first).memberId;
        harness.isCommittingAtOnce = false;
        const auto sync = harness.sync(syncRequest(id, 1));
        const auto second = harness.join(joinRequest({}, "one"));
        QCOMPARE(harness.syncError(sync), ErrorCode::FencedInstanceId);
        QCOMPARE(harness.get<JoinGroupResponse>(second).generationId, 2);
    }
    void waitingStaticMemberIsFencedByItsSuccessor()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 2, {{}, "instance"});
        const auto waiting = harness.join(joinRequest(ids[1], "instance", {"range", "sticky"}));
        QVERIFY(!harness.isAnswered(waiting));
        const auto successor = harness.join(joinRequest({}, "instance"));
        QCOMPARE(harness.joinError(waiting), ErrorCode::FencedInstanceId);
        QVERIFY(!harness.isAnswered(successor));
        harness.join(joinRequest(ids[0]));
        QCOMPARE(harness.joinError(successor), ErrorCode::None);
    }
    void failedReplacementIsTakenBack()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 2, {{}, "instance"});
        harness.isCommittingAtOnce = false;
        const auto join = harness.join(joinRequest({}, "instance"));
        QVERIFY(!harness.isAnswered(join));
        harness.failOne(ErrorCode::NotEnoughReplicas);
        QCOMPARE(harness.joinError(join), ErrorCode::CoordinatorNotAvailable);
        QCOMPARE(harness.heartbeat("group", ids[1], 1, "instance"), ErrorCode::None);
    }
    void replacementThatTakesTooLongStaysAsTheLogMayHaveIt()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 2, {{}, "instance"});
        harness.isCommittingAtOnce = false;
        const auto join = harness.join(joinRequest({}, "instance"));
        harness.advance(harness.config.commitTimeoutMs);
        QCOMPARE(harness.joinError(join), ErrorCode::CoordinatorNotAvailable);
        harness.commitPending();
        QCOMPARE(harness.heartbeat("group", ids[1], 1, "instance"), ErrorCode::FencedInstanceId);
        const auto again = harness.join(joinRequest({}, "instance"));
        harness.commitPending();
        QCOMPARE(harness.joinError(again), ErrorCode::None);
    }
    void rebalanceDuringAReplacementTakesItAlong()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 2, {{}, "instance"});
        harness.isCommittingAtOnce = false;
        const auto join = harness.join(joinRequest({}, "instance"));
        const auto leader = harness.join(joinRequest(ids[0]));
        QCOMPARE(harness.get<JoinGroupResponse>(join).generationId, 2);
        QCOMPARE(harness.get<JoinGroupResponse>(leader).members.size(), std::size_t(2));
        harness.commitPending();
        QCOMPARE(harness.stateOf("group"), GroupState::CompletingRebalance);
    }
    void absentStaticMemberStaysForItsSession()
    {
        ShardHarness harness;
        auto slow = joinRequest({}, "instance");
        slow.sessionTimeoutMs = 100'000;
        const auto first = harness.join(joinRequest(), 3);
        harness.join(slow);
        harness.settle();
        const auto leader = harness.get<JoinGroupResponse>(first).memberId;
        harness.sync(syncRequest(leader, 1));
        harness.join(joinRequest(leader));
        harness.advance(60'000); // the rebalance timeout
        QCOMPARE(harness.stateOf("group"), GroupState::CompletingRebalance);
        QCOMPARE(harness.shard->group("group")->size(), std::size_t(2));
    }
    void absentStaticMembersHoldTheGroupTogether()
    {
        ShardHarness harness;
        auto slow = joinRequest({}, "instance");
        slow.sessionTimeoutMs = 200'000;
        harness.join(slow);
        const auto second = harness.join(joinRequest(), 3);
        harness.settle();
        const auto dynamic = harness.get<JoinGroupResponse>(second).memberId;
        harness.sync(syncRequest(*harness.shard->group("group")->leaderId(), 1));
        harness.sync(syncRequest(dynamic, 1));
        leaveErrors(harness, {{dynamic, {}}});
        harness.advance(60'000); // nobody joined: wait on
        QCOMPARE(harness.stateOf("group"), GroupState::PreparingRebalance);
        const auto back = harness.join(slow);
        QCOMPARE(harness.get<JoinGroupResponse>(back).generationId, 2);
    }
    void eventsTellWhatHappened()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 1);
        leaveErrors(harness, {{ids[0], {}}});
        std::vector<std::string> told;
        for (const GroupEvent& event : harness.events)
            told.push_back(std::to_string(int(event.kind)) + event.detail);
        QCOMPARE(told,
            (std::vector<std::string>{"1" + ids[0], "0PreparingRebalance", "0CompletingRebalance",
                "0Stable", "2" + ids[0], "0PreparingRebalance", "0Empty"}));
    }
};

QTEST_APPLESS_MAIN(TestMembership)
#include "test_membership.moc"
