#pragma once

#include "base/bytes.h"

#include <set>
#include <string>

namespace moldau::coordinator {

/**
 * Adds the topics of a consumer's subscription (ConsumerProtocolSubscription with its version in
 * front) to `topics`. Reads only what all versions begin with. False when the bytes are no such
 * thing: `topics` may then hold a part.
 */
bool readTopics(BytesView subscription, std::set<std::string>& topics);

} // namespace moldau::coordinator
