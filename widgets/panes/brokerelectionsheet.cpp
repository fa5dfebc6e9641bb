#include "panes/brokerelectionsheet.h"

#include "bridge/elsewhere.h"
#include "common/buttons.h"
#include "common/format.h"
#include "common/label.h"
#include "common/messagebar.h"
#include "common/tableview.h"
#include "panes/brokertab.h"
#include "panes/topiccommandbox.h"

#include <QHBoxLayout>
#include <QSet>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;
using Done = client::BrokerAdmin::Done;
using Results = client::PerPartition<Done>;

BrokerElectionSheet::BrokerElectionSheet(Session& session, QWidget* parent)
    : SideSheet(parent)
    , m_session(session)
    , m_words(new Label({}, TextRole::Label, Tone::Muted))
    , m_command(new TopicCommandBox)
    , m_message(new MessageBar)
    , m_elect(new PrimaryButton(tr("Elect")))
{
    const Theme& theme = Theme::current();
    setObjectName(u"Election sheet"_s);
    setTitle(tr("Preferred election"));
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->setSpacing(theme.px(8));
    m_words->setWordWrap(true);
    m_words->setContentsMargins(theme.px(15), 0, theme.px(15), 0);
    layout->addWidget(m_words);
    m_moves = new BrokerTab("Leaders that move", tr("Leaders that move"),
        {{tr("Partition"), false, true, {}}, {tr("Leads now"), false, false, {}},
            {tr("Leads then"), false, false, {}}});
    m_moves->setWidths(0, {0, 112, 112}, {});
    m_moves->model().setTopicColor(
        [this](const QString& topic) { return m_session.colors().colorOf(topic); });
    m_moves->setEmptySentence(tr("Every partition is led by its preferred broker."));
    layout->addWidget(m_moves, 1);
    auto* command = new QVBoxLayout;
    command->setContentsMargins(theme.px(15), 0, theme.px(15), theme.px(8));
    command->setSpacing(theme.px(6));
    command->addWidget(new Label(tr("The same on the command line"), TextRole::Strong));
    command->addWidget(m_command);
    layout->addLayout(command);
    setContent(content);
    m_command->setCommand(
        u"kafka-leader-election --election-type PREFERRED \\\n  --all-topic-partitions \\\n  --bootstrap-server %1"_s
            .arg(m_session.firstAddress()));

    footer()->addWidget(m_message);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(theme.px(8));
    auto* cancel = new QPushButton(tr("Cancel"));
    cancel->setObjectName(u"Cancel election"_s);
    setButtonPlace(*cancel, ButtonPlace::Form);
    setButtonPlace(*m_elect, ButtonPlace::Form);
    m_elect->setObjectName(u"Confirm election"_s);
    m_elect->setAccessibleName(tr("Confirm election"));
    buttons->addWidget(cancel, 1);
    buttons->addWidget(m_elect, 2);
    footer()->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &SideSheet::closed);
    connect(m_elect, &QPushButton::clicked, this, &BrokerElectionSheet::elect);
    connect(m_moves, &BrokerTab::selectionChanged, this, &BrokerElectionSheet::updateButton);
    updateButton();
}

void BrokerElectionSheet::look(const BrokerNames& names)
{
    const quint64 mine = ++m_asked;
    computeElsewhere(
        this,
        [metadata = m_session.metadata(), names] {
            auto preview = std::make_shared<Preview>();
            preview->moves = LeaderMoves(*metadata);
            preview->rows = preview->moves.rows(names);
            preview->metadata = metadata;
            return preview;
        },
        [this, mine](std::shared_ptr<Preview> preview) {
            if (mine == m_asked)
                showPreview(std::move(preview));
        });
}

void BrokerElectionSheet::showPreview(std::shared_ptr<Preview> preview)
{
    m_preview = std::move(preview);
    m_moves->setRows(std::move(m_preview->rows));
    const int moves = static_cast<int>(m_preview->moves.moves.size());
    QString words = moves == 0
        ? tr("The first replica of a partition is its preferred leader. All leaders are where they "
             "belong: an election would change nothing.")
        : tr("The first replica of a partition is its preferred leader. An election makes it lead "
             "again; clients find the new leader by themselves.");
    if (m_preview->moves.waiting > 0)
        words += u' '
            + tr("%Ln more partition(s) can't go back yet: their preferred broker is down or out "
                 "of sync.",
                nullptr, m_preview->moves.waiting);
    m_words->setText(words);
    setTitle(tr("Preferred election"),
        moves == 0 ? QString() : tr("%Ln leader(s) would move", nullptr, moves));
    updateButton();
}

std::vector<TopicPartition> BrokerElectionSheet::chosen() const
{
    const QStringList keys = m_moves->selected();
    const QSet<QString> wanted(keys.begin(), keys.end());
    std::vector<TopicPartition> partitions;
    const auto& rows = m_moves->model().rows();
    const auto& moves = m_preview->moves.moves;
    for (std::size_t i = 0; i < moves.size() && i < rows.size(); ++i) {
        if (wanted.isEmpty() || wanted.contains(rows[i].key))
            partitions.push_back(moves[i].partition);
    }
    return partitions;
}

void BrokerElectionSheet::updateButton()
{
    const int selected = static_cast<int>(m_moves->view().selectionModel()->selectedRows().size());
    const int all = static_cast<int>(m_preview->moves.moves.size());
    const bool mayChange = m_session.capabilities().canChange;
    m_elect->setText(m_isBusy ? tr("Electing…")
            : selected > 0    ? tr("Elect for the %Ln selected", nullptr, selected)
            : all > 0         ? tr("Elect for all %Ln", nullptr, all)
                              : tr("Elect"));
    m_elect->setEnabled(mayChange && all > 0 && !m_isBusy && m_session.brokerAdmin());
    m_elect->setToolTip(mayChange ? QString() : tr("This cluster is open read only"));
}

void BrokerElectionSheet::elect()
{
    m_message->clear();
    m_isBusy = true;
    m_session.brokerAdmin()->electPreferredLeaders(chosen(),
        replyTo<Results>(this, [this](const Result<Results>& results) { finish(results); }));
    updateButton();
}

void BrokerElectionSheet::finish(const Result<Results>& results)
{
    m_isBusy = false;
    updateButton();
    if (!results) {
        m_message->showError(QString::fromStdString(results.error().message));
        return;
    }
    // Where somebody else was faster, what was wanted is so.
    const PartitionOutcome outcome(*results, ErrorCode::ElectionNotNeeded);
    QString sentence
        = tr("%Ln partition(s) are led by their preferred brokers again.", nullptr, outcome.done);
    if (outcome.failed > 0)
        sentence = (outcome.done > 0 ? sentence + u' ' : QString())
            + tr("%Ln partition(s) kept their leaders (%1).", nullptr, outcome.failed)
                  .arg(outcome.why);
    emit elected(sentence, outcome.failed > 0);
}

} // namespace moldau::widgets
