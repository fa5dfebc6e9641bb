#include "compose/doctor/examination.h"

#include "configs/brokerconfig.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace moldau::compose {

namespace {

/** Kafka reads all values first; the check of variables has named the bad ones already. */
bool hasBadValue(const Patient& patient)
{
    for (const auto& [setting, text] : patient.spec.properties) {
        const configs::ConfigDefinition* definition
            = configs::find(configs::ConfigScope::Broker, setting);
        if (definition != nullptr && patient.variableOf(setting) != nullptr
            && !configs::parseValue(*definition, text))
            return true;
    }
    return false;
}

/** A misspelt variable of the service that means `name`. */
const EnvironmentVariable* misspelt(const Patient& patient, std::string_view name)
{
    for (const auto& [own, variable] : patient.source.environment) {
        if (meantVariable(patient, variable) == name)
            return &variable;
    }
    return nullptr;
}

/** The setting that a start-up message is about. */
std::string_view subjectOf(const Patient& patient, std::string_view message)
{
    constexpr std::array<std::string_view, 12> kSubjects{"inter.broker.listener.name",
        "controller.listener.names", "controller.quorum.voters", "listener.security.protocol.map",
        "advertised.listeners", "process.roles", "node.id", "broker.id",
        "security.inter.broker.protocol", "log.dirs", "zookeeper.connect", "listeners"};
    for (const std::string_view subject : kSubjects) {
        if (message.find(subject) != std::string_view::npos
            && patient.variableOf(subject) != nullptr)
            return subject;
    }
    if (message.find("Error creating broker listeners") != std::string_view::npos)
        return patient.variableOf("listeners") != nullptr ? "listeners" : "advertised.listeners";
    return {};
}

/** Adds every listener without a protocol to the map, as PLAINTEXT. */
void fixProtocolMap(Examination& examination, Finding& finding, const Patient& patient)
{
    constexpr std::string_view kMap = "listener.security.protocol.map";
    const std::string variable = patient.variableFor(kMap);
    if (const EnvironmentVariable* wrong = misspelt(patient, variable)) {
        finding.fix = say("{} was meant to be {}", wrong->name, variable);
        return;
    }
    const std::string* given = patient.property(kMap);
    auto protocols = configs::parseListenerProtocols(given != nullptr ? *given : "");
    if (!protocols)
        return;
    std::vector<std::string> entries
        = given != nullptr ? configs::splitList(*given) : std::vector<std::string>();
    const auto add = [&](const std::string& name) {
        if (!protocols->try_emplace(name, configs::SecurityProtocol::Plaintext).second)
            return;
        const bool isOfProtocol = configs::parseSecurityProtocol(name, kMap).has_value();
        entries.push_back(fmt::format("{}:{}", name, isOfProtocol ? name : "PLAINTEXT"));
    };
    const std::string* controllers = patient.property("controller.listener.names");
    for (const std::string& name : configs::splitList(controllers != nullptr ? *controllers : ""))
        add(name);
    for (const char* setting : {"listeners", "advertised.listeners"}) {
        const std::string* texts = patient.property(setting);
        for (const std::string& text : configs::splitList(texts != nullptr ? *texts : "")) {
            if (const auto listener = configs::parseListener(text))
                add(listener->name);
        }
    }
    examination.fixBySetting(finding, patient, kMap, fmt::format("{}", fmt::join(entries, ",")));
}

/** Names the first listener that other containers can reach. */
void fixInterBrokerListener(Examination& examination, Finding& finding, const Patient& patient)
{
    if (patient.variableOf("security.inter.broker.protocol") != nullptr)
        return;
    const std::string* controllers = patient.property("controller.listener.names");
    const std::vector<std::string> ofControllers
        = configs::splitList(controllers != nullptr ? *controllers : "");
    const PatientListener* chosen = nullptr;
    const std::vector<PatientListener> listeners = Examination::listenersOf(patient);
    for (const PatientListener& listener : listeners) {
        const bool isForBrokers = listener.isAdvertised()
            && std::ranges::find(ofControllers, listener.name) == ofControllers.end();
        const bool isBetter = chosen == nullptr
            || (isLoopbackName(chosen->advertised.host)
                && !isLoopbackName(listener.advertised.host));
        if (isForBrokers && isBetter)
            chosen = &listener;
    }
    if (chosen != nullptr)
        examination.fixBySetting(finding, patient, "inter.broker.listener.name", chosen->name);
}

void checkKafkasOwn(Examination& examination, const Patient& patient)
{
    const auto config = configs::BrokerConfig::fromProperties(patient.spec.properties);
    if (config || hasBadValue(patient))
        return;
    const std::string& message = config.error().message;
    const std::string_view subject = subjectOf(patient, message);
    const bool isInterBroker
        = message.find("inter.broker.listener.name must be") != std::string::npos;
    Finding& finding = examination.findings().add(
        subject.empty() ? patient.source.nameNode->offset : examination.placeOf(patient, subject),
        Severity::Error, isInterBroker ? "MLD037" : "MLD030",
        say("{} won't start: {}", patient.source.name, message));
    if (message.find("No security protocol defined") != std::string::npos)
        fixProtocolMap(examination, finding, patient);
    else if (isInterBroker)
        fixInterBrokerListener(examination, finding, patient);
}

/** What the image's own script refuses before Kafka starts. */
void checkRequired(Examination& examination, const Patient& patient)
{
    Finding& finding = examination.findings().add(patient.source.nameNode, Severity::Error,
        "MLD024", say("{} won't start: {}", patient.source.name, patient.spec.problem));
    const std::string variable = patient.spec.problem.substr(0, patient.spec.problem.find(' '));
    if (const EnvironmentVariable* wrong = misspelt(patient, variable)) {
        finding.fix = say("{} was meant to be {}", wrong->name, variable);
        return;
    }
    finding.fix = say("set {}", variable);
    if (variable == "ZOOKEEPER_CLIENT_PORT")
        examination.fixBySetting(finding, patient, "client.port", "2181");
}

} // namespace

void checkStart(Examination& examination)
{
    for (const Patient& patient : examination.patients()) {
        const bool hasZooKeeper = patient.property("zookeeper.connect") != nullptr;
        const bool hasRoles = patient.property("process.roles") != nullptr;
        if (patient.image.isKRaftOnly() && hasZooKeeper && !hasRoles) {
            Finding& finding = examination.findings().add(
                examination.placeOf(patient, "zookeeper.connect"), Severity::Error, "MLD022",
                say("{} has Kafka 4, which works without ZooKeeper only",
                    patient.source.image.text));
            finding.fix = say("use a version with ZooKeeper, for example {}",
                patient.image.kind == ImageKind::CpKafka ? "confluentinc/cp-kafka:7.9.0"
                                                         : "Kafka 3.9");
        } else if (!patient.spec.problem.empty()) {
            checkRequired(examination, patient);
        } else if (patient.spec.isNode()) {
            checkKafkasOwn(examination, patient);
        }
    }
}

} // namespace moldau::compose
