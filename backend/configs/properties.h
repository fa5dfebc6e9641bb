#pragma once

#include "configs/configlayers.h"

namespace moldau::configs {

/** One setting of a .properties file. Lines count from 1. */
struct Property {
    std::string key;
    std::string value;
    int line = 0; ///< where the key stands

    bool operator==(const Property&) const = default;
};

/**
 * Reads a Java .properties text: comments, continued lines, escapes (also \uXXXX, surrogate pairs
 * joined), `=`, `:` or blank between key and value. The file is UTF-8. Every text is valid in Java
 * but for a broken \u escape: LocalInvalidArgument with the line.
 */
Result<std::vector<Property>> readProperties(std::string_view text);

/** A later line wins over an earlier one of the same key, as in Java. */
ConfigMap toMap(const std::vector<Property>& properties);

/** "key=value" lines that Java reads back to the same map; other characters than ASCII stay UTF-8.
 */
std::string writeProperties(const ConfigMap& properties);

} // namespace moldau::configs
