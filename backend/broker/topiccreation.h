#pragma once

#include "broker/brokernode.h"

#include <string>
#include <string_view>
#include <vector>

namespace moldau::broker {

/** Kafka's rule: 1 to 249 of letters, digits, '.', '_' and '-'; not "." or "..". */
bool isValidTopicName(std::string_view name);

/**
 * Asks the controller to create topics that clients asked for (Kafka's AutoTopicCreationManager):
 * num.partitions and default.replication.factor, or the offsets.topic.* settings for
 * __consumer_offsets. Returns at once; a topic that is being created is not asked for again.
 */
void createMissingTopics(BrokerNode& broker, const std::vector<std::string>& names);

} // namespace moldau::broker
