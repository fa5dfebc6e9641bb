#include "cluster/nodefile.h"

#include "cluster/listenerbinds.h"
#include "compose/spelling.h"
#include "configs/configdefinition.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace moldau::cluster {

using client::NodeKind;

namespace {

constexpr std::string_view kClusterId = "cluster.id";
constexpr std::string_view kService = "moldau.service";
constexpr std::string_view kHosts = "moldau.hosts";
constexpr std::string_view kBind = "moldau.bind.";
constexpr std::string_view kControllerListener = "CONTROLLER";

tl::unexpected<Error> unsupported(std::string message)
{
    return fail(ErrorCode::LocalUnsupported, std::move(message));
}

std::string taken(configs::ConfigMap& properties, std::string_view name)
{
    const auto found = properties.find(name);
    if (found == properties.end())
        return {};
    std::string value = std::move(found->second);
    properties.erase(found);
    return value;
}

std::vector<std::string> split(const std::string& text)
{
    std::vector<std::string> parts;
    std::stringstream stream(text);
    for (std::string part; std::getline(stream, part, ',');)
        parts.push_back(part);
    return parts;
}

/** What only our own files have, taken out of the properties. */
struct OwnSettings {
    std::string service;
    std::map<std::string, std::string> hosts;
    std::map<std::string, std::vector<Endpoint>> binds;
};

Result<OwnSettings> takeOwn(configs::ConfigMap& properties)
{
    OwnSettings own;
    own.service = taken(properties, kService);
    for (const std::string& entry : split(taken(properties, kHosts))) {
        const auto equals = entry.find('=');
        if (equals == std::string::npos || equals == 0)
            return fail(ErrorCode::InvalidConfig,
                fmt::format("Invalid value {} for configuration {}: NAME=ADDRESS is wanted", entry,
                    kHosts));
        own.hosts[entry.substr(0, equals)] = entry.substr(equals + 1);
    }
    for (auto it = properties.begin(); it != properties.end();) {
        if (!it->first.starts_with(kBind)) {
            ++it;
            continue;
        }
        auto& binds = own.binds[it->first.substr(kBind.size())];
        for (const std::string& entry : split(it->second)) {
            const auto endpoint = parseEndpoint(entry);
            if (!endpoint)
                return fail(ErrorCode::InvalidConfig,
                    fmt::format("Invalid value {} for configuration {}: HOST:PORT is wanted", entry,
                        it->first));
            binds.push_back(*endpoint);
        }
        it = properties.erase(it);
    }
    return own;
}

/** Kafka keeps names that it doesn't know for plugins; a slip of the finger deserves a word. */
std::vector<std::string> unknownNames(const std::vector<configs::Property>& properties)
{
    std::vector<std::string> known;
    for (const configs::ConfigDefinition& definition : configs::allOf(configs::ConfigScope::Broker))
        known.emplace_back(definition.name);
    std::vector<std::string> warnings;
    for (const configs::Property& property : properties) {
        const std::string& name = property.key;
        if (configs::find(configs::ConfigScope::Broker, name) != nullptr
            || configs::find(configs::ConfigScope::Legacy, name) != nullptr || name == kClusterId
            || name.starts_with("moldau.") || name.starts_with("listener.name."))
            continue;
        const auto meant = compose::meantWord(name, known);
        warnings.push_back(fmt::format("line {}: Kafka has no setting {}{}", property.line, name,
            meant ? fmt::format("; was {} meant?", *meant) : std::string()));
    }
    return warnings;
}

/** What Kafka can do, and is not done here. */
Result<void> checkServed(const configs::BrokerConfig& config)
{
    if (config.coordination == configs::Coordination::ZooKeeper)
        return unsupported(
            "a broker of a ZooKeeper cluster (zookeeper.connect without process.roles) is not run "
            "here: write process.roles, node.id and controller.quorum.bootstrap.servers");
    for (const configs::ListenerSetting& listener : config.listeners)
        if (listener.protocol != configs::SecurityProtocol::Plaintext)
            return unsupported(
                fmt::format("listener {} asks for {}, and only PLAINTEXT is served here",
                    listener.name, configs::nameOf(listener.protocol)));
    if (config.logDirs.size() > 1)
        return unsupported(fmt::format(
            "log.dirs names {} directories, and one is served here", config.logDirs.size()));
    if (config.voters.empty() && config.bootstrapControllers.size() > 1)
        return unsupported("the settings name several controllers by "
                           "controller.quorum.bootstrap.servers; name them by "
                           "controller.quorum.voters here");
    return {};
}

/** The cluster id that a formatted directory holds, else empty. */
std::string formattedClusterId(const std::string& directory)
{
    std::ifstream in(directory + "/meta.properties");
    std::stringstream text;
    text << in.rdbuf();
    const auto properties = configs::readProperties(text.str());
    return properties ? configs::toMap(*properties)["cluster.id"] : std::string();
}

/** Where the controller's part of a node is bound and keeps its log. */
Result<void> planController(const configs::BrokerConfig& config, const OwnSettings& own,
    ServicePlan& service, std::vector<std::string>& warnings)
{
    const configs::ListenerSetting& listener
        = *config.listener(config.controllerListenerNames.front()); // it was checked
    auto binds = bindsOf({listener.host, listener.port}, own.hosts);
    if (!binds)
        return fail(binds.error());
    if (isEveryAddress(listener.host))
        warnings.push_back(fmt::format("listener {} is bound to loopback only", listener.name));
    service.controllerBind = binds->front();
    service.isCombined = config.isBroker;
    // A broker and a controller can't hold one directory's lock, so they get one each.
    if (service.isCombined)
        service.metadataDirectory = config.metadataLogDir != service.dataDirectory
            ? config.metadataLogDir
            : metadataDirectoryIn(service.dataDirectory);
    return {};
}

Result<std::vector<broker::ListenerPlan>> listenersOf(
    const configs::BrokerConfig& config, const OwnSettings& own, std::vector<std::string>& warnings)
{
    std::vector<broker::ListenerPlan> plans;
    for (const configs::ListenerSetting& advertised : config.advertisedListeners) {
        broker::ListenerPlan& plan = plans.emplace_back();
        plan.name = advertised.name;
        plan.protocol = advertised.protocol;
        plan.advertised
            = {advertised.host.empty() ? "localhost" : advertised.host, advertised.port};
        if (const auto given = own.binds.find(advertised.name); given != own.binds.end()) {
            plan.binds = given->second;
            continue;
        }
        const configs::ListenerSetting& bound = *config.listener(advertised.name); // it was checked
        auto binds = bindsOf({bound.host, bound.port}, own.hosts);
        if (!binds)
            return fail(binds.error());
        if (isEveryAddress(bound.host))
            warnings.push_back(fmt::format("listener {} is bound to loopback only; name an address "
                                           "of this machine to serve the network",
                bound.name));
        plan.binds = std::move(*binds);
    }
    return plans;
}

Endpoint controllerBindOf(const ClusterPlan& plan, const ServicePlan& service)
{
    if (service.controllerBind)
        return *service.controllerBind;
    const auto voter = std::ranges::find(plan.voters, service.id, &configs::ControllerVoter::id);
    return voter == plan.voters.end() ? plan.controller : voter->address;
}

} // namespace

std::string metadataDirectoryIn(const std::string& dataDirectory)
{
    return dataDirectory + "/controller";
}

Result<NodeFile> planNode(const std::vector<configs::Property>& properties)
{
    NodeFile file;
    file.warnings = unknownNames(properties);
    configs::ConfigMap map = configs::toMap(properties);
    file.plan.clusterId = taken(map, kClusterId);
    auto own = takeOwn(map);
    if (!own)
        return fail(own.error());
    auto config = configs::BrokerConfig::fromProperties(std::move(map));
    if (!config)
        return fail(config.error());
    if (auto served = checkServed(*config); !served)
        return fail(served.error());
    file.plan.hostAddresses = own->hosts;
    file.plan.directory
        = config->logDirs.empty() ? std::string("/tmp/kafka-logs") : config->logDirs.front();
    if (config->voters.size() > 1)
        file.plan.voters = config->voters;
    if (!config->isController)
        file.plan.controller = config->bootstrapControllers.empty()
            ? config->voters.front().address
            : config->bootstrapControllers.front();

    ServicePlan& service = file.plan.services.emplace_back();
    service.kind = config->isBroker ? NodeKind::Broker : NodeKind::Controller;
    service.id = config->nodeId;
    service.service = own->service.empty()
        ? fmt::format("{}-{}", config->isBroker ? "broker" : "controller", service.id.value())
        : own->service;
    service.properties = config->properties;
    service.dataDirectory = config->isBroker ? file.plan.directory : config->metadataLogDir;
    if (config->isController) {
        if (const auto planned = planController(*config, *own, service, file.warnings); !planned)
            return fail(planned.error());
        file.plan.controller = *service.controllerBind;
    }
    if (config->isBroker) {
        auto listeners = listenersOf(*config, *own, file.warnings);
        if (!listeners)
            return fail(listeners.error());
        service.listeners = std::move(*listeners);
        service.config = std::move(*config);
    }
    file.plan.name = service.service;
    if (file.plan.clusterId.empty())
        file.plan.clusterId = formattedClusterId(
            service.isCombined ? service.metadataDirectory : service.dataDirectory);
    return file;
}

Result<NodeFile> readNodeFile(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    if (!in || !(text << in.rdbuf()))
        return fail(ErrorCode::LocalNotFound, fmt::format("cannot read {}", path));
    const auto properties = configs::readProperties(text.str());
    if (!properties)
        return fail(properties.error());
    return planNode(*properties);
}

std::string nodeFileText(const ClusterPlan& plan, const ServicePlan& service)
{
    configs::ConfigMap properties = service.properties;
    const bool isBroker = service.kind == NodeKind::Broker;
    properties.erase("broker.id");
    properties["node.id"] = std::to_string(service.id.value());
    properties["process.roles"] = service.isCombined ? "broker,controller"
        : isBroker                                   ? "broker"
                                                     : "controller";
    properties["controller.listener.names"] = kControllerListener;
    properties.erase("controller.quorum.voters");
    if (plan.voters.empty()) {
        properties["controller.quorum.bootstrap.servers"] = toString(plan.controller);
    } else {
        std::vector<std::string> voters;
        for (const configs::ControllerVoter& voter : plan.voters)
            voters.push_back(fmt::format("{}@{}", voter.id.value(), toString(voter.address)));
        properties.erase("controller.quorum.bootstrap.servers");
        properties["controller.quorum.voters"] = fmt::format("{}", fmt::join(voters, ","));
    }
    properties.erase("log.dir");
    properties.erase("metadata.log.dir");
    properties["log.dirs"] = service.dataDirectory;
    if (service.isCombined)
        properties["metadata.log.dir"] = service.metadataDirectory;
    properties[std::string(kClusterId)] = plan.clusterId;
    properties[std::string(kService)] = service.service;
    std::vector<std::string> hosts;
    for (const auto& [name, address] : plan.hostAddresses)
        hosts.push_back(fmt::format("{}={}", name, address));
    if (!hosts.empty())
        properties[std::string(kHosts)] = fmt::format("{}", fmt::join(hosts, ","));
    if (const auto map = properties.find("listener.security.protocol.map"); map != properties.end()
        && map->second.find(fmt::format("{}:", kControllerListener)) == std::string::npos)
        map->second += fmt::format(",{}:PLAINTEXT", kControllerListener);
    std::vector<std::string> bound;
    std::vector<std::string> advertised;
    for (const broker::ListenerPlan& listener : service.listeners) {
        bound.push_back(fmt::format("{}://{}", listener.name, toString(listener.binds.front())));
        advertised.push_back(fmt::format("{}://{}", listener.name, toString(listener.advertised)));
        std::vector<std::string> binds;
        for (const Endpoint& bind : listener.binds)
            binds.push_back(toString(bind));
        properties[std::string(kBind) + listener.name] = fmt::format("{}", fmt::join(binds, ","));
    }
    if (service.isVoter())
        bound.push_back(
            fmt::format("{}://{}", kControllerListener, toString(controllerBindOf(plan, service))));
    properties["listeners"] = fmt::format("{}", fmt::join(bound, ","));
    properties["advertised.listeners"] = fmt::format("{}", fmt::join(advertised, ","));
    if (!isBroker) {
        properties.erase("advertised.listeners");
        properties.erase("inter.broker.listener.name");
    }
    return configs::writeProperties(properties);
}

} // namespace moldau::cluster
