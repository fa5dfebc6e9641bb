// What people and screen readers do with the picture: point, select, read, act.
#include "topology/topologyview.h"

#include "common/buttons.h"
#include "topology/captionpainter.h"
#include "topology/faulttext.h"
#include "topology/topologytext.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

/** What can be done to a link by a click, with the delay in milliseconds where it is one. */
constexpr std::pair<faults::FaultAction, int> kLinkFaults[] = {{faults::FaultAction::Cut, 0},
    {faults::FaultAction::Delay, 200}, {faults::FaultAction::Delay, 1000},
    {faults::FaultAction::Drop, 0}, {faults::FaultAction::Close, 0}};

} // namespace

QList<TopologyItem> TopologyView::items() const
{
    QList<TopologyItem> items;
    for (const VoterBox& box : m_layout.voters)
        items.append({TopologyItem::Kind::Voter, box.index, {}, 0});
    for (const CardBox& card : m_layout.cards) {
        items.append({TopologyItem::Kind::Broker, card.broker, {}, 0});
        for (const TileBox& box : m_layout.tiles) {
            if (box.broker == card.broker)
                items.append({TopologyItem::Kind::Replica, box.broker, box.topic, box.partition});
        }
    }
    for (const ClientBox& box : m_layout.clients)
        items.append({TopologyItem::Kind::Client, -1, box.id, 0});
    for (const FaultBox& box : m_layout.faults)
        items.append({TopologyItem::Kind::Fault, box.id, {}, 0});
    return items;
}

QString TopologyView::nameOf(const TopologyItem& item) const
{
    switch (item.kind) {
    case TopologyItem::Kind::Voter:
        if (item.id < static_cast<int>(m_model->voters().size()))
            return TopologyText::voterName(m_model->voters()[static_cast<std::size_t>(item.id)]);
        break;
    case TopologyItem::Kind::Broker:
        if (const ShownBroker* broker = m_model->broker(item.id))
            return TopologyText::brokerName(*broker);
        break;
    case TopologyItem::Kind::Replica:
        if (const ShownPartition* partition = m_model->partition(item.name, item.partition)) {
            if (const ShownReplica* replica = partition->replica(item.id))
                return TopologyText::replicaName(*m_model, item.name, *partition, *replica);
        }
        break;
    case TopologyItem::Kind::Client:
        if (const ShownClient* client = m_model->client(item.name))
            return TopologyText::clientName(*client);
        break;
    case TopologyItem::Kind::Fault:
        if (const ShownFault* fault = m_model->fault(item.id))
            return FaultText::title(fault->rule, *m_model);
        break;
    }
    return {};
}

QString TopologyView::explanationOf(const TopologyItem& item) const
{
    switch (item.kind) {
    case TopologyItem::Kind::Voter:
        if (item.id < static_cast<int>(m_model->voters().size()))
            return TopologyText::explainVoter(m_model->voters()[static_cast<std::size_t>(item.id)]);
        break;
    case TopologyItem::Kind::Broker:
        if (const ShownBroker* broker = m_model->broker(item.id))
            return TopologyText::explainBroker(*m_model, *broker);
        break;
    case TopologyItem::Kind::Replica:
        if (const ShownPartition* partition = m_model->partition(item.name, item.partition)) {
            if (const ShownReplica* replica = partition->replica(item.id))
                return TopologyText::explainReplica(*m_model, item.name, *partition, *replica);
        }
        break;
    case TopologyItem::Kind::Client:
        if (const ShownClient* client = m_model->client(item.name))
            return TopologyText::explainClient(*client);
        break;
    case TopologyItem::Kind::Fault:
        if (const ShownFault* fault = m_model->fault(item.id))
            return FaultText::sentence(fault->rule, *m_model) + u' '
                + tr("Made on purpose; its menu heals it.");
        break;
    }
    return {};
}

QRect TopologyView::rectOf(const TopologyItem& item) const
{
    switch (item.kind) {
    case TopologyItem::Kind::Voter:
        for (const VoterBox& box : m_layout.voters) {
            if (box.index == item.id)
                return box.rect.toAlignedRect();
        }
        break;
    case TopologyItem::Kind::Broker:
        if (const CardBox* card = m_layout.card(item.id))
            return card->rect.toAlignedRect();
        break;
    case TopologyItem::Kind::Replica:
        if (const TileBox* tile = m_layout.tile(item.name, item.partition, item.id))
            return tile->rect.toAlignedRect();
        break;
    case TopologyItem::Kind::Client:
        if (const ClientBox* client = m_layout.client(item.name))
            return client->rect.toAlignedRect();
        break;
    case TopologyItem::Kind::Fault:
        for (const FaultBox& box : m_layout.faults) {
            if (box.id == item.id)
                return box.badge.toAlignedRect();
        }
        break;
    }
    return {};
}

std::optional<TopologyItem> TopologyView::itemAt(const QPoint& position) const
{
    // The innermost counts: tiles lie on cards.
    std::optional<TopologyItem> found;
    for (const TopologyItem& item : items()) {
        if (rectOf(item).contains(position)
            && (!found || found->kind == TopologyItem::Kind::Broker
                || item.kind == TopologyItem::Kind::Fault))
            found = item;
    }
    return found;
}

QString TopologyView::nameOf(NodeAction action)
{
    switch (action) {
    case NodeAction::Start:
        return tr("Start");
    case NodeAction::Stop:
        return tr("Stop");
    case NodeAction::Kill:
        return tr("Kill");
    case NodeAction::Pause:
        return tr("Pause");
    case NodeAction::Unpause:
        return tr("Continue");
    }
    return {};
}

QList<NodeAction> TopologyView::actionsOf(const TopologyItem& item) const
{
    if (!m_canControlNodes)
        return {};
    BrokerState state = BrokerState::Failed;
    if (item.kind == TopologyItem::Kind::Broker) {
        const ShownBroker* broker = m_model->broker(item.id);
        if (!broker)
            return {};
        state = broker->state;
    } else if (item.kind == TopologyItem::Kind::Voter
        && item.id < static_cast<int>(m_model->voters().size())) {
        state = m_model->voters()[static_cast<std::size_t>(item.id)].state;
    } else {
        return {};
    }
    switch (state) {
    case BrokerState::Up:
    case BrokerState::Fenced:
        return {NodeAction::Stop, NodeAction::Pause, NodeAction::Kill};
    case BrokerState::Starting:
        return {NodeAction::Stop, NodeAction::Kill};
    case BrokerState::Paused:
        return {NodeAction::Unpause, NodeAction::Kill};
    case BrokerState::Stopping:
        return {NodeAction::Kill};
    case BrokerState::Stopped:
    case BrokerState::Killed:
    case BrokerState::Failed:
        return {NodeAction::Start};
    }
    return {};
}

void TopologyView::trigger(const TopologyItem& item, NodeAction action)
{
    QString service;
    if (item.kind == TopologyItem::Kind::Broker)
        service = m_model->brokerName(item.id);
    else if (item.kind == TopologyItem::Kind::Voter
        && item.id < static_cast<int>(m_model->voters().size()))
        service = m_model->voters()[static_cast<std::size_t>(item.id)].name;
    if (!service.isEmpty() && actionsOf(item).contains(action))
        emit nodeActionRequested(service, action);
}

void TopologyView::select(const std::optional<TopologyItem>& item)
{
    if (m_selected == item)
        return;
    m_selected = item;
    m_ground = QPixmap();
    for (CardCache& cache : m_cards)
        cache.isDirty = true;
    update();
    if (item && QAccessible::isActive()) {
        QAccessibleEvent event(this, QAccessible::Focus);
        event.setChild(static_cast<int>(items().indexOf(*item)));
        QAccessible::updateAccessibility(&event);
    }
    emit selectionChanged();
    if (item && item->kind == TopologyItem::Kind::Replica)
        emit partitionSelected(item->name, item->partition);
}

QRectF TopologyView::copyRect() const
{
    const Theme& theme = Theme::current();
    const double width
        = QFontMetricsF(theme.font(TextRole::Label)).horizontalAdvance(tr("copy")) + theme.pxf(4);
    return QRectF(
        m_layout.hint.right() - width, m_layout.hint.top(), width, m_layout.hint.height());
}

QString TopologyView::whatIsAt(const QPoint& position) const
{
    if (const auto item = itemAt(position))
        return explanationOf(*item);
    if (m_layout.moreClients.contains(position) && m_layout.hiddenClients > 0) {
        QStringList names;
        for (const ShownClient& client : m_model->clients()) {
            if (!m_layout.client(client.id))
                names.append(TopologyText::clientName(client));
        }
        return names.join(u'\n');
    }
    if (m_layout.coordination.contains(position))
        return tr("The coordination layer keeps the cluster's metadata and chooses leaders.");
    if (copyRect().contains(position) && !m_bootstrap.isEmpty())
        return tr("Copies the bootstrap address for other programs.") + u'\n'
            + QString(m_bootstrap).replace(u',', u'\n');
    if (CaptionPainter::hiddenTopicsRect(m_layout.legend, Theme::current(), m_layout.hiddenTopics)
            .contains(position))
        return tr("Click to choose which topics are shown.");
    if (m_layout.legend.contains(position))
        return tr("A log strip is full up to the high watermark (what consumers may read) and "
                  "paler to the log's end; a triangle marks how far a group has read.");
    const double near = Theme::current().pxf(5);
    for (const Flow& flow : m_board.flows()) {
        for (const QPointF& point : flow.points) {
            if (QLineF(point, position).length() > near)
                continue;
            switch (flow.kind) {
            case FlowKind::Produce:
                return tr("Records for %1 %2 on their way to the leader.")
                    .arg(flow.topic)
                    .arg(flow.partition);
            case FlowKind::Replicate:
                return tr("A follower copies %1 %2 from its leader.")
                    .arg(flow.topic)
                    .arg(flow.partition);
            case FlowKind::Deliver:
                return tr("A consumer reads %1 %2 from the leader.")
                    .arg(flow.topic)
                    .arg(flow.partition);
            }
        }
    }
    return {};
}

bool TopologyView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString text = whatIsAt(help->pos());
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    return QWidget::event(event);
}

void TopologyView::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint position = event->position().toPoint();
    std::optional<TopologyItem> hovered;
    for (const CardBox& card : m_layout.cards) {
        if (card.rect.contains(position))
            hovered = TopologyItem{TopologyItem::Kind::Broker, card.broker, {}, 0};
    }
    if (hovered != m_hovered) {
        for (const auto& item : {hovered, m_hovered}) {
            if (item)
                m_cards[item->id].isDirty = true;
        }
        m_hovered = hovered;
        update();
    }
    const bool isLink = copyRect().contains(position)
        || CaptionPainter::hiddenTopicsRect(
            m_layout.legend, Theme::current(), m_layout.hiddenTopics)
               .contains(position);
    setCursor(isLink ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void TopologyView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const QPoint position = event->position().toPoint();
    if (!m_bootstrap.isEmpty() && copyRect().contains(position)) {
        emit copyBootstrapRequested();
        return;
    }
    if (CaptionPainter::hiddenTopicsRect(m_layout.legend, Theme::current(), m_layout.hiddenTopics)
            .contains(position)) {
        emit topicChoiceRequested();
        return;
    }
    for (const CardBox& card : m_layout.cards) {
        if (m_canControlNodes && card.menuButton.contains(position)) {
            const TopologyItem item{TopologyItem::Kind::Broker, card.broker, {}, 0};
            select(item);
            showMenu(item, mapToGlobal(card.menuButton.bottomLeft().toPoint()));
            return;
        }
    }
    select(itemAt(position));
}

void TopologyView::leaveEvent(QEvent*)
{
    if (m_hovered)
        m_cards[m_hovered->id].isDirty = true;
    m_hovered.reset();
    update();
}

void TopologyView::contextMenuEvent(QContextMenuEvent* event)
{
    std::optional<TopologyItem> item
        = event->reason() == QContextMenuEvent::Mouse ? itemAt(event->pos()) : m_selected;
    if (!item)
        return;
    // A replica's menu is its broker's.
    if (item->kind == TopologyItem::Kind::Replica)
        item = TopologyItem{TopologyItem::Kind::Broker, item->id, {}, 0};
    select(item);
    const QPoint place = event->reason() == QContextMenuEvent::Mouse
        ? event->globalPos()
        : mapToGlobal(rectOf(*item).center());
    showMenu(*item, place);
}

void TopologyView::showMenu(const TopologyItem& item, const QPoint& globalPosition)
{
    if (item.kind == TopologyItem::Kind::Client)
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (item.kind == TopologyItem::Kind::Fault) {
        menu->addAction(tr("Heal %1").arg(nameOf(item)), this,
            [this, id = item.id] { emit healRequested(id); });
        menu->addAction(tr("Heal all faults"), this, &TopologyView::healAllRequested);
        menu->popup(globalPosition);
        return;
    }
    const QString node = item.kind == TopologyItem::Kind::Broker
        ? m_model->brokerName(item.id)
        : m_model->voters()[static_cast<std::size_t>(item.id)].name;
    if (!m_canControlNodes) {
        QAction* why = menu->addAction(m_whyNoControl);
        why->setEnabled(false);
    }
    for (const NodeAction action : actionsOf(item)) {
        QAction* entry = menu->addAction(tr("%1 %2", "verb and node").arg(nameOf(action), node),
            this, [this, item, action] { trigger(item, action); });
        if (action == NodeAction::Kill)
            setDestructive(*entry);
    }
    if (m_canControlNodes) {
        menu->addSeparator();
        addFaultEntries(*menu, nodeIdOf(item));
    }
    menu->popup(globalPosition);
}

BrokerId TopologyView::nodeIdOf(const TopologyItem& item) const
{
    if (item.kind == TopologyItem::Kind::Broker)
        return BrokerId(item.id);
    if (item.kind == TopologyItem::Kind::Voter
        && item.id < static_cast<int>(m_model->voters().size()))
        return BrokerId(m_model->voters()[static_cast<std::size_t>(item.id)].id);
    return kNoBroker;
}

void TopologyView::addFaultEntries(QMenu& menu, BrokerId node)
{
    const auto isZooKeeper = [this](int id) {
        const auto& voters = m_model->voters();
        return std::any_of(voters.begin(), voters.end(),
            [id](const ShownVoter& voter) { return voter.id == id && voter.isZooKeeper; });
    };
    if (isZooKeeper(node.value()))
        return;
    std::vector<int> others;
    for (const ShownBroker& broker : m_model->brokers())
        others.push_back(broker.id);
    for (const ShownVoter& voter : m_model->voters()) {
        if (!voter.isZooKeeper && !m_model->broker(voter.id))
            others.push_back(voter.id);
    }
    const auto isAbout = [node](const ShownFault& fault) {
        return fault.rule.broker == node
            || (fault.rule.link
                && (fault.rule.link->one == node || fault.rule.link->other == node));
    };
    for (const int other : others) {
        if (BrokerId(other) == node)
            continue;
        QMenu* link = menu.addMenu(tr("Link to %1").arg(m_model->brokerName(other)));
        for (const auto& [action, delayMs] : kLinkFaults) {
            faults::FaultRule rule;
            rule.link = faults::FaultLink{node, BrokerId(other)};
            rule.action = action;
            rule.delay = std::chrono::milliseconds(delayMs);
            QAction* entry = link->addAction(
                FaultText::verb(rule), this, [this, rule] { emit faultRequested(rule); });
            setDestructive(*entry);
        }
    }
    if (m_model->broker(node.value())) {
        faults::FaultRule full;
        full.broker = node;
        full.action = faults::FaultAction::DiskFull;
        setDestructive(*menu.addAction(
            tr("Fill the disk"), this, [this, full] { emit faultRequested(full); }));
    }
    if (m_model->faults().empty())
        return;
    menu.addSeparator();
    for (const ShownFault& fault : m_model->faults()) {
        if (isAbout(fault))
            menu.addAction(tr("Heal %1").arg(FaultText::title(fault.rule, *m_model)), this,
                [this, id = fault.id] { emit healRequested(id); });
    }
    menu.addAction(tr("Heal all faults"), this, &TopologyView::healAllRequested);
}

void TopologyView::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        selectNeighbour(event->key());
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Menu:
        if (m_selected) {
            TopologyItem item = *m_selected;
            if (item.kind == TopologyItem::Kind::Replica)
                item = TopologyItem{TopologyItem::Kind::Broker, item.id, {}, 0};
            showMenu(item, mapToGlobal(rectOf(*m_selected).center()));
        }
        return;
    case Qt::Key_Escape:
        if (m_selected) {
            select(std::nullopt);
            return;
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void TopologyView::selectNeighbour(int key)
{
    const QList<TopologyItem> all = items();
    if (all.isEmpty())
        return;
    if (!m_selected) {
        select(all.front());
        return;
    }
    // The nearest in that direction; what lies aside counts double.
    const QPointF from = QRectF(rectOf(*m_selected)).center();
    double best = 1e12;
    std::optional<TopologyItem> next;
    for (const TopologyItem& item : all) {
        if (item == *m_selected)
            continue;
        const QPointF way = QRectF(rectOf(item)).center() - from;
        const double along = key == Qt::Key_Left ? -way.x()
            : key == Qt::Key_Right               ? way.x()
            : key == Qt::Key_Up                  ? -way.y()
                                                 : way.y();
        const double aside
            = std::abs(key == Qt::Key_Left || key == Qt::Key_Right ? way.y() : way.x());
        if (along < 4)
            continue;
        const double cost = along + 2 * aside;
        if (cost < best) {
            best = cost;
            next = item;
        }
    }
    if (next)
        select(next);
}

} // namespace moldau::widgets
