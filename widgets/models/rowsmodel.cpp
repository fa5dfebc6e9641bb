#include "models/rowsmodel.h"

#include "common/tableview.h"

#include <QSet>

#include <algorithm>

namespace moldau::widgets {

namespace {

/** More rows than people look at one by one: they are replaced as a whole. */
constexpr std::size_t kManyRows = 2000;

} // namespace

RowsModel::RowsModel(std::vector<TableColumn> columns, QObject* parent)
    : QAbstractTableModel(parent)
    , m_columns(std::move(columns))
{
}

void RowsModel::setRows(std::vector<TableRow> rows)
{
    const bool isMany = std::max(rows.size(), m_rows.size()) > kManyRows;
    if (!isMany) {
        dropMissing(rows);
        if (insertNew(rows))
            return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

void RowsModel::dropMissing(const std::vector<TableRow>& wanted)
{
    QSet<QString> kept;
    for (const TableRow& row : wanted)
        kept.insert(row.key);
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (kept.contains(m_rows[static_cast<std::size_t>(row)].key))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
}

/** False where rows have changed places. */
bool RowsModel::insertNew(std::vector<TableRow>& wanted)
{
    std::size_t known = 0;
    for (const TableRow& row : wanted) {
        if (known < m_rows.size() && m_rows[known].key == row.key)
            ++known;
    }
    if (known != m_rows.size())
        return false;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const int row = static_cast<int>(i);
        if (i >= m_rows.size() || m_rows[i].key != wanted[i].key) {
            beginInsertRows({}, row, row);
            m_rows.insert(m_rows.begin() + row, std::move(wanted[i]));
            endInsertRows();
        } else if (m_rows[i] != wanted[i]) {
            m_rows[i] = std::move(wanted[i]);
            emit dataChanged(index(row, 0), index(row, columnCount() - 1));
        }
    }
    return true;
}

int RowsModel::rowOf(const QString& key) const
{
    const auto found = std::find_if(
        m_rows.begin(), m_rows.end(), [&key](const TableRow& row) { return row.key == key; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int RowsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RowsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant RowsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const TableRow& row = m_rows[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<std::size_t>(index.column());
    if (role == KeyRole)
        return row.key;
    if (column >= row.cells.size())
        return {};
    const TableCell& cell = row.cells[column];
    switch (role) {
    case Qt::DisplayRole:
        return cell.text;
    case Qt::ToolTipRole:
        return cell.tip.isEmpty() ? QVariant() : QVariant(cell.tip);
    case Qt::TextAlignmentRole:
        return headerData(index.column(), Qt::Horizontal, role);
    case IsDataRole:
        return m_columns[column].isData && !cell.isFaint;
    case IsFaintRole:
        return cell.isFaint;
    case ElideRole:
        return static_cast<int>(m_columns[column].isData ? Qt::ElideMiddle : Qt::ElideRight);
    case DotRole:
        if (cell.dot)
            return Theme::current().color(*cell.dot);
        return column == 0 && m_colorOf && !row.topic.isEmpty() ? QVariant(m_colorOf(row.topic))
                                                                : QVariant();
    case SortRole:
        return m_columns[column].isNumber ? QVariant(cell.sort) : QVariant(cell.text);
    case BarRole:
        return cell.bar < 0 ? QVariant() : QVariant(cell.bar);
    case MarkRole:
        return cell.mark < 0 ? QVariant() : QVariant(cell.mark);
    default:
        return {};
    }
}

QVariant RowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const TableColumn& column = m_columns[static_cast<std::size_t>(section)];
    switch (role) {
    case Qt::DisplayRole:
        return column.title;
    case Qt::ToolTipRole:
        return column.tip.isEmpty() ? QVariant() : QVariant(column.tip);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::AlignVCenter | (column.isNumber ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

} // namespace moldau::widgets
