#include "common/buttons.h"

#include "common/icons.h"
#include "common/theme.h"

#include <QAction>
#include <QEvent>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr const char* kKindProperty = "moldauButtonKind";
constexpr const char* kShortcutProperty = "moldauShortcutHint";
constexpr const char* kPlaceProperty = "moldauButtonPlace";
constexpr const char* kActionProperty = "moldauAction";

/** Follows its button. */
class ButtonAction final : public QAction {
public:
    ButtonAction(QAbstractButton& button, const QString& text)
        : QAction(text, &button)
        , m_button(button)
    {
        setToolTip(button.toolTip());
        setCheckable(button.isCheckable());
        follow();
        button.installEventFilter(this);
        connect(this, &QAction::triggered, &button, [this] { press(); });
        connect(&button, &QAbstractButton::toggled, this, &QAction::setChecked);
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        const QEvent::Type type = event->type();
        if (type == QEvent::EnabledChange || type == QEvent::Show || type == QEvent::Hide)
            follow();
        return QAction::eventFilter(watched, event);
    }

private:
    void follow()
    {
        setEnabled(m_button.isEnabled() && m_button.isVisible());
        setChecked(m_button.isChecked());
    }
    void press()
    {
        // The menu has checked the action already; the button has it to do itself.
        if (isCheckable())
            setChecked(m_button.isChecked());
        m_button.click();
    }

    QAbstractButton& m_button;
};
} // namespace

void setButtonKind(QAbstractButton& button, ButtonKind kind)
{
    button.setProperty(kKindProperty, static_cast<int>(kind));
    button.update();
}

ButtonKind buttonKind(const QWidget* button)
{
    return button ? static_cast<ButtonKind>(button->property(kKindProperty).toInt())
                  : ButtonKind::Normal;
}

void setDestructive(QAction& action)
{
    action.setProperty("moldauDestructive", true);
}

bool isDestructive(const QAction& action)
{
    return action.property("moldauDestructive").toBool();
}

void setShortcutHint(QAbstractButton& button, const QKeySequence& shortcut)
{
    button.setProperty(kShortcutProperty, shortcutText(shortcut));
    button.updateGeometry();
    button.update();
}

QString shortcutHint(const QWidget* button)
{
    return button ? button->property(kShortcutProperty).toString() : QString();
}

QString shortcutText(const QKeySequence& shortcut)
{
    QString text = shortcut.toString(QKeySequence::NativeText);
    text.replace(u"Return"_s, u"↵"_s).replace(u"Enter"_s, u"↵"_s);
    return text.replace(u'+', u' ');
}

void setButtonPlace(QAbstractButton& button, ButtonPlace place)
{
    button.setProperty(kPlaceProperty, static_cast<int>(place));
}

ButtonPlace buttonPlace(const QAbstractButton& button)
{
    return static_cast<ButtonPlace>(button.property(kPlaceProperty).toInt());
}

void setButtonAction(QAbstractButton& button, QAction& action)
{
    button.setProperty(kActionProperty, QVariant::fromValue<QObject*>(&action));
}

QAction* buttonAction(const QAbstractButton& button)
{
    return qobject_cast<QAction*>(button.property(kActionProperty).value<QObject*>());
}

QAction* makeAction(QAbstractButton& button, const QString& text, const QKeySequence& shortcut)
{
    auto* action = new ButtonAction(button, text);
    action->setObjectName(button.objectName());
    if (!shortcut.isEmpty()) {
        action->setShortcut(shortcut);
        setShortcutHint(button, shortcut);
    }
    if (buttonKind(&button) == ButtonKind::Danger)
        setDestructive(*action);
    setButtonAction(button, *action);
    return action;
}

DangerButton::DangerButton(const QString& text, QWidget* parent)
    : QPushButton(text, parent)
{
    setButtonKind(*this, ButtonKind::Danger);
}

PrimaryButton::PrimaryButton(const QString& text, QWidget* parent)
    : QPushButton(text, parent)
{
    setButtonKind(*this, ButtonKind::Primary);
}

PrimaryButton::PrimaryButton(QAction& action, QWidget* parent)
    : PrimaryButton(action.text(), parent)
{
    const auto follow = [this, &action] {
        setText(action.text());
        setAccessibleName(action.text().remove(u'&'));
        setToolTip(action.toolTip());
        setEnabled(action.isEnabled());
        setShortcutHint(*this, action.shortcut());
    };
    follow();
    setObjectName(action.objectName().isEmpty() ? accessibleName() : action.objectName());
    setButtonAction(*this, action);
    connect(&action, &QAction::changed, this, follow);
    connect(this, &QPushButton::clicked, &action, &QAction::trigger);
}

LinkButton::LinkButton(const QString& text, QWidget* parent)
    : QPushButton(text, parent)
{
    setButtonKind(*this, ButtonKind::Link);
    setFont(Theme::current().font(TextRole::Label));
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

IconButton::IconButton(const QString& icon, const QString& name, QWidget* parent)
    : QToolButton(parent)
    , m_icon(icon)
{
    setToolTip(name);
    setAccessibleName(name);
    setObjectName(icon);
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
    updateIcon();
}

void IconButton::setIconName(const QString& icon)
{
    m_icon = icon;
    updateIcon();
}

void IconButton::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        updateIcon();
    QToolButton::changeEvent(event);
}

void IconButton::updateIcon()
{
    const Theme& theme = Theme::current();
    setIconSize(QSize(theme.px(16), theme.px(16)));
    setIcon(themedIcon(m_icon, theme.color(Tone::Muted)));
}

} // namespace moldau::widgets
