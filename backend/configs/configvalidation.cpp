#include "configs/configvalidation.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace moldau::configs {

namespace {

Result<void> checkNames(ConfigScope scope, std::string_view kind, const ConfigMap& overrides)
{
    for (const auto& [name, text] : overrides) {
        if (find(scope, name) == nullptr)
            return fail(
                ErrorCode::InvalidConfig, fmt::format("Unknown {} config name: {}", kind, name));
    }
    return {};
}

Result<void> checkValues(ConfigScope scope, const ConfigMap& overrides)
{
    for (const auto& [name, text] : overrides) {
        if (const auto value = parseValue(*find(scope, name), text); !value)
            return fail(value.error());
    }
    return {};
}

/** An integer override of a scope that was checked before, or its default. */
std::int64_t integerOf(ConfigScope scope, const ConfigMap& overrides, std::string_view name)
{
    const ConfigDefinition& definition = *find(scope, name);
    const auto found = overrides.find(name);
    return (
        found == overrides.end() ? defaultOf(definition) : *parseValue(definition, found->second))
        .toInt();
}

/** The broker setting that limits a group's setting: group.consumer.min.X for consumer.X. */
std::string limitName(std::string_view groupSetting, std::string_view bound)
{
    const std::size_t dot = groupSetting.find('.');
    if (groupSetting == "streams.num.standby.replicas") // the one whose limit drops a word
        return fmt::format("group.streams.{}.standby.replicas", bound);
    return fmt::format(
        "group.{}.{}.{}", groupSetting.substr(0, dot), bound, groupSetting.substr(dot + 1));
}

/** One group setting between what the broker allows at least and at most. */
Result<void> checkLimits(std::string_view name, std::int64_t value, const BrokerLayers& broker)
{
    const std::string min = limitName(name, "min");
    const std::string max = limitName(name, "max");
    if (find(ConfigScope::Broker, min) != nullptr && value < broker.value(min).toInt())
        return fail(ErrorCode::InvalidConfig,
            fmt::format("{} must be greater than or equal to {}", name, min));
    if (find(ConfigScope::Broker, max) != nullptr && value > broker.value(max).toInt())
        return fail(ErrorCode::InvalidConfig,
            fmt::format("{} must be less than or equal to {}", name, max));
    return {};
}

} // namespace

Result<void> validateTopicConfigs(const ConfigMap& overrides)
{
    if (const auto checked = checkNames(ConfigScope::Topic, "topic", overrides); !checked)
        return checked;
    if (const auto checked = checkValues(ConfigScope::Topic, overrides); !checked)
        return checked;
    const std::int64_t minLag = integerOf(ConfigScope::Topic, overrides, "min.compaction.lag.ms");
    const std::int64_t maxLag = integerOf(ConfigScope::Topic, overrides, "max.compaction.lag.ms");
    if (minLag > maxLag)
        return fail(ErrorCode::InvalidConfig,
            fmt::format("conflict topic config setting min.compaction.lag.ms ({}) > "
                        "max.compaction.lag.ms ({})",
                minLag, maxLag));
    if (const auto tiered = overrides.find("remote.storage.enable"); tiered != overrides.end()
        && parseValue(*find(ConfigScope::Topic, tiered->first), tiered->second)->toBool())
        return fail(ErrorCode::InvalidConfig,
            "Tiered Storage functionality is disabled in the broker. Topic cannot be configured "
            "with remote log storage.");
    return {};
}

Result<void> validateGroupConfigs(const ConfigMap& overrides, const BrokerLayers& broker)
{
    if (const auto checked = checkNames(ConfigScope::Group, "group", overrides); !checked)
        return checked;
    if (const auto checked = checkValues(ConfigScope::Group, overrides); !checked)
        return checked;
    const auto valueOf = [&](std::string_view name) {
        const ConfigDefinition& definition = *find(ConfigScope::Group, name);
        const auto found = overrides.find(name);
        return found == overrides.end() ? broker.synonymValue(definition).toInt()
                                        : parseValue(definition, found->second)->toInt();
    };
    for (const auto& [name, text] : overrides) {
        const ConfigDefinition& definition = *find(ConfigScope::Group, name);
        if (definition.type != ConfigType::Int || definition.synonyms.empty())
            continue;
        if (const auto checked = checkLimits(name, valueOf(name), broker); !checked)
            return checked;
    }
    for (const std::string_view kind : {"consumer", "share", "streams"}) {
        const std::string session = fmt::format("{}.session.timeout.ms", kind);
        const std::string heartbeat = fmt::format("{}.heartbeat.interval.ms", kind);
        if (valueOf(session) <= valueOf(heartbeat))
            return fail(ErrorCode::InvalidConfig,
                fmt::format("{} must be greater than {}", session, heartbeat));
    }
    return {};
}

Result<void> validateBrokerChanges(const ConfigMap& changes, bool isForAllBrokers)
{
    std::vector<std::string_view> fixed, unprefixed, perBroker;
    for (const auto& [name, text] : changes) {
        const ConfigDefinition* definition = find(ConfigScope::Broker, name);
        if (definition == nullptr)
            continue;
        if (!definition->isDynamic())
            fixed.push_back(name);
        else if (definition->update == UpdateMode::PerListener && definition->name == name)
            unprefixed.push_back(name);
        else if (definition->update != UpdateMode::ClusterWide)
            perBroker.push_back(name);
    }
    const auto refuse = [](std::string_view why, const std::vector<std::string_view>& names) {
        return fail(
            ErrorCode::InvalidRequest, fmt::format("{}: [{}]", why, fmt::join(names, ", ")));
    };
    if (!fixed.empty())
        return refuse("Cannot update these configs dynamically", fixed);
    if (!unprefixed.empty())
        return refuse("These security configs can be dynamically updated only per-listener using "
                      "the listener prefix",
            unprefixed);
    if (isForAllBrokers && !perBroker.empty())
        return refuse(
            "Cannot update these configs at default cluster level, broker id must be specified",
            perBroker);
    for (const auto& [name, text] : changes) {
        const ConfigDefinition* definition = find(ConfigScope::Broker, name);
        if (definition == nullptr)
            continue;
        if (const auto value = parseValue(*definition, text); !value)
            return fail(ErrorCode::InvalidRequest, value.error().message);
    }
    return {};
}

Result<ConfigMap> withoutNulls(
    std::span<const std::pair<std::string, std::optional<std::string>>> configs)
{
    ConfigMap map;
    std::vector<std::string_view> nulls;
    for (const auto& [name, value] : configs) {
        if (value)
            map.insert_or_assign(name, *value);
        else
            nulls.push_back(name);
    }
    if (!nulls.empty())
        return fail(ErrorCode::InvalidConfig,
            fmt::format("Null value not supported for topic configs: {}", fmt::join(nulls, ",")));
    return map;
}

Result<ConfigMap> applyChanges(
    ConfigScope scope, ConfigMap current, std::span<const ConfigChange> changes)
{
    for (const ConfigChange& change : changes) {
        if (change.kind == ChangeKind::Set) {
            current.insert_or_assign(change.name, change.value);
            continue;
        }
        if (change.kind == ChangeKind::Delete) {
            current.erase(change.name);
            continue;
        }
        const bool isAppend = change.kind == ChangeKind::Append;
        const ConfigDefinition* definition = find(scope, change.name);
        if (definition == nullptr || definition->type != ConfigType::List)
            return fail(ErrorCode::InvalidConfig,
                fmt::format("Can't {} to key {} because its type is not LIST.",
                    isAppend ? "APPEND" : "SUBTRACT", change.name));
        const auto found = current.find(change.name);
        std::vector<std::string> parts = splitList(
            found != current.end() ? std::string_view(found->second) : definition->defaultText);
        for (std::string& part : splitList(change.value)) {
            const auto place = std::ranges::find(parts, part);
            if (isAppend && place == parts.end())
                parts.push_back(std::move(part));
            else if (!isAppend && place != parts.end())
                parts.erase(place);
        }
        current.insert_or_assign(change.name, fmt::format("{}", fmt::join(parts, ",")));
    }
    return current;
}

} // namespace moldau::configs
