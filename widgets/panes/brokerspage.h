#pragma once

#include "bridge/session.h"
#include "common/page.h"
#include "models/brokerpoller.h"
#include "models/leadermoves.h"
#include "models/reassignplan.h"

class QPushButton;
class QSortFilterProxyModel;
class QSplitter;
class QStackedWidget;
class QTabBar;

namespace moldau::widgets {

class BrokerElectionSheet;
class BrokerReassignSheet;
class BrokerTab;
class BrokerThrottleStrip;
class RowsModel;
class TableView;
class TopicActionPanel;

/**
 * The nodes of a cluster: who decides, who leads what, what lies on which disk; leaders go back to
 * their preferred brokers and partitions move to others from here. The same on any Kafka.
 */
class BrokersPage final : public Page {
    Q_OBJECT
public:
    explicit BrokersPage(Session& session, QWidget* parent = nullptr);

    /**
     * {"broker": id} chooses it, {"tab": "disks"} shows a table, {"elect": true} and
     * {"reassign": topics, separated by commas} open a sheet.
     */
    void open(const QVariantMap& what) override;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    enum Tab { QuorumTab, DisksTab, LargestTab, MovesTab };

    void makeActions();
    QWidget* makeBrokers();
    QWidget* makeTabs();
    void fill();
    void fillQuorum();
    void fillDisks();
    void fillMoves();
    void noticeArrival();
    void fitBrokers();
    void updatePills();
    void chooseBroker(int broker);
    void showElection();
    void showReassignment(const QStringList& topics);
    void showUndo();
    void closeSheets();
    void askToCancel();
    void cancelMoves();
    void tell(const QString& sentence, bool isTrouble, bool offersUndo);
    BrokerNames names() const;
    bool mayChange() const;

    Session& m_session;
    BrokerPoller* m_poller;
    Pill* m_brokersPill;
    Pill* m_quorumPill;
    Pill* m_leadersPill;
    QAction* m_elect = nullptr;
    QPushButton* m_reassign = nullptr;
    QSplitter* m_splitter;
    RowsModel* m_brokers;
    QSortFilterProxyModel* m_sorted;
    TableView* m_table = nullptr;
    QTabBar* m_tabs = nullptr;
    BrokerThrottleStrip* m_throttle = nullptr;
    QStackedWidget* m_pages = nullptr;
    QPushButton* m_allBrokers = nullptr;
    QPushButton* m_cancelMoves = nullptr;
    BrokerTab* m_quorum = nullptr;
    BrokerTab* m_disks = nullptr;
    BrokerTab* m_largest = nullptr;
    BrokerTab* m_moves = nullptr;
    QWidget* m_asking = nullptr;
    TopicActionPanel* m_action = nullptr;
    BrokerElectionSheet* m_election;
    BrokerReassignSheet* m_reassignment;
    ReassignPlan::Assignments m_undo; ///< where partitions were before the last plan
    bool m_isMoving = false; ///< a plan of ours is under way
    bool m_isUndoOffered = false; ///< by the page's message
    bool m_isFailureShown = false; ///< by the page's message: nobody answers
    int m_only = -1; ///< the broker whose disks are shown
};

} // namespace moldau::widgets
