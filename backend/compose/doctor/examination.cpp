#include "compose/doctor/examination.h"

#include "compose/editing.h"
#include "configs/listenersetting.h"

#include <algorithm>

#include <fmt/format.h>

namespace moldau::compose {

bool isLoopbackName(std::string_view host)
{
    return host == "localhost" || host.starts_with("127.") || host == "::1";
}

bool isPlainName(std::string_view host)
{
    const auto isDigitOrMark
        = [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == ':'; };
    return !host.empty() && !isLoopbackName(host)
        && host.find_first_of(".:") == std::string_view::npos
        && !std::ranges::all_of(host, isDigitOrMark);
}

bool Patient::isHostNetwork() const
{
    const YamlPtr mode = source.node->find("network_mode");
    return mode != nullptr && mode->value == "host";
}

std::string Patient::variableFor(std::string_view setting) const
{
    const auto found = spec.variableOf.find(setting);
    return found != spec.variableOf.end() ? found->second : variableName(setting, prefix());
}

const EnvironmentVariable* Patient::variableOf(std::string_view setting) const
{
    const auto found = spec.variableOf.find(setting);
    return found == spec.variableOf.end() ? nullptr : source.variable(found->second);
}

const std::string* Patient::property(std::string_view setting) const
{
    const auto found = spec.properties.find(setting);
    return found == spec.properties.end() ? nullptr : &found->second;
}

Examination::Examination(
    const ComposeFile& file, const ComposeProject& project, FindingList& findings)
    : m_file(file)
    , m_project(project)
    , m_findings(findings)
{
    for (std::size_t i = 0; i < file.services.size(); ++i)
        m_patients.push_back(
            {file.services[i], project.services[i], imageOf(file.services[i].image.text)});
}

std::vector<PatientListener> Examination::listenersOf(const Patient& patient)
{
    std::vector<PatientListener> listeners;
    const std::string* bound = patient.property("listeners");
    for (const std::string& text : configs::splitList(bound != nullptr ? *bound : std::string())) {
        if (const auto parsed = configs::parseListener(text))
            listeners.push_back({parsed->name, parsed->host, parsed->port, text, {}, {}});
    }
    const std::string* advertised = patient.property("advertised.listeners");
    for (const std::string& text :
        configs::splitList(advertised != nullptr ? *advertised : std::string())) {
        const auto parsed = configs::parseListener(text);
        const auto own = parsed ? std::ranges::find(listeners, parsed->name, &PatientListener::name)
                                : listeners.end();
        if (own == listeners.end())
            continue;
        own->advertisedText = text;
        own->advertised = {parsed->host, parsed->port};
    }
    return listeners;
}

std::size_t Examination::placeOf(const Patient& patient, std::string_view setting) const
{
    const EnvironmentVariable* variable = patient.variableOf(setting);
    if (variable == nullptr)
        return patient.source.nameNode->offset;
    return variable->valueNode != nullptr ? variable->valueNode->offset : variable->keyNode->offset;
}

std::optional<std::size_t> Examination::partPlace(
    const EnvironmentVariable& variable, std::string_view part) const
{
    const YamlPtr node = variable.isListEntry ? variable.keyNode : variable.valueNode;
    if (node == nullptr || variable.isInterpolated || !variable.envFile.empty())
        return std::nullopt;
    const std::size_t from = variable.isListEntry ? variable.name.size() + 1 : 0;
    const std::size_t at = node->value.find(part, from);
    return at == std::string::npos ? std::nullopt : std::optional(at);
}

std::size_t Examination::placeOf(
    const Patient& patient, std::string_view setting, std::string_view part) const
{
    const EnvironmentVariable* variable = patient.variableOf(setting);
    const auto at = variable != nullptr ? partPlace(*variable, part) : std::nullopt;
    if (!at)
        return placeOf(patient, setting);
    const YamlPtr node = variable->isListEntry ? variable->keyNode : variable->valueNode;
    const auto raw = rawScalar(m_findings.text(), *node);
    return raw ? raw->offset + (raw->quote != 0 ? 1 : 0) + *at : node->offset;
}

std::optional<TextEdit> Examination::partEdit(
    const EnvironmentVariable& variable, std::string_view part, std::string_view better) const
{
    const auto at = partPlace(variable, part);
    if (!at)
        return std::nullopt;
    return replaceInScalar(m_findings.text(),
        variable.isListEntry ? *variable.keyNode : *variable.valueNode, *at, part.size(), better);
}

void Examination::fixVariablePart(Finding& finding, const EnvironmentVariable& variable,
    std::string_view part, std::string_view better)
{
    finding.fix = say("write {} instead of {} in {}", better, part, variable.name);
    if (const auto edit = partEdit(variable, part, better))
        finding.edits.push_back(*edit);
}

void Examination::fixPart(Finding& finding, const Patient& patient, std::string_view setting,
    std::string_view part, std::string_view better)
{
    if (const EnvironmentVariable* variable = patient.variableOf(setting))
        fixVariablePart(finding, *variable, part, better);
}

void Examination::fixBySetting(
    Finding& finding, const Patient& patient, std::string_view setting, std::string_view value)
{
    const std::string name = patient.variableFor(setting);
    finding.fix = say("set {}: {}", name, value);
    const EnvironmentVariable* variable = patient.source.variable(name);
    std::optional<TextEdit> edit;
    if (variable == nullptr) {
        const YamlPtr environment = patient.source.environmentNode;
        if (environment != nullptr && environment->isMap())
            edit = appendEntry(m_findings.text(), *environment, name, value);
        else if (environment != nullptr && environment->isSequence())
            edit = appendItem(m_findings.text(), *environment, fmt::format("{}={}", name, value));
    } else if (variable->envFile.empty() && !variable->isInterpolated) {
        if (variable->isListEntry)
            edit = replaceScalar(
                m_findings.text(), *variable->keyNode, fmt::format("{}={}", name, value));
        else if (variable->valueNode != nullptr)
            edit = replaceScalar(m_findings.text(), *variable->valueNode, value);
    }
    if (edit)
        finding.edits.push_back(*edit);
}

void Examination::fixByRenaming(Finding& finding, const Patient& patient,
    const EnvironmentVariable& variable, const std::string& name)
{
    finding.fix = say("write {}", name);
    if (patient.source.variable(name) != nullptr || !variable.envFile.empty())
        return;
    const auto edit = variable.isListEntry
        ? replaceInScalar(m_findings.text(), *variable.keyNode, 0, variable.name.size(), name)
        : replaceScalar(m_findings.text(), *variable.keyNode, name);
    const bool isPlace
        = !variable.isListEntry || variable.keyNode->value.starts_with(variable.name);
    if (edit && isPlace)
        finding.edits.push_back(*edit);
}

} // namespace moldau::compose
