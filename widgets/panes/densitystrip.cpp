#include "panes/densitystrip.h"

#include "common/accessiblerole.h"
#include "common/format.h"
#include "common/painting.h"
#include "common/theme.h"

#include <QDateTime>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <cmath>
#include <numeric>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

qint64 nowNs()
{
    return QDateTime::currentMSecsSinceEpoch() * 1'000'000;
}

} // namespace

DensityStrip::DensityStrip(const DensityHistory& history, QWidget* parent)
    : QWidget(parent)
    , m_history(history)
{
    setAccessibleRole(*this, QAccessible::Chart);
    setAccessibleName(tr("Density of events over time"));
    setObjectName(u"Density of events"_s);
    setToolTip(tr("Click to go back to that moment."));
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFixedHeight(sizeHint().height());
    m_tick.setInterval(250);
    connect(&m_tick, &QTimer::timeout, this, qOverload<>(&QWidget::update));
}

void DensityStrip::setShown(std::optional<qint64> timeNs)
{
    if (timeNs && !m_frozenEnd)
        m_frozenEnd = lastBucket();
    if (!timeNs)
        m_frozenEnd.reset();
    m_shown = timeNs;
    update();
}

QSize DensityStrip::sizeHint() const
{
    const Theme& theme = Theme::current();
    return QSize(theme.px(400), theme.px(30));
}

double DensityStrip::barWidth() const
{
    return Theme::current().pxf(5);
}

qint64 DensityStrip::lastBucket() const
{
    return m_frozenEnd.value_or(nowNs() / DensityHistory::kBucketNs);
}

double DensityStrip::xOf(qint64 timeNs) const
{
    const double bucketsBack = static_cast<double>(lastBucket() + 1)
        - static_cast<double>(timeNs) / DensityHistory::kBucketNs;
    return width() - Theme::current().pxf(4) - bucketsBack * barWidth();
}

qint64 DensityStrip::timeAt(double x) const
{
    const double bucketsBack = (width() - Theme::current().pxf(4) - x) / barWidth();
    return static_cast<qint64>(
        (static_cast<double>(lastBucket() + 1) - bucketsBack) * DensityHistory::kBucketNs);
}

void DensityStrip::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const QRectF area = rect();
    drawBox(painter, area, theme.pxf(5), theme.color(Tone::Raised), theme.color(Tone::Line));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(area.adjusted(2, 1, -2, -1));

    const double bar = barWidth();
    const double full = area.height() - theme.pxf(7);
    const int shown = static_cast<int>(area.width() / bar) + 1;
    const qint64 last = lastBucket();
    painter.setPen(Qt::NoPen);
    double most = 10;
    for (int i = 0; i < shown; ++i) {
        if (const DensityHistory::Bucket* bucket = m_history.bucket(last - i))
            most = std::max<double>(
                most, std::accumulate(bucket->records.begin(), bucket->records.end(), 0u));
    }
    for (int i = 0; i < shown; ++i) {
        const DensityHistory::Bucket* bucket = m_history.bucket(last - i);
        if (!bucket)
            continue;
        const quint32 records = std::accumulate(bucket->records.begin(), bucket->records.end(), 0u);
        const double x = area.right() - theme.pxf(4) - (i + 1) * bar;
        // Log scale: one record is seen, a million doesn't hide it.
        const auto heightOf = [full, most](double count) {
            return count <= 0
                ? 0.0
                : full * std::min(1.0, 0.12 + 0.88 * std::log1p(count) / std::log1p(most));
        };
        double y = area.bottom() - theme.pxf(3);
        if (records > 0) {
            const double total = heightOf(records);
            for (int topic = 0; topic < DensityHistory::kTopics; ++topic) {
                const quint32 own = bucket->records[static_cast<std::size_t>(topic)];
                if (own == 0)
                    continue;
                const double part = total * own / records;
                painter.setBrush(Theme::blend(theme.topic(topic), theme.color(Tone::Raised), 0.7));
                painter.drawRect(QRectF(x, y - part, bar - theme.pxf(2), part));
                y -= part;
            }
        } else if (bucket->others > 0) {
            const double height = std::max(theme.pxf(2), heightOf(bucket->others) * 0.4);
            painter.setBrush(
                Theme::blend(theme.color(Tone::Muted), theme.color(Tone::Raised), 0.4));
            painter.drawRect(QRectF(x, y - height, bar - theme.pxf(2), height));
        }
        if (bucket->failures > 0) {
            painter.setBrush(theme.color(Tone::Bad));
            painter.drawRect(
                QRectF(x, area.top() + theme.pxf(3), bar - theme.pxf(2), theme.pxf(3)));
        }
    }

    painter.setFont(theme.font(TextRole::Tiny));
    const auto colorOf = [&theme](const DensityHistory::Mark& mark) {
        return theme.color(
            mark.kind == EventKind::NodeStarted || mark.kind == EventKind::NodeUnpaused
                ? Tone::Good
                : Tone::Bad);
    };
    const auto isSeen = [&](double x) { return x >= area.left() && x <= area.right() + 1; };
    for (const DensityHistory::Mark& mark : m_history.marks()) {
        if (const double x = xOf(mark.timeNs); isSeen(x))
            painter.fillRect(
                QRectF(std::floor(x), area.top(), theme.pxf(1.5), area.height()), colorOf(mark));
    }
    double freeUntil = 1e9;
    // Words stand over the lines. The newest first: where they would meet, older ones give way.
    for (auto it = m_history.marks().rbegin(); it != m_history.marks().rend(); ++it) {
        const DensityHistory::Mark& mark = *it;
        const double x = xOf(mark.timeNs);
        if (!isSeen(x) || !m_markText)
            continue;
        const QString text = m_markText(mark);
        const double width = painter.fontMetrics().horizontalAdvance(text) + theme.pxf(8);
        // Words stand on their own ground, so that bars don't run through them.
        const double left
            = x + theme.pxf(3) + width > area.right() ? x - width - theme.pxf(2) : x + theme.pxf(4);
        if (left + width > freeUntil)
            continue;
        const QRectF box(left, area.top() + theme.pxf(3), width, theme.pxf(15));
        drawBox(painter, box, theme.pxf(3), theme.color(Tone::Surface));
        painter.setPen(colorOf(mark));
        painter.drawText(box, Qt::AlignCenter, text);
        painter.setPen(Qt::NoPen);
        freeUntil = std::min(box.left(), x) - theme.pxf(2);
    }

    const double at = m_shown ? xOf(*m_shown) : area.right() - theme.pxf(4);
    painter.fillRect(
        QRectF(std::floor(at), area.top(), theme.pxf(2), area.height()), theme.color(Tone::Accent));
    painter.setClipping(false);
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange))
        drawFocusRing(painter, area, theme.pxf(5));
}

void DensityStrip::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        emit seekRequested(timeAt(event->position().x()));
}

void DensityStrip::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons().testFlag(Qt::LeftButton))
        emit seekRequested(timeAt(event->position().x()));
}

void DensityStrip::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        const qint64 from = m_shown.value_or(nowNs());
        emit seekRequested(
            from + (event->key() == Qt::Key_Left ? -1 : 1) * DensityHistory::kBucketNs);
        return;
    }
    QWidget::keyPressEvent(event);
}

void DensityStrip::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_tick.start();
}

void DensityStrip::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_tick.stop();
}

} // namespace moldau::widgets
