#include "panes/topicspage.h"

#include "common/buttons.h"
#include "common/columnfit.h"
#include "common/emptystate.h"
#include "common/field.h"
#include "common/format.h"
#include "common/messagebar.h"
#include "common/panel.h"
#include "common/pill.h"
#include "common/segmentedcontrol.h"
#include "common/tableview.h"
#include "common/toolbarrow.h"
#include "panes/topiccreatesheet.h"
#include "panes/topicsheet.h"

#include <QAction>
#include <QDateTime>
#include <QEvent>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int kFewTopics = 200; // as many are shown with their branches open
} // namespace

TopicsPage::TopicsPage(Session& session, QWidget* parent)
    : Page(u"topics"_s, tr("Topics"), parent)
    , m_session(session)
    , m_model(new TopicTreeModel(&session.colors(), this))
    , m_poller(new TopicPoller(session, this))
    , m_countPill(addPill())
    , m_syncPill(addPill())
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_sheet(new TopicSheet(session, this))
    , m_create(new TopicCreateSheet(session, this))
{
    const Theme& theme = Theme::current();
    m_model->setInternalShown(false);
    const QStringList stored = QSettings().value(settingsKey()).toStringList();
    m_model->setFavourites(QSet<QString>(stored.begin(), stored.end()));
    makeActions();
    body().addWidget(makeToolbar());
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(theme.px(12));
    m_splitter->addWidget(makeTable());
    m_splitter->addWidget(m_sheet);
    m_splitter->addWidget(m_create);
    m_splitter->setStretchFactor(0, 1);
    for (SideSheet* sheet : {static_cast<SideSheet*>(m_sheet), static_cast<SideSheet*>(m_create)}) {
        sheet->setMinimumWidth(theme.px(400));
        sheet->hide();
        connect(sheet, &SideSheet::closed, this, &TopicsPage::closeSheets);
    }
    m_splitter->setSizes({theme.px(740), theme.px(488), theme.px(488)});
    body().addWidget(m_splitter, 1);
    for (QAction* action : m_sheet->menuActions())
        addPageAction(action);

    m_visibleTimer.setSingleShot(true);
    m_visibleTimer.setInterval(60);
    connect(&m_visibleTimer, &QTimer::timeout, this, &TopicsPage::updateVisible);
    connect(&session, &Session::described, this, &TopicsPage::takeDescription);
    connect(&session, &Session::failed, this, [this](const QString& reason) {
        message().showError(tr("The cluster doesn't answer: %1").arg(reason), tr("Try again"));
        m_isDescribed = true;
        updateEmptyState();
    });
    connect(&message(), &MessageBar::actionTriggered, m_poller, &TopicPoller::refresh);
    connect(m_poller, &TopicPoller::offsetsArrived, this, &TopicsPage::takeOffsets);
    connect(m_poller, &TopicPoller::replicasArrived, this, &TopicsPage::takeReplicas);
    connect(m_sheet, &TopicSheet::favouriteToggled, this, &TopicsPage::toggleFavourite);
    connect(m_sheet, &TopicSheet::changed, m_poller, &TopicPoller::refresh);
    connect(m_sheet, &TopicSheet::deleted, this, [this] {
        m_shown.clear();
        closeSheets();
    });
    connect(m_sheet, &TopicSheet::readRequested, this, [this](const QString& topic) {
        emit openPageRequested(u"messages"_s, {{u"topic"_s, topic}});
    });
    connect(m_sheet, &TopicSheet::sendRequested, this, [this](const QString& topic) {
        emit openPageRequested(u"live"_s, {{u"topic"_s, topic}});
    });
    connect(m_create, &TopicCreateSheet::created, this, [this](const QString& topic) {
        m_wanted = topic;
        m_search->clear();
        closeSheets();
        m_poller->refresh();
    });
    if (session.isConnected())
        takeDescription();
    updatePills();
    updateEmptyState();
}

QString TopicsPage::settingsKey() const
{
    return u"topics/favourites/"_s + m_session.name();
}

void TopicsPage::makeActions()
{
    m_new = new QAction(tr("New topic"), this);
    m_new->setShortcut(QKeySequence(u"Ctrl+N"_s));
    m_new->setEnabled(m_session.capabilities().canChange);
    m_new->setToolTip(
        m_session.capabilities().canChange ? QString() : tr("This cluster is open read only"));
    connect(m_new, &QAction::triggered, this, &TopicsPage::showNewTopic);
    setMainAction(m_new);
    auto* find = new QAction(tr("Filter topics"), this);
    find->setShortcuts({QKeySequence(u"/"_s), QKeySequence::Find});
    connect(find, &QAction::triggered, this, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    addPageAction(find);
    addAction(find);
    auto* refresh = new QAction(tr("Read the topics again"), this);
    refresh->setShortcut(QKeySequence::Refresh);
    connect(refresh, &QAction::triggered, m_poller, &TopicPoller::refresh);
    addPageAction(refresh);
    addAction(refresh);
    for (QAction* action : {find, refresh, m_new})
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
}

QWidget* TopicsPage::makeToolbar()
{
    const Theme& theme = Theme::current();
    auto* bar = new ToolbarRow(this);
    m_search = new SearchField(tr("Filter topics"), tr("Filter by name   /"), bar);
    m_search->setMaximumWidth(theme.px(560));
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        refilter([&] { m_model->setText(text); });
        updateEmptyState();
        m_visibleTimer.start();
    });
    bar->add(m_search, 3);
    m_layoutChoice = new SegmentedControl(tr("Topics as"), bar);
    m_layoutChoice->addSegment(tr("Tree"), 0, tr("Names with a common prefix stand together"));
    m_layoutChoice->addSegment(tr("List"), 1, tr("All names in one list"));
    m_layoutChoice->setMinimumWidth(theme.px(170));
    const bool isList = QSettings().value(u"topics/isList"_s).toBool();
    m_layoutChoice->setCurrent(isList ? 1 : 0);
    m_model->setTree(!isList);
    connect(m_layoutChoice, &SegmentedControl::currentChanged, this, [this](int choice) {
        QSettings().setValue(u"topics/isList"_s, choice == 1);
        refilter([&] { m_model->setTree(choice == 0); });
        m_tree->setRootIsDecorated(choice == 0);
        if (m_model->topicCount() <= kFewTopics)
            m_tree->expandAll();
        m_visibleTimer.start();
    });
    bar->add(m_layoutChoice);
    m_favourites = new QPushButton(tr("★ Favourites"), bar);
    m_favourites->setAccessibleName(tr("Favourites only"));
    m_favourites->setCheckable(true);
    connect(m_favourites, &QPushButton::toggled, this, [this](bool isOn) {
        refilter([&] { m_model->setFavouritesOnly(isOn); });
        updateEmptyState();
        m_visibleTimer.start();
    });
    m_favourites->setObjectName(u"Favourites only"_s);
    addPageAction(makeAction(*m_favourites, tr("Favourites only")));
    bar->add(m_favourites);
    m_internal = new QPushButton(tr("Internal"), bar);
    m_internal->setAccessibleName(tr("Internal topics"));
    m_internal->setToolTip(
        tr("Topics in which Kafka itself keeps its books, such as __consumer_offsets"));
    m_internal->setCheckable(true);
    connect(m_internal, &QPushButton::toggled, this, [this](bool isOn) {
        refilter([&] { m_model->setInternalShown(isOn); });
        updatePills();
        updateEmptyState();
        m_visibleTimer.start();
    });
    m_internal->setObjectName(u"Internal topics"_s);
    addPageAction(makeAction(*m_internal, tr("Internal topics")));
    bar->add(m_internal);
    bar->addStretch();
    return bar;
}

QWidget* TopicsPage::makeTable()
{
    const Theme& theme = Theme::current();
    auto* panel = new Panel(this);
    auto* layout = new QVBoxLayout(panel);
    layout->setContentsMargins(1, theme.px(4), 1, theme.px(4));
    m_tree = new TreeView(tr("Topics"), panel);
    m_tree->setModel(m_model);
    m_tree->setSelectionMode(QAbstractItemView::SingleSelection);
    m_tree->setRootIsDecorated(m_model->isTree());
    m_tree->setSortingEnabled(true);
    m_tree->sortByColumn(TopicTreeModel::NameColumn, Qt::AscendingOrder);
    QHeaderView* header = m_tree->header();
    header->setStretchLastSection(false);
    header->setSectionsMovable(false);
    header->setSectionResizeMode(TopicTreeModel::NameColumn, QHeaderView::Stretch);
    const int widths[] = {0, 92, 84, 118, 78, 92};
    for (int column = 1; column < TopicTreeModel::ColumnCount_; ++column) {
        header->setSectionResizeMode(column, QHeaderView::Fixed);
        header->resizeSection(column, theme.px(widths[column]));
    }
    new ColumnFit(*header, TopicTreeModel::NameColumn, theme.px(180),
        {TopicTreeModel::ReplicasColumn, TopicTreeModel::RateColumn, TopicTreeModel::SizeColumn,
            TopicTreeModel::PartitionsColumn});
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        &TopicsPage::showSelected);
    connect(m_tree, &QAbstractItemView::activated, this, [this](const QModelIndex& index) {
        const QString topic
            = index.siblingAtColumn(0).data(TopicTreeModel::TopicNameRole).toString();
        if (!topic.isEmpty())
            emit openPageRequested(u"messages"_s, {{u"topic"_s, topic}});
    });
    connect(m_tree, &TreeView::contextMenuRequested, this, &TopicsPage::showMenu);
    connect(m_tree->verticalScrollBar(), &QScrollBar::valueChanged, &m_visibleTimer,
        qOverload<>(&QTimer::start));
    connect(m_tree, &QTreeView::expanded, &m_visibleTimer, qOverload<>(&QTimer::start));
    connect(m_tree, &QTreeView::collapsed, &m_visibleTimer, qOverload<>(&QTimer::start));
    m_tree->viewport()->installEventFilter(this);

    m_empty = new EmptyState({}, {}, panel);
    connect(m_empty, &EmptyState::actionTriggered, this, [this] {
        if (m_model->isNarrowed()) {
            m_search->clear();
            m_favourites->setChecked(false);
        } else {
            m_new->trigger();
        }
    });
    m_tableStack = new QStackedWidget(panel);
    m_tableStack->addWidget(m_tree);
    m_tableStack->addWidget(m_empty);
    layout->addWidget(m_tableStack);
    return panel;
}

void TopicsPage::open(const QVariantMap& what)
{
    if (what.value(u"new"_s).toBool())
        showNewTopic();
    if (const QString topic = what.value(u"topic"_s).toString(); !topic.isEmpty()) {
        m_wanted = topic;
        takeDescription();
    }
}

void TopicsPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    m_poller->setActive(true);
    m_visibleTimer.start();
}

void TopicsPage::hideEvent(QHideEvent* event)
{
    Page::hideEvent(event);
    m_poller->setActive(false);
}

bool TopicsPage::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize)
        m_visibleTimer.start();
    return Page::eventFilter(watched, event);
}

void TopicsPage::takeDescription()
{
    const bool isFirst = m_model->topicCount() == 0;
    if (m_session.isConnected()) {
        m_isDescribed = true;
        message().clear();
    }
    m_model->setMetadata(m_session.metadata());
    // Small clusters show their branches open; at a thousand topics that would be a wall.
    if (isFirst && m_model->topicCount() <= kFewTopics)
        m_tree->expandAll();
    if (!m_wanted.isEmpty() && m_model->topic(m_wanted)) {
        const QModelIndex index = m_model->indexOf(m_wanted);
        if (index.isValid()) {
            m_tree->setCurrentIndex(index);
            m_tree->scrollTo(index);
        }
        showTopic(m_wanted);
        m_wanted.clear();
    } else if (const client::TopicDescription* topic = m_model->topic(m_shown)) {
        m_sheet->setTopic(*topic);
    } else if (!m_shown.isEmpty()) {
        m_shown.clear();
        m_sheet->hide();
    }
    updatePills();
    updateEmptyState();
    m_visibleTimer.start();
}

void TopicsPage::takeOffsets(
    const QString& topic, const std::vector<client::PartitionOffsets>& offsets)
{
    std::int64_t records = 0;
    std::int64_t ends = 0;
    for (const client::PartitionOffsets& partition : offsets) {
        records += std::max<std::int64_t>(partition.latest - partition.earliest, 0);
        ends += std::max<std::int64_t>(partition.latest, 0);
    }
    m_model->setRecords(topic, records, ends, QDateTime::currentMSecsSinceEpoch());
    if (topic == m_shown)
        m_sheet->setOffsets(offsets);
}

void TopicsPage::takeReplicas()
{
    m_model->setSizes(m_poller->replicas()->topics());
    m_sheet->setReplicas(m_poller->replicas()->of(m_shown));
}

void TopicsPage::updatePills()
{
    // What is counted is what is listed.
    const Metadata& metadata = *m_session.metadata();
    const bool isAll = m_internal->isChecked();
    const int topics
        = static_cast<int>(isAll ? metadata.names().size() : metadata.userTopics().size());
    const int partitions = isAll ? metadata.partitions() : metadata.userPartitions();
    m_countPill->setVisible(m_isDescribed);
    m_countPill->setState(Tone::Accent,
        tr("%1 · %2").arg(
            tr("%Ln topic(s)", nullptr, topics), tr("%Ln partition(s)", nullptr, partitions)));
    const int outOfSync = m_model->outOfSyncCount();
    m_syncPill->setVisible(m_isDescribed);
    m_syncPill->setState(outOfSync > 0 ? Tone::Warning : Tone::Good,
        outOfSync > 0 ? tr("%1 out of sync").arg(formatNumber(outOfSync)) : tr("all in sync"));
}

void TopicsPage::updateEmptyState()
{
    const bool isEmpty = m_model->rowCount() == 0;
    if (isEmpty) {
        if (!m_isDescribed)
            m_empty->setSentence(tr("Asking the brokers for their topics…"));
        else if (m_favourites->isChecked() && m_search->text().isEmpty())
            m_empty->setSentence(
                tr("No favourites yet. Choose a topic and mark it as a favourite."),
                tr("Show all topics"));
        else if (m_model->isNarrowed())
            m_empty->setSentence(
                tr("No topic's name contains “%1”.").arg(m_search->text()), tr("Show all topics"));
        else
            m_empty->setSentence(tr("There are no topics yet. A topic is a named log that "
                                    "producers write to and consumers read from."),
                m_session.capabilities().canChange ? tr("New topic") : QString());
    }
    m_tableStack->setCurrentIndex(isEmpty ? 1 : 0);
}

void TopicsPage::updateVisible()
{
    QStringList topics;
    if (!m_shown.isEmpty())
        topics.append(m_shown);
    const int bottom = m_tree->viewport()->height();
    for (QModelIndex index = m_tree->indexAt(QPoint(4, 1)); index.isValid();
         index = m_tree->indexBelow(index)) {
        if (m_tree->visualRect(index).top() > bottom)
            break;
        const QString topic
            = index.siblingAtColumn(0).data(TopicTreeModel::TopicNameRole).toString();
        if (!topic.isEmpty() && topic != m_shown)
            topics.append(topic);
    }
    m_poller->setVisibleTopics(topics);
}

void TopicsPage::showSelected()
{
    const QString topic
        = m_tree->currentIndex().siblingAtColumn(0).data(TopicTreeModel::TopicNameRole).toString();
    if (!topic.isEmpty())
        showTopic(topic);
}

void TopicsPage::showTopic(const QString& topic)
{
    const client::TopicDescription* description = m_model->topic(topic);
    if (!description)
        return;
    m_shown = topic;
    m_create->hide();
    m_sheet->setTopic(*description);
    m_sheet->setReplicas(m_poller->replicas()->of(topic));
    m_sheet->setFavourite(m_model->favourites().contains(topic));
    m_sheet->show();
    updateVisible();
}

void TopicsPage::showNewTopic()
{
    m_sheet->hide();
    m_create->show();
    m_create->start();
}

void TopicsPage::closeSheets()
{
    m_create->hide();
    m_sheet->hide();
    m_shown.clear();
    m_tree->setCurrentIndex({});
    m_tree->setFocus();
}

void TopicsPage::noteBranches(const QModelIndex& parent)
{
    for (int row = 0; row < m_model->rowCount(parent); ++row) {
        const QModelIndex index = m_model->index(row, 0, parent);
        const QString key = index.data(TopicTreeModel::BranchKeyRole).toString();
        if (key.isEmpty())
            return; // branches come first
        if (m_tree->isExpanded(index))
            m_openBranches.insert(key);
        noteBranches(index);
    }
}

void TopicsPage::openBranches(const QModelIndex& parent)
{
    for (int row = 0; row < m_model->rowCount(parent); ++row) {
        const QModelIndex index = m_model->index(row, 0, parent);
        const QString key = index.data(TopicTreeModel::BranchKeyRole).toString();
        if (key.isEmpty())
            return;
        openBranches(index);
        if (m_openBranches.contains(key))
            m_tree->expand(index);
    }
}

void TopicsPage::refilter(const std::function<void()>& change)
{
    if (!m_model->isNarrowed()) {
        m_openBranches.clear();
        noteBranches({});
    }
    const QString chosen
        = m_tree->currentIndex().siblingAtColumn(0).data(TopicTreeModel::TopicNameRole).toString();
    change();
    if (m_model->isNarrowed())
        m_tree->expandAll(); // what was found is not to be searched for again
    else
        openBranches({});
    if (const QModelIndex index = m_model->indexOf(chosen); index.isValid())
        m_tree->setCurrentIndex(index);
}

void TopicsPage::toggleFavourite(const QString& topic)
{
    QSet<QString> favourites = m_model->favourites();
    if (!favourites.remove(topic))
        favourites.insert(topic);
    m_model->setFavourites(favourites);
    m_sheet->setFavourite(favourites.contains(topic));
    QStringList stored(favourites.begin(), favourites.end());
    stored.sort();
    QSettings().setValue(settingsKey(), stored);
}

void TopicsPage::showMenu(const QPoint& position)
{
    const QString topic
        = m_tree->currentIndex().siblingAtColumn(0).data(TopicTreeModel::TopicNameRole).toString();
    if (topic.isEmpty())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Read"), this, [this, topic] {
        emit openPageRequested(u"messages"_s, {{u"topic"_s, topic}});
    });
    menu->addAction(m_model->favourites().contains(topic) ? tr("No longer a favourite")
                                                          : tr("Mark as a favourite"),
        this, [this, topic] { toggleFavourite(topic); });
    if (m_session.capabilities().canChange) {
        menu->addAction(tr("Add partitions…"), m_sheet, &TopicSheet::askForPartitions);
        menu->addSeparator();
        menu->addAction(tr("Purge…"), m_sheet, &TopicSheet::askToPurge);
        menu->addAction(tr("Delete…"), m_sheet, &TopicSheet::askToDelete);
    }
    menu->popup(position);
}

} // namespace moldau::widgets
