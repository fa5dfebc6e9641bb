// DescribeGroups, v0–6. Classic groups; others are for APIs of their own.
//
// v3 authorized operations · v4 instance ids · v5 flexible · v6 GROUP_ID_NOT_FOUND with a message
// for a group that isn't there (KIP-1043); before, its state is Dead. Without an authorizer every
// operation is allowed, as in Kafka.

#include "broker/handlers/15_describe_groups.h"

#include "broker/groups/groupcoordinator.h"

namespace moldau::broker {

namespace {

/** READ, DELETE, DESCRIBE, DESCRIBE_CONFIGS and ALTER_CONFIGS: what can be allowed on a group. */
constexpr std::int32_t kAllOperations = 1 << 3 | 1 << 6 | 1 << 8 | 1 << 10 | 1 << 11;

} // namespace

void describeGroups(
    BrokerNode& broker, protocol::DescribeGroupsRequest request, network::Exchange exchange)
{
    protocol::DescribeGroupsResponse response;
    for (const std::string& groupId : request.groups) {
        const auto& shard = broker.groups().shardOf(groupId).shard();
        for (auto& described : shard.describeGroups(exchange.version, {groupId})) {
            if (request.includeAuthorizedOperations && described.errorCode == 0)
                described.authorizedOperations = kAllOperations;
            response.groups.push_back(std::move(described));
        }
    }
    exchange.answer(response);
}

} // namespace moldau::broker
