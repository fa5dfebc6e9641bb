#pragma once

#include "client/clusterconnection.h"

#include <QAbstractItemModel>
#include <QSet>
#include <QString>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace moldau::widgets {

class TopicColors;

/**
 * A cluster's topics, as a list or as a tree by the prefix that names share (shop.orders and
 * shop.clicks stand under "shop"). New descriptions change only the rows that differ, so that
 * selection, scroll position and open branches stay, at 10,000 topics as well. Filled by the page;
 * GUI thread.
 */
class TopicTreeModel final : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column {
        NameColumn,
        PartitionsColumn,
        ReplicasColumn,
        RecordsColumn,
        RateColumn,
        SizeColumn,
        ColumnCount_
    };
    enum Role {
        TopicNameRole = Qt::UserRole, ///< whole name; empty for a branch
        IsBranchRole,
        IsInternalRole,
        IsFavouriteRole,
        OutOfSyncRole, ///< partitions with a replica out of sync
        OfflineRole, ///< partitions without a leader
        SortRole, ///< numbers for numbers, so that they sort as such
    };

    /** `colors` gives each topic its dot; may be null, and outlives the model. */
    explicit TopicTreeModel(TopicColors* colors = nullptr, QObject* parent = nullptr);
    ~TopicTreeModel() override;

    /** Which topics there are; any order. */
    void setTopics(const std::vector<client::TopicDescription>& topics);
    /** Records of one topic at `timeMs`; the rate comes from the difference to the time before. */
    void setRecords(
        const QString& topic, std::int64_t records, std::int64_t endOffsets, std::int64_t timeMs);
    /** Bytes by topic, one copy of each partition counted (the leader's or the largest). */
    void setSizes(const std::map<QString, std::int64_t>& bytes);
    void setTree(bool isTree);
    bool isTree() const { return m_isTree; }
    void setFavourites(const QSet<QString>& names);
    const QSet<QString>& favourites() const { return m_favourites; }

    int topicCount() const { return static_cast<int>(m_topics.size()); }
    int partitionCount() const;
    int outOfSyncCount() const;
    /** Null where there is no such topic. */
    const client::TopicDescription* topic(const QString& name) const;
    QModelIndex indexOf(const QString& topic) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    using QObject::parent;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Topic {
        client::TopicDescription description;
        QString name;
        int replicas = 0;
        int outOfSync = 0;
        int offline = 0;
        std::optional<std::int64_t> records;
        std::optional<std::int64_t> endOffsets;
        std::int64_t measuredMs = 0;
        std::optional<double> rate;
        std::optional<std::int64_t> bytes;
    };
    struct Node {
        QString key; ///< prefix with its separator, or the topic's whole name
        QString label;
        Topic* topic = nullptr; ///< null for a branch
        Node* parent = nullptr;
        std::vector<std::unique_ptr<Node>> children;
    };

    using Names = std::vector<Topic*>;
    std::vector<std::unique_ptr<Node>> arrange(
        Names::const_iterator begin, Names::const_iterator end, qsizetype prefix);
    static bool isBefore(const Node& a, const Node& b);
    static bool isSame(const Node& a, const Node& b);
    void reconcile(Node& node, const QModelIndex& index, std::vector<std::unique_ptr<Node>> wanted);
    void rearrange();
    void remember(Node& node);
    void forget(const Node& node);
    Node* nodeOf(const QModelIndex& index) const;
    QModelIndex indexOf(const Node& node, int column) const;
    void emitSizesBelow(const Node& node);
    void emitChanged(const Topic& topic);
    QVariant topicData(const Topic& topic, const Node& node, int column, int role) const;
    QVariant branchData(const Node& node, int column, int role) const;
    static int topicsBelow(const Node& node);

    std::map<QString, std::unique_ptr<Topic>> m_topics;
    std::map<QString, Node*> m_nodes; // of topics
    Node m_root;
    TopicColors* m_colors;
    QSet<QString> m_favourites;
    bool m_isTree = true;
};

} // namespace moldau::widgets
