#pragma once

#include "base/errorcode.h"

#include <optional>
#include <string_view>
#include <vector>

namespace moldau::faults {

/** Kafka's errors that a rule can answer with, as Kafka writes them: all but NONE. */
std::vector<std::string_view> errorNames();
std::optional<ErrorCode> errorNamed(std::string_view name);

} // namespace moldau::faults
