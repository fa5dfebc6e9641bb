#pragma once

#include "common/panel.h"
#include "models/metrichistory.h"

#include <QColor>

#include <functional>
#include <vector>

class QChart;
class QLineSeries;
class QValueAxis;

namespace moldau::widgets {

class Label;

/**
 * One figure over the last minutes: title, the figure now, lines in the colours of what they stand
 * for, and below them a legend that shows the values under the pointer. The chart is QtCharts', its
 * look is the window's.
 */
class MetricChart final : public Panel {
    Q_OBJECT
public:
    /** `format` makes a value's text, with unit; the scale reaches at least up to `leastTop`. */
    MetricChart(const QString& title, const QString& explanation,
        std::function<QString(double)> format, double leastTop, QWidget* parent = nullptr);
    ~MetricChart() override;

    struct ShownLine {
        MetricHistory::Line line;
        QColor color;
    };
    /** The last `seconds`; `now` is said at the right of the title. */
    void setLines(std::vector<ShownLine> lines, int seconds, const QString& now);
    /** Instead of lines: why there is nothing. */
    void setNote(const QString& note);
    QString title() const { return m_title; }

protected:
    void changeEvent(QEvent* event) override;

private:
    class View;
    class Legend;
    void applyTheme();
    void updateAxes(double most, int seconds);
    void hover(double secondsAgo);
    void updateAccessible();

    QString m_title;
    std::function<QString(double)> m_format;
    std::vector<ShownLine> m_lines;
    int m_seconds = 0;
    const double m_leastTop;
    double m_top = 0;
    double m_hovered = -1; ///< seconds ago; -1: none
    QString m_now;
    Label* m_titleLabel;
    Label* m_nowLabel;
    Label* m_note;
    QChart* m_chart;
    View* m_view;
    Legend* m_legend;
    QValueAxis* m_x = nullptr;
    QValueAxis* m_y = nullptr;
    std::vector<std::pair<double, QString>> m_ticks; ///< of the y axis, with their labels
    std::vector<QLineSeries*> m_series;
};

} // namespace moldau::widgets
