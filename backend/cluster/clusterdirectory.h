#pragma once

#include "base/filesystem.h"
#include "base/result.h"

#include <cstddef>
#include <string>

namespace moldau::cluster {

/**
 * Makes or opens a cluster's directory and returns the cluster id that it keeps: a new directory
 * takes `requestedId`, or one by chance where that is empty. InconsistentClusterId, in Kafka's
 * words, when the directory is another cluster's. The file moldau.properties in it marks it as made
 * by Moldau: nothing else is ever deleted.
 *
 * It also keeps how many controllers the cluster has; InvalidConfig for another number, as a
 * majority of the new ones could be some that have nothing of the metadata.
 */
Result<std::string> openClusterDirectory(FileSystem& files, const std::string& directory,
    const std::string& name, const std::string& requestedId, std::size_t controllers = 1);

} // namespace moldau::cluster
