#include "panes/topicsheet.h"

#include "bridge/reply.h"
#include "common/buttons.h"
#include "common/format.h"
#include "common/label.h"
#include "common/tableview.h"
#include "models/configwords.h"
#include "models/partitionmodel.h"
#include "panes/topicactionpanel.h"
#include "panes/topiccommandbox.h"
#include "panes/topicconfigtab.h"
#include "panes/topicreplicadelegate.h"

#include <QEvent>
#include <QGridLayout>
#include <QHeaderView>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kRowsShown = 12; // then the table scrolls

/** Shows one page and is as small as that page; a QStackedWidget is as large as its largest. */
class FittingStack final : public QStackedWidget {
public:
    using QStackedWidget::QStackedWidget;
    QSize sizeHint() const override
    {
        return currentWidget() ? currentWidget()->sizeHint() : QSize();
    }
    QSize minimumSizeHint() const override
    {
        return currentWidget() ? currentWidget()->minimumSizeHint() : QSize();
    }
    bool hasHeightForWidth() const override
    {
        return currentWidget() && currentWidget()->hasHeightForWidth();
    }
    int heightForWidth(int width) const override
    {
        return currentWidget() ? currentWidget()->heightForWidth(width) : -1;
    }
};

} // namespace

TopicSheet::TopicSheet(Session& session, QWidget* parent)
    : SideSheet(parent)
    , m_session(session)
    , m_partitions(new PartitionModel(this))
    , m_replicaDelegate(new TopicReplicaDelegate(this))
    , m_tabs(new QTabBar)
    , m_pages(new QStackedWidget)
    , m_configs(new TopicConfigTab(session))
    , m_footer(new FittingStack)
    , m_action(new TopicActionPanel)
{
    const Theme& theme = Theme::current();
    setObjectName(u"Topic sheet"_s);
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    auto* tabRow = new QHBoxLayout;
    tabRow->setContentsMargins(theme.px(4), 0, theme.px(4), 0);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(tr("Parts of the topic"));
    m_tabs->setObjectName(u"Parts of the topic"_s);
    m_tabs->addTab(tr("Partitions"));
    m_tabs->addTab(tr("Settings"));
    tabRow->addWidget(m_tabs, 1);
    layout->addLayout(tabRow);
    layout->addWidget(new Hairline);
    m_pages->addWidget(makePartitionsTab());
    m_pages->addWidget(m_configs);
    layout->addWidget(m_pages, 1);
    setContent(content);

    m_footer->addWidget(makeActions());
    m_footer->addWidget(m_action);
    m_footer->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    footer()->addWidget(m_footer);

    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_configs, &TopicConfigTab::entriesRead, this, &TopicSheet::updateWords);
    connect(m_action, &TopicActionPanel::cancelled, this, &TopicSheet::stopAsking);
    connect(m_action, &TopicActionPanel::confirmed, this, &TopicSheet::act);
}

QWidget* TopicSheet::makePartitionsTab()
{
    const Theme& theme = Theme::current();
    m_table = new TableView(tr("Partitions of the topic"));
    m_table->setModel(m_partitions);
    m_table->setItemDelegate(m_replicaDelegate);
    m_table->verticalHeader()->setDefaultSectionSize(TopicReplicaDelegate::rowHeight());
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setFocusPolicy(Qt::TabFocus);
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    auto* inside = new QWidget;
    auto* layout = new QVBoxLayout(inside);
    layout->setContentsMargins({});
    layout->setSpacing(theme.px(10));
    layout->addWidget(m_table);
    layout->addWidget(new Hairline);
    const auto addSection = [&](const QString& title) {
        auto* section = new QVBoxLayout;
        section->setContentsMargins(theme.px(15), 0, theme.px(15), 0);
        section->setSpacing(theme.px(6));
        section->addWidget(new Label(title, TextRole::Strong));
        layout->addLayout(section);
        return section;
    };
    m_deletes = new Label({}, TextRole::Label, Tone::Muted);
    m_deletes->setWordWrap(true);
    addSection(tr("What deletes records here"))->addWidget(m_deletes);
    layout->addWidget(new Hairline);
    m_command = new TopicCommandBox;
    addSection(tr("The same on the command line"))->addWidget(m_command);
    layout->addStretch(1);

    auto* scroll = new QScrollArea;
    scroll->setFocusPolicy(Qt::NoFocus); // it follows what is in it
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidget(inside);
    inside->setAutoFillBackground(false); // the sheet's surface shows through
    return scroll;
}

QWidget* TopicSheet::makeActions()
{
    const Theme& theme = Theme::current();
    auto* actions = new QWidget;
    auto* grid = new QGridLayout(actions);
    grid->setContentsMargins({});
    grid->setSpacing(theme.px(8));
    const auto add
        = [&](QPushButton* button, int row, int column, const QString& name, const char* id) {
              button->setAccessibleName(name);
              button->setObjectName(QLatin1String(id));
              m_actions.append(makeAction(*button, name));
              button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
              grid->addWidget(button, row, column);
              return button;
          };
    connect(add(new QPushButton(tr("Read")), 0, 0, tr("Read this topic"), "Read this topic"),
        &QPushButton::clicked, this, [this] { emit readRequested(topic()); });
    auto* send
        = add(new QPushButton(tr("Send…")), 0, 1, tr("Send to this topic"), "Send to this topic");
    connect(send, &QPushButton::clicked, this, [this] { emit sendRequested(topic()); });
    auto* favourite = new QPushButton(tr("Favourite"));
    favourite->setCheckable(true);
    m_favourite = add(favourite, 0, 2, tr("Favourite"), "Favourite");
    connect(m_favourite, &QPushButton::clicked, this, [this] { emit favouriteToggled(topic()); });
    auto* partitions
        = add(new QPushButton(tr("Add partitions…")), 1, 0, tr("Add partitions"), "Add partitions");
    connect(partitions, &QPushButton::clicked, this, &TopicSheet::askForPartitions);
    auto* purge = add(new DangerButton(tr("Purge…")), 1, 1, tr("Purge topic"), "Purge topic");
    connect(purge, &QPushButton::clicked, this, &TopicSheet::askToPurge);
    auto* remove = add(new DangerButton(tr("Delete…")), 1, 2, tr("Delete topic"), "Delete topic");
    connect(remove, &QPushButton::clicked, this, &TopicSheet::askToDelete);
    m_changers = {send, partitions, purge, remove};
    for (int column = 0; column < 3; ++column)
        grid->setColumnStretch(column, 1);
    return actions;
}

QString TopicSheet::topic() const
{
    return QString::fromStdString(m_partitions->topic().name);
}

void TopicSheet::setTopic(const client::TopicDescription& topic)
{
    const bool isAnother = topic.name != m_partitions->topic().name;
    const int rows = m_partitions->rowCount();
    const int columns = m_partitions->columnCount();
    m_partitions->setTopic(topic, m_session.description().brokers);
    m_replicaDelegate->setColor(m_session.colors().colorOf(this->topic()));
    if (isAnother) {
        m_hasSizes = false;
        stopAsking();
        m_deletes->setText(tr("Reading the settings…"));
        m_configs->setTopic(this->topic());
    }
    if (isAnother || rows != m_partitions->rowCount() || columns != m_partitions->columnCount())
        fitPartitions();
    for (QWidget* button : m_changers) {
        button->setEnabled(m_session.capabilities().canChange);
        button->setToolTip(
            m_session.capabilities().canChange ? QString() : tr("This cluster is open read only"));
    }
    m_command->setCommand(u"kafka-topics --describe --topic %1 \\\n  %2"_s.arg(
        shellQuoted(this->topic()), bootstrapOption()));
    updateTitle();
}

void TopicSheet::setOffsets(const std::vector<client::PartitionOffsets>& offsets)
{
    const bool isFirst = m_partitions->offsets().empty();
    m_partitions->setOffsets(offsets);
    if (!isFirst)
        return;
    fitPartitions();
    if (m_asking == Asking::Delete || m_asking == Asking::Purge)
        ask(m_asking);
}

void TopicSheet::setReplicas(const std::vector<client::ReplicaSize>& replicas)
{
    m_partitions->setReplicas(replicas);
    if (!replicas.empty() && !std::exchange(m_hasSizes, true))
        fitPartitions();
}

void TopicSheet::setFavourite(bool isFavourite)
{
    m_favourite->setChecked(isFavourite);
}

void TopicSheet::updateTitle()
{
    const client::TopicDescription& description = m_partitions->topic();
    std::size_t replicas = 0;
    for (const client::PartitionDescription& partition : description.partitions)
        replicas = std::max(replicas, partition.replicas.size());
    QStringList parts
        = {tr("%n partition(s)", nullptr, static_cast<int>(description.partitions.size())),
            tr("%n replica(s)", nullptr, static_cast<int>(replicas))};
    if (const QString retention = retentionWords(m_configs->entries()); !retention.isEmpty())
        parts.append(retention);
    setTitle(topic(), parts.join(u" · "_s), m_session.colors().colorOf(topic()));
}

void TopicSheet::updateWords()
{
    m_deletes->setText(whatDeletesRecords(m_configs->entries()));
    updateTitle();
}

void TopicSheet::fitPartitions()
{
    const Theme& theme = Theme::current();
    QHeaderView* header = m_table->horizontalHeader();
    for (int column = 0; column < m_partitions->columnCount(); ++column) {
        const bool isBroker
            = column >= m_partitions->firstBrokerColumn() && column < m_partitions->offsetColumn();
        header->setSectionResizeMode(
            column, isBroker ? QHeaderView::Stretch : QHeaderView::Interactive);
        m_table->setColumnHidden(column, column == m_partitions->recordsColumn());
    }
    m_table->setColumnWidth(0, theme.px(44));
    for (const int column : {m_partitions->offsetColumn(), m_partitions->sizeColumn()}) {
        header->resizeSection(column, theme.px(60));
        int wanted = header->sectionSizeHint(column);
        for (int row = 0; row < std::min(m_partitions->rowCount(), kRowsShown); ++row) {
            const QModelIndex index = m_partitions->index(row, column);
            wanted = std::max(
                wanted, m_table->itemDelegate()->sizeHint(QStyleOptionViewItem(), index).width());
        }
        m_table->setColumnWidth(column, std::min(std::max(wanted, theme.px(64)), theme.px(180)));
    }
    // As high as its rows up to a limit: the page scrolls, not a table inside it.
    const int rows = std::min(m_partitions->rowCount(), kRowsShown);
    m_table->setFixedHeight(
        header->sizeHint().height() + rows * TopicReplicaDelegate::rowHeight() + 2);
}

void TopicSheet::changeEvent(QEvent* event)
{
    SideSheet::changeEvent(event);
    if (event->type() == QEvent::StyleChange && !topic().isEmpty())
        m_replicaDelegate->setColor(m_session.colors().colorOf(topic()));
}

QString TopicSheet::bootstrapOption() const
{
    return u"--bootstrap-server "_s + m_session.firstAddress();
}

void TopicSheet::askToDelete()
{
    ask(Asking::Delete);
}

void TopicSheet::askToPurge()
{
    ask(Asking::Purge);
}

void TopicSheet::askForPartitions()
{
    ask(Asking::Partitions);
}

void TopicSheet::ask(Asking what)
{
    m_asking = what;
    const QString name = topic();
    const int partitions = static_cast<int>(m_partitions->topic().partitions.size());
    // Until the brokers have said how many there are, no number is better than a wrong one.
    const QString records
        = m_partitions->offsets().empty() ? u"…"_s : formatNumber(m_partitions->records());
    TopicActionPanel::Action action;
    switch (what) {
    case Asking::Nothing:
        return;
    case Asking::Delete:
        action.title = tr("Delete %1").arg(name);
        action.preview = tr("Deletes %n partition(s) with %1 records, on every broker. Producers "
                            "and consumers of it get errors. This can't be undone.",
            nullptr, partitions)
                             .arg(records);
        action.command = u"kafka-topics --delete --topic %1 \\\n  %2"_s.arg(
            shellQuoted(name), bootstrapOption());
        action.confirm = tr("Delete %1").arg(name);
        action.confirmName = tr("Confirm delete topic");
        break;
    case Asking::Purge:
        action.title = tr("Purge %1").arg(name);
        action.preview
            = tr("Deletes the %1 records that are in %n partition(s) now. The topic and its "
                 "settings stay, and offsets go on from where they are. This can't be undone.",
                nullptr, partitions)
                  .arg(records);
        action.command = u"kafka-delete-records --offset-json-file purge.json \\\n  %1"_s.arg(
            bootstrapOption());
        action.confirm = tr("Purge %1").arg(name);
        action.confirmName = tr("Confirm purge topic");
        break;
    case Asking::Partitions:
        action.title = tr("Add partitions to %1").arg(name);
        action.preview = tr("Now there are %1. There is no way back to fewer. Keys are spread "
                            "anew: records with the same key may go to another partition than "
                            "before, so their order across the change isn't kept.")
                             .arg(partitions);
        action.numberName = tr("Partitions from now on");
        action.least = partitions + 1;
        action.number = partitions + 1;
        action.commandFor = [name, option = bootstrapOption()](int number) {
            return u"kafka-topics --alter --topic %1 \\\n  --partitions %2 %3"_s
                .arg(shellQuoted(name))
                .arg(number)
                .arg(option);
        };
        action.confirm = tr("Add partitions");
        action.confirmName = tr("Confirm add partitions");
        action.isDestructive = false;
        break;
    }
    m_footer->setCurrentWidget(m_action);
    m_footer->updateGeometry();
    m_action->ask(action);
}

void TopicSheet::stopAsking()
{
    m_asking = Asking::Nothing;
    m_footer->setCurrentIndex(0);
    m_footer->updateGeometry();
}

void TopicSheet::act()
{
    using Done = client::ClusterConnection::Done;
    const std::string name = m_partitions->topic().name;
    const auto reply = [&] {
        return replyTo<Done>(this, [this, name](Result<Done> result) {
            if (name == m_partitions->topic().name)
                finish(result);
        });
    };
    switch (m_asking) {
    case Asking::Nothing:
        return;
    case Asking::Delete:
        m_action->showBusy(tr("Deleting…"));
        m_session.connection().deleteTopic(name, reply());
        break;
    case Asking::Purge: {
        m_action->showBusy(tr("Purging…"));
        std::map<std::int32_t, std::int64_t> before;
        for (const client::PartitionDescription& partition : m_partitions->topic().partitions)
            before[partition.index] = -1;
        m_session.connection().deleteRecords(name, std::move(before), reply());
        break;
    }
    case Asking::Partitions:
        m_action->showBusy(tr("Adding…"));
        m_session.connection().createPartitions(name, m_action->number(), reply());
        break;
    }
}

void TopicSheet::finish(const Result<client::ClusterConnection::Done>& result)
{
    if (!result) {
        m_action->showError(QString::fromStdString(result.error().message));
        m_footer->updateGeometry();
        return;
    }
    const Asking done = m_asking;
    stopAsking();
    if (done == Asking::Delete)
        emit deleted(topic());
    emit changed();
}

} // namespace moldau::widgets
