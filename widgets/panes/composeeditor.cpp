#include "panes/composeeditor.h"

#include "common/painting.h"
#include "common/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QRegularExpression>
#include <QSyntaxHighlighter>
#include <QTextBlock>
#include <QToolTip>

#include <algorithm>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

/** Keys, texts and comments of YAML, for the eye only: what counts is said by the findings. */
class YamlHighlighter final : public QSyntaxHighlighter {
public:
    using QSyntaxHighlighter::QSyntaxHighlighter;

protected:
    void highlightBlock(const QString& text) override
    {
        static const QRegularExpression kToken(
            uR"re((?<comment>(?:^|\s)#.*$)|(?<key>^[\t ]*(?:-\s+)?[^\s#:"'][^:#]*?(?=\s*:(?:\s|$)))|(?<text>"(?:[^"\\]|\\.)*"|'[^']*')|(?<variable>\$\{[^}]*\}|\$\w+))re"_s);
        const Theme& theme = Theme::current();
        for (auto matches = kToken.globalMatch(text); matches.hasNext();) {
            const QRegularExpressionMatch match = matches.next();
            const auto color = [&](const QString& group, Tone tone) {
                if (match.capturedLength(group) > 0)
                    setFormat(static_cast<int>(match.capturedStart(group)),
                        static_cast<int>(match.capturedLength(group)), theme.color(tone));
            };
            color(u"comment"_s, Tone::Muted);
            color(u"key"_s, Tone::Accent);
            color(u"text"_s, Tone::Good);
            color(u"variable"_s, Tone::Warning);
        }
    }
};

Tone toneOf(ComposeEditor::Severity severity)
{
    switch (severity) {
    case ComposeEditor::Severity::Error:
        return Tone::Bad;
    case ComposeEditor::Severity::Warning:
        return Tone::Warning;
    case ComposeEditor::Severity::Hint:
        return Tone::Accent;
    }
    return Tone::Bad;
}

class Margin final : public QWidget {
public:
    explicit Margin(ComposeEditor* editor)
        : QWidget(editor)
        , m_editor(editor)
    {
        setAttribute(Qt::WA_OpaquePaintEvent, false);
    }
    QSize sizeHint() const override { return QSize(m_editor->marginWidth(), 0); }

protected:
    void paintEvent(QPaintEvent* event) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        m_editor->paintMargin(painter, event->rect());
    }

private:
    ComposeEditor* m_editor;
};

} // namespace

ComposeEditor::ComposeEditor(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_margin(new Margin(this))
{
    const Theme& theme = Theme::current();
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(NoWrap);
    setFont(theme.font(TextRole::Data));
    setTabStopDistance(fontMetrics().horizontalAdvance(u' ') * 8);
    document()->setDocumentMargin(theme.px(8));
    new YamlHighlighter(document());
    connect(this, &QPlainTextEdit::blockCountChanged, this, &ComposeEditor::updateMargin);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& rect, int dy) {
        if (dy != 0)
            m_margin->scroll(0, dy);
        else
            m_margin->update(0, rect.y(), m_margin->width(), rect.height());
    });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &ComposeEditor::updateSelections);
    updateMargin();
}

int ComposeEditor::marginWidth() const
{
    const Theme& theme = Theme::current();
    const int digits = std::max(2, static_cast<int>(QString::number(blockCount()).size()));
    return fontMetrics().horizontalAdvance(u'9') * digits + theme.px(34);
}

void ComposeEditor::updateMargin()
{
    setViewportMargins(marginWidth(), 0, 0, 0);
    m_margin->setGeometry(
        contentsRect().left(), contentsRect().top(), marginWidth(), contentsRect().height());
    m_margin->update();
}

void ComposeEditor::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    updateMargin();
}

void ComposeEditor::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        setFont(Theme::current().font(TextRole::Data));
        updateMargin();
        updateSelections();
    }
}

void ComposeEditor::setMarks(std::vector<Mark> marks)
{
    m_marks = std::move(marks);
    updateSelections();
    m_margin->update();
}

const ComposeEditor::Mark* ComposeEditor::worstOf(int line) const
{
    const Mark* worst = nullptr;
    for (const Mark& mark : m_marks) {
        if (mark.line == line && (!worst || mark.severity < worst->severity))
            worst = &mark;
    }
    return worst;
}

void ComposeEditor::paintMargin(QPainter& painter, const QRect& area)
{
    const Theme& theme = Theme::current();
    painter.setFont(theme.font(TextRole::SmallData));
    QTextBlock block = firstVisibleBlock();
    double top = blockBoundingGeometry(block).translated(contentOffset()).top();
    const int width = m_margin->width();
    while (block.isValid() && top <= area.bottom()) {
        // The last block's rectangle has the document's margin in it.
        const double height = blockBoundingRect(block).height()
            - (block.next().isValid() ? 0 : document()->documentMargin());
        if (block.isVisible() && top + height >= area.top()) {
            const Mark* mark = worstOf(block.blockNumber() + 1);
            const bool isCurrent = textCursor().blockNumber() == block.blockNumber();
            if (mark)
                drawDot(painter, QPointF(theme.pxf(13), top + height / 2), theme.pxf(8),
                    theme.color(toneOf(mark->severity)));
            painter.setPen(theme.color(mark ? toneOf(mark->severity)
                    : isCurrent             ? Tone::Ink
                                            : Tone::Muted));
            painter.drawText(QRectF(0, top, width - theme.pxf(10), height),
                Qt::AlignRight | Qt::AlignVCenter, QString::number(block.blockNumber() + 1));
        }
        top += height;
        block = block.next();
    }
    drawVerticalHairline(
        painter, width - 1, area.top(), area.bottom() + 1, theme.color(Tone::Line));
}

void ComposeEditor::updateSelections()
{
    const Theme& theme = Theme::current();
    QList<QTextEdit::ExtraSelection> selections;
    QTextEdit::ExtraSelection current;
    current.format.setBackground(
        Theme::blend(theme.color(Tone::Raised), theme.color(Tone::Surface), 0.6));
    current.format.setProperty(QTextFormat::FullWidthSelection, true);
    current.cursor = textCursor();
    current.cursor.clearSelection();
    selections.append(current);
    for (const Mark& mark : m_marks) {
        const QTextBlock block = document()->findBlockByNumber(mark.line - 1);
        if (!block.isValid())
            continue;
        const QColor color = theme.color(toneOf(mark.severity));
        QTextEdit::ExtraSelection selection;
        selection.format.setUnderlineColor(color);
        selection.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        // From the place to the end of the word; white space as a whole, where tabs are the matter.
        const QString text = block.text();
        const int from = std::clamp(mark.column - 1, 0, static_cast<int>(text.size()));
        int to = from;
        const bool isSpace = from < text.size() && text[from].isSpace();
        while (to < text.size() && (isSpace ? text[to].isSpace() : !text[to].isSpace()))
            ++to;
        if (isSpace)
            selection.format.setBackground(Theme::blend(color, theme.color(Tone::Surface), 0.22));
        selection.cursor = QTextCursor(block);
        selection.cursor.setPosition(block.position() + from);
        selection.cursor.setPosition(
            block.position() + std::max(to, std::min(from + 1, static_cast<int>(text.size()))),
            QTextCursor::KeepAnchor);
        selections.append(selection);
    }
    setExtraSelections(selections);
    m_margin->update();
}

void ComposeEditor::goTo(int line, int column)
{
    const QTextBlock block = document()->findBlockByNumber(line - 1);
    if (!block.isValid())
        return;
    QTextCursor cursor(block);
    cursor.setPosition(block.position() + std::clamp(column - 1, 0, block.length() - 1));
    setTextCursor(cursor);
    centerCursor();
}

void ComposeEditor::replaceText(const QString& text)
{
    const QString before = toPlainText();
    if (text == before)
        return;
    // Only the part that differs is touched, so that cursor, scroll position and undo stay useful.
    const auto shorter = std::min(before.size(), text.size());
    qsizetype front = 0;
    while (front < shorter && before[front] == text[front])
        ++front;
    qsizetype back = 0;
    while (
        back < shorter - front && before[before.size() - 1 - back] == text[text.size() - 1 - back])
        ++back;
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    cursor.setPosition(static_cast<int>(front));
    cursor.setPosition(static_cast<int>(before.size() - back), QTextCursor::KeepAnchor);
    cursor.insertText(text.mid(front, text.size() - front - back));
    cursor.endEditBlock();
}

bool ComposeEditor::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int line = cursorForPosition(help->pos()).blockNumber() + 1;
        QStringList texts;
        for (const Mark& mark : m_marks) {
            if (mark.line == line)
                texts.append(mark.text);
        }
        QToolTip::showText(help->globalPos(), texts.join(u"\n\n"_s), this);
        return true;
    }
    return QPlainTextEdit::viewportEvent(event);
}

void ComposeEditor::keyPressEvent(QKeyEvent* event)
{
    // YAML doesn't take tabs for indentation, so the key gives spaces.
    if (event->key() == Qt::Key_Tab && event->modifiers() == Qt::NoModifier) {
        textCursor().insertText(u"  "_s);
        return;
    }
    // So others lead out of here: nobody is caught who has no mouse.
    if (event->key() == Qt::Key_Escape || event->key() == Qt::Key_Backtab) {
        setTabChangesFocus(true);
        focusNextPrevChild(event->key() == Qt::Key_Escape);
        setTabChangesFocus(false);
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

} // namespace moldau::widgets
