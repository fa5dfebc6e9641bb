#pragma once

#include "base/result.h"
#include "controller/metadataimage.h"

#include <optional>

namespace moldau::controller {

/**
 * Whether users may put a partition on these brokers: each registered, none twice, one of them
 * active, as many as the partitions before it had. InvalidReplicaAssignment, in Kafka's words.
 */
Result<void> checkAssignment(const MetadataImage& image, const Replicas& replicas,
    std::optional<std::size_t> replicationFactor, std::int32_t partition);

/** The directory that a new replica will have; zero where a broker with several chooses itself. */
Uuid directoryForNewReplica(const MetadataImage& image, BrokerId broker);

} // namespace moldau::controller
