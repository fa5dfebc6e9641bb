#include "panes/topicreplicadelegate.h"

#include "common/painting.h"
#include "common/theme.h"
#include "models/partitionmodel.h"

#include <QPainter>
#include <QPainterPath>

namespace moldau::widgets {

using State = PartitionModel::ReplicaState;

int TopicReplicaDelegate::rowHeight()
{
    return Theme::current().px(42);
}

void TopicReplicaDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QVariant data = index.data(PartitionModel::ReplicaStateRole);
    const Theme& theme = Theme::current();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (!data.isValid()) {
        const int alignment = index.data(Qt::TextAlignmentRole).toInt();
        painter->setFont(theme.font(TextRole::Data));
        painter->setPen(theme.color(index.column() == 0 ? Tone::Ink : Tone::Muted));
        drawElided(*painter, QRectF(option.rect).adjusted(theme.pxf(10), 0, -theme.pxf(10), 0),
            alignment, index.data().toString(), Qt::ElideMiddle);
        painter->restore();
        return;
    }
    const auto state = static_cast<State>(data.toInt());
    if (state == State::None) {
        painter->restore();
        return;
    }
    const QRectF tile = QRectF(option.rect)
                            .adjusted(theme.pxf(4) + 0.5, theme.pxf(5) + 0.5, -theme.pxf(4) - 0.5,
                                -theme.pxf(5) - 0.5);
    const double radius = theme.pxf(6);
    QColor text = theme.color(Tone::Ink);
    switch (state) {
    case State::Leader:
        drawBox(*painter, tile, radius, m_color);
        text = Theme::textOn(m_color);
        break;
    case State::InSync:
        drawBox(*painter, tile, radius, theme.color(Tone::Surface), m_color, theme.pxf(1.5));
        break;
    case State::OutOfSync: {
        const QColor bad = theme.color(Tone::Bad);
        QPainterPath path;
        path.addRoundedRect(tile, radius, radius);
        painter->fillPath(
            path, QBrush(Theme::blend(bad, theme.color(Tone::Surface), 0.22), Qt::BDiagPattern));
        QPen pen(bad, theme.pxf(1.4), Qt::DashLine);
        pen.setDashPattern({3, 2});
        painter->setPen(pen);
        painter->drawPath(path);
        text = bad;
        break;
    }
    case State::Offline: {
        const QColor offline = theme.color(Tone::Offline);
        drawBox(*painter, tile, radius, theme.color(Tone::Raised), offline);
        painter->setPen(QPen(Theme::blend(offline, theme.color(Tone::Raised), 0.5), 1));
        painter->setClipRect(tile);
        painter->drawLine(tile.topLeft(), tile.bottomRight());
        painter->drawLine(tile.topRight(), tile.bottomLeft());
        painter->setClipping(false);
        text = theme.color(Tone::Muted);
        break;
    }
    case State::None:
        break;
    }
    QFont font = theme.font(TextRole::Small);
    if (state == State::Leader || state == State::OutOfSync)
        font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    painter->setPen(text);
    drawElided(*painter, tile.adjusted(2, 0, -2, 0), Qt::AlignCenter, index.data().toString());
    painter->restore();
}

QSize TopicReplicaDelegate::sizeHint(
    const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QSize size = TableDelegate::sizeHint(option, index);
    size.setHeight(rowHeight());
    return size;
}

} // namespace moldau::widgets
