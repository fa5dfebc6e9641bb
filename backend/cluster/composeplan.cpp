#include "cluster/composeplan.h"

#include "base/posixfilesystem.h"
#include "cluster/clusterdirectory.h"
#include "cluster/composequorum.h"
#include "cluster/nodefile.h"
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

/** What Kafka would make of a service's settings, or why it would end at once. */
Result<ComposeNode> readNode(const compose::ServiceSpec& spec)
{
    if (!spec.problem.empty())
        return fail(ErrorCode::InvalidConfig, fmt::format("{}: {}", spec.name, spec.problem));
    auto config = configs::BrokerConfig::fromProperties(spec.properties);
    if (!config)
        return fail(config.error().code, fmt::format("{}: {}", spec.name, config.error().message));
    if (spec.id != kNoBroker)
        config->nodeId = spec.id;
    return ComposeNode{&spec, std::move(*config)};
}

Result<ServicePlan> planBroker(const ComposeNode& node)
{
    const compose::ServiceSpec& spec = *node.spec;
    ServicePlan plan;
    plan.service = spec.name;
    plan.kind = NodeKind::Broker;
    plan.properties = spec.properties;
    plan.config = node.config;
    plan.id = node.config.nodeId;
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

ServicePlan planCoordinator(const compose::ServiceSpec& spec)
{
    ServicePlan plan;
    plan.service = spec.name;
    plan.kind
        = spec.kind == compose::ServiceKind::ZooKeeper ? NodeKind::ZooKeeper : NodeKind::Controller;
    plan.id = BrokerId{kCoordinatorId};
    return plan;
}

/** The one node that keeps the metadata of a project without controllers, or of an old one. */
void addVoterOfOurOwn(ClusterPlan& plan, const compose::ComposeProject& project)
{
    configs::ConfigMap defaults; // for new topics: the brokers'
    for (const ServicePlan& service : plan.services)
        if (service.kind == NodeKind::Broker)
            defaults = service.properties;
    std::vector<ServicePlan> coordinators;
    for (const compose::ServiceSpec& spec : project.services) {
        if (spec.kind != compose::ServiceKind::ZooKeeper
            && spec.kind != compose::ServiceKind::Controller)
            continue;
        ServicePlan& coordinator = coordinators.emplace_back(planCoordinator(spec));
        coordinator.isRun = coordinators.size() == 1;
        if (!coordinator.isRun)
            coordinator.whyNotRun = fmt::format("the metadata are kept by {} alone, as when this "
                                                "project was made",
                coordinators.front().service);
    }
    if (coordinators.empty()) {
        ServicePlan& controller = coordinators.emplace_back();
        controller.service = "controller-1";
        controller.kind = NodeKind::Controller;
        controller.id = BrokerId{kCoordinatorId};
    }
    for (ServicePlan& coordinator : coordinators)
        coordinator.properties = defaults;
    plan.services.insert(plan.services.begin(), std::make_move_iterator(coordinators.begin()),
        std::make_move_iterator(coordinators.end()));
}

/** Makes voters of the nodes that the file has as controllers. */
Result<void> addQuorum(ClusterPlan& plan, const compose::ComposeProject& project,
    const std::vector<ComposeNode>& nodes, std::vector<configs::ControllerVoter> voters)
{
    std::vector<ServicePlan> coordinators;
    for (const ComposeNode& node : nodes) {
        if (!node.config.isController)
            continue;
        auto bind = controllerBindOf(node);
        if (!bind)
            return fail(bind.error());
        if (!node.config.isBroker) {
            ServicePlan& controller = coordinators.emplace_back(planCoordinator(*node.spec));
            controller.id = node.config.nodeId;
            controller.properties = node.config.properties;
            controller.controllerBind = *bind;
        } else {
            const auto broker
                = std::ranges::find(plan.services, node.spec->name, &ServicePlan::service);
            broker->isCombined = true;
            broker->controllerBind = *bind;
        }
        plan.controller = *bind;
    }
    for (const compose::ServiceSpec& spec : project.services) {
        if (spec.kind != compose::ServiceKind::ZooKeeper)
            continue;
        ServicePlan& zookeeper = coordinators.emplace_back(planCoordinator(spec));
        zookeeper.isRun = false;
        zookeeper.whyNotRun = "the file's controllers keep the metadata";
    }
    // A name that no service has leads nowhere, and must not lead out of this machine.
    std::size_t strangers = project.services.size();
    for (const configs::ControllerVoter& voter : voters)
        if (project.serviceOfHost(voter.address.host) == nullptr
            && voter.address.host.find_first_of(".:") == std::string::npos)
            plan.hostAddresses.try_emplace(
                voter.address.host, compose::loopbackAddress(project.name, strangers++));
    if (voters.size() > 1)
        plan.voters = std::move(voters);
    plan.services.insert(plan.services.begin(), std::make_move_iterator(coordinators.begin()),
        std::make_move_iterator(coordinators.end()));
    return {};
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

    std::vector<ComposeNode> nodes;
    for (compose::ServiceSpec& spec : project->services) {
        if (plan.requestedClusterId.empty())
            plan.requestedClusterId = spec.clusterId;
        if (!spec.isNode())
            continue;
        for (const auto& [name, value] : options.properties)
            spec.properties[name] = value;
        for (const auto& [name, value] : quickElections())
            spec.properties.try_emplace(name, value);
        auto node = readNode(spec);
        if (!node)
            return tl::unexpected(node.error());
        nodes.push_back(std::move(*node));
        if (spec.kind != compose::ServiceKind::Broker)
            continue;
        auto broker = planBroker(nodes.back());
        if (!broker)
            return tl::unexpected(broker.error());
        plan.services.push_back(std::move(*broker));
    }
    if (plan.services.empty())
        return fail(ErrorCode::LocalInvalidArgument, fmt::format("{} has no Kafka broker", file));
    PosixFileSystem files;
    auto voters = hasVoterOfItsOwn(files, plan.directory)
        ? Result<std::vector<configs::ControllerVoter>>()
        : votersOf(*project, nodes);
    if (!voters)
        return tl::unexpected(voters.error());
    if (voters->empty())
        addVoterOfOurOwn(plan, *project);
    else if (auto added = addQuorum(plan, *project, nodes, std::move(*voters)); !added)
        return tl::unexpected(added.error());
    for (const compose::ServiceSpec& spec : project->services) {
        if (spec.isNode() || spec.kind == compose::ServiceKind::ZooKeeper)
            continue;
        ServicePlan& other = plan.services.emplace_back();
        other.service = spec.name;
        other.kind = NodeKind::Other;
        other.isRun = false;
        other.whyNotRun = fmt::format("the image {} is not run by Moldau", spec.image);
    }
    for (ServicePlan& service : plan.services) {
        service.dataDirectory = plan.directory + "/" + service.service;
        if (service.isCombined)
            service.metadataDirectory = metadataDirectoryIn(service.dataDirectory);
    }
    return plan;
}

} // namespace moldau::cluster
