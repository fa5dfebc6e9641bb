#include "panes/messageview.h"

#include "common/painting.h"
#include "common/tableview.h"
#include "common/theme.h"
#include "models/messagemodel.h"
#include "panes/messageviewaccessible.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <limits>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kMostCopied = 10'000;
constexpr int kWidestColumn = 360;

QString csvField(const QString& text)
{
    const bool isPlain = std::none_of(text.cbegin(), text.cend(),
        [](QChar c) { return c == u'"' || c == u',' || c == u'\n' || c == u'\r'; });
    QString quoted = text;
    return isPlain ? text : u'"' + quoted.replace(u'"', u"\"\""_s) + u'"';
}

} // namespace

MessageView::MessageView(QWidget* parent)
    : QAbstractItemView(parent)
    , m_header(new QHeaderView(Qt::Horizontal, this))
{
    installMessageViewAccessibility();
    setItemDelegate(new TableDelegate(this));
    setProperty("moldauFlatRows", true);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setAutoScroll(true);
    m_header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_header->setHighlightSections(false);
    m_header->setStretchLastSection(true);
    m_header->setSectionsClickable(false);
    m_header->setMinimumSectionSize(Theme::current().px(40));
    m_header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_header, &QHeaderView::sectionResized, this, [this] {
        updateGeometries();
        viewport()->update();
    });
    connect(m_header, &QHeaderView::sectionCountChanged, this, [this] {
        m_isFitted = false;
        updateGeometries();
        viewport()->update();
    });
}

void MessageView::setMessageModel(MessageModel* model)
{
    m_messages = model;
    setModel(model);
}

void MessageView::setModel(QAbstractItemModel* model)
{
    QAbstractItemView::setModel(model);
    m_header->setModel(model);
    updateGeometries();
}

int MessageView::rows() const
{
    return model() ? model()->rowCount() : 0;
}

int MessageView::rowHeight() const
{
    return Theme::current().px(Theme::kRowHeight);
}

int MessageView::rowsOnPage() const
{
    return std::max(1, viewport()->height() / rowHeight());
}

bool MessageView::isByPixel() const
{
    return qint64(rows()) * rowHeight() < std::numeric_limits<int>::max() / 2;
}

qint64 MessageView::top() const
{
    const qint64 value = verticalScrollBar()->value();
    return isByPixel() ? value : value * rowHeight();
}

void MessageView::setTop(qint64 pixels)
{
    verticalScrollBar()->setValue(static_cast<int>(isByPixel() ? pixels : pixels / rowHeight()));
}

bool MessageView::isAtTop() const
{
    return verticalScrollBar()->value() == 0;
}

int MessageView::firstVisibleRow() const
{
    return static_cast<int>(top() / rowHeight());
}

int MessageView::lastVisibleRow() const
{
    return static_cast<int>(
        std::min<qint64>(rows() - 1, (top() + viewport()->height()) / rowHeight()));
}

void MessageView::tellVisible()
{
    if (m_messages && viewport()->height() > 0)
        m_messages->setVisibleRows(firstVisibleRow(), firstVisibleRow() + rowsOnPage() + 1);
}

void MessageView::updateGeometries()
{
    const int headerHeight = m_header->sizeHint().height();
    setViewportMargins(0, headerHeight, 0, 0);
    const QRect area = viewport()->geometry();
    m_header->setGeometry(area.left(), area.top() - headerHeight, area.width(), headerHeight);
    const int height = viewport()->height();
    QScrollBar* vertical = verticalScrollBar();
    if (isByPixel()) {
        vertical->setRange(0, std::max(0, rows() * rowHeight() - height));
        vertical->setSingleStep(rowHeight());
        vertical->setPageStep(std::max(rowHeight(), height - rowHeight()));
    } else {
        vertical->setRange(0, std::max(0, rows() - rowsOnPage()));
        vertical->setSingleStep(1);
        vertical->setPageStep(std::max(1, rowsOnPage() - 1));
    }
    QScrollBar* horizontal = horizontalScrollBar();
    horizontal->setRange(0, std::max(0, m_header->length() - viewport()->width()));
    horizontal->setPageStep(viewport()->width());
    horizontal->setSingleStep(Theme::current().px(24));
    m_header->setOffset(horizontal->value());
    QAbstractItemView::updateGeometries();
    tellVisible();
}

void MessageView::resizeEvent(QResizeEvent* event)
{
    QAbstractItemView::resizeEvent(event);
    updateGeometries();
}

void MessageView::changeEvent(QEvent* event)
{
    QAbstractItemView::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        updateGeometries();
}

void MessageView::scrollContentsBy(int, int)
{
    m_header->setOffset(horizontalScrollBar()->value());
    viewport()->update();
    tellVisible();
}

void MessageView::rowsInserted(const QModelIndex& parent, int first, int last)
{
    // Above what is seen: the eye stays with its row, unless it is at the very top.
    const bool isAbove = !isAtTop() && first <= firstVisibleRow();
    const qint64 before = top();
    QAbstractItemView::rowsInserted(parent, first, last);
    updateGeometries();
    if (isAbove)
        setTop(before + qint64(last - first + 1) * rowHeight());
    viewport()->update();
}

void MessageView::fitColumns()
{
    if (!model())
        return;
    const Theme& theme = Theme::current();
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    const int lastColumn = model()->columnCount() - 1;
    bool hasContent = false;
    for (int column = 0; column < lastColumn; ++column) {
        int width = m_header->sectionSizeHint(column);
        for (int row = firstVisibleRow(); row <= lastVisibleRow(); ++row) {
            const QModelIndex cell = model()->index(row, column);
            if (m_messages && !m_messages->record(row))
                continue;
            hasContent = true;
            width = std::max(width, itemDelegate()->sizeHint(option, cell).width());
        }
        width = std::min(width, theme.px(kWidestColumn));
        // Once fitted, columns only grow, so that scrolling doesn't make them dance.
        if (!m_isFitted || width > m_header->sectionSize(column))
            m_header->resizeSection(column, width);
    }
    m_isFitted |= hasContent;
}

void MessageView::forgetFit()
{
    m_isFitted = false;
}

void MessageView::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    if (!model())
        return;
    const int height = rowHeight();
    const int first = static_cast<int>((top() + event->rect().top()) / height);
    const qint64 bottom = top() + event->rect().bottom();
    for (int row = first; row < rows() && qint64(row) * height <= bottom; ++row)
        paintRow(painter, row, static_cast<int>(qint64(row) * height - top()));
}

void MessageView::paintRow(QPainter& painter, int row, int y)
{
    const Theme& theme = Theme::current();
    const bool isLoading = m_messages && !m_messages->record(row);
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    const bool isSelected
        = selectionModel() && selectionModel()->isSelected(model()->index(row, 0));
    option.state.setFlag(QStyle::State_Selected, isSelected);
    option.state.setFlag(QStyle::State_MouseOver, row == m_hovered);
    option.state.setFlag(QStyle::State_HasFocus, false);
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int column = m_header->logicalIndex(visual);
        if (m_header->isSectionHidden(column))
            continue;
        const int x = m_header->sectionViewportPosition(column);
        option.rect = QRect(x, y, m_header->sectionSize(column), rowHeight());
        if (!option.rect.intersects(viewport()->rect()))
            continue;
        itemDelegate()->paint(&painter, option, model()->index(row, column));
        if (isLoading) {
            // A place holder instead of a spinner for each row.
            const double width = option.rect.width() * (0.35 + 0.09 * ((row * 7 + column * 3) % 5))
                - theme.pxf(20);
            if (width > 0)
                drawBox(painter,
                    QRectF(x + theme.pxf(10), y + rowHeight() / 2.0 - theme.pxf(4),
                        std::min(width, theme.pxf(180)), theme.pxf(8)),
                    theme.pxf(4), theme.color(Tone::Raised));
        }
    }
    if (hasFocus() && currentIndex().row() == row)
        drawFocusRing(
            painter, QRectF(1, y + 1, viewport()->width() - 2, rowHeight() - 2), theme.pxf(3));
}

QRect MessageView::visualRect(const QModelIndex& index) const
{
    if (!index.isValid())
        return {};
    const qint64 y = qint64(index.row()) * rowHeight() - top();
    if (y < -rowHeight() || y > viewport()->height())
        return {};
    return QRect(m_header->sectionViewportPosition(index.column()), static_cast<int>(y),
        m_header->sectionSize(index.column()), rowHeight());
}

QModelIndex MessageView::indexAt(const QPoint& point) const
{
    if (!model() || point.y() < 0)
        return {};
    const qint64 row = (top() + point.y()) / rowHeight();
    const int column = m_header->logicalIndexAt(point.x());
    return row < rows() && column >= 0 ? model()->index(static_cast<int>(row), column)
                                       : QModelIndex();
}

void MessageView::scrollTo(const QModelIndex& index, ScrollHint hint)
{
    if (!index.isValid())
        return;
    const qint64 y = qint64(index.row()) * rowHeight();
    const int height = viewport()->height();
    if (hint == PositionAtCenter)
        setTop(y - height / 2);
    else if (y < top() || hint == PositionAtTop)
        setTop(y);
    else if (y + rowHeight() > top() + height || hint == PositionAtBottom)
        setTop(y + rowHeight() - height + (isByPixel() ? 0 : rowHeight() - 1));
}

void MessageView::keyboardSearch(const QString&)
{
    // Looking through millions of rows for a letter would block; the filter is there for that.
}

QModelIndex MessageView::moveCursor(CursorAction action, Qt::KeyboardModifiers)
{
    if (rows() == 0)
        return {};
    const int column = std::max(0, currentIndex().column());
    int row = currentIndex().isValid() ? currentIndex().row() : firstVisibleRow() - 1;
    switch (action) {
    case MoveUp:
    case MovePrevious:
        row = row - 1;
        break;
    case MoveDown:
    case MoveNext:
        row = row + 1;
        break;
    case MovePageUp:
        row = row - rowsOnPage() + 1;
        break;
    case MovePageDown:
        row = row + rowsOnPage() - 1;
        break;
    case MoveHome:
        row = 0;
        break;
    case MoveEnd:
        row = rows() - 1;
        break;
    case MoveLeft:
        horizontalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepSub);
        break;
    case MoveRight:
        horizontalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepAdd);
        break;
    }
    return model()->index(std::clamp(row, 0, rows() - 1), column);
}

int MessageView::horizontalOffset() const
{
    return m_header->offset();
}

int MessageView::verticalOffset() const
{
    return static_cast<int>(std::min<qint64>(top(), std::numeric_limits<int>::max()));
}

bool MessageView::isIndexHidden(const QModelIndex& index) const
{
    return m_header->isSectionHidden(index.column());
}

void MessageView::setSelection(const QRect& rect, QItemSelectionModel::SelectionFlags flags)
{
    if (!selectionModel() || rows() == 0)
        return;
    const auto rowAt = [this](int y) {
        return static_cast<int>(std::clamp<qint64>((top() + y) / rowHeight(), 0, rows() - 1));
    };
    const int first = rowAt(std::min(rect.top(), rect.bottom()));
    const int last = rowAt(std::max(rect.top(), rect.bottom()));
    selectionModel()->select(
        QItemSelection(model()->index(first, 0), model()->index(last, model()->columnCount() - 1)),
        flags);
}

QRegion MessageView::visualRegionForSelection(const QItemSelection& selection) const
{
    QRegion region;
    const int first = firstVisibleRow();
    const int last = lastVisibleRow();
    for (const QItemSelectionRange& range : selection) {
        const int from = std::max(range.top(), first);
        const int to = std::min(range.bottom(), last);
        if (from > to)
            continue;
        const int y = static_cast<int>(qint64(from) * rowHeight() - top());
        region += QRect(0, y, viewport()->width(), (to - from + 1) * rowHeight());
    }
    return region;
}

void MessageView::setHovered(int row)
{
    if (row == m_hovered)
        return;
    m_hovered = row;
    viewport()->update();
}

bool MessageView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::HoverMove || event->type() == QEvent::HoverEnter)
        setHovered(indexAt(static_cast<QHoverEvent*>(event)->position().toPoint()).row());
    else if (event->type() == QEvent::HoverLeave || event->type() == QEvent::Leave)
        setHovered(-1);
    return QAbstractItemView::viewportEvent(event);
}

void MessageView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copy(CopyFormat::Text);
        return;
    }
    QAbstractItemView::keyPressEvent(event);
}

void MessageView::contextMenuEvent(QContextMenuEvent* event)
{
    emit contextMenuRequested(event->globalPos());
}

QMenu* MessageView::createMenu()
{
    auto* menu = new QMenu(this);
    QAction* text = menu->addAction(tr("Copy"), this, [this] { copy(CopyFormat::Text); });
    text->setShortcut(QKeySequence::Copy);
    text->setShortcutContext(Qt::WidgetShortcut);
    menu->addAction(tr("Copy as CSV"), this, [this] { copy(CopyFormat::Csv); });
    menu->addAction(tr("Copy as JSON"), this, [this] { copy(CopyFormat::Json); });
    return menu;
}

void MessageView::copy(CopyFormat format) const
{
    if (!model() || !selectionModel())
        return;
    std::vector<int> chosen;
    for (const QItemSelectionRange& range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom() && chosen.size() < kMostCopied; ++row) {
            // Rows that aren't read have nothing to copy.
            if (!m_messages || m_messages->record(row))
                chosen.push_back(row);
        }
    }
    std::sort(chosen.begin(), chosen.end());
    const int columns = model()->columnCount();
    const auto text = [this](int row, int column) {
        return model()->index(row, column).data(MessageModel::WholeTextRole).toString();
    };
    const auto title = [this](int column) {
        return model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    };
    if (format == CopyFormat::Json) {
        QJsonArray array;
        for (const int row : chosen) {
            QJsonObject object;
            for (int column = 0; column < columns; ++column)
                object.insert(title(column), text(row, column));
            array.append(object);
        }
        QApplication::clipboard()->setText(QString::fromUtf8(QJsonDocument(array).toJson()));
        return;
    }
    QStringList lines;
    QStringList cells;
    if (format == CopyFormat::Csv) {
        for (int column = 0; column < columns; ++column)
            cells.append(csvField(title(column)));
        lines.append(cells.join(u','));
    }
    for (const int row : chosen) {
        cells.clear();
        for (int column = 0; column < columns; ++column)
            cells.append(
                format == CopyFormat::Csv ? csvField(text(row, column)) : text(row, column));
        lines.append(cells.join(format == CopyFormat::Csv ? u',' : u'\t'));
    }
    QApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace moldau::widgets
