#include "bridge/clusterpulse.h"

#include "bridge/eventpump.h"
#include "bridge/session.h"

#include <QDateTime>

namespace moldau::widgets {

namespace {

constexpr int kTickMs = 250;
constexpr int kSoonMs = 120;
constexpr int kRefreshTicksWithEvents = 20;
constexpr int kRefreshTicksWithout = 8;

std::int64_t nowNs()
{
    return QDateTime::currentMSecsSinceEpoch() * 1'000'000;
}

bool changesMetadata(EventKind kind)
{
    switch (kind) {
    case EventKind::LeaderChanged:
    case EventKind::IsrShrunk:
    case EventKind::IsrExpanded:
    case EventKind::BrokerRegistered:
    case EventKind::BrokerUnfenced:
    case EventKind::BrokerFenced:
    case EventKind::BrokerShuttingDown:
    case EventKind::TopicCreated:
    case EventKind::TopicDeleted:
    case EventKind::ControllerElected:
    case EventKind::NodeStarted:
    case EventKind::NodeStopped:
    case EventKind::NodeKilled:
        return true;
    default:
        return false;
    }
}

} // namespace

ClusterPulse::ClusterPulse(Session& session)
    : QObject(&session)
    , m_session(session)
{
    m_tick.setInterval(kTickMs);
    m_soon.setInterval(kSoonMs);
    m_soon.setSingleShot(true);
    connect(&m_tick, &QTimer::timeout, this, &ClusterPulse::tick);
    connect(&m_soon, &QTimer::timeout, &session, &Session::refresh);
    connect(&session, &Session::described, this, [this] {
        countPartitions();
        countBrokers();
        emit changed();
    });
    connect(&session, &Session::failed, this, &ClusterPulse::changed);
    connect(&session, &Session::nodesChanged, this, [this] {
        countBrokers();
        emit changed();
        m_soon.start();
    });
    if (session.pump())
        connect(
            session.pump(), &EventPump::arrived, this, &ClusterPulse::take, Qt::DirectConnection);
}

void ClusterPulse::setWanted(QObject* view, bool isWanted)
{
    if (isWanted && !m_views.contains(view)) {
        m_views.insert(view);
        connect(view, &QObject::destroyed, this, [this](QObject* gone) { setWanted(gone, false); });
    } else if (!isWanted && m_views.remove(view)) {
        disconnect(view, &QObject::destroyed, this, nullptr);
    }
    const bool isNeeded = !m_views.isEmpty();
    if (m_session.pump())
        m_session.pump()->setWanted(this, isNeeded);
    if (isNeeded && !m_tick.isActive()) {
        m_tick.start();
        m_session.refresh();
    } else if (!isNeeded) {
        m_tick.stop();
    }
}

bool ClusterPulse::hasRates() const
{
    return m_session.pump() != nullptr;
}

quint64 ClusterPulse::dropped() const
{
    return m_session.pump() ? m_session.pump()->dropped() : 0;
}

void ClusterPulse::take(std::span<const Event> events)
{
    for (const Event& event : events) {
        if (event.kind == EventKind::BatchAppended)
            m_inMeter.add(event.timeNs, event.count);
        else if (event.kind == EventKind::BatchDelivered)
            m_outMeter.add(event.timeNs, event.count);
        else if (changesMetadata(event.kind) && !m_soon.isActive())
            m_soon.start();
    }
}

void ClusterPulse::countPartitions()
{
    const Metadata& metadata = *m_session.metadata();
    m_outOfSync = metadata.outOfSync();
    m_offline = metadata.offline();
    m_brokersInMetadata = static_cast<int>(metadata.brokers().size());
}

void ClusterPulse::countBrokers()
{
    client::ClusterControl* control = m_session.control();
    if (!control) {
        m_brokers = m_brokersInMetadata;
        m_brokersUp = static_cast<int>(m_session.description().brokers.size());
        return;
    }
    m_nodes = control->nodes();
    m_faults = control->faults();
    m_brokers = 0;
    m_brokersUp = 0;
    for (const client::NodeStatus& node : m_nodes) {
        if (node.kind != client::NodeKind::Broker)
            continue;
        ++m_brokers;
        m_brokersUp += node.state == client::NodeState::Running ? 1 : 0;
    }
}

void ClusterPulse::tick()
{
    m_in = m_inMeter.perSecond(nowNs());
    m_out = m_outMeter.perSecond(nowNs());
    countBrokers();
    const int limit
        = m_session.capabilities().seesEverything ? kRefreshTicksWithEvents : kRefreshTicksWithout;
    if (++m_ticksSinceRefresh >= limit) {
        m_ticksSinceRefresh = 0;
        m_session.refresh();
    }
    emit changed();
}

} // namespace moldau::widgets
