#pragma once

#include "compose/finding.h"
#include "compose/yamlnode.h"

#include <optional>

namespace moldau::compose {

// Small changes of a YAML text that leave everything else as it is. Nothing where a change can't be
// made safely: in texts over several lines, in brackets, in interpolated values.

/** Another value for a scalar, with the quotes that it has or needs. */
std::optional<TextEdit> replaceScalar(
    std::string_view text, const YamlNode& node, std::string_view value);

/** Another value for a part of a scalar, for example the name in "NAME=VALUE". */
std::optional<TextEdit> replaceInScalar(std::string_view text, const YamlNode& node,
    std::size_t start, std::size_t length, std::string_view part);

/** A line "KEY: VALUE" behind the last entry of a map. */
std::optional<TextEdit> appendEntry(
    std::string_view text, const YamlNode& map, std::string_view key, std::string_view value);

/** A line "- VALUE" behind the last item of a sequence. */
std::optional<TextEdit> appendItem(
    std::string_view text, const YamlNode& sequence, std::string_view value);

/** A scalar as it can stand in a file: plain, or in double quotes where that is needed. */
std::string asScalar(std::string_view value);

} // namespace moldau::compose
