#include "common/formscroll.h"

#include "common/theme.h"

#include <QEvent>

namespace moldau::widgets {

FormScroll::FormScroll(QWidget* form, QWidget* parent)
    : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    setWidget(form);
    form->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
    form->installEventFilter(this);
}

QSize FormScroll::sizeHint() const
{
    return widget() ? widget()->sizeHint() : QSize();
}

QSize FormScroll::minimumSizeHint() const
{
    return QSize(Theme::current().px(120), Theme::current().px(120));
}

bool FormScroll::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::LayoutRequest)
        updateGeometry();
    return QScrollArea::eventFilter(watched, event);
}

} // namespace moldau::widgets
