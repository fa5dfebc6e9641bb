#pragma once

#include "topology/flowrouter.h"
#include "topology/topologymodel.h"

#include <QPolygonF>

#include <deque>
#include <map>
#include <tuple>
#include <vector>

namespace moldau::widgets {

enum class FlowKind { Produce, Replicate, Deliver };

/** A line between two ends, as long as batches went along it a moment ago. */
struct Flow {
    FlowKind kind = FlowKind::Produce;
    FlowEnd from;
    FlowEnd to;
    QString topic;
    int partition = 0;
    double lastUsedMs = 0;
    QPainterPath path;
    QPolygonF points; ///< the path, flattened
    std::vector<double> lengths; ///< up to each point
    bool isRouted = false;

    QPointF at(double share) const;
};

/** One batch, or a few that left together, on its way along a flow. */
struct Dot {
    std::size_t flow = 0;
    double startMs = 0;
    double durationMs = 0;
    int records = 0;
    qint64 bytes = 0;
    quint32 key = 0;
    bool isFailed = false;
    int retry = 0; ///< how many sends of this client were refused here just before
};

/**
 * Turns events into dots on flows: producer → leader, leader → followers, leader → consumer, each
 * leg not before the one it depends on has landed. Bounded; batches that follow closely become one
 * dot with a number. Works on a clock of its own in milliseconds, so that it can be paused. Pure.
 */
class FlowBoard {
public:
    static constexpr double kTravelMs = 620;
    static constexpr double kFallMs = 700; ///< a failed send after it was refused
    static constexpr double kMergeMs = 110;
    static constexpr double kFadeMs = 2600; ///< how long a line stays after its last dot
    static constexpr std::size_t kMaxDots = 320;
    static constexpr std::size_t kMaxFlows = 96;

    /** Where the panes' flows leave the picture, in its pixels. */
    void setPanePorts(double producerY, double consumerY);
    /** Client ids of the consumer panes; what others of the window read isn't drawn. */
    void setConsumerPaneIds(const QStringList& ids) { m_consumerPaneIds = ids; }

    void take(const Event& event, const TopologyModel& model, const TopologyModel::Names& names);
    /** Removes what has landed and faded. True while anything moves or fades. */
    bool advance(double nowMs);
    double nowMs() const { return m_nowMs; }
    void clear();

    /** Changes whenever flows come, go or take another way. */
    quint64 flowsRevision() const { return m_flowsRevision; }
    /** Gives each flow its way through this layout. */
    void route(const TopologyLayout& layout);

    const std::vector<Flow>& flows() const { return m_flows; }
    const std::vector<Dot>& dots() const { return m_dots; }
    /** Records that are drawn on their way to this replica and so not yet in its strip. */
    qint64 inFlight(const QString& topic, int partition, int broker) const;

private:
    using BatchKey = std::tuple<QString, int, qint64>; // topic, partition, first offset
    struct Landing {
        double leaderMs = 0;
        double copiesMs = 0;
    };

    std::size_t flowFor(
        FlowKind kind, const FlowEnd& from, const FlowEnd& to, const QString& topic, int partition);
    /** The landing time. */
    double launch(std::size_t flow, double startMs, const Event& event, bool isFailed, int retry);
    Landing& landingOf(const QString& topic, int partition, qint64 offset);
    const Landing* knownLanding(const QString& topic, int partition, qint64 offset) const;

    double m_nowMs = 0;
    double m_producerY = 0;
    double m_consumerY = 0;
    QStringList m_consumerPaneIds;
    std::vector<Flow> m_flows;
    quint64 m_flowsRevision = 0;
    std::vector<Dot> m_dots;
    std::map<BatchKey, Landing> m_landings;
    std::deque<BatchKey> m_landingOrder;
    std::map<std::tuple<QString, QString, int>, int>
        m_failures; // in a row, by client, topic, partition
    const TopologyLayout* m_layout = nullptr;
};

} // namespace moldau::widgets
