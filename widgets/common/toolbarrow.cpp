#include "common/toolbarrow.h"

#include "common/theme.h"

#include <QHBoxLayout>

namespace moldau::widgets {

ToolbarRow::ToolbarRow(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QHBoxLayout(this))
{
    const Theme& theme = Theme::current();
    m_layout->setContentsMargins({});
    m_layout->setSpacing(theme.px(8));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ToolbarRow::add(QWidget* widget, int stretch)
{
    m_layout->addWidget(widget, stretch, Qt::AlignVCenter);
}

void ToolbarRow::addStretch()
{
    m_layout->addStretch(1);
}

} // namespace moldau::widgets
