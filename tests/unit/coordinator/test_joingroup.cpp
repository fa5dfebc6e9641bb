#include "shardharness.h"

using namespace moldau;
using namespace moldau::coordinator;
using protocol::JoinGroupResponse;
using protocol::SyncGroupResponse;

Q_DECLARE_METATYPE(moldau::ErrorCode)

class TestJoinGroup : public QObject {
    Q_OBJECT
private slots:
    void badRequestsAreRefused()
    {
        ShardHarness harness;
        auto request = joinRequest();
        request.groupId = "";
        QCOMPARE(harness.joinError(harness.join(request)), ErrorCode::InvalidGroupId);
        request = joinRequest();
        request.sessionTimeoutMs = harness.config.minSessionTimeoutMs - 1;
        QCOMPARE(harness.joinError(harness.join(request)), ErrorCode::InvalidSessionTimeout);
        request.sessionTimeoutMs = harness.config.maxSessionTimeoutMs + 1;
        QCOMPARE(harness.joinError(harness.join(request)), ErrorCode::InvalidSessionTimeout);
        request = joinRequest();
        request.protocols.clear();
        QCOMPARE(harness.joinError(harness.join(request)), ErrorCode::InconsistentGroupProtocol);
        request = joinRequest();
        request.protocolType = "";
        QCOMPARE(harness.joinError(harness.join(request)), ErrorCode::InconsistentGroupProtocol);
        QCOMPARE(
            harness.joinError(harness.join(joinRequest("nobody"))), ErrorCode::UnknownMemberId);
        QVERIFY(harness.shard->groupIds().empty());
    }
    void newMemberIsToldItsIdFirst()
    {
        ShardHarness harness;
        const auto first = harness.get<JoinGroupResponse>(harness.join(joinRequest(), 4));
        QCOMPARE(errorFromWire(first.errorCode), ErrorCode::MemberIdRequired);
        QCOMPARE(first.memberId, std::string("client-00000000-0000-0000-0000-000000000001"));
        QCOMPARE(first.protocolName.value_or("null"), std::string()); // null came with version 7
        const auto again = harness.join(joinRequest(first.memberId), 4);
        harness.settle();
        const auto joined = harness.get<JoinGroupResponse>(again);
        QCOMPARE(joined.errorCode, std::int16_t(0));
        QCOMPARE(joined.memberId, first.memberId);
        QCOMPARE(joined.leader, first.memberId);
        QCOMPARE(joined.generationId, 1);
        QCOMPARE(joined.protocolName.value(), std::string("range"));
        QCOMPARE(joined.protocolType.value(), std::string("consumer"));
        QCOMPARE(joined.members.size(), std::size_t(1));
        QCOMPARE(joined.members[0].metadata, subscriptionTo({"orders"}));
    }
    void oldClientsAndStaticMembersJoinAtOnce()
    {
        ShardHarness harness;
        const auto old = harness.join(joinRequest(), 3);
        const auto fixed = harness.join(joinRequest({}, "instance"), 9);
        harness.settle();
        QVERIFY(harness.get<JoinGroupResponse>(old).memberId.starts_with("client-"));
        QVERIFY(harness.get<JoinGroupResponse>(fixed).memberId.starts_with("instance-"));
        QCOMPARE(harness.get<JoinGroupResponse>(old).members.size(), std::size_t(2));
        QVERIFY(harness.get<JoinGroupResponse>(fixed).members.empty());
    }
    void memberWhoNeverComesBackIsForgotten()
    {
        ShardHarness harness;
        const auto id = harness.get<JoinGroupResponse>(harness.join(joinRequest(), 9)).memberId;
        harness.advance(10'001);
        QCOMPARE(harness.joinError(harness.join(joinRequest(id), 9)), ErrorCode::UnknownMemberId);
    }
    void pendingMemberHoldsTheRebalanceUp()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 1);
        const auto pending
            = harness.get<JoinGroupResponse>(harness.join(joinRequest(), 9)).memberId;
        const auto rejoin = harness.join(joinRequest(ids[0]));
        QVERIFY(!harness.isAnswered(rejoin));
        harness.join(joinRequest(pending));
        QCOMPARE(harness.get<JoinGroupResponse>(rejoin).members.size(), std::size_t(2));
    }
    void pendingMembersTimeoutLetsTheRebalanceGoOn()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 1);
        harness.join(joinRequest(), 9);
        const auto rejoin = harness.join(joinRequest(ids[0]));
        harness.advance(10'001);
        QCOMPARE(harness.get<JoinGroupResponse>(rejoin).members.size(), std::size_t(1));
    }
    void pendingIdWithAnInstanceIsConfused()
    {
        ShardHarness harness;
        const auto id = harness.get<JoinGroupResponse>(harness.join(joinRequest(), 9)).memberId;
        QCOMPARE(harness.joinError(harness.join(joinRequest(id, "instance"))),
            ErrorCode::UnknownServerError);
    }
    void firstRebalanceWaitsForMore()
    {
        ShardHarness harness{GroupCoordinatorConfig{}};
        const auto first = harness.join(joinRequest(), 3);
        harness.advance(2'000);
        const auto second = harness.join(joinRequest(), 3);
        harness.advance(1'000); // the first delay is over, yet somebody came
        QVERIFY(!harness.isAnswered(first));
        harness.advance(2'999);
        QVERIFY(!harness.isAnswered(first));
        harness.advance(1);
        QCOMPARE(harness.get<JoinGroupResponse>(first).members.size(), std::size_t(2));
        QVERIFY(harness.isAnswered(second));
    }
    void firstRebalanceEndsWithTheRebalanceTimeout()
    {
        ShardHarness harness{GroupCoordinatorConfig{}};
        auto request = joinRequest();
        request.rebalanceTimeoutMs = 10'000;
        const auto first = harness.join(request, 3);
        for (int second = 0; second < 10; ++second) {
            QVERIFY(!harness.isAnswered(first));
            harness.advance(999);
            harness.join(request, 3);
            harness.advance(1);
        }
        QVERIFY(harness.isAnswered(first));
    }
    void groupThatAllLeaveBeforeItsFirstGenerationIsEmpty()
    {
        ShardHarness harness{GroupCoordinatorConfig{}};
        const auto first = harness.join(joinRequest({}, "i"), 9);
        protocol::LeaveGroupRequest leave;
        leave.groupId = "group";
        leave.members.emplace_back().groupInstanceId = "i";
        harness.leave(leave);
        QCOMPARE(harness.joinError(first), ErrorCode::UnknownMemberId);
        harness.advance(3'000);
        QCOMPARE(harness.stateOf("group"), GroupState::Empty);
    }
    void newMemberTriggersARebalance()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 1);
        const auto second = harness.join(joinRequest(), 3);
        QCOMPARE(harness.stateOf("group"), GroupState::PreparingRebalance);
        QCOMPARE(harness.heartbeat("group", ids[0], 1), ErrorCode::RebalanceInProgress);
        const auto rejoin = harness.join(joinRequest(ids[0]));
        const auto joined = harness.get<JoinGroupResponse>(second);
        QCOMPARE(joined.generationId, 2);
        QCOMPARE(joined.leader, ids[0]);
        QVERIFY(joined.members.empty());
        QCOMPARE(harness.get<JoinGroupResponse>(rejoin).members.size(), std::size_t(2));
        QCOMPARE(harness.stateOf("group"), GroupState::CompletingRebalance);
    }
    void memberThatDoesNotRejoinIsOut()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 2);
        const auto rejoin = harness.join(joinRequest(ids[1], {}, {"range", "sticky"}));
        for (int i = 0; i < 12; ++i) { // the leader is alive, but doesn't join
            harness.advance(5'000);
            harness.heartbeat("group", ids[0], 1);
        }
        const auto joined = harness.get<JoinGroupResponse>(rejoin);
        QCOMPARE(joined.leader, ids[1]);
        QCOMPARE(joined.members.size(), std::size_t(1));
        QCOMPARE(harness.heartbeat("group", ids[0], 2), ErrorCode::UnknownMemberId);
    }
    void leadersRejoinTriggersARebalance()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 2);
        harness.join(joinRequest(ids[0]));
        QCOMPARE(harness.stateOf("group"), GroupState::PreparingRebalance);
    }
    void followersUnchangedRejoinDoesNot()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 2);
        const auto joined = harness.get<JoinGroupResponse>(harness.join(joinRequest(ids[1])));
        QCOMPARE(joined.generationId, 1);
        QCOMPARE(joined.leader, ids[0]);
        QVERIFY(joined.members.empty());
        QCOMPARE(harness.stateOf("group"), GroupState::Stable);
    }
    void followersChangedMetadataTriggersARebalance()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 2);
        auto request = joinRequest(ids[1]);
        request.protocols[0].metadata.push_back(1); // owns other partitions than before
        const auto rejoin = harness.join(request);
        QVERIFY(!harness.isAnswered(rejoin));
        QCOMPARE(harness.stateOf("group"), GroupState::PreparingRebalance);
    }
    void missedAnswerIsGivenAgain()
    {
        ShardHarness harness;
        harness.join(joinRequest(), 3);
        harness.settle();
        const std::string id = *harness.shard->group("group")->leaderId();
        const auto again = harness.get<JoinGroupResponse>(harness.join(joinRequest(id)));
        QCOMPARE(again.generationId, 1);
        QCOMPARE(again.members.size(), std::size_t(1)); // it is the leader
        QCOMPARE(harness.stateOf("group"), GroupState::CompletingRebalance);
        harness.join(joinRequest(id, {}, {"sticky", "range"}));
        harness.settle();
        QCOMPARE(harness.shard->group("group")->generation(), 2); // changed metadata
    }
    void secondJoinReplacesTheFirst()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 2);
        const auto first = harness.join(joinRequest(ids[0]));
        const auto second = harness.join(joinRequest(ids[0]));
        QCOMPARE(harness.joinError(first), ErrorCode::RebalanceInProgress);
        QVERIFY(!harness.isAnswered(second));
    }
    void foreignProtocolsAreRefused()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 1);
        QCOMPARE(harness.joinError(harness.join(joinRequest({}, {}, {"custom"}), 3)),
            ErrorCode::InconsistentGroupProtocol);
        auto request = joinRequest();
        request.protocolType = "connect";
        QCOMPARE(harness.joinError(harness.join(request, 3)), ErrorCode::InconsistentGroupProtocol);
        QCOMPARE(harness.joinError(harness.join(joinRequest(ids[0], {}, {"custom"}))),
            ErrorCode::InconsistentGroupProtocol);
        QCOMPARE(harness.stateOf("group"), GroupState::Stable);
    }
    void fullGroupTakesNobodyElse()
    {
        auto config = ShardHarness::quickConfig();
        config.maxGroupSize = 2;
        ShardHarness harness(config);
        const auto ids = stableGroup(harness, 2);
        const auto third = harness.get<JoinGroupResponse>(harness.join(joinRequest(), 3));
        QCOMPARE(errorFromWire(third.errorCode), ErrorCode::GroupMaxSizeReached);
        QCOMPARE(third.memberId, std::string());
        QCOMPARE(harness.stateOf("group"), GroupState::Stable);
        // Members may come again.
        const auto rejoin = harness.join(joinRequest(ids[0]));
        harness.join(joinRequest(ids[1]));
        QCOMPARE(harness.joinError(rejoin), ErrorCode::None);
    }
    void loweredLimitKeepsThoseWhoComeFirst()
    {
        auto config = ShardHarness::quickConfig();
        ShardHarness harness(config);
        const auto ids = stableGroup(harness, 3);
        harness.config.maxGroupSize = 2;
        harness.restart();
        QCOMPARE(harness.stateOf("group"), GroupState::PreparingRebalance);
        const auto first = harness.join(joinRequest(ids[2]));
        const auto second = harness.join(joinRequest(ids[1]));
        const auto third = harness.join(joinRequest(ids[0]));
        QCOMPARE(harness.joinError(third), ErrorCode::GroupMaxSizeReached);
        QCOMPARE(harness.joinError(first), ErrorCode::None);
        QCOMPARE(harness.joinError(second), ErrorCode::None);
    }
    void newMemberGivesUpAfterFiveMinutes()
    {
        ShardHarness harness;
        const auto ids = stableGroup(harness, 1);
        auto request = joinRequest();
        request.rebalanceTimeoutMs = 1'000'000;
        const auto second = harness.join(request, 3);
        for (int i = 0; i < 60; ++i) {
            harness.advance(5'000);
            harness.heartbeat("group", ids[0], 1); // alive, but never rejoins
        }
        QCOMPARE(harness.joinError(second), ErrorCode::UnknownMemberId);
    }
    void oldestVersionHasNoRebalanceTimeout()
    {
        ShardHarness harness;
        auto request = joinRequest();
        request.rebalanceTimeoutMs = -1;
        harness.join(request, 0);
        QCOMPARE(harness.shard->group("group")->rebalanceTimeoutMs(), 10'000);
    }
    void failedFirstRecordTakesTheGroupBack()
    {
        ShardHarness harness;
        harness.isCommittingAtOnce = false;
        const auto first = harness.join(joinRequest({}, "i"), 9);
        QVERIFY(!harness.isAnswered(first));
        harness.failOne(ErrorCode::NotEnoughReplicas);
        QCOMPARE(harness.joinError(first), ErrorCode::CoordinatorNotAvailable);
        QVERIFY(harness.shard->groupIds().empty());
    }
};

QTEST_APPLESS_MAIN(TestJoinGroup)
#include "test_joingroup.moc"
