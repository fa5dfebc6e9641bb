#pragma once

#include "base/posixfilesystem.h"
#include "broker/brokernode.h"
#include "cluster/clusterevents.h"
#include "cluster/clusterplan.h"
#include "cluster/nodehost.h"
#include "cluster/plannedcluster.h"
#include "controllernode/controllernode.h"

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace moldau::cluster {

/**
 * A cluster of real nodes inside this process, each on a thread of its own. Clients reach it by
 * bootstrap() like any other; whoever owns it also sees its events and starts, stops and kills
 * nodes. Owned by a program; destroying it kills what still runs.
 */
class EmbeddedCluster final : public PlannedCluster {
public:
    /**
     * Log files go to `logDirectory`/SERVICE.log; nowhere when it is empty. With `log`, which
     * outlives the cluster, all nodes log there instead; with `board` they obey its fault rules.
     */
    EmbeddedCluster(ClusterPlan plan, std::string logDirectory, Log::Sink* log = nullptr,
        faults::FaultBoard* board = nullptr);
    ~EmbeddedCluster() override;

    // LocalCluster; callbacks come on a node's thread
    void startAll(Done done) override;

    const ClusterPlan& plan() const { return m_plan; }
    const std::string& clusterId() const { return m_clusterId; }
    /** A service's listeners as they are bound; empty for one that isn't known. */
    std::vector<broker::ListenerPlan> listeners(const std::string& service) const;
    /** Where the controller listens, or is looked for. */
    Endpoint controller() const;
    ClusterEvents& events() { return m_events; }
    std::string logFile(const std::string& service) const;
    /** Called after a node's state changed, on that node's thread. Set before startAll(). */
    void onNodesChanged(std::function<void()> handler) { m_nodesChanged = std::move(handler); }

private:
    struct Service {
        std::unique_ptr<Log::Sink> logSink;
        std::unique_ptr<NodeHost> host;
    };

    void carryOut(std::size_t service, Act act, Done done) override;
    void describe(std::size_t service, client::NodeStatus& status) const override;
    void tellFault(EventKind kind, int id, const faults::FaultRule& rule) override;
    std::unique_ptr<network::Node> makeNode(std::size_t service, network::World world);
    std::unique_ptr<controllernode::ControllerNode> makeController(
        std::size_t service, network::World world);
    std::unique_ptr<broker::BrokerNode> makeBroker(std::size_t service, network::World world);
    controllernode::ControllerNodeSettings controllerSettings(const ServicePlan& plan) const;
    broker::BrokerSettings brokerSettings(std::size_t service) const;

    std::string m_logDirectory;
    std::string m_clusterId;
    PosixFileSystem m_files;
    ClusterEvents m_events;
    EventSink& m_ownEvents; // of the cluster as a whole; a ring has one writer at a time
    std::mutex m_ownEventsMutex;
    std::function<void()> m_nodesChanged;
    std::vector<Service> m_services; // never changes after construction
};

} // namespace moldau::cluster
