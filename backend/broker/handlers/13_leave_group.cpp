// LeaveGroup, v0–5.
//
// v3 several members, static ones by instance id alone (an administrator removes them) · v4
// flexible · v5 reason (KIP-800). Before v3 the one member's error is the response's.

#include "broker/handlers/13_leave_group.h"

#include "broker/groups/groupcoordinator.h"

namespace moldau::broker {

void leaveGroup(BrokerNode& broker, protocol::LeaveGroupRequest request, network::Exchange exchange)
{
    broker.groups().answer<protocol::LeaveGroupResponse>(request.groupId, std::move(exchange),
        [&](auto& shard, const auto& now, const auto& client) {
            shard.leave(now, client, request);
        });
}

} // namespace moldau::broker
