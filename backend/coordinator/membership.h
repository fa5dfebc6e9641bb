#pragma once

#include "coordinator/rebalancer.h"
#include "protocol/messages/heartbeatrequest.h"
#include "protocol/messages/leavegrouprequest.h"
#include "protocol/messages/syncgrouprequest.h"

namespace moldau::coordinator {

/**
 * SyncGroup, Heartbeat and LeaveGroup of classic groups. Each request gets one Reply; SyncGroup's
 * comes when the leader's assignment is replicated. Owned by its shard.
 */
class Membership {
public:
    Membership(ShardContext& context, Rebalancer& rebalancer)
        : m_context(context)
        , m_rebalancer(rebalancer)
    {
    }

    void sync(const ClientContext& client, const protocol::SyncGroupRequest& request);
    void heartbeat(const ClientContext& client, const protocol::HeartbeatRequest& request);
    void leave(const ClientContext& client, const protocol::LeaveGroupRequest& request);

    void replySyncError(const ClientContext& client, ErrorCode error);
    void replyHeartbeat(const ClientContext& client, ErrorCode error);
    void replyLeaveError(const ClientContext& client, ErrorCode error);

private:
    using LeavingMember = protocol::LeaveGroupRequest::MemberIdentity;

    static ErrorCode validateSync(
        const ClassicGroup& group, const protocol::SyncGroupRequest& request);
    void storeAssignments(ClassicGroup& group, const protocol::SyncGroupRequest& request);
    ErrorCode heartbeatError(const protocol::HeartbeatRequest& request);
    ErrorCode leaveOne(ClassicGroup& group, const LeavingMember& member);

    ShardContext& m_context;
    Rebalancer& m_rebalancer;
};

} // namespace moldau::coordinator
