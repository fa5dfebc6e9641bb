#pragma once

#include "base/result.h"

#include <cstdint>
#include <string_view>

namespace moldau::tools {

/** "2026-01-31T12:00:00.000", also with Z or +01:00 at its end (without: UTC), as milliseconds
 * since 1970. */
Result<std::int64_t> timestampOf(std::string_view text);

/** "P1DT2H3M4.5S", also negative, as Java's Duration reads it, in milliseconds. */
Result<std::int64_t> millisecondsOfDuration(std::string_view text);

} // namespace moldau::tools
