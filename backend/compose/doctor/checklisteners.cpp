#include "compose/doctor/examination.h"

#include "compose/editing.h"
#include "compose/spelling.h"

#include <algorithm>

#include <fmt/format.h>

namespace moldau::compose {

namespace {

const PublishedPort* publishedFor(const Patient& patient, std::uint16_t containerPort)
{
    for (const PublishedPort& port : patient.source.ports) {
        if (port.containerPort == containerPort && port.protocol == "tcp")
            return &port;
    }
    return nullptr;
}

bool isHostPortTaken(const Examination& examination, std::uint16_t hostPort)
{
    for (const Patient& patient : examination.patients()) {
        for (const PublishedPort& port : patient.source.ports) {
            if (port.hostPort == hostPort)
                return true;
        }
    }
    return false;
}

void fixByPublishing(Examination& examination, Finding& finding, const Patient& patient,
    const PatientListener& listener)
{
    const std::string mapping = fmt::format("{}:{}", listener.advertised.port, listener.port);
    finding.fix = say("add {} to ports", mapping);
    if (patient.source.portsNode == nullptr
        || isHostPortTaken(examination, listener.advertised.port))
        return;
    if (const auto edit
        = appendItem(examination.findings().text(), *patient.source.portsNode, mapping))
        finding.edits.push_back(*edit);
}

/** A listener for programs outside: its port must lead into the container as it is told. */
void checkTowardsHost(
    Examination& examination, const Patient& patient, const PatientListener& listener)
{
    if (patient.isHostNetwork())
        return;
    const std::size_t place
        = examination.placeOf(patient, "advertised.listeners", listener.advertisedText);
    const PublishedPort* published = publishedFor(patient, listener.port);
    if (published == nullptr) {
        Finding& finding = examination.findings().add(place, Severity::Warning, "MLD033",
            say("{} tells clients {}:{}, but port {} of the container isn't published: "
                "programs outside can't connect",
                listener.name, listener.advertised.host, listener.advertised.port, listener.port));
        fixByPublishing(examination, finding, patient, listener);
        return;
    }
    const bool isSame = std::ranges::any_of(patient.source.ports, [&](const PublishedPort& port) {
        return port.containerPort == listener.port && port.hostPort == listener.advertised.port;
    });
    if (isSame)
        return;
    Finding& finding = examination.findings().add(published->node, Severity::Error, "MLD033",
        say("port {} of the container is published as {}, but {} tells clients {}:{}: "
            "after the first answer they connect to the wrong port",
            listener.port,
            published->hostPort == 0 ? say("any free port")
                                     : Sentence(std::to_string(published->hostPort)),
            listener.name, listener.advertised.host, listener.advertised.port));
    const std::string mapping = fmt::format("{}:{}", listener.advertised.port, listener.port);
    finding.fix = say("publish {}", mapping);
    const bool isPlainEntry = published->node->isScalar()
        && published->node->value
            == fmt::format("{}:{}", published->hostPort, published->containerPort);
    if (isPlainEntry && !isHostPortTaken(examination, listener.advertised.port)) {
        if (const auto edit
            = replaceScalar(examination.findings().text(), *published->node, mapping))
            finding.edits.push_back(*edit);
    }
}

/** A listener for other containers: its name must be this one's, its port the one it listens on. */
void checkInside(Examination& examination, const Patient& patient, const PatientListener& listener)
{
    const std::string& host = listener.advertised.host;
    const std::size_t place
        = examination.placeOf(patient, "advertised.listeners", listener.advertisedText);
    const ServiceSpec* owner = examination.project().serviceOfHost(host);
    if (owner == nullptr) {
        if (!isPlainName(host))
            return;
        std::vector<std::string> names;
        for (const ServiceSpec& service : examination.project().services)
            names.insert(names.end(), service.hostNames.begin(), service.hostNames.end());
        const auto meant = meantWord(host, names);
        Finding& finding = examination.findings().add(place,
            meant ? Severity::Error : Severity::Warning, "MLD032",
            say("{} tells clients the host {}, which is no service of this file{}", listener.name,
                host, meant ? say(": did you mean {}?", *meant) : Sentence()));
        examination.fixPart(finding, patient, "advertised.listeners", listener.advertisedText,
            fmt::format("{}://{}:{}", listener.name, meant.value_or(patient.source.name),
                listener.advertised.port));
        if (!meant)
            finding.edits.clear();
        return;
    }
    if (owner != &patient.spec) {
        Finding& finding = examination.findings().add(place, Severity::Error, "MLD032",
            say("{} tells clients the host {}, which is another service", listener.name, host));
        examination.fixPart(finding, patient, "advertised.listeners", listener.advertisedText,
            fmt::format(
                "{}://{}:{}", listener.name, patient.source.name, listener.advertised.port));
        return;
    }
    if (listener.port != listener.advertised.port) {
        Finding& finding = examination.findings().add(place, Severity::Error, "MLD034",
            say("{} tells other containers {}:{}, but it listens on port {}", listener.name, host,
                listener.advertised.port, listener.port));
        examination.fixPart(finding, patient, "advertised.listeners", listener.advertisedText,
            fmt::format("{}://{}:{}", listener.name, host, listener.port));
    }
}

/** Published ports must end at a listener that tells an address which works outside. */
void checkPublished(
    Examination& examination, const Patient& patient, const std::vector<PatientListener>& listeners)
{
    for (const PublishedPort& port : patient.source.ports) {
        const auto listener
            = std::ranges::find(listeners, port.containerPort, &PatientListener::port);
        const bool isOfKafka = port.containerPort >= 9090 && port.containerPort < 9100;
        if (listener == listeners.end() && isOfKafka && !listeners.empty()) {
            examination.findings().add(port.node, Severity::Warning, "MLD033",
                say("no listener of {} is on port {}", patient.source.name, port.containerPort));
        } else if (listener != listeners.end() && listener->isAdvertised()
            && examination.isKnownHost(listener->advertised.host)) {
            Finding& finding = examination.findings().add(port.node, Severity::Warning, "MLD034",
                say("port {} leads to listener {}, which tells clients {}:{}: programs "
                    "outside can't resolve that name",
                    port.hostPort, listener->name, listener->advertised.host,
                    listener->advertised.port));
            finding.fix = say("publish the port of a listener that advertises localhost");
        }
    }
}

void checkBindHost(
    Examination& examination, const Patient& patient, const PatientListener& listener)
{
    if (!isLoopbackName(listener.bindHost) || patient.isHostNetwork())
        return;
    Finding& finding = examination.findings().add(
        examination.placeOf(patient, "listeners", listener.bindText), Severity::Warning, "MLD046",
        say("{} listens on {}, which only programs inside the same container reach", listener.name,
            listener.bindHost));
    examination.fixPart(finding, patient, "listeners", listener.bindText,
        fmt::format("{}://0.0.0.0:{}", listener.name, listener.port));
}

/** Brokers must reach each other: localhost is a different place for each of them. */
void checkInterBroker(
    Examination& examination, const Patient& patient, const std::vector<PatientListener>& listeners)
{
    const std::string* given = patient.property("inter.broker.listener.name");
    const std::string* protocol = patient.property("security.inter.broker.protocol");
    const std::string name = given != nullptr ? *given
        : protocol != nullptr                 ? *protocol
                                              : "PLAINTEXT";
    const auto listener = std::ranges::find(listeners, name, &PatientListener::name);
    const bool isLocal = listener != listeners.end() && listener->isAdvertised()
        && isLoopbackName(listener->advertised.host);
    if (!isLocal || patient.isHostNetwork() || examination.project().brokerCount() < 2)
        return;
    Finding& finding = examination.findings().add(
        examination.placeOf(patient, "advertised.listeners", listener->advertisedText),
        Severity::Error, "MLD031",
        say("the other brokers are told to reach {} at {}:{}; inside a container {} is "
            "that container itself",
            patient.source.name, listener->advertised.host, listener->advertised.port,
            listener->advertised.host));
    const auto inside = std::ranges::find_if(listeners, [&](const PatientListener& other) {
        return other.isAdvertised() && examination.isKnownHost(other.advertised.host);
    });
    if (inside != listeners.end())
        examination.fixBySetting(finding, patient, "inter.broker.listener.name", inside->name);
    else
        finding.fix = say("add a listener that advertises {}:PORT and name it in {}",
            patient.source.name, patient.variableFor("inter.broker.listener.name"));
}

} // namespace

void checkListeners(Examination& examination)
{
    for (const Patient& patient : examination.patients()) {
        if (patient.spec.kind != ServiceKind::Broker)
            continue;
        const std::vector<PatientListener> listeners = Examination::listenersOf(patient);
        for (const PatientListener& listener : listeners) {
            checkBindHost(examination, patient, listener);
            if (!listener.isAdvertised() || listener.advertised.host.empty())
                continue;
            if (isLoopbackName(listener.advertised.host))
                checkTowardsHost(examination, patient, listener);
            else
                checkInside(examination, patient, listener);
        }
        checkPublished(examination, patient, listeners);
        checkInterBroker(examination, patient, listeners);
    }
}

} // namespace moldau::compose
