#pragma once

#include <string_view>

namespace moldau::configs {

/** "P2DT3H4M5.6S" as java.time.Duration reads it, and not below zero. */
bool isPositiveIsoDuration(std::string_view text);

} // namespace moldau::configs
