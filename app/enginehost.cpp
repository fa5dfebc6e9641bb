#include "enginehost.h"

#include "client/rdkafkaconnection.h"
#include "cluster/composeplan.h"
#include "cluster/embeddedcluster.h"
#include "cluster/project/projects.h"
#include "cluster/userdirectories.h"

#include <QFileInfo>
#include <QPointer>

#include <algorithm>
#include <future>

using namespace Qt::Literals::StringLiterals;

namespace moldau {

namespace {

QString textOf(const Error& error)
{
    return QString::fromStdString(error.message);
}

std::string joined(const std::vector<Endpoint>& endpoints)
{
    std::string text;
    for (const Endpoint& endpoint : endpoints)
        text += (text.empty() ? "" : ",") + toString(endpoint);
    return text;
}

} // namespace

/** What one session stands on. The session goes first, then its connection, then the cluster. */
class EngineSession {
public:
    QString name;
    widgets::SessionKind kind = widgets::SessionKind::Local;
    bool isReadOnly = false;
    std::unique_ptr<cluster::EmbeddedCluster> embedded; ///< null for an external cluster
    std::unique_ptr<client::RdKafkaConnection> connection;
    std::unique_ptr<widgets::Session> session;

    /** Connects to the cluster and makes the session. */
    Result<void> connect(client::ConnectionOptions options)
    {
        auto made = client::RdKafkaConnection::open(options);
        if (!made)
            return tl::unexpected(made.error());
        connection = std::move(*made);
        widgets::SessionParts parts;
        parts.name = name;
        parts.kind = kind;
        parts.bootstrap = QString::fromStdString(options.bootstrap);
        parts.connection = connection.get();
        parts.capabilities.canChange = !isReadOnly;
        parts.capabilities.canControlNodes = embedded != nullptr;
        parts.capabilities.seesEverything = embedded != nullptr;
        parts.control = embedded.get();
        parts.events = embedded ? static_cast<client::EventSource*>(&embedded->events()) : &connection->events();
        session = std::make_unique<widgets::Session>(std::move(parts));
        return {};
    }
};

EngineHost::EngineHost(HostOptions options)
    : m_options(std::move(options))
{
}

EngineHost::~EngineHost()
{
    // The program ends: nodes stop in good order, so that the next start is a clean one.
    for (auto& open : m_open) {
        open->session.reset();
        open->connection.reset();
        if (!open->embedded)
            continue;
        std::promise<void> stopped;
        open->embedded->stopAll([&](Result<void>) { stopped.set_value(); });
        stopped.get_future().wait();
    }
}

QList<widgets::Session*> EngineHost::sessions() const
{
    QList<widgets::Session*> all;
    for (const auto& open : m_open)
        all.append(open->session.get());
    return all;
}

std::vector<std::unique_ptr<EngineSession>>::iterator EngineHost::find(const widgets::Session* session)
{
    return std::find_if(m_open.begin(), m_open.end(), [&](const auto& open) { return open->session.get() == session; });
}

void EngineHost::openLocal()
{
    const QString name = tr("Local");
    cluster::LocalOptions options;
    if (!m_options.dataDirectory.isEmpty())
        options.directory = m_options.dataDirectory.toStdString();
    if (const auto running = cluster::Projects::find(options.name); running && cluster::Projects::isRunning(*running)
        && m_options.dataDirectory.isEmpty()) {
        emit failed(name, tr("moldauctl runs the local cluster already (process %1). Stop it with “moldauctl down”, or connect to its addresses.")
                              .arg(running->pid));
        return;
    }
    auto plan = cluster::planLocal(options);
    if (!plan) {
        emit failed(name, textOf(plan.error()));
        return;
    }
    auto made = std::make_unique<EngineSession>();
    made->name = name;
    made->kind = widgets::SessionKind::Local;
    made->embedded = std::make_unique<cluster::EmbeddedCluster>(
        std::move(*plan), cluster::stateDirectory() + "/local");
    startEmbedded(std::move(made));
}

void EngineHost::openComposeFile(const QString& path)
{
    auto plan = cluster::planCompose(path.toStdString(), {});
    if (!plan) {
        emit failed(QFileInfo(path).fileName(), textOf(plan.error()));
        return;
    }
    auto made = std::make_unique<EngineSession>();
    made->name = QString::fromStdString(plan->name);
    made->kind = widgets::SessionKind::Compose;
    const std::string logs = cluster::stateDirectory() + "/" + plan->name;
    made->embedded = std::make_unique<cluster::EmbeddedCluster>(std::move(*plan), logs);
    startEmbedded(std::move(made));
}

void EngineHost::startEmbedded(std::unique_ptr<EngineSession> starting)
{
    EngineSession* const raw = starting.get();
    m_starting.push_back(std::move(starting));
    emit opening(raw->name);
    const QPointer<EngineHost> self(this);
    // Comes back on a node's thread.
    raw->embedded->startAll([self, raw](Result<void> started) {
        QMetaObject::invokeMethod(
            self,
            [self, raw, started] {
                const auto at = std::find_if(self->m_starting.begin(), self->m_starting.end(),
                    [&](const auto& entry) { return entry.get() == raw; });
                if (at == self->m_starting.end())
                    return;
                std::unique_ptr<EngineSession> session = std::move(*at);
                self->m_starting.erase(at);
                Result<void> outcome = started;
                if (outcome) {
                    client::ConnectionOptions options;
                    options.bootstrap = joined(session->embedded->bootstrap());
                    const std::map<std::string, std::string> names = session->embedded->plan().hostAddresses;
                    options.resolver = [names](const Endpoint& endpoint) {
                        const auto known = names.find(endpoint.host);
                        return known == names.end() ? endpoint : Endpoint{known->second, endpoint.port};
                    };
                    outcome = session->connect(std::move(options));
                }
                if (!outcome) {
                    emit self->failed(session->name, textOf(outcome.error()));
                    return;
                }
                self->opened(std::move(session));
            },
            Qt::QueuedConnection);
    });
}

void EngineHost::openExternal(const widgets::ExternalOptions& options)
{
    auto made = std::make_unique<EngineSession>();
    made->name = options.name.isEmpty() ? options.bootstrap : options.name;
    made->kind = widgets::SessionKind::External;
    made->isReadOnly = options.isReadOnly;
    client::ConnectionOptions connection;
    connection.bootstrap = options.bootstrap.toStdString();
    connection.properties = options.properties.toStdString();
    emit opening(made->name);
    if (const auto connected = made->connect(std::move(connection)); !connected) {
        emit failed(made->name, textOf(connected.error()));
        return;
    }
    opened(std::move(made));
}

void EngineHost::opened(std::unique_ptr<EngineSession> session)
{
    widgets::Session* const raw = session->session.get();
    m_open.push_back(std::move(session));
    emit SessionHost::opened(raw);
}

void EngineHost::close(widgets::Session* session)
{
    end(session, [] { });
}

void EngineHost::end(widgets::Session* session, std::function<void()> done)
{
    const auto at = find(session);
    if (at == m_open.end())
        return;
    emit aboutToClose(session);
    std::shared_ptr<EngineSession> ending = std::move(*at);
    m_open.erase(at);
    ending->session.reset();
    ending->connection.reset();
    if (!ending->embedded)
        return done();
    const QPointer<EngineHost> self(this);
    cluster::EmbeddedCluster& embedded = *ending->embedded;
    embedded.stopAll([self, ending, done = std::move(done)](Result<void>) mutable {
        // On a node's thread, which the cluster's end waits for: let go of it on ours.
        QMetaObject::invokeMethod(
            self, [ending = std::move(ending), done = std::move(done)]() mutable {
                ending.reset();
                done();
            },
            Qt::QueuedConnection);
    });
}

void EngineHost::resetLocal()
{
    const auto at = std::find_if(
        m_open.begin(), m_open.end(), [](const auto& open) { return open->kind == widgets::SessionKind::Local; });
    if (at == m_open.end())
        return openLocal();
    const std::string directory = (*at)->embedded->plan().directory;
    end((*at)->session.get(), [this, directory] {
        if (const auto deleted = cluster::deleteData(directory); !deleted) {
            emit failed(tr("Local"), textOf(deleted.error()));
            return;
        }
        openLocal();
    });
}

std::unique_ptr<widgets::SessionHost> makeSessionHost(const HostOptions& options)
{
    return std::make_unique<EngineHost>(options);
}

} // namespace moldau
