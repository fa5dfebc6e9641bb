#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace moldau::controller {

constexpr std::string_view kMetadataTopicName = "__cluster_metadata";

/** A topic that brokers write themselves: users neither produce to it nor delete its records. */
bool isInternalTopic(std::string_view name);

/** Kafka's rules for names of topics; InvalidTopicException with Kafka's words otherwise. */
Result<void> checkTopicName(std::string_view name);

/** Whether the name has a '.' or '_', which metrics can't tell apart. */
bool hasCollisionChars(std::string_view name);

/** The name with '_' for every '.': two topics of one unified name can't exist side by side. */
std::string unifiedTopicName(std::string_view name);

} // namespace moldau::controller
