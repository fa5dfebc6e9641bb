#pragma once

#include "configs/topicconfig.h"
#include "storage/logconfig.h"

namespace moldau::broker {

/** A topic's settings in force, as the log takes them. */
storage::LogConfig toLogConfig(const configs::TopicConfig& topic, std::int64_t producerIdExpirationMs);

} // namespace moldau::broker
