#include "topology/nodepainter.h"

#include "common/format.h"
#include "common/painting.h"
#include "topology/topologytext.h"

#include <cmath>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

void NodePainter::coordination(
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
    for (const VoterBox& box : layout.voters)
        voter(box, box.index == selectedVoter);
}

void NodePainter::voter(const VoterBox& box, bool isSelected)
{
    const ShownVoter& shown = m_model.voters()[static_cast<std::size_t>(box.index)];
    const bool isUp = isServing(shown.state);
    const bool isLeader = shown.isLeader && isUp;
    const bool isVoting = isUp && m_model.isElecting();
    drawBox(m_painter, box.rect, px(Theme::kFieldRadius),
        tone(isLeader ? Tone::AccentGround : Tone::Raised),
        isVoting ? QColor() : tone(isLeader ? Tone::Accent : Tone::Line), isLeader ? px(1.5) : 1);
    if (isVoting) {
        m_painter.save();
        QPen pen(tone(Tone::Warning), px(1.4));
        pen.setDashPattern({3, 2.2});
        m_painter.setPen(pen);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRoundedRect(box.rect.adjusted(0.7, 0.7, -0.7, -0.7), px(Theme::kFieldRadius),
            px(Theme::kFieldRadius));
        m_painter.restore();
    }
    if (isSelected)
        drawFocusRing(m_painter, box.rect.adjusted(-3, -3, 3, 3), px(8));
    const double inset = px(box.rect.width() < px(110) ? 6 : 10);
    const QRectF inner = box.rect.adjusted(inset, 0, -inset, 0);
    const double center = inner.center().y();
    text(QRectF(inner.left(), center - px(17), inner.width(), px(18)), Qt::AlignVCenter, shown.name,
        TextRole::Label,
        tone(!isUp         ? Tone::Faint
                : isLeader ? Tone::Accent
                           : Tone::Ink),
        isLeader ? QFont::DemiBold : QFont::Normal);
    text(QRectF(inner.left(), center, inner.width(), px(15)), Qt::AlignVCenter,
        TopologyText::voterDetail(m_model, shown), TextRole::Tiny,
        tone(!isUp         ? toneOf(shown.state)
                : isLeader ? Tone::Accent
                : isVoting ? Tone::Warning
                           : Tone::Muted),
        isLeader || isVoting ? QFont::Medium : -1);
}

void NodePainter::card(const CardBox& card, const ShownBroker& broker, double recordsPerSecond,
    bool isSelected, bool showsMenuButton)
{
    const bool isUp = isServing(broker.state);
    const QColor ground = isUp ? tone(Tone::Surface)
                               : Theme::blend(tone(Tone::Offline), tone(Tone::Background), 0.10);
    drawBox(m_painter, card.rect, px(Theme::kPanelRadius), ground,
        isSelected ? tone(Tone::Accent) : tone(Tone::Line), isSelected ? px(1.5) : 1);
    cardHeader(card, broker, showsMenuButton);
    if (!card.footer.isEmpty())
        cardFooter(card, broker, recordsPerSecond);
}

void NodePainter::cardHeader(const CardBox& card, const ShownBroker& broker, bool showsMenuButton)
{
    const bool isUp = isServing(broker.state);
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
}

void NodePainter::cardFooter(
    const CardBox& card, const ShownBroker& broker, double recordsPerSecond)
{
    const bool isUp = isServing(broker.state);
    const double rate = std::round(recordsPerSecond);
    const QString rateText = tr("%1 msg/s").arg(formatShortNumber(isUp ? rate : 0));
    const QFontMetricsF metrics(m_theme.font(TextRole::SmallData));
    // Beside what is wrong with the broker there may be no room for it.
    const bool showsRate
        = card.faults.empty() || metrics.horizontalAdvance(rateText) <= card.footer.width();
    if (showsRate)
        text(card.footer, Qt::AlignVCenter, rateText, TextRole::SmallData,
            tone(rate > 0 && isUp ? Tone::Muted : Tone::Faint));
    const double taken = showsRate ? metrics.horizontalAdvance(rateText) + px(8) : 0;
    if (broker.bytes >= 0
        && taken + metrics.horizontalAdvance(formatBytes(broker.bytes)) <= card.footer.width())
        text(card.footer, Qt::AlignVCenter | Qt::AlignRight, formatBytes(broker.bytes),
            TextRole::SmallData, tone(Tone::Muted));
}

void NodePainter::client(const ClientBox& box, const ShownClient& client, bool isSelected)
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
    clientSign(center, radius, client);
    const QRectF words(center.x() + radius + px(8), box.rect.top(),
        box.rect.right() - center.x() - radius - px(22), box.rect.height());
    text(QRectF(words.left(), box.rect.center().y() - px(17), words.width(), px(18)),
        Qt::AlignVCenter, client.id, TextRole::Label, tone(Tone::Ink), QFont::DemiBold);
    text(QRectF(words.left(), box.rect.center().y() + px(0), words.width(), px(16)),
        Qt::AlignVCenter, TopologyText::clientDetail(client), TextRole::Tiny,
        tone(client.errors > 0 ? Tone::Bad : Tone::Muted), -1, Qt::ElideRight);
    m_painter.restore();
}

void NodePainter::moreClients(const QRectF& rect, int count)
{
    drawBox(m_painter, rect, rect.height() / 2, {}, tone(Tone::Line));
    text(rect, Qt::AlignCenter, tr("%n more client(s)", nullptr, count), TextRole::Label,
        tone(Tone::Muted));
}

void NodePainter::clientSign(const QPointF& center, double radius, const ShownClient& client)
{
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
}

} // namespace moldau::widgets
