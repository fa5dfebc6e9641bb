#pragma once

#include "common/label.h"

#include <QLineEdit>
#include <QWidget>

class QPlainTextEdit;

namespace moldau::widgets {

/**
 * A labelled editor: the label above it, an error below it while there is one. The accessible name
 * of the editor is `accessibleName`, or the label.
 */
class Field : public QWidget {
    Q_OBJECT
public:
    Field(const QString& label, QWidget* editor, const QString& accessibleName = {},
        QWidget* parent = nullptr);

    QWidget* editor() const { return m_editor; }
    /** Says what is wrong and what to do; an empty text takes it away. */
    void setError(const QString& error);
    bool hasError() const { return !m_error->text().isEmpty(); }

private:
    QWidget* m_editor;
    Label* m_error;
};

/** Makes a line edit or text edit show data: monospaced. */
void setDataFont(QWidget& editor);

/** A line with a magnifier to search or filter with; Escape empties it. */
class SearchField : public QLineEdit {
    Q_OBJECT
public:
    SearchField(
        const QString& accessibleName, const QString& placeholder, QWidget* parent = nullptr);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
};

} // namespace moldau::widgets
