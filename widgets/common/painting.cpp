#include "common/painting.h"

#include "common/theme.h"

#include <cmath>

namespace moldau::widgets {

void drawBox(QPainter& painter, const QRectF& rect, double radius, const QColor& fill,
    const QColor& border, double borderWidth)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    if (border.isValid()) {
        painter.setPen(QPen(border, borderWidth));
        const double inset = borderWidth / 2;
        painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius);
    } else {
        painter.setPen(Qt::NoPen);
        painter.drawRoundedRect(rect, radius, radius);
    }
    painter.restore();
}

void drawFocusRing(QPainter& painter, const QRectF& rect, double radius)
{
    const Theme& theme = Theme::current();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    const double width = theme.pxf(2);
    painter.setPen(QPen(theme.color(Tone::Accent), width));
    const double inset = width / 2;
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius);
    painter.restore();
}

void drawDot(QPainter& painter, const QPointF& center, double diameter, const QColor& color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(center, diameter / 2, diameter / 2);
    painter.restore();
}

void drawHairline(QPainter& painter, double x1, double y, double x2, const QColor& color)
{
    painter.fillRect(QRectF(x1, std::floor(y), x2 - x1, 1), color);
}

void drawVerticalHairline(QPainter& painter, double x, double y1, double y2, const QColor& color)
{
    painter.fillRect(QRectF(std::floor(x), y1, 1, y2 - y1), color);
}

void drawElided(QPainter& painter, const QRectF& rect, int alignment, const QString& text,
    Qt::TextElideMode mode)
{
    // Up: a text whose own width was taken for the box fits into it.
    const int width = static_cast<int>(std::ceil(rect.width()));
    if (width <= 0)
        return;
    painter.drawText(
        rect, alignment | Qt::TextSingleLine, painter.fontMetrics().elidedText(text, mode, width));
}

void drawChevron(
    QPainter& painter, const QPointF& center, double size, const QColor& color, double angle)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(center);
    painter.rotate(angle);
    QPen pen(color, size * 0.18);
    pen.setCapStyle(Qt::RoundCap);
    pen.setJoinStyle(Qt::RoundJoin);
    painter.setPen(pen);
    const double half = size / 2;
    painter.drawPolyline(QPolygonF{{-half, -half / 2}, {0, half / 2}, {half, -half / 2}});
    painter.restore();
}

} // namespace moldau::widgets
