#include "panes/consumerpane.h"

#include "bridge/clusterpulse.h"
#include "bridge/consumerun.h"
#include "bridge/reply.h"
#include "common/buttons.h"
#include "common/field.h"
#include "common/format.h"
#include "common/messagebar.h"
#include "common/segmentedcontrol.h"
#include "panes/assignmentview.h"
#include "panes/consumedmodel.h"
#include "panes/topicfield.h"

#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int kGroupMs = 2000;
} // namespace

ConsumerPane::ConsumerPane(Session& session, int number, QWidget* parent)
    : Panel(parent)
    , m_session(session)
    , m_clientId(u"%1-consumer-%2"_s.arg(session.ownClientPrefix()).arg(number))
    , m_kind(new SegmentedControl(tr("Consume by"), this))
    , m_topic(new TopicField(session, tr("Consumer topic"), this))
    , m_topicRow(new Field(tr("Topic"), m_topic, tr("Consumer topic"), this))
    , m_group(new QLineEdit(u"moldau"_s, this))
    , m_groupRow(new Field(tr("Group"), m_group, tr("Consumer group"), this))
    , m_partitions(new LinkButton({}, this))
    , m_partitionsRow(new QWidget(this))
    , m_from(new QComboBox(this))
    , m_fromRow(new Field(tr("Start with"), m_from, tr("Consume from"), this))
    , m_summaryName(new Label({}, TextRole::Strong, Tone::Ink, this))
    , m_summaryText(new Label({}, TextRole::Small, Tone::Muted, this))
    , m_summary(new QWidget(this))
    , m_assignment(new AssignmentView(this))
    , m_model(new ConsumedModel(session, this))
    , m_table(new ConsumedTable(this))
    , m_empty(new Label({}, TextRole::Label, Tone::Muted, this))
    , m_message(new MessageBar(this))
    , m_start(new PrimaryButton(tr("Start consuming"), this))
    , m_stop(new QPushButton(tr("Stop consuming"), this))
    , m_pause(new QPushButton(tr("Hold"), this))
{
    const Theme& theme = Theme::current();
    setObjectName(u"consumer-pane"_s);
    setAccessibleName(tr("Consumer"));
    const int side = theme.px(16);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, theme.px(12), 0, theme.px(12));
    layout->setSpacing(theme.px(8));
    auto* form = new QVBoxLayout;
    form->setContentsMargins(side, 0, side, 0);
    form->setSpacing(theme.px(8));
    layout->addLayout(form);

    auto* head = new QHBoxLayout;
    head->addWidget(new Label(tr("Consumer"), TextRole::PaneTitle, Tone::Ink, this));
    head->addStretch();
    auto* another = new LinkButton(tr("+ another"), this);
    another->setToolTip(tr("A second consumer pane below this one: give both the same group and "
                           "see them share the partitions"));
    connect(another, &QPushButton::clicked, this, &ConsumerPane::anotherRequested);
    another->setAccessibleName(tr("Another consumer"));
    another->setObjectName(u"Another consumer"_s);
    head->addWidget(another);
    form->addLayout(head);

    m_kind->addSegment(tr("Group"), int(Kind::Group),
        tr("The members of a group share the partitions; positions are committed"));
    m_kind->addSegment(tr("Partition"), int(Kind::Partition),
        tr("Reads chosen partitions, alone; nothing is committed"));
    if (!session.capabilities().canChange) {
        m_kind->setCurrent(int(Kind::Partition));
        m_kind->setToolTip(tr("This cluster is open read only: a group would commit positions"));
    }
    form->addWidget(m_kind);
    form->addWidget(m_topicRow);
    form->addWidget(m_groupRow);

    auto* partitionBox = new QVBoxLayout(m_partitionsRow);
    partitionBox->setContentsMargins({});
    partitionBox->setSpacing(theme.px(4));
    partitionBox->addWidget(new Label(tr("Partitions"), TextRole::Label, Tone::Muted, this));
    m_partitions->setMinimumHeight(theme.px(Theme::kFieldHeight));
    partitionBox->addWidget(m_partitions);
    connect(m_partitions, &QPushButton::clicked, this, &ConsumerPane::choosePartitions);
    form->addWidget(m_partitionsRow);

    m_from->addItem(tr("new records"));
    m_from->addItem(tr("the first record"));
    form->addWidget(m_fromRow);
    form->addWidget(m_message);

    auto* summaryBox = new QVBoxLayout(m_summary);
    summaryBox->setContentsMargins({});
    summaryBox->setSpacing(theme.px(4));
    auto* summaryLine = new QHBoxLayout;
    m_summaryName->setElideMode(Qt::ElideMiddle);
    summaryLine->addWidget(m_summaryName, 1);
    summaryLine->addWidget(m_summaryText);
    summaryBox->addLayout(summaryLine);
    summaryBox->addWidget(m_assignment);
    form->addWidget(m_summary);

    layout->addWidget(new Hairline(this));
    m_table->setModel(m_model);
    layout->addWidget(m_table, 1);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setContentsMargins(side, 0, side, 0);
    layout->addWidget(m_empty, 1);

    auto* buttons = new QVBoxLayout;
    buttons->setContentsMargins(side, 0, side, 0);
    buttons->setSpacing(theme.px(6));
    m_start->setMinimumHeight(theme.px(34));
    buttons->addWidget(m_start);
    auto* running = new QHBoxLayout;
    running->setSpacing(theme.px(8));
    m_pause->setCheckable(true);
    m_pause->setToolTip(tr("Stops asking for records, but stays a member of the group"));
    m_pause->setAccessibleName(tr("Hold consuming"));
    running->addWidget(m_pause, 2);
    running->addWidget(m_stop, 3);
    buttons->addLayout(running);
    layout->addLayout(buttons);
    for (QPushButton* button : {m_start, m_stop}) {
        button->setAccessibleName(button->text());
        button->setObjectName(button->text());
    }
    m_pause->setObjectName(u"Hold consuming"_s);
    m_actions = {makeAction(*m_start, m_start->text(), QKeySequence(Qt::Key_F6)),
        makeAction(*m_stop, m_stop->text(), QKeySequence(Qt::SHIFT | Qt::Key_F6)),
        makeAction(*m_pause, tr("Hold consuming")), makeAction(*another, tr("Another consumer"))};
    setButtonPlace(*m_partitions, ButtonPlace::Form);

    connect(m_start, &QPushButton::clicked, this, &ConsumerPane::start);
    connect(m_stop, &QPushButton::clicked, this, &ConsumerPane::stop);
    connect(m_pause, &QPushButton::toggled, this, [this](bool isPaused) {
        if (m_run)
            isPaused ? m_run->pause() : m_run->resume();
        m_pause->setText(isPaused ? tr("Go on") : tr("Hold"));
    });
    connect(m_kind, &SegmentedControl::currentChanged, this, &ConsumerPane::updateFields);
    connect(m_topic, &TopicField::topicChanged, this, &ConsumerPane::topicChanged);
    connect(m_topic, &TopicField::topicChanged, this, [this] {
        m_topicRow->setError({});
        updateFields();
    });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this] {
        m_empty->hide();
        m_table->show();
    });
    m_groupTimer.setInterval(kGroupMs);
    connect(&m_groupTimer, &QTimer::timeout, this, &ConsumerPane::readGroup);
    updateFields();
}

ConsumerPane::~ConsumerPane() = default;

QString ConsumerPane::group() const
{
    return m_group->text().trimmed();
}

QString ConsumerPane::topic() const
{
    return m_topic->topic();
}

void ConsumerPane::setTopic(const QString& topic)
{
    if (!m_run)
        m_topic->setText(topic);
}

void ConsumerPane::setGroup(const QString& group)
{
    m_group->setText(group);
}

void ConsumerPane::setKind(Kind kind)
{
    m_kind->setCurrent(int(kind));
}

void ConsumerPane::setStartsAtBeginning(bool doesStartAtBeginning)
{
    m_from->setCurrentIndex(doesStartAtBeginning ? 1 : 0);
}

ConsumerPane::Kind ConsumerPane::kind() const
{
    return static_cast<Kind>(m_kind->current());
}

QPoint ConsumerPane::port() const
{
    return m_table->isVisible() ? m_table->mapTo(this, QPoint(0, Theme::current().px(14)))
                                : m_empty->mapTo(this, QPoint(0, m_empty->height() / 2));
}

void ConsumerPane::start()
{
    if (m_run)
        return;
    if (topic().isEmpty()) {
        m_topicRow->setError(tr("Which topic shall be read?"));
        m_topic->setFocus();
        return;
    }
    if (kind() == Kind::Group && group().isEmpty()) {
        m_groupRow->setError(tr("Name a group, or read by partition."));
        m_group->setFocus();
        return;
    }
    m_groupRow->setError({});
    m_message->clear();
    m_model->clear();
    m_model->setTopic(topic());
    m_assigned.clear();
    m_lag = -1;
    m_members = 0;

    client::ConsumerOptions options;
    options.topics = {topic().toStdString()};
    options.clientId = m_clientId.toStdString();
    options.start.kind = m_from->currentIndex() == 1 ? client::StartPosition::Kind::Beginning
                                                     : client::StartPosition::Kind::End;
    if (kind() == Kind::Group)
        options.groupId = group().toStdString();
    else
        options.partitions = chosenPartitions();
    m_run = std::make_unique<ConsumeRun>(m_session.connection(), std::move(options));
    connect(m_run.get(), &ConsumeRun::arrived, m_model, &ConsumedModel::add);
    connect(m_run.get(), &ConsumeRun::assigned, this, [this](const auto& partitions) {
        m_assigned = partitions;
        updateSummary();
        readGroup();
    });
    connect(m_run.get(), &ConsumeRun::failed, this,
        [this](const QString& reason) { m_message->showError(reason); });
    if (kind() == Kind::Group)
        m_groupTimer.start();
    updateFields();
    emit runningChanged(true);
}

void ConsumerPane::stop()
{
    if (!m_run)
        return;
    m_run.reset();
    m_groupTimer.stop();
    m_pause->setChecked(false);
    updateFields();
    emit runningChanged(false);
}

std::vector<std::int32_t> ConsumerPane::chosenPartitions() const
{
    return std::vector<std::int32_t>(m_chosen.begin(), m_chosen.end());
}

void ConsumerPane::choosePartitions()
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* all = menu->addAction(tr("All partitions"), this, [this] {
        m_chosen.clear();
        updateFields();
    });
    all->setCheckable(true);
    all->setChecked(m_chosen.isEmpty());
    menu->addSeparator();
    const int count = std::min(m_topic->partitionCount(), 64);
    for (int partition = 0; partition < count; ++partition) {
        QAction* action = menu->addAction(tr("Partition %1").arg(partition));
        action->setCheckable(true);
        action->setChecked(m_chosen.contains(partition));
        connect(action, &QAction::toggled, this, [this, partition](bool isChosen) {
            m_chosen.removeAll(partition);
            if (isChosen)
                m_chosen.append(partition);
            std::sort(m_chosen.begin(), m_chosen.end());
            updateFields();
        });
    }
    menu->popup(m_partitions->mapToGlobal(QPoint(0, m_partitions->height())));
}

void ConsumerPane::updateFields()
{
    const bool isGroup = kind() == Kind::Group;
    const bool isRunning = m_run != nullptr;
    // While it reads, the pane says what is so; before, what shall be.
    m_topic->setReadOnly(isRunning);
    m_groupRow->setVisible(isGroup);
    m_group->setReadOnly(isRunning);
    m_partitionsRow->setVisible(!isGroup && !isRunning);
    m_kind->setEnabled(!isRunning && m_session.capabilities().canChange);
    m_fromRow->setVisible(!isRunning);
    m_summary->setVisible(isRunning);
    m_start->setVisible(!isRunning);
    m_stop->setVisible(isRunning);
    m_pause->setVisible(isRunning);
    QStringList numbers;
    for (const int partition : std::as_const(m_chosen))
        numbers.append(QString::number(partition));
    m_partitions->setText(numbers.isEmpty() ? tr("all") : numbers.join(u", "_s));
    m_partitions->setAccessibleName(tr("Partitions to read: %1").arg(m_partitions->text()));

    const bool hasRecords = m_model->rowCount() > 0;
    m_table->setVisible(hasRecords);
    m_empty->setVisible(!hasRecords);
    m_empty->setText(isRunning ? tr("Waiting for records of %1.").arg(topic())
                               : tr("Start consuming, then send a record: it appears here."));
    updateSummary();
}

void ConsumerPane::updateSummary()
{
    const QColor color = m_session.colors().colorOf(topic());
    if (kind() == Kind::Group) {
        m_summaryName->setText(group());
        QStringList facts;
        if (m_members > 0)
            facts.append(tr("%n member(s)", nullptr, m_members));
        if (m_lag >= 0)
            facts.append(tr("lag %1").arg(formatNumber(m_lag)));
        m_summaryText->setText(facts.isEmpty() ? tr("joining") : facts.join(u" · "_s));
        if (m_members > 0)
            return; // showGroup() knows the members better
    } else {
        m_summaryName->setText(topic());
        m_summaryText->setText(tr("no group"));
    }
    AssignmentView::Member self{tr("this pane"), {}, true};
    for (const auto& [name, partition] : m_assigned)
        self.partitions.append(partition);
    m_assignment->setMembers({self}, color);
}

void ConsumerPane::readGroup()
{
    if (!m_run || kind() != Kind::Group)
        return;
    m_session.connection().describeGroup(group().toStdString(),
        replyTo<client::GroupDescription>(
            this, [this](Result<client::GroupDescription> description) {
                if (description && m_run)
                    showGroup(*description);
            }));
}

void ConsumerPane::showGroup(const client::GroupDescription& description)
{
    QList<AssignmentView::Member> members;
    for (const client::GroupMember& known : description.members) {
        AssignmentView::Member member;
        const QString id = QString::fromStdString(known.clientId);
        member.isThisPane = id == m_clientId;
        member.name = member.isThisPane ? tr("this pane")
            : m_session.ownClientPrefix().isEmpty() || !id.startsWith(m_session.ownClientPrefix())
            ? id
            : tr("another pane");
        for (const auto& [name, partition] : known.partitions)
            member.partitions.append(partition);
        std::sort(member.partitions.begin(), member.partitions.end());
        members.append(member);
    }
    std::stable_sort(members.begin(), members.end(),
        [](const auto& a, const auto& b) { return a.isThisPane > b.isThisPane; });
    m_members = static_cast<int>(members.size());
    m_assignment->setMembers(members, m_session.colors().colorOf(topic()));

    // Lag is what lies between the committed positions and the high watermarks.
    std::vector<client::GroupOffset> offsets = description.offsets;
    using client::PartitionOffsets;
    m_session.connection().listOffsets(topic().toStdString(),
        replyTo<std::vector<PartitionOffsets>>(
            this, [this, offsets](Result<std::vector<PartitionOffsets>> ends) {
                if (!ends || !m_run)
                    return;
                qint64 lag = 0;
                for (const PartitionOffsets& end : *ends) {
                    const auto committed = std::find_if(
                        offsets.begin(), offsets.end(), [&](const client::GroupOffset& o) {
                            return o.partition == end.partition && o.topic == topic().toStdString();
                        });
                    if (committed != offsets.end() && committed->committed >= 0)
                        lag += std::max<qint64>(0, end.latest - committed->committed);
                }
                m_lag = lag;
                updateSummary();
            }));
    updateSummary();
}

} // namespace moldau::widgets
