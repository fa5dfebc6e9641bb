#pragma once

#include "configs/brokerconfig.h"
#include "controller/controllerstate.h"
#include "controller/eventreporter.h"
#include "network/node.h"
#include "network/server.h"
#include "network/world.h"
#include "raft/disklog.h"
#include "raft/snapshotschedule.h"
#include "raft/votingquorum.h"
#include "storage/logdirectory.h"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace moldau::controllernode {

/** Everything that a controller is told at its start. */
struct ControllerNodeSettings {
    controller::ControllerOptions options;
    std::string dataDirectory;
    Endpoint bind{"127.0.0.1", 0}; ///< port 0 takes a free one
    /** All controllers of the quorum, this one among them; empty: it is the only one. */
    std::vector<configs::ControllerVoter> voters;
};

/**
 * A controller: the quorum's voter with its log, the controller's state while it is active, and the
 * listener CONTROLLER on which brokers register, beat, fetch metadata and forward what users ask.
 * Made, used and destroyed on its loop's thread.
 *
 * One controller of the quorum is active: its leader, from the moment on when it has replayed all
 * that was committed before. The others replay along. A decision is appended and applied at once;
 * its answer leaves when it is committed. A leader that is deposed drops its state with what was
 * not committed, and replays the log. When the connection on which a broker beats breaks, the
 * broker is fenced without waiting for its session; the broker of a combined node, which has not
 * yet found the newly active controller, also when its voter's process is gone.
 */
class ControllerNode final : public network::Node,
                             public network::RequestHandler,
                             private raft::QuorumListener {
public:
    ControllerNode(network::World world, ControllerNodeSettings settings);
    ~ControllerNode() override;

    // network::Node. Serving means that it listens and the quorum has a leader, or has not found
    // one for a while: a controller without a majority runs, too, and takes part.
    void start(Callback<void(Result<void>)> serving) override;
    void stop(Callback<void()> stopped) override;
    void onFailure(std::function<void(const Error&)> handler) override
    {
        m_onFailure = std::move(handler);
    }

    /** Called with the real address, before start() reports. */
    void onListening(std::function<void(const Endpoint&)> handler)
    {
        m_onListening = std::move(handler);
    }

    // network::RequestHandler
    void handle(network::Exchange exchange) override;
    void connectionClosed(const network::ConnectionInfo& connection) override;

    // What handlers work with.
    network::World& world() { return m_world; }
    raft::Quorum& quorum() { return *m_quorum; }
    const controller::MetadataImage& image() const { return m_state ? m_state->image() : m_image; }
    controller::ControllerState* state() { return m_state.get(); }
    const ControllerNodeSettings& settings() const { return m_settings; }
    const Endpoint& endpoint() const { return m_endpoint; }
    /** The broker beats on this connection from now on. */
    void noteBrokerConnection(
        const network::ConnectionInfo& connection, BrokerId broker, std::int64_t epoch);

    /** Lets the state decide, commits what it decided, then answers. */
    template <class Request> void decide(const Request& request, network::Exchange exchange)
    {
        if (!m_state)
            return exchange.close("this controller is not active");
        auto effect = m_state->handle(request, contextOf(exchange.version));
        carryOut(std::move(effect.records), effect.reason,
            [exchange = std::move(exchange), response = std::move(effect.response)](
                Result<void> committed) mutable {
                if (!committed)
                    return exchange.close(
                        "the decision was not committed: " + committed.error().message);
                exchange.answer(response);
            });
    }

private:
    Result<void> open();
    Result<void> listen();
    std::vector<raft::Voter> voters() const;
    raft::Consensus::Options quorumTimes() const;
    std::int64_t number(std::string_view setting) const;
    Duration milliseconds(std::string_view setting) const;
    raft::MetadataSegments segments() const;
    controller::RequestContext contextOf(std::int16_t version) const;
    /** Appends the records and applies them; `done` when they are committed (at once without
     * records). */
    void carryOut(
        controller::Records records, const std::string& reason, Callback<void(Result<void>)> done);
    void becomeActive();
    void stopBeingActive();
    void reportServing();
    /** Takes a copy of the image when a snapshot is due, and writes it when it is committed. */
    void considerSnapshot();
    void writeSnapshot();
    void tick();
    void scheduleTick();
    void fail(const Error& error);

    // raft::QuorumListener
    void committed(const Slice& batches) override;
    void snapshotLoaded(const raft::LoadedSnapshot& snapshot) override;
    void leaderChanged(const raft::LeaderAndEpoch& leader) override;
    void voterUnreachable(BrokerId voter) override;
    void failed(const Error& error) override { fail(error); }

    /** An image that is to become a snapshot. */
    struct DueSnapshot {
        std::shared_ptr<const controller::MetadataImage> image;
        std::int64_t lastWrittenMs = 0;
        std::string reason;
    };
    struct BrokerConnection {
        BrokerId broker;
        std::int64_t epoch;
    };

    network::World m_world;
    ControllerNodeSettings m_settings;
    controller::MetadataImage m_image; // until active: what was committed before
    controller::EventReporter m_reporter;
    std::unique_ptr<storage::LogDirectory> m_logs;
    std::unique_ptr<raft::Quorum> m_quorum;
    std::unique_ptr<controller::ControllerState> m_state; // while active
    std::map<std::uint64_t, BrokerConnection> m_brokerConnections;
    std::set<BrokerId> m_unreachableVoters; // met while this node becomes active
    Endpoint m_endpoint;
    Timer m_tickTimer;
    Timer m_servingTimer;
    raft::SnapshotSchedule m_snapshotSchedule;
    std::optional<DueSnapshot> m_dueSnapshot; // waits for its last decision to be committed
    Timer m_snapshotTimer;
    std::shared_ptr<bool> m_isAlive = std::make_shared<bool>(true); // for posted work
    Callback<void(Result<void>)> m_serving;
    std::function<void(const Error&)> m_onFailure;
    std::function<void(const Endpoint&)> m_onListening;
    std::unique_ptr<network::Server> m_server; // last: its end calls connectionClosed()
};

} // namespace moldau::controllernode
