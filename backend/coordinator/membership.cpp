#include "coordinator/membership.h"

namespace moldau::coordinator {

void Membership::sync(const ClientContext& client, const protocol::SyncGroupRequest& request)
{
    // Version 5 made both mandatory.
    if (client.apiVersion >= 5 && (!request.protocolType || !request.protocolName)) {
        replySyncError(client, ErrorCode::InconsistentGroupProtocol);
        return;
    }
    ClassicGroup* group = m_context.find(request.groupId);
    if (!group || group->isIn(GroupState::Empty)) {
        replySyncError(client, ErrorCode::UnknownMemberId);
        return;
    }
    if (const ErrorCode error = validateSync(*group, request); error != ErrorCode::None) {
        replySyncError(client, error);
        return;
    }
    ClassicMember& member = *group->find(request.memberId);
    if (group->isIn(GroupState::PreparingRebalance)) {
        replySyncError(client, ErrorCode::RebalanceInProgress);
    } else if (group->isIn(GroupState::CompletingRebalance)) {
        m_rebalancer.awaitSync(*group, member, client);
        if (group->isLeader(member.id))
            storeAssignments(*group, request);
    } else {
        m_rebalancer.syncReceived(*group, member.id);
        m_rebalancer.replySynced(*group, member, client.request);
    }
}

ErrorCode Membership::validateSync(
    const ClassicGroup& group, const protocol::SyncGroupRequest& request)
{
    if (const ErrorCode error = group.validateMember(request.memberId, request.groupInstanceId);
        error != ErrorCode::None)
        return error;
    if (request.generationId != group.generation())
        return ErrorCode::IllegalGeneration;
    const bool isSameType = !request.protocolType || *request.protocolType == group.protocolType();
    const bool isSameName = !request.protocolName || !group.protocolName()
        || *request.protocolName == *group.protocolName();
    return isSameType && isSameName ? ErrorCode::None : ErrorCode::InconsistentGroupProtocol;
}

void Membership::storeAssignments(ClassicGroup& group, const protocol::SyncGroupRequest& request)
{
    m_context.log.info(kLogComponent,
        "Assignment received from leader {} for group {} for generation {}. The group has {} "
        "members, {} of "
        "which are static.",
        request.memberId, group.id(), group.generation(), group.size(), group.staticCount());
    // A member that the leader left out gets an empty assignment, as sent: zero bytes.
    std::map<std::string, Bytes> assignments;
    for (const auto& assigned : request.assignments)
        assignments[assigned.memberId] = assigned.assignment;
    auto record = group.toRecord(assignments);
    m_context.append({GroupRecord{group.id(), std::move(record)}},
        [this, groupId = group.id(), generation = group.generation(),
            assignments = std::move(assignments)](ErrorCode error) {
            ClassicGroup* present = m_context.find(groupId);
            // Another rebalance may have begun; it has told the members already.
            if (!present || !present->isIn(GroupState::CompletingRebalance)
                || present->generation() != generation)
                return;
            if (error == ErrorCode::None)
                m_rebalancer.assignmentStored(*present, assignments);
            else
                m_rebalancer.assignmentFailed(*present, errorForClient(error));
        });
}

void Membership::heartbeat(const ClientContext& client, const protocol::HeartbeatRequest& request)
{
    replyHeartbeat(client, heartbeatError(request));
}

ErrorCode Membership::heartbeatError(const protocol::HeartbeatRequest& request)
{
    ClassicGroup* group = m_context.find(request.groupId);
    if (!group)
        return ErrorCode::UnknownMemberId;
    if (const ErrorCode error = group->validateMember(request.memberId, request.groupInstanceId);
        error != ErrorCode::None)
        return error;
    if (request.generationId != group->generation())
        return ErrorCode::IllegalGeneration;
    m_rebalancer.scheduleSession(*group, *group->find(request.memberId));
    // Members may send heartbeats between JoinGroup's answer and SyncGroup.
    return group->isIn(GroupState::PreparingRebalance) ? ErrorCode::RebalanceInProgress
                                                       : ErrorCode::None;
}

void Membership::leave(const ClientContext& client, const protocol::LeaveGroupRequest& request)
{
    // Before version 3 there is one member, and its error is the response's.
    std::vector<LeavingMember> members = request.members;
    if (client.apiVersion < 3) {
        members.resize(1);
        members.front().memberId = request.memberId;
    }
    ClassicGroup* group = m_context.find(request.groupId);
    protocol::LeaveGroupResponse response;
    std::vector<std::string> gone;
    for (const LeavingMember& member : members) {
        const ErrorCode error = group ? leaveOne(*group, member) : ErrorCode::UnknownMemberId;
        if (error == ErrorCode::None)
            gone.push_back(member.memberId);
        if (client.apiVersion < 3) {
            response.errorCode = errorToWire(error);
            break;
        }
        auto& result = response.members.emplace_back();
        result.memberId = member.memberId;
        result.groupInstanceId = member.groupInstanceId;
        result.errorCode = errorToWire(error);
    }
    m_context.reply(client.request, std::move(response));
    if (!gone.empty()) {
        m_rebalancer.membersLeft(*group,
            fmt::format("explicit `LeaveGroup` request for ({}) members.", fmt::join(gone, ", ")));
    }
}

ErrorCode Membership::leaveOne(ClassicGroup& group, const LeavingMember& member)
{
    std::string memberId = member.memberId;
    if (memberId.empty()) {
        // An administrator knows static members by their instance id only.
        const std::string* present
            = member.groupInstanceId ? group.staticMemberId(*member.groupInstanceId) : nullptr;
        if (!present)
            return ErrorCode::UnknownMemberId;
        memberId = *present;
    } else if (!group.pendingJoins().contains(memberId)) {
        if (const ErrorCode error = group.validateMember(memberId, member.groupInstanceId);
            error != ErrorCode::None)
            return error;
    }
    m_context.log.info(kLogComponent,
        "[Group {}] Member {} has left group through explicit `LeaveGroup` request; client reason: "
        "{}",
        group.id(), memberId, member.reason.value_or("not provided"));
    m_rebalancer.removeMember(group, memberId);
    return ErrorCode::None;
}

void Membership::replySyncError(const ClientContext& client, ErrorCode error)
{
    m_rebalancer.replySyncError({client.request, client.apiVersion}, error);
}

void Membership::replyHeartbeat(const ClientContext& client, ErrorCode error)
{
    protocol::HeartbeatResponse response;
    response.errorCode = errorToWire(error);
    m_context.reply(client.request, std::move(response));
}

void Membership::replyLeaveError(const ClientContext& client, ErrorCode error)
{
    protocol::LeaveGroupResponse response;
    response.errorCode = errorToWire(error);
    m_context.reply(client.request, std::move(response));
}

} // namespace moldau::coordinator
