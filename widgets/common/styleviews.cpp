#include "common/buttons.h"
#include "common/painting.h"
#include "common/style.h"

#include <QAbstractItemView>
#include <QAction>
#include <QHeaderView>
#include <QMenu>
#include <QStyleOption>
#include <QTableView>
#include <QToolTip>

namespace moldau::widgets {

bool MoldauStyle::drawViewPrimitive(PrimitiveElement element, const QStyleOption* option,
    QPainter* painter, const QWidget* widget) const
{
    switch (element) {
    case PE_Frame:
        if (widget && widget->inherits("QComboBoxPrivateContainer"))
            drawBox(*painter, option->rect, m_theme.pxf(8), m_theme.color(Tone::Surface),
                m_theme.color(Tone::Line));
        return true;
    case PE_FrameMenu:
    case PE_FrameWindow:
    case PE_FrameTabBarBase:
    case PE_FrameTabWidget:
    case PE_FrameStatusBarItem:
    case PE_FrameGroupBox:
    case PE_FrameDockWidget:
    case PE_PanelStatusBar:
    case PE_PanelItemViewRow:
        return true;
    case PE_PanelMenu:
        drawBox(*painter, option->rect, m_theme.pxf(8), m_theme.color(Tone::Surface),
            m_theme.color(Tone::Line));
        return true;
    case PE_PanelMenuBar:
        painter->fillRect(option->rect, m_theme.color(Tone::Surface));
        return true;
    case PE_PanelTipLabel:
        drawBox(*painter, option->rect, 0, m_theme.color(Tone::Surface), m_theme.color(Tone::Line));
        return true;
    case PE_PanelItemViewItem: {
        const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option);
        if (!item)
            return true;
        const bool isTable = qobject_cast<const QTableView*>(widget) != nullptr
            || (widget && widget->property("moldauFlatRows").toBool());
        QColor ground;
        if (item->backgroundBrush.style() != Qt::NoBrush)
            ground = item->backgroundBrush.color();
        if (option->state.testFlag(State_Selected))
            ground = m_theme.color(Tone::AccentGround);
        else if (option->state.testFlag(State_MouseOver) && option->state.testFlag(State_Enabled)
            && !isTable)
            ground = m_theme.color(Tone::Raised);
        if (!ground.isValid())
            return true;
        if (isTable)
            painter->fillRect(option->rect, ground);
        else
            drawBox(*painter, QRectF(option->rect).adjusted(2, 1, -2, -1), m_theme.pxf(5), ground);
        return true;
    }
    case PE_IndicatorBranch: {
        if (option->state.testFlag(State_Children))
            drawChevron(*painter, QRectF(option->rect).center(), m_theme.pxf(7),
                m_theme.color(Tone::Muted), option->state.testFlag(State_Open) ? 0 : -90);
        return true;
    }
    case PE_IndicatorTabClose:
        return false;
    default:
        return false;
    }
}

void MoldauStyle::drawHeaderSection(const QStyleOption* option, QPainter* painter) const
{
    painter->fillRect(option->rect, m_theme.color(Tone::Surface));
    const QRectF rect = option->rect;
    const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
    if (!header || header->orientation == Qt::Horizontal)
        drawHairline(
            *painter, rect.left(), rect.bottom() - 1, rect.right(), m_theme.color(Tone::Line));
}

void MoldauStyle::drawHeaderLabel(const QStyleOption* option, QPainter* painter) const
{
    const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
    if (!header)
        return;
    painter->save();
    painter->setFont(m_theme.font(TextRole::Label));
    const bool isHovered
        = option->state.testFlag(State_MouseOver) && option->state.testFlag(State_Enabled);
    const bool isSorted = header->sortIndicator != QStyleOptionHeader::None;
    painter->setPen(m_theme.color(isHovered || isSorted ? Tone::Ink : Tone::Muted));
    QRectF text = QRectF(option->rect).adjusted(m_theme.pxf(10), 0, -m_theme.pxf(10), 0);
    const bool isRight = header->textAlignment.testFlag(Qt::AlignRight);
    if (isSorted) {
        // Beside the text, on the side where the column has room.
        const double arrow = m_theme.pxf(7);
        const double width = qMin<double>(painter->fontMetrics().horizontalAdvance(header->text),
            text.width() - arrow - m_theme.pxf(6));
        const double x = isRight ? text.right() - width - m_theme.pxf(6) - arrow / 2
                                 : text.left() + width + m_theme.pxf(6) + arrow / 2;
        drawChevron(*painter, QPointF(x, text.center().y()), arrow, m_theme.color(Tone::Accent),
            header->sortIndicator == QStyleOptionHeader::SortUp ? 180 : 0);
        text.setWidth(text.width() - (isRight ? 0 : arrow + m_theme.pxf(6)));
        if (isRight)
            text.setLeft(text.left() + arrow + m_theme.pxf(6));
    }
    drawElided(
        *painter, text, static_cast<int>(header->textAlignment) | Qt::AlignVCenter, header->text);
    painter->restore();
}

void MoldauStyle::drawTab(const QStyleOption* option, QPainter* painter, const QWidget*) const
{
    const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option);
    if (!tab)
        return;
    const bool isSelected = option->state.testFlag(State_Selected);
    const bool isHovered = option->state.testFlag(State_MouseOver);
    painter->save();
    QFont font = painter->font();
    font.setWeight(isSelected ? QFont::DemiBold : QFont::Normal);
    painter->setFont(font);
    painter->setPen(m_theme.color(isSelected ? Tone::Accent : isHovered ? Tone::Ink : Tone::Muted));
    painter->drawText(
        option->rect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, tab->text);
    const QRectF rect = option->rect;
    if (isSelected) {
        const double inset = m_theme.pxf(12);
        drawBox(*painter,
            QRectF(rect.left() + inset, rect.bottom() - m_theme.pxf(2), rect.width() - 2 * inset,
                m_theme.pxf(2)),
            1, m_theme.color(Tone::Accent));
    }
    painter->restore();
    if (option->state.testFlag(State_HasFocus) && option->state.testFlag(State_KeyboardFocusChange))
        drawFocusRing(*painter, rect.adjusted(2, 2, -2, -4), m_theme.pxf(4));
}

void MoldauStyle::drawMenuItem(
    const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
    if (!item)
        return;
    const QRectF rect = option->rect;
    if (item->menuItemType == QStyleOptionMenuItem::Separator) {
        drawHairline(*painter, rect.left() + m_theme.pxf(8), rect.center().y(),
            rect.right() - m_theme.pxf(8), m_theme.color(Tone::Line));
        return;
    }
    const bool isEnabled = option->state.testFlag(State_Enabled);
    if (option->state.testFlag(State_Selected) && isEnabled)
        drawBox(*painter, rect.adjusted(1, 1, -1, -1), m_theme.pxf(5), m_theme.color(Tone::Raised));

    painter->save();
    const QStringList parts = item->text.split(u'\t');
    const auto* menu = qobject_cast<const QMenu*>(widget);
    const QAction* action = menu ? menu->actionAt(option->rect.center()) : nullptr;
    const QColor color = m_theme.color(!isEnabled ? Tone::Faint
            : action && isDestructive(*action)    ? Tone::Bad
                                                  : Tone::Ink);
    const double left = m_theme.pxf(30);
    if (item->checkType != QStyleOptionMenuItem::NotCheckable && item->checked) {
        QPen pen(m_theme.color(Tone::Accent), m_theme.pxf(1.8));
        pen.setCapStyle(Qt::RoundCap);
        pen.setJoinStyle(Qt::RoundJoin);
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(pen);
        const QPointF c(rect.left() + m_theme.pxf(16), rect.center().y());
        const double unit = m_theme.pxf(4);
        painter->drawPolyline(QPolygonF{c + QPointF(-unit, 0),
            c + QPointF(-unit * 0.25, unit * 0.8), c + QPointF(unit, -unit * 0.8)});
    } else if (!item->icon.isNull()) {
        const int side = m_theme.px(16);
        item->icon.paint(painter,
            QRect(static_cast<int>(rect.left()) + m_theme.px(8),
                static_cast<int>(rect.center().y()) - side / 2, side, side),
            Qt::AlignCenter, isEnabled ? QIcon::Normal : QIcon::Disabled);
    }
    painter->setFont(item->font);
    painter->setPen(color);
    painter->drawText(rect.adjusted(left, 0, -m_theme.pxf(12), 0),
        Qt::AlignVCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, parts.value(0));
    if (parts.size() > 1) {
        painter->setFont(m_theme.font(TextRole::Label));
        painter->setPen(m_theme.color(Tone::Faint));
        painter->drawText(rect.adjusted(left, 0, -m_theme.pxf(12), 0),
            Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, parts[1]);
    }
    if (item->menuItemType == QStyleOptionMenuItem::SubMenu)
        drawChevron(*painter, QPointF(rect.right() - m_theme.pxf(14), rect.center().y()),
            m_theme.pxf(7), m_theme.color(Tone::Muted), -90);
    painter->restore();
}

void MoldauStyle::drawProgress(const QStyleOption* option, QPainter* painter) const
{
    const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option);
    if (!bar)
        return;
    const double thickness = m_theme.pxf(4);
    const QRectF rail(bar->rect.left(), bar->rect.center().y() - thickness / 2 + 0.5,
        bar->rect.width(), thickness);
    drawBox(*painter, rail, thickness / 2, m_theme.color(Tone::Line));
    const double range = double(bar->maximum) - bar->minimum;
    // A range of nothing means "busy": the middle third, still.
    const double share = range > 0 ? (double(bar->progress) - bar->minimum) / range : 0.34;
    const double offset = range > 0 ? 0 : rail.width() * 0.33;
    if (share > 0)
        drawBox(*painter,
            QRectF(rail.left() + offset, rail.top(), rail.width() * qMin(1.0, share), thickness),
            thickness / 2, m_theme.color(Tone::Accent));
}

void MoldauStyle::drawScrollBar(const QStyleOptionComplex* option, QPainter* painter) const
{
    const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (!bar || bar->minimum == bar->maximum)
        return;
    const QRectF handle = subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, nullptr);
    const bool isActive = option->state.testAnyFlags(State_MouseOver | State_Sunken);
    const double thickness = m_theme.pxf(isActive ? 6 : 4);
    const QColor color = Theme::blend(
        m_theme.color(Tone::Muted), m_theme.color(Tone::Surface), isActive ? 0.7 : 0.4);
    if (bar->orientation == Qt::Horizontal)
        drawBox(*painter,
            QRectF(handle.left() + 2, handle.center().y() - thickness / 2, handle.width() - 4,
                thickness),
            thickness / 2, color);
    else
        drawBox(*painter,
            QRectF(handle.center().x() - thickness / 2, handle.top() + 2, thickness,
                handle.height() - 4),
            thickness / 2, color);
}

} // namespace moldau::widgets
