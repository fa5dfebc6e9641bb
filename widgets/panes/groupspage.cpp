#include "panes/groupspage.h"

#include "common/columnfit.h"
#include "common/emptystate.h"
#include "common/field.h"
#include "common/format.h"
#include "common/label.h"
#include "common/messagebar.h"
#include "common/panel.h"
#include "common/pill.h"
#include "common/sidesheet.h"
#include "common/tableview.h"
#include "common/toolbarrow.h"
#include "models/groupmodel.h"
#include "models/grouppoller.h"

#include <QAction>
#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>
#include <map>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

QStandardItem* dataItem(const QString& text, Qt::Alignment side = Qt::AlignLeft)
{
    auto* item = new QStandardItem(text);
    item->setData(true, IsDataRole);
    item->setData(static_cast<int>(Qt::ElideMiddle), ElideRole);
    item->setTextAlignment(side | Qt::AlignVCenter);
    return item;
}

/** Puts these rows into a table that may show them already: what is chosen there stays chosen. */
void setRows(QStandardItemModel& model, const QList<QList<QStandardItem*>>& rows)
{
    model.setRowCount(static_cast<int>(rows.size()));
    for (int row = 0; row < rows.size(); ++row) {
        for (int column = 0; column < rows[row].size(); ++column) {
            QStandardItem* item = rows[row][column];
            QStandardItem* shown = model.item(row, column);
            if (!shown) {
                model.setItem(row, column, item);
                continue;
            }
            if (shown->text() != item->text())
                shown->setText(item->text());
            if (shown->data(DotRole) != item->data(DotRole))
                shown->setData(item->data(DotRole), DotRole);
            delete item;
        }
    }
}

void setRightHeader(QStandardItemModel& model, int column)
{
    model.setHeaderData(column, Qt::Horizontal,
        QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter), Qt::TextAlignmentRole);
}

} // namespace

GroupsPage::GroupsPage(Session& session, QWidget* parent)
    : Page(u"groups"_s, tr("Groups"), parent)
    , m_session(session)
    , m_model(new GroupModel(this))
    , m_poller(new GroupPoller(session, *m_model, this))
    , m_filtered(new QSortFilterProxyModel(this))
    , m_countPill(addPill())
    , m_statePill(addPill())
    , m_search(new SearchField(tr("Filter groups"), tr("Filter by name   /"), this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_sheet(new SideSheet(this))
    , m_offsets(new QStandardItemModel(this))
    , m_members(new QStandardItemModel(this))
{
    const Theme& theme = Theme::current();
    auto* bar = new ToolbarRow(this);
    m_search->setMaximumWidth(theme.px(560));
    bar->add(m_search, 3);
    bar->addStretch();
    body().addWidget(bar);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(theme.px(12));
    m_splitter->addWidget(makeTable());
    makeSheet();
    m_splitter->addWidget(m_sheet);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setSizes({theme.px(720), theme.px(508)});
    body().addWidget(m_splitter, 1);

    auto* find = new QAction(tr("Filter groups"), this);
    find->setShortcut(QKeySequence(u"/"_s));
    connect(find, &QAction::triggered, m_search, qOverload<>(&QWidget::setFocus));
    addPageAction(find);
    find->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(find);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_filtered->setFilterFixedString(text);
        updateState();
    });
    connect(m_poller, &GroupPoller::listed, this, [this] {
        m_isListed = true;
        message().clear();
        if (!m_shown.isEmpty() && !m_model->group(m_shown)) {
            m_shown.clear();
            m_sheet->hide();
        }
        updateState();
    });
    connect(m_poller, &GroupPoller::described, this, [this](const QString& group) {
        if (group == m_shown)
            fillSheet();
        updateState();
    });
    connect(m_poller, &GroupPoller::failed, this, [this](const QString& reason) {
        m_isListed = true;
        message().showError(tr("The groups could not be read: %1").arg(reason), tr("Try again"));
        updateState();
    });
    connect(&message(), &MessageBar::actionTriggered, m_poller, &GroupPoller::refresh);
    updateState();
}

QWidget* GroupsPage::makeTable()
{
    const Theme& theme = Theme::current();
    auto* panel = new Panel(this);
    auto* layout = new QVBoxLayout(panel);
    layout->setContentsMargins(1, theme.px(4), 1, theme.px(4));
    m_filtered->setSourceModel(m_model);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filtered->setSortRole(GroupModel::SortRole);
    m_table = new TableView(tr("Groups"), panel);
    m_table->setObjectName(u"Groups"_s);
    m_table->setModel(m_filtered);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(GroupModel::IdColumn, Qt::AscendingOrder);
    QHeaderView* header = m_table->horizontalHeader();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(GroupModel::IdColumn, QHeaderView::Stretch);
    const int widths[] = {0, 176, 92, 88, 76, 104};
    for (int column = 1; column < GroupModel::ColumnCount_; ++column)
        header->resizeSection(column, theme.px(widths[column]));
    new ColumnFit(*header, GroupModel::IdColumn, theme.px(150),
        {GroupModel::TypeColumn, GroupModel::TopicsColumn, GroupModel::MembersColumn});
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex& index) {
            if (const QString id = index.data(GroupModel::GroupIdRole).toString(); !id.isEmpty())
                showGroup(id);
        });
    m_empty = new EmptyState({}, {}, panel);
    connect(m_empty, &EmptyState::actionTriggered, this, [this] {
        if (m_search->text().isEmpty())
            emit openPageRequested(u"live"_s, {});
        else
            m_search->clear();
    });
    m_stack = new QStackedWidget(panel);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    layout->addWidget(m_stack);
    return panel;
}

void GroupsPage::makeSheet()
{
    const Theme& theme = Theme::current();
    m_sheet->setMinimumWidth(theme.px(420));
    m_sheet->hide();
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    m_explanation = new Label({}, TextRole::Label, Tone::Muted);
    m_explanation->setWordWrap(true);
    m_explanation->setContentsMargins(theme.px(15), 0, theme.px(15), theme.px(6));
    layout->addWidget(m_explanation);
    auto* tabs = new QTabBar;
    tabs->setDrawBase(false);
    tabs->setExpanding(false);
    tabs->setAccessibleName(tr("Parts of the group"));
    tabs->setObjectName(u"Parts of the group"_s);
    tabs->addTab(tr("Positions"));
    tabs->addTab(tr("Members"));
    auto* tabRow = new QHBoxLayout;
    tabRow->setContentsMargins(theme.px(4), 0, theme.px(4), 0);
    tabRow->addWidget(tabs, 1);
    layout->addLayout(tabRow);
    layout->addWidget(new Hairline);
    auto* pages = new QStackedWidget;
    auto* offsets = new TableView(tr("Positions of the group"));
    offsets->setModel(m_offsets);
    m_offsets->setHorizontalHeaderLabels(
        {tr("Topic"), u"#"_s, tr("Committed"), tr("End"), tr("Lag"), tr("Held by")});
    for (int column = 1; column <= 4; ++column)
        setRightHeader(*m_offsets, column);
    const int widths[] = {124, 40, 92, 80, 64, 104};
    for (int column = 0; column < 6; ++column)
        offsets->setColumnWidth(column, theme.px(widths[column]));
    offsets->horizontalHeader()->setStretchLastSection(false);
    offsets->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    new ColumnFit(*offsets->horizontalHeader(), 0, theme.px(110), {3});
    pages->addWidget(offsets);
    auto* members = new TableView(tr("Members of the group"));
    members->setModel(m_members);
    m_members->setHorizontalHeaderLabels({tr("Client"), tr("Host"), tr("Partitions")});
    members->setColumnWidth(0, theme.px(150));
    members->setColumnWidth(1, theme.px(120));
    pages->addWidget(members);
    layout->addWidget(pages, 1);
    connect(tabs, &QTabBar::currentChanged, pages, &QStackedWidget::setCurrentIndex);
    m_sheet->setContent(content);
    connect(m_sheet, &SideSheet::closed, this, [this] {
        m_shown.clear();
        m_sheet->hide();
        m_table->setCurrentIndex({});
        m_table->setFocus();
    });
}

void GroupsPage::open(const QVariantMap& what)
{
    if (const QString group = what.value(u"group"_s).toString(); !group.isEmpty())
        showGroup(group);
}

void GroupsPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    m_poller->setActive(true);
}

void GroupsPage::hideEvent(QHideEvent* event)
{
    Page::hideEvent(event);
    m_poller->setActive(false);
}

void GroupsPage::showGroup(const QString& id)
{
    m_shown = id;
    m_poller->setImportant(id);
    fillSheet();
    m_sheet->show();
}

void GroupsPage::fillSheet()
{
    const GroupModel::Group* group = m_model->group(m_shown);
    if (!group) {
        m_sheet->setTitle(m_shown);
        return;
    }
    QStringList facts = {QString::fromStdString(group->summary.state)};
    for (const std::string& fact : {group->summary.type, group->summary.protocol}) {
        if (!fact.empty())
            facts.append(QString::fromStdString(fact));
    }
    if (group->description && group->description->coordinator != kNoBroker)
        facts.append(tr("coordinator %1").arg(m_session.nameOf(group->description->coordinator)));
    m_sheet->setTitle(m_shown, facts.join(u" · "_s));
    m_explanation->setText(GroupModel::explainState(facts.first()));
    QList<QList<QStandardItem*>> members;
    QList<QList<QStandardItem*>> offsets;
    if (!group->description) {
        setRows(*m_members, members);
        setRows(*m_offsets, offsets);
        return;
    }
    std::map<std::pair<std::string, std::int32_t>, QString> holders;
    for (const client::GroupMember& member : group->description->members) {
        std::map<std::string, QStringList> partitions;
        for (const auto& [topic, partition] : member.partitions) {
            holders[{topic, partition}] = QString::fromStdString(member.clientId);
            partitions[topic].append(QString::number(partition));
        }
        QStringList held;
        for (const auto& [topic, numbers] : partitions)
            held.append(QString::fromStdString(topic) + u' ' + numbers.join(u", "_s));
        members.append(QList<QStandardItem*>{dataItem(QString::fromStdString(member.clientId)),
            dataItem(QString::fromStdString(member.host)),
            dataItem(held.isEmpty() ? tr("none") : held.join(u" · "_s))});
    }
    for (const client::GroupOffset& offset : group->description->offsets) {
        const std::int64_t end = m_poller->endOf(offset.topic, offset.partition);
        const QString topic = QString::fromStdString(offset.topic);
        auto* name = dataItem(topic);
        name->setData(m_session.colors().colorOf(topic), DotRole);
        const bool isKnown = offset.committed >= 0 && end >= 0;
        offsets.append(
            QList<QStandardItem*>{name, dataItem(QString::number(offset.partition), Qt::AlignRight),
                dataItem(
                    offset.committed < 0 ? u"—"_s : formatNumber(offset.committed), Qt::AlignRight),
                dataItem(end < 0 ? QString() : formatNumber(end), Qt::AlignRight),
                dataItem(isKnown ? formatNumber(std::max<std::int64_t>(end - offset.committed, 0))
                                 : QString(),
                    Qt::AlignRight),
                dataItem(holders[{offset.topic, offset.partition}])});
    }
    setRows(*m_members, members);
    setRows(*m_offsets, offsets);
}

void GroupsPage::updateState()
{
    const auto& groups = m_model->groups();
    const auto stable = std::count_if(groups.begin(), groups.end(),
        [](const GroupModel::Group& group) { return group.summary.state == "Stable"; });
    m_countPill->setVisible(m_isListed);
    m_countPill->setState(
        Tone::Accent, tr("%n group(s)", nullptr, static_cast<int>(groups.size())));
    m_statePill->setVisible(m_isListed && !groups.empty());
    m_statePill->setState(
        stable > 0 ? Tone::Good : Tone::Offline, tr("%1 stable").arg(formatNumber(stable)));
    const bool isEmpty = m_filtered->rowCount() == 0;
    if (isEmpty) {
        if (!m_isListed)
            m_empty->setSentence(tr("Asking the brokers for their groups…"));
        else if (!m_search->text().isEmpty())
            m_empty->setSentence(
                tr("No group's name contains “%1”.").arg(m_search->text()), tr("Show all groups"));
        else
            m_empty->setSentence(
                tr("There are no groups yet. A group forms when a consumer subscribes with a group "
                   "id; its members share the partitions."),
                tr("Consume on the Live page"));
    }
    m_stack->setCurrentIndex(isEmpty ? 1 : 0);
}

} // namespace moldau::widgets
