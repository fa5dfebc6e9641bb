#pragma once

#include "cluster/clusterplan.h"
#include "compose/project.h"

#include <vector>

namespace moldau::cluster {

/** A Kafka service of a compose file with the settings that Kafka would start it with. */
struct ComposeNode {
    const compose::ServiceSpec* spec = nullptr;
    configs::BrokerConfig config;
};

/**
 * The voters of a compose file's metadata quorum: its nodes with the role controller, at the
 * addresses at which controller.quorum.voters or controller.quorum.bootstrap.servers look for them.
 * Also those that the setting names and no service is: they never come up, and count for the
 * majority. Empty where no service is a controller.
 *
 * InvalidConfig, in words for the user, where two nodes have one id, where nodes name different
 * voters, and where a voter is looked for at another node, as then no majority means anything.
 */
Result<std::vector<configs::ControllerVoter>> votersOf(
    const compose::ComposeProject& project, const std::vector<ComposeNode>& nodes);

/** Where the service's controller listens. InvalidConfig, LocalUnsupported where that can't be. */
Result<Endpoint> controllerBindOf(const ComposeNode& node);

} // namespace moldau::cluster
