#include "compose/nodeproperties.h"

#include "configs/configvalue.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace moldau::compose {

namespace {

std::optional<std::int32_t> numberOf(std::string_view text)
{
    std::int32_t value = 0;
    text = configs::trimmed(text);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(value)
                                                                    : std::nullopt;
}

/** Takes every variable with the image's prefix that isn't one of its own. */
void takeSettings(const ComposeService& service, const ImageVariables& variables, ServiceSpec& spec)
{
    for (const auto& [name, variable] : service.environment) {
        const bool isSetting
            = name.starts_with(variables.prefix) && name.size() > variables.prefix.size();
        if (!isSetting || !variable.value
            || std::ranges::find(variables.own, name) != variables.own.end())
            continue;
        const std::string setting = settingName(name, variables.prefix);
        spec.properties.insert_or_assign(setting, *variable.value);
        spec.variableOf.insert_or_assign(setting, name);
    }
}

bool has(const ServiceSpec& spec, std::string_view setting)
{
    return spec.properties.contains(setting);
}

void setDefault(ServiceSpec& spec, std::string_view setting, std::string_view value)
{
    spec.properties.try_emplace(std::string(setting), value);
}

void require(const ComposeService& service, ServiceSpec& spec, std::string_view variable)
{
    if (spec.problem.empty() && !service.valueOf(variable))
        spec.problem = fmt::format("{} is required.", variable);
}

bool isControllerOnly(const ServiceSpec& spec)
{
    const auto roles = spec.properties.find("process.roles");
    return roles != spec.properties.end()
        && configs::splitList(roles->second) == std::vector<std::string>{"controller"};
}

void deriveListeners(ServiceSpec& spec)
{
    const auto advertised = spec.properties.find("advertised.listeners");
    if (!has(spec, "listeners") && advertised != spec.properties.end() && !isControllerOnly(spec))
        spec.properties.insert_or_assign("listeners", listenersFromAdvertised(advertised->second));
}

void fillConfluent(const ComposeService& service, const Image& image, ServiceSpec& spec)
{
    const bool isKRaft = has(spec, "process.roles") || image.isKRaftOnly();
    if (isKRaft) {
        require(service, spec, "KAFKA_PROCESS_ROLES");
        require(service, spec, "CLUSTER_ID");
    } else {
        require(service, spec, "KAFKA_ZOOKEEPER_CONNECT");
    }
    if (!isControllerOnly(spec))
        require(service, spec, "KAFKA_ADVERTISED_LISTENERS");
    deriveListeners(spec);
    setDefault(spec, "log.dirs", "/var/lib/kafka/data");
}

/** The image has a server.properties of its own, which counts only when nothing else is said. */
void fillApache(ServiceSpec& spec)
{
    if (!spec.properties.empty()) {
        deriveListeners(spec);
        return;
    }
    spec.properties = {{"process.roles", "broker,controller"}, {"node.id", "1"},
        {"controller.quorum.voters", "1@localhost:9093"},
        {"listeners", "PLAINTEXT://:9092,CONTROLLER://:9093"},
        {"inter.broker.listener.name", "PLAINTEXT"},
        {"advertised.listeners", "PLAINTEXT://localhost:9092"},
        {"controller.listener.names", "CONTROLLER"},
        {"listener.security.protocol.map",
            "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_"
            "SSL:SASL_SSL"},
        {"log.dirs", "/tmp/kraft-combined-logs"}, {"offsets.topic.replication.factor", "1"},
        {"transaction.state.log.replication.factor", "1"}, {"transaction.state.log.min.isr", "1"},
        {"share.coordinator.state.topic.replication.factor", "1"},
        {"share.coordinator.state.topic.min.isr", "1"}};
}

void fillBitnami(const ComposeService& service, ServiceSpec& spec)
{
    for (const auto& [variable, setting] :
        {std::pair("KAFKA_NODE_ID", "node.id"), std::pair("KAFKA_BROKER_ID", "broker.id")}) {
        if (const auto id = service.valueOf(variable);
            id && !has(spec, "node.id") && !has(spec, "broker.id")) {
            spec.properties.insert_or_assign(setting, *id);
            spec.variableOf.insert_or_assign(setting, variable);
        }
    }
    if (!has(spec, "zookeeper.connect")) {
        setDefault(spec, "process.roles", "controller,broker");
        setDefault(spec, "controller.listener.names", "CONTROLLER");
        if (!isControllerOnly(spec))
            setDefault(spec, "listeners", "PLAINTEXT://:9092,CONTROLLER://:9093");
        setDefault(
            spec, "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    } else {
        setDefault(spec, "listeners", "PLAINTEXT://:9092");
    }
    setDefault(spec, "log.dirs", "/bitnami/kafka/data");
}

/** "TICK_TIME" is tickTime in zoo.cfg. */
std::string camelCase(std::string_view variable)
{
    std::string name;
    bool isUpper = false;
    for (const char c : variable) {
        if (c == '_') {
            isUpper = true;
            continue;
        }
        name.push_back(
            static_cast<char>(isUpper ? c : std::tolower(static_cast<unsigned char>(c))));
        isUpper = false;
    }
    return name;
}

/** server.N lines: "a:2888:3888;b:…", "server.1=a:2888:3888;2181 …" or "a:2888:3888::1,…". */
void fillEnsemble(std::string_view servers, ImageKind kind, ServiceSpec& spec)
{
    const char separator = kind == ImageKind::CpZooKeeper ? ';'
        : kind == ImageKind::ZooKeeper                    ? ' '
                                                          : ',';
    int number = 0;
    for (std::size_t start = 0; start < servers.size();) {
        const std::size_t end = std::min(servers.find(separator, start), servers.size());
        std::string_view entry = configs::trimmed(servers.substr(start, end - start));
        start = end + 1;
        if (entry.empty())
            continue;
        std::string id = std::to_string(++number);
        if (const std::size_t equals = entry.find('=');
            equals != std::string_view::npos && entry.starts_with("server.")) {
            id = entry.substr(7, equals - 7);
            entry.remove_prefix(equals + 1);
        } else if (const std::size_t mark = entry.rfind("::"); mark != std::string_view::npos) {
            id = entry.substr(mark + 2);
            entry = entry.substr(0, mark);
        }
        spec.properties.insert_or_assign(
            "server." + id, std::string(entry.substr(0, entry.find(';'))));
    }
}

} // namespace

std::string listenersFromAdvertised(std::string_view advertised)
{
    std::string listeners;
    for (const std::string& entry : configs::splitList(advertised)) {
        const std::size_t host = entry.find("://");
        const std::size_t port = entry.rfind(':');
        const bool hasBoth = host != std::string::npos && port != std::string::npos && port > host;
        if (!listeners.empty())
            listeners += ',';
        listeners += hasBoth
            ? fmt::format("{}://0.0.0.0{}", entry.substr(0, host), entry.substr(port))
            : entry;
    }
    return listeners;
}

void fillKafkaNode(const ComposeService& service, const Image& image, ServiceSpec& spec)
{
    takeSettings(service, variablesOf(image.kind), spec);
    if (image.kind == ImageKind::CpKafka)
        fillConfluent(service, image, spec);
    else if (image.kind == ImageKind::ApacheKafka)
        fillApache(spec);
    else
        fillBitnami(service, spec);
    spec.kind = isControllerOnly(spec) ? ServiceKind::Controller : ServiceKind::Broker;
    for (const char* cluster : {"CLUSTER_ID", "KAFKA_KRAFT_CLUSTER_ID"}) {
        if (const auto id = service.valueOf(cluster))
            spec.clusterId = *id;
    }
    for (const char* name : {"node.id", "broker.id"}) {
        const auto id = spec.properties.find(name);
        if (const auto number = id != spec.properties.end() ? numberOf(id->second) : std::nullopt;
            number && spec.id == kNoBroker)
            spec.id = BrokerId(*number);
    }
}

void fillZooKeeper(const ComposeService& service, const Image& image, ServiceSpec& spec)
{
    const ImageVariables& variables = variablesOf(image.kind);
    spec.kind = ServiceKind::ZooKeeper;
    for (const auto& [name, variable] : service.environment) {
        if (!name.starts_with(variables.prefix) || !variable.value)
            continue;
        const std::string_view rest = std::string_view(name).substr(variables.prefix.size());
        if (rest == "SERVERS") {
            fillEnsemble(*variable.value, image.kind, spec);
        } else if (rest == "SERVER_ID" || rest == "MY_ID") {
            if (const auto id = numberOf(*variable.value))
                spec.id = BrokerId(*id);
        } else {
            const std::string setting = rest == "PORT_NUMBER" ? "clientPort" : camelCase(rest);
            spec.properties.insert_or_assign(setting, *variable.value);
            spec.variableOf.insert_or_assign(setting, name);
        }
    }
    for (const std::string& required : variables.required)
        require(service, spec, required);
    if (image.kind != ImageKind::CpZooKeeper)
        setDefault(spec, "clientPort", "2181");
    if (spec.id == kNoBroker)
        spec.id = BrokerId(1);
}

void fillCompanion(const ComposeService& service, const Image& image, ServiceSpec& spec)
{
    spec.kind = image.kind == ImageKind::CpConnect ? ServiceKind::Connect : ServiceKind::Registry;
    const ImageVariables& variables = variablesOf(image.kind);
    for (const auto& [name, variable] : service.environment) {
        const bool isForJava = name.ends_with("_OPTS") || name.ends_with("_JMX_PORT")
            || name.find("_LOG4J_") != std::string::npos;
        if (!name.starts_with(variables.prefix) || isForJava || !variable.value)
            continue;
        const std::string setting = settingName(name, variables.prefix);
        spec.properties.insert_or_assign(setting, *variable.value);
        spec.variableOf.insert_or_assign(setting, name);
    }
    for (const std::string& required : variables.required)
        require(service, spec, required);
}

} // namespace moldau::compose
