#include "panes/brokerthrottlestrip.h"

#include "common/buttons.h"
#include "common/field.h"
#include "common/format.h"
#include "common/label.h"
#include "common/panel.h"
#include "models/copyload.h"
#include "panes/topicactionpanel.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

/** What the moves that are under way still have to copy. */
CopyLoad loadLeft(const BrokerPoller& poller, const Metadata& metadata)
{
    CopyLoad load;
    for (const auto& [at, moving] : poller.reassignments()) {
        const QString topic = QString::fromStdString(at.topic);
        qint64 whole = 0;
        std::map<BrokerId, qint64> copied;
        for (const client::ReplicaSize& replica : poller.disks()->sizes().of(topic)) {
            if (replica.partition != at.partition)
                continue;
            whole = std::max<qint64>(whole, replica.bytes);
            copied[replica.broker] = replica.bytes;
        }
        BrokerId leader = kNoBroker;
        if (const client::TopicDescription* known = metadata.topic(topic)) {
            for (const client::PartitionDescription& partition : known->partitions) {
                if (partition.index == at.partition)
                    leader = partition.leader;
            }
        }
        for (const BrokerId broker : moving.adding)
            load.add(leader, broker, whole - copied[broker]);
    }
    return load;
}

} // namespace

BrokerThrottleStrip::BrokerThrottleStrip(Session& session, BrokerPoller& poller, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_poller(poller)
    , m_throttle(session.brokerAdmin() ? &MoveThrottle::of(session) : nullptr)
    , m_row(new QWidget(this))
    , m_words(new Label({}, TextRole::Label, Tone::Muted, m_row))
    , m_label(new Label(tr("Limit for each broker"), TextRole::Label, Tone::Muted, m_row))
    , m_rate(new QLineEdit(m_row))
    , m_unit(new Label(tr("MB/s"), TextRole::Label, Tone::Muted, m_row))
    , m_apply(new QPushButton(tr("Change"), m_row))
    , m_clear(new DangerButton(tr("Remove the limit…"), m_row))
    , m_asking(new TopicActionPanel(this))
{
    const Theme& theme = Theme::current();
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins({});
    whole->setSpacing(0);
    auto* layout = new QVBoxLayout;
    layout->setContentsMargins(theme.px(15), theme.px(8), theme.px(12), theme.px(8));
    layout->setSpacing(theme.px(8));
    whole->addLayout(layout);
    whole->addWidget(new Hairline);
    auto* row = new QHBoxLayout(m_row);
    row->setContentsMargins({});
    row->setSpacing(theme.px(8));
    m_words->setWordWrap(true);
    row->addWidget(m_words, 1);
    row->addWidget(m_label);
    m_rate->setObjectName(u"Limit of moves"_s);
    m_rate->setAccessibleName(tr("Limit for each broker, in megabytes a second"));
    m_rate->setPlaceholderText(tr("none"));
    m_rate->setFixedWidth(theme.px(76));
    m_rate->setAlignment(Qt::AlignRight);
    setDataFont(*m_rate);
    m_label->setBuddy(m_rate);
    row->addWidget(m_rate);
    row->addWidget(m_unit);
    m_apply->setObjectName(u"Change the limit"_s);
    m_apply->setAccessibleName(tr("Change the limit"));
    setButtonPlace(*m_apply, ButtonPlace::Form);
    row->addWidget(m_apply);
    m_clear->setObjectName(u"Remove the limit"_s);
    m_clear->setAccessibleName(tr("Remove the limit"));
    setButtonPlace(*m_clear, ButtonPlace::Answer);
    row->addWidget(m_clear);
    layout->addWidget(m_row);
    m_asking->hide();
    layout->addWidget(m_asking);
    hide();
    if (!m_throttle)
        return;

    connect(m_rate, &QLineEdit::textChanged, this, &BrokerThrottleStrip::renew);
    connect(m_rate, &QLineEdit::returnPressed, this, [this] {
        if (m_apply->isEnabled())
            apply();
    });
    connect(m_apply, &QPushButton::clicked, this, &BrokerThrottleStrip::apply);
    connect(m_clear, &QPushButton::clicked, this, &BrokerThrottleStrip::askToClear);
    connect(m_asking, &TopicActionPanel::cancelled, this, [this] {
        m_asking->hide();
        renew();
    });
    connect(m_asking, &TopicActionPanel::confirmed, this, &BrokerThrottleStrip::clear);
    connect(m_throttle, &MoveThrottle::changed, this, [this] {
        m_poller.refreshThrottles();
        renew();
    });
    connect(m_throttle, &MoveThrottle::ended, this, [this](const QString& problem) {
        if (!problem.isEmpty())
            emit told(tr("The limit could not be taken away everywhere. %1").arg(problem), true);
    });
    for (auto arrived : {&BrokerPoller::reassignmentsArrived, &BrokerPoller::disksArrived})
        connect(&poller, arrived, this, &BrokerThrottleStrip::renew);
    connect(&poller, &BrokerPoller::throttlesArrived, this, [this] {
        // What somebody is about to write stays.
        if (!m_isBusy && !m_rate->isModified() && !m_rate->hasFocus()) {
            const QSignalBlocker quiet(m_rate);
            m_rate->setText(rateText(limits().least));
        }
        renew();
    });
}

void BrokerThrottleStrip::setMovesShown(bool areShown)
{
    m_areMovesShown = areShown;
    renew();
}

BrokerThrottleStrip::Limits BrokerThrottleStrip::limits() const
{
    Limits limits;
    for (const auto& [broker, rates] : m_poller.throttles().brokers) {
        limits.brokers.append(m_session.nameOf(broker));
        for (const auto& rate : {rates.asLeader, rates.asFollower}) {
            if (!rate)
                continue;
            limits.least = limits.least == 0 ? *rate : std::min<qint64>(limits.least, *rate);
            limits.most = std::max<qint64>(limits.most, *rate);
        }
    }
    return limits;
}

QString BrokerThrottleStrip::rateWords(const Limits& limits)
{
    const QString least = formatByteRate(limits.least);
    return limits.least == limits.most
        ? least
        : tr("%1 to %2", "two rates").arg(least, formatByteRate(limits.most));
}

QString BrokerThrottleStrip::movingWords(const Limits& limits) const
{
    if (limits.most == 0)
        return tr("Replicas are copied as fast as the brokers can.");
    QString words = tr("Each broker copies at most %1.").arg(rateWords(limits));
    const CopyLoad left = loadLeft(m_poller, *m_session.metadata());
    if (left.busiestBytes() > 0)
        words += u' '
            + tr("About %1 left.").arg(formatSpan(left.secondsAt(limits.least).value_or(0)));
    return words;
}

void BrokerThrottleStrip::renew()
{
    if (!m_throttle)
        return;
    const Limits limits = this->limits();
    const bool isMoving = !m_poller.reassignments().empty();
    const bool isLeftOver = !isMoving && limits.most > 0 && !m_throttle->isHolding()
        && m_poller.whyNoReassignments().isEmpty();
    const bool mayChange = m_session.capabilities().canChange;
    setVisible((isMoving && m_areMovesShown) || isLeftOver);
    for (QWidget* part : std::initializer_list<QWidget*>{m_label, m_rate, m_unit, m_apply})
        part->setVisible(isMoving && mayChange);
    if (!isLeftOver)
        m_asking->hide();
    m_clear->setVisible(isLeftOver && mayChange && m_asking->isHidden());
    m_words->setTone(isLeftOver ? Tone::Warning : Tone::Muted);
    m_words->setText(!isLeftOver
            ? movingWords(limits)
            : tr("Nothing moves, but replication is still limited to %1 on %2.")
                  .arg(rateWords(limits), limits.brokers.join(tr(", ", "between names"))));
    const qint64 wished = parseRate(m_rate->text());
    m_rate->setToolTip(wished < 0
            ? tr("Write megabytes a second, as in 10 or 2.5; nothing for no limit.")
            : QString());
    m_apply->setText(wished == 0 && limits.most > 0 ? tr("Lift") : tr("Change"));
    m_apply->setEnabled(
        !m_isBusy && wished >= 0 && (wished != limits.least || limits.least != limits.most));
}

void BrokerThrottleStrip::apply()
{
    const qint64 rate = parseRate(m_rate->text());
    m_isBusy = true;
    m_rate->setModified(false);
    renew();
    if (rate > 0) {
        const ThrottleExtent extent(m_poller.reassignments(), *m_session.metadata());
        // Watched in any case: the page may be gone by then.
        m_throttle->hold(extent, rate,
            [throttle = m_throttle,
                then = MoveThrottle::heardBy(this, [this, rate](const QString& problem) {
                    finish(problem,
                        tr("Each broker copies at most %1 now.").arg(formatByteRate(rate)));
                })](const QString& problem) {
                throttle->watch();
                then(problem);
            });
        return;
    }
    const auto done = MoveThrottle::heardBy(this, [this](const QString& problem) {
        finish(problem, tr("Replicas are copied as fast as the brokers can now."));
    });
    if (m_throttle->isHolding())
        m_throttle->release(done);
    else
        m_throttle->clear(done);
}

void BrokerThrottleStrip::askToClear()
{
    const Limits limits = this->limits();
    TopicActionPanel::Action action;
    action.title = tr("Remove the limit of replication");
    action.preview
        = tr("The rates of %1 are removed, and the marks in topics that they count for. A "
             "limit outlasts its move when the window or the tool that set it was closed "
             "before the end; keep it if somebody set it on purpose.")
              .arg(limits.brokers.join(tr(", ", "between names")));
    action.command
        = u"kafka-reassign-partitions --verify \\\n  --reassignment-json-file plan.json \\\n  "
          "--bootstrap-server %1"_s.arg(m_session.firstAddress());
    action.confirm = tr("Remove the limit");
    action.confirmName = tr("Confirm removing the limit");
    m_asking->show();
    m_asking->ask(action);
    renew();
}

void BrokerThrottleStrip::clear()
{
    m_asking->showBusy(tr("Removing…"));
    m_throttle->clear(MoveThrottle::heardBy(this, [this](const QString& problem) {
        if (!problem.isEmpty())
            return m_asking->showError(problem);
        m_asking->hide();
        finish({}, tr("The limit of replication is removed."));
    }));
}

void BrokerThrottleStrip::finish(const QString& problem, const QString& sentence)
{
    m_isBusy = false;
    m_poller.refreshThrottles();
    renew();
    emit told(problem.isEmpty() ? sentence : problem, !problem.isEmpty());
}

} // namespace moldau::widgets
