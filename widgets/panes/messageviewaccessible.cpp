#include "panes/messageviewaccessible.h"

#include "panes/messageview.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHeaderView>

#include <algorithm>
#include <map>

namespace moldau::widgets {

namespace {

class ViewInterface;

/** One cell. Lives as long as the interface of its view. */
class CellInterface final : public QAccessibleInterface, public QAccessibleTableCellInterface {
public:
    CellInterface(MessageView* view, int row, int column)
        : m_view(view)
        , m_row(row)
        , m_column(column)
    {
    }

    bool isValid() const override { return m_view && index().isValid(); }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_view);
    }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::Cell; }
    QRect rect() const override
    {
        const QRect rect = m_view->visualRect(index());
        return rect.isNull() ? rect : rect.translated(m_view->viewport()->mapToGlobal(QPoint()));
    }
    QString text(QAccessible::Text kind) const override
    {
        if (kind == QAccessible::Name || kind == QAccessible::Value) {
            const QString shown = index().data(Qt::DisplayRole).toString();
            return shown.isEmpty() ? index().data(Qt::AccessibleTextRole).toString() : shown;
        }
        return {};
    }
    void setText(QAccessible::Text, const QString&) override { }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.selectable = state.focusable = state.multiSelectable = true;
        state.selected = isSelected();
        state.focused = m_view->hasFocus() && m_view->currentIndex().row() == m_row;
        state.offscreen = m_view->visualRect(index()).isNull();
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::TableCellInterface
            ? static_cast<QAccessibleTableCellInterface*>(this)
            : nullptr;
    }

    int columnExtent() const override { return 1; }
    int rowExtent() const override { return 1; }
    QList<QAccessibleInterface*> columnHeaderCells() const override { return {}; }
    QList<QAccessibleInterface*> rowHeaderCells() const override { return {}; }
    int columnIndex() const override { return m_column; }
    int rowIndex() const override { return m_row; }
    bool isSelected() const override
    {
        return m_view->selectionModel() && m_view->selectionModel()->isSelected(index());
    }
    QAccessibleInterface* table() const override { return parent(); }

private:
    QModelIndex index() const
    {
        return m_view->model() ? m_view->model()->index(m_row, m_column) : QModelIndex();
    }

    MessageView* m_view;
    int m_row;
    int m_column;
};

/** The table; its children are the cells on screen, while cellAt() reaches every row. */
class ViewInterface final : public QAccessibleWidget, public QAccessibleTableInterface {
public:
    explicit ViewInterface(MessageView* view)
        : QAccessibleWidget(view, QAccessible::Table)
    {
    }
    ~ViewInterface() override { forgetCells(); }

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TableInterface)
            return static_cast<QAccessibleTableInterface*>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    int childCount() const override { return rowsOnScreen() * columnCount(); }
    QAccessibleInterface* child(int index) const override
    {
        const int columns = columnCount();
        return columns == 0 ? nullptr
                            : cellAt(view()->firstVisibleRow() + index / columns, index % columns);
    }
    int indexOfChild(const QAccessibleInterface* child) const override
    {
        const auto* cell = dynamic_cast<const CellInterface*>(child);
        return cell
            ? (cell->rowIndex() - view()->firstVisibleRow()) * columnCount() + cell->columnIndex()
            : -1;
    }
    QAccessibleInterface* childAt(int x, int y) const override
    {
        const QModelIndex index = view()->indexAt(view()->viewport()->mapFromGlobal(QPoint(x, y)));
        return index.isValid() ? cellAt(index.row(), index.column()) : nullptr;
    }

    QAccessibleInterface* caption() const override { return nullptr; }
    QAccessibleInterface* summary() const override { return nullptr; }
    QAccessibleInterface* cellAt(int row, int column) const override
    {
        if (row < 0 || row >= rowCount() || column < 0 || column >= columnCount())
            return nullptr;
        const auto place = std::pair(row, column);
        if (const auto known = m_cells.find(place); known != m_cells.end())
            return QAccessible::accessibleInterface(known->second);
        if (m_cells.size() >= kMostCells)
            forgetCells();
        auto* cell = new CellInterface(view(), row, column);
        m_cells[place] = QAccessible::registerAccessibleInterface(cell);
        return cell;
    }
    int selectedCellCount() const override { return selectedRowCount() * columnCount(); }
    QList<QAccessibleInterface*> selectedCells() const override
    {
        QList<QAccessibleInterface*> cells;
        for (const int row : selectedRows()) {
            for (int column = 0; column < columnCount(); ++column)
                cells.append(cellAt(row, column));
        }
        return cells;
    }
    QString columnDescription(int column) const override
    {
        return view()->model() ? view()->model()->headerData(column, Qt::Horizontal).toString()
                               : QString();
    }
    QString rowDescription(int) const override { return {}; }
    int selectedColumnCount() const override { return 0; }
    int selectedRowCount() const override
    {
        int count = 0;
        for (const QItemSelectionRange& range : view()->selectionModel()->selection())
            count += range.height();
        return count;
    }
    int columnCount() const override
    {
        return view()->model() ? view()->model()->columnCount() : 0;
    }
    int rowCount() const override { return view()->model() ? view()->model()->rowCount() : 0; }
    QList<int> selectedColumns() const override { return {}; }
    QList<int> selectedRows() const override
    {
        QList<int> rows;
        for (const QItemSelectionRange& range : view()->selectionModel()->selection()) {
            for (int row = range.top(); row <= range.bottom() && rows.size() < 1'000; ++row)
                rows.append(row);
        }
        return rows;
    }
    bool isColumnSelected(int) const override { return false; }
    bool isRowSelected(int row) const override
    {
        return view()->selectionModel()->isRowSelected(row);
    }
    bool selectRow(int row) override { return select(row, QItemSelectionModel::Select); }
    bool selectColumn(int) override { return false; }
    bool unselectRow(int row) override { return select(row, QItemSelectionModel::Deselect); }
    bool unselectColumn(int) override { return false; }
    void modelChange(QAccessibleTableModelChangeEvent*) override { forgetCells(); }

private:
    static constexpr std::size_t kMostCells = 4'000;

    MessageView* view() const { return static_cast<MessageView*>(widget()); }
    int rowsOnScreen() const
    {
        return std::max(0, view()->lastVisibleRow() - view()->firstVisibleRow() + 1);
    }
    bool select(int row, QItemSelectionModel::SelectionFlag flag)
    {
        const QModelIndex index = view()->model() ? view()->model()->index(row, 0) : QModelIndex();
        if (!index.isValid())
            return false;
        view()->selectionModel()->select(index, flag | QItemSelectionModel::Rows);
        if (flag == QItemSelectionModel::Select)
            view()->selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
        return true;
    }
    void forgetCells() const
    {
        for (const auto& [place, id] : m_cells)
            QAccessible::deleteAccessibleInterface(id);
        m_cells.clear();
    }

    mutable std::map<std::pair<int, int>, QAccessible::Id> m_cells;
};

QAccessibleInterface* makeInterface(const QString&, QObject* object)
{
    auto* view = qobject_cast<MessageView*>(object);
    return view ? new ViewInterface(view) : nullptr;
}

} // namespace

void installMessageViewAccessibility()
{
    static const bool isInstalled = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    Q_UNUSED(isInstalled)
}

} // namespace moldau::widgets
