#pragma once

#include "cluster/clusterplan.h"
#include "cluster/localcluster.h"

#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace moldau::cluster {

/**
 * What clusters of threads and clusters of processes have in common: the services of a plan, found
 * by name, started and stopped in their order, and what is told of them. A kind of cluster adds how
 * one of its nodes is acted on. Any thread may call.
 */
class PlannedCluster : public LocalCluster {
public:
    // LocalCluster
    void stopAll(Done done) override;
    std::vector<Endpoint> bootstrap() const override;

    // ClusterControl
    std::vector<client::NodeStatus> nodes() const override;
    void startNode(std::string service, Done done) override;
    void stopNode(std::string service, Done done) override;
    void killNode(std::string service, Done done) override;

protected:
    enum class Act { Start, Stop, Kill };

    explicit PlannedCluster(ClusterPlan plan);

    /** Acts on the node of a service that is run. Calls for one node take effect in their order. */
    virtual void carryOut(std::size_t service, Act act, Done done) = 0;
    /** Adds state, problem and process to what the plan says. */
    virtual void describe(std::size_t service, client::NodeStatus& status) const = 0;

    /** What coordinates first, then the brokers, each kind together. */
    void startInOrder(Done done);
    std::size_t serviceCount() const { return m_plan.services.size(); }
    /** None for a name that isn't known. */
    std::optional<std::size_t> indexOf(const std::string& service) const;
    /** Where the service listens, once it has told; as planned before. */
    std::vector<broker::ListenerPlan> listenersOf(std::size_t service) const;
    void setListeners(std::size_t service, std::vector<broker::ListenerPlan> listeners);

    mutable std::mutex m_mutex; ///< guards what changes while nodes run: the plan's addresses
    ClusterPlan m_plan;

private:
    /** Controllers must know each other's address before one of them listens. */
    Result<void> choosePorts();
    void together(bool areBrokers, Act act, Done done);
    void act(const std::string& service, Act act, Done done);
};

} // namespace moldau::cluster
