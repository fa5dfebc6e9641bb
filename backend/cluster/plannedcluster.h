#pragma once

#include "cluster/clusterplan.h"
#include "cluster/localcluster.h"
#include "events/event.h"
#include "faults/faultboard.h"

#include <cstddef>
#include <memory>
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
    void pauseNode(std::string service, Done done) override;
    void unpauseNode(std::string service, Done done) override;
    Result<int> addFault(const faults::FaultRule& rule) override;
    Result<void> removeFault(int id) override;
    void healFaults() override;
    std::vector<faults::FaultStatus> faults() const override;

protected:
    enum class Act { Start, Stop, Kill, Pause, Unpause };

    /** With `board`, which outlives the cluster, the rules are somebody else's. */
    explicit PlannedCluster(ClusterPlan plan, faults::FaultBoard* board = nullptr);

    /** Acts on the node of a service that is run. Calls for one node take effect in their order. */
    virtual void carryOut(std::size_t service, Act act, Done done) = 0;
    /** Adds state, problem and process to what the plan says. */
    virtual void describe(std::size_t service, client::NodeStatus& status) const = 0;
    /** Tells whoever looks that a fault rule was added or removed. On the caller's thread. */
    virtual void tellFault(EventKind kind, int id, const faults::FaultRule& rule);

    /** What coordinates first, then the brokers, each kind together; all at once where brokers
     * coordinate. */
    void startInOrder(Done done);
    std::size_t serviceCount() const { return m_plan.services.size(); }
    /** None for a name that isn't known. */
    std::optional<std::size_t> indexOf(const std::string& service) const;
    /** Where the service listens, once it has told; as planned before. */
    std::vector<broker::ListenerPlan> listenersOf(std::size_t service) const;
    void setListeners(std::size_t service, std::vector<broker::ListenerPlan> listeners);
    faults::FaultBoard& board() { return *m_board; }
    /** Rules for links find the node by the address that others use for it. */
    void noteNode(const Endpoint& endpoint, std::size_t service);

    mutable std::mutex m_mutex; ///< guards what changes while nodes run: the plan's addresses
    ClusterPlan m_plan;

private:
    /** Controllers must know each other's address before one of them listens. */
    Result<void> choosePorts();
    enum class Role { Broker, Combined, Controller };
    void inOrder(std::vector<Role> order, Act act, Done done);
    /** All services without a role. */
    void together(std::optional<Role> role, Act act, Done done);
    void act(const std::string& service, Act act, Done done);
    Result<void> checkNode(BrokerId id) const;

    std::unique_ptr<faults::FaultBoard> m_ownBoard;
    faults::FaultBoard* m_board;
};

} // namespace moldau::cluster
