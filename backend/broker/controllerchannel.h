#pragma once

#include "base/eventloop.h"
#include "base/log.h"
#include "controller/metadataimage.h"
#include "network/rpcclient.h"
#include "network/world.h"
#include "protocol/messages/brokerheartbeatrequest.h"
#include "protocol/messages/brokerheartbeatresponse.h"
#include "protocol/messages/brokerregistrationrequest.h"
#include "protocol/messages/brokerregistrationresponse.h"
#include "protocol/messages/fetchrequest.h"
#include "protocol/messages/fetchresponse.h"
#include "protocol/messages/fetchsnapshotrequest.h"
#include "protocol/messages/fetchsnapshotresponse.h"
#include "protocol/recordbatch.h"
#include "raft/messages.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace moldau::broker {

/**
 * A broker's side of the quorum: registers, beats, and reads the metadata log as an observer
 * (KIP-500, KIP-631), or a snapshot of it where the controller has no longer all (KIP-630). Owned
 * by the BrokerNode, on its thread.
 *
 * The metadata log is asked of one controller after the other until the active one answers; the
 * others name it. What the controller decides goes over the control connection, which is also how
 * the controller notices at once that this broker died; when that breaks on the controller's side,
 * or another controller becomes the active one, the broker registers again with the same
 * incarnation.
 */
class ControllerChannel {
public:
    struct Options {
        BrokerId self;
        std::string clusterId;
        std::vector<Endpoint> controllers; ///< those that may be asked for the active one
        std::optional<std::string> rack;
        Uuid directoryId;
        std::vector<controller::ListenerImage> listeners; ///< as advertised
        Duration heartbeatInterval
            = std::chrono::milliseconds(2000); ///< broker.heartbeat.interval.ms
        Duration requestTimeout = std::chrono::seconds(30);
        /** Of registrations and heartbeats: short of the session, so that another one fits in. */
        Duration lifecycleTimeout = std::chrono::milliseconds(4500);
        /** controller.quorum.request.timeout.ms: of fetches of the log, beyond what they wait. */
        Duration quorumTimeout = std::chrono::seconds(2);
        Duration retryBackoff = std::chrono::milliseconds(50);
        std::int64_t previousBrokerEpoch = -1;
        std::optional<raft::SnapshotId> snapshot; ///< the broker has all that is below
    };
    /** Gets committed records in order; an error means that the log can't be understood. */
    using Apply
        = std::function<void(const controller::MetadataRecord& record, std::int64_t offset)>;

    struct Handlers {
        Apply apply;
        std::function<void(const protocol::BatchView& batch)> control; ///< records of the quorum
        std::function<void(const protocol::BatchView& batch)> replayed; ///< all of its records
        /** A piece of a snapshot, in order; what was applied before is void with the last one. */
        std::function<Result<void>(
            const raft::SnapshotId& id, std::int64_t position, BytesView bytes, bool isLast)>
            storeSnapshot;
        /** The controller has another log than what was applied comes from. Whether the broker
         * could forget all of it, and begins anew. */
        std::function<bool()> forget;
        std::function<void()> applied; ///< after a run of records
        std::function<void()> unfenced; ///< each time the controller lets this broker serve
        std::function<void(const Error&)> refused; ///< a registration that can never succeed
    };

    ControllerChannel(network::World world, Options options, Handlers handlers);

    void start();
    /** Asks for a controlled shutdown; `allowed` is called when all leaders have moved, or the
     * controller can't be reached in time. */
    void requestShutdown(Callback<void()> allowed);

    /** -1 until registered. */
    std::int64_t brokerEpoch() const { return m_brokerEpoch; }
    bool isFenced() const { return m_isFenced; }
    /** Tells this run of the broker from those before it. */
    const Uuid& incarnation() const { return m_incarnation; }

    /**
     * Sends any request to the active controller. When that is lost on the way or before, the
     * request goes to the next one as soon as this broker is registered there, for as long as a
     * request may take; then it fails as the connection did. Whether the first one was carried out
     * nobody knows: like Kafka's brokers (NodeToControllerRequestThread), a CreateTopics that went
     * twice may say TOPIC_ALREADY_EXISTS of what it has made itself.
     */
    template <class Response, class Request>
    void call(const Request& request, std::int16_t version, Callback<void(Result<Response>)> done)
    {
        attempt<Response>(
            request, version, {m_world.loop.now() + m_options.requestTimeout}, std::move(done));
    }

private:
    /** How long a request may still be sent again, and how often: one may be what cuts us off. */
    struct Patience {
        Duration deadline{};
        int triesLeft = 5;
    };
    /** A request that waits for an active controller. */
    struct Waiting {
        Duration deadline{};
        Callback<void(Result<void>)> goOn; ///< sends it, or gives it up for the error's reason
    };

    template <class Response, class Request>
    void attempt(const Request& request, std::int16_t version, Patience patience,
        Callback<void(Result<Response>)> done)
    {
        m_control->call<Response>(request, version, m_options.requestTimeout,
            [this, request, version, patience, done = std::move(done)](
                Result<Response> response) mutable {
                if (response || !isLost(response.error()) || --patience.triesLeft == 0)
                    return done(std::move(response));
                wait(patience.deadline,
                    [this, request = std::move(request), version, patience, done = std::move(done)](
                        Result<void> isThere) mutable {
                        if (!isThere)
                            return done(fail(isThere.error()));
                        attempt<Response>(request, version, patience, std::move(done));
                    });
            });
    }
    static bool isLost(const Error& error);
    void wait(Duration deadline, Callback<void(Result<void>)> goOn);
    void giveUpLate();
    void resend();
    void registerBroker();
    void registered(Result<protocol::BrokerRegistrationResponse> response);
    void beat();
    void beatAnswered(Result<protocol::BrokerHeartbeatResponse> response);
    void beatSoon();
    /** Takes the controller at this address for the active one. */
    void follow(const Endpoint& controller);
    std::unique_ptr<network::RpcClient> connection(
        const Endpoint& controller, std::string_view purpose) const;
    void connectControl(const Endpoint& controller);
    /** Asks the next of the controllers that are known by settings. */
    void askAnother();
    void fetchAfterBackoff();
    void fetch();
    void fetched(Result<protocol::FetchResponse> response);
    void fetchSnapshot();
    void snapshotFetched(Result<protocol::FetchSnapshotResponse> response);
    void beginAnew();
    Result<void> replay(BytesView records, std::int64_t highWatermark);

    network::World m_world;
    Options m_options;
    Handlers m_handlers;
    std::size_t m_asked = 0; ///< which of the controllers that are known by settings
    std::unique_ptr<network::RpcClient> m_control;
    std::unique_ptr<network::RpcClient> m_log;
    Uuid m_incarnation = Uuid::random();
    std::int64_t m_brokerEpoch = -1;
    std::int64_t m_nextOffset = 0;
    std::int32_t m_lastEpoch = -1;
    struct Download {
        raft::SnapshotId id;
        std::int64_t position = 0;
    };
    std::optional<Download> m_download; // the snapshot that is being fetched
    bool m_isFenced = true;
    bool m_isRegistering = false;
    bool m_isBeating = false;
    Callback<void()> m_shutdownAllowed;
    bool m_wantsShutdown = false;
    Timer m_beatTimer;
    Timer m_registerTimer;
    Timer m_fetchTimer;
    Timer m_shutdownTimer;
    std::vector<Waiting> m_waiting;
    Timer m_waitingTimer;
};

} // namespace moldau::broker
