#include "bridge/session.h"

#include "bridge/clusterpulse.h"
#include "bridge/eventpump.h"
#include "bridge/reply.h"

#include <utility>

namespace moldau::widgets {

Session::Session(SessionParts parts, QObject* parent)
    : QObject(parent)
    , m_parts(std::move(parts))
{
    if (m_parts.events)
        m_pump = new EventPump(*m_parts.events, this);
    m_pulse = new ClusterPulse(*this);
}

Session::~Session() = default;

QString Session::nameOf(BrokerId broker) const
{
    for (const client::NodeStatus& node : m_pulse->nodes()) {
        if (node.id == broker && node.kind == client::NodeKind::Broker)
            return QString::fromStdString(node.service);
    }
    return QStringLiteral("broker-%1").arg(broker.value());
}

void Session::refresh()
{
    if (m_isRefreshing) {
        m_wantsAnotherRefresh = true;
        return;
    }
    m_isRefreshing = true;
    m_wantsAnotherRefresh = false;
    using client::ClusterDescription;
    connection().describeCluster(
        replyTo<ClusterDescription>(this, [this](Result<ClusterDescription> result) {
            m_isRefreshing = false;
            m_isConnected = result.has_value();
            if (result) {
                m_description = std::move(*result);
                emit described(m_description);
            } else {
                emit failed(QString::fromStdString(result.error().message));
            }
            if (m_wantsAnotherRefresh)
                refresh();
        }));
}

} // namespace moldau::widgets
