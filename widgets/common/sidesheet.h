#pragma once

#include "common/panel.h"

class QHBoxLayout;
class QVBoxLayout;

namespace moldau::widgets {

class IconButton;
class Label;

/** Detail of what is selected, at the right of a page, instead of a dialog. Escape closes it. */
class SideSheet : public Panel {
    Q_OBJECT
public:
    explicit SideSheet(QWidget* parent = nullptr);

    /** The dot before the title has the topic's colour; an invalid colour hides it. */
    void setTitle(const QString& title, const QString& subtitle = {}, const QColor& dot = {});
    /** Takes the widget over; it fills the sheet below the title. */
    void setContent(QWidget* content);
    /** A row at the sheet's foot for its actions; made at the first call. */
    QVBoxLayout* footer();

signals:
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    class Dot;
    Dot* m_dot;
    Label* m_title;
    Label* m_subtitle;
    QVBoxLayout* m_layout;
    QVBoxLayout* m_contentSlot;
    QVBoxLayout* m_footer = nullptr;
};

} // namespace moldau::widgets
