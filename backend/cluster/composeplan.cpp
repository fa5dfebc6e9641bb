#include "cluster/composeplan.h"

#include "cluster/userdirectories.h"
#include "compose/project.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

namespace moldau::cluster {

namespace fs = std::filesystem;
using client::NodeKind;

namespace {

// ZooKeeper servers are numbered apart from brokers; as holders of the voter they share the
// numbers.
constexpr int kCoordinatorId = 9001;

std::optional<std::string> readText(const fs::path& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return std::nullopt;
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

configs::ConfigMap processEnvironment()
{
    configs::ConfigMap all;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string text = *entry;
        if (const auto equals = text.find('='); equals != std::string::npos)
            all[text.substr(0, equals)] = text.substr(equals + 1);
    }
    return all;
}

/** As docker compose makes a project's name of a folder's. */
std::string folderName(const fs::path& file)
{
    std::string name;
    for (const char c : fs::absolute(file).parent_path().filename().string())
        if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_')
            name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return name.empty() ? "compose" : name;
}

Result<ServicePlan> planBroker(const compose::ServiceSpec& spec)
{
    ServicePlan plan;
    plan.service = spec.name;
    plan.kind = NodeKind::Broker;
    plan.properties = spec.properties;
    if (!spec.problem.empty())
        return fail(ErrorCode::InvalidConfig, fmt::format("{}: {}", spec.name, spec.problem));
    auto config = configs::BrokerConfig::fromProperties(spec.properties);
    if (!config)
        return fail(config.error().code, fmt::format("{}: {}", spec.name, config.error().message));
    plan.config = std::move(*config);
    plan.id = spec.id != kNoBroker ? spec.id : plan.config.nodeId;
    plan.config.nodeId = plan.id;
    const auto bindings = compose::bindingsOf(spec);
    for (const configs::ListenerSetting& advertised : plan.config.advertisedListeners) {
        broker::ListenerPlan& listener = plan.listeners.emplace_back();
        listener.name = advertised.name;
        listener.protocol = advertised.protocol;
        listener.advertised = {advertised.host, advertised.port};
        const auto bound = std::find_if(
            bindings.begin(), bindings.end(), [&](const compose::ListenerBinding& binding) {
                return binding.name == advertised.name;
            });
        if (bound != bindings.end())
            listener.binds = bound->bind;
        if (listener.binds.empty())
            return fail(ErrorCode::InvalidConfig,
                fmt::format(
                    "{}: listener {} is advertised but not bound", spec.name, advertised.name));
        if (listener.protocol != configs::SecurityProtocol::Plaintext)
            return fail(ErrorCode::LocalUnsupported,
                fmt::format("{}: listener {} asks for {}, and only PLAINTEXT is served here",
                    spec.name, advertised.name, configs::nameOf(listener.protocol)));
    }
    return plan;
}

ServicePlan planCoordinator(const std::string& name, NodeKind kind, int id)
{
    ServicePlan plan;
    plan.service = name;
    plan.kind = kind;
    plan.id = BrokerId{id};
    return plan;
}

} // namespace

Result<ClusterPlan> planCompose(const std::string& file, const ComposeOptions& options)
{
    const auto text = readText(file);
    if (!text)
        return fail(ErrorCode::LocalNotFound, fmt::format("cannot read {}", file));
    compose::ComposeContext context;
    context.projectName = options.projectName.empty() ? folderName(file) : options.projectName;
    context.environment = processEnvironment();
    context.readFile = [folder = fs::path(file).parent_path()](
                           const std::string& path) { return readText(folder / path); };
    auto project = compose::loadProject(*text, context);
    if (!project)
        return fail(project.error().code, fmt::format("{}:{}", file, project.error().message));

    ClusterPlan plan;
    plan.name = options.projectName.empty() ? project->name : options.projectName;
    if (!isValidProjectName(plan.name))
        return fail(ErrorCode::LocalInvalidArgument,
            fmt::format("'{}' can't be a project's name; give one with -p", plan.name));
    plan.directory = options.directory.empty() ? clusterDirectory(plan.name) : options.directory;
    plan.hostAddresses = project->hostAddresses();

    std::vector<ServicePlan> brokers;
    std::vector<ServicePlan> others;
    configs::ConfigMap brokerProperties;
    bool hasVoter = false;
    for (const compose::ServiceSpec& spec : project->services) {
        if (plan.requestedClusterId.empty())
            plan.requestedClusterId = spec.clusterId;
        const bool coordinates = spec.kind == compose::ServiceKind::ZooKeeper
            || spec.kind == compose::ServiceKind::Controller;
        if (spec.kind == compose::ServiceKind::Broker) {
            compose::ServiceSpec changed = spec;
            for (const auto& [name, value] : options.properties)
                changed.properties[name] = value;
            auto broker = planBroker(changed);
            if (!broker)
                return tl::unexpected(broker.error());
            brokerProperties = broker->properties;
            brokers.push_back(std::move(*broker));
        } else if (coordinates) {
            const NodeKind kind = spec.kind == compose::ServiceKind::ZooKeeper
                ? NodeKind::ZooKeeper
                : NodeKind::Controller;
            ServicePlan coordinator = planCoordinator(spec.name, kind, kCoordinatorId);
            coordinator.isRun = !hasVoter;
            if (hasVoter)
                coordinator.whyNotRun
                    = "one metadata voter is enough here: another service holds it";
            hasVoter = true;
            plan.services.push_back(std::move(coordinator));
        } else {
            ServicePlan& other = others.emplace_back();
            other.service = spec.name;
            other.kind = NodeKind::Other;
            other.isRun = false;
            other.whyNotRun = fmt::format("the image {} is not run by Moldau", spec.image);
        }
    }
    if (brokers.empty())
        return fail(ErrorCode::LocalInvalidArgument, fmt::format("{} has no Kafka broker", file));
    if (!hasVoter)
        plan.services.push_back(
            planCoordinator("controller-1", NodeKind::Controller, kCoordinatorId));
    for (ServicePlan& coordinator : plan.services)
        coordinator.properties = brokerProperties; // defaults for new topics are the brokers'
    std::move(brokers.begin(), brokers.end(), std::back_inserter(plan.services));
    std::move(others.begin(), others.end(), std::back_inserter(plan.services));
    for (ServicePlan& service : plan.services)
        service.dataDirectory = plan.directory + "/" + service.service;
    return plan;
}

} // namespace moldau::cluster
