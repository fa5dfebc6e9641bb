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

/**
 * Where a button's deed is found besides on the button, for those who use menus, the keyboard or a
 * screen reader. A test walks the buttons of all pages.
 */
enum class ButtonPlace {
    Menu, ///< an action in a menu of the window: buttonAction(). The default
    Form, ///< fills in or sends off a form, through which Tab and Return lead
    Answer, ///< answers the message or the empty page that it stands on
    View, ///< chooses how a thing is shown, as a tab does, or copies the text that it stands at
    Closes, ///< puts away what it stands on
};
void setButtonPlace(QAbstractButton& button, ButtonPlace place);
ButtonPlace buttonPlace(const QAbstractButton& button);

/** The button does what the action does. */
void setButtonAction(QAbstractButton& button, QAction& action);
QAction* buttonAction(const QAbstractButton& button);
/**
 * An action for menus that presses the button: enabled while the button is in sight and enabled,
 * checked as it is. Owned by the button. The shortcut is hinted at on the button.
 */
QAction* makeAction(
    QAbstractButton& button, const QString& text, const QKeySequence& shortcut = {});

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
