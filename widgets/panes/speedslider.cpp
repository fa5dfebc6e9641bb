#include "panes/speedslider.h"

#include "common/painting.h"
#include "common/theme.h"

#include <QPainter>
#include <QStyleOptionSlider>

#include <cmath>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int kDecade = 20; // slider steps for a factor of ten
constexpr int kEnd = 3 * kDecade;
} // namespace

SpeedSlider::SpeedSlider(QWidget* parent)
    : QSlider(Qt::Horizontal, parent)
{
    setRange(0, kEnd);
    setValue(kEnd);
    setPageStep(kDecade);
    setAccessibleName(tr("Speed"));
    setObjectName(u"Speed"_s);
    setFixedSize(sizeHint());
    connect(this, &QSlider::valueChanged, this, [this] {
        setAccessibleDescription(textOf(speed()));
        setToolTip(tr("Slow motion: %1 of real time").arg(textOf(speed())));
        emit speedChanged(speed());
    });
    setToolTip(tr("Slow motion: %1 of real time").arg(textOf(1)));
}

double SpeedSlider::speed() const
{
    return std::pow(10.0, (value() - kEnd) / double(kDecade));
}

void SpeedSlider::setSpeed(double speed)
{
    setValue(kEnd + static_cast<int>(std::lround(std::log10(speed) * kDecade)));
}

QString SpeedSlider::textOf(double speed)
{
    const double part = 1 / speed;
    return u"1/%1"_s.arg(part < 9.5 ? std::round(part * 10) / 10 : std::round(part));
}

QSize SpeedSlider::sizeHint() const
{
    const Theme& theme = Theme::current();
    return QSize(theme.px(216), theme.px(34));
}

void SpeedSlider::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    QStyleOptionSlider option;
    initStyleOption(&option);
    const QRectF handle
        = style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, this);
    const double half = handle.width() / 2;
    const double y = theme.pxf(12);
    const double left = half;
    const double right = width() - half;
    const auto xAt = [&](int value) { return left + (right - left) * value / kEnd; };
    drawBox(painter, QRectF(left, y - theme.pxf(1), right - left, theme.pxf(2)), theme.pxf(1),
        theme.color(Tone::Line));
    painter.setFont(theme.font(TextRole::Tiny));
    const QString marks[] = {u"1/1000"_s, u"1/100"_s, u"1/10"_s, u"1/1"_s};
    for (int i = 0; i <= 3; ++i) {
        const double x = xAt(i * kDecade);
        drawDot(painter, QPointF(x, y), theme.pxf(5), theme.color(Tone::Faint));
        painter.setPen(theme.color(Tone::Muted));
        const double room = theme.pxf(48);
        QRectF box(x - room / 2, y + theme.pxf(8), room, theme.pxf(14));
        int alignment = Qt::AlignHCenter | Qt::AlignTop;
        if (box.left() < 0) {
            box.moveLeft(0);
            alignment = Qt::AlignLeft | Qt::AlignTop;
        } else if (box.right() > width()) {
            box.moveRight(width());
            alignment = Qt::AlignRight | Qt::AlignTop;
        }
        painter.drawText(box, alignment, marks[i]);
    }
    const QPointF center(xAt(value()), y);
    drawDot(painter, center, theme.pxf(13), theme.color(Tone::Accent));
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange)) {
        const double ring = theme.pxf(20);
        drawFocusRing(
            painter, QRectF(center.x() - ring / 2, center.y() - ring / 2, ring, ring), ring / 2);
    }
}

} // namespace moldau::widgets
