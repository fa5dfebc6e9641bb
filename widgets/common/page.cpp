#include "common/page.h"

#include "common/buttons.h"
#include "common/label.h"
#include "common/messagebar.h"
#include "common/painting.h"
#include "common/panel.h"
#include "common/pill.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPainter>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

Page::Page(const QString& id, const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_id(id)
    , m_title(new Label(title, TextRole::PageTitle, Tone::Ink, this))
    , m_pills(new QHBoxLayout)
    , m_headerActions(new QHBoxLayout)
    , m_message(new MessageBar(this))
    , m_body(new QVBoxLayout)
{
    const Theme& theme = Theme::current();
    setObjectName(u"page-"_s + id);
    setAccessibleName(title);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);

    auto* header = new QWidget(this);
    header->setFixedHeight(theme.px(52));
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(theme.px(24), 0, theme.px(16), 0);
    row->setSpacing(theme.px(8));
    row->addWidget(m_title);
    row->addSpacing(theme.px(12));
    m_pills->setSpacing(theme.px(8));
    row->addLayout(m_pills);
    row->addStretch(1);
    m_headerActions->setSpacing(theme.px(8));
    row->addLayout(m_headerActions);
    layout->addWidget(header);
    layout->addWidget(new Hairline(this));

    auto* content = new QVBoxLayout;
    content->setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16));
    content->setSpacing(theme.px(12));
    content->addWidget(m_message);
    m_body->setContentsMargins({});
    m_body->setSpacing(theme.px(12));
    content->addLayout(m_body, 1);
    layout->addLayout(content, 1);
}

QString Page::title() const
{
    return m_title->text();
}

Pill* Page::addPill()
{
    auto* pill = new Pill(this);
    m_pills->addWidget(pill);
    return pill;
}

void Page::setMainAction(QAction* action)
{
    auto* button = new PrimaryButton(*action, this);
    button->setMinimumWidth(Theme::current().px(120));
    m_headerActions->addWidget(button);
    addPageAction(action);
}

void Page::addHeaderWidget(QWidget* widget)
{
    m_headerActions->insertWidget(0, widget);
}

void Page::addPageAction(QAction* action)
{
    action->setShortcutContext(Qt::WindowShortcut);
    m_actions.append(action);
}

void Page::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::current().color(Tone::Background));
}

} // namespace moldau::widgets
