#include "panes/composefindings.h"

#include "common/painting.h"
#include "common/theme.h"

#include <QCoreApplication>
#include <QPainter>
#include <QRegularExpression>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

Tone toneOf(compose::Severity severity)
{
    switch (severity) {
    case compose::Severity::Error:
        return Tone::Bad;
    case compose::Severity::Warning:
        return Tone::Warning;
    case compose::Severity::Hint:
        return Tone::Accent;
    }
    return Tone::Bad;
}

/** Severity and place in a line, then the message and the fix, wrapped. */
class FindingDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const int width = std::max(120,
            option.widget ? static_cast<const QListView*>(option.widget)->viewport()->width()
                          : 300);
        return QSize(width, layOut(nullptr, QRect(0, 0, width, 0), index));
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override
    {
        const Theme& theme = Theme::current();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(option.rect, theme.color(Tone::AccentGround));
        else if (option.state.testFlag(QStyle::State_MouseOver))
            painter->fillRect(option.rect, theme.color(Tone::Raised));
        layOut(painter, option.rect, index);
        drawHairline(*painter, option.rect.left(), option.rect.bottom(), option.rect.right() + 1,
            theme.color(Tone::Line));
        painter->restore();
    }

private:
    /** Paints when there is a painter; the height in either case. */
    int layOut(QPainter* painter, const QRect& rect, const QModelIndex& index) const
    {
        const Theme& theme = Theme::current();
        const auto severity
            = static_cast<compose::Severity>(index.data(ComposeFindings::SeverityRole).toInt());
        const int side = theme.px(15);
        const int width = rect.width() - 2 * side;
        int y = rect.top() + theme.px(10);
        const QFont strong = theme.font(TextRole::Strong);
        const QFontMetrics strongMetrics(strong);
        if (painter) {
            drawDot(*painter,
                QPointF(rect.left() + side + theme.pxf(4), y + strongMetrics.height() / 2.0),
                theme.pxf(8), theme.color(toneOf(severity)));
            painter->setFont(strong);
            painter->setPen(theme.color(toneOf(severity)));
            const QRect line(
                rect.left() + side + theme.px(14), y, width - theme.px(14), strongMetrics.height());
            painter->drawText(
                line, Qt::AlignLeft | Qt::AlignVCenter, ComposeFindings::severityText(severity));
            painter->setFont(theme.font(TextRole::SmallData));
            painter->setPen(theme.color(Tone::Muted));
            painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter,
                index.data(ComposeFindings::PlaceRole).toString());
        }
        y += strongMetrics.height() + theme.px(4);
        y = paragraph(painter, index.data(Qt::DisplayRole).toString(), theme.font(TextRole::Body),
            theme.color(Tone::Ink), QRect(rect.left() + side, y, width, 0));
        if (const QString fix = index.data(ComposeFindings::FixRole).toString(); !fix.isEmpty())
            y = paragraph(painter, fix, theme.font(TextRole::Label), theme.color(Tone::Muted),
                QRect(rect.left() + side, y + theme.px(4), width, 0));
        return y + theme.px(11) - rect.top();
    }

    static int paragraph(QPainter* painter, const QString& text, const QFont& font,
        const QColor& color, const QRect& at)
    {
        // Words stay whole; only what is longer than the line is broken inside.
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        QTextLayout layout(text, font);
        layout.setTextOption(option);
        layout.beginLayout();
        double height = 0;
        for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(at.width());
            line.setPosition(QPointF(0, height));
            height += line.height();
        }
        layout.endLayout();
        if (painter) {
            painter->setPen(color);
            layout.draw(painter, at.topLeft());
        }
        return at.top() + static_cast<int>(std::ceil(height));
    }
};

} // namespace

ComposeFindings::ComposeFindings(QWidget* parent)
    : QListView(parent)
    , m_model(new QStandardItemModel(this))
{
    setAccessibleName(tr("Findings"));
    setObjectName(u"Findings"_s);
    setFrameShape(QFrame::NoFrame);
    setModel(m_model);
    setItemDelegate(new FindingDelegate(this));
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setResizeMode(Adjust);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (const compose::Finding* finding = current())
            emit chosen(*finding);
    });
}

QString ComposeFindings::textOf(const compose::Sentence& sentence)
{
    const QByteArray english = QByteArray::fromStdString(sentence.text());
    if (sentence.isData())
        return QString::fromUtf8(english);
    const QByteArray pattern(
        sentence.pattern().data(), static_cast<qsizetype>(sentence.pattern().size()));
    const QString translated = QCoreApplication::translate("Doctor", pattern.constData());
    if (translated == QString::fromUtf8(pattern))
        return QString::fromUtf8(english);
    // Parts are inserted behind one another: a part that looks like a place stays as it is.
    static const QRegularExpression place(u"\\{(\\d)\\}"_s);
    QString text;
    qsizetype done = 0;
    for (const QRegularExpressionMatch& match : place.globalMatch(translated)) {
        const auto number = static_cast<std::size_t>(match.capturedView(1).toInt());
        text += QStringView(translated).mid(done, match.capturedStart() - done);
        if (number < sentence.parts().size())
            text += textOf(sentence.parts()[number]);
        done = match.capturedEnd();
    }
    text += QStringView(translated).mid(done);
    return text;
}

QString ComposeFindings::severityText(compose::Severity severity)
{
    switch (severity) {
    case compose::Severity::Error:
        return tr("Error");
    case compose::Severity::Warning:
        return tr("Warning");
    case compose::Severity::Hint:
        return tr("Hint");
    }
    return {};
}

const compose::Finding* ComposeFindings::current() const
{
    const int row = currentIndex().row();
    return row >= 0 && static_cast<std::size_t>(row) < m_findings.size()
        ? &m_findings[static_cast<std::size_t>(row)]
        : nullptr;
}

void ComposeFindings::setFindings(std::vector<compose::Finding> findings)
{
    const int row = currentIndex().row();
    const QSignalBlocker block(selectionModel());
    m_findings = std::move(findings);
    // What keeps a broker from starting comes first.
    std::stable_sort(m_findings.begin(), m_findings.end(),
        [](const auto& a, const auto& b) { return a.severity < b.severity; });
    m_model->clear();
    for (const compose::Finding& finding : m_findings) {
        const QString message = textOf(finding.message);
        const QString place
            = tr("line %1, column %2").arg(finding.position.line).arg(finding.position.column);
        auto* item = new QStandardItem(message);
        item->setData(static_cast<int>(finding.severity), SeverityRole);
        item->setData(place + u" · "_s + QString::fromStdString(finding.code), PlaceRole);
        item->setData(QString::fromStdString(finding.code), CodeRole);
        const QString fix = textOf(finding.fix);
        item->setData(fix, FixRole);
        item->setData(u"%1, %2: %3. %4"_s.arg(severityText(finding.severity), place, message, fix),
            Qt::AccessibleTextRole);
        item->setEditable(false);
        m_model->appendRow(item);
    }
    if (row >= 0 && row < m_model->rowCount())
        setCurrentIndex(m_model->index(row, 0));
}

void ComposeFindings::resizeEvent(QResizeEvent* event)
{
    QListView::resizeEvent(event);
    scheduleDelayedItemsLayout();
}

} // namespace moldau::widgets
