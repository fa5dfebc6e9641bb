#include "controller/topicsettings.h"

#include "configs/configdefinition.h"
#include "configs/configvalue.h"

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

bool TopicSettings::isUncleanElectionEnabled(const std::string& topic) const
{
    // Asked for each partition of a broker that goes, hence without copying layers.
    constexpr std::string_view kName = "unclean.leader.election.enable";
    static const configs::ConfigDefinition& definition
        = *configs::find(configs::ConfigScope::Topic, kName);
    for (const ConfigMap* layer :
        {&m_image.configs({ConfigResourceType::Topic, topic}), &m_image.configs(m_node),
            &m_image.configs({ConfigResourceType::Broker, {}}), &m_properties}) {
        const auto found = layer->find(kName);
        if (found == layer->end())
            continue;
        if (const auto value = configs::parseValue(definition, found->second))
            return value->toBool();
    }
    return configs::defaultOf(definition).toBool();
}

} // namespace moldau::controller
