#include "common/accessiblerole.h"

#include <QAccessibleWidget>
#include <QComboBox>

namespace moldau::widgets {

namespace {

constexpr const char* kRoleProperty = "moldauRole";

class AccessibleComboBox final : public QAccessibleWidget {
public:
    explicit AccessibleComboBox(QComboBox* box)
        : QAccessibleWidget(box, QAccessible::ComboBox)
        , m_box(*box)
    {
    }
    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Value ? m_box.currentText() : QAccessibleWidget::text(kind);
    }
    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.expandable = true;
        state.editable = m_box.isEditable();
        state.hasPopup = true;
        return state;
    }
    QStringList actionNames() const override
    {
        return {showMenuAction(), pressAction(), setFocusAction()};
    }
    void doAction(const QString& action) override
    {
        if (action == showMenuAction() || action == pressAction())
            m_box.showPopup();
        else
            QAccessibleWidget::doAction(action);
    }

private:
    QComboBox& m_box;
};

QAccessibleInterface* makeInterface(const QString&, QObject* object)
{
    auto* widget = qobject_cast<QWidget*>(object);
    if (!widget)
        return nullptr;
    if (auto* box = qobject_cast<QComboBox*>(widget))
        return new AccessibleComboBox(box);
    const QVariant role = widget->property(kRoleProperty);
    return role.isValid()
        ? new QAccessibleWidget(widget, static_cast<QAccessible::Role>(role.toInt()))
        : nullptr;
}

} // namespace

void installAccessibility()
{
    static const bool isInstalled = (QAccessible::installFactory(makeInterface), true);
    Q_UNUSED(isInstalled)
}

void setAccessibleRole(QWidget& widget, QAccessible::Role role)
{
    installAccessibility();
    widget.setProperty(kRoleProperty, static_cast<int>(role));
}

} // namespace moldau::widgets
