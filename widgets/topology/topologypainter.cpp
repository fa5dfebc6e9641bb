#include "topology/topologypainter.h"

#include "common/format.h"
#include "common/painting.h"
#include "topology/faulttext.h"
#include "topology/topologytext.h"

#include <QTextLayout>

#include <cmath>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

Tone toneOf(BrokerState state)
{
    switch (state) {
    case BrokerState::Up:
        return Tone::Good;
    case BrokerState::Starting:
    case BrokerState::Stopping:
    case BrokerState::Fenced:
    case BrokerState::Paused:
        return Tone::Warning;
    case BrokerState::Killed:
    case BrokerState::Failed:
        return Tone::Bad;
    case BrokerState::Stopped:
        break;
    }
    return Tone::Offline;
}

QColor withAlpha(QColor color, double alpha)
{
    color.setAlphaF(static_cast<float>(alpha));
    return color;
}

} // namespace

TopologyPainter::TopologyPainter(
    QPainter& painter, const Theme& theme, const TopologyModel& model, const TopicTone& topicTone)
    : m_painter(painter)
    , m_theme(theme)
    , m_model(model)
    , m_topicTone(topicTone)
{
    m_painter.setRenderHint(QPainter::Antialiasing);
}

void TopologyPainter::text(const QRectF& rect, int alignment, const QString& text, TextRole role,
    const QColor& color, int weight, Qt::TextElideMode elide)
{
    QFont font = m_theme.font(role);
    if (weight >= 0)
        font.setWeight(static_cast<QFont::Weight>(weight));
    m_painter.setFont(font);
    m_painter.setPen(color);
    drawElided(m_painter, rect, alignment, text, elide);
}

void TopologyPainter::coordination(
    const TopologyLayout& layout, bool isVisibleFromHere, int selectedVoter)
{
    drawBox(m_painter, layout.coordination, px(Theme::kPanelRadius), tone(Tone::Surface),
        tone(Tone::Line));
    const QRectF words = layout.coordinationText;
    const double middle = words.center().y();
    text(QRectF(words.left(), middle - px(19), words.width(), px(20)), Qt::AlignVCenter,
        tr("Coordination"), TextRole::Strong, tone(Tone::Ink));
    const bool isZooKeeper = !m_model.voters().empty() && m_model.voters().front().isZooKeeper;
    QString detail = isZooKeeper ? tr("ZooKeeper") : tr("KRaft quorum");
    if (m_model.controllerEpoch() >= 0)
        detail = tr("%1 · epoch %2").arg(detail).arg(m_model.controllerEpoch());
    text(QRectF(words.left(), middle + px(1), words.width() - px(8), px(18)), Qt::AlignVCenter,
        detail, TextRole::Small, tone(Tone::Muted));

    if (layout.voters.empty()) {
        const QRectF rest(words.right(), layout.coordination.top(),
            layout.coordination.right() - words.right() - px(16), layout.coordination.height());
        const QString line = isVisibleFromHere && m_model.controller() >= 0
            ? tr("%1 is the controller").arg(m_model.brokerName(m_model.controller()))
            : tr("not visible from outside");
        text(rest, Qt::AlignVCenter, line, TextRole::Label, tone(Tone::Muted));
        return;
    }
    for (const VoterBox& box : layout.voters) {
        const ShownVoter& voter = m_model.voters()[static_cast<std::size_t>(box.index)];
        const bool isUp = isServing(voter.state);
        const bool isLeader = voter.isLeader && isUp;
        const bool isVoting = isUp && m_model.isElecting();
        drawBox(m_painter, box.rect, px(Theme::kFieldRadius),
            tone(isLeader ? Tone::AccentGround : Tone::Raised),
            isVoting ? QColor() : tone(isLeader ? Tone::Accent : Tone::Line),
            isLeader ? px(1.5) : 1);
        if (isVoting) {
            m_painter.save();
            QPen pen(tone(Tone::Warning), px(1.4));
            pen.setDashPattern({3, 2.2});
            m_painter.setPen(pen);
            m_painter.setBrush(Qt::NoBrush);
            m_painter.drawRoundedRect(box.rect.adjusted(0.7, 0.7, -0.7, -0.7),
                px(Theme::kFieldRadius), px(Theme::kFieldRadius));
            m_painter.restore();
        }
        if (box.index == selectedVoter)
            drawFocusRing(m_painter, box.rect.adjusted(-3, -3, 3, 3), px(8));
        const double inset = px(box.rect.width() < px(110) ? 6 : 10);
        const QRectF inner = box.rect.adjusted(inset, 0, -inset, 0);
        const double center = inner.center().y();
        text(QRectF(inner.left(), center - px(17), inner.width(), px(18)), Qt::AlignVCenter,
            voter.name, TextRole::Label,
            tone(!isUp         ? Tone::Faint
                    : isLeader ? Tone::Accent
                               : Tone::Ink),
            isLeader ? QFont::DemiBold : QFont::Normal);
        text(QRectF(inner.left(), center, inner.width(), px(15)), Qt::AlignVCenter,
            TopologyText::voterDetail(m_model, voter), TextRole::Tiny,
            tone(!isUp         ? toneOf(voter.state)
                    : isLeader ? Tone::Accent
                    : isVoting ? Tone::Warning
                               : Tone::Muted),
            isLeader || isVoting ? QFont::Medium : -1);
    }
}

void TopologyPainter::card(const CardBox& card, const ShownBroker& broker, double recordsPerSecond,
    bool isSelected, bool showsMenuButton)
{
    const bool isUp = isServing(broker.state);
    const QColor ground = isUp ? tone(Tone::Surface)
                               : Theme::blend(tone(Tone::Offline), tone(Tone::Background), 0.10);
    drawBox(m_painter, card.rect, px(Theme::kPanelRadius), ground,
        isSelected ? tone(Tone::Accent) : tone(Tone::Line), isSelected ? px(1.5) : 1);

    const QRectF header = card.header;
    const double middle = header.center().y();
    if (broker.state == BrokerState::Paused) {
        for (const double side : {-1.9, 1.9})
            m_painter.fillRect(
                QRectF(header.left() + px(5 + side - 1.2), middle - px(4.5), px(2.4), px(9)),
                tone(Tone::Warning));
    } else {
        drawDot(
            m_painter, QPointF(header.left() + px(5), middle), px(8), tone(toneOf(broker.state)));
    }

    double right = header.right();
    if (showsMenuButton) {
        drawBox(m_painter, card.menuButton, px(5), tone(Tone::Raised));
        for (int i = -1; i <= 1; ++i)
            drawDot(m_painter, card.menuButton.center() + QPointF(i * px(4.5), 0), px(2.6),
                tone(Tone::Muted));
        right = card.menuButton.left() - px(4);
    } else {
        const QString port = isUp ? broker.address.mid(broker.address.lastIndexOf(u':'))
                                  : TopologyText::stateOf(broker.state);
        const TextRole role = isUp ? TextRole::SmallData : TextRole::Small;
        const double width = QFontMetricsF(m_theme.font(role)).horizontalAdvance(port);
        const double nameWidth
            = QFontMetricsF(m_theme.font(TextRole::Strong)).horizontalAdvance(broker.name);
        // In a narrow card the name comes first; a state that isn't "up" before everything.
        if (!isUp || px(16) + nameWidth + px(6) + width <= header.width()) {
            text(QRectF(right - width - 1, header.top(), width + 1, header.height()),
                Qt::AlignVCenter | Qt::AlignRight, port, role,
                tone(isUp                                       ? Tone::Muted
                        : toneOf(broker.state) == Tone::Offline ? Tone::Muted
                                                                : toneOf(broker.state)));
            right -= width + px(6);
        }
    }
    if (broker.id == m_model.controller() && m_model.voters().empty() && isUp) {
        const QString word = tr("controller");
        const QFont font = m_theme.font(TextRole::Tiny);
        const double width = QFontMetricsF(font).horizontalAdvance(word) + px(12);
        const QRectF badge(right - width, middle - px(9), width, px(18));
        const double nameWidth
            = QFontMetricsF(m_theme.font(TextRole::Strong)).horizontalAdvance(broker.name) + px(18);
        if (badge.left() > header.left() + nameWidth) {
            drawBox(m_painter, badge, px(5), tone(Tone::AccentGround));
            text(badge, Qt::AlignCenter, word, TextRole::Tiny, tone(Tone::Accent), QFont::Medium);
            right = badge.left() - px(4);
        }
    }
    const bool isNarrow = header.width() < px(90);
    const double nameLeft = header.left() + px(isNarrow ? 13 : 16);
    text(QRectF(nameLeft, header.top(), right - nameLeft, header.height()), Qt::AlignVCenter,
        broker.name, isNarrow ? TextRole::Label : TextRole::Strong,
        tone(isUp ? Tone::Ink : Tone::Muted), QFont::DemiBold);

    if (card.footer.isEmpty())
        return;
    const double rate = std::round(recordsPerSecond);
    const QString rateText = tr("%1 msg/s").arg(formatShortNumber(isUp ? rate : 0));
    const QFontMetricsF metrics(m_theme.font(TextRole::SmallData));
    text(card.footer, Qt::AlignVCenter, rateText, TextRole::SmallData,
        tone(rate > 0 && isUp ? Tone::Muted : Tone::Faint));
    const double taken = metrics.horizontalAdvance(rateText) + px(8);
    if (broker.bytes >= 0
        && taken + metrics.horizontalAdvance(formatBytes(broker.bytes)) <= card.footer.width())
        text(card.footer, Qt::AlignVCenter | Qt::AlignRight, formatBytes(broker.bytes),
            TextRole::SmallData, tone(Tone::Muted));
}

void TopologyPainter::faultLine(const FaultBox& box, const faults::FaultRule& rule)
{
    if (box.line.isEmpty())
        return;
    const bool isSlow = rule.action == faults::FaultAction::Delay;
    const QColor color = tone(isSlow ? Tone::Warning : Tone::Bad);
    m_painter.save();
    QPen pen(color, px(1.6));
    pen.setJoinStyle(Qt::RoundJoin);
    // A slow link is one after all; the others let little or nothing through.
    if (!isSlow)
        pen.setDashPattern({4, 3});
    m_painter.setPen(pen);
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawPolyline(box.line);
    for (const QPointF& end : {box.line.first(), box.line.last()})
        drawDot(m_painter, end, px(5), color);
    m_painter.restore();
}

void TopologyPainter::faultBadge(
    const FaultBox& box, const faults::FaultRule& rule, bool isSelected)
{
    const QColor color
        = tone(rule.action == faults::FaultAction::Delay ? Tone::Warning : Tone::Bad);
    const double radius = box.badge.height() / 2;
    drawBox(m_painter, box.badge, radius, tone(Tone::Surface), color, px(1.3));
    if (isSelected)
        drawFocusRing(m_painter, box.badge.adjusted(-3, -3, 3, 3), radius + 3);
    text(
        box.badge, Qt::AlignCenter, FaultText::badge(rule), TextRole::Tiny, color, QFont::DemiBold);
}

void TopologyPainter::tile(const TileBox& box, TileDensity density, const ShownPartition& partition,
    const ShownReplica& replica, const TileLook& look)
{
    const QColor topic = m_topicTone(box.topic);
    const QColor surface = tone(Tone::Surface);
    const bool isOffline = replica.isOffline;
    const bool isOutOfSync = !replica.isInSync && !isOffline;
    const double radius = px(density == TileDensity::Heat ? 3 : 6);
    const double fill = isOffline || isOutOfSync ? 0 : look.leaderFill;

    // Ground and edge.
    if (isOffline) {
        const QColor grey = tone(Tone::Offline);
        drawBox(m_painter, box.rect, radius, Theme::blend(grey, surface, 0.12), grey, px(1.2));
        m_painter.save();
        QPainterPath clip;
        clip.addRoundedRect(box.rect, radius, radius);
        m_painter.setClipPath(clip);
        m_painter.setPen(QPen(withAlpha(grey, 0.4), px(1.2)));
        m_painter.drawLine(box.rect.topLeft(), box.rect.bottomRight());
        m_painter.drawLine(box.rect.bottomLeft(), box.rect.topRight());
        m_painter.restore();
    } else if (isOutOfSync) {
        const QColor bad = tone(Tone::Bad);
        drawBox(m_painter, box.rect, radius, surface);
        m_painter.save();
        QPainterPath clip;
        clip.addRoundedRect(box.rect, radius, radius);
        m_painter.setClipPath(clip);
        m_painter.setPen(QPen(withAlpha(bad, 0.16), px(1.4)));
        for (double x = box.rect.left() - box.rect.height(); x < box.rect.right(); x += px(7))
            m_painter.drawLine(
                QPointF(x, box.rect.bottom()), QPointF(x + box.rect.height(), box.rect.top()));
        m_painter.restore();
        m_painter.save();
        QPen pen(bad, px(1.4));
        pen.setDashPattern({3, 2.2});
        m_painter.setPen(pen);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRoundedRect(box.rect.adjusted(0.7, 0.7, -0.7, -0.7), radius, radius);
        m_painter.restore();
    } else {
        drawBox(m_painter, box.rect, radius, fill < 1 ? surface : topic, topic, px(1.5));
        if (fill > 0 && fill < 1) {
            m_painter.save();
            QRectF part = box.rect;
            part.setWidth(part.width() * fill);
            m_painter.setClipRect(part);
            drawBox(m_painter, box.rect, radius, topic);
            m_painter.restore();
        }
    }
    if (look.isSelected)
        drawFocusRing(
            m_painter, box.rect.adjusted(-px(2.5), -px(2.5), px(2.5), px(2.5)), radius + px(2.5));
    if (density == TileDensity::Heat)
        return;

    // Words.
    const bool isFilled = fill > 0.5;
    const QColor on = Theme::textOn(topic);
    const QColor nameColor = isFilled ? on : isOffline ? tone(Tone::Muted) : tone(Tone::Ink);
    const QColor roleColor = isFilled ? withAlpha(on, 0.9)
        : isOutOfSync                 ? tone(Tone::Bad)
                                      : tone(Tone::Muted);
    const double inset = px(box.rect.width() < px(120) ? 7 : 10);
    const QRectF inner = box.rect.adjusted(inset, 0, -inset, 0);
    const bool isFull = density == TileDensity::Full;
    const double lineHeight = isFull ? px(15) : box.rect.height() - px(6);
    const QRectF line(inner.left(), box.rect.top() + (isFull ? box.rect.height() * 0.13 : 0),
        inner.width(), lineHeight);
    const QString role = TopologyText::roleOf(replica);
    const QString name = u"%1 %2"_s.arg(box.topic).arg(box.partition);
    const TextRole nameRole = isFull ? TextRole::Label
        : lineHeight < px(16)        ? TextRole::Tiny
                                     : TextRole::Small;
    const double roleWidth = QFontMetricsF(m_theme.font(TextRole::Tiny)).horizontalAdvance(role);
    QFont nameFont = m_theme.font(nameRole);
    nameFont.setWeight(isFilled ? QFont::DemiBold : QFont::Medium);
    // The shape says the role as well; where there is no room for both, the name stays.
    const bool hasRoom
        = QFontMetricsF(nameFont).horizontalAdvance(name) + px(10) + roleWidth <= inner.width();
    const bool isTrouble = isOffline || isOutOfSync;
    const bool showsRole = hasRoom || (isTrouble && inner.width() - roleWidth >= px(40));
    if (showsRole)
        text(line, Qt::AlignVCenter | Qt::AlignRight, role, TextRole::Tiny, roleColor);
    text(line.adjusted(0, 0, showsRole ? -roleWidth - px(6) : 0, 0), Qt::AlignVCenter, name,
        nameRole, nameColor, isFilled ? QFont::DemiBold : QFont::Medium);

    // Log.
    QColor full = topic;
    QColor mark = tone(Tone::Ink);
    if (isFilled) {
        full = on;
        mark = on;
    } else if (isOffline) {
        full = tone(Tone::Offline);
    }
    const double stripHeight = isFull ? px(7) : px(2.6);
    const double stripTop = isFull ? box.rect.bottom() - px(14) : box.rect.bottom() - px(5);
    strip(QRectF(inner.left(), stripTop, inner.width(), stripHeight), replica, partition, look,
        withAlpha(full, isFilled ? 0.95 : 0.9), withAlpha(full, 0.45), withAlpha(full, 0.15), mark,
        isFull);
}

void TopologyPainter::strip(const QRectF& rect, const ShownReplica& replica,
    const ShownPartition& partition, const TileLook& look, const QColor& full, const QColor& pale,
    const QColor& empty, const QColor& mark, bool hasTriangles)
{
    const qint64 end = qMax<qint64>(0, replica.logEnd - look.inFlight);
    const qint64 watermark = qMin(end, qMax<qint64>(0, replica.highWatermark));
    const double endAt = look.window.position(end);
    const double watermarkAt = look.window.position(watermark);
    const double gap = px(1.8);
    const double cell = (rect.width() - gap * (StripWindow::kCells - 1)) / StripWindow::kCells;
    m_painter.save();
    m_painter.setPen(Qt::NoPen);
    for (int i = 0; i < StripWindow::kCells; ++i) {
        const QRectF box(rect.left() + i * (cell + gap), rect.top(), cell, rect.height());
        // A cell that is begun counts as filled: one record must be visible.
        m_painter.setBrush(i < std::ceil(watermarkAt) ? full : i < std::ceil(endAt) ? pale : empty);
        m_painter.drawRoundedRect(box, px(1.6), px(1.6));
    }
    const auto xAt = [&](double position) {
        return rect.left() + std::ceil(position) * (cell + gap) - gap / 2;
    };
    if (replica.logEnd >= 0) {
        const double x = watermarkAt > 0 ? xAt(watermarkAt) : rect.left();
        m_painter.setBrush(mark);
        m_painter.drawRect(
            QRectF(x - px(0.8), rect.top() - px(2.5), px(1.6), rect.height() + px(5)));
    }
    if (hasTriangles && replica.isLeader) {
        int drawn = 0;
        for (const GroupPosition& group : partition.groups) {
            if (++drawn > 3)
                break;
            const double x = group.offset <= look.window.first
                ? rect.left()
                : xAt(look.window.position(group.offset));
            const double top = rect.bottom() + px(1.2);
            m_painter.setBrush(mark);
            m_painter.drawPolygon(
                QPolygonF{{x, top}, {x - px(3.2), top + px(4.6)}, {x + px(3.2), top + px(4.6)}});
        }
    }
    m_painter.restore();
}

void TopologyPainter::client(const ClientBox& box, const ShownClient& client, bool isSelected)
{
    m_painter.save();
    if (client.hasLeft)
        m_painter.setOpacity(0.55);
    drawBox(m_painter, box.rect, box.rect.height() / 2, tone(Tone::Surface),
        tone(isSelected             ? Tone::Accent
                : client.errors > 0 ? Tone::Bad
                                    : Tone::Line),
        isSelected ? px(1.5) : 1);
    const QPointF center(box.rect.left() + px(24), box.rect.center().y());
    const double radius = px(10);
    m_painter.setPen(QPen(tone(Tone::Accent), px(1.4)));
    m_painter.setBrush(tone(Tone::AccentGround));
    m_painter.drawEllipse(center, radius, radius);
    QPen pen(tone(Tone::Accent), px(1.4));
    pen.setCapStyle(Qt::RoundCap);
    pen.setJoinStyle(Qt::RoundJoin);
    m_painter.setPen(pen);
    m_painter.setBrush(Qt::NoBrush);
    const double reach = px(4.2);
    const double barb = px(2.8);
    if (client.isProducer || client.isConsumer) {
        m_painter.drawLine(center - QPointF(reach, 0), center + QPointF(reach, 0));
        if (client.isProducer)
            m_painter.drawPolyline(QPolygonF{center + QPointF(reach - barb, -barb),
                center + QPointF(reach, 0), center + QPointF(reach - barb, barb)});
        if (client.isConsumer)
            m_painter.drawPolyline(QPolygonF{center + QPointF(-reach + barb, -barb),
                center + QPointF(-reach, 0), center + QPointF(-reach + barb, barb)});
    } else {
        drawDot(m_painter, center, px(5), tone(Tone::Accent));
    }
    const QRectF words(center.x() + radius + px(8), box.rect.top(),
        box.rect.right() - center.x() - radius - px(22), box.rect.height());
    text(QRectF(words.left(), box.rect.center().y() - px(17), words.width(), px(18)),
        Qt::AlignVCenter, client.id, TextRole::Label, tone(Tone::Ink), QFont::DemiBold);
    text(QRectF(words.left(), box.rect.center().y() + px(0), words.width(), px(16)),
        Qt::AlignVCenter, TopologyText::clientDetail(client), TextRole::Tiny,
        tone(client.errors > 0 ? Tone::Bad : Tone::Muted), -1, Qt::ElideRight);
    m_painter.restore();
}

void TopologyPainter::moreClients(const QRectF& rect, int count)
{
    drawBox(m_painter, rect, rect.height() / 2, {}, tone(Tone::Line));
    text(rect, Qt::AlignCenter, tr("%n more client(s)", nullptr, count), TextRole::Label,
        tone(Tone::Muted));
}

QString TopologyPainter::hiddenTopicsText(int hiddenTopics)
{
    return tr("%n topic(s) not shown", nullptr, hiddenTopics);
}

QRectF TopologyPainter::hiddenTopicsRect(const QRectF& legend, const Theme& theme, int hiddenTopics)
{
    if (hiddenTopics <= 0)
        return {};
    const double width = QFontMetricsF(theme.font(TextRole::Small))
                             .horizontalAdvance(hiddenTopicsText(hiddenTopics))
        + theme.pxf(4);
    return QRectF(legend.right() - width, legend.top(), width, legend.height());
}

void TopologyPainter::legend(const QRectF& rect, int hiddenTopics)
{
    const QRectF more = hiddenTopicsRect(rect, m_theme, hiddenTopics);
    if (!more.isNull())
        text(more, Qt::AlignVCenter | Qt::AlignRight, hiddenTopicsText(hiddenTopics),
            TextRole::Small, tone(Tone::Accent), QFont::Medium);
    const double limit = more.isNull() ? rect.right() : more.left() - px(12);
    const double middle = rect.center().y();
    const QColor sample = m_theme.topic(0);
    const QFontMetricsF metrics(m_theme.font(TextRole::Tiny));
    double x = rect.left();
    const auto entry = [&](double sampleWidth, const QString& words, const auto& draw) {
        const double width = sampleWidth + px(5) + metrics.horizontalAdvance(words);
        if (x + width > limit)
            return;
        m_painter.save();
        draw(QRectF(x, middle - px(5), sampleWidth, px(10)));
        m_painter.restore();
        text(QRectF(x + sampleWidth + px(5), rect.top(), width, rect.height()), Qt::AlignVCenter,
            words, TextRole::Tiny, tone(Tone::Muted));
        x += width + px(13);
    };
    entry(px(14), tr("leader"), [&](const QRectF& box) { drawBox(m_painter, box, px(3), sample); });
    entry(px(14), tr("follower"), [&](const QRectF& box) {
        drawBox(m_painter, box, px(3), tone(Tone::Surface), sample, px(1.4));
    });
    entry(px(14), tr("out of sync"), [&](const QRectF& box) {
        QPen pen(tone(Tone::Bad), px(1.3));
        pen.setDashPattern({2.4, 1.8});
        m_painter.setPen(pen);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRoundedRect(box.adjusted(0.7, 0.7, -0.7, -0.7), px(3), px(3));
    });
    entry(px(14), tr("offline"), [&](const QRectF& box) {
        drawBox(m_painter, box, px(3), {}, tone(Tone::Offline), px(1.2));
        m_painter.setPen(QPen(tone(Tone::Offline), px(1)));
        m_painter.drawLine(box.topLeft() + QPointF(2, 1), box.bottomRight() - QPointF(2, 1));
        m_painter.drawLine(box.bottomLeft() + QPointF(2, -1), box.topRight() - QPointF(2, -1));
    });
    entry(px(34), tr("full to high watermark, pale to log end"), [&](const QRectF& box) {
        m_painter.setPen(Qt::NoPen);
        const double cell = px(5);
        for (int i = 0; i < 5; ++i) {
            m_painter.setBrush(withAlpha(sample, i < 3 ? 0.9 : i == 3 ? 0.45 : 0.15));
            m_painter.drawRoundedRect(
                QRectF(box.left() + i * (cell + px(2)), middle - px(3.5), cell, px(7)), px(1.6),
                px(1.6));
        }
        m_painter.setBrush(tone(Tone::Ink));
        m_painter.drawRect(
            QRectF(box.left() + 3 * (cell + px(2)) - px(1.8), middle - px(5.5), px(1.6), px(11)));
    });
    entry(px(8), tr("a group's position"), [&](const QRectF& box) {
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(tone(Tone::Ink));
        m_painter.drawPolygon(QPolygonF{{box.center().x(), middle - px(2.6)},
            {box.center().x() - px(3.4), middle + px(2.6)},
            {box.center().x() + px(3.4), middle + px(2.6)}});
    });
}

void TopologyPainter::hint(const QRectF& rect, const QString& words)
{
    text(rect, Qt::AlignVCenter, words, TextRole::Small, tone(Tone::Muted));
}

void TopologyPainter::caption(const QRectF& place, const QString& words, double opacity)
{
    m_painter.save();
    m_painter.setOpacity(opacity);
    QFont font = m_theme.font(TextRole::Label);
    font.setWeight(QFont::Medium);
    const bool isNote = place.height() > px(40);
    if (isNote) {
        // Beside the voters, who decided it: two or three lines behind a bar.
        drawBox(m_painter, QRectF(place.left(), place.top() + px(2), px(3), place.height() - px(4)),
            px(1.5), tone(Tone::Accent));
        m_painter.setFont(font);
        m_painter.setPen(tone(Tone::Ink));
        const QRectF box = place.adjusted(px(12), 0, 0, 0);
        QTextLayout layout(words, font);
        layout.beginLayout();
        const double lineHeight = QFontMetricsF(font).height();
        const int limit = std::max(1, static_cast<int>(box.height() / lineHeight));
        QList<QTextLine> lines;
        for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(box.width());
            lines.append(line);
        }
        layout.endLayout();
        const auto shown = std::min<qsizetype>(lines.size(), limit);
        double y = box.center().y() - static_cast<double>(shown) * lineHeight / 2;
        for (qsizetype i = 0; i < shown; ++i, y += lineHeight) {
            const QString line = i + 1 == limit
                ? words.mid(lines[i].textStart())
                : words.mid(lines[i].textStart(), lines[i].textLength());
            drawElided(m_painter, QRectF(box.left(), y, box.width(), lineHeight), Qt::AlignVCenter,
                line.trimmed());
        }
    } else {
        const double width
            = std::min(place.width(), QFontMetricsF(font).horizontalAdvance(words) + px(28));
        const QRectF box(
            place.center().x() - width / 2, place.center().y() - px(11), width, px(22));
        drawBox(m_painter, box, px(11), tone(Tone::Ink));
        text(box.adjusted(px(14), 0, -px(14), 0), Qt::AlignCenter, words, TextRole::Label,
            tone(Tone::Surface), QFont::Medium);
    }
    m_painter.restore();
}

void TopologyPainter::flow(const Flow& flow, double opacity)
{
    if (flow.path.isEmpty())
        return;
    const QColor topic = m_topicTone(flow.topic);
    QPen pen(withAlpha(topic, 0.75 * opacity), px(1.6));
    pen.setCapStyle(Qt::RoundCap);
    if (flow.kind == FlowKind::Replicate)
        pen.setDashPattern({0.1, 2.6});
    m_painter.setPen(pen);
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawPath(flow.path);
}

void TopologyPainter::dot(const Flow& flow, const Dot& dot, double nowMs, bool isStill)
{
    const double progress = (nowMs - dot.startMs) / dot.durationMs;
    if (progress < 0 || flow.points.size() < 2)
        return;
    const QColor topic = m_topicTone(flow.topic);
    const QColor surface = tone(Tone::Surface);
    QColor color = dot.key != 0 ? m_theme.keyColor(dot.key) : topic;
    const double log = std::log2(std::max<double>(64, static_cast<double>(dot.bytes)) / 64.0);
    double diameter = px(std::clamp(8.0 + log * 0.7, 8.0, 16.0));

    // Ease in and out: a dot leaves and arrives gently.
    const double eased = isStill ? 1
        : progress < 0.5         ? 2 * progress * progress
                                 : 1 - (2 - 2 * progress) * (2 - 2 * progress) / 2;
    double opacity = 1;
    QPointF center;
    if (dot.isFailed) {
        const double reach = 0.86;
        center = flow.at(std::min(eased, 1.0) * reach);
        if (progress > 1) {
            const double fall
                = std::min(1.0, (nowMs - dot.startMs - dot.durationMs) / FlowBoard::kFallMs);
            if (!isStill)
                center += QPointF(0, px(46) * fall * fall);
            opacity = 1 - fall;
        }
        if (progress > 0.8)
            color = tone(Tone::Bad);
    } else {
        center = flow.at(std::min(eased, 1.0));
    }

    QString label;
    if (dot.records > 1)
        label = formatShortNumber(dot.records);
    else if (dot.retry > 0)
        label = QString::number(dot.retry + 1);
    const QFont font = m_theme.font(TextRole::Tiny);
    if (!label.isEmpty())
        diameter = std::max(diameter, px(15));
    const double width = label.isEmpty()
        ? diameter
        : std::max(diameter, QFontMetricsF(font).horizontalAdvance(label) + px(8));
    const QRectF box(center.x() - width / 2, center.y() - diameter / 2, width, diameter);
    m_painter.save();
    m_painter.setOpacity(opacity);
    const bool isCopy = flow.kind == FlowKind::Replicate;
    // A rim of the ground keeps it apart from the line that it runs on.
    drawBox(m_painter, box.adjusted(-px(1.5), -px(1.5), px(1.5), px(1.5)), diameter / 2 + px(1.5),
        surface);
    if (isCopy)
        drawBox(m_painter, box, diameter / 2, Theme::blend(color, surface, 0.25), color, px(1.8));
    else
        drawBox(m_painter, box, diameter / 2, color);
    if (!label.isEmpty())
        text(box, Qt::AlignCenter, label, TextRole::Tiny,
            isCopy ? tone(Tone::Ink) : Theme::textOn(color), QFont::DemiBold);
    m_painter.restore();
}

} // namespace moldau::widgets
