#pragma once

#include "configs/configlayers.h"

namespace moldau::configs {

/** One setting as DescribeConfigs answers it. */
struct DescribedConfig {
    struct Synonym {
        std::string name;
        std::optional<std::string> value; ///< none for a secret
        ConfigSource source = ConfigSource::Unknown;

        bool operator==(const Synonym&) const = default;
    };

    std::string name;
    std::optional<std::string> value; ///< none for null and for a secret
    ConfigSource source = ConfigSource::Default;
    ConfigType type = ConfigType::Unknown;
    bool isReadOnly = false;
    bool isSensitive = false;
    std::vector<Synonym> synonyms; ///< everything the value could come from, in force first
    std::string_view documentation;
};

/** A topic's settings by name; internal ones only where they are overridden. */
std::vector<DescribedConfig> describeTopic(const ConfigMap& overrides, const BrokerLayers& broker);

/** One broker's settings by name, with listeners' own and unknown ones (those as secrets). */
std::vector<DescribedConfig> describeBroker(const BrokerLayers& broker);

/** What was set as the default of all brokers. */
std::vector<DescribedConfig> describeBrokerDefaults(const BrokerLayers& broker);

/** A group's settings by name; internal ones only where they are overridden. */
std::vector<DescribedConfig> describeGroup(const ConfigMap& overrides, const BrokerLayers& broker);

} // namespace moldau::configs
