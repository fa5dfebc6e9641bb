#pragma once

#include "cluster/clusterplan.h"

#include <string>

namespace moldau::cluster {

/** What a user adds to a compose file. */
struct ComposeOptions {
    std::string projectName; ///< empty: the file's own, else its folder's name
    std::string directory; ///< where the data are kept; empty: the project's own
    configs::ConfigMap properties; ///< of every broker, above the file's
};

/**
 * The cluster of a compose file, as `docker compose up` would have it: every service on a loopback
 * address of its own, published ports on 127.0.0.1, names resolved among its services. The first
 * ZooKeeper or controller service holds the metadata voter; where there is none, a service
 * controller-1 is added. Services of other images are listed and not run.
 *
 * LocalInvalidArgument with "FILE:LINE:COLUMN: …" for a file that can't be read, InvalidConfig with
 * Kafka's own words where a broker would refuse to start.
 */
Result<ClusterPlan> planCompose(const std::string& file, const ComposeOptions& options = {});

} // namespace moldau::cluster
