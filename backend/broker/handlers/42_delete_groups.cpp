// DeleteGroups, v0–3.
//
// v2 flexible · v3 error messages. Only empty groups (NON_EMPTY_GROUP); a group that isn't there is
// GROUP_ID_NOT_FOUND. A group's offsets go with it. Answered when all deletions are replicated.

#include "broker/handlers/42_delete_groups.h"

#include "broker/groups/groupcoordinator.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>

namespace moldau::broker {

namespace {

using Results = std::vector<protocol::DeleteGroupsResponse::DeletableGroupResult>;

/** One request while the partitions of its groups delete them. */
struct Deletion {
    explicit Deletion(network::Exchange asked)
        : exchange(std::move(asked))
    {
    }

    network::Exchange exchange;
    protocol::DeleteGroupsResponse response;
    std::size_t open = 0;
};

} // namespace

void deleteGroups(
    BrokerNode& broker, protocol::DeleteGroupsRequest request, network::Exchange exchange)
{
    if (request.groupsNames.empty())
        return exchange.answer(protocol::DeleteGroupsResponse{});
    std::map<std::int32_t, std::vector<std::string>> byPartition;
    for (const std::string& groupId : request.groupsNames) {
        auto& groups = byPartition[broker.groups().partitionOf(groupId)];
        if (std::find(groups.begin(), groups.end(), groupId) == groups.end())
            groups.push_back(groupId);
    }
    auto deletion = std::make_shared<Deletion>(std::move(exchange));
    deletion->open = byPartition.size();
    for (const auto& [partition, groups] : byPartition) {
        broker.groups().request<Results>(
            groups.front(), GroupCoordinator::clientOf(deletion->exchange),
            [&groups = groups](auto& shard, const auto& now, const auto& client) {
                shard.deleteGroups(now, client, groups);
            },
            [deletion](Results results) {
                std::ranges::move(results, std::back_inserter(deletion->response.results));
                if (--deletion->open == 0)
                    deletion->exchange.answer(deletion->response);
            });
    }
}

} // namespace moldau::broker
