#include "topology/topologyview.h"

#include "common/buttons.h"
#include "common/painting.h"
#include "common/topiccolors.h"
#include "topology/captionpainter.h"
#include "topology/linkpainter.h"
#include "topology/nodepainter.h"
#include "topology/tilepainter.h"
#include "topology/topologyaccessible.h"
#include "topology/topologytext.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QDateTime>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QTimerEvent>
#include <QToolTip>

#include <cmath>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kFrameMs = 16;
constexpr int kBusyFrameMs = 80; ///< while more happens than anybody can follow
constexpr double kBusyPerSecond = 2'000; ///< events
constexpr int kFlowShades = 16; // steps in which a flow fades
constexpr double kFillMs = 420;
constexpr double kCaptionMs = 6000;
constexpr double kCaptionFadeMs = 400;
constexpr double kCardMs = 45; ///< a card whose strips move is painted at most so often
constexpr double kBusyCardMs = 240; ///< its words are laid out anew each time

qint64 nowNs()
{
    return QDateTime::currentMSecsSinceEpoch() * 1'000'000;
}

} // namespace

TopologyView::TopologyView(TopicColors& colors, QWidget* parent)
    : QWidget(parent)
    , m_colors(colors)
    , m_topicTone([this](const QString& topic) { return m_colors.colorOf(topic); })
    , m_model(&m_nothing)
{
    installTopologyAccessibility();
    setObjectName(u"Topology"_s);
    setAccessibleName(tr("Topology"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    m_wall.start();
}

TopologyView::~TopologyView() = default;

void TopologyView::setModel(const TopologyModel* model)
{
    m_model = model ? model : &m_nothing;
    m_layoutRevision = 0;
    modelChanged();
}

void TopologyView::modelChanged()
{
    if (m_layoutRevision != m_model->structureRevision())
        layOut();
    m_hasFreshStrips = true;
    wake();
}

void TopologyView::animate(std::span<const Event> events, const TopologyModel::Names& names)
{
    if (!isVisible())
        return;
    for (const Event& event : events)
        m_board.take(event, *m_model, names);
    m_events.add(static_cast<qint64>(wallMs() * 1e6), static_cast<double>(events.size()));
    wake();
}

void TopologyView::setTopics(const QStringList& topics)
{
    m_topics = topics;
    layOut();
    update();
}

void TopologyView::setKeptTopics(const QStringList& topics)
{
    if (topics == std::exchange(m_kept, topics) || m_layout.hiddenTopics == 0)
        return;
    layOut();
    update();
}

void TopologyView::setBootstrap(const QString& bootstrap)
{
    m_bootstrap = bootstrap;
    setAccessibleDescription(hint());
}

void TopologyView::setSeesEverything(bool sees)
{
    m_seesEverything = sees;
    setAccessibleDescription(hint());
}

QString TopologyView::hint() const
{
    // One address is enough to begin with; "copy" has all of them.
    const QString address = m_bootstrap.section(u',', 0, 0);
    return m_seesEverything
        ? tr("Programs connected from outside appear here. Bootstrap %1").arg(address)
        : tr("What other programs do is not visible from outside. Bootstrap %1").arg(address);
}

void TopologyView::setCanControlNodes(bool can, const QString& whyNot)
{
    m_canControlNodes = can;
    m_whyNoControl = whyNot;
}

void TopologyView::setPanePorts(double producerY, double consumerY)
{
    m_board.setPanePorts(producerY, consumerY);
}

void TopologyView::setCaption(const QString& text)
{
    m_caption = text;
    m_captionSinceMs = wallMs();
    wake();
}

void TopologyView::setClock(bool isRunning, double speed)
{
    m_isClockRunning = isRunning;
    m_clockSpeed = speed;
    wake();
}

void TopologyView::setReducedMotion(bool isReduced)
{
    m_isMotionReduced = isReduced;
    update();
}

void TopologyView::clearFlows()
{
    m_board.clear();
    update();
}

double TopologyView::wallMs() const
{
    return static_cast<double>(m_wall.nsecsElapsed()) / 1e6;
}

QString TopologyView::fillKey(const TileBox& box)
{
    return u"%1/%2/%3"_s.arg(box.topic).arg(box.partition).arg(box.broker);
}

void TopologyView::layOut()
{
    const QStringList& topics = m_topics.isEmpty() ? m_model->userTopics() : m_topics;
    m_layout = TopologyLayout::make(*m_model, topics, size(), Theme::current().scale(), m_kept);
    m_layoutRevision = m_model->structureRevision();
    m_board.route(m_layout);
    m_ground = QPixmap();
    for (CardCache& cache : m_cards)
        cache.isDirty = true;

    QHash<QString, Fill> fills;
    for (const TileBox& box : m_layout.tiles) {
        const ShownPartition* partition = m_model->partition(box.topic, box.partition);
        const double target = partition && partition->leader == box.broker ? 1 : 0;
        const QString key = fillKey(box);
        const auto before = m_fills.constFind(key);
        fills.insert(
            key, {before != m_fills.cend() && !m_isMotionReduced ? before->now : target, target});
    }
    m_fills = std::move(fills);
    if (m_selected && rectOf(*m_selected).isEmpty())
        m_selected.reset();
    tellAccessibility();
    wake();
}

void TopologyView::tellAccessibility()
{
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent event(this, QAccessible::ObjectReorder);
    QAccessible::updateAccessibility(&event);
}

void TopologyView::wake()
{
    if (!isVisible() || m_timer.isActive())
        return;
    m_lastTickMs = wallMs();
    m_frameMs = frameMs();
    m_timer.start(m_frameMs, Qt::PreciseTimer, this);
}

int TopologyView::frameMs()
{
    const double rate = m_events.perSecond(static_cast<qint64>(wallMs() * 1e6));
    return rate > kBusyPerSecond ? kBusyFrameMs : kFrameMs;
}

bool TopologyView::moveFills(double elapsedMs)
{
    bool isMoving = false;
    for (const TileBox& box : m_layout.tiles) {
        Fill& fill = m_fills[fillKey(box)];
        if (fill.now == fill.target)
            continue;
        const double step = elapsedMs / kFillMs;
        fill.now = fill.target > fill.now ? std::min(fill.target, fill.now + step)
                                          : std::max(fill.target, fill.now - step);
        m_cards[box.broker].isDirty = true;
        isMoving = true;
    }
    return isMoving;
}

void TopologyView::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_timer.timerId()) {
        QWidget::timerEvent(event);
        return;
    }
    const double now = wallMs();
    const double elapsed = std::min(100.0, now - m_lastTickMs);
    m_lastTickMs = now;
    if (m_isClockRunning)
        m_clockMs += elapsed * m_clockSpeed;
    bool isBusy = m_board.advance(m_clockMs) && m_isClockRunning;
    isBusy |= moveFills(elapsed);
    isBusy |= now - m_captionSinceMs < kCaptionMs + kCaptionFadeMs;
    for (const CardBox& card : m_layout.cards)
        isBusy |= m_cards[card.broker].revision != m_model->brokerRevision(card.broker);
    update();
    // One more frame after the last change, so that strips show what landed.
    if (!isBusy && !m_hasFreshStrips)
        m_timer.stop();
    m_hasFreshStrips = false;
    if (m_timer.isActive() && m_frameMs != frameMs()) {
        m_frameMs = frameMs();
        m_timer.start(m_frameMs, Qt::PreciseTimer, this);
    }
}

// A line in use looks the same in every frame, and stroking lines costs more than all else.
void TopologyView::paintFlows(QPainter& painter, double clock)
{
    if (m_board.flows().empty())
        return;
    std::vector<int> shades;
    QRectF area;
    for (const Flow& flow : m_board.flows()) {
        const double idle = clock - flow.lastUsedMs;
        const double share = std::clamp(1.0 - idle / FlowBoard::kFadeMs, 0.0, 1.0);
        shades.push_back(static_cast<int>(std::lround(share * kFlowShades)));
        area |= flow.path.boundingRect();
    }
    const double ratio = devicePixelRatioF();
    const bool isStale = m_flows.pixmap.isNull() || m_flows.revision != m_board.flowsRevision()
        || m_flows.shades != shades || m_flows.pixmap.devicePixelRatio() != ratio;
    if (isStale) {
        const QRect box = area.adjusted(-4, -4, 4, 4).toAlignedRect() & rect();
        if (box.isEmpty())
            return;
        m_flows = {
            QPixmap(box.size() * ratio), box.topLeft(), m_board.flowsRevision(), std::move(shades)};
        m_flows.pixmap.setDevicePixelRatio(ratio);
        m_flows.pixmap.fill(Qt::transparent);
        QPainter lines(&m_flows.pixmap);
        lines.translate(-box.topLeft());
        LinkPainter picture(lines, Theme::current(), m_topicTone);
        for (std::size_t i = 0; i < m_flows.shades.size(); ++i)
            picture.flow(m_board.flows()[i], m_flows.shades[i] / double(kFlowShades));
    }
    painter.drawPixmap(m_flows.place, m_flows.pixmap);
}

void TopologyView::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const double ratio = devicePixelRatioF();
    if (m_ground.isNull()) {
        m_ground = QPixmap(QSizeF(size().width() * ratio, size().height() * ratio).toSize());
        m_ground.setDevicePixelRatio(ratio);
        QPainter ground(&m_ground);
        paintGround(ground);
    }
    painter.drawPixmap(0, 0, m_ground);

    const double now = wallMs();
    const double cardMs = frameMs() == kBusyFrameMs ? kBusyCardMs : kCardMs;
    for (const CardBox& card : m_layout.cards) {
        CardCache& cache = m_cards[card.broker];
        const quint64 revision = m_model->brokerRevision(card.broker);
        const bool isStale = cache.revision != revision || !m_board.dots().empty();
        if (cache.isDirty || cache.pixmap.isNull()
            || (isStale && now - cache.paintedMs >= cardMs)) {
            paintCard(card);
            cache.revision = revision;
            cache.paintedMs = now;
            cache.isDirty = false;
        }
        const double margin = theme.px(4);
        painter.drawPixmap(
            QPointF(std::floor(card.rect.left() - margin), std::floor(card.rect.top() - margin)),
            cache.pixmap);
    }

    LinkPainter links(painter, theme, m_topicTone);
    for (const FaultBox& box : m_layout.faults) {
        if (const ShownFault* fault = m_model->fault(box.id))
            links.faultLine(box, fault->rule);
    }
    const double clock = m_board.nowMs();
    paintFlows(painter, clock);
    for (const Dot& dot : m_board.dots())
        links.dot(m_board.flows()[dot.flow], dot, clock, m_isMotionReduced);

    for (const FaultBox& box : m_layout.faults) {
        if (const ShownFault* fault = m_model->fault(box.id))
            links.faultBadge(box, fault->rule,
                m_selected && m_selected->kind == TopologyItem::Kind::Fault
                    && m_selected->id == box.id);
    }

    const double captionAge = now - m_captionSinceMs;
    if (captionAge < kCaptionMs + kCaptionFadeMs) {
        const double opacity = captionAge < kCaptionMs
            ? std::min(1.0, captionAge / 150)
            : 1 - (captionAge - kCaptionMs) / kCaptionFadeMs;
        CaptionPainter(painter, theme).caption(m_layout.caption, m_caption, opacity);
    }
    if (hasFocus() && m_selected && window()->testAttribute(Qt::WA_KeyboardFocusChange))
        drawFocusRing(painter, QRectF(rectOf(*m_selected)).adjusted(-4, -4, 4, 4), theme.pxf(9));
}

void TopologyView::paintGround(QPainter& painter)
{
    const Theme& theme = Theme::current();
    painter.fillRect(rect(), theme.color(Tone::Background));
    NodePainter nodes(painter, theme, *m_model);
    CaptionPainter words(painter, theme);
    const bool isVoterSelected = m_selected && m_selected->kind == TopologyItem::Kind::Voter;
    nodes.coordination(m_layout, m_seesEverything, isVoterSelected ? m_selected->id : -1);
    for (const ClientBox& box : m_layout.clients) {
        if (const ShownClient* client = m_model->client(box.id))
            nodes.client(box, *client,
                m_selected && m_selected->kind == TopologyItem::Kind::Client
                    && m_selected->name == box.id);
    }
    if (m_layout.hiddenClients > 0)
        nodes.moreClients(m_layout.moreClients, m_layout.hiddenClients);
    if (m_layout.tiles.empty() && !m_layout.cards.empty()) {
        const double top = m_layout.lanes.back();
        painter.setFont(theme.font(TextRole::Body));
        painter.setPen(theme.color(Tone::Muted));
        painter.drawText(QRectF(m_layout.coordination.left(), top, m_layout.coordination.width(),
                             m_layout.hint.top() - top),
            Qt::AlignCenter | Qt::TextWordWrap,
            m_model->topics().isEmpty() ? tr(
                "No topic yet. Make one with New topic:\nits partitions appear on the brokers.")
                                        : tr("No topic is chosen for the picture."));
    }
    const QString hint = this->hint();
    if (!m_bootstrap.isEmpty()) {
        const QRectF copy = copyRect();
        words.hint(m_layout.hint.adjusted(0, 0, -copy.width() - theme.pxf(8), 0), hint);
        painter.setFont(theme.font(TextRole::Label));
        painter.setPen(theme.color(Tone::Accent));
        painter.drawText(copy, Qt::AlignVCenter | Qt::AlignRight, tr("copy"));
    }
    words.legend(m_layout.legend, m_layout.hiddenTopics);
}

void TopologyView::paintCard(const CardBox& card)
{
    const Theme& theme = Theme::current();
    CardCache& cache = m_cards[card.broker];
    const double ratio = devicePixelRatioF();
    const double margin = theme.px(4);
    const QPointF origin(
        std::floor(card.rect.left() - margin), std::floor(card.rect.top() - margin));
    const QSize pixels = QSizeF(
        (card.rect.width() + 2 * margin + 1) * ratio, (card.rect.height() + 2 * margin + 1) * ratio)
                             .toSize();
    if (cache.pixmap.size() != pixels) {
        cache.pixmap = QPixmap(pixels);
        cache.pixmap.setDevicePixelRatio(ratio);
    }
    cache.pixmap.fill(Qt::transparent);
    const ShownBroker* broker = m_model->broker(card.broker);
    if (!broker)
        return;
    QPainter painter(&cache.pixmap);
    painter.translate(-origin);
    NodePainter nodes(painter, theme, *m_model);
    TilePainter tiles(painter, theme, m_topicTone);
    const auto isItem = [&card](const std::optional<TopologyItem>& item) {
        return item && item->kind == TopologyItem::Kind::Broker && item->id == card.broker;
    };
    RateMeter rate = broker->recordsIn;
    nodes.card(card, *broker, rate.perSecond(nowNs()), isItem(m_selected),
        m_canControlNodes && isItem(m_hovered));
    for (const TileBox& box : m_layout.tiles) {
        if (box.broker != card.broker)
            continue;
        const ShownPartition* partition = m_model->partition(box.topic, box.partition);
        const ShownReplica* replica = partition ? partition->replica(box.broker) : nullptr;
        if (!replica)
            continue;
        StripWindow& window = m_windows[box.topic + u'/' + QString::number(box.partition)];
        RateMeter records = partition->rate;
        window = StripWindow::make(*partition, records.perSecond(nowNs()), window);
        TileLook look;
        look.leaderFill = m_fills.value(fillKey(box)).now;
        look.inFlight = m_board.inFlight(box.topic, box.partition, box.broker);
        look.window = window;
        look.isSelected = m_selected && m_selected->kind == TopologyItem::Kind::Replica
            && m_selected->id == box.broker && m_selected->name == box.topic
            && m_selected->partition == box.partition;
        tiles.tile(box, m_layout.density, *partition, *replica, look);
    }
}

void TopologyView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    layOut();
}

void TopologyView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange)
        layOut();
}

void TopologyView::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_timer.stop();
    m_board.clear();
}

QSize TopologyView::sizeHint() const
{
    const Theme& theme = Theme::current();
    return QSize(theme.px(680), theme.px(560));
}

QSize TopologyView::minimumSizeHint() const
{
    const Theme& theme = Theme::current();
    return QSize(theme.px(420), theme.px(360));
}

} // namespace moldau::widgets
