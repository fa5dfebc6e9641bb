#pragma once

#include "bridge/reply.h"
#include "bridge/session.h"
#include "topology/eventlistmodel.h"
#include "topology/playback.h"

#include <QBasicTimer>
#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace moldau::widgets {

class TopologyView;

/**
 * Leads what a cluster tells (events, metadata, nodes' states, offsets, sizes) into the recording,
 * the picture and the sentences. Asks for what events don't say once for each topic, and for disk
 * use now and then. Works while the view is visible. Owned by the Live page.
 */
class LiveFeed : public QObject {
    Q_OBJECT
public:
    LiveFeed(Session& session, TopologyView& view, QObject* parent);

    Playback& playback() { return m_playback; }
    EventListModel& events() { return m_events; }
    DensityHistory& history() { return m_history; }

    void setActive(bool isActive);
    /** "broker-3 killed" */
    QString markText(const DensityHistory::Mark& mark) const;

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    void takeEvents(std::span<const Event> events);
    void takeMetadata();
    void takeNodes();
    void showApplied(std::span<const Event> events);
    void askOffsets();
    void askSizes();
    void askQuorum();
    void askGroups();
    QString nameOf(NameId id) const;

    Session& m_session;
    LatestRequest m_quorum;
    TopologyView& m_view;
    mutable QHash<quint32, QString> m_names;
    Playback m_playback;
    EventListModel m_events;
    DensityHistory m_history;
    quint64 m_told = 0; // events up to here are in the sentences
    QSet<QString> m_askedOffsets;
    QTimer m_slow; // sizes, groups, clients that left
    QBasicTimer m_clock;
    QElapsedTimer m_elapsed;
};

} // namespace moldau::widgets
