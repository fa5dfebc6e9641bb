#pragma once

#include "base/result.h"
#include "broker/brokersettings.h"

#include <string>
#include <vector>

namespace moldau::cluster {

/** What a node's process tells the one that started it, as one line of JSON: where it serves. */
struct NodeReport {
    std::vector<broker::ListenerPlan> listeners; ///< as they are bound; a controller has none
    Endpoint controller; ///< where the controller listens, or is looked for
};

std::string textOf(const NodeReport& report);
/** The line of a node that can't be had. */
std::string textOf(const Error& reason);

/** Reads either line: a report, or the reason why there is none. */
Result<NodeReport> readNodeReport(const std::string& line);

} // namespace moldau::cluster
