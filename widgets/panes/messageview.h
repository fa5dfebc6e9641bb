#pragma once

#include <QAbstractItemView>

class QHeaderView;
class QMenu;

namespace moldau::widgets {

class MessageModel;

/**
 * A table for any number of rows. Qt's own views keep some bytes for every row, which is too much
 * for ten million; this one knows only the rows on screen, tells the model which they are, and
 * scrolls by pixel or, where pixels don't fit an int, by row. Rows that the tail inserts above
 * leave what is on screen in its place.
 */
class MessageView final : public QAbstractItemView {
    Q_OBJECT
public:
    explicit MessageView(QWidget* parent = nullptr);

    void setMessageModel(MessageModel* model);
    QHeaderView* header() const { return m_header; }

    int firstVisibleRow() const;
    int lastVisibleRow() const;
    bool isAtTop() const;
    /** Widens the columns before the last to what is on screen; never narrows what the user set. */
    void fitColumns();
    void forgetFit();
    /** Actions to copy the selected rows. */
    QMenu* createMenu();

    QRect visualRect(const QModelIndex& index) const override;
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;
    QModelIndex indexAt(const QPoint& point) const override;
    void keyboardSearch(const QString& search) override;
    void setModel(QAbstractItemModel* model) override;

signals:
    void contextMenuRequested(const QPoint& globalPosition);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void updateGeometries() override;
    void rowsInserted(const QModelIndex& parent, int first, int last) override;
    void changeEvent(QEvent* event) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    int horizontalOffset() const override;
    int verticalOffset() const override;
    bool isIndexHidden(const QModelIndex& index) const override;
    void setSelection(const QRect& rect, QItemSelectionModel::SelectionFlags flags) override;
    QRegion visualRegionForSelection(const QItemSelection& selection) const override;

private:
    enum class CopyFormat { Text, Csv, Json };

    int rows() const;
    int rowHeight() const;
    int rowsOnPage() const;
    /** Pixels above the viewport. */
    qint64 top() const;
    void setTop(qint64 pixels);
    bool isByPixel() const;
    void tellVisible();
    void setHovered(int row);
    void paintRow(QPainter& painter, int row, int y);
    void copy(CopyFormat format) const;

    QHeaderView* m_header;
    MessageModel* m_messages = nullptr;
    int m_hovered = -1;
    bool m_isFitted = false;
};

} // namespace moldau::widgets
