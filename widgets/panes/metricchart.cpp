#include "panes/metricchart.h"

#include "common/label.h"
#include "common/painting.h"

#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QGraphicsLayout>
#include <QHBoxLayout>
#include <QLineSeries>
#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr double kLookBack = 10; // seconds

/** Seconds between two labels of the time axis. */
int timeStep(int seconds)
{
    return seconds <= 60 ? 15 : seconds <= 300 ? 60 : 300;
}

} // namespace

/** The chart with a line at the pointer, and the times below it. */
class MetricChart::View final : public QChartView {
public:
    View(QChart* chart, MetricChart& owner)
        : QChartView(chart, &owner)
        , m_owner(owner)
    {
        setRenderHint(QPainter::Antialiasing);
        setMouseTracking(true);
        setFrameShape(QFrame::NoFrame);
        setBackgroundBrush(Qt::NoBrush);
        viewport()->setAutoFillBackground(false);
        setFocusPolicy(Qt::NoFocus);
        viewport()->setFocusPolicy(Qt::NoFocus);
    }

protected:
    void mouseMoveEvent(QMouseEvent* event) override
    {
        const QPointF value = chart()->mapToValue(event->position());
        m_owner.hover(chart()->plotArea().contains(event->position()) ? -value.x() : -1);
    }
    void leaveEvent(QEvent* event) override
    {
        QChartView::leaveEvent(event);
        m_owner.hover(-1);
    }
    void drawForeground(QPainter* painter, const QRectF&) override
    {
        const Theme& theme = Theme::current();
        drawTimes(*painter);
        drawValues(*painter);
        if (m_owner.m_hovered < 0)
            return;
        const double x = chart()->mapToPosition(QPointF(-m_owner.m_hovered, 0)).x();
        const QRectF plot = chart()->plotArea();
        drawVerticalHairline(*painter, x, plot.top(), plot.bottom(), theme.color(Tone::Muted));
        for (const ShownLine& shown : m_owner.m_lines) {
            const auto count = static_cast<double>(shown.line.values.size());
            const double at = count - 1 - m_owner.m_hovered;
            if (at < 0 || at >= count)
                continue;
            const double value = shown.line.values[static_cast<std::size_t>(std::lround(at))];
            if (!std::isnan(value))
                drawDot(*painter,
                    QPointF(x, chart()->mapToPosition(QPointF(-m_owner.m_hovered, value)).y()),
                    theme.pxf(6), shown.color);
        }
    }

private:
    void drawTimes(QPainter& painter)
    {
        const Theme& theme = Theme::current();
        const QRectF plot = chart()->plotArea();
        const int seconds = m_owner.m_seconds;
        const int step = timeStep(seconds);
        painter.setFont(theme.font(TextRole::Tiny));
        painter.setPen(theme.color(Tone::Muted));
        for (int ago = seconds; ago >= 0; ago -= step) {
            const QString text = ago == 0 ? MetricChart::tr("now")
                : ago % 60 != 0           ? MetricChart::tr("−%1 s").arg(ago)
                                          : MetricChart::tr("−%1 min").arg(ago / 60);
            const double x = plot.left() + plot.width() * (seconds - ago) / seconds;
            const double width = theme.pxf(60);
            const QRectF room(ago == seconds ? x
                    : ago == 0               ? x - width
                                             : x - width / 2,
                plot.bottom() + theme.pxf(3), width, theme.pxf(16));
            painter.drawText(room,
                Qt::AlignVCenter
                    | (ago == seconds  ? Qt::AlignLeft
                            : ago == 0 ? Qt::AlignRight
                                       : Qt::AlignHCenter),
                text);
        }
    }

    void drawValues(QPainter& painter)
    {
        const Theme& theme = Theme::current();
        const QRectF plot = chart()->plotArea();
        painter.setFont(theme.font(TextRole::Tiny));
        painter.setPen(theme.color(Tone::Muted));
        for (const auto& [value, text] : m_owner.m_ticks) {
            const double y = plot.bottom() - plot.height() * value / m_owner.m_top;
            painter.drawText(QRectF(0, y - theme.pxf(8), plot.left() - theme.pxf(6), theme.pxf(16)),
                Qt::AlignVCenter | Qt::AlignRight, text);
        }
    }

    MetricChart& m_owner;
};

/** Names and values of the lines in one row, as many as fit. */
class MetricChart::Legend final : public QWidget {
public:
    explicit Legend(QWidget* parent)
        : QWidget(parent)
    {
        setFixedHeight(Theme::current().px(20));
    }
    struct Entry {
        QString name;
        QString value;
        QColor color;
    };
    std::vector<Entry> entries;
    QString moment;

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = Theme::current();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        double x = 0;
        const QFont nameFont = theme.font(TextRole::Small);
        const QFont valueFont = theme.font(TextRole::SmallData);
        const QFontMetricsF names(nameFont);
        const QFontMetricsF values(valueFont);
        double right = width();
        if (!moment.isEmpty()) {
            painter.setFont(nameFont);
            painter.setPen(theme.color(Tone::Muted));
            const double momentWidth = names.horizontalAdvance(moment);
            painter.drawText(
                QRectF(right - momentWidth, 0, momentWidth, height()), Qt::AlignVCenter, moment);
            right -= momentWidth + theme.pxf(12);
        }
        for (const Entry& entry : entries) {
            const double nameWidth = std::min(names.horizontalAdvance(entry.name), theme.pxf(110));
            const double wanted = theme.pxf(14) + nameWidth + theme.pxf(5)
                + values.horizontalAdvance(entry.value) + theme.pxf(14);
            if (x + wanted > right)
                break;
            drawDot(painter, QPointF(x + theme.pxf(4), height() / 2.0), theme.pxf(7), entry.color);
            x += theme.pxf(14);
            painter.setFont(nameFont);
            painter.setPen(theme.color(Tone::Ink));
            drawElided(painter, QRectF(x, 0, nameWidth + 1, height()),
                Qt::AlignVCenter | Qt::AlignLeft, entry.name, Qt::ElideMiddle);
            x += nameWidth + theme.pxf(5);
            painter.setFont(valueFont);
            painter.setPen(theme.color(Tone::Muted));
            const double valueWidth = values.horizontalAdvance(entry.value);
            painter.drawText(QRectF(x, 0, valueWidth + 1, height()), Qt::AlignVCenter, entry.value);
            x += valueWidth + theme.pxf(14);
        }
    }
};

MetricChart::MetricChart(const QString& title, const QString& explanation,
    std::function<QString(double)> format, double leastTop, QWidget* parent)
    : Panel(parent)
    , m_title(title)
    , m_format(std::move(format))
    , m_leastTop(leastTop)
    , m_titleLabel(new Label(title, TextRole::PaneTitle, Tone::Ink, this))
    , m_nowLabel(new Label({}, TextRole::Data, Tone::Ink, this))
    , m_note(new Label({}, TextRole::Label, Tone::Muted, this))
    , m_chart(new QChart)
    , m_view(new View(m_chart, *this))
    , m_legend(new Legend(this))
{
    const Theme& theme = Theme::current();
    setAccessibleName(title);
    m_titleLabel->setToolTip(explanation);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme.px(16), theme.px(10), theme.px(14), theme.px(8));
    layout->setSpacing(theme.px(2));
    auto* head = new QHBoxLayout;
    head->addWidget(m_titleLabel);
    head->addStretch(1);
    head->addWidget(m_nowLabel);
    layout->addLayout(head);
    m_note->setAlignment(Qt::AlignCenter);
    m_note->setWordWrap(true);
    layout->addWidget(m_note, 1);
    m_note->hide();
    layout->addWidget(m_view, 1);
    layout->addWidget(m_legend);
    m_chart->legend()->hide();
    // The view paints the labels of both axes: Qt Charts cuts them where it finds the room small.
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->setBackgroundRoundness(0);
    m_chart->setBackgroundVisible(false);
    m_chart->setPlotAreaBackgroundVisible(false);
    m_chart->setAnimationOptions(QChart::NoAnimation);
    m_x = new QValueAxis(m_chart);
    m_y = new QValueAxis(m_chart);
    m_x->setLabelsVisible(false);
    m_y->setLabelsVisible(false);
    m_chart->addAxis(m_x, Qt::AlignBottom);
    m_chart->addAxis(m_y, Qt::AlignLeft);
    applyTheme();
    updateAxes(0, 300);
}

MetricChart::~MetricChart() = default;

void MetricChart::applyTheme()
{
    const Theme& theme = Theme::current();
    for (QValueAxis* axis : {m_x, m_y}) {
        axis->setGridLinePen(QPen(theme.color(Tone::Line), 1));
        axis->setLinePen(Qt::NoPen);
    }
    m_x->setGridLineVisible(false);
    m_x->setLinePen(QPen(theme.color(Tone::Line), 1));
}

void MetricChart::changeEvent(QEvent* event)
{
    Panel::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange)
        applyTheme();
}

void MetricChart::updateAxes(double most, int seconds)
{
    // The top is 1, 2 or 5 times a power of ten, and falls only when it is far too high: no
    // jumping.
    const Theme& theme = Theme::current();
    const double wanted = std::max(most * 1.08, m_leastTop);
    double top = std::pow(10.0, std::floor(std::log10(wanted)));
    for (const double step : {1.0, 2.0, 4.0, 5.0, 8.0, 10.0}) {
        if (top * step >= wanted) {
            top *= step;
            break;
        }
    }
    if (top > m_top || wanted < m_top * 0.45) {
        m_top = top;
        m_ticks.clear();
        // As many parts as give round values; few things aren't cut into fractions.
        const double first = m_top / std::pow(10.0, std::floor(std::log10(m_top)));
        const int parts = m_leastTop >= 4 && m_top < 4               ? static_cast<int>(m_top)
            : std::abs(first - 5) < 0.1 || std::abs(first - 1) < 0.1 ? 5
                                                                     : 4;
        const QFontMetrics metrics(theme.font(TextRole::Tiny));
        int widest = 0;
        for (int i = 0; i <= parts; ++i) {
            m_ticks.emplace_back(m_top * i / parts, m_format(m_top * i / parts));
            widest = std::max(widest, metrics.horizontalAdvance(m_ticks.back().second));
        }
        m_y->setTickCount(parts + 1);
        m_y->setRange(0, m_top);
        m_chart->setMargins(QMargins(widest + theme.px(8), theme.px(8), theme.px(2), theme.px(18)));
    }
    if (seconds != m_seconds) {
        m_seconds = seconds;
        m_x->setTickCount(seconds / timeStep(seconds) + 1);
        m_x->setRange(-seconds, 0);
    }
}

void MetricChart::setLines(std::vector<ShownLine> lines, int seconds, const QString& now)
{
    m_note->hide();
    m_view->show();
    m_lines = std::move(lines);
    m_now = now;
    m_nowLabel->setText(now);
    double most = 0;
    while (m_series.size() > m_lines.size()) {
        m_chart->removeSeries(m_series.back());
        delete m_series.back();
        m_series.pop_back();
    }
    while (m_series.size() < m_lines.size()) {
        auto* series = new QLineSeries;
        m_chart->addSeries(series);
        series->attachAxis(m_x);
        series->attachAxis(m_y);
        m_series.push_back(series);
    }
    const Theme& theme = Theme::current();
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const std::vector<double>& values = m_lines[i].line.values;
        QList<QPointF> points;
        points.reserve(static_cast<qsizetype>(values.size()));
        const auto count = static_cast<double>(values.size());
        for (std::size_t at = 0; at < values.size(); ++at) {
            if (std::isnan(values[at]))
                continue;
            points.append(QPointF(static_cast<double>(at) + 1 - count, values[at]));
            most = std::max(most, values[at]);
        }
        QPen pen(m_lines[i].color, theme.pxf(1.6));
        pen.setJoinStyle(Qt::RoundJoin);
        pen.setCapStyle(Qt::RoundCap);
        m_series[i]->setPen(pen);
        m_series[i]->setName(m_lines[i].line.name);
        m_series[i]->replace(points);
    }
    updateAxes(most, seconds);
    hover(m_hovered);
    updateAccessible();
}

void MetricChart::setNote(const QString& note)
{
    setLines({}, std::max(m_seconds, 60), {});
    m_view->hide();
    m_note->setText(note);
    m_note->show();
    setAccessibleDescription(note);
}

void MetricChart::hover(double secondsAgo)
{
    m_hovered = secondsAgo < 0 ? -1 : std::round(secondsAgo);
    m_legend->entries.clear();
    for (const ShownLine& shown : m_lines) {
        const std::vector<double>& values = shown.line.values;
        const auto count = static_cast<double>(values.size());
        const double at = count - 1 - std::max(m_hovered, 0.0);
        double value = MetricHistory::kUnknown;
        // What was known last, where that second said nothing.
        for (double i = at; i >= 0 && i < count && i > at - kLookBack && std::isnan(value); --i)
            value = values[static_cast<std::size_t>(i)];
        m_legend->entries.push_back(
            {shown.line.name, std::isnan(value) ? u"—"_s : m_format(value), shown.color});
    }
    m_legend->moment = m_hovered < 0 ? QString()
        : m_hovered < 1              ? tr("now")
                                     : tr("%1 s ago").arg(static_cast<int>(m_hovered));
    m_legend->update();
    m_view->viewport()->update();
}

void MetricChart::updateAccessible()
{
    QStringList parts = {m_now};
    for (const Legend::Entry& entry : m_legend->entries)
        parts.append(entry.name + u' ' + entry.value);
    setAccessibleDescription(parts.join(u", "_s));
}

} // namespace moldau::widgets
