// ListGroups, v0–5. The groups that this broker coordinates; clients ask every broker.
//
// v3 flexible · v4 states, and a filter of them (KIP-518) · v5 types, and a filter of them
// (KIP-848). While one of the broker's partitions is being loaded: COORDINATOR_LOAD_IN_PROGRESS.

#include "broker/handlers/16_list_groups.h"

#include "broker/groups/groupcoordinator.h"

#include <algorithm>
#include <iterator>

namespace moldau::broker {

void listGroups(BrokerNode& broker, protocol::ListGroupsRequest request, network::Exchange exchange)
{
    protocol::ListGroupsResponse response;
    for (const auto& [number, host] : broker.groups().shards()) {
        auto groups = host->shard().listGroups(request);
        if (!groups) {
            response.groups.clear();
            response.errorCode = errorToWire(groups.error().code);
            break;
        }
        std::ranges::move(*groups, std::back_inserter(response.groups));
    }
    exchange.answer(response);
}

} // namespace moldau::broker
