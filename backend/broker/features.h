#pragma once

#include "controller/images.h"

#include <span>
#include <string_view>

namespace moldau::broker {

/** A feature (KIP-584) and its levels. */
struct SupportedFeature {
    std::string_view name;
    controller::VersionRange levels;
};

/** What this broker can do, as Apache Kafka 4.3 lists it; a cluster finalizes levels within. */
std::span<const SupportedFeature> supportedFeatures();

} // namespace moldau::broker
