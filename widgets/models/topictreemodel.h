#pragma once

#include "bridge/metadata.h"

#include <QAbstractItemModel>
#include <QHash>
#include <QSet>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace moldau::widgets {

class TopicColors;

/**
 * A cluster's topics, as a list or as a tree by the prefix that names share (shop.orders and
 * shop.clicks stand under "shop"). New descriptions change only the rows that differ, so that
 * selection, scroll position and open branches stay, at 10,000 topics as well. It filters and sorts
 * itself: a filter builds the tree of what it lets through, in one reset. Filled by the page; GUI
 * thread.
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
        BranchKeyRole, ///< what a branch's names begin with; empty for a topic
    };

    /** `colors` gives each topic its dot; may be null, and outlives the model. */
    explicit TopicTreeModel(TopicColors* colors = nullptr, QObject* parent = nullptr);
    ~TopicTreeModel() override;

    /** Which topics there are. */
    void setMetadata(const MetadataPtr& metadata);
    /** Records of one topic at `timeMs`; the rate comes from the difference to the time before. */
    void setRecords(
        const QString& topic, std::int64_t records, std::int64_t endOffsets, std::int64_t timeMs);
    /** Bytes by topic, one copy of each partition counted (the leader's or the largest). */
    void setSizes(const QHash<QString, std::int64_t>& bytes);
    void setTree(bool isTree);
    bool isTree() const { return m_isTree; }
    void setFavourites(const QSet<QString>& names);
    const QSet<QString>& favourites() const { return m_favourites; }

    /** Only names that contain all words of the text, in any case. */
    void setText(const QString& text);
    void setFavouritesOnly(bool isOnly);
    void setInternalShown(bool isShown);
    /** True where a filter may have left something out. */
    bool isNarrowed() const { return !m_words.isEmpty() || m_isFavouritesOnly; }
    void sort(int column, Qt::SortOrder order) override;

    int topicCount() const { return static_cast<int>(m_topics.size()); } ///< unfiltered
    int outOfSyncCount() const { return m_outOfSync; }
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
    struct Node;
    struct Topic {
        QString name;
        int partitions = 0;
        bool isInternal = false;
        Metadata::TopicState state;
        std::optional<std::int64_t> records;
        std::optional<std::int64_t> endOffsets;
        std::int64_t measuredMs = 0;
        std::optional<double> rate;
        std::optional<std::int64_t> bytes;
        Node* node = nullptr; ///< null while a filter leaves the topic out
    };
    struct Node {
        QString key; ///< prefix with its separator, or the topic's whole name
        QString label;
        Topic* topic = nullptr; ///< null for a branch
        Node* parent = nullptr;
        int row = 0; ///< among its parent's children
        int topics = 0; ///< below it
        std::vector<std::unique_ptr<Node>> children;
    };
    using Nodes = std::vector<std::unique_ptr<Node>>;
    using Names = std::vector<Topic*>;
    using Topics = std::vector<std::unique_ptr<Topic>>;

    Names accepted() const;
    bool isAccepted(const Topic& topic) const;
    Nodes arrange(Names::const_iterator begin, Names::const_iterator end, qsizetype prefix) const;
    bool isBefore(const Node& a, const Node& b) const;
    static bool isSame(const Node& a, const Node& b);
    static double valueOf(const Node& node, int column);
    Topics takeNames(const Metadata& metadata);
    static void describe(Topic& topic, const Metadata& metadata, qsizetype place);
    void reconcile(Node& node, const QModelIndex& index, Nodes wanted);
    void rebuild();
    void sortBelow(Node& node);
    bool isSortedBelow(const Node& node) const;
    void sortSoon();
    void sortNow();
    static void settle(Node& node, std::size_t from);
    static void adopt(Node& node);
    static void orphan(const Node& node);
    Topic* find(const QString& name) const;
    Node* nodeOf(const QModelIndex& index) const;
    QModelIndex indexOf(const Node& node, int column) const;
    void emitChangedBelow(const Node& node, int firstColumn, int lastColumn);
    void emitChanged(const Topic& topic);
    QVariant topicData(const Topic& topic, const Node& node, int column, int role) const;
    QVariant branchData(const Node& node, int column, int role) const;

    MetadataPtr m_metadata = std::make_shared<Metadata>();
    Topics m_topics; // in the order of m_metadata->names()
    Node m_root;
    TopicColors* m_colors;
    QSet<QString> m_favourites;
    QStringList m_words;
    int m_outOfSync = 0;
    int m_sortColumn = NameColumn;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    bool m_isTree = true;
    bool m_isFavouritesOnly = false;
    bool m_isInternalShown = true;
    bool m_isSortPending = false;
};

} // namespace moldau::widgets
