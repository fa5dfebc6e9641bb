#pragma once

#include <QPushButton>
#include <QToolButton>

class QAction;

namespace moldau::widgets {

/** How much a button asks for attention. One primary button a page at most. */
enum class ButtonKind { Normal, Primary, Danger, Link, Quiet };

/** Changes the look of a button; the style reads it. */
void setButtonKind(QAbstractButton& button, ButtonKind kind);
ButtonKind buttonKind(const QWidget* button);

/** An action that destroys, clears or breaks is red in menus. */
void setDestructive(QAction& action);
bool isDestructive(const QAction& action);

/** A faint hint of the shortcut behind the text ("Ctrl N"); the style paints it. */
void setShortcutHint(QAbstractButton& button, const QKeySequence& shortcut);
QString shortcutHint(const QWidget* button);
/** A shortcut as people say it: "Ctrl N", "Ctrl ↵". */
QString shortcutText(const QKeySequence& shortcut);

/** Destroys, clears or breaks: red text. */
class DangerButton : public QPushButton {
    Q_OBJECT
public:
    explicit DangerButton(const QString& text, QWidget* parent = nullptr);
};

/** The one main action of a page or pane, on the accent's ground. */
class PrimaryButton : public QPushButton {
    Q_OBJECT
public:
    explicit PrimaryButton(const QString& text, QWidget* parent = nullptr);
    /** Follows the action: text, shortcut, enabled, tooltip. */
    explicit PrimaryButton(QAction& action, QWidget* parent = nullptr);
};

/** Text in the accent colour that acts like a button. Quiet ones are grey until the pointer is over
 * them. */
class LinkButton : public QPushButton {
    Q_OBJECT
public:
    explicit LinkButton(const QString& text, QWidget* parent = nullptr);
};

/** A small picture (see icons.h); `name` is its tooltip and accessible name. */
class IconButton : public QToolButton {
    Q_OBJECT
public:
    IconButton(const QString& icon, const QString& name, QWidget* parent = nullptr);
    void setIconName(const QString& icon);

protected:
    void changeEvent(QEvent* event) override;

private:
    void updateIcon();

    QString m_icon;
};

} // namespace moldau::widgets
