#include "controller/assignment.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace moldau::controller {

Result<void> checkAssignment(const MetadataImage& image, const Replicas& replicas,
    std::optional<std::size_t> replicationFactor, std::int32_t partition)
{
    const auto refuse = [](std::string text) {
        return fail(ErrorCode::InvalidReplicaAssignment, std::move(text));
    };
    if (replicas.empty())
        return refuse("The manual partition assignment includes an empty replica list.");
    const std::set<BrokerId> distinct(replicas.begin(), replicas.end());
    for (const BrokerId replica : distinct) {
        if (!image.broker(replica)) {
            return refuse(fmt::format("The manual partition assignment includes broker {}, but no "
                                      "such broker is registered.",
                replica.value()));
        }
        if (std::count(replicas.begin(), replicas.end(), replica) > 1) {
            return refuse(fmt::format(
                "The manual partition assignment includes the broker {} more than once.",
                replica.value()));
        }
    }
    if (replicationFactor && replicas.size() != *replicationFactor) {
        return refuse(fmt::format(
            "The manual partition assignment includes a partition with {} replica(s), but "
            "this is not consistent with previous partitions, which have {} replica(s).",
            replicas.size(), *replicationFactor));
    }
    if (std::none_of(replicas.begin(), replicas.end(),
            [&](BrokerId each) { return image.isActive(each); })) {
        return refuse(fmt::format(
            "All brokers specified in the manual partition assignment for partition {} are "
            "fenced or in controlled shutdown.",
            partition));
    }
    return {};
}

Uuid directoryForNewReplica(const MetadataImage& image, BrokerId broker)
{
    const BrokerImage* const found = image.broker(broker);
    return found && found->directories.size() == 1 ? found->directories.front() : Uuid();
}

} // namespace moldau::controller
