#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "broker/brokersettings.h"
#include "client/clustercontrol.h"
#include "configs/brokerconfig.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace moldau::cluster {

/** One service of a cluster: everything that is needed to make its node. */
struct ServicePlan {
    std::string service; ///< "broker-1", or as a compose file names it
    client::NodeKind kind = client::NodeKind::Broker;
    BrokerId id = kNoBroker;
    configs::ConfigMap properties; ///< Kafka's, as the node's file would have them
    configs::BrokerConfig config; ///< brokers only: `properties`, read and checked
    std::vector<broker::ListenerPlan> listeners; ///< brokers only
    std::string dataDirectory;
    /** A broker that is a controller as well: what Kafka calls a combined node. */
    bool isCombined = false;
    std::string metadataDirectory; ///< combined nodes only: the controller's part of the data
    /** Controllers of either kind: where it is bound; none: where the others look for it. */
    std::optional<Endpoint> controllerBind;
    bool isRun = true; ///< false: listed only
    std::string whyNotRun;

    /** Whether a voter of the metadata quorum lives in this node. */
    bool isVoter() const
    {
        return isCombined
            || (kind != client::NodeKind::Broker && kind != client::NodeKind::Other && isRun);
    }
};

/** A cluster as it is to be started; made from options or a compose file. */
struct ClusterPlan {
    std::string name;
    std::string directory; ///< holds the services' data
    std::vector<ServicePlan> services; ///< those that coordinate first
    std::map<std::string, std::string>
        hostAddresses; ///< names that lead to addresses inside the cluster
    std::string clusterId; ///< empty: `directory` keeps one, and is marked as made by Moldau
    std::string requestedClusterId; ///< as a compose file gives it; empty: any
    /** Where the only controller listens; port 0 takes a free one. */
    Endpoint controller{"127.0.0.1", 0};
    /** Where each of several controllers listens; empty with one. Port 0 takes a free one. */
    std::vector<configs::ControllerVoter> voters;

    /** The nodes that keep the metadata, by id. */
    std::vector<BrokerId> voterIds() const;
    /** Where brokers look for the active controller. */
    std::vector<Endpoint> controllers() const;
};

/** What `moldauctl up` without a file, and the window, start. */
struct LocalOptions {
    std::string name = "local";
    std::string directory; ///< empty: the name's own
    int brokers = 3;
    int controllers = 1; ///< an odd number of them: a majority decides
    int firstId = 1;
    int firstPort = 19092; ///< 0: free ports
    configs::ConfigMap properties; ///< --set
};

/**
 * N brokers broker-1 … on loopback (both families) and controllers controller-1 … InvalidConfig or
 * LocalInvalidArgument when the options can't be met, in words for the user.
 */
Result<ClusterPlan> planLocal(const LocalOptions& options);

/**
 * How soon the controllers of a cluster on one machine notice that the active one is gone, and
 * elect another: a fraction of Kafka's times. Whoever sets these again has the last word.
 */
const configs::ConfigMap& quickElections();

} // namespace moldau::cluster
