#pragma once

#include "base/eventloop.h"
#include "base/ids.h"
#include "base/log.h"
#include "base/transport.h"
#include "events/eventsink.h"
#include "faults/nodefaults.h"
#include "network/exchange.h"

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace moldau::network {

/** Limits of a server; defaults are Kafka's. */
struct ServerOptions {
    std::size_t maxRequestBytes = 104'857'600; ///< socket.request.max.bytes
    std::size_t maxConnections = 100'000;
    std::size_t maxInFlight = 64; ///< unanswered requests of one connection before we stop reading
    std::size_t maxUnsentBytes = 16
        << 20; ///< answers a slow client has not taken before we stop reading
    Duration maxIdle = std::chrono::minutes(10); ///< connections.max.idle.ms
    faults::NodeFaults* faults = nullptr; ///< rules for requests, which outlive the server
};

/** Gets whole requests; implemented by the node. */
class RequestHandler {
public:
    virtual ~RequestHandler() = default;
    virtual void handle(Exchange exchange) = 0;
    /** A fault rule answers the request with an error in the node's stead. */
    virtual void refusedByRule(const Exchange&, ErrorCode) { }
    virtual void connectionClosed(const ConnectionInfo&) { }
    /** The name of a topic, for rules that name one; empty where the id is not known. */
    virtual std::string topicNameOf(const Uuid&) const { return {}; }
};

/**
 * Accepts connections for one node and turns bytes into exchanges. Owned by the node, lives on its
 * loop. Bad sizes, unparsable headers and clients that don't read close their own connection only.
 */
class Server {
public:
    Server(EventLoop& loop, Transport& transport, EventSink& events, Log& log, BrokerId node,
        RequestHandler& handler, ServerOptions options = {});
    ~Server();

    /** Listens at a numeric address; the real endpoint (port 0 takes a free one), or why not. */
    Result<Endpoint> listen(const std::string& listenerName, const Endpoint& endpoint);
    /** Takes no new connections; those that exist go on. */
    void stopListening();
    /** Cuts every connection at once. */
    void closeAll();

    std::size_t connectionCount() const { return m_connections.size(); }

private:
    friend class ServerConnection;

    void accept(const std::string& listenerName, std::unique_ptr<Stream> stream);
    void forget(ServerConnection& connection);
    void closeIdle();

    EventLoop& m_loop;
    Transport& m_transport;
    EventSink& m_events;
    Log& m_log;
    BrokerId m_node;
    RequestHandler& m_handler;
    ServerOptions m_options;
    std::vector<std::unique_ptr<Listener>> m_listeners;
    std::unordered_map<std::uint64_t, std::shared_ptr<ServerConnection>> m_connections;
    Timer m_idleTimer;
};

} // namespace moldau::network
