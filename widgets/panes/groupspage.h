#pragma once

#include "bridge/session.h"
#include "common/page.h"

class QSortFilterProxyModel;
class QSplitter;
class QStackedWidget;
class QStandardItemModel;
class QTabBar;

namespace moldau::widgets {

class EmptyState;
class GroupModel;
class GroupPoller;
class Label;
class SearchField;
class SideSheet;
class TableView;

/** Consumer groups: state, members, who holds which partition, and how far behind each is. */
class GroupsPage final : public Page {
    Q_OBJECT
public:
    explicit GroupsPage(Session& session, QWidget* parent = nullptr);

    /** {"group": id} shows it. */
    void open(const QVariantMap& what) override;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* makeTable();
    void makeSheet();
    void showGroup(const QString& id);
    void fillSheet();
    void updateState();

    Session& m_session;
    GroupModel* m_model;
    GroupPoller* m_poller;
    QSortFilterProxyModel* m_filtered;
    Pill* m_countPill;
    Pill* m_statePill;
    SearchField* m_search;
    QSplitter* m_splitter;
    QStackedWidget* m_stack = nullptr;
    TableView* m_table = nullptr;
    EmptyState* m_empty = nullptr;
    SideSheet* m_sheet;
    Label* m_explanation = nullptr;
    QStandardItemModel* m_offsets;
    QStandardItemModel* m_members;
    QString m_shown;
    bool m_isListed = false;
};

} // namespace moldau::widgets
