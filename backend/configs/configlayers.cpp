#include "configs/configlayers.h"

#include <utility>

namespace moldau::configs {

std::optional<BrokerLayers::Found> BrokerLayers::find(std::string_view name) const
{
    for (const auto& [layer, source] : {std::pair(&dynamicBroker, ConfigSource::DynamicBroker),
             std::pair(&dynamicDefault, ConfigSource::DynamicDefaultBroker),
             std::pair(&staticBroker, ConfigSource::StaticBroker)}) {
        if (const auto found = layer->find(name); found != layer->end())
            return Found{found->second, source};
    }
    return std::nullopt;
}

ConfigValue BrokerLayers::value(std::string_view brokerSetting) const
{
    const ConfigDefinition* definition = configs::find(ConfigScope::Broker, brokerSetting);
    if (definition == nullptr)
        return {};
    if (const auto found = find(brokerSetting)) {
        if (auto parsed = parseValue(*definition, found->text))
            return *std::move(parsed);
    }
    return defaultOf(*definition);
}

ConfigValue BrokerLayers::synonymValue(const ConfigDefinition& definition) const
{
    const auto inOurUnit = [](const ConfigValue& value, std::int64_t factor) {
        return factor == 1 || value.isNull() ? value : ConfigValue(value.toInt() * factor);
    };
    for (const ConfigSynonym& synonym : definition.synonyms) {
        if (find(synonym.brokerName))
            return inOurUnit(value(synonym.brokerName), synonym.factor);
    }
    for (const ConfigSynonym& synonym : definition.synonyms) {
        if (ConfigValue value = defaultOf(*configs::find(ConfigScope::Broker, synonym.brokerName));
            !value.isNull())
            return inOurUnit(std::move(value), synonym.factor);
    }
    return defaultOf(definition);
}

} // namespace moldau::configs
