#pragma once

#include "faults/faultboard.h"

#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace moldau::cluster {

/** A rule with the names of `moldauctl fault`: {"api":"Produce","action":"delay","delay_ms":500,…}.
 * What isn't set is left out. */
nlohmann::json toJson(const faults::FaultRule& rule);
/** LocalInvalidArgument for what is no rule. */
Result<faults::FaultRule> readFaultRule(const nlohmann::json& json);

/** The rules as `moldauctl fault list --format json` prints them: with id, text, seen, struck. */
nlohmann::json toJson(const std::vector<faults::FaultStatus>& faults);

} // namespace moldau::cluster
