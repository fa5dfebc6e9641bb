#include "common/messagebar.h"

#include "common/buttons.h"
#include "common/label.h"
#include "common/painting.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

MessageBar::MessageBar(QWidget* parent)
    : QWidget(parent)
    , m_text(new Label({}, TextRole::Label, Tone::Ink, this))
    , m_action(new LinkButton({}, this))
    , m_close(new IconButton(u"close"_s, tr("Close the message"), this))
{
    const Theme& theme = Theme::current();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(theme.px(16), theme.px(6), theme.px(6), theme.px(6));
    layout->setSpacing(theme.px(8));
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_action);
    layout->addWidget(m_close, 0, Qt::AlignTop);
    m_action->setObjectName(u"Answer"_s);
    setButtonPlace(*m_action, ButtonPlace::Answer);
    setButtonPlace(*m_close, ButtonPlace::Closes);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    connect(m_action, &QPushButton::clicked, this, &MessageBar::actionTriggered);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::clear);
    hide();
}

void MessageBar::showError(const QString& text, const QString& action)
{
    show(Tone::Bad, text, action);
}

void MessageBar::showHint(const QString& text, const QString& action)
{
    show(Tone::Warning, text, action);
}

void MessageBar::clear()
{
    hide();
    m_text->clear();
}

void MessageBar::show(Tone tone, const QString& text, const QString& action)
{
    m_tone = tone;
    m_text->setText(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    setAccessibleName(text);
    setVisible(true);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    update();
}

void MessageBar::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    const QColor tone = theme.color(m_tone);
    QPainter painter(this);
    drawBox(painter, rect(), theme.pxf(Theme::kFieldRadius),
        Theme::blend(tone, theme.color(Tone::Surface), 0.08),
        Theme::blend(tone, theme.color(Tone::Surface), 0.35));
    drawBox(painter, QRectF(theme.pxf(6), theme.pxf(8), theme.pxf(3), height() - theme.pxf(16)),
        theme.pxf(1.5), tone);
}

} // namespace moldau::widgets
