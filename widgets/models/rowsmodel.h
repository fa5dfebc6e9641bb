#pragma once

#include "common/theme.h"

#include <QAbstractTableModel>

#include <functional>
#include <optional>
#include <vector>

namespace moldau::widgets {

/** What a cell of a RowsModel shows. */
struct TableCell {
    QString text;
    double sort = 0; ///< of number columns
    double bar = -1; ///< 0…1: how much of the cell's bar is filled; -1: no bar
    double mark = -1; ///< 0…1: a mark across the bar; -1: none
    std::optional<Tone> dot;
    bool isFaint = false; ///< said about the value rather than the value
    QString tip;

    bool operator==(const TableCell&) const = default;
};

struct TableRow {
    QString key; ///< the row is the same one as before where this is
    QString topic; ///< whose colour is the dot of the first cell; may be empty
    std::vector<TableCell> cells;

    bool operator==(const TableRow&) const = default;
};

struct TableColumn {
    QString title;
    bool isNumber = false; ///< right-aligned, sorted by TableCell::sort
    bool isData = true; ///< monospaced
    QString tip;
};

/**
 * A table that is told its rows as a whole, again and again, and passes on what has changed: what
 * is selected stays selected. Rows may be made on any thread; the model is for the GUI thread.
 */
class RowsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role {
        KeyRole = Qt::UserRole,
        SortRole, ///< a number or a text
        BarRole, ///< double, invalid where there is no bar
        MarkRole, ///< double, invalid where there is no mark
    };

    RowsModel(std::vector<TableColumn> columns, QObject* parent);

    void setRows(std::vector<TableRow> rows);
    const std::vector<TableRow>& rows() const { return m_rows; }
    const std::vector<TableColumn>& columns() const { return m_columns; }
    /** -1 where there is none. */
    int rowOf(const QString& key) const;
    /** Gives topics their colours. */
    void setTopicColor(std::function<QColor(const QString&)> colorOf) { m_colorOf = colorOf; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void dropMissing(const std::vector<TableRow>& wanted);
    bool insertNew(std::vector<TableRow>& wanted);

    std::vector<TableColumn> m_columns;
    std::vector<TableRow> m_rows;
    std::function<QColor(const QString&)> m_colorOf;
};

} // namespace moldau::widgets
