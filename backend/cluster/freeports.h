#pragma once

#include "base/result.h"

#include <cstdint>
#include <vector>

namespace moldau::cluster {

/**
 * Ports of 127.0.0.1 on which nobody listens, all different: for nodes that must know each other's
 * address before any of them listens. Another program may take one in the meantime, which its
 * node's start then reports.
 */
Result<std::vector<std::uint16_t>> freePorts(std::size_t count);

} // namespace moldau::cluster
