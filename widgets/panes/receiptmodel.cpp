#include "panes/receiptmodel.h"

#include "common/format.h"
#include "common/painting.h"
#include "common/theme.h"

#include <QPainter>

#include <algorithm>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int kFlushMs = 90;
} // namespace

ReceiptModel::ReceiptModel(Session& session, QObject* parent)
    : QAbstractListModel(parent)
    , m_session(session)
{
    m_flush.setSingleShot(true);
    m_flush.setInterval(kFlushMs);
    connect(&m_flush, &QTimer::timeout, this, &ReceiptModel::flush);
}

quint64 ReceiptModel::add(const QString& topic, int partition)
{
    Row row;
    row.number = m_next++;
    row.topic = topic;
    row.partition = partition;
    m_fresh.push_back(std::move(row));
    if (m_fresh.size() > kMaxRows)
        m_fresh.erase(m_fresh.begin());
    ++m_waiting;
    if (!m_flush.isActive()) {
        // The first of a series shows at once.
        flush();
        m_flush.start();
    }
    return m_next - 1;
}

void ReceiptModel::acknowledge(quint64 number, const client::SendReceipt& receipt)
{
    --m_waiting;
    if (Row* row = find(number)) {
        row->isWaiting = false;
        row->partition = receipt.partition;
        row->offset = receipt.offset;
        row->latencyNs = receipt.latencyNs;
        m_hasChanges = true;
    }
    if (!m_flush.isActive())
        flush();
}

void ReceiptModel::fail(quint64 number, const QString& reason)
{
    --m_waiting;
    if (Row* row = find(number)) {
        row->isWaiting = false;
        row->error = reason;
        m_hasChanges = true;
    }
    if (!m_flush.isActive())
        flush();
}

ReceiptModel::Row* ReceiptModel::find(quint64 number)
{
    const auto isIt = [number](const Row& row) { return row.number == number; };
    if (const auto fresh = std::find_if(m_fresh.begin(), m_fresh.end(), isIt);
        fresh != m_fresh.end())
        return &*fresh;
    const auto shown = std::find_if(m_rows.begin(), m_rows.end(), isIt);
    return shown == m_rows.end() ? nullptr : &*shown;
}

void ReceiptModel::flush()
{
    if (m_hasChanges && !m_rows.empty())
        emit dataChanged(index(0), index(rowCount() - 1));
    m_hasChanges = false;
    if (m_fresh.empty())
        return;
    const int fresh = static_cast<int>(m_fresh.size());
    const int overflow = std::max(0, rowCount() + fresh - kMaxRows);
    if (overflow > 0) {
        const int first = std::max(0, rowCount() - overflow);
        beginRemoveRows({}, first, rowCount() - 1);
        m_rows.erase(m_rows.begin() + first, m_rows.end());
        endRemoveRows();
    }
    beginInsertRows({}, 0, fresh - 1);
    for (Row& row : m_fresh)
        m_rows.push_front(std::move(row));
    m_fresh.clear();
    endInsertRows();
    m_flush.start();
}

int ReceiptModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ReceiptModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const QString place = row.partition < 0 ? row.topic
        : row.offset < 0                    ? tr("%1 / %2").arg(row.topic).arg(row.partition)
                         : tr("%1 / %2 · %3").arg(row.topic).arg(row.partition).arg(row.offset);
    switch (role) {
    case Qt::DisplayRole:
        return place;
    case Qt::AccessibleTextRole:
        return place + u", "_s + data(index, LatencyRole).toString();
    case LatencyRole:
        if (row.isWaiting)
            return tr("waiting");
        return row.error.isEmpty() ? formatDuration(row.latencyNs) : tr("failed");
    case Qt::ToolTipRole:
        return row.error.isEmpty() ? QVariant() : row.error;
    case IsWaitingRole:
        return row.isWaiting;
    case IsFailedRole:
        return !row.error.isEmpty();
    case ColorRole:
        return m_session.colors().colorOf(row.topic);
    default:
        return {};
    }
}

void ReceiptDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = Theme::current();
    const QRectF rect = option.rect;
    painter->save();
    const QPointF dot(rect.left() + theme.pxf(6), rect.center().y());
    const QColor color = index.data(ReceiptModel::ColorRole).value<QColor>();
    const bool isWaiting = index.data(ReceiptModel::IsWaitingRole).toBool();
    const bool isFailed = index.data(ReceiptModel::IsFailedRole).toBool();
    const double side = theme.pxf(8);
    const QRectF circle(dot.x() - side / 2, dot.y() - side / 2, side, side);
    if (isWaiting)
        drawBox(*painter, circle, side / 2, {}, color, theme.pxf(1.6));
    else
        drawDot(*painter, dot, side, isFailed ? theme.color(Tone::Bad) : color);
    const QString latency = index.data(ReceiptModel::LatencyRole).toString();
    painter->setFont(theme.font(TextRole::Small));
    painter->setPen(theme.color(isFailed ? Tone::Bad : isWaiting ? Tone::Warning : Tone::Muted));
    const double width = painter->fontMetrics().horizontalAdvance(latency) + 2;
    painter->drawText(rect, Qt::AlignVCenter | Qt::AlignRight, latency);
    painter->setFont(theme.font(TextRole::Data));
    painter->setPen(theme.color(Tone::Ink));
    drawElided(*painter, rect.adjusted(theme.pxf(20), 0, -width - theme.pxf(6), 0),
        Qt::AlignVCenter, index.data().toString(), Qt::ElideMiddle);
    painter->restore();
}

QSize ReceiptDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    const Theme& theme = Theme::current();
    return QSize(theme.px(120), theme.px(24));
}

} // namespace moldau::widgets
