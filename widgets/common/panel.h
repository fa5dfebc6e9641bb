#pragma once

#include <QWidget>

namespace moldau::widgets {

/** A surface with round corners and a hairline around it: what panes and cards lie on. */
class Panel : public QWidget {
    Q_OBJECT
public:
    explicit Panel(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

/** A hairline between parts of a panel, from edge to edge. */
class Hairline : public QWidget {
    Q_OBJECT
public:
    explicit Hairline(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace moldau::widgets
