#pragma once

#include "compose/doctor/examination.h"

namespace moldau::compose {

/** The nodes of a file that belong together: the same ZooKeeper path, or the same voters. */
struct ClusterGroup {
    std::string key;
    bool hasZooKeeper = false;
    std::vector<const Patient*> nodes; ///< in the file's order

    std::size_t brokerCount() const;
};

std::vector<ClusterGroup> clustersOf(const Examination& examination);

} // namespace moldau::compose
