#include "panes/consumedmodel.h"

#include "common/painting.h"
#include "common/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

ConsumedModel::ConsumedModel(Session& session, QObject* parent)
    : QAbstractTableModel(parent)
    , m_session(session)
{
}

void ConsumedModel::setTopic(const QString& topic)
{
    m_topic = topic;
}

void ConsumedModel::add(const std::vector<client::Record>& records)
{
    const auto fresh = static_cast<int>(std::min<std::size_t>(records.size(), kMaxRows));
    if (fresh == 0)
        return;
    if (const int overflow = rowCount() + fresh - kMaxRows; overflow > 0) {
        beginRemoveRows({}, rowCount() - overflow, rowCount() - 1);
        m_rows.erase(m_rows.end() - overflow, m_rows.end());
        endRemoveRows();
    }
    beginInsertRows({}, 0, fresh - 1);
    for (auto it = records.end() - fresh; it != records.end(); ++it)
        m_rows.push_front(ShownRecord::of(*it));
    endInsertRows();
}

void ConsumedModel::clear()
{
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

int ConsumedModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ConsumedModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(kColumns);
}

QVariant ConsumedModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const ShownRecord& record = m_rows[static_cast<std::size_t>(index.row())];
    const std::optional<Bytes>& bytes = index.column() == KeyColumn ? record.key : record.value;
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case PartitionColumn:
            return record.partition;
        case OffsetColumn:
            return QVariant::fromValue<qint64>(record.offset);
        default:
            if (!bytes)
                return index.column() == KeyColumn ? tr("no key") : tr("null");
            if (bytes->empty())
                return tr("empty");
            return oneLine(*bytes, record.isCut());
        }
    case IsNullRole:
        return index.column() >= KeyColumn && !bytes;
    case IsEmptyRole:
        return index.column() >= KeyColumn && bytes && bytes->empty();
    case ColorRole:
        return m_session.colors().colorOf(m_topic);
    default:
        return {};
    }
}

QVariant ConsumedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case PartitionColumn:
        return tr("Partition");
    case OffsetColumn:
        return tr("Offset");
    case KeyColumn:
        return tr("Key");
    case ValueColumn:
        return tr("Value");
    default:
        return {};
    }
}

ConsumedTable::ConsumedTable(QWidget* parent)
    : QTableView(parent)
{
    setAccessibleName(tr("Consumed records"));
    setObjectName(u"Consumed records"_s);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setTabKeyNavigation(false);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    horizontalHeader()->hide();
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(Theme::current().px(44));
    viewport()->setAutoFillBackground(false);
}

void ConsumedTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    if (!model())
        return;
    const int width = viewport()->width() / ConsumedModel::kColumns;
    for (int column = 0; column < ConsumedModel::kColumns; ++column)
        setColumnWidth(column, width);
}

void ConsumedTable::paintEvent(QPaintEvent*)
{
    if (!model())
        return;
    QPainter painter(viewport());
    const int height = verticalHeader()->defaultSectionSize();
    for (int row = std::max(0, rowAt(0)); row < model()->rowCount(); ++row) {
        const int top = rowViewportPosition(row);
        if (top > viewport()->height())
            break;
        paintRow(painter, QRect(0, top, viewport()->width(), height), row);
    }
}

void ConsumedTable::paintRow(QPainter& painter, const QRect& rect, int row) const
{
    const Theme& theme = Theme::current();
    const auto at = [&](int column) { return model()->index(row, column); };
    const double side = theme.pxf(16);
    if (selectionModel() && selectionModel()->isRowSelected(row))
        painter.fillRect(rect, theme.color(Tone::AccentGround));
    const QRectF inner = QRectF(rect).adjusted(side, 0, -theme.pxf(12), 0);
    drawHairline(painter, inner.left(), rect.bottom(), inner.right(), theme.color(Tone::Line));
    drawDot(painter, QPointF(inner.left() + theme.pxf(4), rect.top() + theme.pxf(14)), theme.pxf(7),
        at(0).data(ConsumedModel::ColorRole).value<QColor>());

    const QRectF words = inner.adjusted(theme.pxf(20), 0, 0, 0);
    const QRectF first(words.left(), rect.top() + theme.pxf(5), words.width(), theme.pxf(18));
    const QRectF second(words.left(), rect.top() + theme.pxf(22), words.width(), theme.pxf(18));
    const QString place = u"%1 · %2"_s.arg(at(ConsumedModel::PartitionColumn).data().toString(),
        at(ConsumedModel::OffsetColumn).data().toString());
    painter.setFont(theme.font(TextRole::Data));
    painter.setPen(theme.color(Tone::Ink));
    const double placeWidth = painter.fontMetrics().horizontalAdvance(place) + theme.pxf(8);
    drawElided(painter, first, Qt::AlignVCenter, place);
    QFont value = theme.font(TextRole::Data);
    const bool isAbout = at(ConsumedModel::ValueColumn).data(ConsumedModel::IsNullRole).toBool()
        || at(ConsumedModel::ValueColumn).data(ConsumedModel::IsEmptyRole).toBool();
    value.setItalic(isAbout);
    painter.setFont(value);
    painter.setPen(theme.color(isAbout ? Tone::Faint : Tone::Ink));
    drawElided(painter, second, Qt::AlignVCenter, at(ConsumedModel::ValueColumn).data().toString());
    const bool hasKey = !at(ConsumedModel::KeyColumn).data(ConsumedModel::IsNullRole).toBool();
    painter.setFont(theme.font(TextRole::Small));
    painter.setPen(theme.color(hasKey ? Tone::Muted : Tone::Faint));
    drawElided(painter, first.adjusted(placeWidth, 0, 0, 0), Qt::AlignVCenter | Qt::AlignRight,
        at(ConsumedModel::KeyColumn).data().toString(), Qt::ElideMiddle);
}

bool ConsumedTable::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && model()) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int row = rowAt(help->pos().y());
        if (row >= 0)
            QToolTip::showText(help->globalPos(),
                model()->index(row, ConsumedModel::ValueColumn).data().toString().left(1000), this);
        return true;
    }
    return QTableView::viewportEvent(event);
}

void ConsumedTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy) && selectionModel()) {
        QStringList lines;
        for (const QModelIndex& row : selectionModel()->selectedRows()) {
            QStringList fields;
            for (int column = 0; column < ConsumedModel::kColumns; ++column)
                fields.append(row.siblingAtColumn(column).data().toString());
            lines.append(fields.join(u'\t'));
        }
        QApplication::clipboard()->setText(lines.join(u'\n'));
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace moldau::widgets
