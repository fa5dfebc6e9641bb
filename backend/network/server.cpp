#include "network/server.h"

#include "network/connectionevents.h"
#include "network/serverconnection.h"

#include <atomic>

namespace moldau::network {

namespace {

std::uint64_t nextConnectionId()
{
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

constexpr Duration kIdleCheck = std::chrono::seconds(30);

} // namespace

Server::Server(EventLoop& loop, Transport& transport, EventSink& events, Log& log, BrokerId node,
    RequestHandler& handler, ServerOptions options)
    : m_loop(loop)
    , m_transport(transport)
    , m_events(events)
    , m_log(log)
    , m_node(node)
    , m_handler(handler)
    , m_options(options)
    , m_idleTimer(loop)
{
    m_idleTimer.start(kIdleCheck, [this] { closeIdle(); });
}

Server::~Server()
{
    stopListening();
    closeAll();
}

Result<Endpoint> Server::listen(const std::string& listenerName, const Endpoint& endpoint)
{
    auto listener
        = m_transport.listen(endpoint, [this, listenerName](std::unique_ptr<Stream> stream) {
              accept(listenerName, std::move(stream));
          });
    if (!listener)
        return tl::unexpected(listener.error());
    const Endpoint local = (*listener)->localEndpoint();
    m_listeners.push_back(std::move(*listener));
    return local;
}

void Server::stopListening()
{
    m_listeners.clear();
}

void Server::closeAll()
{
    const auto connections = std::move(m_connections);
    m_connections.clear();
    for (const auto& [id, connection] : connections)
        connection->close({});
}

void Server::accept(const std::string& listenerName, std::unique_ptr<Stream> stream)
{
    if (m_connections.size() >= m_options.maxConnections) {
        m_log.warn("kafka.network.ConnectionQuotas", "Too many connections ({}): refusing {}",
            m_connections.size(), toString(stream->peerEndpoint()));
        return;
    }
    auto info = std::make_shared<ConnectionInfo>();
    info->id = nextConnectionId();
    info->listener = listenerName;
    info->local = stream->localEndpoint();
    info->peer = stream->peerEndpoint();
    auto connection = std::make_shared<ServerConnection>(*this, std::move(stream), info);
    m_connections.emplace(info->id, connection);
    emitOpened(m_events, m_node, m_loop.wallClockMs(), *info);
    connection->start();
}

void Server::forget(ServerConnection& connection)
{
    m_connections.erase(connection.info().id);
    m_handler.connectionClosed(connection.info());
}

void Server::closeIdle()
{
    std::vector<std::shared_ptr<ServerConnection>> idle;
    for (const auto& [id, connection] : m_connections)
        if (!connection->isBusy() && m_loop.now() - connection->lastActive() > m_options.maxIdle)
            idle.push_back(connection);
    for (const auto& connection : idle)
        connection->close({});
    m_idleTimer.start(kIdleCheck, [this] { closeIdle(); });
}

} // namespace moldau::network
