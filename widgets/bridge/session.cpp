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
    // A large cluster's metadata take longer to compare, and to free, than a frame lasts: that is
    // done where the answer comes. Metadata are read again and again; whoever shows them hears of
    // changes only.
    const auto digest = [before = m_metadata, retired = std::exchange(m_retired, nullptr)](
                            client::ClusterDescription description) mutable {
        retired.reset();
        auto read = std::make_shared<const Metadata>(std::move(description), before.get());
        return read->isSame(*before) ? std::exchange(before, nullptr)
                                     : MetadataPtr(std::move(read));
    };
    connection().describeCluster(replyDigested<client::ClusterDescription>(
        this, digest, [this](Result<MetadataPtr> result) { takeMetadata(std::move(result)); }));
}

void Session::takeMetadata(Result<MetadataPtr> result)
{
    m_isRefreshing = false;
    const bool wasConnected = std::exchange(m_isConnected, result.has_value());
    if (!result) {
        emit failed(QString::fromStdString(result.error().message));
    } else if (!wasConnected || *result != m_metadata) {
        m_retired = std::exchange(m_metadata, std::move(*result));
        // By name, so that a restart gives each topic the same colour on every page.
        m_colors.number(m_metadata->userTopics());
        emit described(description());
    }
    if (m_wantsAnotherRefresh)
        refresh();
}

} // namespace moldau::widgets
