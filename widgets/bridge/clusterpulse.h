#pragma once

#include "bridge/ratemeter.h"
#include "client/clustercontrol.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <span>

namespace moldau {
struct Event;
}

namespace moldau::widgets {

class Session;

/**
 * What is true of a cluster right now, in a few numbers for pills and the status line, and the
 * one place that decides when its metadata are read again: at once after an event that changes
 * them, else every few seconds. Owned by its session.
 */
class ClusterPulse : public QObject {
    Q_OBJECT
public:
    explicit ClusterPulse(Session& session);

    /** Works only while a view wants it. */
    void setWanted(QObject* view, bool isWanted);

    int brokers() const { return m_brokers; }
    int brokersUp() const { return m_brokersUp; }
    int outOfSync() const
    {
        return m_outOfSync;
    } ///< partitions whose in-sync replicas are fewer than their replicas
    int offline() const { return m_offline; } ///< partitions without a leader
    double recordsIn() const { return m_in; } ///< per second
    double recordsOut() const { return m_out; } ///< per second, to consumers
    bool hasRates() const; ///< false where the cluster gives no events
    quint64 dropped() const;
    const std::vector<client::NodeStatus>& nodes() const { return m_nodes; }
    /** Faults on purpose that are in force. */
    const std::vector<faults::FaultStatus>& faults() const { return m_faults; }

signals:
    /** At most four times a second. */
    void changed();

private:
    void take(std::span<const Event> events);
    void countPartitions();
    void countBrokers();
    void tick();

    Session& m_session;
    QTimer m_tick; // rates and node states
    QTimer m_soon; // metadata after an event
    QSet<QObject*> m_views;
    int m_ticksSinceRefresh = 0;
    RateMeter m_inMeter;
    RateMeter m_outMeter;
    std::vector<client::NodeStatus> m_nodes;
    std::vector<faults::FaultStatus> m_faults;
    int m_brokersInMetadata = 0;
    int m_brokers = 0;
    int m_brokersUp = 0;
    int m_outOfSync = 0;
    int m_offline = 0;
    double m_in = 0;
    double m_out = 0;
};

} // namespace moldau::widgets
