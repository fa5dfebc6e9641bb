#pragma once

#include "base/callback.h"
#include "base/ids.h"
#include "base/result.h"
#include "faults/faultboard.h"

#include <string>
#include <vector>

namespace moldau::client {

enum class NodeKind { Broker, Controller, ZooKeeper, Other };
enum class NodeState { Starting, Running, Paused, Stopping, Stopped, Killed, Failed };

struct NodeStatus {
    std::string service; ///< "broker-1", or the compose file's name
    NodeKind kind = NodeKind::Broker;
    BrokerId id = kNoBroker;
    NodeState state = NodeState::Stopped;
    std::vector<std::pair<std::string, std::string>> listeners; ///< name, advertised address
    std::string dataDirectory;
    bool isVoter = false; ///< keeps the metadata: a controller, or a broker that is one as well
    std::string problem; ///< why it failed, else empty
    int pid = -1; ///< its own process, 0 where that doesn't run; -1: it lives in the cluster's
};

/**
 * Starts and stops the nodes of a local cluster, and lets things go wrong in it. Any thread may
 * call; nothing blocks; each callback is called once, on a thread of the cluster.
 */
class ClusterControl {
public:
    using Done = Callback<void(Result<void>)>;

    virtual ~ClusterControl() = default;
    virtual std::vector<NodeStatus> nodes() const = 0;
    virtual void startNode(std::string service, Done done) = 0;
    /** Controlled shutdown: leaders move first. */
    virtual void stopNode(std::string service, Done done) = 0;
    /** A crash: nothing is flushed, connections are cut. A paused node may be killed, too. */
    virtual void killNode(std::string service, Done done) = 0;
    /** The node does nothing any more; its connections stay open. Only while it runs. */
    virtual void pauseNode(std::string service, Done done) = 0;
    virtual void unpauseNode(std::string service, Done done) = 0;

    /** In force at once. Its number; LocalInvalidArgument for a rule that makes no sense here. */
    virtual Result<int> addFault(const faults::FaultRule& rule) = 0;
    /** LocalNotFound where no rule has this number. */
    virtual Result<void> removeFault(int id) = 0;
    virtual void healFaults() = 0;
    virtual std::vector<faults::FaultStatus> faults() const = 0;
};

} // namespace moldau::client
