#pragma once

#include "base/transport.h"
#include "configs/brokerconfig.h"

#include <string>
#include <vector>

namespace moldau::broker {

/** Where a listener is bound, and what others are told. */
struct ListenerPlan {
    std::string name;
    configs::SecurityProtocol protocol = configs::SecurityProtocol::Plaintext;
    /** Numeric addresses, all of which must be free; port 0 takes any in the first and follows that
     * in the others. Those that follow, and those of a family that the machine doesn't have, are
     * left out with a warning when they can't be had. */
    std::vector<Endpoint> binds;
    Endpoint advertised; ///< port 0: the bound one
};

/** Everything that a broker is told at its start. */
struct BrokerSettings {
    configs::BrokerConfig config;
    std::string clusterId;
    std::string dataDirectory;
    std::vector<ListenerPlan> listeners;
    std::vector<Endpoint> controllers; ///< the quorum's listeners, of one voter at least

    BrokerId id() const { return config.nodeId; }
};

} // namespace moldau::broker
