#pragma once

#include "configs/topicconfig.h"
#include "storage/logcleaner.h"
#include "storage/logconfig.h"

namespace moldau::broker {

/** A topic's settings in force, as the log takes them. */
storage::LogConfig toLogConfig(
    const configs::TopicConfig& topic, std::int64_t producerIdExpirationMs);

/**
 * log.cleaner.* as the broker runs with them. One log is cleaned at a time, whatever
 * log.cleaner.threads says: it only divides the memory, and 0 stops the cleaning, as in Kafka.
 */
storage::LogCleaner::Options toCleanerOptions(const configs::BrokerLayers& broker);

} // namespace moldau::broker
