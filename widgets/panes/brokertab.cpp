#include "panes/brokertab.h"

#include "common/columnfit.h"
#include "common/emptystate.h"
#include "common/label.h"
#include "common/tableview.h"

#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace moldau::widgets {

BrokerTab::BrokerTab(
    const char* id, const QString& name, std::vector<TableColumn> columns, QWidget* parent)
    : QWidget(parent)
    , m_model(new RowsModel(std::move(columns), this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_sentence(new Label({}, TextRole::Label, Tone::Muted, this))
    , m_stack(new QStackedWidget(this))
    , m_view(new TableView(name))
    , m_empty(new EmptyState({}))
{
    const Theme& theme = Theme::current();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    m_sentence->setWordWrap(true);
    m_sentence->setContentsMargins(theme.px(15), theme.px(8), theme.px(15), theme.px(6));
    m_sentence->hide();
    layout->addWidget(m_sentence);
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(RowsModel::SortRole);
    m_view->setObjectName(QLatin1String(id));
    m_view->setModel(m_sorted);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(-1, Qt::AscendingOrder); // as they come, until a heading is clicked
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    layout->addWidget(m_stack, 1);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        &BrokerTab::selectionChanged);
    showRows();
}

void BrokerTab::setSentence(const QString& sentence)
{
    m_sentence->setText(sentence);
    m_sentence->setVisible(!sentence.isEmpty());
}

void BrokerTab::setRows(std::vector<TableRow> rows)
{
    m_model->setRows(std::move(rows));
    showRows();
}

void BrokerTab::setEmptySentence(const QString& sentence)
{
    m_empty->setSentence(sentence);
}

void BrokerTab::showRows()
{
    m_stack->setCurrentIndex(m_model->rowCount() == 0 ? 1 : 0);
}

QStringList BrokerTab::selected() const
{
    QStringList keys;
    for (const QModelIndex& index : m_view->selectionModel()->selectedRows())
        keys.append(index.data(RowsModel::KeyRole).toString());
    return keys;
}

void BrokerTab::setWidths(
    int naming, const std::vector<int>& widths, std::vector<int> leastImportantFirst)
{
    const Theme& theme = Theme::current();
    QHeaderView* header = m_view->horizontalHeader();
    header->setStretchLastSection(false);
    for (int column = 0; column < static_cast<int>(widths.size()); ++column) {
        if (column == naming)
            header->setSectionResizeMode(column, QHeaderView::Stretch);
        else
            header->resizeSection(column, theme.px(widths[static_cast<std::size_t>(column)]));
    }
    new ColumnFit(*header, naming, theme.px(150), std::move(leastImportantFirst));
}

} // namespace moldau::widgets
