#include "panes/assignmentview.h"

#include "common/painting.h"
#include "common/theme.h"

#include <QPainter>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int kLine = 23;
constexpr int kMaxMembers = 4;
} // namespace

AssignmentView::AssignmentView(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void AssignmentView::setMembers(const QList<Member>& members, const QColor& color)
{
    if (m_members == members && m_color == color)
        return;
    m_members = members;
    m_color = color;
    QStringList lines;
    for (const Member& member : members) {
        QStringList numbers;
        for (const int partition : member.partitions)
            numbers.append(QString::number(partition));
        lines.append(tr("%1: partitions %2")
                         .arg(member.name, numbers.isEmpty() ? tr("none") : numbers.join(u", "_s)));
    }
    setAccessibleName(lines.join(u"; "_s));
    setToolTip(lines.join(u'\n'));
    updateGeometry();
    update();
}

QSize AssignmentView::sizeHint() const
{
    const Theme& theme = Theme::current();
    const auto lines = std::min<qsizetype>(m_members.size(), kMaxMembers)
        + (m_members.size() > kMaxMembers ? 1 : 0);
    return QSize(theme.px(120), theme.px(kLine) * static_cast<int>(lines));
}

void AssignmentView::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const double line = theme.px(kLine);
    const QFont chipFont = theme.font(TextRole::SmallData);
    for (qsizetype i = 0; i < std::min<qsizetype>(m_members.size(), kMaxMembers); ++i) {
        const Member& member = m_members[i];
        const QRectF row(0, static_cast<double>(i) * line, width(), line);
        double right = row.right();
        painter.setFont(chipFont);
        for (auto it = member.partitions.rbegin(); it != member.partitions.rend(); ++it) {
            const QString text = QString::number(*it);
            const double chipWidth = std::max<double>(
                theme.pxf(20), painter.fontMetrics().horizontalAdvance(text) + theme.pxf(10));
            if (right - chipWidth < theme.pxf(90)) {
                painter.setPen(theme.color(Tone::Muted));
                painter.drawText(QRectF(right - theme.pxf(16), row.top(), theme.pxf(14), line),
                    Qt::AlignCenter, u"…"_s);
                right -= theme.pxf(18);
                break;
            }
            const QRectF chip(
                right - chipWidth, row.center().y() - theme.pxf(9), chipWidth, theme.pxf(18));
            drawBox(painter, chip, theme.pxf(4), m_color);
            painter.setPen(Theme::textOn(m_color));
            painter.drawText(chip, Qt::AlignCenter, text);
            right -= chipWidth + theme.pxf(5);
        }
        if (member.partitions.isEmpty()) {
            painter.setPen(theme.color(Tone::Faint));
            painter.setFont(theme.font(TextRole::Small));
            const QString none = tr("no partition");
            const double noneWidth = painter.fontMetrics().horizontalAdvance(none);
            painter.drawText(row, Qt::AlignVCenter | Qt::AlignRight, none);
            right -= noneWidth + theme.pxf(6);
        }
        QFont font = theme.font(TextRole::Label);
        if (member.isThisPane)
            font.setWeight(QFont::Medium);
        painter.setFont(font);
        painter.setPen(theme.color(Tone::Ink));
        drawElided(painter, QRectF(row.left(), row.top(), right - row.left() - theme.pxf(4), line),
            Qt::AlignVCenter, member.name, Qt::ElideMiddle);
    }
    if (m_members.size() > kMaxMembers) {
        painter.setFont(theme.font(TextRole::Small));
        painter.setPen(theme.color(Tone::Muted));
        painter.drawText(QRectF(0, kMaxMembers * line, width(), line), Qt::AlignVCenter,
            tr("and %n more member(s)", nullptr, static_cast<int>(m_members.size()) - kMaxMembers));
    }
}

} // namespace moldau::widgets
