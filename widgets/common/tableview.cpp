#include "common/tableview.h"

#include "common/painting.h"
#include "common/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QHelpEvent>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QPainter>
#include <QSettings>
#include <QToolTip>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kMaxCopiedRows = 100'000;

QFont cellFont(const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const QVariant own = index.data(Qt::FontRole);
    QFont font = own.isValid()            ? own.value<QFont>()
        : index.data(IsDataRole).toBool() ? Theme::current().font(TextRole::Data)
                                          : option.font;
    if (index.data(IsFaintRole).toBool())
        font.setItalic(true);
    return font;
}

QRectF textRectOf(const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const Theme& theme = Theme::current();
    QRectF rect = QRectF(option.rect).adjusted(theme.pxf(10), 0, -theme.pxf(10), 0);
    if (index.data(DotRole).isValid())
        rect.setLeft(rect.left() + theme.pxf(18));
    return rect;
}

double badgeWidth(const QString& badge)
{
    if (badge.isEmpty())
        return 0;
    const Theme& theme = Theme::current();
    return QFontMetrics(theme.font(TextRole::Tiny)).horizontalAdvance(badge) + theme.pxf(22);
}

QString exactText(const QModelIndex& index)
{
    const QVariant exact = index.data(ExactTextRole);
    return exact.isValid() ? exact.toString() : index.data(Qt::DisplayRole).toString();
}

QString csvField(QString text)
{
    static const QString special = u"\",\r\n"_s;
    if (std::any_of(text.cbegin(), text.cend(), [](QChar c) { return special.contains(c); }))
        return u'"' + text.replace(u'"', u"\"\""_s) + u'"';
    return text;
}

void setUpView(QAbstractItemView& view, const QString& accessibleName)
{
    view.setAccessibleName(accessibleName);
    view.setObjectName(accessibleName);
    view.setItemDelegate(new TableDelegate(&view));
    view.setSelectionBehavior(QAbstractItemView::SelectRows);
    view.setSelectionMode(QAbstractItemView::ExtendedSelection);
    view.setEditTriggers(QAbstractItemView::NoEditTriggers);
    view.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view.setFrameShape(QFrame::NoFrame);
    view.setMouseTracking(true);
}

} // namespace

void TableDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = Theme::current();
    QStyleOptionViewItem cell = option;
    cell.backgroundBrush = index.data(Qt::BackgroundRole).value<QBrush>();
    const QWidget* widget = option.widget;
    QStyle* style = widget ? widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &cell, painter, widget);

    const QRectF rect = option.rect;
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    drawHairline(*painter, rect.left(), rect.bottom(), rect.right() + 1, theme.color(Tone::Line));
    if (isSelected && index.column() == 0 && !qobject_cast<const QTreeView*>(widget))
        painter->fillRect(QRectF(rect.left(), rect.top(), theme.pxf(3), rect.height()),
            theme.color(Tone::Accent));

    painter->save();
    if (const QVariant dot = index.data(DotRole); dot.isValid())
        drawDot(*painter, QPointF(rect.left() + theme.pxf(14), rect.center().y()), theme.pxf(8),
            dot.value<QColor>());

    const QVariant alignmentData = index.data(Qt::TextAlignmentRole);
    const int alignment = alignmentData.isValid() ? alignmentData.toInt() | Qt::AlignVCenter
                                                  : int(Qt::AlignLeft | Qt::AlignVCenter);
    const QVariant foreground = index.data(Qt::ForegroundRole);
    painter->setFont(cellFont(option, index));
    painter->setPen(index.data(IsFaintRole).toBool() ? theme.color(Tone::Faint)
            : foreground.isValid()                   ? foreground.value<QBrush>().color()
                                                     : theme.color(Tone::Ink));
    QRectF textRect = textRectOf(option, index);
    const QString badge = index.data(BadgeRole).toString();
    textRect.setRight(textRect.right() - badgeWidth(badge));
    const QVariant elide = index.data(ElideRole);
    QString text = index.data(Qt::DisplayRole).toString();
    // A cell shows one line; what follows a line break is for the detail.
    if (const auto lineBreak = text.indexOf(u'\n'); lineBreak >= 0)
        text = text.left(lineBreak) + u" …"_s;
    drawElided(*painter, textRect, alignment, text,
        elide.isValid() ? static_cast<Qt::TextElideMode>(elide.toInt()) : Qt::ElideRight);
    if (!badge.isEmpty()) {
        const double textWidth
            = qMin<double>(painter->fontMetrics().horizontalAdvance(text), textRect.width());
        painter->setFont(theme.font(TextRole::Tiny));
        const QColor warning = theme.color(Tone::Warning);
        const QRectF box(textRect.left() + textWidth + theme.pxf(8),
            rect.center().y() - theme.pxf(9), badgeWidth(badge) - theme.pxf(8), theme.pxf(18));
        drawBox(*painter, box, box.height() / 2,
            Theme::blend(warning, theme.color(Tone::Surface), 0.14));
        painter->setPen(warning);
        painter->drawText(box, Qt::AlignCenter, badge);
    }
    painter->restore();

    if (option.state.testFlag(QStyle::State_HasFocus)
        && option.state.testFlag(QStyle::State_KeyboardFocusChange))
        drawFocusRing(*painter, rect.adjusted(1, 1, -1, -1), theme.pxf(3));
}

QSize TableDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = Theme::current();
    const QFontMetrics metrics(cellFont(option, index));
    const double dot = index.data(DotRole).isValid() ? theme.pxf(18) : 0;
    const double width = metrics.horizontalAdvance(index.data(Qt::DisplayRole).toString().left(200))
        + theme.pxf(22) + dot + badgeWidth(index.data(BadgeRole).toString());
    return QSize(static_cast<int>(width) + 1, theme.px(Theme::kRowHeight));
}

bool TableDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view,
    const QStyleOptionViewItem& option, const QModelIndex& index)
{
    if (event->type() == QEvent::ToolTip && index.isValid()
        && !index.data(Qt::ToolTipRole).isValid()) {
        const QString text = index.data(Qt::DisplayRole).toString();
        const QFontMetrics metrics(cellFont(option, index));
        const double room
            = textRectOf(option, index).width() - badgeWidth(index.data(BadgeRole).toString());
        if (metrics.horizontalAdvance(text) > room) {
            QToolTip::showText(event->globalPos(), exactText(index).left(2'000), view);
            return true;
        }
        QToolTip::hideText();
        return true;
    }
    return QStyledItemDelegate::helpEvent(event, view, option, index);
}

TableView::TableView(const QString& accessibleName, QWidget* parent)
    : QTableView(parent)
{
    const Theme& theme = Theme::current();
    setUpView(*this, accessibleName);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(theme.px(20));
    verticalHeader()->setDefaultSectionSize(theme.px(Theme::kRowHeight));
    QHeaderView* header = horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setMinimumSectionSize(theme.px(40));
    header->setStretchLastSection(true);
    header->setSectionsMovable(true);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QHeaderView::customContextMenuRequested, this, &TableView::showColumnMenu);
}

void TableView::fitColumns(int limit)
{
    if (!model())
        return;
    horizontalHeader()->setResizeContentsPrecision(60);
    const int last = model()->columnCount() - 1;
    for (int column = 0; column < last; ++column) {
        const int wanted
            = qMax(sizeHintForColumn(column), horizontalHeader()->sectionSizeHint(column));
        setColumnWidth(column, qMin(wanted, Theme::current().px(limit)));
    }
}

QMenu* TableView::createCopyMenu()
{
    auto* menu = new QMenu(this);
    QAction* text = menu->addAction(tr("Copy"), this, [this] { copy(CopyFormat::Text); });
    text->setShortcut(QKeySequence::Copy);
    text->setShortcutContext(Qt::WidgetShortcut);
    menu->addAction(tr("Copy as CSV"), this, [this] { copy(CopyFormat::Csv); });
    menu->addAction(tr("Copy as JSON"), this, [this] { copy(CopyFormat::Json); });
    return menu;
}

void TableView::setStateKey(const QString& key)
{
    m_stateKey = key;
    const QByteArray state = QSettings().value(u"tables/"_s + key).toByteArray();
    if (!state.isEmpty())
        horizontalHeader()->restoreState(state);
    connect(horizontalHeader(), &QHeaderView::sectionMoved, this, &TableView::saveState,
        Qt::UniqueConnection);
}

QString TableView::textOf(CopyFormat format) const
{
    if (!model() || !selectionModel())
        return {};
    QModelIndexList rows = selectionModel()->selectedRows();
    if (rows.isEmpty()) {
        for (int row = 0; row < qMin(model()->rowCount(), kMaxCopiedRows); ++row)
            rows.append(model()->index(row, 0));
    }
    std::sort(rows.begin(), rows.end(),
        [](const QModelIndex& a, const QModelIndex& b) { return a.row() < b.row(); });
    QList<int> columns;
    for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
        const int column = horizontalHeader()->logicalIndex(visual);
        if (!isColumnHidden(column))
            columns.append(column);
    }
    const auto title
        = [this](int column) { return model()->headerData(column, Qt::Horizontal).toString(); };

    if (format == CopyFormat::Json) {
        QJsonArray array;
        for (const QModelIndex& row : rows) {
            QJsonObject object;
            for (int column : columns)
                object.insert(title(column), exactText(row.siblingAtColumn(column)));
            array.append(object);
        }
        return QString::fromUtf8(QJsonDocument(array).toJson());
    }
    QStringList lines;
    QStringList fields;
    if (format == CopyFormat::Csv) {
        for (int column : columns)
            fields.append(csvField(title(column)));
        lines.append(fields.join(u','));
    }
    for (const QModelIndex& row : rows) {
        fields.clear();
        for (int column : columns) {
            const QString text = exactText(row.siblingAtColumn(column));
            fields.append(format == CopyFormat::Csv ? csvField(text) : text);
        }
        lines.append(fields.join(format == CopyFormat::Csv ? u',' : u'\t'));
    }
    return lines.join(u'\n') + u'\n';
}

void TableView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copy(CopyFormat::Text);
        return;
    }
    QTableView::keyPressEvent(event);
}

void TableView::contextMenuEvent(QContextMenuEvent* event)
{
    if (receivers(SIGNAL(contextMenuRequested(QPoint))) > 0) {
        emit contextMenuRequested(event->globalPos());
        return;
    }
    QMenu* menu = createCopyMenu();
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(event->globalPos());
}

void TableView::copy(CopyFormat format)
{
    QApplication::clipboard()->setText(textOf(format));
}

void TableView::showColumnMenu(const QPoint& position)
{
    if (!model())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const int shown = horizontalHeader()->count() - horizontalHeader()->hiddenSectionCount();
    for (int column = 0; column < model()->columnCount(); ++column) {
        QAction* action = menu->addAction(model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        action->setEnabled(shown > 1 || isColumnHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool isShown) {
            setColumnHidden(column, !isShown);
            saveState();
        });
    }
    menu->addSeparator();
    menu->addAction(tr("Fit columns to their content"), this, [this] { fitColumns(); });
    menu->popup(horizontalHeader()->mapToGlobal(position));
}

void TableView::saveState() const
{
    if (!m_stateKey.isEmpty())
        QSettings().setValue(u"tables/"_s + m_stateKey, horizontalHeader()->saveState());
}

TreeView::TreeView(const QString& accessibleName, QWidget* parent)
    : QTreeView(parent)
{
    const Theme& theme = Theme::current();
    setUpView(*this, accessibleName);
    setProperty("moldauFlatRows", true);
    setIndentation(theme.px(20));
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setExpandsOnDoubleClick(true);
    header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header()->setHighlightSections(false);
    header()->setMinimumSectionSize(theme.px(40));
}

void TreeView::contextMenuEvent(QContextMenuEvent* event)
{
    emit contextMenuRequested(event->globalPos());
}

void TreeView::drawRow(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = Theme::current();
    const QRectF rect = option.rect;
    // The whole row, its indentation included; cells would leave gaps.
    if (selectionModel() && selectionModel()->isSelected(index))
        painter->fillRect(rect, theme.color(Tone::AccentGround));
    QTreeView::drawRow(painter, option, index);
    drawHairline(*painter, rect.left(), rect.bottom(), rect.right() + 1, theme.color(Tone::Line));
    if (selectionModel() && selectionModel()->isSelected(index))
        painter->fillRect(QRectF(rect.left(), rect.top(), theme.pxf(3), rect.height()),
            theme.color(Tone::Accent));
}

} // namespace moldau::widgets
