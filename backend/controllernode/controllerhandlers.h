#pragma once

#include "controllernode/controllernode.h"
#include "network/routes.h"

#include <span>

namespace moldau::controllernode {

/** Everything that a controller serves on its listener. */
std::span<const network::Route<ControllerNode>> controllerRoutes();

/** ApiVersions with a version that is unknown here: answered in v0 (KIP-511). */
void answerUnknownApiVersions(ControllerNode& node, network::Exchange exchange);

} // namespace moldau::controllernode
