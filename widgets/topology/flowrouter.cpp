#include "topology/flowrouter.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace moldau::widgets {

namespace {

constexpr int kTracks = 5;

/** A way from an end into a gutter, or (for clients) into the lane below the cards. */
struct Approach {
    std::vector<QPointF> stub; ///< from the end; its last point lies in the gutter or lane
    int gutter = 0;
    bool isLane = false;
};

} // namespace

std::vector<QPointF> FlowRouter::corners(
    const FlowEnd& from, const FlowEnd& to, int track, double edgeShift) const
{
    const int lane = track % kTracks - kTracks / 2; // to both sides of the middle
    const double shift = lane * m_layout.trackStep;
    const int lastGutter = static_cast<int>(m_layout.gutters.size()) - 1;
    const auto gutterX = [&](int gutter) {
        const double x = m_layout.gutters[static_cast<std::size_t>(gutter)];
        // Side gutters are narrow: half the spread.
        return gutter == 0 || gutter == lastGutter ? x + shift * 0.75 : x + shift;
    };

    const auto approaches = [&](const FlowEnd& end) {
        std::vector<Approach> found;
        switch (end.kind) {
        case FlowEnd::Kind::LeftEdge:
            found.push_back({{QPointF(0, end.y), QPointF(gutterX(0), end.y)}, 0, false});
            break;
        case FlowEnd::Kind::RightEdge:
            found.push_back(
                {{QPointF(m_layout.size.width(), end.y), QPointF(gutterX(lastGutter), end.y)},
                    lastGutter, false});
            break;
        case FlowEnd::Kind::Tile: {
            const TileBox* tile = m_layout.tile(end.topic, end.partition, end.broker);
            if (!tile)
                break;
            const CardBox& card = m_layout.cards[static_cast<std::size_t>(tile->card)];
            const double y = tile->rect.center().y() + edgeShift;
            if (m_layout.density == TileDensity::Heat) {
                // Squares lie side by side: flows end at the card's edge, level with the square.
                found.push_back({{QPointF(card.rect.left(), y), QPointF(gutterX(card.column), y)},
                    card.column, false});
                found.push_back(
                    {{QPointF(card.rect.right(), y), QPointF(gutterX(card.column + 1), y)},
                        card.column + 1, false});
            } else {
                found.push_back({{QPointF(tile->rect.left(), y), QPointF(gutterX(card.column), y)},
                    card.column, false});
                found.push_back(
                    {{QPointF(tile->rect.right(), y), QPointF(gutterX(card.column + 1), y)},
                        card.column + 1, false});
            }
            break;
        }
        case FlowEnd::Kind::Client: {
            const ClientBox* client = m_layout.client(end.topic);
            if (!client)
                break;
            const QPointF top(client->rect.center().x() + shift, client->rect.top());
            found.push_back({{top, QPointF(top.x(), m_layout.lanes.back() + shift)}, 0, true});
            break;
        }
        }
        return found;
    };

    std::vector<QPointF> best;
    double bestLength = std::numeric_limits<double>::max();
    const auto consider = [&](std::vector<QPointF> way) {
        double length = 0;
        for (std::size_t i = 1; i < way.size(); ++i)
            length += std::abs(way[i].x() - way[i - 1].x()) + std::abs(way[i].y() - way[i - 1].y());
        if (length < bestLength - 0.5) {
            bestLength = length;
            best = std::move(way);
        }
    };

    const std::vector<Approach> starts = approaches(from);
    const std::vector<Approach> ends = approaches(to);
    for (const Approach& start : starts) {
        for (const Approach& end : ends) {
            const QPointF a = start.stub.back();
            const QPointF b = end.stub.back();
            const auto join = [&](std::initializer_list<QPointF> between) {
                std::vector<QPointF> way = start.stub;
                way.insert(way.end(), between.begin(), between.end());
                way.insert(way.end(), end.stub.rbegin(), end.stub.rend());
                consider(std::move(way));
            };
            if (start.isLane && end.isLane) {
                join({});
            } else if (start.isLane) {
                join({QPointF(b.x(), a.y())});
            } else if (end.isLane) {
                join({QPointF(a.x(), b.y())});
            } else if (start.gutter == end.gutter) {
                join({});
            } else {
                for (const double lane : m_layout.lanes)
                    join({QPointF(a.x(), lane + shift), QPointF(b.x(), lane + shift)});
            }
        }
    }
    return best;
}

QPainterPath FlowRouter::rounded(const std::vector<QPointF>& corners, double radius)
{
    QPainterPath path;
    // Points on top of each other or on a straight line make no bend.
    std::vector<QPointF> points;
    for (const QPointF& point : corners) {
        if (!points.empty() && QLineF(points.back(), point).length() < 0.5)
            continue;
        points.push_back(point);
    }
    if (points.size() < 2)
        return path;
    path.moveTo(points.front());
    for (std::size_t i = 1; i + 1 < points.size(); ++i) {
        const QLineF in(points[i], points[i - 1]);
        const QLineF out(points[i], points[i + 1]);
        const double bend = std::min({radius, in.length() / 2, out.length() / 2});
        path.lineTo(in.pointAt(bend / in.length()));
        path.quadTo(points[i], out.pointAt(bend / out.length()));
    }
    path.lineTo(points.back());
    return path;
}

} // namespace moldau::widgets
