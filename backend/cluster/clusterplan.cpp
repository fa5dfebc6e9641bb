#include "cluster/clusterplan.h"

#include "cluster/userdirectories.h"

#include <algorithm>

#include <fmt/format.h>

namespace moldau::cluster {

namespace {

constexpr int kMostBrokers = 100;
constexpr int kMostControllers = 9;
constexpr int kFirstControllerId = 9001; // far from brokers' ids, which share the numbers
constexpr int kHighestPort = 65535;
constexpr std::string_view kListener = "PLAINTEXT";

// A teaching cluster reacts at once; whoever sets these again has the last word.
configs::ConfigMap localDefaults(int brokers)
{
    const std::string replicas = std::to_string(std::min(brokers, 3));
    const std::string minIsr = brokers >= 3 ? "2" : "1";
    configs::ConfigMap defaults{
        {"default.replication.factor", replicas},
        {"offsets.topic.replication.factor", replicas},
        {"transaction.state.log.replication.factor", replicas},
        {"transaction.state.log.min.isr", minIsr},
        {"share.coordinator.state.topic.replication.factor", replicas},
        {"share.coordinator.state.topic.min.isr", minIsr},
        {"offsets.topic.num.partitions", "12"},
        {"num.partitions", "3"},
        {"group.initial.rebalance.delay.ms", "0"},
        {"replica.lag.time.max.ms", "10000"},
        {"leader.imbalance.check.interval.seconds", "1"},
    };
    defaults.insert(quickElections().begin(), quickElections().end());
    return defaults;
}

} // namespace

const configs::ConfigMap& quickElections()
{
    static const configs::ConfigMap times{
        {"controller.quorum.election.timeout.ms", "200"},
        {"controller.quorum.election.backoff.max.ms", "100"},
        {"controller.quorum.fetch.timeout.ms", "800"},
        {"controller.quorum.request.timeout.ms", "600"},
    };
    return times;
}

std::vector<BrokerId> ClusterPlan::voterIds() const
{
    std::vector<BrokerId> ids;
    for (const ServicePlan& service : services)
        if (service.isVoter())
            ids.push_back(service.id);
    std::ranges::sort(ids);
    return ids;
}

std::vector<Endpoint> ClusterPlan::controllers() const
{
    if (voters.empty())
        return {controller};
    std::vector<Endpoint> all;
    for (const configs::ControllerVoter& voter : voters)
        all.push_back(voter.address);
    return all;
}

Result<ClusterPlan> planLocal(const LocalOptions& options)
{
    if (!isValidProjectName(options.name))
        return fail(ErrorCode::LocalInvalidArgument,
            fmt::format("'{}' can't be a project's name: use letters, digits, '-', '_' and '.'",
                options.name));
    if (options.brokers < 1 || options.brokers > kMostBrokers)
        return fail(ErrorCode::LocalInvalidArgument,
            fmt::format("a cluster has 1 to {} brokers, not {}", kMostBrokers, options.brokers));
    if (options.controllers < 1 || options.controllers > kMostControllers
        || options.controllers % 2 == 0)
        return fail(ErrorCode::LocalInvalidArgument,
            fmt::format("a cluster has an odd number of controllers up to {}, not {}: a majority "
                        "of them decides",
                kMostControllers, options.controllers));
    if (options.firstId < 0 || options.firstId + options.brokers > kFirstControllerId)
        return fail(ErrorCode::LocalInvalidArgument,
            fmt::format("broker ids go from 0 to {}", kFirstControllerId - 1));
    if (options.firstPort < 0 || options.firstPort + options.brokers - 1 > kHighestPort)
        return fail(ErrorCode::LocalInvalidArgument,
            "a port is a number from 1 to 65535, or 0 for any free one");

    ClusterPlan plan;
    plan.name = options.name;
    plan.directory = options.directory.empty() ? clusterDirectory(options.name) : options.directory;
    configs::ConfigMap properties = localDefaults(options.brokers);
    for (const auto& [key, value] : options.properties)
        properties[key] = value;

    for (int i = 0; i < options.controllers; ++i) {
        ServicePlan& controller = plan.services.emplace_back();
        controller.service = fmt::format("controller-{}", i + 1);
        controller.kind = client::NodeKind::Controller;
        controller.id = BrokerId{kFirstControllerId + i};
        controller.properties = properties;
        controller.dataDirectory = plan.directory + "/" + controller.service;
        if (options.controllers > 1)
            plan.voters.push_back({controller.id, {"127.0.0.1", 0}});
    }

    for (int i = 0; i < options.brokers; ++i) {
        const int id = options.firstId + i;
        ServicePlan& service = plan.services.emplace_back();
        service.service = fmt::format("broker-{}", id);
        service.id = BrokerId{id};
        service.properties = properties;
        service.dataDirectory = plan.directory + "/" + service.service;
        const auto port
            = static_cast<std::uint16_t>(options.firstPort == 0 ? 0 : options.firstPort + i);
        broker::ListenerPlan& listener = service.listeners.emplace_back();
        listener.name = kListener;
        listener.binds = {{"127.0.0.1", port}, {"::1", port}};
        listener.advertised = {"127.0.0.1", port};
        service.properties["node.id"] = std::to_string(id);
        service.properties["process.roles"] = "broker";
        service.properties["log.dirs"] = service.dataDirectory;
        service.properties["listeners"] = fmt::format("{}://127.0.0.1:{}", kListener, port);
        service.properties["controller.listener.names"] = "CONTROLLER";
        service.properties["controller.quorum.bootstrap.servers"]
            = "127.0.0.1:1"; // known once it listens
        auto config = configs::BrokerConfig::fromProperties(service.properties);
        if (!config)
            return tl::unexpected(config.error());
        service.config = std::move(*config);
    }
    return plan;
}

} // namespace moldau::cluster
