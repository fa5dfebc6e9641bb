#pragma once

#include "base/errorcode.h"
#include "coordinator/classicmember.h"
#include "protocol/messages/groupmetadatavalue.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace moldau::coordinator {

enum class GroupState { Empty, PreparingRebalance, CompletingRebalance, Stable, Dead };

/** "PreparingRebalance" and so on, as ListGroups and DescribeGroups show it. */
std::string_view nameOf(GroupState state);

/** A group's first join phase, which waits for more members to come. */
struct InitialDelay {
    std::int32_t delayMs = 0; ///< of the timer that runs
    std::int32_t remainingMs = 0; ///< by which it may still be made longer
    bool hasNewMember = false; ///< somebody joined since the timer was set
};

/**
 * Members and generation of one group of the classic protocol, and the rules that hold inside it.
 * It knows no time and answers nobody: Rebalancer moves it. Owned by its shard's GroupRegistry.
 */
class ClassicGroup {
public:
    explicit ClassicGroup(std::string id, std::int64_t nowMs);
    /** As the log has it: Stable, or Empty without members. */
    ClassicGroup(std::string id, const protocol::GroupMetadataValue& value);

    const std::string& id() const { return m_id; }
    GroupState state() const { return m_state; }
    bool isIn(GroupState state) const { return m_state == state; }
    void transitionTo(GroupState state, std::int64_t nowMs);
    bool canRebalance() const;
    /** When it came into its state, ms since 1970; -1 when an old record didn't tell. */
    std::int64_t stateTimestampMs() const { return m_stateTimestampMs; }

    std::int32_t generation() const { return m_generation; }
    /** "consumer", "connect" …; empty for a group that only ever committed offsets. */
    const std::string& protocolType() const { return m_protocolType; }
    const std::optional<std::string>& protocolName() const { return m_protocolName; }
    const std::optional<std::string>& leaderId() const { return m_leaderId; }
    bool isLeader(const std::string& memberId) const { return m_leaderId == memberId; }

    std::size_t size() const { return m_members.size(); }
    ClassicMember* find(const std::string& memberId);
    const ClassicMember* find(const std::string& memberId) const;
    /** In the order in which they joined. */
    std::vector<ClassicMember*> members();
    std::vector<const ClassicMember*> members() const;
    /** The first member decides the group's protocol type. */
    ClassicMember& add(ClassicMember member, const std::string& protocolType);
    /** Forgets a member or a pending member; another one becomes leader when it was. */
    void remove(std::string memberId);
    void setProtocols(ClassicMember& member, std::vector<MemberProtocol> protocols);
    /** Gives a static member's place to a new member id. */
    ClassicMember& replaceStatic(const std::string& instanceId, const std::string& newMemberId);
    std::size_t staticCount() const { return m_static.size(); }
    /** nullptr when no member has the instance id. */
    const std::string* staticMemberId(const std::string& instanceId) const;

    /** Set while the first join phase waits. */
    std::optional<InitialDelay>& initialDelay() { return m_initialDelay; }
    /** Members that were told their id and are expected to join with it. */
    std::set<std::string>& pendingJoins() { return m_pendingJoins; }
    const std::set<std::string>& pendingJoins() const { return m_pendingJoins; }
    /** Members of this generation that haven't sent SyncGroup. */
    std::set<std::string>& pendingSyncs() { return m_pendingSyncs; }

    /** Lets the member wait in `request`; returns the one that it waited in before. */
    std::optional<WaitingRequest> awaitJoin(ClassicMember& member, const WaitingRequest& request);
    /** The request that the member waited in, to be answered. */
    std::optional<WaitingRequest> takeJoin(ClassicMember& member);
    std::size_t awaitingJoinCount() const { return m_awaitingJoin; }
    bool hasAllJoined() const { return m_pendingJoins.empty() && m_awaitingJoin == size(); }
    /** Passes leadership on when the leader didn't rejoin. False when nobody did. */
    bool electJoinedLeader();
    std::int32_t rebalanceTimeoutMs() const;

    /** Whether a member with these protocols can be in the group. */
    bool supports(const std::string& protocolType, const std::vector<std::string>& names) const;
    /** The protocol that all know and most prefer; the leader's preference breaks a tie. */
    std::string selectProtocol() const;
    /** Next generation, with a protocol when there are members: CompletingRebalance, else Empty. */
    void startGeneration(std::int64_t nowMs);

    /** Whether member and instance id belong together and to the group. */
    ErrorCode validateMember(
        const std::string& memberId, const std::optional<std::string>& instanceId) const;

    bool usesConsumerProtocol() const { return m_protocolType == "consumer"; }
    /** Topics that members subscribe to; nullopt when the group can't know. */
    const std::optional<std::set<std::string>>& subscribedTopics() const
    {
        return m_subscribedTopics;
    }
    bool isSubscribedTo(const std::string& topic) const;

    /** The group's record, with each member's assignment or an empty one. */
    protocol::GroupMetadataValue toRecord(const std::map<std::string, Bytes>& assignments) const;

private:
    void countProtocols(const ClassicMember& member, int change);
    void readSubscribedTopics();

    std::string m_id;
    GroupState m_state = GroupState::Empty;
    std::int64_t m_stateTimestampMs = -1;
    std::int32_t m_generation = 0;
    std::string m_protocolType;
    std::optional<std::string> m_protocolName;
    std::optional<std::string> m_leaderId;
    std::map<std::string, ClassicMember> m_members;
    std::uint64_t m_joined = 0;
    std::size_t m_awaitingJoin = 0;
    std::map<std::string, std::string> m_static; // instance id to member id
    std::set<std::string> m_pendingJoins;
    std::set<std::string> m_pendingSyncs;
    std::optional<InitialDelay> m_initialDelay;
    std::map<std::string, std::size_t> m_protocolCounts;
    std::optional<std::set<std::string>> m_subscribedTopics;
};

} // namespace moldau::coordinator
