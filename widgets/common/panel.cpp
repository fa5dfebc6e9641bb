#include "common/panel.h"

#include "common/painting.h"
#include "common/theme.h"

#include <QPainter>

namespace moldau::widgets {

Panel::Panel(QWidget* parent)
    : QWidget(parent)
{
}

void Panel::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    drawBox(painter, rect(), theme.pxf(Theme::kPanelRadius), theme.color(Tone::Surface),
        theme.color(Tone::Line));
}

Hairline::Hairline(QWidget* parent)
    : QWidget(parent)
{
    setFixedHeight(1);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void Hairline::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::current().color(Tone::Line));
}

} // namespace moldau::widgets
