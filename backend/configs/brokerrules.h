#pragma once

#include "configs/brokerconfig.h"

namespace moldau::configs {

// What Kafka checks at start-up beyond each value's own rule, in its order and words.

/** Numbers that must fit each other. */
Result<void> checkNumbers(const BrokerConfig& config);

/** Roles, voters and listeners that must fit each other. */
Result<void> checkRolesAndListeners(const BrokerConfig& config);

} // namespace moldau::configs
