#pragma once

#include <QStyledItemDelegate>
#include <QTableView>
#include <QTreeView>

namespace moldau::widgets {

/** Roles that the window's models answer beside Qt's. */
enum TableRole {
    DotRole = Qt::UserRole + 900, ///< QColor: a dot before the text, a topic's colour
    ExactTextRole, ///< QString: what is copied, where the shown text is shortened or grouped
    BadgeRole, ///< QString: a short warning behind the text ("1 out of sync")
    IsDataRole, ///< bool: monospaced
    IsFaintRole, ///< bool: said about the value rather than the value ("tombstone"): faint, italic
    ElideRole, ///< int, Qt::TextElideMode; the end by default, the middle suits numbers and ids
};

/** Paints cells of tables and trees: padding, hairline below, dot, badge; whole text on hover where
 * elided. */
class TableDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
        const QModelIndex& index) override;
};

/**
 * The window's table: 30 px rows, hairlines, columns that fit their content, copy as text, CSV or
 * JSON, a menu on the header to choose columns.
 */
class TableView : public QTableView {
    Q_OBJECT
public:
    explicit TableView(const QString& accessibleName, QWidget* parent = nullptr);

    /** Widens columns to the visible rows' content, at most `limit` each; the last takes the rest.
     */
    void fitColumns(int limit = 320);
    /** The menu for copying; the owner may put its own actions in front. */
    QMenu* createCopyMenu();
    /** Keeps widths and hidden columns in the settings under this key. */
    void setStateKey(const QString& key);

    enum class CopyFormat { Text, Csv, Json };
    /** The selected rows, or all rows up to 100,000 where none is selected. */
    QString textOf(CopyFormat format) const;

signals:
    /** Asked for at this place, after the row below it became current. */
    void contextMenuRequested(const QPoint& globalPosition);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void copy(CopyFormat format);
    void showColumnMenu(const QPoint& position);
    void saveState() const;

    QString m_stateKey;
};

/** The same look for a tree of rows. */
class TreeView : public QTreeView {
    Q_OBJECT
public:
    explicit TreeView(const QString& accessibleName, QWidget* parent = nullptr);

signals:
    void contextMenuRequested(const QPoint& globalPosition);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void drawRow(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
};

} // namespace moldau::widgets
