#include "panes/brokerspage.h"

#include "bridge/clusterpulse.h"
#include "bridge/reply.h"
#include "common/buttons.h"
#include "common/columnfit.h"
#include "common/format.h"
#include "common/messagebar.h"
#include "common/panel.h"
#include "common/pill.h"
#include "common/tableview.h"
#include "models/brokerrows.h"
#include "panes/brokerbardelegate.h"
#include "panes/brokerelectionsheet.h"
#include "panes/brokerreassignsheet.h"
#include "panes/brokertab.h"
#include "panes/brokerthrottlestrip.h"
#include "panes/topicactionpanel.h"

#include <QAction>
#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kBrokersShown = 8; // then the table scrolls

} // namespace

BrokersPage::BrokersPage(Session& session, QWidget* parent)
    : Page(u"brokers"_s, tr("Brokers"), parent)
    , m_session(session)
    , m_poller(new BrokerPoller(session, this))
    , m_brokersPill(addPill())
    , m_quorumPill(addPill())
    , m_leadersPill(addPill())
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_brokers(new RowsModel(BrokerRows::brokerColumns(), this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_election(new BrokerElectionSheet(session, this))
    , m_reassignment(new BrokerReassignSheet(session, this))
{
    const Theme& theme = Theme::current();
    makeActions();
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(theme.px(12));
    auto* left = new QWidget(m_splitter);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins({});
    column->setSpacing(theme.px(12));
    column->addWidget(makeBrokers());
    column->addWidget(makeTabs(), 1);
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_election);
    m_splitter->addWidget(m_reassignment);
    m_splitter->setStretchFactor(0, 1);
    for (SideSheet* sheet :
        {static_cast<SideSheet*>(m_election), static_cast<SideSheet*>(m_reassignment)}) {
        sheet->setMinimumWidth(theme.px(400));
        sheet->hide();
        connect(sheet, &SideSheet::closed, this, &BrokersPage::closeSheets);
    }
    m_splitter->setSizes({theme.px(720), theme.px(508), theme.px(508)});
    body().addWidget(m_splitter, 1);

    connect(&session, &Session::described, this, [this] {
        if (std::exchange(m_isFailureShown, false))
            message().clear();
        fill();
    });
    connect(&session, &Session::failed, this, [this](const QString& reason) {
        m_isUndoOffered = false;
        m_isFailureShown = true;
        message().showError(tr("The cluster doesn't answer: %1").arg(reason), tr("Try again"));
    });
    connect(&session.pulse(), &ClusterPulse::changed, this, [this] {
        if (isVisible())
            fill();
    });
    connect(m_poller, &BrokerPoller::quorumArrived, this, [this] {
        fill();
        fillQuorum();
    });
    connect(m_poller, &BrokerPoller::disksArrived, this, [this] {
        fill();
        fillDisks();
        fillMoves();
        if (m_reassignment->isVisible())
            m_reassignment->renew(names(), m_poller->disks());
    });
    connect(m_poller, &BrokerPoller::reassignmentsArrived, this, [this] {
        fillMoves();
        noticeArrival();
    });
    connect(&message(), &MessageBar::actionTriggered, this, [this] {
        if (m_isUndoOffered)
            showUndo();
        else
            m_poller->refresh();
    });
    connect(m_election, &BrokerElectionSheet::elected, this,
        [this](const QString& sentence, bool isTrouble) {
            closeSheets();
            tell(sentence, isTrouble, false);
            m_poller->refresh();
        });
    connect(m_reassignment, &BrokerReassignSheet::started, this,
        [this](const ReassignPlan::Assignments& before, const QString& sentence, bool isTrouble) {
            m_undo = before;
            m_isMoving = true;
            closeSheets();
            m_tabs->setCurrentIndex(MovesTab);
            tell(sentence, isTrouble, true);
            m_poller->refresh();
        });
    fill();
    fillQuorum();
    fillDisks();
    fillMoves();
}

bool BrokersPage::mayChange() const
{
    return m_session.capabilities().canChange && m_session.brokerAdmin();
}

void BrokersPage::makeActions()
{
    const QString whyNot
        = m_session.capabilities().canChange ? QString() : tr("This cluster is open read only");
    m_elect = new QAction(tr("Preferred election"), this);
    m_elect->setShortcut(QKeySequence(u"Ctrl+L"_s));
    m_elect->setEnabled(mayChange());
    m_elect->setToolTip(whyNot);
    connect(m_elect, &QAction::triggered, this, &BrokersPage::showElection);
    setMainAction(m_elect);
    m_reassign = new QPushButton(tr("Reassign…"), this);
    m_reassign->setObjectName(u"Reassign partitions"_s);
    m_reassign->setAccessibleName(tr("Reassign partitions"));
    m_reassign->setEnabled(mayChange());
    m_reassign->setToolTip(whyNot);
    connect(m_reassign, &QPushButton::clicked, this, [this] { showReassignment({}); });
    QAction* reassign
        = makeAction(*m_reassign, tr("Reassign partitions"), QKeySequence(u"Ctrl+M"_s));
    addPageAction(reassign);
    addHeaderWidget(m_reassign);
    auto* refresh = new QAction(tr("Read the brokers again"), this);
    refresh->setShortcut(QKeySequence::Refresh);
    connect(refresh, &QAction::triggered, m_poller, &BrokerPoller::refresh);
    addPageAction(refresh);
    for (QAction* action : {m_elect, reassign, refresh}) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(action);
    }
}

QWidget* BrokersPage::makeBrokers()
{
    const Theme& theme = Theme::current();
    auto* panel = new Panel(this);
    auto* layout = new QVBoxLayout(panel);
    layout->setContentsMargins(1, theme.px(4), 1, theme.px(4));
    m_sorted->setSourceModel(m_brokers);
    m_sorted->setSortRole(RowsModel::SortRole);
    m_table = new TableView(tr("Brokers"), panel);
    m_table->setObjectName(u"Brokers table"_s);
    m_table->setModel(m_sorted);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(-1, Qt::AscendingOrder);
    m_table->setItemDelegateForColumn(
        BrokerRows::LeadersColumn, new BrokerBarDelegate(44, m_table));
    QHeaderView* header = m_table->horizontalHeader();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(BrokerRows::NameColumn, QHeaderView::Stretch);
    const int widths[] = {0, 52, 92, 176, 144, 84, 164, 84, 90, 84};
    for (int column = 1; column < BrokerRows::BrokerColumns_; ++column)
        header->resizeSection(column, theme.px(widths[column]));
    new ColumnFit(*header, BrokerRows::NameColumn, theme.px(110),
        {BrokerRows::IdColumn, BrokerRows::AddressColumn, BrokerRows::RoleColumn,
            BrokerRows::ReplicasColumn, BrokerRows::SizeColumn});
    layout->addWidget(m_table);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        const QModelIndexList rows = m_table->selectionModel()->selectedRows();
        chooseBroker(
            rows.isEmpty() ? -1 : rows.front().data(RowsModel::KeyRole).toString().toInt());
    });
    return panel;
}

QWidget* BrokersPage::makeTabs()
{
    const Theme& theme = Theme::current();
    auto* panel = new Panel(this);
    auto* layout = new QVBoxLayout(panel);
    layout->setContentsMargins(1, theme.px(4), 1, theme.px(4));
    layout->setSpacing(0);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(theme.px(4), 0, theme.px(12), 0);
    m_tabs = new QTabBar;
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(tr("Parts of the cluster"));
    m_tabs->setObjectName(u"Parts of the cluster"_s);
    for (const QString& title :
        {tr("Quorum"), tr("Log directories"), tr("Largest replicas"), tr("Reassignments")})
        m_tabs->addTab(title);
    row->addWidget(m_tabs, 1);
    m_allBrokers = new LinkButton({});
    m_allBrokers->setObjectName(u"Of all brokers"_s);
    setButtonPlace(*m_allBrokers, ButtonPlace::View);
    m_allBrokers->hide();
    connect(m_allBrokers, &QPushButton::clicked, m_table, &QAbstractItemView::clearSelection);
    row->addWidget(m_allBrokers);
    m_cancelMoves = new DangerButton(tr("Cancel reassignments…"));
    m_cancelMoves->setObjectName(u"Cancel reassignments"_s);
    m_cancelMoves->setAccessibleName(tr("Cancel reassignments"));
    m_cancelMoves->hide();
    addPageAction(makeAction(*m_cancelMoves, tr("Cancel reassignments")));
    connect(m_cancelMoves, &QPushButton::clicked, this, &BrokersPage::askToCancel);
    row->addWidget(m_cancelMoves);
    layout->addLayout(row);
    layout->addWidget(new Hairline);
    m_throttle = new BrokerThrottleStrip(m_session, *m_poller);
    connect(m_throttle, &BrokerThrottleStrip::told, this,
        [this](const QString& sentence, bool isTrouble) {
            tell(sentence, isTrouble, m_isMoving && !m_undo.empty());
        });
    layout->addWidget(m_throttle);

    m_pages = new QStackedWidget;
    m_quorum = new BrokerTab("Quorum", tr("Quorum"), BrokerRows::quorumColumns());
    m_quorum->setWidths(0, {0, 100, 92, 84, 112, 112}, {BrokerRows::FetchColumn});
    m_disks
        = new BrokerTab("Log directories", tr("Log directories"), BrokerRows::directoryColumns());
    m_disks->setWidths(1, {132, 0, 92, 96, 216}, {BrokerRows::HeldColumn});
    m_disks->view().setItemDelegateForColumn(
        BrokerRows::FreeColumn, new BrokerBarDelegate(92, m_disks));
    m_largest
        = new BrokerTab("Largest replicas", tr("Largest replicas"), BrokerRows::replicaColumns());
    m_largest->setWidths(0, {0, 132, 240, 104}, {});
    m_largest->view().setItemDelegateForColumn(
        BrokerRows::BytesColumn, new BrokerBarDelegate(72, m_largest));
    m_moves = new BrokerTab("Reassignments", tr("Reassignments"), BrokerRows::moveColumns());
    m_moves->setWidths(0, {0, 150, 150, 270}, {BrokerRows::RemovingColumn});
    m_moves->view().setItemDelegateForColumn(
        BrokerRows::CopiedColumn, new BrokerBarDelegate(140, m_moves));
    for (BrokerTab* tab : {m_quorum, m_disks, m_largest, m_moves}) {
        tab->model().setTopicColor(
            [this](const QString& topic) { return m_session.colors().colorOf(topic); });
        m_pages->addWidget(tab);
    }
    layout->addWidget(m_pages, 1);
    m_asking = new QWidget;
    auto* asking = new QVBoxLayout(m_asking);
    asking->setContentsMargins(theme.px(15), theme.px(10), theme.px(15), theme.px(8));
    m_action = new TopicActionPanel;
    asking->addWidget(m_action);
    m_asking->hide();
    layout->addWidget(m_asking);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        m_pages->setCurrentIndex(index);
        m_throttle->setMovesShown(index == MovesTab);
        m_asking->hide();
        fillMoves();
        chooseBroker(m_only);
    });
    connect(m_action, &TopicActionPanel::cancelled, m_asking, &QWidget::hide);
    connect(m_action, &TopicActionPanel::confirmed, this, &BrokersPage::cancelMoves);
    return panel;
}

void BrokersPage::open(const QVariantMap& what)
{
    const QString tab = what.value(u"tab"_s).toString();
    static const QStringList kTabs = {u"quorum"_s, u"disks"_s, u"largest"_s, u"moves"_s};
    if (kTabs.contains(tab))
        m_tabs->setCurrentIndex(static_cast<int>(kTabs.indexOf(tab)));
    if (const QString broker = what.value(u"broker"_s).toString(); !broker.isEmpty()) {
        const int row = m_brokers->rowOf(broker);
        if (row >= 0)
            m_table->selectRow(m_sorted->mapFromSource(m_brokers->index(row, 0)).row());
    }
    if (what.contains(u"elect"_s))
        showElection();
    if (what.contains(u"reassign"_s)) {
        const QString topics = what.value(u"reassign"_s).toString();
        showReassignment(
            topics.isEmpty() || topics == u"true"_s ? QStringList() : topics.split(u'+'));
    }
}

void BrokersPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    m_session.pulse().setWanted(this, true);
    m_poller->setActive(true);
    fitBrokers();
}

void BrokersPage::hideEvent(QHideEvent* event)
{
    Page::hideEvent(event);
    m_session.pulse().setWanted(this, false);
    m_poller->setActive(false);
}

BrokerNames BrokersPage::names() const
{
    return BrokerRows::namesOf(
        *m_session.metadata(), m_poller->quorum(), m_session.pulse().nodes());
}

void BrokersPage::fill()
{
    const int before = m_brokers->rowCount();
    const BrokerNames known = names();
    m_brokers->setRows(BrokerRows::brokers({*m_session.metadata(), *m_poller->disks(),
        m_poller->quorum(), m_session.pulse().nodes(), known}));
    if (before != m_brokers->rowCount())
        fitBrokers();
    const auto& brokers = m_session.description().brokers;
    const bool hasRacks = std::any_of(brokers.begin(), brokers.end(),
        [](const client::BrokerDescription& broker) { return !broker.rack.empty(); });
    if (m_table->isColumnHidden(BrokerRows::RackColumn) == hasRacks)
        m_table->setColumnHidden(BrokerRows::RackColumn, !hasRacks);
    updatePills();
}

void BrokersPage::fitBrokers()
{
    const int rows = std::clamp(m_brokers->rowCount(), 1, kBrokersShown);
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height()
        + rows * m_table->verticalHeader()->defaultSectionSize() + 2);
}

void BrokersPage::fillQuorum()
{
    const auto& quorum = m_poller->quorum();
    if (!quorum) {
        m_quorum->setSentence({});
        m_quorum->setEmptySentence(m_poller->whyNoQuorum().isEmpty()
                ? tr("Asking who leads the quorum…")
                : tr("The quorum can't be shown: %1").arg(m_poller->whyNoQuorum()));
        m_quorum->setRows({});
        return;
    }
    const BrokerNames known = names();
    m_quorum->setSentence(BrokerRows::quorumSentence(*quorum, known));
    m_quorum->setRows(BrokerRows::quorum(*quorum, known));
}

void BrokersPage::fillDisks()
{
    const BrokerNames known = names();
    const QString why = m_poller->whyNoDisks();
    const QString empty = !why.isEmpty() ? tr("The log directories can't be shown: %1").arg(why)
        : m_poller->isSettled()          ? tr("Nothing lies there.")
                                         : tr("Asking the brokers for their log directories…");
    m_disks->setEmptySentence(empty);
    m_largest->setEmptySentence(empty);
    m_disks->setRows(BrokerRows::directories(*m_poller->disks(), known, m_only));
    m_largest->setRows(BrokerRows::largest(*m_poller->disks(), known, m_only));
}

void BrokersPage::fillMoves()
{
    const auto& moving = m_poller->reassignments();
    m_moves->setEmptySentence(m_poller->whyNoReassignments().isEmpty()
            ? tr("No partition is on its way to other brokers.")
            : tr("Reassignments can't be shown: %1").arg(m_poller->whyNoReassignments()));
    m_moves->setRows(BrokerRows::moves(moving, *m_session.metadata(), *m_poller->disks(), names()));
    m_tabs->setTabText(MovesTab,
        moving.empty() ? tr("Reassignments")
                       : tr("Reassignments %1").arg(formatNumber(qint64(moving.size()))));
    m_cancelMoves->setVisible(m_tabs->currentIndex() == MovesTab && !moving.empty() && mayChange());
    if (moving.empty() && m_asking->isVisible())
        m_asking->hide();
}

void BrokersPage::noticeArrival()
{
    if (!m_isMoving || !m_poller->reassignments().empty()
        || !m_poller->whyNoReassignments().isEmpty())
        return;
    m_isMoving = false;
    tell(tr("The replicas are where they were to go."), false, !m_undo.empty());
    m_session.refresh();
}

void BrokersPage::updatePills()
{
    const Metadata& metadata = *m_session.metadata();
    const ClusterPulse& pulse = m_session.pulse();
    const bool isKnown = !metadata.brokers().empty();
    m_brokersPill->setVisible(isKnown);
    m_brokersPill->setState(pulse.brokersUp() == pulse.brokers() ? Tone::Good : Tone::Warning,
        tr("%1 of %2 brokers up").arg(pulse.brokersUp()).arg(pulse.brokers()));
    const auto& quorum = m_poller->quorum();
    m_quorumPill->setVisible(quorum.has_value());
    if (quorum)
        m_quorumPill->setState(Tone::Accent,
            tr("%1 leads the quorum").arg(brokerNameOf(names(), quorum->leader.value())));
    m_leadersPill->setVisible(isKnown);
    m_leadersPill->setState(metadata.electable() > 0 ? Tone::Warning : Tone::Good,
        metadata.electable() > 0 ? tr("%Ln leader(s) out of place", nullptr, metadata.electable())
                                 : tr("all leaders in place"));
}

void BrokersPage::chooseBroker(int broker)
{
    m_only = broker;
    const bool isDisks = m_tabs->currentIndex() == DisksTab || m_tabs->currentIndex() == LargestTab;
    m_allBrokers->setVisible(broker >= 0 && isDisks);
    m_allBrokers->setText(tr("Only of %1 · show all").arg(brokerNameOf(names(), broker)));
    fillDisks();
}

void BrokersPage::showElection()
{
    m_reassignment->hide();
    m_election->look(names());
    m_election->show();
}

void BrokersPage::showReassignment(const QStringList& topics)
{
    m_election->hide();
    m_reassignment->start(topics, names(), m_poller->disks());
    m_reassignment->show();
}

void BrokersPage::showUndo()
{
    m_election->hide();
    m_reassignment->startUndo(m_undo, names(), m_poller->disks());
    m_reassignment->show();
}

void BrokersPage::closeSheets()
{
    m_election->hide();
    m_reassignment->hide();
    m_table->setFocus();
}

void BrokersPage::tell(const QString& sentence, bool isTrouble, bool offersUndo)
{
    m_isUndoOffered = offersUndo;
    m_isFailureShown = false;
    const QString action = offersUndo ? tr("Undo…") : QString();
    if (isTrouble)
        message().showError(sentence, action);
    else
        message().showHint(sentence, action);
}

void BrokersPage::askToCancel()
{
    const qsizetype chosen = m_moves->selected().size();
    const int count = static_cast<int>(
        chosen > 0 ? static_cast<std::size_t>(chosen) : m_poller->reassignments().size());
    TopicActionPanel::Action action;
    action.title = tr("Cancel reassignments");
    action.preview = tr("%Ln partition(s) stay with the replicas that they had before; what was "
                        "copied to the new ones so far is deleted.",
        nullptr, count);
    action.command
        = u"kafka-reassign-partitions --cancel \\\n  --reassignment-json-file plan.json \\\n  "
          "--bootstrap-server %1"_s.arg(m_session.firstAddress());
    action.confirm = tr("Cancel %Ln reassignment(s)", nullptr, count);
    action.confirmName = tr("Confirm cancelling reassignments");
    m_action->ask(action);
    m_asking->show();
}

void BrokersPage::cancelMoves()
{
    using Done = client::BrokerAdmin::Done;
    using Results = client::PerPartition<Done>;
    const QStringList chosen = m_moves->selected();
    std::map<TopicPartition, std::optional<std::vector<BrokerId>>> wishes;
    for (const auto& [partition, moving] : m_poller->reassignments()) {
        const QString key
            = u"%1 %2"_s.arg(QString::fromStdString(partition.topic)).arg(partition.partition);
        if (chosen.isEmpty() || chosen.contains(key))
            wishes.emplace(partition, std::nullopt);
    }
    m_action->showBusy(tr("Cancelling…"));
    m_session.brokerAdmin()->reassign(
        std::move(wishes), replyTo<Results>(this, [this](const Result<Results>& results) {
            if (!results)
                return m_action->showError(QString::fromStdString(results.error().message));
            // One that has arrived in the meantime can't be cancelled any more.
            const PartitionOutcome outcome(*results);
            m_asking->hide();
            m_isMoving = false;
            QString sentence = tr("%Ln reassignment(s) were cancelled.", nullptr, outcome.done);
            if (outcome.failed > 0)
                sentence += u' ' + outcome.why;
            tell(sentence, outcome.failed > 0, false);
            m_poller->refresh();
        }));
}

} // namespace moldau::widgets
