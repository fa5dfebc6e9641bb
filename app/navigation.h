#pragma once

#include "bridge/session.h"
#include "pagelist.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>
#include <QWidget>

class QAction;
class QListView;
class QMenu;
class QPushButton;

namespace moldau {

/** Pages as rows under their headings; headings can't be chosen. */
class PageListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { IdRole = Qt::UserRole + 1, IsHeadingRole, HintRole };

    PageListModel(const std::vector<PageEntry>& pages, QObject* parent);

    /** The first heading is the cluster's name. */
    void setClusterName(const QString& name);
    QModelIndex indexOf(const QString& id) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Row {
        QString id;
        QString text;
        QString hint;
        bool isHeading = false;
    };
    std::vector<Row> m_rows;
};

/** The open clusters, and those being opened. */
class ClusterListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { SubtitleRole = Qt::UserRole + 1, ToneRole, CountRole };

    ClusterListModel(widgets::SessionHost& host, QObject* parent);

    widgets::Session* sessionAt(int row) const { return m_sessions.value(row); }
    int rowOf(const widgets::Session* session) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    void add(widgets::Session* session);
    void remove(widgets::Session* session);

    QList<widgets::Session*> m_sessions;
};

class PageDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

class ClusterDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/** The window's left edge: clusters, and the pages of the one chosen. */
class Navigation : public QWidget {
    Q_OBJECT
public:
    Navigation(widgets::SessionHost& host, const std::vector<PageEntry>& pages, QWidget* parent);

    void setCurrentPage(const QString& id);
    void setCurrentSession(widgets::Session* session);
    /** Behind the button beside the name. */
    void setMenu(QMenu* menu);
    void setOpenMenu(QMenu* menu);
    /** What the line at the bottom does. */
    void setPaletteAction(QAction& action);

signals:
    void pageChosen(const QString& id);
    void sessionChosen(moldau::widgets::Session* session);
    void closeRequested(moldau::widgets::Session* session);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void fitClusterList();

    class Brand;
    ClusterListModel* m_clusters;
    PageListModel* m_pages;
    QListView* m_clusterView;
    QListView* m_pageView;
    Brand* m_brand;
    QPushButton* m_open;
    QPushButton* m_palette = nullptr;
};

} // namespace moldau
