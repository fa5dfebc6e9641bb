#pragma once

#include "controller/images.h"

#include <span>
#include <string_view>

namespace moldau::controller {

/** A feature (KIP-584) and its levels. */
struct SupportedFeature {
    std::string_view name;
    VersionRange levels;
};

/** What our nodes can do, named as Apache Kafka 4.3 does; a cluster finalizes levels within. */
std::span<const SupportedFeature> supportedFeatures();

} // namespace moldau::controller
