#pragma once

#include "common/tableview.h"

#include <QColor>

namespace moldau::widgets {

/**
 * Paints a replica as a tile in the topic's colour, as the Live page does: the leader filled, a
 * follower outlined, one out of sync hatched in a dashed red outline, an offline one grey and
 * crossed. Other columns as any table.
 */
class TopicReplicaDelegate final : public TableDelegate {
    Q_OBJECT
public:
    using TableDelegate::TableDelegate;

    void setColor(const QColor& color) { m_color = color; }
    static int rowHeight();

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    QColor m_color;
};

} // namespace moldau::widgets
