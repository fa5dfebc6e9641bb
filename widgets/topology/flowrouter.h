#pragma once

#include "topology/topologylayout.h"

#include <QPainterPath>
#include <QPointF>

#include <vector>

namespace moldau::widgets {

/** One end of a flow. */
struct FlowEnd {
    enum class Kind {
        LeftEdge, ///< the producer pane, left of the picture
        RightEdge, ///< the consumer pane, right of it
        Tile,
        Client,
    };
    Kind kind = Kind::LeftEdge;
    double y = 0; ///< for edges
    QString topic; ///< for tiles; or the client's id
    int partition = 0;
    int broker = -1;

    bool operator==(const FlowEnd&) const = default;

    static FlowEnd leftEdge(double y) { return {Kind::LeftEdge, y, {}, 0, -1}; }
    static FlowEnd rightEdge(double y) { return {Kind::RightEdge, y, {}, 0, -1}; }
    static FlowEnd tile(const QString& topic, int partition, int broker)
    {
        return {Kind::Tile, 0, topic, partition, broker};
    }
    static FlowEnd client(const QString& id) { return {Kind::Client, 0, id, 0, -1}; }
};

/**
 * Leads flows through gutters and lanes: a flow meets a tile only at its left or right edge and
 * never runs over a card's text. Pure.
 */
class FlowRouter {
public:
    explicit FlowRouter(const TopologyLayout& layout)
        : m_layout(layout)
    {
    }

    /**
     * The corners from one end to the other; empty where an end isn't shown. `track` keeps flows
     * that share a gutter apart; `edgeShift` those that share a tile's edge.
     */
    std::vector<QPointF> corners(
        const FlowEnd& from, const FlowEnd& to, int track, double edgeShift) const;

    /** The corners as a line with round bends. */
    static QPainterPath rounded(const std::vector<QPointF>& corners, double radius);

private:
    const TopologyLayout& m_layout;
};

} // namespace moldau::widgets
