#include "configs/configdescription.h"

#include "configs/topicconfig.h"

#include <algorithm>
#include <set>

namespace moldau::configs {

namespace {

using Synonym = DescribedConfig::Synonym;

/** The text as its type shows it: " TRUE " is true. */
std::string normalized(const ConfigDefinition& definition, std::string_view text)
{
    const auto value = parseValue(definition, text);
    return value ? value->text() : std::string(text);
}

std::optional<std::string> shown(bool isSensitive, std::string text)
{
    return isSensitive ? std::nullopt : std::optional(std::move(text));
}

/**
 * Other names that a broker setting can be given by, itself first: log.retention.ms, .minutes,
 * .hours. A listener's own setting can also come from the general one.
 */
std::vector<std::string_view> brokerNames(std::string_view name)
{
    for (const ConfigDefinition& topic : allOf(ConfigScope::Topic)) {
        for (std::size_t i = 0; i < topic.synonyms.size(); ++i) {
            if (topic.synonyms[i].brokerName != name)
                continue;
            std::vector<std::string_view> names;
            for (const ConfigSynonym& synonym : topic.synonyms.subspan(i))
                names.push_back(synonym.brokerName);
            return names;
        }
    }
    if (const std::string_view general = withoutListenerPrefix(name); general != name)
        return {name, general};
    return {name};
}

/**
 * Kafka lists layer by layer, and leaves out everything before the setting's own name: a value
 * that came by log.retention.hours is shown as a default without synonyms.
 */
std::vector<Synonym> brokerSynonyms(std::string_view name, const BrokerLayers& broker)
{
    const ConfigDefinition* definition = find(ConfigScope::Broker, name);
    const bool isSensitive = definition == nullptr || definition->isSensitive();
    const std::vector<std::string_view> names = brokerNames(name);
    std::vector<Synonym> synonyms;
    for (const auto& [layer, source] :
        {std::pair(&broker.dynamicBroker, ConfigSource::DynamicBroker),
            std::pair(&broker.dynamicDefault, ConfigSource::DynamicDefaultBroker),
            std::pair(&broker.staticBroker, ConfigSource::StaticBroker)}) {
        for (const std::string_view each : names) {
            if (const auto found = layer->find(each); found != layer->end())
                synonyms.push_back({std::string(each), shown(isSensitive, found->second), source});
        }
    }
    for (const std::string_view each : names) {
        const ConfigDefinition* other = find(ConfigScope::Broker, each);
        if (other != nullptr && other->name == each && other->defaultValue())
            synonyms.push_back({std::string(each), shown(isSensitive, defaultOf(*other).text()),
                ConfigSource::Default});
    }
    const auto own = std::ranges::find(synonyms, name, &Synonym::name);
    return {own, synonyms.end()};
}

/** A topic's or a group's setting: its override, else the broker's synonyms. */
DescribedConfig describeOverridable(const ConfigDefinition& definition, const ConfigMap& overrides,
    const BrokerLayers& broker, ConfigSource overrideSource)
{
    const ConfigValue value = topicValue(definition, overrides, broker);
    DescribedConfig config;
    config.name = definition.name;
    config.type = definition.type;
    config.isSensitive = definition.isSensitive();
    config.documentation = definition.documentation;
    if (!value.isNull())
        config.value = shown(config.isSensitive, value.text());
    if (const auto found = overrides.find(definition.name); found != overrides.end())
        config.synonyms.push_back({config.name,
            shown(config.isSensitive, normalized(definition, found->second)), overrideSource});
    if (!definition.synonyms.empty()) {
        std::vector<Synonym> inherited
            = brokerSynonyms(definition.synonyms.front().brokerName, broker);
        config.synonyms.insert(config.synonyms.end(), inherited.begin(), inherited.end());
    } else if (definition.scope == ConfigScope::Group && definition.defaultValue()) {
        config.synonyms.push_back({config.name,
            shown(config.isSensitive, defaultOf(definition).text()), ConfigSource::Default});
    }
    config.source
        = config.synonyms.empty() ? ConfigSource::Default : config.synonyms.front().source;
    return config;
}

std::vector<DescribedConfig> describeScope(ConfigScope scope, const ConfigMap& overrides,
    const BrokerLayers& broker, ConfigSource overrideSource)
{
    std::vector<DescribedConfig> configs;
    for (const ConfigDefinition& definition : allOf(scope)) {
        if (!definition.isInternal || overrides.contains(definition.name))
            configs.push_back(describeOverridable(definition, overrides, broker, overrideSource));
    }
    return configs;
}

DescribedConfig describeBrokerSetting(std::string_view name, const BrokerLayers& broker)
{
    const ConfigDefinition* definition = find(ConfigScope::Broker, name);
    DescribedConfig config;
    config.name = name;
    config.synonyms = brokerSynonyms(name, broker);
    config.source
        = config.synonyms.empty() ? ConfigSource::Default : config.synonyms.front().source;
    if (definition == nullptr) { // it could be a plugin's password
        config.isReadOnly = true;
        config.isSensitive = true;
        return config;
    }
    config.type = definition->type;
    config.isSensitive = definition->isSensitive();
    config.isReadOnly = !definition->isDynamic() || definition->name != name;
    config.documentation = definition->documentation;
    if (const auto found = broker.find(name))
        config.value = shown(config.isSensitive, normalized(*definition, found->text));
    else if (const ConfigValue value = defaultOf(*definition); !value.isNull())
        config.value = shown(config.isSensitive, value.text());
    return config;
}

} // namespace

std::vector<DescribedConfig> describeTopic(const ConfigMap& overrides, const BrokerLayers& broker)
{
    return describeScope(ConfigScope::Topic, overrides, broker, ConfigSource::Topic);
}

std::vector<DescribedConfig> describeGroup(const ConfigMap& overrides, const BrokerLayers& broker)
{
    return describeScope(ConfigScope::Group, overrides, broker, ConfigSource::Group);
}

std::vector<DescribedConfig> describeBroker(const BrokerLayers& broker)
{
    std::set<std::string_view> names;
    for (const ConfigDefinition& definition : allOf(ConfigScope::Broker)) {
        if (!definition.isInternal)
            names.insert(definition.name);
    }
    for (const ConfigMap* layer :
        {&broker.dynamicBroker, &broker.dynamicDefault, &broker.staticBroker}) {
        for (const auto& [name, text] : *layer)
            names.insert(name);
    }
    std::vector<DescribedConfig> configs;
    for (const std::string_view name : names)
        configs.push_back(describeBrokerSetting(name, broker));
    return configs;
}

std::vector<DescribedConfig> describeBrokerDefaults(const BrokerLayers& broker)
{
    std::vector<DescribedConfig> configs;
    for (const auto& [name, text] : broker.dynamicDefault) {
        DescribedConfig config = describeBrokerSetting(name,
            BrokerLayers{
                .dynamicBroker = {}, .dynamicDefault = {{name, text}}, .staticBroker = {}});
        std::erase_if(config.synonyms,
            [](const Synonym& synonym) { return synonym.source == ConfigSource::Default; });
        configs.push_back(std::move(config));
    }
    return configs;
}

} // namespace moldau::configs
