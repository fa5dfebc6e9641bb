#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moldau::compose {

/** A variable's value, or nothing when it isn't set. */
using VariableLookup = std::function<std::optional<std::string>(std::string_view)>;

/** A text after ${…} has been filled in. */
struct Interpolated {
    std::string text;
    bool isChanged = false; ///< it held a dollar sign
    std::vector<std::string> unset; ///< variables that were empty for want of a value
    std::string problem; ///< why the text can't be filled in, or empty
};

/**
 * Fills in $VAR, ${VAR}, ${VAR:-default}, ${VAR-default}, ${VAR:?text}, ${VAR?text}, ${VAR:+text}
 * and ${VAR+text} as docker compose does; defaults may hold variables again. $$ is a dollar sign.
 */
Interpolated interpolate(std::string_view text, const VariableLookup& lookup);

} // namespace moldau::compose
