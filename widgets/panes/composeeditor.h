#pragma once

#include <QPlainTextEdit>

#include <vector>

namespace moldau::widgets {

/** A text with line numbers, and findings at their lines: a mark in the margin, a line below the
 * words. */
class ComposeEditor final : public QPlainTextEdit {
    Q_OBJECT
public:
    enum class Severity { Error, Warning, Hint };
    struct Mark {
        int line = 0; ///< from 1
        int column = 0; ///< from 1
        Severity severity = Severity::Error;
        QString text;
    };

    explicit ComposeEditor(QWidget* parent = nullptr);

    void setMarks(std::vector<Mark> marks);
    void goTo(int line, int column);
    /** Replaces the text as one step that can be undone; the cursor stays where it was. */
    void replaceText(const QString& text);

    int marginWidth() const;
    void paintMargin(QPainter& painter, const QRect& area);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void updateMargin();
    void updateSelections();
    const Mark* worstOf(int line) const;

    QWidget* m_margin;
    std::vector<Mark> m_marks;
};

} // namespace moldau::widgets
