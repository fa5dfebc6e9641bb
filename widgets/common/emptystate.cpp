#include "common/emptystate.h"

#include "common/buttons.h"
#include "common/label.h"

#include <QVBoxLayout>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

EmptyState::EmptyState(const QString& sentence, const QString& action, QWidget* parent)
    : QWidget(parent)
    , m_sentence(new Label({}, TextRole::Body, Tone::Muted, this))
    , m_button(new PrimaryButton(QString(), this))
{
    const Theme& theme = Theme::current();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme.px(24), theme.px(24), theme.px(24), theme.px(24));
    layout->setSpacing(theme.px(16));
    layout->addStretch(2);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setWordWrap(true);
    m_sentence->setMaximumWidth(theme.px(420));
    auto* row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(m_sentence, 100);
    row->addStretch();
    layout->addLayout(row);
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    m_button->setObjectName(u"Answer"_s);
    setButtonPlace(*m_button, ButtonPlace::Answer);
    connect(m_button, &QPushButton::clicked, this, &EmptyState::actionTriggered);
    setSentence(sentence, action);
}

void EmptyState::setSentence(const QString& sentence, const QString& action)
{
    m_sentence->setText(sentence);
    m_button->setText(action);
    m_button->setAccessibleName(action);
    m_button->setVisible(!action.isEmpty());
}

} // namespace moldau::widgets
