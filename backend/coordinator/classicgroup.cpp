#include "coordinator/classicgroup.h"

#include "coordinator/subscription.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace moldau::coordinator {

std::string_view nameOf(GroupState state)
{
    switch (state) {
    case GroupState::Empty:
        return "Empty";
    case GroupState::PreparingRebalance:
        return "PreparingRebalance";
    case GroupState::CompletingRebalance:
        return "CompletingRebalance";
    case GroupState::Stable:
        return "Stable";
    case GroupState::Dead:
        return "Dead";
    }
    return "Unknown";
}

ClassicGroup::ClassicGroup(std::string id, std::int64_t nowMs)
    : m_id(std::move(id))
    , m_stateTimestampMs(nowMs)
{
}

ClassicGroup::ClassicGroup(std::string id, const protocol::GroupMetadataValue& value)
    : m_id(std::move(id))
    , m_state(value.members.empty() ? GroupState::Empty : GroupState::Stable)
    , m_stateTimestampMs(value.currentStateTimestamp)
    , m_generation(value.generation)
    , m_protocolName(value.protocol)
{
    for (const auto& stored : value.members) {
        ClassicMember member;
        member.id = stored.memberId;
        member.instanceId = stored.groupInstanceId;
        member.clientId = stored.clientId;
        member.clientHost = stored.clientHost;
        // Value version 0 had no rebalance timeout.
        member.rebalanceTimeoutMs
            = stored.rebalanceTimeout == -1 ? stored.sessionTimeout : stored.rebalanceTimeout;
        member.sessionTimeoutMs = stored.sessionTimeout;
        member.protocols = {{value.protocol.value_or(""), stored.subscription}};
        member.assignment = stored.assignment;
        add(std::move(member), value.protocolType);
    }
    m_protocolType = value.protocolType;
    m_leaderId = value.leader;
    readSubscribedTopics();
}

void ClassicGroup::transitionTo(GroupState state, std::int64_t nowMs)
{
    assert(state != GroupState::PreparingRebalance || canRebalance());
    assert(state != GroupState::Stable || m_state == GroupState::CompletingRebalance);
    m_state = state;
    m_stateTimestampMs = nowMs;
}

bool ClassicGroup::canRebalance() const
{
    return m_state == GroupState::Stable || m_state == GroupState::CompletingRebalance
        || m_state == GroupState::Empty;
}

ClassicMember* ClassicGroup::find(const std::string& memberId)
{
    const auto found = m_members.find(memberId);
    return found == m_members.end() ? nullptr : &found->second;
}

const ClassicMember* ClassicGroup::find(const std::string& memberId) const
{
    const auto found = m_members.find(memberId);
    return found == m_members.end() ? nullptr : &found->second;
}

std::vector<ClassicMember*> ClassicGroup::members()
{
    std::vector<ClassicMember*> all;
    all.reserve(m_members.size());
    for (auto& [id, member] : m_members)
        all.push_back(&member);
    std::ranges::sort(all, {}, &ClassicMember::order);
    return all;
}

std::vector<const ClassicMember*> ClassicGroup::members() const
{
    std::vector<const ClassicMember*> all;
    all.reserve(m_members.size());
    for (const auto& [id, member] : m_members)
        all.push_back(&member);
    std::ranges::sort(all, {}, &ClassicMember::order);
    return all;
}

ClassicMember& ClassicGroup::add(ClassicMember member, const std::string& protocolType)
{
    if (m_members.empty())
        m_protocolType = protocolType;
    member.order = ++m_joined;
    if (member.instanceId)
        m_static[*member.instanceId] = member.id;
    if (!m_leaderId)
        m_leaderId = member.id;
    m_pendingJoins.erase(member.id);
    countProtocols(member, 1);
    const std::string id = member.id;
    return m_members.insert_or_assign(id, std::move(member)).first->second;
}

void ClassicGroup::remove(std::string memberId)
{
    if (const auto found = m_members.find(memberId); found != m_members.end()) {
        countProtocols(found->second, -1);
        if (found->second.instanceId)
            m_static.erase(*found->second.instanceId);
        takeJoin(found->second);
        m_members.erase(found);
    }
    m_pendingJoins.erase(memberId);
    m_pendingSyncs.erase(memberId);
    if (isLeader(memberId)) {
        m_leaderId.reset();
        if (!m_members.empty())
            m_leaderId = members().front()->id;
    }
}

void ClassicGroup::setProtocols(ClassicMember& member, std::vector<MemberProtocol> protocols)
{
    countProtocols(member, -1);
    member.protocols = std::move(protocols);
    countProtocols(member, 1);
}

ClassicMember& ClassicGroup::replaceStatic(
    const std::string& instanceId, const std::string& newMemberId)
{
    std::string& memberId = m_static.at(instanceId);
    auto node = m_members.extract(memberId);
    node.key() = newMemberId;
    node.mapped().id = newMemberId;
    if (isLeader(memberId))
        m_leaderId = newMemberId;
    if (m_pendingSyncs.erase(memberId) > 0)
        m_pendingSyncs.insert(newMemberId);
    memberId = newMemberId;
    return m_members.insert(std::move(node)).position->second;
}

const std::string* ClassicGroup::staticMemberId(const std::string& instanceId) const
{
    const auto found = m_static.find(instanceId);
    return found == m_static.end() ? nullptr : &found->second;
}

std::optional<WaitingRequest> ClassicGroup::awaitJoin(
    ClassicMember& member, const WaitingRequest& request)
{
    if (!member.join)
        ++m_awaitingJoin;
    return std::exchange(member.join, request);
}

std::optional<WaitingRequest> ClassicGroup::takeJoin(ClassicMember& member)
{
    if (member.join)
        --m_awaitingJoin;
    return std::exchange(member.join, std::nullopt);
}

bool ClassicGroup::electJoinedLeader()
{
    if (!m_leaderId)
        return false;
    if (const ClassicMember* leader = find(*m_leaderId); leader && leader->join)
        return true;
    for (const ClassicMember* member : members()) {
        if (member->join) {
            m_leaderId = member->id;
            return true;
        }
    }
    return false;
}

std::int32_t ClassicGroup::rebalanceTimeoutMs() const
{
    std::int32_t longest = 0;
    for (const auto& [id, member] : m_members)
        longest = std::max(longest, member.rebalanceTimeoutMs);
    return longest;
}

bool ClassicGroup::supports(
    const std::string& protocolType, const std::vector<std::string>& names) const
{
    if (isIn(GroupState::Empty))
        return !protocolType.empty() && !names.empty();
    return protocolType == m_protocolType
        && std::ranges::any_of(names, [this](const std::string& name) {
               const auto count = m_protocolCounts.find(name);
               return (count == m_protocolCounts.end() ? 0 : count->second) == m_members.size();
           });
}

std::string ClassicGroup::selectProtocol() const
{
    std::map<std::string, int> votes;
    for (const auto& [id, member] : m_members) {
        for (const MemberProtocol& protocol : member.protocols) {
            if (m_protocolCounts.at(protocol.name) == m_members.size()) {
                ++votes[protocol.name];
                break;
            }
        }
    }
    int most = 0;
    for (const auto& [name, count] : votes)
        most = std::max(most, count);
    const ClassicMember* leader = m_leaderId ? find(*m_leaderId) : nullptr;
    if (leader) {
        for (const MemberProtocol& protocol : leader->protocols) {
            if (const auto found = votes.find(protocol.name);
                found != votes.end() && found->second == most)
                return protocol.name;
        }
    }
    return votes.empty() ? std::string() : votes.begin()->first;
}

void ClassicGroup::startGeneration(std::int64_t nowMs)
{
    ++m_generation;
    if (m_members.empty())
        m_protocolName.reset();
    else
        m_protocolName = selectProtocol();
    readSubscribedTopics();
    transitionTo(m_members.empty() ? GroupState::Empty : GroupState::CompletingRebalance, nowMs);
    m_pendingSyncs.clear();
}

ErrorCode ClassicGroup::validateMember(
    const std::string& memberId, const std::optional<std::string>& instanceId) const
{
    if (instanceId) {
        const std::string* present = staticMemberId(*instanceId);
        if (!present)
            return ErrorCode::UnknownMemberId;
        if (*present != memberId)
            return ErrorCode::FencedInstanceId;
    }
    return find(memberId) ? ErrorCode::None : ErrorCode::UnknownMemberId;
}

bool ClassicGroup::isSubscribedTo(const std::string& topic) const
{
    return m_subscribedTopics ? m_subscribedTopics->contains(topic) : usesConsumerProtocol();
}

protocol::GroupMetadataValue ClassicGroup::toRecord(
    const std::map<std::string, Bytes>& assignments) const
{
    protocol::GroupMetadataValue value;
    value.protocolType = m_protocolType;
    value.generation = m_generation;
    value.protocol = m_protocolName;
    value.leader = m_leaderId;
    value.currentStateTimestamp = m_stateTimestampMs;
    for (const ClassicMember* member : members()) {
        auto& stored = value.members.emplace_back();
        stored.memberId = member->id;
        stored.groupInstanceId = member->instanceId;
        stored.clientId = member->clientId;
        stored.clientHost = member->clientHost;
        stored.rebalanceTimeout = member->rebalanceTimeoutMs;
        stored.sessionTimeout = member->sessionTimeoutMs;
        if (const Bytes* subscription = member->metadataFor(m_protocolName.value_or("")))
            stored.subscription = *subscription;
        if (const auto assignment = assignments.find(member->id); assignment != assignments.end())
            stored.assignment = assignment->second;
    }
    return value;
}

void ClassicGroup::countProtocols(const ClassicMember& member, int change)
{
    std::set<std::string> names; // a name that is given twice counts once
    for (const MemberProtocol& protocol : member.protocols)
        names.insert(protocol.name);
    for (const std::string& name : names)
        m_protocolCounts[name] += static_cast<std::size_t>(change);
}

void ClassicGroup::readSubscribedTopics()
{
    m_subscribedTopics.reset();
    if (!usesConsumerProtocol())
        return;
    std::set<std::string> topics;
    for (const auto& [id, member] : m_members) {
        const Bytes* subscription = m_protocolName ? member.metadataFor(*m_protocolName) : nullptr;
        if (!subscription || !readTopics(*subscription, topics))
            return;
    }
    m_subscribedTopics = std::move(topics);
}

} // namespace moldau::coordinator
