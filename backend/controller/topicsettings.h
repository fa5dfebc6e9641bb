#pragma once

#include "configs/configdefinition.h"
#include "configs/configdescription.h"
#include "configs/configvalue.h"
#include "controller/metadataimage.h"

#include <string>
#include <vector>

namespace moldau::controller {

inline constexpr std::string_view kMinInSyncReplicas = "min.insync.replicas";

/**
 * Settings in force as this controller sees them: what was set for a topic, then for this node,
 * then for all brokers, then in the node's own properties, then the default. Part of a
 * ControllerState.
 */
class TopicSettings {
public:
    /** `properties` is the node's own file: names and values of broker settings. */
    TopicSettings(const MetadataImage& image, BrokerId node, ConfigMap properties);

    bool isUncleanElectionEnabled(const std::string& topic) const;
    std::size_t minInSyncReplicas(const std::string& topic) const;
    /** min.insync.replicas by this node's own properties, whatever was set dynamically. */
    std::int64_t ownMinInSyncReplicas() const;
    /** Every setting, by name, of a topic with these overrides. */
    std::vector<configs::DescribedConfig> describe(const ConfigMap& overrides) const;
    /** This node's layers below a topic or group. */
    configs::BrokerLayers layers() const;

private:
    configs::ConfigValue value(
        const configs::ConfigDefinition& definition, const std::string& topic) const;

    const MetadataImage& m_image;
    ConfigResource m_node;
    ConfigMap m_properties;
};

} // namespace moldau::controller
