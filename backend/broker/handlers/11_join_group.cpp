// JoinGroup, v0–9.
//
// v1 rebalance timeout of its own · v4 MEMBER_ID_REQUIRED to a dynamic member without id (KIP-394)
// · v5 static members (KIP-345) · v6 flexible · v7 protocol type and nullable protocol name · v8
// reason (KIP-800) · v9 skip assignment (KIP-814).
// Answered when the join phase ends; the rules are the coordinator's
// (coordinator/joinrequests.cpp).

#include "broker/handlers/11_join_group.h"

#include "broker/groups/groupcoordinator.h"

namespace moldau::broker {

void joinGroup(BrokerNode& broker, protocol::JoinGroupRequest request, network::Exchange exchange)
{
    broker.groups().answer<protocol::JoinGroupResponse>(request.groupId, std::move(exchange),
        [&](auto& shard, const auto& now, const auto& client) {
            shard.join(now, client, request);
        });
}

} // namespace moldau::broker
