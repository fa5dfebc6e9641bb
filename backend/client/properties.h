#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace moldau::client {

/** Names and values in the order of the text; a later value of the same name counts. */
using Properties = std::vector<std::pair<std::string, std::string>>;

/** Reads the text of a Java .properties file. */
Result<Properties> parseProperties(std::string_view text);

/** Both, one behind the other, so that those of `second` count. */
Properties joined(Properties first, const Properties& second);

/** The last value of a name, or nullptr. */
const std::string* findProperty(const Properties& properties, std::string_view name);

} // namespace moldau::client
