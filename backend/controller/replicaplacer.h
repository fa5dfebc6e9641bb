#pragma once

#include "base/result.h"
#include "controller/images.h"

#include <cstdint>
#include <random>
#include <vector>

namespace moldau::controller {

/** Numbers without a fixed order: topic ids and where a placement begins. Seeded for simulations.
 */
using Random = std::mt19937_64;

/** A broker that may be given replicas. */
struct PlaceableBroker {
    BrokerId id;
    std::optional<std::string> rack;
    bool isFenced = false; ///< taken only when too few others are left, and never as a leader
};

/**
 * Chooses brokers for `partitions` new partitions with `replicationFactor` replicas each, the
 * leader first. Every live broker leads equally often; followers come from rack after rack, so
 * that the replicas of one partition lie on as many racks as there are.
 * InvalidReplicationFactor with Kafka's words when there are too few brokers.
 */
Result<std::vector<Replicas>> placeReplicas(const std::vector<PlaceableBroker>& brokers,
    int partitions, int replicationFactor, Random& random);

} // namespace moldau::controller
