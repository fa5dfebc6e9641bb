#include "panes/metricspage.h"

#include "common/buttons.h"
#include "common/format.h"
#include "common/pill.h"
#include "common/segmentedcontrol.h"
#include "common/toolbarrow.h"
#include "panes/metricchart.h"

#include <QAction>
#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLocale>
#include <QPushButton>

#include <algorithm>
#include <cmath>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kMostLines = 8;

} // namespace

MetricsPage::MetricsPage(Session& session, QWidget* parent)
    : Page(u"metrics"_s, tr("Metrics"), parent)
    , m_session(session)
    , m_recorder(new MetricRecorder(session, this))
    , m_ratePill(addPill())
    , m_syncPill(addPill())
    , m_scopePill(addPill())
    , m_split(new SegmentedControl(tr("Lines by"), this))
    , m_span(new SegmentedControl(tr("Time shown"), this))
    , m_pause(new QPushButton(tr("Pause"), this))
{
    const Theme& theme = Theme::current();
    auto* bar = new ToolbarRow(this);
    m_split->addSegment(tr("By topic"), 0);
    m_split->addSegment(tr("By broker"), 1);
    m_split->setMinimumWidth(theme.px(190));
    bar->add(m_split);
    m_span->addSegment(tr("1 min"), 60);
    m_span->addSegment(tr("5 min"), 300);
    m_span->addSegment(tr("15 min"), 900);
    m_span->setMinimumWidth(theme.px(210));
    bar->add(m_span);
    bar->addStretch();
    auto* pause = new QAction(tr("Pause"), this);
    pause->setCheckable(true);
    pause->setShortcut(QKeySequence(Qt::Key_F8)); // as on the Live page; Space presses buttons
    addPageAction(pause);
    auto* copy = new QAction(tr("Copy the figures as CSV"), this);
    connect(copy, &QAction::triggered, this, &MetricsPage::copyCsv);
    addPageAction(copy);
    auto* copyButton = new QPushButton(tr("Copy as CSV"), this);
    copyButton->setObjectName(u"Copy as CSV"_s);
    setButtonAction(*copyButton, *copy);
    connect(copyButton, &QPushButton::clicked, copy, &QAction::trigger);
    bar->add(copyButton);
    m_pause->setCheckable(true);
    m_pause->setAccessibleName(tr("Pause the charts"));
    m_pause->setObjectName(u"Pause the charts"_s);
    m_pause->setMinimumWidth(theme.px(90));
    m_pause->setToolTip(tr("The charts stand still; recording goes on"));
    connect(m_pause, &QPushButton::toggled, this, [this, pause](bool isOn) {
        m_pause->setText(isOn ? tr("Go on") : tr("Pause"));
        pause->setChecked(isOn);
        if (!isOn)
            refresh();
    });
    connect(pause, &QAction::toggled, m_pause, &QPushButton::setChecked);
    setButtonAction(*m_pause, *pause);
    bar->add(m_pause);
    body().addWidget(bar);

    auto* grid = new QGridLayout;
    grid->setSpacing(theme.px(12));
    const struct {
        Metric metric;
        QString id;
        QString title;
        QString explanation;
        double leastTop;
    } kCharts[] = {
        {Metric::RecordsIn, u"Records in"_s, tr("Records in"),
            tr("Records that leaders appended, a second"), 4},
        {Metric::RecordsOut, u"Records out"_s, tr("Records out"),
            tr("Records that consumers fetched, a second"), 4},
        {Metric::BytesIn, u"Bytes in"_s, tr("Bytes in"),
            tr("Bytes that leaders appended, a second, as compressed by the producer"), 1000},
        {Metric::BytesOut, u"Bytes out"_s, tr("Bytes out"),
            tr("Bytes that consumers fetched, a second"), 1000},
        {Metric::Latency, u"Latency"_s, tr("Request latency, 99th percentile"),
            tr("From a request's arrival at the broker to its answer, by kind of request; one in a "
               "hundred takes longer. Fetch is left out: it waits for records on purpose"),
            1},
        {Metric::OutOfSync, u"Out of sync"_s, tr("Partitions out of sync"),
            tr("Partitions with a replica that is too far behind its leader to count"), 4},
    };
    int place = 0;
    for (const auto& chart : kCharts) {
        auto* card = new MetricChart(
            chart.title, chart.explanation,
            [this, metric = chart.metric](double value) { return textOf(metric, value); },
            chart.leastTop, this);
        card->setObjectName(u"Chart "_s + chart.id);
        m_charts[static_cast<std::size_t>(chart.metric)] = card;
        grid->addWidget(card, place / 2, place % 2);
        ++place;
    }
    for (int i = 0; i < 3; ++i)
        grid->setRowStretch(i, 1);
    for (int i = 0; i < 2; ++i)
        grid->setColumnStretch(i, 1);
    body().addLayout(grid, 1);
    connect(m_split, &SegmentedControl::currentChanged, this, &MetricsPage::refresh);
    connect(m_span, &SegmentedControl::currentChanged, this, &MetricsPage::refresh);
    m_span->setCurrent(60);
    connect(m_recorder, &MetricRecorder::secondClosed, this, [this] {
        updatePills();
        if (isVisible() && !m_pause->isChecked())
            refresh();
    });
    updatePills();
    refresh();
}

void MetricsPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    if (!m_pause->isChecked())
        refresh();
}

QString MetricsPage::textOf(Metric metric, double value) const
{
    switch (metric) {
    case Metric::BytesIn:
    case Metric::BytesOut:
        return tr("%1/s").arg(formatBytes(std::llround(value)));
    case Metric::Latency:
        return tr("%1 ms").arg(QLocale().toString(value, 'f',
            value >= 10 || value == std::floor(value) ? 0
                : value < 1                           ? 2
                                                      : 1));
    case Metric::OutOfSync:
        return formatNumber(std::llround(value));
    default:
        return formatShortNumber(value < 10 ? std::round(value * 10) / 10 : std::round(value));
    }
}

QColor MetricsPage::colorOf(Metric metric, MetricSplit split, const QString& line)
{
    const Theme& theme = Theme::current();
    if (line == tr("others"))
        return theme.color(Tone::Offline);
    if (metric == Metric::Latency) {
        // A kind of request keeps its colour whichever is slowest.
        if (!m_requests.contains(line))
            m_requests.append(line);
        return theme.topic(static_cast<int>(m_requests.indexOf(line)));
    }
    if (split == MetricSplit::Topic)
        return m_session.colors().colorOf(line);
    const int number = line.mid(line.lastIndexOf(u'-') + 1).toInt();
    return theme.topic(std::max(0, number - 1));
}

void MetricsPage::refresh()
{
    for (int metric = 0; metric < kMetricCount; ++metric)
        refreshChart(static_cast<Metric>(metric));
}

void MetricsPage::refreshChart(Metric metric)
{
    MetricChart* chart = m_charts[static_cast<std::size_t>(metric)];
    if (m_recorder->knowledge(metric) == MetricRecorder::Knowledge::None) {
        chart->setNote(tr(
            "Not visible from outside: an external cluster doesn't tell what other programs do."));
        return;
    }
    const auto split = static_cast<MetricSplit>(m_split->current());
    const MetricHistory& history = m_recorder->history(metric, split);
    std::vector<MetricChart::ShownLine> lines;
    for (MetricHistory::Line& line : history.lines(m_span->current(), kMostLines, tr("others"))) {
        const QColor color = colorOf(metric, split, line.name);
        lines.push_back({std::move(line), color});
    }
    QString now;
    if (metric == Metric::Latency) {
        for (const auto& shown : lines) {
            if (shown.line.name == u"Produce"_s && !shown.line.values.empty()
                && !std::isnan(shown.line.values.back()))
                now = tr("Produce %1").arg(textOf(metric, shown.line.values.back()));
        }
    } else if (history.seconds() > 0) {
        now = metric == Metric::OutOfSync || metric == Metric::BytesIn || metric == Metric::BytesOut
            ? textOf(metric, history.last())
            : formatRate(history.last());
    }
    chart->setLines(std::move(lines), m_span->current(), now);
}

void MetricsPage::updatePills()
{
    const double in = m_recorder->history(Metric::RecordsIn, MetricSplit::Topic).last();
    const double out = m_recorder->history(Metric::RecordsOut, MetricSplit::Topic).last();
    const bool isOutKnown
        = m_recorder->knowledge(Metric::RecordsOut) == MetricRecorder::Knowledge::Whole;
    m_ratePill->setState(Tone::Accent,
        isOutKnown ? tr("%1 in · %2 out").arg(formatRate(in), formatRate(out))
                   : tr("%1 in").arg(formatRate(in)));
    const auto outOfSync
        = static_cast<qint64>(m_recorder->history(Metric::OutOfSync, MetricSplit::Topic).last());
    m_syncPill->setState(outOfSync > 0 ? Tone::Warning : Tone::Good,
        outOfSync > 0 ? tr("%1 out of sync").arg(formatNumber(outOfSync)) : tr("all in sync"));
    const bool isWhole
        = m_recorder->knowledge(Metric::RecordsOut) == MetricRecorder::Knowledge::Whole;
    m_scopePill->setVisible(!isWhole);
    m_scopePill->setState(
        Tone::Offline, tr("in: from offsets · out and latency: this window's own"));
}

void MetricsPage::copyCsv()
{
    static constexpr const char* kNames[]
        = {"records in", "records out", "bytes in", "bytes out", "p99 ms", "out of sync"};
    QStringList rows = {u"metric,line,seconds ago,value"_s};
    for (int metric = 0; metric < kMetricCount; ++metric) {
        const auto split = static_cast<MetricSplit>(m_split->current());
        for (const MetricHistory::Line& line :
            m_recorder->history(static_cast<Metric>(metric), split)
                .lines(m_span->current(), MetricHistory::kMostLines, u"others"_s)) {
            for (std::size_t i = 0; i < line.values.size(); ++i) {
                if (!std::isnan(line.values[i]))
                    rows.append(u"%1,%2,%3,%4"_s.arg(QLatin1String(kNames[metric]), line.name)
                                    .arg(line.values.size() - 1 - i)
                                    .arg(line.values[i], 0, 'g', 12));
            }
        }
    }
    QGuiApplication::clipboard()->setText(rows.join(u'\n') + u'\n');
}

} // namespace moldau::widgets
