#pragma once

#include "base/filesystem.h"
#include "base/ids.h"
#include "base/result.h"

#include <string>
#include <vector>

namespace moldau::cluster {

/**
 * Makes or opens a cluster's directory and returns the cluster id that it keeps: a new directory
 * takes `requestedId`, or one by chance where that is empty. InconsistentClusterId, in Kafka's
 * words, when the directory is another cluster's. The file moldau.properties in it marks it as made
 * by Moldau: nothing else is ever deleted.
 *
 * It also keeps who the voters of the metadata quorum are; InvalidConfig for others, as a majority
 * of the new ones could be some that have nothing of the metadata.
 */
Result<std::string> openClusterDirectory(FileSystem& files, const std::string& directory,
    const std::string& name, const std::string& requestedId, const std::vector<BrokerId>& voters);

/**
 * Whether a directory was made when one node of our own kept the metadata of every compose file,
 * however many controllers the file has: it goes on like that.
 */
bool hasVoterOfItsOwn(FileSystem& files, const std::string& directory);

} // namespace moldau::cluster
