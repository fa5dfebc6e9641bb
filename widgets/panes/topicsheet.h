#pragma once

#include "bridge/session.h"
#include "common/sidesheet.h"

class QPushButton;
class QStackedWidget;
class QTabBar;

namespace moldau::widgets {

class Label;
class PartitionModel;
class TableView;
class TopicActionPanel;
class TopicCommandBox;
class TopicConfigTab;
class TopicReplicaDelegate;

/** What one topic is: its partitions against the brokers, its settings, what deletes its records;
 * and what can be done with it. */
class TopicSheet final : public SideSheet {
    Q_OBJECT
public:
    explicit TopicSheet(Session& session, QWidget* parent = nullptr);

    void setTopic(const client::TopicDescription& topic);
    QString topic() const;
    void setOffsets(const std::vector<client::PartitionOffsets>& offsets);
    /** For the window's menus: what the buttons do. */
    QList<QAction*> menuActions() const { return m_actions; }
    void setReplicas(const std::vector<client::ReplicaSize>& replicas);
    void setFavourite(bool isFavourite);
    void askToDelete();
    void askToPurge();
    void askForPartitions();

signals:
    void sendRequested(const QString& topic);
    void readRequested(const QString& topic);
    void favouriteToggled(const QString& topic);
    void deleted(const QString& topic);
    /** Something about the topic changed: read the cluster again. */
    void changed();

protected:
    void changeEvent(QEvent* event) override;

private:
    enum class Asking { Nothing, Delete, Purge, Partitions };

    QWidget* makePartitionsTab();
    QWidget* makeActions();
    void ask(Asking what);
    void act();
    void finish(const Result<client::ClusterConnection::Done>& result);
    void stopAsking();
    void updateTitle();
    void updateWords();
    void fitPartitions();
    QString bootstrapOption() const;

    Session& m_session;
    PartitionModel* m_partitions;
    TopicReplicaDelegate* m_replicaDelegate;
    QTabBar* m_tabs;
    QStackedWidget* m_pages;
    TableView* m_table = nullptr;
    Label* m_deletes = nullptr;
    TopicCommandBox* m_command = nullptr;
    TopicConfigTab* m_configs;
    QStackedWidget* m_footer;
    TopicActionPanel* m_action;
    QPushButton* m_favourite = nullptr;
    std::vector<QWidget*> m_changers; // buttons that a read-only cluster disables
    Asking m_asking = Asking::Nothing;
    bool m_hasSizes = false;
    QList<QAction*> m_actions;
};

} // namespace moldau::widgets
