#pragma once

#include "common/theme.h"
#include "topology/shownstate.h"

#include <QPainter>

#include <functional>

namespace moldau::widgets {

/** The colour of a topic. */
using TopicTone = std::function<QColor(const QString&)>;

/**
 * What the painters of the picture's parts share: lengths, colours and words of a theme. They are
 * made for one painting and know no state but what they are given.
 */
class PictureBrush {
protected:
    PictureBrush(QPainter& painter, const Theme& theme);

    double px(double length) const { return m_theme.pxf(length); }
    QColor tone(Tone tone) const { return m_theme.color(tone); }
    static Tone toneOf(BrokerState state);
    static QColor withAlpha(QColor color, double alpha);
    void text(const QRectF& rect, int alignment, const QString& text, TextRole role,
        const QColor& color, int weight = -1, Qt::TextElideMode elide = Qt::ElideMiddle);

    QPainter& m_painter;
    const Theme& m_theme;
};

} // namespace moldau::widgets
