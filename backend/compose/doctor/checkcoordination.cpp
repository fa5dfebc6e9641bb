#include "compose/doctor/clusters.h"

#include "compose/spelling.h"
#include "configs/configvalue.h"

#include <algorithm>
#include <charconv>
#include <map>

#include <fmt/format.h>

namespace moldau::compose {

namespace {

std::vector<const Patient*> ofKind(const Examination& examination, ServiceKind kind)
{
    std::vector<const Patient*> found;
    for (const Patient& patient : examination.patients()) {
        if (patient.spec.kind == kind)
            found.push_back(&patient);
    }
    return found;
}

const Patient* patientOfHost(const Examination& examination, std::string_view host)
{
    const ServiceSpec* spec = examination.project().serviceOfHost(host);
    for (const Patient& patient : examination.patients()) {
        if (&patient.spec == spec)
            return &patient;
    }
    return nullptr;
}

bool isPort(std::string_view text)
{
    int port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc{} && end == text.data() + text.size() && port > 0 && port < 65536;
}

/** zoo.cfg takes numbers only for these. */
void checkZooKeeperNumbers(Examination& examination, const Patient& zookeeper)
{
    for (const char* setting : {"clientPort", "port", "tickTime", "initLimit", "syncLimit"}) {
        const std::string* text = zookeeper.property(setting);
        const EnvironmentVariable* variable = zookeeper.variableOf(setting);
        const bool isPortSetting = std::string_view(setting).ends_with("ort");
        const auto isDigit = [](unsigned char c) { return std::isdigit(c) != 0; };
        if (text == nullptr || variable == nullptr || (variable->isInterpolated && text->empty()))
            continue;
        const bool isNumber = !text->empty() && std::ranges::all_of(*text, isDigit);
        if (isNumber && (!isPortSetting || isPort(*text)))
            continue;
        examination.findings().add(examination.placeOf(zookeeper, setting), Severity::Error,
            "MLD023",
            say("{} needs {}, not \"{}\"", variable->name,
                isPortSetting ? say("a port") : say("a number"), *text));
    }
}

std::string clientPortOf(const Patient& zookeeper)
{
    for (const char* name : {"clientPort", "port"}) {
        if (const std::string* port = zookeeper.property(name))
            return *port;
    }
    return "2181";
}

/** The ZooKeeper service that an unknown host name means: the like-named, or the only one. */
const Patient* meantZooKeeper(const Examination& examination, std::string_view host)
{
    const std::vector<const Patient*> servers = ofKind(examination, ServiceKind::ZooKeeper);
    std::vector<std::string> names;
    for (const Patient* server : servers)
        names.insert(names.end(), server->spec.hostNames.begin(), server->spec.hostNames.end());
    if (const auto meant = meantWord(host, names))
        return patientOfHost(examination, *meant);
    return servers.size() == 1 ? servers.front() : nullptr;
}

void checkZooKeeperServer(Examination& examination, const Patient& node, const std::string& entry)
{
    constexpr std::string_view kSetting = "zookeeper.connect";
    const std::size_t colon = entry.rfind(':');
    const std::string host = entry.substr(0, colon);
    const std::string port = colon == std::string::npos ? "2181" : entry.substr(colon + 1);
    const Patient* server = patientOfHost(examination, host);
    if (server != nullptr && server->spec.kind == ServiceKind::ZooKeeper) {
        const std::string clientPort = clientPortOf(*server);
        if (clientPort == port || !isPort(clientPort))
            return;
        Finding& finding = examination.findings().add(examination.placeOf(node, kSetting, entry),
            Severity::Error, "MLD040",
            say("{} listens on port {}, not on {}", host, clientPort, port));
        examination.fixPart(finding, node, kSetting, entry, fmt::format("{}:{}", host, clientPort));
        return;
    }
    const bool isLocal = isLoopbackName(host) && !node.isHostNetwork();
    if (server == nullptr && !isLocal && !isPlainName(host))
        return; // an address outside of the file
    const Sentence why = isLocal ? say("inside a container that is the container itself")
        : server != nullptr      ? say("that service is no ZooKeeper")
                                 : say("no service of this file has that name");
    const Patient* meant = meantZooKeeper(examination, host);
    Finding& finding = examination.findings().add(examination.placeOf(node, kSetting, entry),
        Severity::Error, "MLD039",
        say("{} looks for ZooKeeper at {}, but {}{}", node.source.name, host, why,
            meant != nullptr ? say(": did you mean {}?", meant->source.name) : Sentence()));
    if (meant != nullptr)
        examination.fixPart(finding, node, kSetting, entry,
            fmt::format("{}:{}", meant->source.name, clientPortOf(*meant)));
}

void checkZooKeeperConnect(Examination& examination, const Patient& node)
{
    const std::string* connect = node.property("zookeeper.connect");
    if (connect == nullptr || node.property("process.roles") != nullptr)
        return;
    for (const std::string& entry : configs::splitList(connect->substr(0, connect->find('/')))) {
        if (!entry.empty())
            checkZooKeeperServer(examination, node, entry);
    }
    const std::vector<const Patient*> servers = ofKind(examination, ServiceKind::ZooKeeper);
    const auto isNamed = [&](const Patient* server) {
        return std::ranges::find(node.spec.dependsOn, server->source.name)
            != node.spec.dependsOn.end();
    };
    if (servers.empty() || std::ranges::any_of(servers, isNamed))
        return;
    examination.findings().add(node.source.nameNode, Severity::Hint, "MLD041",
        say("{} needs {}, but doesn't depend on it: docker compose may start them in the "
            "wrong order",
            node.source.name, servers.front()->source.name));
}

/** Every ZooKeeper server must know all of them, and have an id of its own. */
void checkEnsemble(Examination& examination)
{
    const std::vector<const Patient*> servers = ofKind(examination, ServiceKind::ZooKeeper);
    std::map<std::int32_t, const Patient*> ids;
    for (const Patient* server : servers) {
        const bool isMember = server->property("server.1") != nullptr;
        const auto [first, isNew] = ids.try_emplace(server->spec.id.value(), server);
        if (isMember && !isNew) {
            const char* variable = server->image.kind == ImageKind::ZooKeeper ? "ZOO_MY_ID"
                : server->image.kind == ImageKind::CpZooKeeper ? "ZOOKEEPER_SERVER_ID"
                                                               : "ZOO_SERVER_ID";
            const EnvironmentVariable* own = server->source.variable(variable);
            Finding& finding = examination.findings().add(
                own != nullptr ? own->keyNode : server->source.nameNode, Severity::Error, "MLD038",
                say("{} has the id {} of {}: every ZooKeeper server of an ensemble needs its own",
                    server->source.name, server->spec.id.value(), first->second->source.name));
            finding.fix = say("set {} to another number", variable);
        }
    }
    if (servers.size() > 1 && servers.size() % 2 == 0
        && servers.front()->property("server.1") != nullptr)
        examination.findings().add(servers.back()->source.nameNode, Severity::Hint, "MLD044",
            say("an ensemble of {} survives no more failures than one of {}: an odd number "
                "is better",
                servers.size(), servers.size() - 1));
}

void checkVoter(Examination& examination, const Patient& node, const std::string& entry)
{
    constexpr std::string_view kSetting = "controller.quorum.voters";
    const std::size_t at = entry.find('@');
    const std::size_t colon = entry.rfind(':');
    if (at == std::string::npos || colon == std::string::npos || colon < at)
        return; // what Kafka says to that is reported already
    const std::string host = entry.substr(at + 1, colon - at - 1);
    const std::string id = entry.substr(0, at);
    const Patient* voter = patientOfHost(examination, host);
    const std::size_t place = examination.placeOf(node, kSetting, entry);
    if (voter == nullptr) {
        const bool isOwn = isLoopbackName(host) && id == std::to_string(node.spec.id.value());
        if (isOwn || (!isPlainName(host) && !isLoopbackName(host)) || node.isHostNetwork())
            return;
        std::vector<std::string> names;
        const Patient* named = nullptr;
        for (const Patient& patient : examination.patients()) {
            if (!patient.spec.isNode())
                continue;
            names.push_back(patient.source.name);
            if (std::to_string(patient.spec.id.value()) == id)
                named = &patient;
        }
        const std::string meant
            = named != nullptr ? named->source.name : meantWord(host, names).value_or("");
        Finding& finding = examination.findings().add(place, Severity::Error, "MLD042",
            say("voter {} is looked for at {}, {}", id, host,
                isLoopbackName(host) ? say("which inside a container is the container itself")
                                     : say("which is no service of this file")));
        if (!meant.empty())
            examination.fixPart(finding, node, kSetting, entry,
                fmt::format("{}@{}{}", id, meant, entry.substr(colon)));
        return;
    }
    if (voter->spec.isNode() && voter->spec.id.value() >= 0
        && std::to_string(voter->spec.id.value()) != id) {
        Finding& finding = examination.findings().add(place, Severity::Error, "MLD042",
            say("{} has the id {}, not {}", host, voter->spec.id.value(), id));
        examination.fixPart(finding, node, kSetting, entry,
            fmt::format("{}@{}{}", voter->spec.id.value(), host, entry.substr(colon)));
        return;
    }
    const std::string* names = voter->property("controller.listener.names");
    for (const PatientListener& listener : Examination::listenersOf(*voter)) {
        const bool isController
            = names != nullptr && configs::splitList(*names).front() == listener.name;
        if (!isController || std::to_string(listener.port) == entry.substr(colon + 1))
            continue;
        Finding& finding = examination.findings().add(place, Severity::Error, "MLD042",
            say("{} has its listener {} on port {}, not on {}", host, listener.name, listener.port,
                entry.substr(colon + 1)));
        examination.fixPart(
            finding, node, kSetting, entry, fmt::format("{}@{}:{}", id, host, listener.port));
    }
}

void checkClusterIds(Examination& examination)
{
    for (const ClusterGroup& cluster : clustersOf(examination)) {
        for (const Patient* node : cluster.nodes) {
            const std::string& first = cluster.nodes.front()->spec.clusterId;
            const std::string& own = node->spec.clusterId;
            const EnvironmentVariable* variable = node->source.variable("CLUSTER_ID");
            if (variable == nullptr || own == first)
                continue;
            Finding& finding
                = examination.findings().add(variable->keyNode, Severity::Error, "MLD043",
                    say("{} and {} have the same voters but different cluster ids",
                        node->source.name, cluster.nodes.front()->source.name));
            if (!first.empty())
                examination.fixVariablePart(finding, *variable, own, first);
        }
    }
}

} // namespace

void checkCoordination(Examination& examination)
{
    for (const Patient& patient : examination.patients()) {
        if (patient.spec.kind == ServiceKind::ZooKeeper)
            checkZooKeeperNumbers(examination, patient);
        if (!patient.spec.isNode())
            continue;
        checkZooKeeperConnect(examination, patient);
        const std::string* voters = patient.property("controller.quorum.voters");
        if (patient.variableOf("controller.quorum.voters") == nullptr)
            continue;
        for (const std::string& entry : configs::splitList(*voters))
            checkVoter(examination, patient, entry);
    }
    checkEnsemble(examination);
    checkClusterIds(examination);
}

} // namespace moldau::compose
