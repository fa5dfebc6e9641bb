#pragma once

#include "common/tableview.h"

namespace moldau::widgets {

/** Cells of a RowsModel with a bar left of their number, and a mark where the bar should end. */
class BrokerBarDelegate final : public TableDelegate {
    Q_OBJECT
public:
    /** `textWidth`: the room for the number, in pixels of scale 1. */
    BrokerBarDelegate(double textWidth, QObject* parent)
        : TableDelegate(parent)
        , m_textWidth(textWidth)
    {
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;

private:
    double m_textWidth;
};

} // namespace moldau::widgets
