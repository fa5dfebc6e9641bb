#include "topology/linkpainter.h"

#include "common/format.h"
#include "common/painting.h"
#include "topology/faulttext.h"

#include <algorithm>
#include <cmath>

namespace moldau::widgets {

void LinkPainter::faultLine(const FaultBox& box, const faults::FaultRule& rule)
{
    if (box.line.isEmpty())
        return;
    const bool isSlow = rule.action == faults::FaultAction::Delay;
    const QColor color = tone(isSlow ? Tone::Warning : Tone::Bad);
    m_painter.save();
    QPen pen(color, px(1.6));
    pen.setJoinStyle(Qt::RoundJoin);
    // A slow link is one after all; the others let little or nothing through.
    if (!isSlow)
        pen.setDashPattern({4, 3});
    m_painter.setPen(pen);
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawPolyline(box.line);
    for (const QPointF& end : {box.line.first(), box.line.last()})
        drawDot(m_painter, end, px(5), color);
    m_painter.restore();
}

void LinkPainter::faultBadge(const FaultBox& box, const faults::FaultRule& rule, bool isSelected)
{
    const QColor color
        = tone(rule.action == faults::FaultAction::Delay ? Tone::Warning : Tone::Bad);
    const double radius = box.badge.height() / 2;
    drawBox(m_painter, box.badge, radius, tone(Tone::Surface), color, px(1.3));
    if (isSelected)
        drawFocusRing(m_painter, box.badge.adjusted(-3, -3, 3, 3), radius + 3);
    text(
        box.badge, Qt::AlignCenter, FaultText::badge(rule), TextRole::Tiny, color, QFont::DemiBold);
}

void LinkPainter::flow(const Flow& flow, double opacity)
{
    if (flow.path.isEmpty())
        return;
    const QColor topic = m_topicTone(flow.topic);
    QPen pen(withAlpha(topic, 0.75 * opacity), px(1.6));
    pen.setCapStyle(Qt::RoundCap);
    if (flow.kind == FlowKind::Replicate)
        pen.setDashPattern({0.1, 2.6});
    m_painter.setPen(pen);
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawPath(flow.path);
}

void LinkPainter::dot(const Flow& flow, const Dot& dot, double nowMs, bool isStill)
{
    const double progress = (nowMs - dot.startMs) / dot.durationMs;
    if (progress < 0 || flow.points.size() < 2)
        return;
    const QColor topic = m_topicTone(flow.topic);
    const QColor surface = tone(Tone::Surface);
    QColor color = dot.key != 0 ? m_theme.keyColor(dot.key) : topic;
    const double log = std::log2(std::max<double>(64, static_cast<double>(dot.bytes)) / 64.0);
    double diameter = px(std::clamp(8.0 + log * 0.7, 8.0, 16.0));

    // Ease in and out: a dot leaves and arrives gently.
    const double eased = isStill ? 1
        : progress < 0.5         ? 2 * progress * progress
                                 : 1 - (2 - 2 * progress) * (2 - 2 * progress) / 2;
    double opacity = 1;
    QPointF center;
    if (dot.isFailed) {
        const double reach = 0.86;
        center = flow.at(std::min(eased, 1.0) * reach);
        if (progress > 1) {
            const double fall
                = std::min(1.0, (nowMs - dot.startMs - dot.durationMs) / FlowBoard::kFallMs);
            if (!isStill)
                center += QPointF(0, px(46) * fall * fall);
            opacity = 1 - fall;
        }
        if (progress > 0.8)
            color = tone(Tone::Bad);
    } else {
        center = flow.at(std::min(eased, 1.0));
    }

    QString label;
    if (dot.records > 1)
        label = formatShortNumber(dot.records);
    else if (dot.retry > 0)
        label = QString::number(dot.retry + 1);
    const QFont font = m_theme.font(TextRole::Tiny);
    if (!label.isEmpty())
        diameter = std::max(diameter, px(15));
    const double width = label.isEmpty()
        ? diameter
        : std::max(diameter, QFontMetricsF(font).horizontalAdvance(label) + px(8));
    const QRectF box(center.x() - width / 2, center.y() - diameter / 2, width, diameter);
    m_painter.save();
    m_painter.setOpacity(opacity);
    const bool isCopy = flow.kind == FlowKind::Replicate;
    // A rim of the ground keeps it apart from the line that it runs on.
    drawBox(m_painter, box.adjusted(-px(1.5), -px(1.5), px(1.5), px(1.5)), diameter / 2 + px(1.5),
        surface);
    if (isCopy)
        drawBox(m_painter, box, diameter / 2, Theme::blend(color, surface, 0.25), color, px(1.8));
    else
        drawBox(m_painter, box, diameter / 2, color);
    if (!label.isEmpty())
        text(box, Qt::AlignCenter, label, TextRole::Tiny,
            isCopy ? tone(Tone::Ink) : Theme::textOn(color), QFont::DemiBold);
    m_painter.restore();
}

} // namespace moldau::widgets
