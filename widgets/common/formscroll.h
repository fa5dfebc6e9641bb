#pragma once

#include <QScrollArea>

namespace moldau::widgets {

/** A form as high as its content while there is room; below that it scrolls instead of squeezing.
 */
class FormScroll : public QScrollArea {
    Q_OBJECT
public:
    /** Takes the form over. */
    explicit FormScroll(QWidget* form, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace moldau::widgets
