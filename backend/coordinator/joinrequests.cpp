#include "coordinator/joinrequests.h"

#include "coordinator/groupkey.h"

#include <utility>

namespace moldau::coordinator {

namespace {

std::vector<MemberProtocol> protocolsOf(const protocol::JoinGroupRequest& request)
{
    std::vector<MemberProtocol> protocols;
    for (const auto& protocol : request.protocols)
        protocols.push_back({protocol.name, protocol.metadata});
    return protocols;
}

std::vector<std::string> protocolNames(const protocol::JoinGroupRequest& request)
{
    std::vector<std::string> names;
    for (const auto& protocol : request.protocols)
        names.push_back(protocol.name);
    return names;
}

/** JoinGroup v0 has no rebalance timeout of its own. */
std::int32_t rebalanceTimeoutOf(
    const ClientContext& client, const protocol::JoinGroupRequest& request)
{
    return client.apiVersion == 0 ? request.sessionTimeoutMs : request.rebalanceTimeoutMs;
}

std::string_view reasonOf(const protocol::JoinGroupRequest& request)
{
    return request.reason && !request.reason->empty() ? std::string_view(*request.reason)
                                                      : "not provided";
}

} // namespace

void JoinRequests::join(const ClientContext& client, const protocol::JoinGroupRequest& request)
{
    if (request.sessionTimeoutMs < m_context.config.minSessionTimeoutMs
        || request.sessionTimeoutMs > m_context.config.maxSessionTimeoutMs) {
        replyError(client, request.memberId, ErrorCode::InvalidSessionTimeout);
        return;
    }
    ClassicGroup* group = m_context.find(request.groupId);
    if (!group && !request.memberId.empty()) {
        replyError(client, request.memberId, ErrorCode::UnknownMemberId);
        return;
    }
    if (group && !hasRoomFor(*group, request.memberId)) {
        m_rebalancer.removeMember(*group, request.memberId);
        m_rebalancer.completeJoinIfPossible(*group);
        replyError(client, {}, ErrorCode::GroupMaxSizeReached);
        return;
    }
    const bool isSupported = group ? group->supports(request.protocolType, protocolNames(request))
                                   : !request.protocolType.empty() && !request.protocols.empty();
    if (!isSupported) {
        replyError(client, request.memberId, ErrorCode::InconsistentGroupProtocol);
        return;
    }
    if (request.memberId.empty())
        joinNew(client, request, m_context.findOrAdd(request.groupId));
    else
        joinAgain(client, request, *group);
}

bool JoinRequests::hasRoomFor(const ClassicGroup& group, const std::string& memberId) const
{
    const auto limit = static_cast<std::size_t>(m_context.config.maxGroupSize);
    const ClassicMember* member = group.find(memberId);
    switch (group.state()) {
    case GroupState::PreparingRebalance:
        // Counting those who wait lets the first ones in when the limit was lowered.
        return (member && member->join) || group.awaitingJoinCount() < limit;
    case GroupState::CompletingRebalance:
    case GroupState::Stable:
        return member || group.size() < limit;
    case GroupState::Empty:
    case GroupState::Dead:
        return true;
    }
    return true;
}

void JoinRequests::joinNew(
    const ClientContext& client, const protocol::JoinGroupRequest& request, ClassicGroup& group)
{
    const bool isNewGroup = group.isIn(GroupState::Empty) && group.protocolType().empty()
        && group.generation() == 0 && group.pendingJoins().empty();
    const std::string memberId = request.groupInstanceId.value_or(client.clientId) + "-"
        + javaUuidText(m_context.randomUuid());
    if (request.groupInstanceId) {
        if (group.staticMemberId(*request.groupInstanceId)) {
            replaceStaticMember(client, request, group, memberId);
            return;
        }
        m_context.log.info(kLogComponent,
            "Static member with groupInstanceId={} and unknown member id joins group {} in {} "
            "state. Created a "
            "new member id {} for this member and added to the group.",
            *request.groupInstanceId, group.id(), nameOf(group.state()), memberId);
        addMember(client, request, group, memberId);
    } else if (client.apiVersion >= 4) {
        m_context.log.info(kLogComponent,
            "Dynamic member with unknown member id joins group {} in {} state. Created a new "
            "member id {} and "
            "requesting the member to rejoin with this id.",
            group.id(), nameOf(group.state()), memberId);
        group.pendingJoins().insert(memberId);
        m_rebalancer.scheduleSession(group, memberId, request.sessionTimeoutMs);
        replyError(client, memberId, ErrorCode::MemberIdRequired);
    } else {
        addMember(client, request, group, memberId);
    }
    if (isNewGroup)
        storeNewGroup(group, memberId);
}

void JoinRequests::joinAgain(
    const ClientContext& client, const protocol::JoinGroupRequest& request, ClassicGroup& group)
{
    const std::string& memberId = request.memberId;
    if (group.pendingJoins().contains(memberId)) {
        // Ids are only asked for from dynamic members, so that such a client is confused.
        if (request.groupInstanceId)
            replyError(client, memberId, ErrorCode::UnknownServerError);
        else
            addMember(client, request, group, memberId);
        return;
    }
    if (const ErrorCode error = group.validateMember(memberId, request.groupInstanceId);
        error != ErrorCode::None) {
        replyError(client, memberId, error);
        return;
    }
    ClassicMember& member = *group.find(memberId);
    if (group.isIn(GroupState::PreparingRebalance)) {
        rejoin(client, request, group, member, "is joining group");
    } else if (group.isIn(GroupState::CompletingRebalance)) {
        // With unchanged metadata it has probably missed the answer to its first JoinGroup.
        if (member.protocols == protocolsOf(request))
            m_rebalancer.replyJoined(group, member, {client.request, client.apiVersion});
        else
            rejoin(client, request, group, member, "changed its metadata");
    } else {
        joinStable(client, request, group, member);
    }
}

void JoinRequests::joinStable(const ClientContext& client,
    const protocol::JoinGroupRequest& request, ClassicGroup& group, ClassicMember& member)
{
    // The leader rejoins when the topics changed; others because their own subscription, or the
    // partitions that they own, changed.
    if (group.isLeader(member.id))
        rejoin(client, request, group, member, "is the leader and rejoins");
    else if (member.protocols != protocolsOf(request))
        rejoin(client, request, group, member, "changed its metadata");
    else
        m_rebalancer.replyJoined(group, member, {client.request, client.apiVersion});
}

void JoinRequests::addMember(const ClientContext& client, const protocol::JoinGroupRequest& request,
    ClassicGroup& group, const std::string& memberId)
{
    if (auto& delay = group.initialDelay())
        delay->hasNewMember = true;
    ClassicMember fresh;
    fresh.id = memberId;
    fresh.instanceId = request.groupInstanceId;
    fresh.clientId = client.clientId;
    fresh.clientHost = client.clientHost;
    fresh.rebalanceTimeoutMs = rebalanceTimeoutOf(client, request);
    fresh.sessionTimeoutMs = request.sessionTimeoutMs;
    fresh.protocols = protocolsOf(request);
    fresh.isNew = true;
    ClassicMember& member = group.add(std::move(fresh), request.protocolType);
    m_rebalancer.awaitJoin(group, member, client);
    // It can't send heartbeats before it knows its id, nor is a closed connection seen here:
    // without this limit, clients that gave up would stay members.
    m_rebalancer.scheduleSession(group, memberId, m_context.config.newMemberJoinTimeoutMs);
    m_context.publish({.kind = GroupEvent::Kind::MemberJoined,
        .group = group.id(),
        .detail = memberId,
        .generation = group.generation()});
    m_rebalancer.rebalanceOrComplete(group,
        fmt::format("Adding new member {} with group instance id {}; client reason: {}", memberId,
            request.groupInstanceId.value_or("null"), reasonOf(request)));
}

void JoinRequests::rejoin(const ClientContext& client, const protocol::JoinGroupRequest& request,
    ClassicGroup& group, ClassicMember& member, std::string_view reason)
{
    group.setProtocols(member, protocolsOf(request));
    member.rebalanceTimeoutMs = rebalanceTimeoutOf(client, request);
    member.sessionTimeoutMs = request.sessionTimeoutMs;
    m_rebalancer.awaitJoin(group, member, client);
    m_rebalancer.rebalanceOrComplete(group,
        fmt::format("Member {} {} during {}; client reason: {}", member.id, reason,
            nameOf(group.state()), reasonOf(request)));
}

void JoinRequests::replaceStaticMember(const ClientContext& client,
    const protocol::JoinGroupRequest& request, ClassicGroup& group, const std::string& newMemberId)
{
    const std::string oldMemberId = *group.staticMemberId(*request.groupInstanceId);
    m_context.log.info(kLogComponent,
        "Static member with groupInstanceId={} and unknown member id joins group {} in {} state. "
        "Replacing "
        "previously mapped member {} with this groupInstanceId.",
        *request.groupInstanceId, group.id(), nameOf(group.state()), oldMemberId);

    const std::string leaderBefore = group.leaderId().value_or("");
    ClassicMember& old = *group.find(oldMemberId);
    // Whoever waits with the old id is another process with the same instance id.
    if (const auto waiting = group.takeJoin(old))
        m_rebalancer.replyJoinError(*waiting, oldMemberId, ErrorCode::FencedInstanceId);
    if (const auto waiting = std::exchange(old.sync, std::nullopt))
        m_rebalancer.replySyncError(*waiting, ErrorCode::FencedInstanceId);
    m_context.timers.cancel({TimerKey::Kind::MemberSession, group.id(), oldMemberId});
    const ClassicMember before = old;

    ClassicMember& member = group.replaceStatic(*request.groupInstanceId, newMemberId);
    member.isNew = false;
    group.setProtocols(member, protocolsOf(request));
    member.rebalanceTimeoutMs = rebalanceTimeoutOf(client, request);
    member.sessionTimeoutMs = request.sessionTimeoutMs;
    m_rebalancer.awaitJoin(group, member, client);
    m_rebalancer.scheduleSession(group, member);

    const std::string reason = fmt::format(
        "Updating metadata for static member {} with instance id {}; client reason: {}",
        newMemberId, *request.groupInstanceId, reasonOf(request));
    if (group.isIn(GroupState::Stable)) {
        if (group.selectProtocol() == group.protocolName())
            storeReplacement(group, before, member, leaderBefore);
        else
            m_rebalancer.prepareRebalance(group, reason);
    } else if (group.isIn(GroupState::CompletingRebalance)) {
        // The leader may already be assigning partitions to the old id.
        m_rebalancer.prepareRebalance(group, reason);
    } else {
        m_rebalancer.completeJoinIfPossible(group);
    }
}

void JoinRequests::storeReplacement(ClassicGroup& group, const ClassicMember& before,
    const ClassicMember& now, const std::string& leaderBefore)
{
    std::map<std::string, Bytes> assignments;
    for (const ClassicMember* member : std::as_const(group).members())
        assignments[member->id] = member->assignment;
    m_context.append({GroupRecord{group.id(), group.toRecord(assignments)}},
        [this, groupId = group.id(), memberId = now.id, before, leaderBefore](ErrorCode error) {
            ClassicGroup* present = m_context.find(groupId);
            ClassicMember* member = present ? present->find(memberId) : nullptr;
            if (!member)
                return; // who waited was answered when it left
            if (error == ErrorCode::None)
                replacementStored(*present, *member, leaderBefore);
            else if (error == ErrorCode::RequestTimedOut)
                replacementDelayed(*present, *member, errorForClient(error));
            else
                replacementFailed(*present, memberId, before, errorForClient(error));
        });
}

void JoinRequests::replacementStored(
    ClassicGroup& group, ClassicMember& member, const std::string& leaderBefore)
{
    // If a rebalance began meanwhile, the member has joined it and is answered at its end.
    if (!group.isIn(GroupState::Stable) || !member.join)
        return;
    const WaitingRequest request = *group.takeJoin(member);
    m_rebalancer.scheduleSession(group, member);
    if (request.apiVersion >= 9) {
        // A leader may see the members, yet must not assign anew.
        m_rebalancer.replyJoined(group, member, request, group.isLeader(member.id));
        return;
    }
    // Older clients would assign if they found themselves leader, so that they see the old id.
    protocol::JoinGroupResponse response;
    response.memberId = member.id;
    response.generationId = group.generation();
    response.protocolType = group.protocolType();
    response.protocolName = group.protocolName().value_or("");
    response.leader = leaderBefore;
    m_context.reply(request.request, std::move(response));
}

void JoinRequests::replacementDelayed(ClassicGroup& group, ClassicMember& member, ErrorCode error)
{
    // The record may still be committed: going back to the old id would part the group from its
    // log.
    if (const auto request = group.takeJoin(member))
        m_rebalancer.replyJoinError(*request, {}, error);
}

void JoinRequests::replacementFailed(
    ClassicGroup& group, const std::string& memberId, const ClassicMember& before, ErrorCode error)
{
    m_context.log.warn(kLogComponent,
        "Failed to persist metadata for group {} static member {} with group instance id {} due to "
        "{}. Reverting "
        "to old member id {}.",
        group.id(), memberId, *before.instanceId, factsOf(error).name, before.id);
    ClassicMember& member = *group.find(memberId);
    if (const auto request = group.takeJoin(member))
        m_rebalancer.replyJoinError(*request, {}, error);
    m_context.timers.cancel({TimerKey::Kind::MemberSession, group.id(), memberId});
    group.setProtocols(member, before.protocols);
    member.rebalanceTimeoutMs = before.rebalanceTimeoutMs;
    member.sessionTimeoutMs = before.sessionTimeoutMs;
    m_rebalancer.scheduleSession(group, group.replaceStatic(*before.instanceId, before.id));
}

void JoinRequests::storeNewGroup(const ClassicGroup& group, const std::string& firstMemberId)
{
    // Kafka's first record of a group tells nothing but its time; the first member's protocol type
    // comes with the first generation.
    protocol::GroupMetadataValue value;
    value.protocol.reset();
    value.leader.reset();
    value.currentStateTimestamp = group.stateTimestampMs();
    m_context.append({GroupRecord{group.id(), std::move(value)}},
        [this, groupId = group.id(), firstMemberId](ErrorCode error) {
            ClassicGroup* present = m_context.find(groupId);
            // When it only takes long, the record of the first generation will tell.
            if (error == ErrorCode::None || error == ErrorCode::RequestTimedOut || !present)
                return;
            m_context.log.warn(kLogComponent, "Failed to write empty metadata for group {}: {}",
                groupId, factsOf(error).name);
            ClassicMember* member = present->find(firstMemberId);
            if (member) {
                if (const auto request = present->takeJoin(*member))
                    m_rebalancer.replyJoinError(*request, {}, errorForClient(error));
            }
            m_rebalancer.removeMember(*present, firstMemberId);
            if (present->size() == 0 && present->pendingJoins().empty())
                m_context.remove(groupId);
            else
                m_rebalancer.completeJoinIfPossible(*present);
        });
}

void JoinRequests::replyError(
    const ClientContext& client, const std::string& memberId, ErrorCode error)
{
    m_rebalancer.replyJoinError({client.request, client.apiVersion}, memberId, error);
}

} // namespace moldau::coordinator
