#include "configs/configdefinition.h"

#include <algorithm>

namespace moldau::configs {

namespace {
#include "configs/definitions.inc"

constexpr std::string_view kListenerPrefix = "listener.name.";

const ConfigDefinition* search(std::span<const ConfigDefinition> table, std::string_view name)
{
    const auto found = std::ranges::lower_bound(table, name, {}, &ConfigDefinition::name);
    return found != table.end() && found->name == name ? &*found : nullptr;
}
} // namespace

std::string_view nameOf(ConfigType type)
{
    switch (type) {
    case ConfigType::Boolean:
        return "BOOLEAN";
    case ConfigType::String:
        return "STRING";
    case ConfigType::Int:
        return "INT";
    case ConfigType::Short:
        return "SHORT";
    case ConfigType::Long:
        return "LONG";
    case ConfigType::Double:
        return "DOUBLE";
    case ConfigType::List:
        return "LIST";
    case ConfigType::Class:
        return "CLASS";
    case ConfigType::Password:
        return "PASSWORD";
    case ConfigType::Unknown:
        break;
    }
    return "UNKNOWN";
}

std::span<const ConfigDefinition> allOf(ConfigScope scope)
{
    switch (scope) {
    case ConfigScope::Broker:
        return kBrokerDefinitions;
    case ConfigScope::Topic:
        return kTopicDefinitions;
    case ConfigScope::Group:
        return kGroupDefinitions;
    case ConfigScope::Legacy:
        return kLegacyDefinitions;
    }
    return {};
}

std::string_view withoutListenerPrefix(std::string_view brokerSetting)
{
    if (!brokerSetting.starts_with(kListenerPrefix))
        return brokerSetting;
    // A SASL mechanism may stand between: listener.name.internal.scram-sha-256.sasl.jaas.config.
    std::string_view rest = brokerSetting.substr(kListenerPrefix.size());
    for (std::size_t dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
        rest = rest.substr(dot + 1);
        if (search(kBrokerDefinitions, rest) != nullptr)
            return rest;
    }
    return brokerSetting;
}

const ConfigDefinition* find(ConfigScope scope, std::string_view name)
{
    return search(allOf(scope), scope == ConfigScope::Broker ? withoutListenerPrefix(name) : name);
}

} // namespace moldau::configs
