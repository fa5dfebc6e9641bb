#pragma once

#include "bridge/metadata.h"
#include "client/brokeradmin.h"
#include "client/clusterconnection.h"
#include "client/clustercontrol.h"
#include "client/eventsource.h"
#include "common/topiccolors.h"

#include <QObject>
#include <QString>
#include <QStringList>

namespace moldau::widgets {

class ClusterPulse;
class EventPump;

enum class SessionKind {
    Local, ///< the embedded cluster
    Compose, ///< embedded, from a compose file
    External, ///< somewhere else, reached by its bootstrap addresses
};

/** What can be done here; a control that can't is disabled and says why (`whyNot`). */
struct SessionCapabilities {
    bool canChange = true; ///< false: read only, by the user's wish
    bool canControlNodes = false;
    bool seesEverything = false; ///< replication and other programs' requests are visible
};

/** What a session is made of. The pointers are of one cluster and outlive the session. */
struct SessionParts {
    QString name; ///< "Local", the compose project, or what the user called it
    SessionKind kind = SessionKind::Local;
    QString bootstrap; ///< to show and to copy: "127.0.0.1:19092,…"
    SessionCapabilities capabilities;
    client::ClusterConnection* connection = nullptr; ///< never null
    client::BrokerAdmin* brokerAdmin = nullptr; ///< null where nobody can be asked
    client::EventSource* events = nullptr;
    client::ClusterControl* control = nullptr; ///< null where nodes can't be started or stopped
    /** Client ids that begin with this are the window's own. */
    QString ownClientPrefix = QStringLiteral("moldau");
};

/**
 * One open cluster as the window sees it. Made by a SessionHost, which owns it and destroys it
 * after aboutToClose(). GUI thread; the parts take calls from any.
 */
class Session : public QObject {
    Q_OBJECT
public:
    explicit Session(SessionParts parts, QObject* parent = nullptr);
    ~Session() override;

    const QString& name() const { return m_parts.name; }
    SessionKind kind() const { return m_parts.kind; }
    const QString& bootstrap() const { return m_parts.bootstrap; }
    /** One of the bootstrap addresses, as much as a command line needs. */
    QString firstAddress() const { return bootstrap().section(u',', 0, 0); }
    const SessionCapabilities& capabilities() const { return m_parts.capabilities; }
    const QString& ownClientPrefix() const { return m_parts.ownClientPrefix; }

    client::ClusterConnection& connection() const { return *m_parts.connection; }
    client::BrokerAdmin* brokerAdmin() const { return m_parts.brokerAdmin; }
    client::EventSource* events() const { return m_parts.events; }
    client::ClusterControl* control() const { return m_parts.control; }

    /** Events on the GUI thread; null where the cluster gives none. */
    EventPump* pump() const { return m_pump; }
    /** A few numbers about the cluster, kept up to date while a view wants them. */
    ClusterPulse& pulse() const { return *m_pulse; }
    TopicColors& colors() { return m_colors; }
    /** "broker-2" by the control's names, else "broker-" and the id. */
    QString nameOf(BrokerId broker) const;

    /** The metadata as last read; refresh() reads again. Errors keep the old ones. */
    const client::ClusterDescription& description() const { return m_metadata->description(); }
    /** The same with what views need of it; never null. */
    const MetadataPtr& metadata() const { return m_metadata; }
    bool isConnected() const { return m_isConnected; }
    /** Asks for metadata, at most once at a time; described() follows where they say something
     * new, failed() where nobody answers. */
    void refresh();

signals:
    /** The metadata say something else than before, or the first thing after a failure. */
    void described(const moldau::client::ClusterDescription& description);
    void failed(const QString& reason);
    /** The nodes' states may have changed: somebody called the control. */
    void nodesChanged();

private:
    void takeMetadata(Result<MetadataPtr> result);

    SessionParts m_parts;
    EventPump* m_pump = nullptr;
    ClusterPulse* m_pulse;
    TopicColors m_colors;
    MetadataPtr m_metadata = std::make_shared<Metadata>();
    MetadataPtr m_retired; // to be freed on another thread
    bool m_isConnected = false;
    bool m_isRefreshing = false;
    bool m_wantsAnotherRefresh = false;
};

/** How to reach a cluster elsewhere. */
struct ExternalOptions {
    QString name;
    QString bootstrap; ///< host:port,host:port…
    QString properties; ///< a pasted client.properties, may be empty
    bool isReadOnly = false;
};

/**
 * Opens and closes clusters and owns their sessions; implemented in app/, which alone knows the
 * engine. GUI thread; opening goes on in the background and ends in opened() or failed().
 */
class SessionHost : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual QList<Session*> sessions() const = 0;
    virtual void openLocal() = 0;
    virtual void openExternal(const ExternalOptions& options) = 0;
    virtual void openComposeFile(const QString& path) = 0;
    /** Stops a local cluster's nodes; an external one is only left. */
    virtual void close(Session* session) = 0;
    /** Stops the local cluster, deletes its data and starts it anew. */
    virtual void resetLocal() = 0;

signals:
    void opening(const QString& name);
    void opened(moldau::widgets::Session* session);
    void aboutToClose(moldau::widgets::Session* session);
    void failed(const QString& name, const QString& reason);
};

} // namespace moldau::widgets
