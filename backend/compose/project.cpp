#include "compose/project.h"

#include "compose/nodeproperties.h"
#include "compose/tabs.h"
#include "configs/listenersetting.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace moldau::compose {

namespace {

constexpr std::int32_t kFirstGeneratedId = 1001; // as ZooKeeper hands them out

ServiceSpec specOf(const ComposeService& service)
{
    ServiceSpec spec;
    spec.name = service.name;
    spec.image = service.image.text;
    spec.containerName
        = service.containerName.text.empty() ? service.name : service.containerName.text;
    spec.ports = service.ports;
    spec.hostNames.push_back(service.name);
    for (const std::string& name : {service.containerName.text, service.hostname}) {
        if (!name.empty() && std::ranges::find(spec.hostNames, name) == spec.hostNames.end())
            spec.hostNames.push_back(name);
    }
    spec.hostNames.insert(spec.hostNames.end(), service.aliases.begin(), service.aliases.end());
    for (const ComposeText& other : service.dependsOn)
        spec.dependsOn.push_back(other.text);
    const Image image = imageOf(service.image.text);
    if (image.isKafka())
        fillKafkaNode(service, image, spec);
    else if (image.isZooKeeper())
        fillZooKeeper(service, image, spec);
    else if (image.kind != ImageKind::Other)
        fillCompanion(service, image, spec);
    return spec;
}

/** Brokers of a ZooKeeper cluster that name no id get one; those of KRaft must name theirs. */
void generateIds(ComposeProject& project)
{
    std::set<std::int32_t> taken;
    for (const ServiceSpec& service : project.services)
        taken.insert(service.id.value());
    std::int32_t next = kFirstGeneratedId;
    for (ServiceSpec& service : project.services) {
        const bool isNameless = service.isNode() && service.id == kNoBroker
            && service.properties.contains("zookeeper.connect");
        if (!isNameless)
            continue;
        while (taken.contains(next))
            ++next;
        service.id = BrokerId(next++);
    }
}

} // namespace

std::string_view nameOf(ServiceKind kind)
{
    switch (kind) {
    case ServiceKind::Broker:
        return "broker";
    case ServiceKind::Controller:
        return "controller";
    case ServiceKind::ZooKeeper:
        return "zookeeper";
    case ServiceKind::Connect:
        return "connect";
    case ServiceKind::Registry:
        return "registry";
    case ServiceKind::Other:
        break;
    }
    return "other";
}

const ServiceSpec* ComposeProject::service(std::string_view name) const
{
    const auto found = std::ranges::find(services, name, &ServiceSpec::name);
    return found == services.end() ? nullptr : &*found;
}

const ServiceSpec* ComposeProject::serviceOfHost(std::string_view host) const
{
    for (const ServiceSpec& service : services) {
        if (std::ranges::find(service.hostNames, host) != service.hostNames.end())
            return &service;
    }
    return nullptr;
}

std::map<std::string, std::string> ComposeProject::hostAddresses() const
{
    std::map<std::string, std::string> addresses;
    for (const ServiceSpec& service : services) {
        for (const std::string& name : service.hostNames)
            addresses.try_emplace(name, service.loopbackAddress);
    }
    return addresses;
}

std::size_t ComposeProject::brokerCount() const
{
    return static_cast<std::size_t>(
        std::ranges::count(services, ServiceKind::Broker, &ServiceSpec::kind));
}

std::vector<ListenerBinding> bindingsOf(const ServiceSpec& service)
{
    std::vector<ListenerBinding> bindings;
    const auto listeners = service.properties.find("listeners");
    if (listeners == service.properties.end())
        return bindings;
    for (const std::string& text : configs::splitList(listeners->second)) {
        const auto listener = configs::parseListener(text);
        if (!listener)
            continue;
        ListenerBinding binding{listener->name, {{service.loopbackAddress, listener->port}}};
        for (const PublishedPort& port : service.ports) {
            if (port.containerPort == listener->port && port.protocol == "tcp")
                binding.bind.push_back({"127.0.0.1", port.hostPort});
        }
        bindings.push_back(std::move(binding));
    }
    return bindings;
}

std::string loopbackAddress(std::string_view project, std::size_t index)
{
    // 127.0.0.x and 127.0.1.x are left alone: systems use them for themselves.
    constexpr std::size_t kNetworks = 252, kHosts = 250;
    std::uint32_t hash = 2166136261u;
    for (const char c : project)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    const std::size_t network = (hash + index / kHosts) % kNetworks + 2;
    return fmt::format("127.0.{}.{}", network, index % kHosts + 2);
}

ComposeProject projectOf(const ComposeFile& file)
{
    ComposeProject project;
    project.name = file.projectName;
    for (const ComposeService& service : file.services) {
        project.services.push_back(specOf(service));
        project.services.back().loopbackAddress
            = loopbackAddress(project.name, project.services.size() - 1);
    }
    generateIds(project);
    return project;
}

Result<ComposeProject> loadProject(std::string_view text, const ComposeContext& context)
{
    const auto refuse = [](Position at, std::string_view message) {
        return fail(
            ErrorCode::LocalInvalidArgument, fmt::format("{}:{}: {}", at.line, at.column, message));
    };
    if (const auto tabs = findTabs(text); !tabs.empty())
        return refuse(LineIndex(text).positionOf(tabs.front().offset),
            "tab in the indentation, where YAML allows only spaces (found character that cannot "
            "start any token)");
    const ComposeFile file = readComposeFile(text, context);
    const Finding* first = nullptr;
    for (const Finding& finding : file.findings) {
        if (finding.severity == Severity::Error
            && (first == nullptr || finding.position < first->position))
            first = &finding;
    }
    if (first != nullptr)
        return refuse(first->position, first->message.text());
    return projectOf(file);
}

} // namespace moldau::compose
