#include "panes/livefeed.h"

#include "bridge/clusterpulse.h"
#include "bridge/eventpump.h"
#include "bridge/reply.h"
#include "topology/topologyview.h"

#include <QDateTime>
#include <QTimerEvent>

namespace moldau::widgets {

namespace {

constexpr int kClockMs = 16;
constexpr int kSlowMs = 4000;
constexpr int kMaxTopicsAsked = 24; // offsets; the picture shows no more
constexpr int kMaxGroupsAsked = 16;
constexpr qsizetype kMaxNames = 20'000;

qint64 nowNs()
{
    return QDateTime::currentMSecsSinceEpoch() * 1'000'000;
}

} // namespace

LiveFeed::LiveFeed(Session& session, TopologyView& view, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_view(view)
    , m_playback([this](NameId id) { return nameOf(id); })
{
    m_playback.model().setOwnClientPrefix(session.ownClientPrefix());
    m_view.setModel(&m_playback.model());
    if (session.pump())
        connect(
            session.pump(), &EventPump::arrived, this, &LiveFeed::takeEvents, Qt::DirectConnection);
    connect(&session, &Session::described, this, &LiveFeed::takeMetadata);
    connect(&session.pulse(), &ClusterPulse::changed, this, &LiveFeed::takeNodes);
    connect(&m_playback, &Playback::applied, this, &LiveFeed::showApplied, Qt::DirectConnection);
    connect(&m_playback, &Playback::jumped, this, [this] {
        m_view.clearFlows();
        m_view.modelChanged();
    });
    connect(&m_playback, &Playback::modeChanged, this, [this] {
        const Playback::Mode mode = m_playback.mode();
        m_view.setClock(true, 1);
        m_events.setMerging(mode == Playback::Mode::Live
            || (mode == Playback::Mode::Slow && m_playback.speed() > 0.2));
        m_view.modelChanged();
    });
    m_slow.setInterval(kSlowMs);
    connect(&m_slow, &QTimer::timeout, this, [this] {
        askSizes();
        askQuorum();
        if (!m_session.capabilities().seesEverything)
            askOffsets(); // no event says how far the logs reach
        m_playback.model().expire(m_playback.shownNs());
        m_view.modelChanged();
    });
    takeMetadata();
}

void LiveFeed::setActive(bool isActive)
{
    m_session.pulse().setWanted(this, isActive);
    if (isActive) {
        m_elapsed.start();
        m_clock.start(kClockMs, Qt::PreciseTimer, this);
        m_slow.start();
        takeNodes();
        askSizes();
        askQuorum();
        askGroups();
    } else {
        m_clock.stop();
        m_slow.stop();
    }
}

QString LiveFeed::nameOf(NameId id) const
{
    if (id.value() == 0)
        return {};
    const auto known = m_names.constFind(id.value());
    if (known != m_names.cend())
        return *known;
    if (m_names.size() >= kMaxNames)
        m_names.clear();
    const QString text = m_session.pump() ? m_session.pump()->textOf(id) : QString();
    m_names.insert(id.value(), text);
    return text;
}

void LiveFeed::takeEvents(std::span<const Event> events)
{
    for (const Event& event : events) {
        const int tone = event.kind == EventKind::BatchAppended
            ? m_session.colors().numberOf(nameOf(event.topic))
            : -1;
        m_history.take(event, tone);
    }
    m_playback.record(events);
}

void LiveFeed::takeMetadata()
{
    m_playback.setMetadata(m_session.metadata());
    askOffsets();
    m_view.modelChanged();
}

void LiveFeed::takeNodes()
{
    if (m_session.control()) {
        m_playback.setNodes(m_session.pulse().nodes());
        // Faults are healed now, whatever moment is looked at.
        m_playback.model().setFaults(m_session.pulse().faults());
    }
    m_view.modelChanged();
}

void LiveFeed::askQuorum()
{
    if (!m_session.brokerAdmin() || m_quorum.isPending())
        return;
    using Quorum = client::QuorumDescription;
    m_session.brokerAdmin()->describeQuorum(
        m_quorum.reply<Quorum>(this, [this](const Result<Quorum>& quorum) {
            if (!quorum || m_playback.mode() != Playback::Mode::Live)
                return;
            m_playback.model().setQuorum(*quorum);
            m_view.modelChanged();
        }));
}

void LiveFeed::showApplied(std::span<const Event> events)
{
    const TopologyModel::Names names = [this](NameId id) { return nameOf(id); };
    m_view.animate(events, names);
    // After going back, what is played again has been told already.
    const quint64 first = m_playback.cursor() - events.size();
    const std::size_t known = m_told > first
        ? static_cast<std::size_t>(std::min<quint64>(m_told - first, events.size()))
        : 0;
    if (known < events.size()) {
        const QString caption = m_events.take(events.subspan(known), m_playback.model(), names);
        if (!caption.isEmpty())
            m_view.setCaption(caption);
        m_told = m_playback.cursor();
    }
    m_view.modelChanged();
}

void LiveFeed::askOffsets()
{
    int asked = 0;
    for (const client::TopicDescription& topic : m_session.description().topics) {
        if (topic.isInternal)
            continue;
        if (++asked > kMaxTopicsAsked)
            break;
        const QString name = QString::fromStdString(topic.name);
        // Where events come, they keep the offsets up to date after the first answer.
        if (m_askedOffsets.contains(name) && m_session.capabilities().seesEverything)
            continue;
        m_askedOffsets.insert(name);
        using Offsets = std::vector<client::PartitionOffsets>;
        m_session.connection().listOffsets(
            topic.name, replyTo<Offsets>(this, [this, name](Result<Offsets> offsets) {
                if (!offsets)
                    return;
                m_playback.model().setOffsets(name, *offsets);
                m_view.modelChanged();
            }));
    }
}

void LiveFeed::askSizes()
{
    using Sizes = std::vector<client::ReplicaSize>;
    using Sums = QHash<int, qint64>; // by broker
    const auto digest = [](const Sizes& sizes) {
        Sums sums;
        for (const client::ReplicaSize& size : sizes)
            sums[size.broker.value()] += size.bytes;
        return sums;
    };
    m_session.connection().describeLogDirs(
        replyDigested<Sizes>(this, digest, [this](Result<Sums> sums) {
            if (sums) {
                m_playback.model().setSizes(*sums);
                m_view.modelChanged();
            }
        }));
}

void LiveFeed::askGroups()
{
    using Groups = std::vector<client::GroupSummary>;
    m_session.connection().listGroups(replyTo<Groups>(this, [this](Result<Groups> groups) {
        if (!groups)
            return;
        int asked = 0;
        for (const client::GroupSummary& group : *groups) {
            if (++asked > kMaxGroupsAsked)
                break;
            m_session.connection().describeGroup(group.id,
                replyTo<client::GroupDescription>(
                    this, [this](Result<client::GroupDescription> known) {
                        if (known)
                            m_playback.model().setGroupOffsets(
                                QString::fromStdString(known->summary.id), known->offsets);
                    }));
        }
    }));
}

QString LiveFeed::markText(const DensityHistory::Mark& mark) const
{
    const QString broker = m_playback.model().brokerName(mark.broker);
    switch (mark.kind) {
    case EventKind::NodeKilled:
        return tr("%1 killed").arg(broker);
    case EventKind::NodeStopped:
        return tr("%1 stopped").arg(broker);
    case EventKind::NodeStarted:
        return tr("%1 started").arg(broker);
    case EventKind::NodePaused:
        return tr("%1 paused").arg(broker);
    case EventKind::NodeUnpaused:
        return tr("%1 goes on").arg(broker);
    case EventKind::IsrShrunk:
        return tr("%1 out of sync").arg(broker);
    case EventKind::LogDirectoryFailed:
        return tr("disk of %1 failed").arg(broker);
    default:
        return broker;
    }
}

void LiveFeed::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_clock.timerId()) {
        const qint64 elapsed = m_elapsed.nsecsElapsed();
        m_elapsed.restart();
        m_playback.advance(elapsed, nowNs());
    } else {
        QObject::timerEvent(event);
    }
}

} // namespace moldau::widgets
