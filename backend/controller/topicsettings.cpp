#include "controller/topicsettings.h"

namespace moldau::controller {

TopicSettings::TopicSettings(const MetadataImage& image, BrokerId node, ConfigMap properties)
    : m_image(image)
    , m_node{ConfigResourceType::Broker, std::to_string(node.value())}
    , m_properties(std::move(properties))
{
}

configs::BrokerLayers TopicSettings::layers() const
{
    return {
        m_image.configs(m_node), m_image.configs({ConfigResourceType::Broker, {}}), m_properties};
}

std::vector<configs::DescribedConfig> TopicSettings::describe(const ConfigMap& overrides) const
{
    return configs::describeTopic(overrides, layers());
}

// Asked for each partition of a broker that goes, hence without copying layers.
configs::ConfigValue TopicSettings::value(
    const configs::ConfigDefinition& definition, const std::string& topic) const
{
    for (const ConfigMap* layer :
        {&m_image.configs({ConfigResourceType::Topic, topic}), &m_image.configs(m_node),
            &m_image.configs({ConfigResourceType::Broker, {}}), &m_properties}) {
        const auto found = layer->find(definition.name);
        if (found == layer->end())
            continue;
        if (auto value = configs::parseValue(definition, found->second))
            return std::move(*value);
    }
    return configs::defaultOf(definition);
}

bool TopicSettings::isUncleanElectionEnabled(const std::string& topic) const
{
    static const configs::ConfigDefinition& definition
        = *configs::find(configs::ConfigScope::Topic, "unclean.leader.election.enable");
    return value(definition, topic).toBool();
}

std::size_t TopicSettings::minInSyncReplicas(const std::string& topic) const
{
    static const configs::ConfigDefinition& definition
        = *configs::find(configs::ConfigScope::Topic, kMinInSyncReplicas);
    return static_cast<std::size_t>(value(definition, topic).toInt());
}

std::int64_t TopicSettings::ownMinInSyncReplicas() const
{
    return configs::BrokerLayers{{}, {}, m_properties}.value(kMinInSyncReplicas).toInt();
}

} // namespace moldau::controller
