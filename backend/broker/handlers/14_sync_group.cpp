// SyncGroup, v0–5.
//
// v3 static members · v4 flexible · v5 protocol type and name, both mandatory
// (INCONSISTENT_GROUP_PROTOCOL). Answered when the leader's assignment is replicated. A member that
// the leader left out gets zero bytes.

#include "broker/handlers/14_sync_group.h"

#include "broker/groups/groupcoordinator.h"

namespace moldau::broker {

void syncGroup(BrokerNode& broker, protocol::SyncGroupRequest request, network::Exchange exchange)
{
    broker.groups().answer<protocol::SyncGroupResponse>(request.groupId, std::move(exchange),
        [&](auto& shard, const auto& now, const auto& client) {
            shard.sync(now, client, request);
        });
}

} // namespace moldau::broker
