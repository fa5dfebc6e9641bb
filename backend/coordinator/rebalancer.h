#pragma once

#include "coordinator/shardcontext.h"

#include <map>
#include <string>
#include <string_view>

namespace moldau::coordinator {

/**
 * Moves a classic group through its states: join phase, sync phase, session timeouts, and the
 * answers that members wait for meanwhile. Every request that waits is answered exactly once.
 * Owned by its shard.
 */
class Rebalancer {
public:
    explicit Rebalancer(ShardContext& context)
        : m_context(context)
    {
    }

    /** Starts a rebalance where the state allows one, else sees whether the present one can go on.
     */
    void rebalanceOrComplete(ClassicGroup& group, std::string_view reason);
    void prepareRebalance(ClassicGroup& group, std::string_view reason);
    /** Ends the join phase when everybody is here; a group's first one always waits its delay. */
    void completeJoinIfPossible(ClassicGroup& group);

    /** Takes a member out and answers what it waits in with UNKNOWN_MEMBER_ID. */
    void removeMember(ClassicGroup& group, std::string memberId);
    /** Sees to the rest of the group after members were taken out. */
    void membersLeft(ClassicGroup& group, std::string_view reason);
    void scheduleSession(const ClassicGroup& group, const ClassicMember& member);
    void scheduleSession(
        const ClassicGroup& group, const std::string& memberId, std::int64_t timeoutMs);

    /** Lets a member wait for the join phase's end. An older request of its is answered. */
    void awaitJoin(ClassicGroup& group, ClassicMember& member, const ClientContext& client);
    void awaitSync(ClassicGroup& group, ClassicMember& member, const ClientContext& client);
    /** A member has sent SyncGroup. */
    void syncReceived(ClassicGroup& group, const std::string& memberId);
    /** The leader's assignment is replicated: the group is stable. */
    void assignmentStored(ClassicGroup& group, const std::map<std::string, Bytes>& assignments);
    void assignmentFailed(ClassicGroup& group, ErrorCode error);

    /** Answers JoinGroup with the present generation; a leader gets the members. */
    void replyJoined(const ClassicGroup& group, const ClassicMember& member,
        const WaitingRequest& request, bool skipAssignment = false);
    void replySynced(const ClassicGroup& group, const ClassicMember& member, RequestToken request);
    void replyJoinError(
        const WaitingRequest& request, const std::string& memberId, ErrorCode error);
    void replySyncError(const WaitingRequest& request, ErrorCode error);

    void joinPhaseTimedOut(ClassicGroup& group);
    void syncPhaseTimedOut(ClassicGroup& group);
    void sessionTimedOut(ClassicGroup& group, const std::string& memberId);

    /** The group was read from the log and its members are expected to show life. */
    void loaded(ClassicGroup& group);
    /** Answers everybody who waits. */
    void resign(ClassicGroup& group);

private:
    void transition(ClassicGroup& group, GroupState state);
    void emitState(const ClassicGroup& group);
    void completeJoin(ClassicGroup& group);
    void scheduleJoinPhase(ClassicGroup& group);
    void propagateAssignments(ClassicGroup& group, ErrorCode error);

    ShardContext& m_context;
};

} // namespace moldau::coordinator
