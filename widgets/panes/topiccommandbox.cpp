#include "panes/topiccommandbox.h"

#include "common/buttons.h"
#include "common/label.h"
#include "common/painting.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QTimer>

#include <algorithm>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

TopicCommandBox::TopicCommandBox(QWidget* parent)
    : QWidget(parent)
    , m_text(new Label({}, TextRole::Data, Tone::Muted, this))
    , m_copy(new LinkButton(tr("copy"), this))
{
    const Theme& theme = Theme::current();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(theme.px(12), theme.px(8), theme.px(6), theme.px(8));
    layout->setSpacing(theme.px(8));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setObjectName(u"Command"_s);
    layout->addWidget(m_text, 1);
    m_copy->setAccessibleName(tr("Copy the command"));
    m_copy->setObjectName(u"Copy the command"_s);
    setButtonPlace(*m_copy, ButtonPlace::View);
    layout->addWidget(m_copy, 0, Qt::AlignTop);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_command);
        m_copy->setText(tr("copied"));
        QTimer::singleShot(1'500, m_copy, [this] { m_copy->setText(tr("copy")); });
    });
}

void TopicCommandBox::setCommand(const QString& command)
{
    if (command == m_command)
        return;
    m_command = command;
    m_text->setText(command);
}

void TopicCommandBox::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    drawBox(painter, rect(), theme.pxf(Theme::kFieldRadius), theme.color(Tone::Background),
        theme.color(Tone::Line));
}

QString shellQuoted(const QString& word)
{
    const bool isPlain = !word.isEmpty() && std::all_of(word.cbegin(), word.cend(), [](QChar c) {
        return c.isLetterOrNumber() || QStringView(u"._-=,:/@%+").contains(c);
    });
    if (isPlain)
        return word;
    QString quoted = word;
    quoted.replace(u'\'', u"'\\''"_s);
    return u'\'' + quoted + u'\'';
}

} // namespace moldau::widgets
