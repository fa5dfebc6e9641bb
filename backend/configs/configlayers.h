#pragma once

#include "configs/configvalue.h"

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace moldau::configs {

/** Settings as text, by name: what a topic overrides, what a properties file holds. */
using ConfigMap = std::map<std::string, std::string, std::less<>>;

/** Where a value comes from; numbers as in DescribeConfigsResponse.ConfigSource. */
enum class ConfigSource : std::int8_t {
    Unknown = 0,
    Topic = 1,
    DynamicBroker = 2,
    DynamicDefaultBroker = 3,
    StaticBroker = 4,
    Default = 5,
    DynamicBrokerLogger = 6,
    ClientMetrics = 7,
    Group = 8,
};

/**
 * What one broker runs with: its properties file and what was changed since, for it alone or for
 * all brokers. A plain value; the broker holds it and replaces it when metadata change.
 */
struct BrokerLayers {
    ConfigMap dynamicBroker; ///< of this broker; highest
    ConfigMap dynamicDefault; ///< of all brokers
    ConfigMap staticBroker; ///< from the properties file

    struct Found {
        std::string_view text;
        ConfigSource source = ConfigSource::Unknown;
    };
    /** What is set for exactly this name, highest layer first. */
    std::optional<Found> find(std::string_view name) const;

    /** The value in force: what is set, else the default. A value that can't be read counts as not
     * set. */
    ConfigValue value(std::string_view brokerSetting) const;
    /**
     * The value behind a topic's or group's setting: its broker synonyms in order, in our unit,
     * else the default.
     */
    ConfigValue synonymValue(const ConfigDefinition& definition) const;
};

} // namespace moldau::configs
