#include "panes/topicactionpanel.h"

#include "common/buttons.h"
#include "common/label.h"
#include "panes/topiccommandbox.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QSpinBox>
#include <QVBoxLayout>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

TopicActionPanel::TopicActionPanel(QWidget* parent)
    : QWidget(parent)
    , m_title(new Label({}, TextRole::Strong, Tone::Ink, this))
    , m_preview(new Label({}, TextRole::Label, Tone::Muted, this))
    , m_numberLabel(new Label({}, TextRole::Label, Tone::Muted, this))
    , m_number(new QSpinBox(this))
    , m_command(new TopicCommandBox(this))
    , m_error(new Label({}, TextRole::Label, Tone::Bad, this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_confirm(new QPushButton(this))
{
    const Theme& theme = Theme::current();
    setButtonPlace(*m_cancel, ButtonPlace::Form);
    setButtonPlace(*m_confirm, ButtonPlace::Form);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(theme.px(8));
    m_preview->setWordWrap(true);
    m_error->setWordWrap(true);
    layout->addWidget(m_title);
    layout->addWidget(m_preview);
    auto* number = new QHBoxLayout;
    number->setSpacing(theme.px(8));
    number->addWidget(m_numberLabel);
    m_number->setMaximum(100'000);
    m_number->setMinimumWidth(theme.px(110));
    m_numberLabel->setBuddy(m_number);
    number->addWidget(m_number);
    number->addStretch(1);
    layout->addLayout(number);
    layout->addWidget(m_command);
    layout->addWidget(m_error);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(theme.px(8));
    buttons->addWidget(m_cancel, 1);
    buttons->addWidget(m_confirm, 1);
    layout->addLayout(buttons);
    m_confirm->setObjectName(u"Confirm"_s);
    m_number->setObjectName(u"Number"_s);
    connect(m_cancel, &QPushButton::clicked, this, &TopicActionPanel::cancelled);
    connect(m_confirm, &QPushButton::clicked, this, &TopicActionPanel::confirmed);
    connect(m_number, &QSpinBox::valueChanged, this, [this](int value) {
        if (m_action.commandFor)
            m_command->setCommand(m_action.commandFor(value));
    });
}

void TopicActionPanel::ask(const Action& action)
{
    m_action = action;
    m_title->setText(action.title);
    m_preview->setText(action.preview);
    const bool hasNumber = !action.numberName.isEmpty();
    m_numberLabel->setVisible(hasNumber);
    m_number->setVisible(hasNumber);
    m_numberLabel->setText(action.numberName);
    m_number->setAccessibleName(action.numberName);
    m_number->setMinimum(action.least);
    m_number->setValue(action.number);
    m_command->setCommand(action.commandFor ? action.commandFor(action.number) : action.command);
    m_error->hide();
    m_confirm->setText(action.confirm);
    m_confirm->setAccessibleName(action.confirmName);
    setButtonKind(*m_confirm, action.isDestructive ? ButtonKind::Danger : ButtonKind::Primary);
    m_confirm->setEnabled(true);
    // The safe choice has the focus; what can't be undone needs a step of its own.
    if (hasNumber)
        m_number->setFocus();
    else
        m_cancel->setFocus();
}

void TopicActionPanel::showBusy(const QString& what)
{
    m_error->hide();
    m_confirm->setText(what);
    m_confirm->setEnabled(false);
}

void TopicActionPanel::showError(const QString& error)
{
    m_error->setText(error);
    m_error->show();
    m_confirm->setText(m_action.confirm);
    m_confirm->setEnabled(true);
}

int TopicActionPanel::number() const
{
    return m_number->value();
}

void TopicActionPanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        emit cancelled();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace moldau::widgets
