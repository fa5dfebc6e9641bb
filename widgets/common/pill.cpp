#include "common/pill.h"

#include "common/painting.h"

#include <QPainter>

namespace moldau::widgets {

Pill::Pill(QWidget* parent)
    : QWidget(parent)
{
    setFont(Theme::current().font(TextRole::Label));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Pill::setState(Tone dot, const QString& text)
{
    if (m_dot == dot && m_text == text)
        return;
    const bool isNewWidth = m_text.size() != text.size();
    m_dot = dot;
    m_text = text;
    setAccessibleName(text);
    if (isNewWidth)
        updateGeometry();
    update();
}

QSize Pill::sizeHint() const
{
    const Theme& theme = Theme::current();
    // Digits that change width must not make the row tremble: round up to the grid.
    const int width = fontMetrics().horizontalAdvance(m_text) + theme.px(34);
    const int step = theme.px(8);
    return QSize((width + step - 1) / step * step, theme.px(24));
}

void Pill::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    drawBox(painter, rect(), height() / 2.0, theme.color(Tone::Surface), theme.color(Tone::Line));
    const int spare = width() - fontMetrics().horizontalAdvance(m_text) - theme.px(34);
    const double left = qMax(0, spare) / 2.0;
    drawDot(
        painter, QPointF(left + theme.pxf(13), height() / 2.0), theme.pxf(7), theme.color(m_dot));
    painter.setPen(theme.color(Tone::Muted));
    drawElided(painter, QRectF(rect()).adjusted(left + theme.pxf(22), 0, -theme.pxf(8), 0),
        Qt::AlignVCenter, m_text);
}

} // namespace moldau::widgets
