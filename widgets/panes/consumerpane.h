#pragma once

#include "bridge/session.h"
#include "common/panel.h"

#include <QTimer>

#include <memory>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace moldau::widgets {

class AssignmentView;
class ConsumedModel;
class ConsumedTable;
class ConsumeRun;
class Field;
class Label;
class LinkButton;
class MessageBar;
class SegmentedControl;
class TopicField;

/**
 * Reads a topic with a group or chosen partitions of it, shows the newest records, and for a group
 * who holds which partition and how far behind it is. Works through the session's connection only.
 */
class ConsumerPane : public Panel {
    Q_OBJECT
public:
    enum class Kind { Group, Partition };

    /** `number` makes the pane's client id, by which its reads are known in the picture. */
    ConsumerPane(Session& session, int number, QWidget* parent = nullptr);
    ~ConsumerPane() override;

    void start();
    void stop();
    bool isRunning() const { return m_run != nullptr; }
    QString clientId() const { return m_clientId; }
    QString group() const;
    QString topic() const;
    void setTopic(const QString& topic);
    void setGroup(const QString& group);
    void setKind(Kind kind);
    void setStartsAtBeginning(bool doesStartAtBeginning);
    /** For the window's menus: what the buttons do. */
    QList<QAction*> menuActions() const { return m_actions; }
    ConsumedModel& records() const { return *m_model; }
    /** Where the flow enters the pane: the first record. */
    QPoint port() const;

signals:
    void topicChanged();
    void anotherRequested();
    void runningChanged(bool isRunning);

private:
    Kind kind() const;
    void updateFields();
    void updateSummary();
    void readGroup();
    void showGroup(const client::GroupDescription& description);
    void choosePartitions();
    std::vector<std::int32_t> chosenPartitions() const;

    Session& m_session;
    QString m_clientId;
    SegmentedControl* m_kind;
    TopicField* m_topic;
    Field* m_topicRow;
    QLineEdit* m_group;
    Field* m_groupRow;
    LinkButton* m_partitions;
    QWidget* m_partitionsRow;
    QComboBox* m_from;
    Field* m_fromRow;
    Label* m_summaryName;
    Label* m_summaryText;
    QWidget* m_summary;
    AssignmentView* m_assignment;
    ConsumedModel* m_model;
    ConsumedTable* m_table;
    Label* m_empty;
    MessageBar* m_message;
    QPushButton* m_start;
    QPushButton* m_stop;
    QPushButton* m_pause;
    std::unique_ptr<ConsumeRun> m_run;
    QTimer m_groupTimer;
    QList<int> m_chosen; // partitions by hand; empty is all
    std::vector<std::pair<std::string, std::int32_t>> m_assigned;
    qint64 m_lag = -1;
    int m_members = 0;
    QList<QAction*> m_actions;
};

} // namespace moldau::widgets
