#pragma once

#include "base/filesystem.h"
#include "base/ids.h"
#include "base/uuid.h"

#include <string>

namespace moldau::storage {

/** meta.properties of a data directory (version 1, as KRaft writes it). */
struct MetaProperties {
    std::string clusterId;
    BrokerId nodeId = kNoBroker;
    Uuid directoryId;

    bool operator==(const MetaProperties&) const = default;
};

/**
 * Reads the file, or makes it with a new directory id. `expected` is who opens the directory: of
 * another node, or of another cluster (InconsistentClusterId), it is refused. An empty cluster id
 * takes any cluster's.
 */
Result<MetaProperties> loadMetaProperties(
    FileSystem& files, const std::string& path, const MetaProperties& expected);

} // namespace moldau::storage
