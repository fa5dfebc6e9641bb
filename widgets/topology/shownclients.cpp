#include "topology/shownclients.h"

#include <algorithm>

namespace moldau::widgets {

namespace {

constexpr qint64 kAfterlifeNs = 8'000'000'000;
constexpr int kMaxConnections = 4096;

} // namespace

bool ShownClients::apply(const Event& event, const Names& names)
{
    switch (event.kind) {
    case EventKind::ConnectionIdentified:
        return identify(event, names);
    case EventKind::ConnectionClosed:
        return close(event);
    case EventKind::BatchAppended:
    case EventKind::BatchDelivered:
    case EventKind::ProduceRejected:
        return work(event, names);
    case EventKind::MemberJoined:
        return join(event, names);
    default:
        return false;
    }
}

bool ShownClients::identify(const Event& event, const Names& names)
{
    if (event.peer != kNoBroker) // another broker
        return false;
    const QString id = names(event.name);
    if (id.isEmpty() || isOwn(id) || m_connections.size() >= kMaxConnections)
        return false;
    bool isNew = false;
    ShownClient& client = clientFor(id, event.timeNs, isNew);
    const QString library = names(event.detail);
    if (client.library != library && !library.isEmpty())
        client.library = library;
    client.connections.insert(event.connection);
    client.hasLeft = false;
    m_connections.insert(event.connection, id);
    return true;
}

bool ShownClients::close(const Event& event)
{
    const QString id = m_connections.take(event.connection);
    if (id.isEmpty())
        return false;
    bool isNew = false;
    ShownClient& client = clientFor(id, event.timeNs, isNew);
    client.connections.remove(event.connection);
    client.hasLeft = client.connections.isEmpty();
    client.lastSeenNs = event.timeNs;
    if (event.error != 0)
        ++client.errors;
    return true;
}

bool ShownClients::work(const Event& event, const Names& names)
{
    const QString id = names(event.name);
    if (id.isEmpty() || isOwn(id))
        return false;
    bool isChanged = false;
    ShownClient& client = clientFor(id, event.timeNs, isChanged);
    client.lastSeenNs = event.timeNs;
    bool& role = event.kind == EventKind::BatchDelivered ? client.isConsumer : client.isProducer;
    isChanged |= !role;
    role = true;
    if (event.kind == EventKind::ProduceRejected) {
        ++client.errors;
        isChanged = true;
    }
    return isChanged;
}

bool ShownClients::join(const Event& event, const Names& names)
{
    // Member ids are made of the client's id, a dash and a uuid.
    const QString member = names(event.detail);
    bool isChanged = false;
    for (ShownClient& client : m_clients) {
        if (member.startsWith(client.id + u'-')) {
            client.group = names(event.name);
            client.isConsumer = true;
            isChanged = true;
        }
    }
    return isChanged;
}

bool ShownClients::expire(qint64 nowNs)
{
    return std::erase_if(m_clients, [nowNs](const ShownClient& client) {
        return client.connections.isEmpty() && nowNs - client.lastSeenNs > kAfterlifeNs;
    }) > 0;
}

const ShownClient* ShownClients::find(const QString& id) const
{
    const auto it = std::find_if(
        m_clients.begin(), m_clients.end(), [&id](const ShownClient& c) { return c.id == id; });
    return it == m_clients.end() ? nullptr : &*it;
}

ShownClient& ShownClients::clientFor(const QString& id, qint64 timeNs, bool& isNew)
{
    const auto it = std::find_if(
        m_clients.begin(), m_clients.end(), [&id](const ShownClient& c) { return c.id == id; });
    if (it != m_clients.end())
        return *it;
    if (m_clients.size() >= kMax) {
        const auto oldest = std::min_element(m_clients.begin(), m_clients.end(),
            [](const ShownClient& a, const ShownClient& b) { return a.lastSeenNs < b.lastSeenNs; });
        m_clients.erase(oldest);
    }
    ShownClient client;
    client.id = id;
    client.firstSeenNs = timeNs;
    client.lastSeenNs = timeNs;
    m_clients.push_back(std::move(client));
    isNew = true;
    return m_clients.back();
}

} // namespace moldau::widgets
