#pragma once

#include "events/event.h"

#include <QHash>
#include <QSet>
#include <QString>

#include <functional>
#include <vector>

namespace moldau::widgets {

/** A program outside the window that is or was just connected. */
struct ShownClient {
    QString id;
    QString library;
    QString group;
    bool isProducer = false;
    bool isConsumer = false;
    bool hasLeft = false; ///< its last connection was closed
    QSet<quint64> connections;
    int errors = 0;
    qint64 firstSeenNs = 0;
    qint64 lastSeenNs = 0;
};

/** The programs that the picture shows, as events tell of them. A value, bounded. */
class ShownClients {
public:
    static constexpr int kMax = 48;

    /** Text of an event's name ids. */
    using Names = std::function<QString(NameId)>;

    /** Client ids that begin so are the window's own panes and are left out. */
    void setOwnPrefix(const QString& prefix) { m_ownPrefix = prefix; }
    bool isOwn(const QString& id) const
    {
        return !m_ownPrefix.isEmpty() && id.startsWith(m_ownPrefix);
    }

    /** True where one came, went or is something else now. */
    bool apply(const Event& event, const Names& names);
    /** Forgets those that left a while ago; true where there were any. */
    bool expire(qint64 nowNs);

    const std::vector<ShownClient>& all() const { return m_clients; } ///< by first seen
    const ShownClient* find(const QString& id) const;

private:
    bool identify(const Event& event, const Names& names);
    bool close(const Event& event);
    bool work(const Event& event, const Names& names);
    bool join(const Event& event, const Names& names);
    ShownClient& clientFor(const QString& id, qint64 timeNs, bool& isNew);

    QString m_ownPrefix;
    std::vector<ShownClient> m_clients;
    QHash<quint64, QString> m_connections; ///< whose each is
};

} // namespace moldau::widgets
