#pragma once

#include "controller/images.h"

#include <span>
#include <string_view>

namespace moldau::controller {

/** KIP-966: who left the ISR below min.insync.replicas may lead again. */
inline constexpr std::string_view kEligibleLeaders = "eligible.leader.replicas.version";

/** A feature (KIP-584) and its levels. */
struct SupportedFeature {
    std::string_view name;
    VersionRange levels;
};

/** What our nodes can do, named as Apache Kafka 4.3 does; a cluster finalizes levels within. */
std::span<const SupportedFeature> supportedFeatures();

} // namespace moldau::controller
