#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

namespace moldau::widgets {

/** The drawing resources/icons/NAME.svg in one colour, sharp on every screen. Faded where disabled.
 */
QIcon themedIcon(const QString& name, const QColor& color);

/** The same as pixels, `size` device-independent pixels wide. */
QPixmap iconPixmap(const QString& name, const QColor& color, int size, double devicePixelRatio);

} // namespace moldau::widgets
