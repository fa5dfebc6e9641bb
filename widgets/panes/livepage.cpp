#include "panes/livepage.h"

#include "bridge/clusterpulse.h"
#include "bridge/eventpump.h"
#include "bridge/reply.h"
#include "common/buttons.h"
#include "common/format.h"
#include "common/messagebar.h"
#include "common/pill.h"
#include "panes/consumerpane.h"
#include "panes/densitystrip.h"
#include "panes/livefeed.h"
#include "panes/panecolumn.h"
#include "panes/producerpane.h"
#include "panes/timelinepane.h"
#include "panes/topicchooser.h"
#include "topology/topologyview.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QSplitter>
#include <QVBoxLayout>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int kPaneWidth = 260;
constexpr int kTimelineHeight = 222;
} // namespace

LivePage::LivePage(Session& session, QWidget* parent)
    : Page(u"live"_s, tr("Live"), parent)
    , m_session(session)
    , m_brokersPill(addPill())
    , m_syncPill(addPill())
    , m_ratePill(addPill())
    , m_faultsPill(addPill())
    , m_producers(new PaneColumn(this))
    , m_consumers(new PaneColumn(this))
    , m_topology(new TopologyView(session.colors(), this))
    , m_feed(new LiveFeed(session, *m_topology, this))
    , m_timeline(new TimelinePane(
          m_feed->playback(), m_feed->events(), m_feed->history(), session.colors(), this))
{
    const Theme& theme = Theme::current();

    auto* newTopic = new QAction(tr("New topic"), this);
    newTopic->setShortcut(QKeySequence::New);
    newTopic->setToolTip(tr("Makes a topic on the Topics page"));
    newTopic->setEnabled(session.capabilities().canChange);
    connect(newTopic, &QAction::triggered, this, [this] {
        emit openPageRequested(u"topics"_s, {{u"new"_s, true}});
    });
    setMainAction(newTopic);

    auto* breakButton = new DangerButton(tr("Break something"), this);
    breakButton->setAccessibleName(tr("Break something"));
    breakButton->setObjectName(u"Break something"_s);
    auto* breakMenu = new QMenu(breakButton);
    connect(breakMenu, &QMenu::aboutToShow, this, [this, breakMenu] { fillBreakMenu(*breakMenu); });
    breakButton->setMenu(breakMenu);
    addHeaderWidget(breakButton);
    breakMenu->setTitle(tr("Break something"));
    setButtonAction(*breakButton, *breakMenu->menuAction());
    m_breakAction = breakMenu->menuAction();

    m_healAction = new QAction(tr("Heal all faults"), this);
    m_healAction->setShortcut(QKeySequence(u"Ctrl+H"_s));
    m_healAction->setEnabled(false);
    connect(m_healAction, &QAction::triggered, this, &LivePage::healAll);
    addPageAction(m_healAction);
    addPageAction(m_timeline->liveAction());
    addPageAction(m_timeline->pauseAction());
    addPageAction(m_timeline->stepAction());
    auto* choose = new QAction(tr("Topics in the picture…"), this);
    connect(choose, &QAction::triggered, this, &LivePage::chooseTopics);
    addPageAction(choose);

    // The picture's own gutters keep it off the panes.
    auto* upper = new QWidget(this);
    auto* row = new QHBoxLayout(upper);
    row->setContentsMargins({});
    row->setSpacing(0);
    m_producers->setFixedWidth(theme.px(kPaneWidth));
    m_consumers->setFixedWidth(theme.px(kPaneWidth));
    row->addWidget(m_producers);
    row->addWidget(m_topology, 1);
    row->addWidget(m_consumers);

    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(upper);
    splitter->addWidget(m_timeline);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    splitter->setCollapsible(0, false);
    m_splitter = splitter;
    body().addWidget(splitter, 1);

    const QString whyNot = session.kind() == SessionKind::External
        ? tr("This cluster runs elsewhere: its brokers can't be stopped from here.")
        : tr("The brokers of this cluster can't be stopped from here.");
    m_topology->setBootstrap(session.bootstrap());
    m_topology->setSeesEverything(session.capabilities().seesEverything);
    m_topology->setCanControlNodes(
        session.control() != nullptr && session.capabilities().canControlNodes, whyNot);
    breakButton->setEnabled(session.control() != nullptr && session.capabilities().canControlNodes);
    m_breakAction->setEnabled(breakButton->isEnabled());
    breakButton->setToolTip(breakButton->isEnabled()
            ? tr("Kills or stops brokers, to see what the others do")
            : whyNot);
    connect(m_topology, &TopologyView::nodeActionRequested, this, &LivePage::act);
    connect(m_topology, &TopologyView::faultRequested, this, &LivePage::addFault);
    connect(m_topology, &TopologyView::healRequested, this, &LivePage::heal);
    connect(m_topology, &TopologyView::healAllRequested, this, &LivePage::healAll);
    connect(m_topology, &TopologyView::topicChoiceRequested, this, &LivePage::chooseTopics);
    connect(m_topology, &TopologyView::copyBootstrapRequested, this,
        [this] { QGuiApplication::clipboard()->setText(m_session.bootstrap()); });
    connect(m_topology, &TopologyView::partitionSelected, this, [this](const QString& topic) {
        if (ProducerPane* pane = producer())
            pane->setTopic(topic);
        if (ConsumerPane* pane = consumer())
            pane->setTopic(topic);
    });
    m_timeline->strip().setMarkText(
        [this](const DensityHistory::Mark& mark) { return m_feed->markText(mark); });
    connect(&session.pulse(), &ClusterPulse::changed, this, &LivePage::updatePills);
    connect(&session, &Session::failed, this, [this](const QString& reason) {
        if (!m_session.isConnected())
            message().showError(tr("The cluster doesn't answer: %1").arg(reason));
    });
    connect(&session, &Session::described, this, [this] { message().clear(); });
    connect(m_producers, &PaneColumn::openChanged, this, &LivePage::updatePorts);
    connect(m_consumers, &PaneColumn::openChanged, this, &LivePage::updatePorts);
    connect(m_producers, &PaneColumn::openChanged, this, &Page::menuActionsChanged);
    connect(m_consumers, &PaneColumn::openChanged, this, &Page::menuActionsChanged);
    connect(m_consumers, &PaneColumn::closed, this, [this] {
        QMetaObject::invokeMethod(this, &LivePage::updateConsumerIds, Qt::QueuedConnection);
    });
    addProducer();
    addConsumer();
    updatePills();
}

LivePage::~LivePage()
{
    m_topology->setModel(nullptr);
}

QList<QAction*> LivePage::menuActions() const
{
    QList<QAction*> actions = Page::menuActions();
    actions.insert(1, m_breakAction);
    qsizetype place = 2;
    const QList<QAction*> ofProducer = producer() ? producer()->menuActions() : QList<QAction*>();
    const QList<QAction*> ofConsumer = consumer() ? consumer()->menuActions() : QList<QAction*>();
    for (QAction* action : ofProducer + ofConsumer)
        actions.insert(place++, action);
    return actions;
}

ProducerPane* LivePage::producer() const
{
    return qobject_cast<ProducerPane*>(m_producers->openPane());
}

ConsumerPane* LivePage::consumer() const
{
    return qobject_cast<ConsumerPane*>(m_consumers->openPane());
}

void LivePage::open(const QVariantMap& what)
{
    const QString topic = what.value(u"topic"_s).toString();
    if (topic.isEmpty())
        return;
    producer()->setTopic(topic);
    consumer()->setTopic(topic);
    if (what.contains(u"value"_s))
        producer()->setRecord(what.value(u"key"_s).toString(), what.value(u"value"_s).toString());
}

void LivePage::setReducedMotion(bool isReduced)
{
    m_topology->setReducedMotion(isReduced);
}

ProducerPane* LivePage::addProducer()
{
    auto* pane = new ProducerPane(m_session, m_producers);
    connect(pane, &ProducerPane::anotherRequested, this, &LivePage::addProducer);
    connect(pane, &ProducerPane::topicChanged, this, &LivePage::keepPanesTopics);
    m_producers->add(pane, tr("Producer %1").arg(m_producers->panes().size() + 1));
    pane->installEventFilter(this);
    return pane;
}

ConsumerPane* LivePage::addConsumer()
{
    auto* pane = new ConsumerPane(m_session, m_nextConsumer++, m_consumers);
    connect(pane, &ConsumerPane::anotherRequested, this, &LivePage::addConsumer);
    connect(pane, &ConsumerPane::topicChanged, this, &LivePage::keepPanesTopics);
    if (const auto panes = m_consumers->panes(); !panes.isEmpty()) {
        const auto* first = qobject_cast<ConsumerPane*>(panes.front());
        pane->setTopic(first->topic());
        pane->setGroup(first->group());
    }
    m_consumers->add(pane, tr("Consumer %1").arg(m_consumers->panes().size() + 1));
    pane->installEventFilter(this);
    updateConsumerIds();
    return pane;
}

void LivePage::updateConsumerIds()
{
    QStringList ids;
    for (QWidget* pane : m_consumers->panes())
        ids.append(qobject_cast<ConsumerPane*>(pane)->clientId());
    m_topology->setConsumerPaneIds(ids);
}

void LivePage::updatePills()
{
    const ClusterPulse& pulse = m_session.pulse();
    const bool isConnected = m_session.isConnected();
    const bool areAllUp = pulse.brokersUp() == pulse.brokers();
    m_brokersPill->setState(!isConnected ? Tone::Offline
            : areAllUp                   ? Tone::Good
            : pulse.brokersUp() > 0      ? Tone::Warning
                                         : Tone::Bad,
        pulse.brokers() == 0
            ? tr("connecting")
            : tr("%1 of %2 brokers up").arg(pulse.brokersUp()).arg(pulse.brokers()));
    if (pulse.offline() > 0)
        m_syncPill->setState(
            Tone::Bad, tr("%n partition(s) without a leader", nullptr, pulse.offline()));
    else
        m_syncPill->setState(pulse.outOfSync() > 0 ? Tone::Warning : Tone::Good,
            tr("%n partition(s) out of sync", nullptr, pulse.outOfSync()));
    const int faults = static_cast<int>(pulse.faults().size());
    m_faultsPill->setVisible(faults > 0);
    m_faultsPill->setState(Tone::Warning, tr("%Ln fault(s) on purpose", nullptr, faults));
    m_healAction->setEnabled(faults > 0);
    m_ratePill->setVisible(pulse.hasRates());
    m_ratePill->setState(Tone::Accent,
        tr("%1 msg/s in · %2 out")
            .arg(formatShortNumber(std::round(pulse.recordsIn())),
                formatShortNumber(std::round(pulse.recordsOut()))));
}

void LivePage::keepPanesTopics()
{
    QStringList topics;
    for (const auto* pane : m_producers->findChildren<ProducerPane*>())
        topics.append(pane->topic());
    for (const auto* pane : m_consumers->findChildren<ConsumerPane*>())
        topics.append(pane->topic());
    topics.removeAll(QString());
    topics.removeDuplicates();
    m_topology->setKeptTopics(topics);
}

void LivePage::updatePorts()
{
    const auto yOf = [this](QWidget* pane, QPoint port) {
        return pane ? m_topology->mapFromGlobal(pane->mapToGlobal(port)).y() : 0;
    };
    ProducerPane* producerPane = producer();
    ConsumerPane* consumerPane = consumer();
    m_topology->setPanePorts(yOf(producerPane, producerPane ? producerPane->port() : QPoint()),
        yOf(consumerPane, consumerPane ? consumerPane->port() : QPoint()));
}

bool LivePage::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)
        QMetaObject::invokeMethod(this, &LivePage::updatePorts, Qt::QueuedConnection);
    return Page::eventFilter(watched, event);
}

void LivePage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    m_feed->setActive(true);
    // The time line gets its rows; in a low window the picture comes first.
    if (!std::exchange(m_isArranged, true)) {
        const int room = height() - Theme::current().px(52 + 32);
        const int timeline = qMin(Theme::current().px(kTimelineHeight), room * 28 / 100);
        m_splitter->setSizes({room - timeline, timeline});
    }
    QMetaObject::invokeMethod(this, &LivePage::updatePorts, Qt::QueuedConnection);
}

void LivePage::hideEvent(QHideEvent* event)
{
    Page::hideEvent(event);
    m_feed->setActive(false);
}

void LivePage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    QMetaObject::invokeMethod(this, &LivePage::updatePorts, Qt::QueuedConnection);
}

void LivePage::fillBreakMenu(QMenu& menu)
{
    menu.clear();
    if (!m_session.control())
        return;
    const auto nodes = m_session.control()->nodes();
    const auto add = [&](const QString& text, const QString& service, NodeAction action) {
        QAction* entry
            = menu.addAction(text, this, [this, service, action] { act(service, action); });
        if (action == NodeAction::Kill)
            setDestructive(*entry);
    };
    const auto isUp = [](const client::NodeStatus& node) {
        return node.state == client::NodeState::Running
            || node.state == client::NodeState::Starting;
    };
    for (const client::NodeStatus& node : nodes) {
        if (isUp(node) && node.kind != client::NodeKind::Other)
            add(tr("Kill %1").arg(QString::fromStdString(node.service)),
                QString::fromStdString(node.service), NodeAction::Kill);
    }
    menu.addSeparator();
    for (const client::NodeStatus& node : nodes) {
        if (isUp(node) && node.kind != client::NodeKind::Other)
            add(tr("Stop %1").arg(QString::fromStdString(node.service)),
                QString::fromStdString(node.service), NodeAction::Stop);
    }
    menu.addSeparator();
    for (const client::NodeStatus& node : nodes) {
        if (node.state == client::NodeState::Running && node.kind != client::NodeKind::Other)
            add(tr("Pause %1").arg(QString::fromStdString(node.service)),
                QString::fromStdString(node.service), NodeAction::Pause);
        else if (node.state == client::NodeState::Paused)
            add(tr("Continue %1").arg(QString::fromStdString(node.service)),
                QString::fromStdString(node.service), NodeAction::Unpause);
    }
    menu.addSeparator();
    for (const client::NodeStatus& node : nodes) {
        if (node.kind == client::NodeKind::Broker || node.kind == client::NodeKind::Controller)
            m_topology->addFaultEntries(
                *menu.addMenu(tr("Disturb %1").arg(QString::fromStdString(node.service))), node.id);
    }
    menu.addAction(m_healAction);
    menu.addSeparator();
    for (const client::NodeStatus& node : nodes) {
        if (!isUp(node) && node.state != client::NodeState::Paused
            && node.kind != client::NodeKind::Other)
            add(tr("Start %1").arg(QString::fromStdString(node.service)),
                QString::fromStdString(node.service), NodeAction::Start);
    }
}

void LivePage::act(const QString& service, NodeAction action)
{
    client::ClusterControl* control = m_session.control();
    if (!control)
        return;
    auto done = replyTo<void>(this, [this, service](Result<void> result) {
        if (!result)
            message().showError(
                tr("%1: %2").arg(service, QString::fromStdString(result.error().message)));
        emit m_session.nodesChanged();
    });
    const std::string node = service.toStdString();
    switch (action) {
    case NodeAction::Start:
        control->startNode(node, std::move(done));
        break;
    case NodeAction::Stop:
        control->stopNode(node, std::move(done));
        break;
    case NodeAction::Kill:
        control->killNode(node, std::move(done));
        break;
    case NodeAction::Pause:
        control->pauseNode(node, std::move(done));
        break;
    case NodeAction::Unpause:
        control->unpauseNode(node, std::move(done));
        break;
    }
    emit m_session.nodesChanged();
}

void LivePage::addFault(const faults::FaultRule& rule)
{
    client::ClusterControl* control = m_session.control();
    if (!control)
        return;
    // One link is disturbed in one way: another choice takes the place of the one before.
    for (const faults::FaultStatus& known : control->faults()) {
        const bool isSameLink = known.rule.link && rule.link
            && known.rule.link->isBetween(rule.link->one, rule.link->other);
        const bool isSameDisk = known.rule.action == faults::FaultAction::DiskFull
            && rule.action == known.rule.action && rule.broker == known.rule.broker;
        if (isSameLink || isSameDisk)
            (void)control->removeFault(known.id);
    }
    if (const auto added = control->addFault(rule); !added)
        message().showError(QString::fromStdString(added.error().message));
    emit m_session.nodesChanged();
}

void LivePage::heal(int fault)
{
    if (!m_session.control())
        return;
    // Somebody else may have healed it in the meantime, which is as good.
    (void)m_session.control()->removeFault(fault);
    emit m_session.nodesChanged();
}

void LivePage::healAll()
{
    if (!m_session.control())
        return;
    m_session.control()->healFaults();
    emit m_session.nodesChanged();
}

void LivePage::chooseTopics()
{
    auto* chooser
        = new TopicChooser(m_session.metadata()->userTopics(), m_topology->topics(), this);
    connect(chooser, &TopicChooser::chosenChanged, m_topology, &TopologyView::setTopics);
    const QPoint corner
        = m_topology->mapToGlobal(QPoint(m_topology->width(), m_topology->height()));
    chooser->move(corner - QPoint(chooser->width() + 8, chooser->height() + 8));
    chooser->show();
}

} // namespace moldau::widgets
