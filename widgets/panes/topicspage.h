#pragma once

#include "bridge/session.h"
#include "common/page.h"
#include "models/topicpoller.h"
#include "models/topictreemodel.h"

#include <QSet>
#include <QTimer>

#include <functional>

class QAction;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace moldau::widgets {

class EmptyState;
class SearchField;
class SegmentedControl;
class TopicCreateSheet;
class TopicSheet;
class TreeView;

/** All topics of a cluster; the one chosen in a sheet at the right. */
class TopicsPage final : public Page {
    Q_OBJECT
public:
    explicit TopicsPage(Session& session, QWidget* parent = nullptr);

    /** {"topic": name} shows it, {"new": true} asks for a new one. */
    void open(const QVariantMap& what) override;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makeActions();
    QWidget* makeToolbar();
    QWidget* makeTable();
    void takeDescription();
    void takeOffsets(const QString& topic, const std::vector<client::PartitionOffsets>& offsets);
    void takeReplicas();
    void updatePills();
    void updateEmptyState();
    void updateVisible();
    void showTopic(const QString& topic);
    void showSelected();
    void showNewTopic();
    void closeSheets();
    /** Changes what the tree shows, and keeps open what was open and chosen what was chosen. */
    void refilter(const std::function<void()>& change);
    void openBranches(const QModelIndex& parent);
    void noteBranches(const QModelIndex& parent);
    void toggleFavourite(const QString& topic);
    void showMenu(const QPoint& position);
    QString settingsKey() const;

    Session& m_session;
    TopicTreeModel* m_model;
    TopicPoller* m_poller;
    QAction* m_new = nullptr;
    Pill* m_countPill;
    Pill* m_syncPill;
    SearchField* m_search = nullptr;
    SegmentedControl* m_layoutChoice = nullptr;
    QPushButton* m_favourites = nullptr;
    QPushButton* m_internal = nullptr;
    QSplitter* m_splitter;
    QStackedWidget* m_tableStack = nullptr;
    TreeView* m_tree = nullptr;
    EmptyState* m_empty = nullptr;
    TopicSheet* m_sheet;
    TopicCreateSheet* m_create;
    QTimer m_visibleTimer;
    QString m_shown; ///< the topic in the sheet
    QString m_wanted; ///< to be shown as soon as it is there
    QSet<QString> m_openBranches; // before something was searched for
    bool m_isDescribed = false;
};

} // namespace moldau::widgets
