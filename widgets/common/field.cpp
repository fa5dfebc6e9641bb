#include "common/field.h"

#include "common/icons.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPlainTextEdit>
#include <QStyle>
#include <QVBoxLayout>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

Field::Field(const QString& label, QWidget* editor, const QString& accessibleName, QWidget* parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_error(new Label({}, TextRole::Small, Tone::Bad, this))
{
    const Theme& theme = Theme::current();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(theme.px(4));
    auto* caption = new Label(label, TextRole::Label, Tone::Muted, this);
    caption->setBuddy(editor);
    layout->addWidget(caption);
    layout->addWidget(editor, 1);
    layout->addWidget(m_error);
    m_error->setWordWrap(true);
    m_error->hide();
    editor->setAccessibleName(accessibleName.isEmpty() ? label : accessibleName);
    if (editor->objectName().isEmpty())
        editor->setObjectName(editor->accessibleName());
}

void Field::setError(const QString& error)
{
    m_error->setText(error);
    m_error->setVisible(!error.isEmpty());
    m_editor->setProperty("moldauInvalid", !error.isEmpty());
    m_editor->setAccessibleDescription(error);
    m_editor->update();
}

void setDataFont(QWidget& editor)
{
    // Placeholders are words; only what is typed is data.
    const auto choose = [&editor](bool isEmpty) {
        editor.setFont(Theme::current().font(isEmpty ? TextRole::Body : TextRole::Data));
    };
    if (auto* line = qobject_cast<QLineEdit*>(&editor)) {
        choose(line->text().isEmpty());
        QObject::connect(line, &QLineEdit::textChanged, line,
            [choose](const QString& text) { choose(text.isEmpty()); });
    } else if (auto* text = qobject_cast<QPlainTextEdit*>(&editor)) {
        choose(text->document()->isEmpty());
        QObject::connect(text, &QPlainTextEdit::textChanged, text,
            [choose, text] { choose(text->document()->isEmpty()); });
    } else {
        choose(false);
    }
}

SearchField::SearchField(const QString& accessibleName, const QString& placeholder, QWidget* parent)
    : QLineEdit(parent)
{
    setAccessibleName(accessibleName);
    setObjectName(accessibleName);
    setPlaceholderText(placeholder);
    setClearButtonEnabled(false);
    setTextMargins(Theme::current().px(20), 0, 0, 0);
}

void SearchField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        event->accept();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void SearchField::changeEvent(QEvent* event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        setTextMargins(Theme::current().px(20), 0, 0, 0);
}

void SearchField::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const int side = theme.px(14);
    painter.drawPixmap(QPoint(theme.px(9), (height() - side) / 2),
        iconPixmap(u"search"_s, theme.color(Tone::Muted), side, devicePixelRatioF()));
}

} // namespace moldau::widgets
