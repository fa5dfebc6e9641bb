#pragma once

#include <string>

namespace moldau::cluster {

// Moldau's own folders by the XDG base directory rules; none of them is made by asking.
std::string dataDirectory(); ///< $XDG_DATA_HOME/moldau
std::string configDirectory(); ///< $XDG_CONFIG_HOME/moldau
std::string stateDirectory(); ///< $XDG_STATE_HOME/moldau

/** Where a named cluster keeps its data unless told otherwise. */
std::string clusterDirectory(const std::string& name);

/**
 * Whether `name` can be a project's: letters, digits, '-', '_' and '.', not at the start a '.' or
 * '-', at most 63 characters, as it becomes a folder's name.
 */
bool isValidProjectName(const std::string& name);

} // namespace moldau::cluster
