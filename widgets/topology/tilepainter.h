#pragma once

#include "topology/logstrip.h"
#include "topology/picturebrush.h"
#include "topology/topologylayout.h"

namespace moldau::widgets {

/** What a tile shows beyond the model: given by the view for each painting. */
struct TileLook {
    double leaderFill = 0; ///< 0 outlined … 1 filled; between while an election is shown
    qint64 inFlight = 0; ///< records whose dots haven't landed
    StripWindow window;
    bool isSelected = false;
};

/** Paints replicas: a tile in its topic's colour with the strip of its log. */
class TilePainter : private PictureBrush {
public:
    TilePainter(QPainter& painter, const Theme& theme, const TopicTone& topicTone)
        : PictureBrush(painter, theme)
        , m_topicTone(topicTone)
    {
    }

    void tile(const TileBox& box, TileDensity density, const ShownPartition& partition,
        const ShownReplica& replica, const TileLook& look);

private:
    void ground(const QRectF& rect, double radius, const ShownReplica& replica, const QColor& topic,
        double fill);
    void offlineGround(const QRectF& rect, double radius);
    void outOfSyncGround(const QRectF& rect, double radius);
    void words(const TileBox& box, const QRectF& inner, bool isFull, const ShownReplica& replica,
        const QColor& topic, bool isFilled);
    void strip(const QRectF& rect, const ShownReplica& replica, const ShownPartition& partition,
        const TileLook& look, const QColor& full, const QColor& pale, const QColor& empty,
        const QColor& mark, bool hasTriangles);

    const TopicTone& m_topicTone;
};

} // namespace moldau::widgets
