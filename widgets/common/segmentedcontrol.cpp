#include "common/segmentedcontrol.h"

#include "common/accessiblerole.h"
#include "common/buttons.h"
#include "common/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

SegmentedControl::SegmentedControl(const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
    , m_layout(new QHBoxLayout(this))
{
    setAccessibleRole(*this, QAccessible::Grouping);
    setAccessibleName(name);
    setObjectName(name);
    m_layout->setContentsMargins({});
    m_layout->setSpacing(Theme::current().px(3));
    m_group->setExclusive(true);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool isOn) {
        if (isOn)
            emit currentChanged(id - 1);
    });
}

void SegmentedControl::addSegment(const QString& text, int value, const QString& explanation)
{
    auto* button = new QPushButton(text, this);
    button->setCheckable(true);
    button->setObjectName(u"%1 %2"_s.arg(objectName()).arg(value));
    setButtonPlace(*button, ButtonPlace::View);
    button->setToolTip(explanation);
    const Theme& theme = Theme::current();
    button->setMinimumWidth(qMax(theme.px(28), button->sizeHint().width() - theme.px(8)));
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_group->addButton(button, value + 1); // -1 is "no id" for a button group
    m_layout->addWidget(button, 1);
    if (m_group->buttons().size() == 1)
        button->setChecked(true);
}

int SegmentedControl::current() const
{
    return m_group->checkedId() - 1;
}

void SegmentedControl::setCurrent(int value)
{
    if (QAbstractButton* button = m_group->button(value + 1))
        button->setChecked(true);
}

} // namespace moldau::widgets
