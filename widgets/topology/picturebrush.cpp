#include "topology/picturebrush.h"

#include "common/painting.h"

namespace moldau::widgets {

PictureBrush::PictureBrush(QPainter& painter, const Theme& theme)
    : m_painter(painter)
    , m_theme(theme)
{
    m_painter.setRenderHint(QPainter::Antialiasing);
}

Tone PictureBrush::toneOf(BrokerState state)
{
    switch (state) {
    case BrokerState::Up:
        return Tone::Good;
    case BrokerState::Starting:
    case BrokerState::Stopping:
    case BrokerState::Fenced:
    case BrokerState::Paused:
        return Tone::Warning;
    case BrokerState::Killed:
    case BrokerState::Failed:
        return Tone::Bad;
    case BrokerState::Stopped:
        break;
    }
    return Tone::Offline;
}

QColor PictureBrush::withAlpha(QColor color, double alpha)
{
    color.setAlphaF(static_cast<float>(alpha));
    return color;
}

void PictureBrush::text(const QRectF& rect, int alignment, const QString& text, TextRole role,
    const QColor& color, int weight, Qt::TextElideMode elide)
{
    QFont font = m_theme.font(role);
    if (weight >= 0)
        font.setWeight(static_cast<QFont::Weight>(weight));
    m_painter.setFont(font);
    m_painter.setPen(color);
    drawElided(m_painter, rect, alignment, text, elide);
}

} // namespace moldau::widgets
