#include "panes/brokerreassignsheet.h"

#include "bridge/elsewhere.h"
#include "common/buttons.h"
#include "common/field.h"
#include "common/format.h"
#include "common/label.h"
#include "common/messagebar.h"
#include "models/checklistmodel.h"
#include "panes/brokertab.h"
#include "panes/topiccommandbox.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;
using Done = client::BrokerAdmin::Done;
using Results = client::PerPartition<Done>;

namespace {

constexpr int kSoonMs = 120; // while somebody types or clicks on

QListView* makeCheckList(const QString& name, const char* id, CheckListModel* model)
{
    auto* list = new QListView;
    list->setUniformItemSizes(true);
    list->setObjectName(QLatin1String(id));
    list->setAccessibleName(name);
    list->setModel(model);
    return list;
}

} // namespace

BrokerReassignSheet::BrokerReassignSheet(Session& session, QWidget* parent)
    : SideSheet(parent)
    , m_session(session)
    , m_topics(new CheckListModel(this))
    , m_brokers(new CheckListModel(this))
    , m_partitions(new QLineEdit)
    , m_replicas(new QSpinBox)
    , m_rate(new QLineEdit)
    , m_chosen(new Label({}, TextRole::Label, Tone::Muted))
    , m_words(new Label({}, TextRole::Label, Tone::Muted))
    , m_command(new TopicCommandBox)
    , m_copyPlan(new LinkButton(tr("Copy plan.json")))
    , m_message(new MessageBar)
    , m_begin(new PrimaryButton(tr("Start moving")))
{
    const Theme& theme = Theme::current();
    setObjectName(u"Reassignment sheet"_s);
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->setSpacing(theme.px(8));
    m_choice = makeChoice();
    layout->addWidget(m_choice);
    m_rate->setObjectName(u"Limit in MB/s"_s);
    m_rate->setPlaceholderText(tr("none"));
    setDataFont(*m_rate);
    m_rateField = new Field(tr("Limit for each broker in MB/s"), m_rate,
        tr("Limit for each broker in megabytes a second"));
    m_partitions->setObjectName(u"Partitions to move"_s);
    m_partitions->setPlaceholderText(tr("all, or for example 0, 2-4"));
    setDataFont(*m_partitions);
    m_partitionsField = new Field(tr("Partitions"), m_partitions, tr("Partitions to move"));
    auto* fields = new QHBoxLayout;
    fields->setContentsMargins(theme.px(15), 0, theme.px(15), 0);
    fields->setSpacing(theme.px(12));
    fields->addWidget(m_partitionsField, 3);
    fields->addWidget(m_rateField, 3);
    layout->addLayout(fields);
    m_words->setWordWrap(true);
    m_words->setContentsMargins(theme.px(15), 0, theme.px(15), 0);
    layout->addWidget(m_words);
    m_moves = new BrokerTab("Replicas that move", tr("Replicas that move"),
        {{tr("Partition"), false, true, {}}, {tr("Replicas now"), false, true, {}},
            {tr("Replicas then"), false, true, {}}, {tr("To copy"), true, true, {}}});
    m_moves->setWidths(0, {0, 104, 104, 84}, {1});
    m_moves->model().setTopicColor(
        [this](const QString& topic) { return m_session.colors().colorOf(topic); });
    layout->addWidget(m_moves, 1);
    auto* command = new QVBoxLayout;
    command->setContentsMargins(theme.px(15), 0, theme.px(15), theme.px(8));
    command->setSpacing(theme.px(6));
    auto* heading = new QHBoxLayout;
    heading->addWidget(new Label(tr("The same on the command line"), TextRole::Strong), 1);
    m_copyPlan->setObjectName(u"Copy plan"_s);
    m_copyPlan->setToolTip(tr("Copies the plan as kafka-reassign-partitions reads it"));
    setButtonPlace(*m_copyPlan, ButtonPlace::View);
    heading->addWidget(m_copyPlan);
    command->addLayout(heading);
    command->addWidget(m_command);
    layout->addLayout(command);
    setContent(content);

    footer()->addWidget(m_message);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(theme.px(8));
    auto* cancel = new QPushButton(tr("Cancel"));
    cancel->setObjectName(u"Cancel reassignment sheet"_s);
    setButtonPlace(*cancel, ButtonPlace::Form);
    setButtonPlace(*m_begin, ButtonPlace::Form);
    m_begin->setObjectName(u"Start moving"_s);
    m_begin->setAccessibleName(tr("Start moving"));
    buttons->addWidget(cancel, 1);
    buttons->addWidget(m_begin, 2);
    footer()->addLayout(buttons);

    m_soon.setSingleShot(true);
    m_soon.setInterval(kSoonMs);
    connect(&m_soon, &QTimer::timeout, this, &BrokerReassignSheet::plan);
    connect(cancel, &QPushButton::clicked, this, &SideSheet::closed);
    connect(m_begin, &QPushButton::clicked, this, &BrokerReassignSheet::begin);
    connect(m_copyPlan, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_preview->plan.json()); });
    // What is shown isn't what is chosen any more: nobody may begin it.
    const auto choose = [this] {
        ++m_asked;
        m_isPlanning = true;
        updateButton();
        m_soon.start();
    };
    for (const CheckListModel* list : {m_topics, m_brokers})
        connect(list, &CheckListModel::checkedChanged, this, choose);
    connect(m_partitions, &QLineEdit::textChanged, this, choose);
    connect(m_replicas, &QSpinBox::valueChanged, this, choose);
    connect(m_rate, &QLineEdit::textChanged, this, &BrokerReassignSheet::updateLimit);
    updateLimit();
}

QWidget* BrokerReassignSheet::makeChoice()
{
    const Theme& theme = Theme::current();
    auto* choice = new QWidget;
    auto* layout = new QVBoxLayout(choice);
    layout->setContentsMargins(theme.px(15), 0, theme.px(15), 0);
    layout->setSpacing(theme.px(8));
    auto* lists = new QHBoxLayout;
    lists->setSpacing(theme.px(12));

    auto* topics = new QWidget;
    auto* topicsLayout = new QVBoxLayout(topics);
    topicsLayout->setContentsMargins({});
    topicsLayout->setSpacing(theme.px(6));
    auto* search = new SearchField(tr("Filter topics to move"), tr("Filter by name"));
    search->setObjectName(u"Filter topics to move"_s);
    connect(search, &QLineEdit::textChanged, m_topics, &CheckListModel::search);
    topicsLayout->addWidget(search);
    m_topicList = makeCheckList(tr("Topics to move"), "Topics to move", m_topics);
    m_topicList->setFixedHeight(theme.px(132));
    topicsLayout->addWidget(m_topicList);
    auto* row = new QHBoxLayout;
    auto* everything = new LinkButton(tr("All"));
    auto* nothing = new LinkButton(tr("None"));
    everything->setObjectName(u"Move all topics"_s);
    everything->setAccessibleName(tr("Move all topics"));
    nothing->setObjectName(u"Move no topic"_s);
    nothing->setAccessibleName(tr("Move no topic"));
    for (LinkButton* button : {everything, nothing}) {
        setButtonPlace(*button, ButtonPlace::Form);
        row->addWidget(button);
    }
    connect(everything, &QPushButton::clicked, this, [this] { m_topics->setAll(true); });
    connect(nothing, &QPushButton::clicked, this, [this] { m_topics->setAll(false); });
    row->addStretch(1);
    row->addWidget(m_chosen);
    topicsLayout->addLayout(row);
    lists->addWidget(new Field(tr("Topics"), topics, tr("Choice of topics")), 3);

    auto* right = new QVBoxLayout;
    right->setSpacing(theme.px(8));
    auto* brokerList = makeCheckList(tr("Brokers to move to"), "Brokers to move to", m_brokers);
    brokerList->setFixedHeight(theme.px(98));
    right->addWidget(new Field(tr("To brokers"), brokerList, tr("Brokers to move to")));
    m_replicas->setRange(0, 32);
    m_replicas->setSpecialValueText(tr("as now"));
    m_replicas->setObjectName(u"Replicas of each"_s);
    right->addWidget(new Field(tr("Replicas of each"), m_replicas, tr("Replicas of each")));
    right->addStretch(1);
    lists->addLayout(right, 2);
    layout->addLayout(lists);
    return choice;
}

void BrokerReassignSheet::start(
    const QStringList& topics, const BrokerNames& names, const DiskReportPtr& disks)
{
    m_undo.clear();
    m_message->clear();
    m_rate->clear();
    m_choice->show();
    m_partitionsField->show();
    setTitle(tr("Reassign partitions"), tr("Replicas are copied to other brokers"));
    m_names = names;
    m_disks = disks;
    m_wanted = topics;
    fillNames();
    plan();
}

void BrokerReassignSheet::startUndo(
    const ReassignPlan::Assignments& before, const BrokerNames& names, const DiskReportPtr& disks)
{
    m_undo = before;
    m_message->clear();
    // It goes back as it went there.
    m_rate->setText(
        m_session.brokerAdmin() ? rateText(MoveThrottle::of(m_session).rate()) : QString());
    m_choice->hide();
    m_partitionsField->hide();
    setTitle(tr("Undo the reassignment"), tr("The partitions go back to where they were"));
    m_names = names;
    m_disks = disks;
    plan();
}

void BrokerReassignSheet::renew(const BrokerNames& names, const DiskReportPtr& disks)
{
    if (m_isBusy)
        return;
    m_names = names;
    m_disks = disks;
    fillNames();
    m_soon.start();
}

void BrokerReassignSheet::fillNames()
{
    m_topics->setNames(m_session.metadata()->choices());
    // Before the first metadata there is nothing to choose from.
    if (!m_wanted.isEmpty() && m_session.isConnected()) {
        const QModelIndexList first
            = m_topics->match(m_topics->index(0), Qt::DisplayRole, m_wanted.first());
        m_topics->setChecked(std::exchange(m_wanted, {}));
        if (!first.isEmpty())
            m_topicList->scrollTo(first.first(), QAbstractItemView::PositionAtTop);
    }
    QStringList brokers;
    std::vector<int> ids;
    for (const Metadata::BrokerLoad& load : m_session.metadata()->loads()) {
        if (!load.isUp)
            continue; // nothing can be copied to it
        ids.push_back(load.id);
        brokers.append(brokerNameOf(m_names, load.id));
    }
    const bool isFirst = m_brokerIds.empty();
    m_brokerIds = std::move(ids);
    m_brokers->setNames(brokers);
    if (isFirst)
        m_brokers->setAll(true);
}

QString BrokerReassignSheet::whyNot() const
{
    if (!m_undo.empty())
        return {};
    if (m_topics->checkedCount() == 0)
        return tr("Choose the topics whose partitions are to move.");
    if (m_brokers->checkedCount() == 0)
        return tr("Choose the brokers that may hold replicas from now on.");
    if (m_replicas->value() > m_brokers->checkedCount())
        return tr("%1 replicas need %1 brokers; %2 are chosen.")
            .arg(m_replicas->value())
            .arg(m_brokers->checkedCount());
    return {};
}

void BrokerReassignSheet::plan()
{
    const int topics = m_topics->checkedCount();
    m_chosen->setText(tr("%Ln chosen", nullptr, topics));
    m_partitions->setEnabled(topics == 1);
    m_partitions->setToolTip(
        topics == 1 ? QString() : tr("Single partitions can be chosen of one topic at a time"));
    ReassignWish wish;
    QString error;
    if (topics == 1 && !m_partitions->text().trimmed().isEmpty() && m_undo.empty()) {
        wish.partitions = parsePartitions(m_partitions->text());
        if (!wish.partitions)
            error = tr("Write numbers and ranges, as in 0, 2-4.");
    }
    m_partitionsField->setError(error);
    const quint64 mine = ++m_asked;
    if (!whyNot().isEmpty() || !error.isEmpty()) {
        m_isPlanning = false;
        return showPreview(std::make_shared<Preview>());
    }
    m_isPlanning = true;
    updateButton();
    wish.replicas = m_replicas->value();
    wish.topics = m_topics->checked();
    const QStringList brokers = m_brokers->checked();
    for (const int id : m_brokerIds) {
        if (brokers.contains(brokerNameOf(m_names, id)))
            wish.brokers.push_back(id);
    }
    computeElsewhere(
        this,
        [metadata = m_session.metadata(), disks = m_disks, names = m_names, undo = m_undo,
            wish = std::move(wish)] {
            auto preview = std::make_shared<Preview>();
            preview->plan = undo.empty() ? ReassignPlan(*metadata, disks->sizes(), wish)
                                         : ReassignPlan(*metadata, disks->sizes(), undo);
            preview->rows = preview->plan.rows(names);
            return preview;
        },
        [this, mine](std::shared_ptr<Preview> preview) {
            if (mine != m_asked)
                return;
            m_isPlanning = false;
            showPreview(std::move(preview));
        });
}

void BrokerReassignSheet::showPreview(std::shared_ptr<Preview> preview)
{
    m_preview = std::move(preview);
    m_moves->setRows(std::move(m_preview->rows));
    const QString why = whyNot();
    m_words->setText(why.isEmpty() ? sentence() : QString());
    m_words->setVisible(!m_words->text().isEmpty());
    m_moves->setEmptySentence(
        why.isEmpty() ? tr("Nothing moves: the replicas lie there already.") : why);
    m_copyPlan->setEnabled(!m_preview->plan.moves().empty());
    updateButton();
}

QString BrokerReassignSheet::sentence() const
{
    const ReassignPlan& plan = m_preview->plan;
    if (plan.moves().empty())
        return {};
    QStringList parts = {
        tr("%Ln partition(s) get other replicas", nullptr, static_cast<int>(plan.moves().size()))};
    if (plan.unchanged() > 0)
        parts.append(tr("%Ln stay(s) as it is", nullptr, plan.unchanged()));
    parts.append(tr("%1 are copied").arg(formatBytes(plan.bytes())));
    QString text = parts.join(u" · "_s) + u'.';
    QStringList gets;
    QStringList loses;
    for (const auto& [id, share] : plan.shares()) {
        const QString name = brokerNameOf(m_names, id);
        if (share.gets > 0)
            gets.append(tr("%1 gets %2 (%3)")
                            .arg(name, formatNumber(share.gets), formatBytes(share.bytes)));
        if (share.loses > 0)
            loses.append(tr("%1 loses %2").arg(name, formatNumber(share.loses)));
    }
    if (!gets.isEmpty() || !loses.isEmpty())
        text += u' ' + (gets + loses).join(u", "_s) + u'.';
    if (plan.leaderChanges() > 0)
        text += u' ' + tr("%Ln leader(s) move at the end.", nullptr, plan.leaderChanges());
    if (const QString limit = limitWords(); !limit.isEmpty())
        text += u' ' + limit;
    return text;
}

QString BrokerReassignSheet::limitWords() const
{
    const qint64 rate = parseRate(m_rate->text());
    const CopyLoad& load = m_preview->plan.load();
    const auto seconds = load.secondsAt(rate);
    if (!seconds || load.busiestBytes() == 0)
        return {};
    return tr("At %1 that takes about %2, as %3 has most to copy (%4); what is written meanwhile "
              "adds to it.")
        .arg(formatByteRate(rate), formatSpan(*seconds),
            brokerNameOf(m_names, load.busiest().value()), formatBytes(load.busiestBytes()));
}

void BrokerReassignSheet::updateLimit()
{
    m_rateField->setError(parseRate(m_rate->text()) >= 0
            ? QString()
            : tr("Write megabytes a second, as in 10 or 2.5; nothing for no limit."));
    m_words->setText(whyNot().isEmpty() ? sentence() : QString());
    m_command->setCommand(command());
    updateButton();
}

QString BrokerReassignSheet::command() const
{
    const qint64 rate = parseRate(m_rate->text());
    const QString throttle = rate > 0 ? u"--throttle %1 \\\n  "_s.arg(rate) : QString();
    return u"kafka-reassign-partitions --execute \\\n  %1--reassignment-json-file plan.json \\\n  "
           "--bootstrap-server %2"_s.arg(throttle, m_session.firstAddress());
}

void BrokerReassignSheet::updateButton()
{
    const int moves = static_cast<int>(m_preview->plan.moves().size());
    const bool mayChange = m_session.capabilities().canChange;
    m_begin->setText(m_isBusy ? tr("Starting…")
            : moves > 0       ? tr("Start moving %Ln partition(s)", nullptr, moves)
                              : tr("Start moving"));
    m_begin->setEnabled(mayChange && moves > 0 && !m_isBusy && !m_isPlanning
        && m_session.brokerAdmin() && !m_rateField->hasError());
    m_begin->setToolTip(mayChange ? QString() : tr("This cluster is open read only"));
}

void BrokerReassignSheet::begin()
{
    m_message->clear();
    m_isBusy = true;
    m_begun = m_preview; // newer sizes may change what is shown meanwhile
    updateButton();
    const qint64 rate = parseRate(m_rate->text());
    if (rate <= 0)
        return reassign();
    // First the limit, then the move: nothing is copied faster than was asked for.
    MoveThrottle& throttle = MoveThrottle::of(m_session);
    throttle.hold(ThrottleExtent(m_begun->plan), rate,
        [&throttle, sheet = QPointer(this)](const QString& problem) {
            if (sheet && problem.isEmpty())
                return sheet->reassign();
            throttle.watch(); // of what may move already; the sheet may be gone, too
            if (sheet)
                sheet->refuse(tr("The limit can't be set, so nothing moves. %1").arg(problem));
        });
}

void BrokerReassignSheet::reassign()
{
    std::map<TopicPartition, std::optional<std::vector<BrokerId>>> wishes;
    for (auto& [partition, replicas] : m_begun->plan.after())
        wishes.emplace(partition, replicas);
    m_session.brokerAdmin()->reassign(std::move(wishes),
        replyTo<Results>(this, [this](const Result<Results>& results) { finish(results); }));
}

void BrokerReassignSheet::refuse(const QString& reason)
{
    m_isBusy = false;
    updateButton();
    m_message->showError(reason);
}

void BrokerReassignSheet::finish(const Result<Results>& results)
{
    MoveThrottle& throttle = MoveThrottle::of(m_session);
    const bool isLimited = parseRate(m_rate->text()) > 0;
    if (results && !m_undo.empty() && !isLimited)
        throttle.release({});
    else
        throttle.watch();
    if (!results)
        return refuse(QString::fromStdString(results.error().message));
    m_isBusy = false;
    updateButton();
    ReassignPlan::Assignments before = m_begun->plan.before();
    const PartitionOutcome outcome(*results);
    for (const auto& [partition, result] : *results) {
        if (!result)
            before.erase(partition);
    }
    if (before.empty()) {
        m_message->showError(outcome.why);
        return;
    }
    QString words
        = tr("%Ln partition(s) have begun to move.", nullptr, static_cast<int>(before.size()));
    if (outcome.failed > 0)
        words += u' ' + tr("%Ln could not (%1).", nullptr, outcome.failed).arg(outcome.why);
    emit started(before, words, outcome.failed > 0);
}

} // namespace moldau::widgets
