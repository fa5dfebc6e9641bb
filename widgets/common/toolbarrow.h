#pragma once

#include "common/panel.h"

class QHBoxLayout;

namespace moldau::widgets {

/** The row of search, filters and secondary actions above a page's content. */
class ToolbarRow : public QWidget {
    Q_OBJECT
public:
    explicit ToolbarRow(QWidget* parent = nullptr);

    void add(QWidget* widget, int stretch = 0);
    void addStretch();

private:
    QHBoxLayout* m_layout;
};

} // namespace moldau::widgets
