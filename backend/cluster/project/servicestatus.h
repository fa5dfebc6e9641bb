#pragma once

#include "client/clustercontrol.h"

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace moldau::cluster {

/** "broker", "controller", "zookeeper", … as `moldauctl ps` prints it. */
std::string_view nameOf(client::NodeKind kind);
/** "running", "stopped", "killed", … as `moldauctl ps` prints it. */
std::string_view nameOf(client::NodeState state);

/** The services as `moldauctl ps --format json` prints them; `pid` is the cluster's process. */
nlohmann::json toJson(const std::vector<client::NodeStatus>& services, int pid);

} // namespace moldau::cluster
