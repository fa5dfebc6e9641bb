#include "panes/messagehistogram.h"

#include "common/accessiblerole.h"
#include "common/format.h"
#include "common/painting.h"
#include "common/theme.h"
#include "models/timeindex.h"

#include <QDateTime>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

QString moment(std::int64_t ms, std::int64_t span)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(ms);
    const QLocale locale;
    if (span < 60'000)
        return locale.toString(time, u"HH:mm:ss.zzz"_s);
    if (span < 86'400'000)
        return locale.toString(time, u"HH:mm:ss"_s);
    return locale.toString(
        time, locale.language() == QLocale::Korean ? u"M월 d일 HH:mm"_s : u"d MMM HH:mm"_s);
}

} // namespace

MessageHistogram::MessageHistogram(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setCursor(Qt::CrossCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleRole(*this, QAccessible::Chart);
    setAccessibleName(tr("Records over time"));
    setObjectName(u"Records over time"_s);
}

QSize MessageHistogram::sizeHint() const
{
    const Theme& theme = Theme::current();
    return QSize(theme.px(400), theme.px(72));
}

void MessageHistogram::setData(const TimeIndex* index, const std::vector<std::int64_t>& matches)
{
    m_counts = index ? index->counts() : std::vector<double>();
    m_firstMs = index ? index->firstMs() : 0;
    m_endMs = index ? index->endMs() : 0;
    m_matches = matches;
    if (m_counts.empty())
        m_selection.reset();
    updateDescription();
    update();
}

void MessageHistogram::setColor(const QColor& color)
{
    m_color = color;
    update();
}

void MessageHistogram::clearSelection()
{
    m_selection.reset();
    updateDescription();
    update();
}

QRectF MessageHistogram::barArea() const
{
    const Theme& theme = Theme::current();
    return QRectF(rect()).adjusted(theme.pxf(16), theme.pxf(26), -theme.pxf(16), -theme.pxf(8));
}

int MessageHistogram::binAt(double x) const
{
    const QRectF area = barArea();
    const int bins = static_cast<int>(m_counts.size());
    return bins == 0
        ? 0
        : std::clamp(static_cast<int>((x - area.left()) / area.width() * bins), 0, bins - 1);
}

double MessageHistogram::recordsIn(std::pair<int, int> bins) const
{
    double sum = 0;
    for (int bin = bins.first; bin < bins.second; ++bin)
        sum += m_counts[static_cast<std::size_t>(bin)];
    return sum;
}

std::int64_t MessageHistogram::matchesIn(std::pair<int, int> bins) const
{
    std::int64_t sum = 0;
    for (int bin = bins.first;
         bin < bins.second && static_cast<std::size_t>(bin) < m_matches.size(); ++bin)
        sum += m_matches[static_cast<std::size_t>(bin)];
    return sum;
}

QString MessageHistogram::leftCaption() const
{
    QStringList parts = {tr("records over time")};
    if (m_selection) {
        parts.append(tr("%1 in range").arg(formatNumber(std::llround(recordsIn(*m_selection)))));
        if (!m_matches.empty())
            parts.append(tr("%1 match").arg(formatNumber(matchesIn(*m_selection))));
    }
    return parts.join(u" · "_s);
}

QString MessageHistogram::rightCaption() const
{
    if (m_counts.empty())
        return {};
    const std::int64_t span = m_endMs - m_firstMs;
    const auto at = [&](int bin) {
        return m_firstMs
            + static_cast<std::int64_t>(
                static_cast<double>(span) * bin / static_cast<double>(m_counts.size()));
    };
    if (m_selection)
        return tr("%1 – %2 · double click for all")
            .arg(moment(at(m_selection->first), span), moment(at(m_selection->second), span));
    return tr("%1 – %2 · drag to narrow").arg(moment(m_firstMs, span), moment(m_endMs, span));
}

void MessageHistogram::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    drawBox(painter, rect(), theme.pxf(Theme::kPanelRadius), theme.color(Tone::Surface),
        theme.color(Tone::Line));
    const QRectF caption(theme.pxf(16), theme.pxf(5), width() - theme.pxf(32), theme.pxf(18));
    painter.setFont(theme.font(TextRole::Small));
    painter.setPen(theme.color(Tone::Muted));
    const QString right = rightCaption();
    const double rightWidth = painter.fontMetrics().horizontalAdvance(right) + theme.pxf(16);
    drawElided(painter, caption.adjusted(0, 0, -rightWidth, 0), Qt::AlignLeft | Qt::AlignVCenter,
        leftCaption());
    drawElided(painter, caption, Qt::AlignRight | Qt::AlignVCenter, right);

    const QRectF area = barArea();
    if (m_counts.empty()) {
        drawHairline(painter, area.left(), area.bottom(), area.right(), theme.color(Tone::Line));
        return;
    }
    const auto bins = static_cast<double>(m_counts.size());
    const double step = area.width() / bins;
    const double most = std::max(1.0, *std::max_element(m_counts.begin(), m_counts.end()));
    const QColor strong = m_color.isValid() ? m_color : theme.color(Tone::Accent);
    const QColor pale
        = Theme::blend(strong, theme.color(Tone::Surface), theme.isDark() ? 0.5 : 0.38);
    if (m_selection) {
        const QRectF chosen(area.left() + m_selection->first * step, area.top() - theme.pxf(4),
            (m_selection->second - m_selection->first) * step, area.height() + theme.pxf(8));
        drawBox(painter, chosen, theme.pxf(4), theme.color(Tone::AccentGround),
            theme.color(Tone::Accent));
    }
    for (std::size_t i = 0; i < m_counts.size(); ++i) {
        const int bin = static_cast<int>(i);
        const bool isChosen
            = !m_selection || (bin >= m_selection->first && bin < m_selection->second);
        const double left = area.left() + static_cast<double>(i) * step;
        const double width = std::max(1.0, step - std::min(theme.pxf(2), step * 0.3));
        if (m_counts[i] > 0) {
            // A bar of one record among millions stays visible.
            const double height = std::max(1.5, area.height() * m_counts[i] / most);
            painter.fillRect(QRectF(left, area.bottom() - height, width, height),
                m_selection && isChosen ? strong : pale);
        }
        if (i < m_matches.size() && m_matches[i] > 0) {
            const double share = std::min(1.0, static_cast<double>(m_matches[i]) / most);
            const double height = std::max(theme.pxf(2.5), area.height() * share);
            painter.fillRect(
                QRectF(left, area.bottom() - height, width, height), theme.color(Tone::Warning));
        }
    }
    if (hasFocus()) {
        const double x = area.left() + (m_cursor + 0.5) * step;
        drawVerticalHairline(painter, x, area.top() - theme.pxf(2), area.bottom() + theme.pxf(2),
            theme.color(Tone::Accent));
        drawFocusRing(
            painter, QRectF(rect()).adjusted(1, 1, -1, -1), theme.pxf(Theme::kPanelRadius));
    }
}

void MessageHistogram::choose(std::optional<std::pair<int, int>> selection, bool isFinal)
{
    const bool isTakenBack = m_selection && !selection;
    m_selection = selection;
    updateDescription();
    update();
    if (!isFinal)
        return;
    if (!selection) {
        if (isTakenBack)
            emit spanChosen(0, 0);
        return;
    }
    const auto at = [&](int bin) {
        return m_firstMs
            + static_cast<std::int64_t>(std::ceil(static_cast<double>(m_endMs - m_firstMs) * bin
                / static_cast<double>(m_counts.size())));
    };
    emit spanChosen(at(selection->first), at(selection->second));
}

void MessageHistogram::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_counts.empty())
        return;
    m_pressed = m_cursor = binAt(event->position().x());
}

void MessageHistogram::mouseMoveEvent(QMouseEvent* event)
{
    if (m_pressed < 0)
        return;
    const int bin = binAt(event->position().x());
    if (bin != m_pressed || m_selection)
        choose(std::pair(std::min(bin, m_pressed), std::max(bin, m_pressed) + 1), false);
}

void MessageHistogram::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_pressed < 0)
        return;
    const int bin = binAt(event->position().x());
    const bool isClick = bin == m_pressed;
    m_pressed = -1;
    // A click alone chooses nothing: it is too easily made.
    if (!isClick)
        choose(m_selection, true);
}

void MessageHistogram::mouseDoubleClickEvent(QMouseEvent*)
{
    m_pressed = -1;
    choose(std::nullopt, true);
}

void MessageHistogram::keyPressEvent(QKeyEvent* event)
{
    const int bins = static_cast<int>(m_counts.size());
    if (bins == 0)
        return QWidget::keyPressEvent(event);
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        const int before = m_cursor;
        m_cursor = std::clamp(m_cursor + (event->key() == Qt::Key_Right ? 1 : -1), 0, bins - 1);
        if (event->modifiers().testFlag(Qt::ShiftModifier)) {
            auto [first, end] = m_selection.value_or(std::pair(before, before + 1));
            // The edge next to the cursor moves.
            if (before == end - 1 && m_cursor >= first)
                end = m_cursor + 1;
            else
                first = std::min(m_cursor, end - 1);
            choose(std::pair(first, end), false);
        }
        update();
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_selection) {
        choose(m_selection, true);
        return;
    }
    if (event->key() == Qt::Key_Escape && m_selection) {
        choose(std::nullopt, true);
        return;
    }
    QWidget::keyPressEvent(event);
}

void MessageHistogram::updateDescription()
{
    setAccessibleDescription(leftCaption() + u", "_s + rightCaption());
}

bool MessageHistogram::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && !m_counts.empty()) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int bin = binAt(help->pos().x());
        const std::int64_t span = m_endMs - m_firstMs;
        const std::int64_t at = m_firstMs
            + static_cast<std::int64_t>(
                static_cast<double>(span) * bin / static_cast<double>(m_counts.size()));
        QString text = tr("%1: %2 records")
                           .arg(moment(at, span),
                               formatNumber(std::llround(m_counts[static_cast<std::size_t>(bin)])));
        if (static_cast<std::size_t>(bin) < m_matches.size())
            text += u", "_s
                + tr("%1 match").arg(formatNumber(m_matches[static_cast<std::size_t>(bin)]));
        QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace moldau::widgets
