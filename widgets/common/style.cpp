#include "common/style.h"

#include "common/accessiblerole.h"
#include "common/buttons.h"
#include "common/painting.h"

#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSlider>
#include <QStyleOption>
#include <QTextEdit>
#include <QToolTip>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

MoldauStyle::MoldauStyle(const Theme& theme)
    : QProxyStyle(u"Fusion"_s)
    , m_theme(theme)
{
    setObjectName(u"moldau"_s);
}

void MoldauStyle::install(QApplication& application, const Theme& theme)
{
    installAccessibility();
    application.setStyle(new MoldauStyle(theme));
    application.setPalette(theme.palette());
    application.setFont(theme.font(TextRole::Body));
    QToolTip::setFont(theme.font(TextRole::Label));
}

void MoldauStyle::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton*>(widget) || qobject_cast<QComboBox*>(widget)
        || qobject_cast<QSlider*>(widget) || qobject_cast<QScrollBar*>(widget)
        || qobject_cast<QHeaderView*>(widget))
        widget->setAttribute(Qt::WA_Hover);
    if (auto* view = qobject_cast<QAbstractItemView*>(widget))
        view->viewport()->setAttribute(Qt::WA_Hover);
    if (qobject_cast<QMenu*>(widget) || widget->inherits("QComboBoxPrivateContainer")) {
        widget->setWindowFlag(Qt::FramelessWindowHint);
        widget->setAttribute(Qt::WA_TranslucentBackground);
    }
    if (auto* text = qobject_cast<QPlainTextEdit*>(widget))
        text->viewport()->setAutoFillBackground(false);
    else if (auto* rich = qobject_cast<QTextEdit*>(widget))
        rich->viewport()->setAutoFillBackground(false);
}

int MoldauStyle::pixelMetric(
    PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_DefaultFrameWidth:
        if (widget
            && (qobject_cast<const QPlainTextEdit*>(widget)
                || qobject_cast<const QTextEdit*>(widget)))
            return m_theme.px(6);
        return qobject_cast<const QAbstractItemView*>(widget) ? 0 : 1;
    case PM_ComboBoxFrameWidth:
    case PM_SpinBoxFrameWidth:
        return 1;
    case PM_ButtonMargin:
        return m_theme.px(12);
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_MenuBarPanelWidth:
    case PM_ToolBarFrameWidth:
    case PM_TabBarBaseOverlap:
    case PM_TabBarTabOverlap:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_DockWidgetFrameWidth:
    case PM_HeaderMarkSize:
        return metric == PM_HeaderMarkSize ? m_theme.px(8) : 0;
    case PM_TabBarTabHSpace:
        return m_theme.px(24);
    case PM_TabBarTabVSpace:
        return m_theme.px(14);
    case PM_ScrollBarExtent:
        return m_theme.px(10);
    case PM_ScrollBarSliderMin:
        return m_theme.px(32);
    case PM_ScrollView_ScrollBarSpacing:
    case PM_ScrollView_ScrollBarOverlap:
        return 0;
    case PM_SliderThickness:
    case PM_SliderControlThickness:
        return m_theme.px(20);
    case PM_SliderLength:
        return m_theme.px(14);
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ToolBarIconSize:
    case PM_ListViewIconSize:
    case PM_TabBarIconSize:
        return m_theme.px(16);
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return m_theme.px(8);
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuHMargin:
    case PM_MenuVMargin:
        return m_theme.px(5);
    case PM_MenuButtonIndicator:
        return m_theme.px(20);
    case PM_SplitterWidth:
        return m_theme.px(12);
    case PM_ToolTipLabelFrameWidth:
        return m_theme.px(7);
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin:
        return m_theme.px(16);
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return m_theme.px(8);
    case PM_HeaderMargin:
        return m_theme.px(8);
    case PM_FocusFrameHMargin:
        return m_theme.px(8);
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int MoldauStyle::styleHint(
    StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ScrollView_FrameOnlyAroundContents:
    case SH_ItemView_PaintAlternatingRowColorsForEmptyArea:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_MenuBar_AltKeyNavigation:
        return 0;
    case SH_ItemView_ShowDecorationSelected:
    case SH_ComboBox_ListMouseTracking:
    case SH_Slider_SnapToValue:
    case SH_Menu_MouseTracking:
        return 1;
    case SH_ComboBox_Popup:
        return 0;
    case SH_Slider_AbsoluteSetButtons:
        return Qt::LeftButton;
    case SH_ToolTipLabel_Opacity:
        return 255;
    case SH_ToolTip_WakeUpDelay:
        return 400;
    case SH_Table_GridLineColor:
        return static_cast<int>(m_theme.color(Tone::Line).rgb());
    case SH_ScrollBar_Transient:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QSize MoldauStyle::sizeFromContents(
    ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton: {
        if (const auto* button = qobject_cast<const QAbstractButton*>(widget); button
            && (buttonKind(widget) == ButtonKind::Link
                || buttonKind(widget) == ButtonKind::Quiet)) {
            QFont font = button->font();
            font.setWeight(QFont::DemiBold);
            const int width = QFontMetrics(font).size(Qt::TextShowMnemonic, button->text()).width();
            return QSize(width + m_theme.px(6), m_theme.px(22));
        }
        int width = size.width() + 2 * m_theme.px(14);
        if (const QString hint = shortcutHint(widget); !hint.isEmpty())
            width += m_theme.px(8)
                + QFontMetrics(m_theme.font(TextRole::Label)).horizontalAdvance(hint);
        const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
        if (button && button->features.testFlag(QStyleOptionButton::HasMenu))
            width -= m_theme.px(4);
        return QSize(width, m_theme.px(Theme::kButtonHeight));
    }
    case CT_ToolButton:
        return QSize(qMax(size.width() + m_theme.px(12), m_theme.px(28)), m_theme.px(28));
    case CT_LineEdit:
        return QSize(result.width() + m_theme.px(14), m_theme.px(Theme::kFieldHeight));
    case CT_ComboBox:
        return QSize(size.width() + m_theme.px(46), m_theme.px(Theme::kFieldHeight));
    case CT_SpinBox:
        return QSize(size.width() + m_theme.px(38), m_theme.px(Theme::kFieldHeight));
    case CT_CheckBox:
    case CT_RadioButton:
        return QSize(result.width(), qMax(result.height(), m_theme.px(24)));
    case CT_MenuItem: {
        const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
        if (item && item->menuItemType == QStyleOptionMenuItem::Separator)
            return QSize(size.width(), m_theme.px(9));
        return QSize(size.width() + m_theme.px(58), m_theme.px(Theme::kRowHeight));
    }
    case CT_MenuBarItem:
        return QSize(size.width() + m_theme.px(18), m_theme.px(28));
    case CT_HeaderSection:
        return QSize(result.width() + m_theme.px(8), m_theme.px(Theme::kRowHeight));
    case CT_ItemViewItem:
        return QSize(
            result.width() + m_theme.px(8), qMax(result.height(), m_theme.px(Theme::kRowHeight)));
    case CT_ProgressBar:
        return QSize(size.width(), m_theme.px(4));
    default:
        return result;
    }
}

QRect MoldauStyle::subElementRect(
    SubElement element, const QStyleOption* option, const QWidget* widget) const
{
    switch (element) {
    case SE_LineEditContents: {
        const auto* panel = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (panel && panel->lineWidth == 0)
            return option->rect;
        return option->rect.adjusted(m_theme.px(8), 0, -m_theme.px(8), 0);
    }
    case SE_PushButtonFocusRect:
        return option->rect;
    case SE_ItemViewItemFocusRect:
        return {};
    case SE_ProgressBarGroove:
    case SE_ProgressBarContents:
        return option->rect;
    case SE_ProgressBarLabel:
        return {};
    default:
        return QProxyStyle::subElementRect(element, option, widget);
    }
}

QRect MoldauStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option,
    SubControl sub, const QWidget* widget) const
{
    const QRect rect = option->rect;
    if (control == CC_ComboBox) {
        const int arrowWidth = m_theme.px(26);
        switch (sub) {
        case SC_ComboBoxArrow:
            return visualRect(option->direction, rect,
                QRect(rect.right() - arrowWidth + 1, rect.top(), arrowWidth, rect.height()));
        case SC_ComboBoxEditField:
            return visualRect(option->direction, rect,
                rect.adjusted(m_theme.px(10), m_theme.px(2), -arrowWidth, -m_theme.px(2)));
        case SC_ComboBoxListBoxPopup:
            return rect.adjusted(0, m_theme.px(2), 0, m_theme.px(2));
        default:
            return rect;
        }
    }
    if (control == CC_SpinBox) {
        const int buttonWidth = m_theme.px(22);
        const int half = rect.height() / 2;
        switch (sub) {
        case SC_SpinBoxUp:
            return QRect(rect.right() - buttonWidth + 1, rect.top(), buttonWidth, half);
        case SC_SpinBoxDown:
            return QRect(rect.right() - buttonWidth + 1, rect.top() + half, buttonWidth,
                rect.height() - half);
        case SC_SpinBoxEditField:
            return rect.adjusted(m_theme.px(8), 1, -buttonWidth, -1);
        default:
            return rect;
        }
    }
    if (control == CC_ScrollBar) {
        const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
        if (bar && (sub == SC_ScrollBarAddLine || sub == SC_ScrollBarSubLine))
            return {};
        if (bar) {
            const bool isHorizontal = bar->orientation == Qt::Horizontal;
            const int length = isHorizontal ? rect.width() : rect.height();
            int handle = length;
            if (bar->maximum != bar->minimum) {
                const double range = double(bar->maximum) - bar->minimum;
                handle = qMax(m_theme.px(32),
                    static_cast<int>(length * bar->pageStep / (range + bar->pageStep)));
                handle = qMin(handle, length);
            }
            const int start = sliderPositionFromValue(
                bar->minimum, bar->maximum, bar->sliderPosition, length - handle, bar->upsideDown);
            const auto along = [&](int from, int size) {
                return isHorizontal ? QRect(rect.left() + from, rect.top(), size, rect.height())
                                    : QRect(rect.left(), rect.top() + from, rect.width(), size);
            };
            switch (sub) {
            case SC_ScrollBarSlider:
                return along(start, handle);
            case SC_ScrollBarSubPage:
                return along(0, start);
            case SC_ScrollBarAddPage:
                return along(start + handle, length - start - handle);
            default:
                return rect;
            }
        }
    }
    return QProxyStyle::subControlRect(control, option, sub, widget);
}

void MoldauStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
    QPainter* painter, const QWidget* widget) const
{
    if (!drawControlPrimitive(element, option, painter, widget)
        && !drawViewPrimitive(element, option, painter, widget))
        QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void MoldauStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
    const QWidget* widget) const
{
    switch (element) {
    case CE_PushButtonBevel:
        drawButtonPanel(option, painter, widget);
        return;
    case CE_PushButtonLabel:
        drawButtonLabel(option, painter, widget);
        return;
    case CE_Header:
        drawHeaderSection(option, painter);
        drawHeaderLabel(option, painter);
        return;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        drawHeaderSection(option, painter);
        return;
    case CE_HeaderLabel:
        drawHeaderLabel(option, painter);
        return;
    case CE_TabBarTabShape:
        return;
    case CE_TabBarTabLabel:
        drawTab(option, painter, widget);
        return;
    case CE_MenuItem:
        drawMenuItem(option, painter, widget);
        return;
    case CE_MenuEmptyArea:
    case CE_MenuBarEmptyArea:
        return;
    case CE_MenuBarItem: {
        const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
        if (!item)
            return;
        if (option->state.testAnyFlags(State_Selected | State_Sunken))
            drawBox(*painter, option->rect.adjusted(1, 2, -1, -2), m_theme.pxf(5),
                m_theme.color(Tone::Raised));
        painter->setPen(
            m_theme.color(option->state.testFlag(State_Enabled) ? Tone::Ink : Tone::Faint));
        painter->drawText(
            option->rect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, item->text);
        return;
    }
    case CE_ProgressBarGroove:
    case CE_ProgressBarContents:
        drawProgress(option, painter);
        return;
    case CE_ProgressBarLabel:
        return;
    case CE_Splitter:
        if (option->state.testFlag(State_MouseOver)) {
            const QRectF rect = option->rect;
            const bool isVerticalBar = rect.height() > rect.width();
            const double thickness = m_theme.pxf(3);
            const QRectF grip = isVerticalBar
                ? QRectF(rect.center().x() - thickness / 2, rect.center().y() - m_theme.pxf(14),
                    thickness, m_theme.pxf(28))
                : QRectF(rect.center().x() - m_theme.pxf(14), rect.center().y() - thickness / 2,
                    m_theme.pxf(28), thickness);
            drawBox(*painter, grip, thickness / 2, m_theme.color(Tone::Faint));
        }
        return;
    case CE_ShapedFrame: {
        const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (frame && frame->frameShape == QFrame::HLine) {
            drawHairline(*painter, option->rect.left(), option->rect.center().y(),
                option->rect.right() + 1.0, m_theme.color(Tone::Line));
            return;
        }
        if (frame && frame->frameShape == QFrame::VLine) {
            drawVerticalHairline(*painter, option->rect.center().x(), option->rect.top(),
                option->rect.bottom() + 1.0, m_theme.color(Tone::Line));
            return;
        }
        if (frame && frame->frameShape == QFrame::NoFrame)
            return;
        if (widget
            && (qobject_cast<const QPlainTextEdit*>(widget)
                || qobject_cast<const QTextEdit*>(widget)))
            drawFieldPanel(option, painter, widget);
        return;
    }
    case CE_FocusFrame:
        drawFocusRing(*painter, option->rect, m_theme.pxf(Theme::kFieldRadius));
        return;
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void MoldauStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
    QPainter* painter, const QWidget* widget) const
{
    switch (control) {
    case CC_ComboBox:
        drawComboBox(option, painter, widget);
        return;
    case CC_SpinBox:
        drawSpinBox(option, painter, widget);
        return;
    case CC_Slider:
        drawSlider(option, painter, widget);
        return;
    case CC_ScrollBar:
        drawScrollBar(option, painter);
        return;
    case CC_ToolButton:
        // Panel and picture; a menu behind it needs no arrow, the tooltip says what it is.
        if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option)) {
            drawPrimitive(PE_PanelButtonTool, option, painter, widget);
            QStyleOptionToolButton label = *button;
            label.features &= ~QStyleOptionToolButton::HasMenu;
            drawControl(CE_ToolButtonLabel, &label, painter, widget);
        }
        return;
    default:
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

} // namespace moldau::widgets
