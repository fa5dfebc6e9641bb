#pragma once

#include <QAccessible>

class QWidget;

namespace moldau::widgets {

/**
 * Lets screen readers know combo boxes by their accessible names, with what is chosen as their
 * value (Qt 6.4 gives them their value for a name on Linux), and widgets of our own by their roles.
 */
void installAccessibility();

/** Says what a widget of our own is; call it before the widget gets its accessible name. */
void setAccessibleRole(QWidget& widget, QAccessible::Role role);

} // namespace moldau::widgets
