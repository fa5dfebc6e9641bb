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
 * address of its own, published ports on 127.0.0.1, names resolved among its services. Every node
 * with the role controller is a voter of the metadata quorum, with its id. Where there is none, the
 * first ZooKeeper service keeps the metadata, or a service controller-1 that is added. A directory
 * that an earlier version made goes on with the one voter that it has. Services of other images are
 * listed and not run.
 *
 * LocalInvalidArgument with "FILE:LINE:COLUMN: …" for a file that can't be read, InvalidConfig with
 * Kafka's own words where a broker would refuse to start.
 */
Result<ClusterPlan> planCompose(const std::string& file, const ComposeOptions& options = {});

} // namespace moldau::cluster
