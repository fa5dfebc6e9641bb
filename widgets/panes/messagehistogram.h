#pragma once

#include <QWidget>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace moldau::widgets {

class TimeIndex;

/**
 * Records over time as a strip of bars, matches of the filter in front of them. Dragging over it,
 * or Shift with the arrow keys, narrows the time; the words stand above the bars, never on them.
 */
class MessageHistogram final : public QWidget {
    Q_OBJECT
public:
    explicit MessageHistogram(QWidget* parent = nullptr);

    /** Null shows an empty strip. `matches` is empty without a filter. */
    void setData(const TimeIndex* index, const std::vector<std::int64_t>& matches);
    void setColor(const QColor& color);
    /** Bins [first, second) that are chosen. */
    std::optional<std::pair<int, int>> selection() const { return m_selection; }
    void clearSelection();

    QSize sizeHint() const override;

signals:
    /** Milliseconds since 1970, [from, to); from = to when the choice was taken back. */
    void spanChosen(qint64 fromMs, qint64 toMs);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    QRectF barArea() const;
    int binAt(double x) const;
    void choose(std::optional<std::pair<int, int>> selection, bool isFinal);
    void updateDescription();
    QString leftCaption() const;
    QString rightCaption() const;
    double recordsIn(std::pair<int, int> bins) const;
    std::int64_t matchesIn(std::pair<int, int> bins) const;

    std::vector<double> m_counts;
    std::vector<std::int64_t> m_matches;
    std::int64_t m_firstMs = 0;
    std::int64_t m_endMs = 0;
    QColor m_color;
    std::optional<std::pair<int, int>> m_selection;
    int m_pressed = -1;
    int m_cursor = 0; ///< the bin that the keyboard is at
};

} // namespace moldau::widgets
