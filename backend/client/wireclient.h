#pragma once

#include "client/saslexchange.h"
#include "network/rpcclient.h"

#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace moldau::client {

/**
 * Requests of our own codecs to the brokers of one cluster, for what librdkafka lacks. Keeps one
 * connection per broker, asks each for its versions, finds brokers by metadata and coordinators by
 * group. Belongs to a connection, lives on its loop's thread. Destroying it drops open calls.
 */
class WireClient {
public:
    struct Options {
        std::vector<Endpoint> bootstrap;
        std::string clientId;
        std::optional<SaslSettings> sasl;
        Duration timeout{}; ///< of one call with everything that leads to it
    };
    /** Who is asked. */
    struct Target {
        BrokerId broker = kNoBroker; ///< kNoBroker without a group: whoever is reachable
        std::string group; ///< its coordinator
    };

    /** `transport` outlives the client. */
    WireClient(EventLoop& loop, Transport& transport, Options options);
    ~WireClient();
    WireClient(const WireClient&) = delete;
    WireClient& operator=(const WireClient&) = delete;

    /**
     * Sends what `build(version)` makes, in the highest version that both sides know between
     * `minVersion` and `maxVersion`. LocalUnsupported when there is none. Errors inside the answer
     * are the caller's.
     */
    template <class Response, class Build>
    void call(const Target& target, Build build, Callback<void(Result<Response>)> done,
        std::int16_t maxVersion = std::numeric_limits<std::int16_t>::max(),
        std::int16_t minVersion = 0)
    {
        using Request = std::invoke_result_t<Build&, std::int16_t>;
        withPeer(target,
            [this, build = std::move(build), done = std::move(done), maxVersion, minVersion](
                Result<Peer*> peer) mutable {
                if (!peer)
                    return done(fail(peer.error()));
                const auto version = versionFor(**peer, Request::kApiKey,
                    std::max(minVersion, Request::kMinVersion),
                    std::min(maxVersion, Request::kMaxVersion));
                if (!version)
                    return done(fail(version.error()));
                (*peer)->rpc.template call<Response>(
                    build(*version), *version, m_options.timeout, std::move(done));
            });
    }

    /** The brokers that metadata named last, asked for first when there are none. */
    void brokers(Callback<void(Result<std::map<BrokerId, Endpoint>>)> done);
    /** Addresses from an answer that named brokers. */
    void rememberBrokers(std::map<BrokerId, Endpoint> brokers) { m_brokers = std::move(brokers); }
    /** Who coordinates the group, as last heard. */
    void coordinatorOf(
        const std::string& group, Callback<void(Result<std::pair<BrokerId, Endpoint>>)> done);
    void forgetCoordinator(const std::string& group) { m_coordinators.erase(group); }
    /** Runs `work` after `delay`, unless the client is gone. */
    void later(Duration delay, Callback<void()> work);

    EventLoop& loop() { return m_loop; }
    Duration timeout() const { return m_options.timeout; }

private:
    using Versions = std::map<std::int16_t, network::VersionRange>;
    struct Peer {
        Peer(EventLoop& loop, Transport& transport, const Endpoint& endpoint,
            const std::string& clientId);
        network::RpcClient rpc;
        bool isReady = false;
        bool isGreeting = false;
        Versions versions;
        std::unique_ptr<SaslExchange> sasl; ///< while it greets
        std::vector<Callback<void(Result<Peer*>)>> waiting;
    };
    using WithPeer = Callback<void(Result<Peer*>)>;

    void withPeer(const Target& target, WithPeer done);
    void withAddress(const Endpoint& address, WithPeer done);
    void withAny(WithPeer done);
    void tryNext(std::vector<Endpoint> candidates, std::string reasons, WithPeer done);
    void withBroker(BrokerId broker, WithPeer done);
    void withCoordinator(const std::string& group, WithPeer done, Duration deadline);
    void greet(Peer& peer, std::int16_t version);
    void authenticate(Peer& peer);
    void authenticate(Peer& peer, Bytes message);
    void greeted(Peer& peer, Result<void> result);
    Result<std::int16_t> versionFor(
        const Peer& peer, std::int16_t api, std::int16_t min, std::int16_t max) const;

    EventLoop& m_loop;
    Transport& m_transport;
    Options m_options;
    std::map<Endpoint, std::unique_ptr<Peer>> m_peers;
    std::map<BrokerId, Endpoint> m_brokers;
    std::map<std::string, BrokerId> m_coordinators;
    std::shared_ptr<bool> m_isAlive = std::make_shared<bool>(true);
};

} // namespace moldau::client
