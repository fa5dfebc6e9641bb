#pragma once

#include <QColor>
#include <QPainter>
#include <QRectF>
#include <QString>

namespace moldau::widgets {

/** A filled box with round corners; the border, where it is valid, lies inside the rectangle. */
void drawBox(QPainter& painter, const QRectF& rect, double radius, const QColor& fill,
    const QColor& border = {}, double borderWidth = 1.0);

/** The ring that shows keyboard focus, around the rectangle of a control. */
void drawFocusRing(QPainter& painter, const QRectF& rect, double radius);

void drawDot(QPainter& painter, const QPointF& center, double diameter, const QColor& color);

/** A hairline of one device-independent pixel, sharp at any offset. */
void drawHairline(QPainter& painter, double x1, double y, double x2, const QColor& color);
void drawVerticalHairline(QPainter& painter, double x, double y1, double y2, const QColor& color);

/** One line of text, elided where it doesn't fit. */
void drawElided(QPainter& painter, const QRectF& rect, int alignment, const QString& text,
    Qt::TextElideMode mode = Qt::ElideRight);

/** Small arrow head for menus and combo boxes, pointing down; `angle` turns it clockwise. */
void drawChevron(
    QPainter& painter, const QPointF& center, double size, const QColor& color, double angle = 0);

} // namespace moldau::widgets
