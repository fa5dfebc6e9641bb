#include "common/buttons.h"
#include "common/painting.h"
#include "common/style.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLineEdit>
#include <QSlider>
#include <QStyleOption>

namespace moldau::widgets {

namespace {

bool isEnabled(const QStyleOption* option)
{
    return option->state.testFlag(QStyle::State_Enabled);
}

bool isHovered(const QStyleOption* option)
{
    return isEnabled(option) && option->state.testFlag(QStyle::State_MouseOver);
}

bool hasKeyboardFocus(const QStyleOption* option)
{
    return option->state.testFlag(QStyle::State_HasFocus)
        && option->state.testFlag(QStyle::State_KeyboardFocusChange);
}

/** A line edit inside a combo or spin box paints no ground of its own. */
bool isEmbedded(const QWidget* widget)
{
    return widget && widget->parentWidget()
        && (qobject_cast<const QComboBox*>(widget->parentWidget())
            || widget->parentWidget()->inherits("QAbstractSpinBox"));
}

} // namespace

bool MoldauStyle::drawControlPrimitive(PrimitiveElement element, const QStyleOption* option,
    QPainter* painter, const QWidget* widget) const
{
    switch (element) {
    case PE_PanelButtonCommand:
        drawButtonPanel(option, painter, widget);
        return true;
    case PE_PanelButtonTool:
        if (isHovered(option) || option->state.testAnyFlags(State_Sunken | State_On))
            drawBox(*painter, option->rect, m_theme.pxf(Theme::kFieldRadius),
                m_theme.color(
                    option->state.testFlag(State_On) ? Tone::AccentGround : Tone::Raised));
        if (hasKeyboardFocus(option))
            drawFocusRing(*painter, option->rect, m_theme.pxf(Theme::kFieldRadius));
        return true;
    case PE_FrameDefaultButton:
    case PE_FrameFocusRect: // controls show focus in their own shape
        return true;
    case PE_PanelLineEdit:
    case PE_FrameLineEdit: {
        const auto* panel = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (!isEmbedded(widget) && (!panel || panel->lineWidth > 0))
            drawFieldPanel(option, painter, widget);
        return true;
    }
    case PE_IndicatorCheckBox:
        drawCheckMark(option, painter, false);
        return true;
    case PE_IndicatorRadioButton:
        drawCheckMark(option, painter, true);
        return true;
    case PE_IndicatorItemViewItemCheck:
        drawCheckMark(option, painter, false);
        return true;
    case PE_IndicatorButtonDropDown:
        return true;
    case PE_IndicatorArrowDown:
        drawChevron(
            *painter, QRectF(option->rect).center(), m_theme.pxf(8), m_theme.color(Tone::Muted));
        return true;
    case PE_IndicatorArrowRight:
        drawChevron(*painter, QRectF(option->rect).center(), m_theme.pxf(8),
            m_theme.color(Tone::Muted), -90);
        return true;
    case PE_IndicatorArrowUp:
        drawChevron(*painter, QRectF(option->rect).center(), m_theme.pxf(8),
            m_theme.color(Tone::Muted), 180);
        return true;
    case PE_IndicatorArrowLeft:
        drawChevron(*painter, QRectF(option->rect).center(), m_theme.pxf(8),
            m_theme.color(Tone::Muted), 90);
        return true;
    default:
        return false;
    }
}

void MoldauStyle::drawButtonPanel(
    const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    const QRectF rect = option->rect;
    const double radius = m_theme.pxf(Theme::kFieldRadius);
    const bool isDown = option->state.testFlag(State_Sunken);
    const bool isOn = option->state.testFlag(State_On);
    const ButtonKind kind = buttonKind(widget);

    // What can't be pressed looks like any other such button: its words stay readable.
    if (kind == ButtonKind::Primary && isEnabled(option)) {
        QColor fill = m_theme.color(Tone::Accent);
        if (isDown)
            fill = Theme::blend(fill, m_theme.color(Tone::Ink), 0.82);
        else if (isHovered(option))
            fill = Theme::blend(fill, m_theme.color(Tone::Ink), 0.92);
        drawBox(*painter, rect, radius, fill);
    } else if (kind == ButtonKind::Link || kind == ButtonKind::Quiet) {
        if (isHovered(option) && isDown)
            drawBox(*painter, rect, radius, m_theme.color(Tone::AccentGround));
    } else if (isOn) {
        drawBox(
            *painter, rect, radius, m_theme.color(Tone::AccentGround), m_theme.color(Tone::Accent));
    } else {
        QColor fill = m_theme.color(kind == ButtonKind::Danger ? Tone::Surface : Tone::Raised);
        QColor border = m_theme.color(Tone::Line);
        if (isHovered(option))
            border = Theme::blend(m_theme.color(Tone::Muted), border, 0.35);
        if (isDown)
            fill = Theme::blend(m_theme.color(Tone::Ink), fill, 0.07);
        drawBox(*painter, rect, radius, fill, border);
    }
    if (hasKeyboardFocus(option)) {
        if (kind == ButtonKind::Primary) {
            painter->save();
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(QPen(m_theme.color(Tone::OnAccent), m_theme.pxf(1.5)));
            const double inset = m_theme.pxf(3);
            painter->drawRoundedRect(
                rect.adjusted(inset, inset, -inset, -inset), radius - 2, radius - 2);
            painter->restore();
        } else {
            drawFocusRing(*painter, rect, radius);
        }
    }
}

void MoldauStyle::drawButtonLabel(
    const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
    if (!button)
        return;
    const ButtonKind kind = buttonKind(widget);
    const bool isLink = kind == ButtonKind::Link || kind == ButtonKind::Quiet;
    QColor color = m_theme.color(Tone::Ink);
    if (kind == ButtonKind::Primary)
        color = m_theme.color(Tone::OnAccent);
    else if (kind == ButtonKind::Danger)
        color = m_theme.color(Tone::Bad);
    else if (kind == ButtonKind::Link)
        color = m_theme.color(Tone::Accent);
    else if (isLink)
        color = m_theme.color(isHovered(option) ? Tone::Ink : Tone::Muted);
    else if (option->state.testFlag(State_On))
        color = m_theme.color(Tone::Accent);
    const bool isOnAccent = kind == ButtonKind::Primary && isEnabled(option);
    if (!isEnabled(option))
        color = m_theme.color(Tone::Faint);

    painter->save();
    QFont font = painter->font();
    const bool isStrong
        = option->state.testFlag(State_On) || (!isLink && kind != ButtonKind::Normal);
    font.setWeight(isStrong             ? QFont::DemiBold
            : kind == ButtonKind::Quiet ? QFont::Normal
                                        : QFont::Medium);
    painter->setFont(font);
    painter->setPen(color);

    QRect area = button->rect;
    const bool hasMenu = button->features.testFlag(QStyleOptionButton::HasMenu);
    if (!isLink)
        area.adjust(m_theme.px(8), 0, -m_theme.px(8), 0);
    if (hasMenu) {
        drawChevron(*painter, QPointF(area.right() - m_theme.px(8), area.center().y() + 1),
            m_theme.pxf(7), m_theme.color(Tone::Muted));
        area.adjust(0, 0, -m_theme.px(16), 0);
    }

    const QString hint = shortcutHint(widget);
    const QFont hintFont = m_theme.font(TextRole::Label);
    const int textFlags = Qt::AlignVCenter | Qt::TextShowMnemonic | Qt::TextSingleLine;
    const int textWidth = painter->fontMetrics().size(textFlags, button->text).width();
    const int hintWidth
        = hint.isEmpty() ? 0 : m_theme.px(8) + QFontMetrics(hintFont).horizontalAdvance(hint);
    const int iconWidth = button->icon.isNull()
        ? 0
        : button->iconSize.width() + (button->text.isEmpty() ? 0 : m_theme.px(6));

    const int total = textWidth + hintWidth + iconWidth;
    int x
        = isLink ? area.left() + m_theme.px(2) : area.left() + qMax(0, (area.width() - total) / 2);
    if (iconWidth > 0) {
        const QRect iconRect(x, area.center().y() - button->iconSize.height() / 2,
            button->iconSize.width(), button->iconSize.height());
        button->icon.paint(painter, iconRect, Qt::AlignCenter,
            isEnabled(option) ? QIcon::Normal : QIcon::Disabled);
        x += iconWidth;
    }
    const QRect textRect(x, area.top(), qMin(textWidth + 1, area.right() - x + 1), area.height());
    painter->drawText(textRect, textFlags,
        textWidth > textRect.width() ? painter->fontMetrics().elidedText(
            button->text, Qt::ElideRight, textRect.width(), Qt::TextShowMnemonic)
                                     : button->text);
    if (hintWidth > 0 && x + textWidth + hintWidth <= area.right() + 2) {
        painter->setFont(hintFont);
        painter->setOpacity(isOnAccent ? 0.75 : 1.0);
        if (!isOnAccent)
            painter->setPen(m_theme.color(isEnabled(option) ? Tone::Muted : Tone::Faint));
        painter->drawText(
            QRect(x + textWidth + m_theme.px(8), area.top(), hintWidth, area.height()),
            Qt::AlignVCenter, hint);
    }
    painter->restore();
}

void MoldauStyle::drawCheckMark(const QStyleOption* option, QPainter* painter, bool isRound) const
{
    const QRectF rect(option->rect);
    const double side = qMin(rect.width(), rect.height());
    const QRectF box(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side);
    const double radius = isRound ? side / 2 : m_theme.pxf(4);
    const bool isChecked = option->state.testFlag(State_On);
    const bool isPartial = option->state.testFlag(State_NoChange);
    const QColor accent = m_theme.color(isEnabled(option) ? Tone::Accent : Tone::Faint);
    if (isChecked || isPartial)
        drawBox(*painter, box, radius, accent);
    else
        drawBox(*painter, box, radius, m_theme.color(Tone::Raised),
            m_theme.color(isHovered(option) ? Tone::Muted : Tone::Faint), m_theme.pxf(1.2));
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (isChecked && isRound) {
        drawDot(*painter, box.center(), side * 0.38, m_theme.color(Tone::OnAccent));
    } else if (isChecked || isPartial) {
        QPen pen(m_theme.color(Tone::OnAccent), m_theme.pxf(1.8));
        pen.setCapStyle(Qt::RoundCap);
        pen.setJoinStyle(Qt::RoundJoin);
        painter->setPen(pen);
        const auto at = [&box](double x, double y) {
            return QPointF(box.left() + box.width() * x, box.top() + box.height() * y);
        };
        if (isPartial)
            painter->drawLine(at(0.27, 0.5), at(0.73, 0.5));
        else
            painter->drawPolyline(QPolygonF{at(0.26, 0.53), at(0.43, 0.69), at(0.74, 0.33)});
    }
    painter->restore();
    if (hasKeyboardFocus(option))
        drawFocusRing(*painter, box.adjusted(-3, -3, 3, 3), radius + 2);
}

void MoldauStyle::drawFieldPanel(
    const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    const bool isFocused = option->state.testFlag(State_HasFocus) && isEnabled(option)
        && !(widget && widget->property("readOnly").toBool());
    QColor border = m_theme.color(Tone::Line);
    if (widget && widget->property("moldauInvalid").toBool())
        border = m_theme.color(Tone::Bad);
    else if (isFocused)
        border = m_theme.color(Tone::Accent);
    else if (isHovered(option))
        border = Theme::blend(m_theme.color(Tone::Muted), border, 0.35);
    drawBox(*painter, option->rect, m_theme.pxf(Theme::kFieldRadius), m_theme.color(Tone::Raised),
        border, isFocused ? m_theme.pxf(1.5) : 1.0);
}

void MoldauStyle::drawComboBox(
    const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const
{
    const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option);
    if (!combo)
        return;
    drawFieldPanel(option, painter, nullptr);
    const QRectF arrow = subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget);
    drawChevron(*painter, arrow.center(), m_theme.pxf(7),
        m_theme.color(isEnabled(option) ? Tone::Muted : Tone::Faint));
}

void MoldauStyle::drawSpinBox(
    const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const
{
    const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
    if (!spin)
        return;
    if (spin->frame)
        drawFieldPanel(option, painter, nullptr);
    const auto arrowColor = [&](SubControl sub, QAbstractSpinBox::StepEnabledFlag step) {
        if (!isEnabled(option) || !spin->stepEnabled.testFlag(step))
            return m_theme.color(Tone::Faint);
        return m_theme.color(spin->activeSubControls.testFlag(sub) ? Tone::Accent : Tone::Muted);
    };
    const QRectF up = subControlRect(CC_SpinBox, option, SC_SpinBoxUp, widget);
    const QRectF down = subControlRect(CC_SpinBox, option, SC_SpinBoxDown, widget);
    drawChevron(*painter, up.center() + QPointF(0, m_theme.pxf(2)), m_theme.pxf(6),
        arrowColor(SC_SpinBoxUp, QAbstractSpinBox::StepUpEnabled), 180);
    drawChevron(*painter, down.center() - QPointF(0, m_theme.pxf(2)), m_theme.pxf(6),
        arrowColor(SC_SpinBoxDown, QAbstractSpinBox::StepDownEnabled));
}

void MoldauStyle::drawSlider(
    const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const
{
    const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (!slider)
        return;
    const QRectF rect = option->rect;
    const QRectF handle = QProxyStyle::subControlRect(CC_Slider, option, SC_SliderHandle, widget);
    const bool isHorizontal = slider->orientation == Qt::Horizontal;
    const double thickness = m_theme.pxf(3);
    const QColor accent = m_theme.color(isEnabled(option) ? Tone::Accent : Tone::Faint);
    const QColor rail = m_theme.color(Tone::Line);
    if (isHorizontal) {
        const QRectF groove(
            rect.left(), rect.center().y() - thickness / 2, rect.width(), thickness);
        drawBox(*painter, groove, thickness / 2, rail);
        drawBox(*painter,
            QRectF(groove.left(), groove.top(), handle.center().x() - groove.left(), thickness),
            thickness / 2, accent);
    } else {
        const QRectF groove(
            rect.center().x() - thickness / 2, rect.top(), thickness, rect.height());
        drawBox(*painter, groove, thickness / 2, rail);
        drawBox(*painter,
            QRectF(groove.left(), handle.center().y(), thickness,
                groove.bottom() - handle.center().y()),
            thickness / 2, accent);
    }
    const double diameter = m_theme.pxf(isHovered(option) ? 14 : 12);
    drawDot(*painter, handle.center(), diameter, accent);
    if (hasKeyboardFocus(option)) {
        const double ring = diameter + m_theme.pxf(6);
        drawFocusRing(*painter,
            QRectF(handle.center().x() - ring / 2, handle.center().y() - ring / 2, ring, ring),
            ring / 2);
    }
}

} // namespace moldau::widgets
