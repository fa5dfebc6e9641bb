#pragma once

#include "base/asioloop.h"
#include "base/filesystem.h"
#include "base/log.h"
#include "client/clustercontrol.h"
#include "events/eventsink.h"
#include "network/node.h"
#include "network/resolvingtransport.h"
#include "network/world.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace moldau::cluster {

/**
 * A thread with one node on it, which may be started, stopped and killed again and again. Owned by
 * the EmbeddedCluster; every function may be called from any thread but the node's own. Calls for
 * one host are carried out in their order.
 */
class NodeHost {
public:
    using Make = std::function<std::unique_ptr<network::Node>(network::World)>;
    using Done = Callback<void(Result<void>)>;
    using StateChanged = std::function<void()>;

    /** `hostAddresses` are names that the node's connections resolve. `files`, `events` and
     * `logSink` outlive the host. `changed` is called on the node's thread. */
    NodeHost(std::string service, std::map<std::string, std::string> hostAddresses,
        FileSystem& files, EventSink& events, Log::Sink* logSink, Make make, StateChanged changed);
    /** Kills the node if it still runs. */
    ~NodeHost();

    void start(Done done);
    void stop(Done done);
    void kill(Done done);

    client::NodeState state() const;
    /** Why it failed, else empty. */
    std::string problem() const;
    /** Runs `work` with the node on its thread and waits; with null when there is none. */
    void withNode(const std::function<void(network::Node*)>& work);

private:
    void setState(client::NodeState state, std::string problem = {});

    std::string m_service;
    EventSink& m_events;
    Log m_log;
    FileSystem& m_files;
    Make m_make;
    StateChanged m_changed;
    mutable std::mutex m_mutex; // guards the state, which other threads read
    client::NodeState m_state = client::NodeState::Stopped;
    std::string m_problem;
    std::unique_ptr<network::Node> m_node; // the loop's thread
    AsioLoop m_loop; // its thread uses everything above
    network::ResolvingTransport m_transport;
};

} // namespace moldau::cluster
