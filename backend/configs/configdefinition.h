#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

namespace moldau::configs {

/** What a setting belongs to. */
enum class ConfigScope : std::int8_t {
    Broker,
    Topic,
    Group,
    Legacy, ///< broker settings that only Kafka before 4 had, zookeeper.connect among them
};

/** Numbers as in DescribeConfigsResponse.ConfigType. */
enum class ConfigType : std::int8_t {
    Unknown = 0,
    Boolean = 1,
    String = 2,
    Int = 3,
    Short = 4,
    Long = 5,
    Double = 6,
    List = 7,
    Class = 8,
    Password = 9,
};

/** Kafka's name of a type as its messages have it: BOOLEAN, INT, … */
std::string_view nameOf(ConfigType type);

enum class Importance : std::int8_t { High, Medium, Low };

/** Whether a value can change while a broker runs, and for whom. */
enum class UpdateMode : std::int8_t {
    Never,
    ClusterWide, ///< for one broker or as the cluster's default
    PerBroker,
    PerListener, ///< only as listener.name.NAME.…
};

enum class DefaultKind : std::int8_t { Value, Null, Required };

enum class RuleKind : std::int8_t {
    Any,
    Range,
    OneOf,
    OneOfAnyCase,
    SomeOf, ///< a list of the choices
    NotEmpty,
    ThrottledReplicas, ///< "*" or partition:broker,…
    OffsetReset, ///< latest, earliest, by_duration:ISO-8601
};

/** Which values a setting takes, beyond its type. */
struct ConfigRule {
    RuleKind kind = RuleKind::Any;
    double min = -std::numeric_limits<double>::infinity();
    double max = std::numeric_limits<double>::infinity();
    bool isMinusOneAllowed = false; ///< besides the range
    bool canBeEmpty = true; ///< for lists
    std::span<const std::string_view> choices = {};
};

/** The broker's setting behind a topic's or a group's; its value times `factor` is in our unit. */
struct ConfigSynonym {
    std::string_view brokerName;
    std::int64_t factor = 1;
};

/** One setting as Kafka 4 knows it. All definitions are constants, readable from any thread. */
struct ConfigDefinition {
    ConfigScope scope = ConfigScope::Broker;
    std::string_view name;
    ConfigType type = ConfigType::String;
    DefaultKind defaultKind = DefaultKind::Value;
    std::string_view defaultText;
    ConfigRule rule;
    Importance importance = Importance::Medium;
    UpdateMode update = UpdateMode::Never;
    bool isInternal = false;
    std::span<const ConfigSynonym> synonyms; ///< highest priority first
    std::string_view documentation; ///< plain English, one or two sentences

    bool isSensitive() const { return type == ConfigType::Password; }
    bool isDynamic() const { return update != UpdateMode::Never; }
    /** The default as text; none when it is null or a value must be given. */
    std::optional<std::string_view> defaultValue() const
    {
        return defaultKind == DefaultKind::Value ? std::optional(defaultText) : std::nullopt;
    }
};

/** Every setting of a scope, by name. */
std::span<const ConfigDefinition> allOf(ConfigScope scope);

/**
 * The setting of that name, or nullptr. For brokers a listener's own form is found as well:
 * "listener.name.internal.ssl.keystore.location" is ssl.keystore.location.
 */
const ConfigDefinition* find(ConfigScope scope, std::string_view name);

/** "ssl.keystore.location" of "listener.name.internal.ssl.keystore.location"; other names as they
 * are. */
std::string_view withoutListenerPrefix(std::string_view brokerSetting);

} // namespace moldau::configs
