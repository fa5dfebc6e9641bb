#include "coordinator/rebalancer.h"

#include <algorithm>
#include <utility>

namespace moldau::coordinator {

void Rebalancer::rebalanceOrComplete(ClassicGroup& group, std::string_view reason)
{
    if (group.canRebalance())
        prepareRebalance(group, reason);
    else
        completeJoinIfPossible(group);
}

void Rebalancer::prepareRebalance(ClassicGroup& group, std::string_view reason)
{
    if (group.isIn(GroupState::CompletingRebalance)) {
        for (ClassicMember* member : group.members())
            member->assignment.clear();
        propagateAssignments(group, ErrorCode::RebalanceInProgress);
    }
    group.pendingSyncs().clear();
    m_context.timers.cancel({TimerKey::Kind::SyncPhase, group.id(), {}});

    const bool isFirst = group.isIn(GroupState::Empty);
    if (isFirst) {
        // A new group gives others time to join before it assigns anything.
        const std::int32_t delay = m_context.config.initialRebalanceDelayMs;
        group.initialDelay() = {delay, std::max(group.rebalanceTimeoutMs() - delay, 0)};
        m_context.timers.schedule(
            {TimerKey::Kind::JoinPhase, group.id(), {}}, m_context.after(delay));
    } else {
        group.initialDelay().reset();
    }
    m_context.log.info(kLogComponent,
        "Preparing to rebalance group {} in state {} with old generation {} (reason: {}).",
        group.id(), nameOf(GroupState::PreparingRebalance), group.generation(), reason);
    transition(group, GroupState::PreparingRebalance);
    if (isFirst)
        return;
    if (group.hasAllJoined())
        completeJoin(group);
    else
        scheduleJoinPhase(group);
}

void Rebalancer::completeJoinIfPossible(ClassicGroup& group)
{
    if (group.isIn(GroupState::PreparingRebalance) && !group.initialDelay() && group.hasAllJoined())
        completeJoin(group);
}

void Rebalancer::completeJoin(ClassicGroup& group)
{
    m_context.timers.cancel({TimerKey::Kind::JoinPhase, group.id(), {}});
    group.initialDelay().reset();

    // Static members may stay away for a session timeout; others that didn't rejoin are out.
    for (ClassicMember* member : group.members()) {
        if (!member->join && !member->instanceId) {
            m_context.log.info(kLogComponent,
                "Group {} removed dynamic members who haven't joined: {}", group.id(), member->id);
            removeMember(group, member->id);
        }
    }
    if (!group.electJoinedLeader() && group.size() > 0) {
        // Only absent static members are left: wait until they come or their sessions end.
        scheduleJoinPhase(group);
        return;
    }

    group.startGeneration(m_context.now.wallMs);
    emitState(group);
    if (group.isIn(GroupState::Empty)) {
        m_context.log.info(kLogComponent, "Group {} with generation {} is now empty.", group.id(),
            group.generation());
        // When this can't be stored, an older generation comes back with the next leader of the
        // partition and its members time out there.
        m_context.append({GroupRecord{group.id(), group.toRecord({})}}, nullptr);
        return;
    }
    m_context.log.info(kLogComponent, "Stabilized group {} generation {} with {} members.",
        group.id(), group.generation(), group.size());
    for (ClassicMember* member : group.members()) {
        if (const auto request = group.takeJoin(*member))
            replyJoined(group, *member, *request);
        member->isNew = false;
        scheduleSession(group, *member);
        group.pendingSyncs().insert(member->id);
    }
    m_context.timers.schedule(
        {TimerKey::Kind::SyncPhase, group.id(), {}}, m_context.after(group.rebalanceTimeoutMs()));
}

void Rebalancer::removeMember(ClassicGroup& group, std::string memberId)
{
    m_context.timers.cancel({TimerKey::Kind::MemberSession, group.id(), memberId});
    if (ClassicMember* member = group.find(memberId)) {
        // A client that is still there starts over with this answer.
        if (const auto request = group.takeJoin(*member))
            replyJoinError(*request, {}, ErrorCode::UnknownMemberId);
        if (const auto request = std::exchange(member->sync, std::nullopt))
            replySyncError(*request, ErrorCode::UnknownMemberId);
        m_context.publish({.kind = GroupEvent::Kind::MemberLeft,
            .group = group.id(),
            .detail = memberId,
            .generation = group.generation()});
    }
    group.remove(memberId);
}

void Rebalancer::membersLeft(ClassicGroup& group, std::string_view reason)
{
    if (group.isIn(GroupState::Stable) || group.isIn(GroupState::CompletingRebalance))
        prepareRebalance(group, reason);
    else
        completeJoinIfPossible(group);
}

void Rebalancer::scheduleSession(const ClassicGroup& group, const ClassicMember& member)
{
    scheduleSession(group, member.id, member.sessionTimeoutMs);
}

void Rebalancer::scheduleSession(
    const ClassicGroup& group, const std::string& memberId, std::int64_t timeoutMs)
{
    m_context.timers.schedule(
        {TimerKey::Kind::MemberSession, group.id(), memberId}, m_context.after(timeoutMs));
}

void Rebalancer::awaitJoin(ClassicGroup& group, ClassicMember& member, const ClientContext& client)
{
    // A client that sends JoinGroup again has given the first one up; it may still be answered in
    // front of the second on the same connection.
    if (const auto older = group.awaitJoin(member, {client.request, client.apiVersion}))
        replyJoinError(*older, member.id, ErrorCode::RebalanceInProgress);
}

void Rebalancer::awaitSync(ClassicGroup& group, ClassicMember& member, const ClientContext& client)
{
    if (const auto older
        = std::exchange(member.sync, WaitingRequest{client.request, client.apiVersion}))
        replySyncError(*older, ErrorCode::RebalanceInProgress);
    syncReceived(group, member.id);
}

void Rebalancer::syncReceived(ClassicGroup& group, const std::string& memberId)
{
    group.pendingSyncs().erase(memberId);
    if (group.pendingSyncs().empty())
        m_context.timers.cancel({TimerKey::Kind::SyncPhase, group.id(), {}});
}

void Rebalancer::assignmentStored(
    ClassicGroup& group, const std::map<std::string, Bytes>& assignments)
{
    for (ClassicMember* member : group.members()) {
        const auto found = assignments.find(member->id);
        member->assignment = found == assignments.end() ? Bytes{} : found->second;
    }
    propagateAssignments(group, ErrorCode::None);
    transition(group, GroupState::Stable);
}

void Rebalancer::assignmentFailed(ClassicGroup& group, ErrorCode error)
{
    for (ClassicMember* member : group.members())
        member->assignment.clear();
    propagateAssignments(group, error);
    prepareRebalance(group,
        fmt::format(
            "Error {} when storing group assignment during SyncGroup", factsOf(error).name));
}

void Rebalancer::propagateAssignments(ClassicGroup& group, ErrorCode error)
{
    for (ClassicMember* member : group.members()) {
        const auto request = std::exchange(member->sync, std::nullopt);
        if (!request)
            continue;
        if (error == ErrorCode::None)
            replySynced(group, *member, request->request);
        else
            replySyncError(*request, error);
        // The session timer may have passed while the member was excused.
        scheduleSession(group, *member);
    }
}

void Rebalancer::replyJoined(const ClassicGroup& group, const ClassicMember& member,
    const WaitingRequest& request, bool skipAssignment)
{
    protocol::JoinGroupResponse response;
    response.memberId = member.id;
    response.generationId = group.generation();
    response.protocolType = group.protocolType();
    response.protocolName = group.protocolName().value_or("");
    response.leader = group.leaderId().value_or("");
    response.skipAssignment = skipAssignment;
    if (group.isLeader(member.id)) {
        for (const ClassicMember* other : group.members()) {
            auto& shown = response.members.emplace_back();
            shown.memberId = other->id;
            shown.groupInstanceId = other->instanceId;
            if (const Bytes* metadata = other->metadataFor(group.protocolName().value_or("")))
                shown.metadata = *metadata;
        }
    }
    m_context.reply(request.request, std::move(response));
}

void Rebalancer::replyJoinError(
    const WaitingRequest& request, const std::string& memberId, ErrorCode error)
{
    protocol::JoinGroupResponse response;
    response.memberId = memberId;
    response.errorCode = errorToWire(error);
    // Null came with version 7.
    response.protocolName
        = request.apiVersion >= 7 ? std::nullopt : std::make_optional<std::string>();
    m_context.reply(request.request, std::move(response));
}

void Rebalancer::replySynced(
    const ClassicGroup& group, const ClassicMember& member, RequestToken request)
{
    protocol::SyncGroupResponse response;
    response.protocolType = group.protocolType();
    response.protocolName = group.protocolName();
    response.assignment = member.assignment;
    m_context.reply(request, std::move(response));
}

void Rebalancer::replySyncError(const WaitingRequest& request, ErrorCode error)
{
    protocol::SyncGroupResponse response;
    response.errorCode = errorToWire(error);
    m_context.reply(request.request, std::move(response));
}

void Rebalancer::joinPhaseTimedOut(ClassicGroup& group)
{
    if (!group.isIn(GroupState::PreparingRebalance))
        return;
    if (auto& delay = group.initialDelay();
        delay && delay->hasNewMember && delay->remainingMs > 0) {
        // Somebody joined meanwhile, so that others may follow; never longer than a rebalance.
        const std::int32_t next
            = std::min(m_context.config.initialRebalanceDelayMs, delay->remainingMs);
        delay = {next, std::max(delay->remainingMs - delay->delayMs, 0)};
        m_context.timers.schedule(
            {TimerKey::Kind::JoinPhase, group.id(), {}}, m_context.after(next));
        return;
    }
    completeJoin(group);
}

void Rebalancer::syncPhaseTimedOut(ClassicGroup& group)
{
    const std::set<std::string> late = group.pendingSyncs();
    if (late.empty()
        || !(group.isIn(GroupState::CompletingRebalance) || group.isIn(GroupState::Stable)))
        return;
    for (const std::string& memberId : late)
        removeMember(group, memberId);
    prepareRebalance(group,
        fmt::format("Removing [{}] on pending sync request expiration", fmt::join(late, ", ")));
}

void Rebalancer::sessionTimedOut(ClassicGroup& group, const std::string& memberId)
{
    if (group.pendingJoins().contains(memberId)) {
        m_context.log.info(kLogComponent,
            "Pending member {} in group {} has been removed after session timeout expiration.",
            memberId, group.id());
        group.remove(memberId);
        completeJoinIfPossible(group);
        return;
    }
    const ClassicMember* member = group.find(memberId);
    if (!member || member->isExcused())
        return;
    m_context.log.info(kLogComponent,
        "Member {} in group {} has failed, removing it from the group.", memberId, group.id());
    removeMember(group, memberId);
    membersLeft(group, fmt::format("removing member {} on heartbeat expiration.", memberId));
}

void Rebalancer::loaded(ClassicGroup& group)
{
    m_context.log.info(
        kLogComponent, "Loaded classic group {} with {} members.", group.id(), group.size());
    for (const ClassicMember* member : group.members())
        scheduleSession(group, *member);
    if (group.size() > static_cast<std::size_t>(m_context.config.maxGroupSize)) {
        prepareRebalance(group,
            fmt::format("Freshly-loaded group {} (size {}) is over capacity {}. Rebalancing in "
                        "order to give a "
                        "chance for consumers to commit offsets",
                group.id(), group.size(), m_context.config.maxGroupSize));
    }
}

void Rebalancer::resign(ClassicGroup& group)
{
    for (ClassicMember* member : group.members()) {
        if (const auto request = group.takeJoin(*member))
            replyJoinError(*request, member->id, ErrorCode::NotCoordinator);
        if (const auto request = std::exchange(member->sync, std::nullopt))
            replySyncError(*request, ErrorCode::NotCoordinator);
    }
}

void Rebalancer::transition(ClassicGroup& group, GroupState state)
{
    group.transitionTo(state, m_context.now.wallMs);
    emitState(group);
}

void Rebalancer::emitState(const ClassicGroup& group)
{
    m_context.publish({.kind = GroupEvent::Kind::StateChanged,
        .group = group.id(),
        .detail = std::string(nameOf(group.state())),
        .generation = group.generation()});
}

void Rebalancer::scheduleJoinPhase(ClassicGroup& group)
{
    m_context.timers.schedule(
        {TimerKey::Kind::JoinPhase, group.id(), {}}, m_context.after(group.rebalanceTimeoutMs()));
}

} // namespace moldau::coordinator
