#include "topology/tilepainter.h"

#include "common/painting.h"
#include "topology/topologytext.h"

#include <QPainterPath>

#include <cmath>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

void TilePainter::tile(const TileBox& box, TileDensity density, const ShownPartition& partition,
    const ShownReplica& replica, const TileLook& look)
{
    const QColor topic = m_topicTone(box.topic);
    const bool isOffline = replica.isOffline;
    const bool isOutOfSync = !replica.isInSync && !isOffline;
    const double radius = px(density == TileDensity::Heat ? 3 : 6);
    const double fill = isOffline || isOutOfSync ? 0 : look.leaderFill;
    ground(box.rect, radius, replica, topic, fill);
    if (look.isSelected)
        drawFocusRing(
            m_painter, box.rect.adjusted(-px(2.5), -px(2.5), px(2.5), px(2.5)), radius + px(2.5));
    if (density == TileDensity::Heat)
        return;

    const bool isFilled = fill > 0.5;
    const double inset = px(box.rect.width() < px(120) ? 7 : 10);
    const QRectF inner = box.rect.adjusted(inset, 0, -inset, 0);
    const bool isFull = density == TileDensity::Full;
    words(box, inner, isFull, replica, topic, isFilled);

    QColor full = topic;
    QColor mark = tone(Tone::Ink);
    if (isFilled) {
        full = mark = Theme::textOn(topic);
    } else if (isOffline) {
        full = tone(Tone::Offline);
    }
    const double stripHeight = isFull ? px(7) : px(2.6);
    const double stripTop = isFull ? box.rect.bottom() - px(14) : box.rect.bottom() - px(5);
    strip(QRectF(inner.left(), stripTop, inner.width(), stripHeight), replica, partition, look,
        withAlpha(full, isFilled ? 0.95 : 0.9), withAlpha(full, 0.45), withAlpha(full, 0.15), mark,
        isFull);
}

void TilePainter::ground(const QRectF& rect, double radius, const ShownReplica& replica,
    const QColor& topic, double fill)
{
    if (replica.isOffline)
        return offlineGround(rect, radius);
    if (!replica.isInSync)
        return outOfSyncGround(rect, radius);
    drawBox(m_painter, rect, radius, fill < 1 ? tone(Tone::Surface) : topic, topic, px(1.5));
    if (fill > 0 && fill < 1) {
        m_painter.save();
        QRectF part = rect;
        part.setWidth(part.width() * fill);
        m_painter.setClipRect(part);
        drawBox(m_painter, rect, radius, topic);
        m_painter.restore();
    }
}

void TilePainter::offlineGround(const QRectF& rect, double radius)
{
    const QColor grey = tone(Tone::Offline);
    drawBox(m_painter, rect, radius, Theme::blend(grey, tone(Tone::Surface), 0.12), grey, px(1.2));
    m_painter.save();
    QPainterPath clip;
    clip.addRoundedRect(rect, radius, radius);
    m_painter.setClipPath(clip);
    m_painter.setPen(QPen(withAlpha(grey, 0.4), px(1.2)));
    m_painter.drawLine(rect.topLeft(), rect.bottomRight());
    m_painter.drawLine(rect.bottomLeft(), rect.topRight());
    m_painter.restore();
}

void TilePainter::outOfSyncGround(const QRectF& rect, double radius)
{
    const QColor bad = tone(Tone::Bad);
    drawBox(m_painter, rect, radius, tone(Tone::Surface));
    m_painter.save();
    QPainterPath clip;
    clip.addRoundedRect(rect, radius, radius);
    m_painter.setClipPath(clip);
    m_painter.setPen(QPen(withAlpha(bad, 0.16), px(1.4)));
    for (double x = rect.left() - rect.height(); x < rect.right(); x += px(7))
        m_painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()));
    m_painter.restore();
    m_painter.save();
    QPen pen(bad, px(1.4));
    pen.setDashPattern({3, 2.2});
    m_painter.setPen(pen);
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawRoundedRect(rect.adjusted(0.7, 0.7, -0.7, -0.7), radius, radius);
    m_painter.restore();
}

void TilePainter::words(const TileBox& box, const QRectF& inner, bool isFull,
    const ShownReplica& replica, const QColor& topic, bool isFilled)
{
    const bool isOffline = replica.isOffline;
    const bool isOutOfSync = !replica.isInSync && !isOffline;
    const QColor on = Theme::textOn(topic);
    const QColor nameColor = isFilled ? on : isOffline ? tone(Tone::Muted) : tone(Tone::Ink);
    const QColor roleColor = isFilled ? withAlpha(on, 0.9)
        : isOutOfSync                 ? tone(Tone::Bad)
                                      : tone(Tone::Muted);
    const double lineHeight = isFull ? px(15) : box.rect.height() - px(6);
    const QRectF line(inner.left(), box.rect.top() + (isFull ? box.rect.height() * 0.13 : 0),
        inner.width(), lineHeight);
    const QString role = TopologyText::roleOf(replica);
    const QString name = u"%1 %2"_s.arg(box.topic).arg(box.partition);
    const TextRole nameRole = isFull ? TextRole::Label
        : lineHeight < px(16)        ? TextRole::Tiny
                                     : TextRole::Small;
    const double roleWidth = QFontMetricsF(m_theme.font(TextRole::Tiny)).horizontalAdvance(role);
    QFont nameFont = m_theme.font(nameRole);
    nameFont.setWeight(isFilled ? QFont::DemiBold : QFont::Medium);
    // The shape says the role as well; where there is no room for both, the name stays.
    const bool hasRoom
        = QFontMetricsF(nameFont).horizontalAdvance(name) + px(10) + roleWidth <= inner.width();
    const bool isTrouble = isOffline || isOutOfSync;
    const bool showsRole = hasRoom || (isTrouble && inner.width() - roleWidth >= px(40));
    if (showsRole)
        text(line, Qt::AlignVCenter | Qt::AlignRight, role, TextRole::Tiny, roleColor);
    text(line.adjusted(0, 0, showsRole ? -roleWidth - px(6) : 0, 0), Qt::AlignVCenter, name,
        nameRole, nameColor, isFilled ? QFont::DemiBold : QFont::Medium);
}

void TilePainter::strip(const QRectF& rect, const ShownReplica& replica,
    const ShownPartition& partition, const TileLook& look, const QColor& full, const QColor& pale,
    const QColor& empty, const QColor& mark, bool hasTriangles)
{
    const qint64 end = qMax<qint64>(0, replica.logEnd - look.inFlight);
    const qint64 watermark = qMin(end, qMax<qint64>(0, replica.highWatermark));
    const double endAt = look.window.position(end);
    const double watermarkAt = look.window.position(watermark);
    const double gap = px(1.8);
    const double cell = (rect.width() - gap * (StripWindow::kCells - 1)) / StripWindow::kCells;
    m_painter.save();
    m_painter.setPen(Qt::NoPen);
    for (int i = 0; i < StripWindow::kCells; ++i) {
        const QRectF box(rect.left() + i * (cell + gap), rect.top(), cell, rect.height());
        // A cell that is begun counts as filled: one record must be visible.
        m_painter.setBrush(i < std::ceil(watermarkAt) ? full : i < std::ceil(endAt) ? pale : empty);
        m_painter.drawRoundedRect(box, px(1.6), px(1.6));
    }
    const auto xAt = [&](double position) {
        return rect.left() + std::ceil(position) * (cell + gap) - gap / 2;
    };
    if (replica.logEnd >= 0) {
        const double x = watermarkAt > 0 ? xAt(watermarkAt) : rect.left();
        m_painter.setBrush(mark);
        m_painter.drawRect(
            QRectF(x - px(0.8), rect.top() - px(2.5), px(1.6), rect.height() + px(5)));
    }
    if (hasTriangles && replica.isLeader) {
        int drawn = 0;
        for (const GroupPosition& group : partition.groups) {
            if (++drawn > 3)
                break;
            const double x = group.offset <= look.window.first
                ? rect.left()
                : xAt(look.window.position(group.offset));
            const double top = rect.bottom() + px(1.2);
            m_painter.setBrush(mark);
            m_painter.drawPolygon(
                QPolygonF{{x, top}, {x - px(3.2), top + px(4.6)}, {x + px(3.2), top + px(4.6)}});
        }
    }
    m_painter.restore();
}

} // namespace moldau::widgets
