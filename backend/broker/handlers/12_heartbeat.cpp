// Heartbeat, v0–4.
//
// v3 static members · v4 flexible. REBALANCE_IN_PROGRESS tells a member to join again; while the
// group is being loaded every member counts as alive.

#include "broker/handlers/12_heartbeat.h"

#include "broker/groups/groupcoordinator.h"

namespace moldau::broker {

void heartbeat(BrokerNode& broker, protocol::HeartbeatRequest request, network::Exchange exchange)
{
    broker.groups().answer<protocol::HeartbeatResponse>(request.groupId, std::move(exchange),
        [&](auto& shard, const auto& now, const auto& client) {
            shard.heartbeat(now, client, request);
        });
}

} // namespace moldau::broker
