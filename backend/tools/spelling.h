#pragma once

#include <span>
#include <string_view>

namespace moldau::tools {

/** The candidate that `word` was probably meant to be: few letters differ, or it is cut short;
 * empty when none is. */
std::string_view mostSimilar(std::string_view word, std::span<const std::string_view> candidates);

} // namespace moldau::tools
