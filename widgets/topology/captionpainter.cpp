#include "topology/captionpainter.h"

#include "common/painting.h"

#include <QTextLayout>

#include <algorithm>

namespace moldau::widgets {

QString CaptionPainter::hiddenTopicsText(int hiddenTopics)
{
    return tr("%n topic(s) not shown", nullptr, hiddenTopics);
}

QRectF CaptionPainter::hiddenTopicsRect(const QRectF& legend, const Theme& theme, int hiddenTopics)
{
    if (hiddenTopics <= 0)
        return {};
    const double width = QFontMetricsF(theme.font(TextRole::Small))
                             .horizontalAdvance(hiddenTopicsText(hiddenTopics))
        + theme.pxf(4);
    return QRectF(legend.right() - width, legend.top(), width, legend.height());
}

void CaptionPainter::legend(const QRectF& rect, int hiddenTopics)
{
    const QRectF more = hiddenTopicsRect(rect, m_theme, hiddenTopics);
    if (!more.isNull())
        text(more, Qt::AlignVCenter | Qt::AlignRight, hiddenTopicsText(hiddenTopics),
            TextRole::Small, tone(Tone::Accent), QFont::Medium);
    const double limit = more.isNull() ? rect.right() : more.left() - px(12);
    const double middle = rect.center().y();
    const QColor sample = m_theme.topic(0);
    const QFontMetricsF metrics(m_theme.font(TextRole::Tiny));
    double x = rect.left();
    const auto entry = [&](double sampleWidth, const QString& words, const auto& draw) {
        const double width = sampleWidth + px(5) + metrics.horizontalAdvance(words);
        if (x + width > limit)
            return;
        m_painter.save();
        draw(QRectF(x, middle - px(5), sampleWidth, px(10)));
        m_painter.restore();
        text(QRectF(x + sampleWidth + px(5), rect.top(), width, rect.height()), Qt::AlignVCenter,
            words, TextRole::Tiny, tone(Tone::Muted));
        x += width + px(13);
    };
    entry(px(14), tr("leader"), [&](const QRectF& box) { drawBox(m_painter, box, px(3), sample); });
    entry(px(14), tr("follower"), [&](const QRectF& box) {
        drawBox(m_painter, box, px(3), tone(Tone::Surface), sample, px(1.4));
    });
    entry(px(14), tr("out of sync"), [&](const QRectF& box) {
        QPen pen(tone(Tone::Bad), px(1.3));
        pen.setDashPattern({2.4, 1.8});
        m_painter.setPen(pen);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRoundedRect(box.adjusted(0.7, 0.7, -0.7, -0.7), px(3), px(3));
    });
    entry(px(14), tr("offline"), [&](const QRectF& box) {
        drawBox(m_painter, box, px(3), {}, tone(Tone::Offline), px(1.2));
        m_painter.setPen(QPen(tone(Tone::Offline), px(1)));
        m_painter.drawLine(box.topLeft() + QPointF(2, 1), box.bottomRight() - QPointF(2, 1));
        m_painter.drawLine(box.bottomLeft() + QPointF(2, -1), box.topRight() - QPointF(2, -1));
    });
    entry(px(34), tr("full to high watermark, pale to log end"), [&](const QRectF& box) {
        m_painter.setPen(Qt::NoPen);
        const double cell = px(5);
        for (int i = 0; i < 5; ++i) {
            m_painter.setBrush(withAlpha(sample, i < 3 ? 0.9 : i == 3 ? 0.45 : 0.15));
            m_painter.drawRoundedRect(
                QRectF(box.left() + i * (cell + px(2)), middle - px(3.5), cell, px(7)), px(1.6),
                px(1.6));
        }
        m_painter.setBrush(tone(Tone::Ink));
        m_painter.drawRect(
            QRectF(box.left() + 3 * (cell + px(2)) - px(1.8), middle - px(5.5), px(1.6), px(11)));
    });
    entry(px(8), tr("a group's position"), [&](const QRectF& box) {
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(tone(Tone::Ink));
        m_painter.drawPolygon(QPolygonF{{box.center().x(), middle - px(2.6)},
            {box.center().x() - px(3.4), middle + px(2.6)},
            {box.center().x() + px(3.4), middle + px(2.6)}});
    });
}

void CaptionPainter::hint(const QRectF& rect, const QString& words)
{
    text(rect, Qt::AlignVCenter, words, TextRole::Small, tone(Tone::Muted));
}

void CaptionPainter::caption(const QRectF& place, const QString& words, double opacity)
{
    m_painter.save();
    m_painter.setOpacity(opacity);
    QFont font = m_theme.font(TextRole::Label);
    font.setWeight(QFont::Medium);
    const bool isNote = place.height() > px(40);
    if (isNote) {
        note(place, words, font);
    } else {
        const double width
            = std::min(place.width(), QFontMetricsF(font).horizontalAdvance(words) + px(28));
        const QRectF box(
            place.center().x() - width / 2, place.center().y() - px(11), width, px(22));
        drawBox(m_painter, box, px(11), tone(Tone::Ink));
        text(box.adjusted(px(14), 0, -px(14), 0), Qt::AlignCenter, words, TextRole::Label,
            tone(Tone::Surface), QFont::Medium);
    }
    m_painter.restore();
}

void CaptionPainter::note(const QRectF& place, const QString& words, const QFont& font)
{
    // Beside the voters, who decided it: two or three lines behind a bar.
    drawBox(m_painter, QRectF(place.left(), place.top() + px(2), px(3), place.height() - px(4)),
        px(1.5), tone(Tone::Accent));
    m_painter.setFont(font);
    m_painter.setPen(tone(Tone::Ink));
    const QRectF box = place.adjusted(px(12), 0, 0, 0);
    QTextLayout layout(words, font);
    layout.beginLayout();
    const double lineHeight = QFontMetricsF(font).height();
    const int limit = std::max(1, static_cast<int>(box.height() / lineHeight));
    QList<QTextLine> lines;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(box.width());
        lines.append(line);
    }
    layout.endLayout();
    const auto shown = std::min<qsizetype>(lines.size(), limit);
    double y = box.center().y() - static_cast<double>(shown) * lineHeight / 2;
    for (qsizetype i = 0; i < shown; ++i, y += lineHeight) {
        const QString line = i + 1 == limit
            ? words.mid(lines[i].textStart())
            : words.mid(lines[i].textStart(), lines[i].textLength());
        drawElided(m_painter, QRectF(box.left(), y, box.width(), lineHeight), Qt::AlignVCenter,
            line.trimmed());
    }
}

} // namespace moldau::widgets
