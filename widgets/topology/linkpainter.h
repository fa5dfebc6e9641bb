#pragma once

#include "topology/flowboard.h"
#include "topology/picturebrush.h"
#include "topology/topologylayout.h"

#include <QPixmap>

namespace moldau::widgets {

/** Paints what runs between nodes: flows with their dots, links that are faulty on purpose. */
class LinkPainter : private PictureBrush {
public:
    LinkPainter(QPainter& painter, const Theme& theme, const TopicTone& topicTone)
        : PictureBrush(painter, theme)
        , m_topicTone(topicTone)
    {
    }

    void faultLine(const FaultBox& box, const faults::FaultRule& rule);
    void faultBadge(const FaultBox& box, const faults::FaultRule& rule, bool isSelected);
    void flow(const Flow& flow, double opacity);
    /** A dot that looks like an earlier one is copied from it: hundreds may be under way. */
    void dot(const Flow& flow, const Dot& dot, double nowMs, bool isStill);

private:
    void dotShape(const QRectF& box, const QColor& color, bool isCopy, const QString& label);
    QPixmap dotPixmap(double diameter, const QColor& color, bool isCopy, const QString& label);

    const TopicTone& m_topicTone;
};

} // namespace moldau::widgets
