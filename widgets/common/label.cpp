#include "common/label.h"

#include "common/painting.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace moldau::widgets {

Label::Label(const QString& text, TextRole role, Tone tone, QWidget* parent)
    : QLabel(text, parent)
    , m_tone(tone)
{
    setFont(Theme::current().font(role));
    updateColor();
}

void Label::setTone(Tone tone)
{
    if (m_tone == tone)
        return;
    m_tone = tone;
    updateColor();
}

void Label::setElideMode(Qt::TextElideMode mode)
{
    m_elide = mode;
    updateGeometry();
    update();
}

QSize Label::sizeHint() const
{
    if (m_elide == Qt::ElideNone)
        return QLabel::sizeHint();
    const QMargins margins = contentsMargins();
    return QSize(fontMetrics().horizontalAdvance(text()) + margins.left() + margins.right() + 2,
        fontMetrics().height());
}

QSize Label::minimumSizeHint() const
{
    return m_elide == Qt::ElideNone
        ? QLabel::minimumSizeHint()
        : QSize(fontMetrics().averageCharWidth() * 3, fontMetrics().height());
}

void Label::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::ApplicationPaletteChange)
        updateColor();
}

void Label::paintEvent(QPaintEvent* event)
{
    if (m_elide == Qt::ElideNone) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    painter.setFont(font());
    painter.setPen(palette().color(QPalette::WindowText));
    drawElided(painter, contentsRect(), static_cast<int>(alignment()), text(), m_elide);
}

bool Label::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && m_elide != Qt::ElideNone && toolTip().isEmpty()
        && fontMetrics().horizontalAdvance(text()) > contentsRect().width()) {
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), text(), this);
        return true;
    }
    return QLabel::event(event);
}

void Label::updateColor()
{
    QPalette colors = palette();
    const QColor color = Theme::current().color(m_tone);
    if (colors.color(QPalette::WindowText) == color)
        return;
    colors.setColor(QPalette::WindowText, color);
    setPalette(colors);
}

} // namespace moldau::widgets
