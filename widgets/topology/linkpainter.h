#pragma once

#include "topology/flowboard.h"
#include "topology/picturebrush.h"
#include "topology/topologylayout.h"

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
    void dot(const Flow& flow, const Dot& dot, double nowMs, bool isStill);

private:
    const TopicTone& m_topicTone;
};

} // namespace moldau::widgets
