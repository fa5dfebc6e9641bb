#pragma once

#include "bridge/session.h"
#include "common/page.h"
#include "models/metricrecorder.h"

#include <array>

class QPushButton;

namespace moldau::widgets {

class MetricChart;
class SegmentedControl;

/** How fast and how well the cluster runs: six figures over the last minutes. */
class MetricsPage final : public Page {
    Q_OBJECT
public:
    explicit MetricsPage(Session& session, QWidget* parent = nullptr);

    MetricRecorder& recorder() { return *m_recorder; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void refresh();
    void refreshChart(Metric metric);
    QColor colorOf(Metric metric, MetricSplit split, const QString& line);
    QString textOf(Metric metric, double value) const;
    void updatePills();
    void copyCsv();

    Session& m_session;
    MetricRecorder* m_recorder;
    Pill* m_ratePill;
    Pill* m_syncPill;
    Pill* m_scopePill;
    SegmentedControl* m_split;
    SegmentedControl* m_span;
    QPushButton* m_pause;
    QStringList m_requests; ///< kinds of request in the order in which they were first shown
    std::array<MetricChart*, kMetricCount> m_charts{};
};

} // namespace moldau::widgets
