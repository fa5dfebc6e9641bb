#include "panes/brokerbardelegate.h"

#include "common/painting.h"
#include "common/theme.h"
#include "models/rowsmodel.h"

#include <algorithm>

namespace moldau::widgets {

void BrokerBarDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    TableDelegate::paint(painter, option, index);
    const QVariant bar = index.data(RowsModel::BarRole);
    if (!bar.isValid())
        return;
    const Theme& theme = Theme::current();
    const double height = theme.pxf(6);
    const QRectF cell = option.rect;
    const QRectF track(cell.left() + theme.pxf(10), cell.center().y() - height / 2 + 0.5,
        cell.width() - theme.pxf(30 + m_textWidth), height);
    if (track.width() < theme.pxf(24))
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    drawBox(*painter, track, height / 2,
        Theme::blend(theme.color(Tone::Line), theme.color(Tone::Surface), 0.8));
    QRectF filled = track;
    filled.setWidth(track.width() * std::clamp(bar.toDouble(), 0.0, 1.0));
    if (filled.width() > 0.5)
        drawBox(*painter,
            filled.width() < height ? QRectF(filled.topLeft(), QSizeF(height, height)) : filled,
            height / 2, theme.color(Tone::Accent));
    if (const QVariant mark = index.data(RowsModel::MarkRole); mark.isValid()) {
        const double x = track.left() + track.width() * std::clamp(mark.toDouble(), 0.0, 1.0);
        painter->fillRect(QRectF(x - theme.pxf(1), track.top() - theme.pxf(3), theme.pxf(2),
                              height + theme.pxf(6)),
            theme.color(Tone::Ink));
    }
    painter->restore();
}

} // namespace moldau::widgets
