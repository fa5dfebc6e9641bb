#pragma once

#include "models/rowsmodel.h"

#include <QWidget>

class QSortFilterProxyModel;
class QStackedWidget;

namespace moldau::widgets {

class EmptyState;
class Label;
class TableView;

/** One table of the Brokers page with a sentence above it, or a sentence in its place. */
class BrokerTab final : public QWidget {
    Q_OBJECT
public:
    /** `id` is the table's object name, in no language. */
    BrokerTab(const char* id, const QString& name, std::vector<TableColumn> columns,
        QWidget* parent = nullptr);

    RowsModel& model() const { return *m_model; }
    TableView& view() const { return *m_view; }
    /** Hidden where it is empty. */
    void setSentence(const QString& sentence);
    void setRows(std::vector<TableRow> rows);
    /** Said where there are no rows. */
    void setEmptySentence(const QString& sentence);
    /** Keys of the selected rows. */
    QStringList selected() const;
    /** The column that takes the room that others leave, and the widths of the others. */
    void setWidths(
        int naming, const std::vector<int>& widths, std::vector<int> leastImportantFirst);

signals:
    void selectionChanged();

private:
    void showRows();

    RowsModel* m_model;
    QSortFilterProxyModel* m_sorted;
    Label* m_sentence;
    QStackedWidget* m_stack;
    TableView* m_view;
    EmptyState* m_empty;
};

} // namespace moldau::widgets
