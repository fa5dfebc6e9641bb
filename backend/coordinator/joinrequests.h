#pragma once

#include "coordinator/rebalancer.h"
#include "protocol/messages/joingrouprequest.h"

namespace moldau::coordinator {

/**
 * JoinGroup of classic groups: who is let in, who has to come again with an id, who takes whose
 * place. Each request gets one Reply, many of them when the join phase ends. Owned by its shard.
 */
class JoinRequests {
public:
    JoinRequests(ShardContext& context, Rebalancer& rebalancer)
        : m_context(context)
        , m_rebalancer(rebalancer)
    {
    }

    void join(const ClientContext& client, const protocol::JoinGroupRequest& request);
    void replyError(const ClientContext& client, const std::string& memberId, ErrorCode error);

private:
    bool hasRoomFor(const ClassicGroup& group, const std::string& memberId) const;
    void joinNew(const ClientContext& client, const protocol::JoinGroupRequest& request,
        ClassicGroup& group);
    void joinAgain(const ClientContext& client, const protocol::JoinGroupRequest& request,
        ClassicGroup& group);
    void joinStable(const ClientContext& client, const protocol::JoinGroupRequest& request,
        ClassicGroup& group, ClassicMember& member);
    void addMember(const ClientContext& client, const protocol::JoinGroupRequest& request,
        ClassicGroup& group, const std::string& memberId);
    void rejoin(const ClientContext& client, const protocol::JoinGroupRequest& request,
        ClassicGroup& group, ClassicMember& member, std::string_view reason);
    void replaceStaticMember(const ClientContext& client, const protocol::JoinGroupRequest& request,
        ClassicGroup& group, const std::string& newMemberId);
    void storeReplacement(ClassicGroup& group, const ClassicMember& before,
        const ClassicMember& now, const std::string& leaderBefore);
    void replacementStored(
        ClassicGroup& group, ClassicMember& member, const std::string& leaderBefore);
    void replacementDelayed(ClassicGroup& group, ClassicMember& member, ErrorCode error);
    void replacementFailed(ClassicGroup& group, const std::string& memberId,
        const ClassicMember& before, ErrorCode error);
    void storeNewGroup(const ClassicGroup& group, const std::string& firstMemberId);

    ShardContext& m_context;
    Rebalancer& m_rebalancer;
};

} // namespace moldau::coordinator
