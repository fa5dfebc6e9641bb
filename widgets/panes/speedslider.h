#pragma once

#include <QSlider>

namespace moldau::widgets {

/** Slow motion on a log scale: 1/1000 at the left, 1/1 at the right, with its marks below. */
class SpeedSlider : public QSlider {
    Q_OBJECT
public:
    explicit SpeedSlider(QWidget* parent = nullptr);

    double speed() const;
    void setSpeed(double speed);
    /** "1/1", "1/10", "1/250". */
    static QString textOf(double speed);

    QSize sizeHint() const override;

signals:
    void speedChanged(double speed);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace moldau::widgets
