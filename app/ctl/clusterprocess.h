#pragma once

#include "cluster/clusterplan.h"

#include <functional>
#include <string>

namespace moldau::ctl {

/**
 * Runs a cluster, in this process or with a process for each node, until SIGINT, SIGTERM or
 * `moldauctl down`, then stops it in good order. `ready` gets the line that says so once every
 * broker serves; `failed` the reason why the cluster can't be had, once nothing of it is left.
 * Returns the exit status.
 */
int runCluster(cluster::ClusterPlan plan, bool hasProcesses,
    const std::function<void(const std::string& line)>& ready,
    const std::function<void(const Error& reason)>& failed);

/** "ready project=NAME bootstrap=HOST:PORT,…" */
std::string readyLine(const std::string& project, const std::vector<Endpoint>& bootstrap);

} // namespace moldau::ctl
