#pragma once

#include "base/asioloop.h"
#include "base/log.h"
#include "base/posixfilesystem.h"
#include "client/clustercontrol.h"
#include "events/eventsink.h"
#include "faults/faultytransport.h"
#include "network/node.h"
#include "network/resolvingtransport.h"
#include "network/world.h"

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

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

    /** What a host is given; all that is referred to outlives it. */
    struct Parts {
        std::string service;
        BrokerId id;
        std::map<std::string, std::string> hostAddresses; ///< names that its connections resolve
        faults::FaultBoard& faults;
        EventSink& events;
        Log::Sink* logSink = nullptr;
    };

    /** `changed` is called on the node's thread. */
    NodeHost(Parts parts, Make make, StateChanged changed);
    /** Kills the node if it still runs. */
    ~NodeHost();

    void start(Done done);
    void stop(Done done);
    void kill(Done done);
    /** Holds the node's thread until unpause(), stop() or kill(). */
    void pause(Done done);
    void unpause(Done done);

    client::NodeState state() const;
    /** Why it failed, else empty. */
    std::string problem() const;
    /** Runs `work` with the node on its thread and waits; with null when there is none. */
    void withNode(const std::function<void(network::Node*)>& work);

private:
    enum class Hold { None, Asked, Held, LetGo, Kill };

    void setState(client::NodeState state, std::string problem = {});
    void hold();
    /** Ends a hold, if there is one or is to be. */
    bool release(Hold how);
    bool isHeld() const;
    void killNow();
    /** The node has failed, and we are inside one of its calls. */
    void abandonNode();
    void tellStopped();
    void publish(EventKind kind);

    std::string m_service;
    BrokerId m_id;
    EventSink& m_events;
    Log m_log;
    PosixFileSystem m_files;
    Make m_make;
    StateChanged m_changed;
    mutable std::mutex m_mutex; // guards state and hold, which other threads read
    std::condition_variable m_released;
    Hold m_hold = Hold::None;
    client::NodeState m_state = client::NodeState::Stopped;
    std::string m_problem;
    std::unique_ptr<network::Node> m_node; // the loop's thread
    std::vector<Done> m_stopping; ///< who waits for the end of a stop() that is under way
    std::unique_ptr<network::Node> m_failedNode; ///< one that is inside its own call
    AsioLoop m_loop; // its thread uses everything above
    network::ResolvingTransport m_resolving;
    faults::NodeFaults m_faults;
    faults::FaultyTransport m_transport;
};

} // namespace moldau::cluster
