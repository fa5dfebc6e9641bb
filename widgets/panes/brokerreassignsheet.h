#pragma once

#include "bridge/session.h"
#include "common/sidesheet.h"
#include "models/diskreport.h"
#include "models/movethrottle.h"
#include "models/reassignplan.h"

#include <QTimer>

#include <memory>

class QLineEdit;
class QListView;
class QPushButton;
class QSpinBox;

namespace moldau::widgets {

class BrokerTab;
class CheckListModel;
class Field;
class Label;
class LinkButton;
class MessageBar;
class TopicCommandBox;

/**
 * Moves partitions to other brokers: which, to where, how fast, what that means for whom, then the
 * button that begins. The plan is worked out on another thread whenever something is chosen.
 */
class BrokerReassignSheet final : public SideSheet {
    Q_OBJECT
public:
    explicit BrokerReassignSheet(Session& session, QWidget* parent = nullptr);

    /** Asks which topics, with these chosen. */
    void start(const QStringList& topics, const BrokerNames& names, const DiskReportPtr& disks);
    /** Offers to move the partitions to where they were. */
    void startUndo(const ReassignPlan::Assignments& before, const BrokerNames& names,
        const DiskReportPtr& disks);
    /** The metadata or sizes are newer: the preview follows. */
    void renew(const BrokerNames& names, const DiskReportPtr& disks);

signals:
    /** The cluster has begun; `before` leads back. */
    void started(const moldau::widgets::ReassignPlan::Assignments& before, const QString& sentence,
        bool isTrouble);

private:
    struct Preview {
        ReassignPlan plan;
        std::vector<TableRow> rows;
    };

    QWidget* makeChoice();
    void fillNames();
    void plan();
    void showPreview(std::shared_ptr<Preview> preview);
    /** Why there can be no plan yet; empty where there can. */
    QString whyNot() const;
    QString sentence() const;
    /** What the limit is, or would be, and how long the plan takes with it. */
    QString limitWords() const;
    void updateLimit();
    void updateButton();
    void begin();
    void reassign();
    void refuse(const QString& reason);
    QString command() const;
    void finish(const Result<client::PerPartition<client::BrokerAdmin::Done>>& results);

    Session& m_session;
    QWidget* m_choice;
    CheckListModel* m_topics;
    QListView* m_topicList = nullptr;
    QStringList m_wanted; ///< to be chosen once they are known
    CheckListModel* m_brokers;
    std::vector<int> m_brokerIds; ///< in the order of the list
    QLineEdit* m_partitions;
    Field* m_partitionsField = nullptr;
    QSpinBox* m_replicas;
    QLineEdit* m_rate;
    Field* m_rateField = nullptr;
    Label* m_chosen;
    Label* m_words;
    BrokerTab* m_moves;
    TopicCommandBox* m_command;
    LinkButton* m_copyPlan;
    MessageBar* m_message;
    QPushButton* m_begin;
    QTimer m_soon;
    BrokerNames m_names;
    DiskReportPtr m_disks = std::make_shared<DiskReport>();
    ReassignPlan::Assignments m_undo; ///< what is to be put back; empty where something is chosen
    std::shared_ptr<Preview> m_preview = std::make_shared<Preview>();
    std::shared_ptr<Preview> m_begun; ///< what was shown when it began
    quint64 m_asked = 0; // the newest preview counts
    bool m_isPlanning = false;
    bool m_isBusy = false;
};

} // namespace moldau::widgets
