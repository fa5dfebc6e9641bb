#include "compose/doctor/examination.h"

#include "compose/spelling.h"
#include "configs/configvalue.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace moldau::compose {

namespace {

using configs::ConfigDefinition;
using configs::ConfigScope;

const ConfigDefinition* definitionOf(std::string_view setting)
{
    const ConfigDefinition* definition = configs::find(ConfigScope::Broker, setting);
    return definition != nullptr ? definition : configs::find(ConfigScope::Legacy, setting);
}

/** Settings that plugins read; Kafka itself has no list of them. */
bool isOfPlugin(std::string_view setting)
{
    constexpr std::array kPrefixes{"confluent.", "rlmm.", "rsm.", "remote.log.", "listener.name.",
        "metrics.", "metric.reporters.", "sasl.", "ssl.", "authorizer.", "ldap.", "principal.",
        "rest."};
    return std::ranges::any_of(
        kPrefixes, [&](std::string_view prefix) { return setting.starts_with(prefix); });
}

bool isKnown(const Patient& patient, std::string_view name)
{
    const std::vector<std::string>& known = knownVariables(patient.image.kind);
    return std::ranges::find(known, name) != known.end();
}

/** What people write who remember the meaning but not the name. */
std::optional<std::string> synonymOf(const Patient& patient, std::string_view name)
{
    const bool isKRaft = patient.property("process.roles") != nullptr;
    if (name == "KAFKA_SERVER_ID" || name == "KAFKA_ID"
        || (isKRaft && name == "KAFKA_CFG_SERVER_ID"))
        return variableName(isKRaft ? "node.id" : "broker.id", patient.prefix());
    if (patient.image.kind == ImageKind::CpZooKeeper
        && (name == "ZOO_MY_ID" || name == "ZOOKEEPER_MY_ID" || name == "ZOOKEEPER_ID"))
        return "ZOOKEEPER_SERVER_ID";
    if (patient.image.kind == ImageKind::CpZooKeeper && name == "ZOOKEEPER_PORT")
        return "ZOOKEEPER_CLIENT_PORT";
    return std::nullopt;
}

/** KAFKA_X in an image that reads KAFKA_CFG_X, and the other way round. */
std::optional<std::string> otherPrefix(const Patient& patient, std::string_view name)
{
    constexpr std::string_view kShort = "KAFKA_", kLong = "KAFKA_CFG_";
    if (!patient.image.isKafka() || !name.starts_with(kShort))
        return std::nullopt;
    const bool isBitnami = patient.image.kind == ImageKind::BitnamiKafka;
    if (name.starts_with(kLong) == isBitnami)
        return std::nullopt;
    const std::string setting = settingName(name, isBitnami ? kShort : kLong);
    return definitionOf(setting) != nullptr ? std::optional(variableName(setting, patient.prefix()))
                                            : std::nullopt;
}

/** "yes" is true, "1_000" is 1000. */
std::optional<std::string> meantValue(const ConfigDefinition& definition, std::string_view text)
{
    std::string lower(configs::trimmed(text));
    std::ranges::transform(
        lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    std::string better;
    if (definition.type == configs::ConfigType::Boolean) {
        constexpr std::array kTrue{"yes", "y", "on", "1", "enabled", "ture", "treu"};
        constexpr std::array kFalse{"no", "n", "off", "0", "disabled", "flase", "fasle"};
        if (std::ranges::find(kTrue, lower) != kTrue.end())
            better = "true";
        else if (std::ranges::find(kFalse, lower) != kFalse.end())
            better = "false";
    } else if (definition.type == configs::ConfigType::Int
        || definition.type == configs::ConfigType::Long
        || definition.type == configs::ConfigType::Short) {
        std::ranges::copy_if(lower, std::back_inserter(better),
            [](char c) { return c != '_' && c != ',' && c != ' ' && c != '\''; });
    } else if (!definition.rule.choices.empty()) {
        const std::vector<std::string> choices(
            definition.rule.choices.begin(), definition.rule.choices.end());
        better = meantWord(lower, choices).value_or("");
    }
    return !better.empty() && configs::parseValue(definition, better) ? std::optional(better)
                                                                      : std::nullopt;
}

void checkSpelling(
    Examination& examination, const Patient& patient, const EnvironmentVariable& variable)
{
    const std::string& name = variable.name;
    const auto meant = meantVariable(patient, variable);
    const Sentence where
        = variable.envFile.empty() ? Sentence() : say(" (in {})", variable.envFile);
    if (otherPrefix(patient, name)) {
        Finding& finding = examination.findings().add(variable.keyNode, Severity::Error, "MLD025",
            say("{}{} has no effect in {}, which reads {}", name, where, patient.image.repository,
                *meant));
        examination.fixByRenaming(finding, patient, variable, *meant);
    } else if (meant) {
        const std::string_view who
            = patient.image.isKafka() ? "Kafka" : std::string_view(patient.image.repository);
        Finding& finding = examination.findings().add(variable.keyNode, Severity::Error, "MLD020",
            say("{}{} means nothing to {} and has no effect: did you mean {}?", name, where, who,
                *meant));
        examination.fixByRenaming(finding, patient, variable, *meant);
    } else if (patient.image.isKafka() && name.starts_with(patient.prefix())
        && !isKnown(patient, name)) {
        const std::string setting = settingName(name, patient.prefix());
        if (definitionOf(setting) == nullptr && !isOfPlugin(setting))
            examination.findings().add(variable.keyNode, Severity::Warning, "MLD021",
                say("{}{} becomes the setting {}, which Kafka doesn't know", name, where, setting));
    }
}

void checkValue(Examination& examination, const Patient& patient, std::string_view setting,
    const std::string& text)
{
    const ConfigDefinition* definition = definitionOf(setting);
    const EnvironmentVariable* variable = patient.variableOf(setting);
    const bool isUnfilled
        = variable != nullptr && variable->isInterpolated && text.empty(); // reported as such
    if (definition == nullptr || variable == nullptr || isUnfilled)
        return;
    const auto value = configs::parseValue(*definition, text, setting);
    if (value)
        return;
    Finding& finding = examination.findings().add(
        examination.placeOf(patient, setting), Severity::Error, "MLD023", value.error().message);
    if (const auto better = meantValue(*definition, text))
        examination.fixBySetting(finding, patient, setting, *better);
}

void checkAge(Examination& examination, const Patient& patient, std::string_view setting)
{
    const ConfigDefinition* definition = configs::find(ConfigScope::Legacy, setting);
    const EnvironmentVariable* variable = patient.variableOf(setting);
    if (definition == nullptr || variable == nullptr || setting == "zookeeper.connect")
        return;
    const bool isGoneSince3
        = setting == "port" || setting == "host.name" || setting.starts_with("advertised.");
    const int goneSince = isGoneSince3 ? 3 : 4;
    if (patient.image.kafkaMajor.value_or(0) < goneSince)
        return;
    examination.findings().add(variable->keyNode, Severity::Warning, "MLD022",
        say("{} has no effect since Kafka {}: {}", variable->name, goneSince,
            Sentence(definition->documentation, {})));
}

} // namespace

std::optional<std::string> meantVariable(
    const Patient& patient, const EnvironmentVariable& variable)
{
    const std::string& name = variable.name;
    if (patient.image.kind == ImageKind::Other || isKnown(patient, name))
        return std::nullopt;
    if (auto other = otherPrefix(patient, name))
        return other;
    if (auto synonym = synonymOf(patient, name))
        return synonym;
    const bool hasPrefix = name.starts_with(patient.prefix());
    if (patient.image.isKafka() && hasPrefix) {
        const std::string setting = settingName(name, patient.prefix());
        if (definitionOf(setting) != nullptr)
            return std::nullopt;
    }
    auto meant = meantWord(name, knownVariables(patient.image.kind));
    // Other images take settings that we have no list of, and a foreign variable may be anything.
    const bool isStrict
        = !hasPrefix || !patient.image.isKafka() || isOfPlugin(settingName(name, patient.prefix()));
    if (meant && isStrict && spellingDistance(name, *meant) > 2)
        return std::nullopt;
    return meant;
}

void checkVariables(Examination& examination)
{
    for (const Patient& patient : examination.patients()) {
        if (patient.image.kind == ImageKind::Other)
            continue;
        for (const auto& [name, variable] : patient.source.environment)
            checkSpelling(examination, patient, variable);
        if (!patient.image.isKafka())
            continue;
        for (const auto& [setting, text] : patient.spec.properties) {
            checkValue(examination, patient, setting, text);
            checkAge(examination, patient, setting);
        }
    }
}

} // namespace moldau::compose
