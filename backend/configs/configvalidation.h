#pragma once

#include "configs/configlayers.h"

#include <span>
#include <utility>

namespace moldau::configs {

// All of these fail with InvalidConfig and the text of Kafka's exception, unless said otherwise.

/** A topic's overrides: names first, then each value, then values that contradict each other. */
Result<void> validateTopicConfigs(const ConfigMap& overrides);

/** A group's overrides, also against the limits that the broker sets for all groups. */
Result<void> validateGroupConfigs(const ConfigMap& overrides, const BrokerLayers& broker);

/**
 * A change of broker settings while brokers run, for one broker or as the default of all. Only
 * `changes` is looked at. Unknown names are allowed, as in Kafka. Fails with InvalidRequest.
 */
Result<void> validateBrokerChanges(const ConfigMap& changes, bool isForAllBrokers);

/** Configs of a CreateTopics request, where a value may be null but must not. */
Result<ConfigMap> withoutNulls(
    std::span<const std::pair<std::string, std::optional<std::string>>> configs);

/** AlterConfigOp.OpType. */
enum class ChangeKind : std::int8_t { Set = 0, Delete = 1, Append = 2, Subtract = 3 };

struct ConfigChange {
    std::string name;
    ChangeKind kind = ChangeKind::Set;
    std::string value; ///< for Append and Subtract: elements separated by commas
};

/**
 * `current` after the changes of an IncrementalAlterConfigs request; the result still has to be
 * validated. Append and Subtract need a list.
 */
Result<ConfigMap> applyChanges(
    ConfigScope scope, ConfigMap current, std::span<const ConfigChange> changes);

} // namespace moldau::configs
