#pragma once

#include "base/transport.h"
#include "client/clustercontrol.h"

#include <vector>

namespace moldau::cluster {

/** A cluster on this machine that a program runs, whether its nodes are threads or processes. */
class LocalCluster : public client::ClusterControl {
public:
    /** Starts all nodes; `done` when every broker serves, or with the first failure. */
    virtual void startAll(Done done) = 0;
    /** Stops brokers, then what coordinates them. */
    virtual void stopAll(Done done) = 0;
    /** Advertised addresses of the last listener of each broker that has one, for clients. */
    virtual std::vector<Endpoint> bootstrap() const = 0;
};

} // namespace moldau::cluster
