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
        parts.brokerAdmin = connection.get();
        parts.capabilities.canChange = !isReadOnly;
        parts.capabilities.canControlNodes = embedded != nullptr;
        parts.capabilities.seesEverything = embedded != nullptr;
        parts.control = embedded.get();
        parts.events = embedded ? static_cast<client::EventSource*>(&embedded->events())
                                : &connection->events();
        session = std::make_unique<widgets::Session>(std::move(parts));
        return {};
    }
};

struct EngineHost::Ending {
    std::unique_ptr<EngineSession> session;
    std::function<void()> done;
    std::future<void> stopped;
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
    for (auto& ending : m_ending)
        ending->stopped.wait();
}

QList<widgets::Session*> EngineHost::sessions() const
{
    QList<widgets::Session*> all;
    for (const auto& open : m_open)
        all.append(open->session.get());
    return all;
}

std::vector<std::unique_ptr<EngineSession>>::iterator EngineHost::find(
    const widgets::Session* session)
{
    return std::find_if(m_open.begin(), m_open.end(),
        [&](const auto& open) { return open->session.get() == session; });
}

void EngineHost::openLocal()
{
    const QString name = tr("Local");
    cluster::LocalOptions options;
    options.firstPort = m_options.firstPort;
    options.controllers = m_options.controllers;
    if (!m_options.dataDirectory.isEmpty())
        options.directory = m_options.dataDirectory.toStdString();
    if (const auto running = cluster::Projects::find(options.name);
        running && cluster::Projects::isRunning(*running) && m_options.dataDirectory.isEmpty()) {
        emit failed(name,
            tr("moldauctl runs the local cluster already (process %1). Stop it with “moldauctl "
               "down”, or connect to its addresses.")
                .arg(running->pid));
        return;
    }
    auto plan = cluster::planLocal(options);
    if (!plan) {
        emit failed(name, textOf(plan.error()));
        return;
    }
    if (isTaken(plan->directory, name, [this] { openLocal(); }))
        return;
    auto made = std::make_unique<EngineSession>();
    made->name = name;
    made->kind = widgets::SessionKind::Local;
    made->embedded = std::make_unique<cluster::EmbeddedCluster>(
        std::move(*plan), cluster::stateDirectory() + "/local");
    startEmbedded(std::move(made));
}

void EngineHost::openComposeFile(const QString& path)
{
    auto plan = cluster::planCompose(path.toStdString());
    if (!plan) {
        emit failed(QFileInfo(path).fileName(), textOf(plan.error()));
        return;
    }
    const QString name = QString::fromStdString(plan->name);
    if (isTaken(plan->directory, name, [this, path] { openComposeFile(path); }))
        return;
    auto made = std::make_unique<EngineSession>();
    made->name = name;
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
                    const std::map<std::string, std::string> names
                        = session->embedded->plan().hostAddresses;
                    options.resolver = [names](const Endpoint& endpoint) {
                        const auto known = names.find(endpoint.host);
                        return known == names.end() ? endpoint
                                                    : Endpoint{known->second, endpoint.port};
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
    end(session, [] {});
}

void EngineHost::end(widgets::Session* session, std::function<void()> done)
{
    const auto at = find(session);
    if (at == m_open.end())
        return;
    emit aboutToClose(session);
    std::unique_ptr<EngineSession> going = std::move(*at);
    m_open.erase(at);
    going->session.reset();
    going->connection.reset();
    if (!going->embedded)
        return done();
    auto stopped = std::make_shared<std::promise<void>>();
    cluster::EmbeddedCluster& embedded = *going->embedded;
    auto& ending = m_ending.emplace_back(std::make_unique<Ending>());
    *ending = Ending{std::move(going), std::move(done), stopped->get_future()};
    embedded.stopAll([this, raw = ending.get(), stopped](Result<void>) {
        // On a node's thread, which the cluster's end waits for: let go of it on ours. The host
        // waits for the promise before it goes.
        QMetaObject::invokeMethod(
            this, [this, raw] { ended(raw); }, Qt::QueuedConnection);
        stopped->set_value();
    });
}

void EngineHost::ended(Ending* ending)
{
    const auto at = std::find_if(m_ending.begin(), m_ending.end(),
        [ending](const auto& known) { return known.get() == ending; });
    if (at == m_ending.end())
        return;
    const std::unique_ptr<Ending> gone = std::move(*at);
    m_ending.erase(at);
    const std::string directory = gone->session->embedded->plan().directory;
    gone->session.reset();
    gone->done();
    if (const auto waiting = m_waiting.extract(directory))
        waiting.mapped()();
}

bool EngineHost::isTaken(
    const std::string& directory, const QString& name, std::function<void()> again)
{
    const auto hasIt = [&directory](const auto& session) {
        return session->embedded && session->embedded->plan().directory == directory;
    };
    if (std::any_of(m_starting.begin(), m_starting.end(), hasIt))
        return true;
    if (const auto open = std::find_if(m_open.begin(), m_open.end(), hasIt); open != m_open.end()) {
        emit SessionHost::opened((*open)->session.get());
        return true;
    }
    const bool isGoing = std::any_of(m_ending.begin(), m_ending.end(),
        [&hasIt](const auto& ending) { return hasIt(ending->session); });
    if (isGoing) {
        m_waiting[directory] = std::move(again);
        emit opening(name);
    }
    return isGoing;
}

void EngineHost::resetLocal()
{
    const auto at = std::find_if(m_open.begin(), m_open.end(),
        [](const auto& open) { return open->kind == widgets::SessionKind::Local; });
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
