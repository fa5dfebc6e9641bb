#pragma once

#include "bridge/session.h"

#include <QString>

#include <memory>

namespace moldau {

/** What the command line says about clusters. */
struct HostOptions {
    QString dataDirectory; ///< of local clusters; empty: the user's
    int firstPort = 19092; ///< of the local cluster; 0: free ones
    int controllers = 1; ///< of the local cluster, an odd number
};

/** The host that opens clusters with the engine. The only place where window and engine meet. */
std::unique_ptr<widgets::SessionHost> makeSessionHost(const HostOptions& options);

} // namespace moldau
