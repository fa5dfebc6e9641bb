#pragma once

#include "base/filesystem.h"
#include "base/result.h"

#include <string>

namespace moldau::cluster {

/**
 * Makes or opens a cluster's directory and returns the cluster id that it keeps: a new directory
 * takes `requestedId`, or one by chance where that is empty. InconsistentClusterId, in Kafka's
 * words, when the directory is another cluster's. The file moldau.properties in it marks it as made
 * by Moldau: nothing else is ever deleted.
 */
Result<std::string> openClusterDirectory(FileSystem& files, const std::string& directory,
    const std::string& name, const std::string& requestedId);

} // namespace moldau::cluster
