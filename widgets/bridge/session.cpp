#include "bridge/session.h"

#include "bridge/clusterpulse.h"
#include "bridge/eventpump.h"
#include "bridge/reply.h"

#include <algorithm>
#include <utility>

namespace moldau::widgets {

namespace {

template <class T, class Same>
bool areSame(const std::vector<T>& a, const std::vector<T>& b, Same same)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

bool isSame(const client::ClusterDescription& a, const client::ClusterDescription& b)
{
    using client::BrokerDescription;
    using client::PartitionDescription;
    using client::TopicDescription;
    const auto isSameBroker = [](const BrokerDescription& x, const BrokerDescription& y) {
        return x.id == y.id && x.address == y.address && x.rack == y.rack;
    };
    const auto isSamePartition = [](const PartitionDescription& x, const PartitionDescription& y) {
        return x.index == y.index && x.leader == y.leader && x.leaderEpoch == y.leaderEpoch
            && x.replicas == y.replicas && x.inSync == y.inSync && x.offline == y.offline;
    };
    const auto isSameTopic = [&](const TopicDescription& x, const TopicDescription& y) {
        return x.name == y.name && x.id == y.id && x.isInternal == y.isInternal
            && areSame(x.partitions, y.partitions, isSamePartition);
    };
    return a.clusterId == b.clusterId && a.controller == b.controller
        && areSame(a.brokers, b.brokers, isSameBroker) && areSame(a.topics, b.topics, isSameTopic);
}

} // namespace

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
            const bool wasConnected = std::exchange(m_isConnected, result.has_value());
            if (result) {
                // Metadata are read again and again; whoever shows them hears of changes only.
                if (!wasConnected || !isSame(m_description, *result)) {
                    m_description = std::move(*result);
                    emit described(m_description);
                }
            } else {
                emit failed(QString::fromStdString(result.error().message));
            }
            if (m_wantsAnotherRefresh)
                refresh();
        }));
}

} // namespace moldau::widgets
