#include "topology/linkpainter.h"

#include "common/format.h"
#include "common/painting.h"
#include "topology/faulttext.h"

#include <QPixmapCache>

#include <algorithm>
#include <cmath>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

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

void LinkPainter::dotShape(
    const QRectF& box, const QColor& color, bool isCopy, const QString& label)
{
    const QColor surface = tone(Tone::Surface);
    const double radius = box.height() / 2;
    // A rim of the ground keeps it apart from the line that it runs on.
    drawBox(
        m_painter, box.adjusted(-px(1.5), -px(1.5), px(1.5), px(1.5)), radius + px(1.5), surface);
    if (isCopy)
        drawBox(m_painter, box, radius, Theme::blend(color, surface, 0.25), color, px(1.8));
    else
        drawBox(m_painter, box, radius, color);
    if (!label.isEmpty())
        text(box, Qt::AlignCenter, label, TextRole::Tiny,
            isCopy ? tone(Tone::Ink) : Theme::textOn(color), QFont::DemiBold);
}

QPixmap LinkPainter::dotPixmap(
    double diameter, const QColor& color, bool isCopy, const QString& label)
{
    const double ratio = m_painter.device()->devicePixelRatioF();
    const QFont font = m_theme.font(TextRole::Tiny);
    const QString key = u"moldau dot %1 %2 %3 %4 %5 %6 %7"_s.arg(diameter)
                            .arg(color.rgba())
                            .arg(tone(Tone::Surface).rgba())
                            .arg(isCopy)
                            .arg(label)
                            .arg(ratio)
                            .arg(font.key());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    const double width = label.isEmpty()
        ? diameter
        : std::max(diameter, QFontMetricsF(font).horizontalAdvance(label) + px(8));
    const double margin = px(3);
    const QSizeF size(width + 2 * margin, diameter + 2 * margin);
    pixmap = QPixmap((size * ratio).toSize() + QSize(1, 1));
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    const QSizeF whole = pixmap.deviceIndependentSize();
    LinkPainter(painter, m_theme, m_topicTone)
        .dotShape(
            QRectF((whole.width() - width) / 2, (whole.height() - diameter) / 2, width, diameter),
            color, isCopy, label);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

void LinkPainter::dot(const Flow& flow, const Dot& dot, double nowMs, bool isStill)
{
    const double progress = (nowMs - dot.startMs) / dot.durationMs;
    if (progress < 0 || flow.points.size() < 2)
        return;
    QColor color = dot.key != 0 ? m_theme.keyColor(dot.key) : m_topicTone(flow.topic);
    const double log = std::log2(std::max<double>(64, static_cast<double>(dot.bytes)) / 64.0);
    double diameter = px(std::clamp(std::round(8.0 + log * 0.7), 8.0, 16.0));

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
    if (!label.isEmpty())
        diameter = std::max(diameter, px(15));
    const QPixmap pixmap = dotPixmap(diameter, color, flow.kind == FlowKind::Replicate, label);
    const QSizeF size = pixmap.deviceIndependentSize();
    m_painter.setOpacity(opacity);
    m_painter.drawPixmap(center - QPointF(size.width() / 2, size.height() / 2), pixmap);
    m_painter.setOpacity(1);
}

} // namespace moldau::widgets
