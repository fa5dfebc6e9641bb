#pragma once

#include "topology/recording.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>

namespace moldau::widgets {

/**
 * How much happened in the last minutes, as bars; marks for what changed the cluster. A click goes
 * back to that moment. Moves four times a second while it is seen and live.
 */
class DensityStrip : public QWidget {
    Q_OBJECT
public:
    using MarkText = std::function<QString(const DensityHistory::Mark&)>;

    explicit DensityStrip(const DensityHistory& history, QWidget* parent = nullptr);

    void setMarkText(MarkText text) { m_markText = std::move(text); }
    /** The moment that the picture shows; none while it is live. */
    void setShown(std::optional<qint64> timeNs);

    QSize sizeHint() const override;

signals:
    void seekRequested(qint64 timeNs);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    double barWidth() const;
    qint64 lastBucket() const;
    double xOf(qint64 timeNs) const;
    qint64 timeAt(double x) const;

    const DensityHistory& m_history;
    MarkText m_markText;
    std::optional<qint64> m_shown;
    std::optional<qint64> m_frozenEnd; // the right edge while an earlier moment is shown
    QTimer m_tick;
};

} // namespace moldau::widgets
