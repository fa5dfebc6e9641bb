#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace moldau::compose {

/** How many letters must be added, left out, changed or swapped with their neighbour. */
int spellingDistance(std::string_view a, std::string_view b);

/**
 * The one of `known` that `word` most probably means: near enough for its length, and nearer than
 * any other. Case counts as nothing.
 */
std::optional<std::string> meantWord(std::string_view word, std::span<const std::string> known);

} // namespace moldau::compose
