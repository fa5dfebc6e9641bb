#include "models/topictreemodel.h"

#include "common/format.h"
#include "common/tableview.h"
#include "common/theme.h"
#include "common/topiccolors.h"

#include <QColor>
#include <QLocale>

#include <algorithm>
#include <set>

namespace moldau::widgets {

namespace {

constexpr std::size_t kManyChanges = 64; // at once; then ranges are told instead of topics

bool isSeparator(QChar c)
{
    return c == u'.' || c == u'-' || c == u'_' || c == u':';
}

/** Where the next part of the name ends, its separators included; -1 where there is none. */
qsizetype nextPrefix(const QString& name, qsizetype from)
{
    qsizetype i = from;
    while (i < name.size() && isSeparator(name[i]))
        ++i; // leading ones, as in __consumer_offsets
    while (i < name.size() && !isSeparator(name[i]))
        ++i;
    return i < name.size() ? i + 1 : -1;
}

} // namespace

TopicTreeModel::TopicTreeModel(TopicColors* colors, QObject* parent)
    : QAbstractItemModel(parent)
    , m_colors(colors)
{
}

TopicTreeModel::~TopicTreeModel() = default;

void TopicTreeModel::setTopics(const std::vector<client::TopicDescription>& topics)
{
    std::set<QString> names;
    std::vector<Topic*> changed;
    bool isNewSet = false;
    for (const client::TopicDescription& description : topics) {
        const QString name = QString::fromStdString(description.name);
        names.insert(name);
        std::unique_ptr<Topic>& topic = m_topics[name];
        if (!topic) {
            topic = std::make_unique<Topic>();
            topic->name = name;
            isNewSet = true;
        }
        const std::size_t partitions = topic->description.partitions.size();
        const int outOfSyncBefore = topic->outOfSync;
        const int offlineBefore = topic->offline;
        const int replicasBefore = topic->replicas;
        topic->description = description;
        topic->outOfSync = topic->offline = topic->replicas = 0;
        for (const client::PartitionDescription& partition : description.partitions) {
            topic->replicas
                = std::max(topic->replicas, static_cast<int>(partition.replicas.size()));
            topic->outOfSync += partition.inSync.size() < partition.replicas.size();
            topic->offline += partition.leader == kNoBroker;
        }
        if (partitions != description.partitions.size() || outOfSyncBefore != topic->outOfSync
            || offlineBefore != topic->offline || replicasBefore != topic->replicas)
            changed.push_back(topic.get());
    }
    isNewSet |= names.size() != m_topics.size();
    if (isNewSet) {
        // Rows first: they point at the topics.
        std::vector<std::unique_ptr<Topic>> gone;
        for (auto i = m_topics.begin(); i != m_topics.end();) {
            if (names.contains(i->first)) {
                ++i;
                continue;
            }
            gone.push_back(std::move(i->second));
            i = m_topics.erase(i);
        }
        rearrange();
    }
    for (const Topic* topic : changed)
        emitChanged(*topic);
}

void TopicTreeModel::rearrange()
{
    Names sorted;
    sorted.reserve(m_topics.size());
    for (const auto& [name, topic] : m_topics)
        sorted.push_back(topic.get());
    reconcile(m_root, {}, arrange(sorted.cbegin(), sorted.cend(), 0));
}

/** Names that share their next part come together, when there are at least two of them. */
std::vector<std::unique_ptr<TopicTreeModel::Node>> TopicTreeModel::arrange(
    Names::const_iterator begin, Names::const_iterator end, qsizetype prefix)
{
    std::vector<std::unique_ptr<Node>> nodes;
    while (begin != end) {
        const QString& name = (*begin)->name;
        const qsizetype next = m_isTree ? nextPrefix(name, prefix) : -1;
        auto last = begin + 1;
        if (next > 0) {
            const QStringView shared = QStringView(name).left(next);
            while (last != end && (*last)->name.startsWith(shared))
                ++last;
        }
        auto node = std::make_unique<Node>();
        if (last - begin > 1) {
            node->key = name.left(next);
            node->label = name.mid(prefix, next - prefix - 1);
            node->children = arrange(begin, last, next);
            // A branch that holds one branch only is one step too many: company.team.
            if (node->children.size() == 1) {
                std::unique_ptr<Node> only = std::move(node->children.front());
                only->label = name.mid(prefix, only->key.size() - prefix - 1);
                node = std::move(only);
            }
            for (const std::unique_ptr<Node>& child : node->children)
                child->parent = node.get();
        } else {
            node->topic = *begin;
            node->key = name;
            node->label = name.mid(prefix);
        }
        nodes.push_back(std::move(node));
        begin = last;
    }
    std::sort(
        nodes.begin(), nodes.end(), [](const auto& a, const auto& b) { return isBefore(*a, *b); });
    return nodes;
}

bool TopicTreeModel::isBefore(const Node& a, const Node& b)
{
    const bool isBranchA = !a.topic;
    const bool isBranchB = !b.topic;
    return isBranchA != isBranchB ? isBranchA : a.key < b.key;
}

bool TopicTreeModel::isSame(const Node& a, const Node& b)
{
    return !a.topic == !b.topic && a.key == b.key && a.label == b.label;
}

/** Makes a node's children the wanted ones with as few inserts and removes as there are runs of
 * them. */
void TopicTreeModel::reconcile(
    Node& node, const QModelIndex& index, std::vector<std::unique_ptr<Node>> wanted)
{
    std::size_t row = 0;
    std::size_t next = 0;
    while (row < node.children.size() || next < wanted.size()) {
        const auto isUnwanted = [&](std::size_t i) {
            return next == wanted.size()
                || (!isSame(*node.children[i], *wanted[next])
                    && !isBefore(*wanted[next], *node.children[i]));
        };
        std::size_t end = row;
        while (end < node.children.size() && isUnwanted(end))
            ++end;
        if (end > row) {
            beginRemoveRows(index, static_cast<int>(row), static_cast<int>(end) - 1);
            for (std::size_t i = row; i < end; ++i)
                forget(*node.children[i]);
            node.children.erase(node.children.begin() + static_cast<std::ptrdiff_t>(row),
                node.children.begin() + static_cast<std::ptrdiff_t>(end));
            endRemoveRows();
            continue;
        }
        std::size_t last = next;
        while (last < wanted.size()
            && (row == node.children.size()
                || (!isSame(*node.children[row], *wanted[last])
                    && isBefore(*wanted[last], *node.children[row]))))
            ++last;
        if (last > next) {
            beginInsertRows(index, static_cast<int>(row), static_cast<int>(row + last - next) - 1);
            for (std::size_t i = next; i < last; ++i) {
                wanted[i]->parent = &node;
                remember(*wanted[i]);
            }
            node.children.insert(node.children.begin() + static_cast<std::ptrdiff_t>(row),
                std::make_move_iterator(wanted.begin() + static_cast<std::ptrdiff_t>(next)),
                std::make_move_iterator(wanted.begin() + static_cast<std::ptrdiff_t>(last)));
            endInsertRows();
            row += last - next;
            next = last;
            continue;
        }
        Node& child = *node.children[row];
        if (child.topic != wanted[next]->topic)
            child.topic = wanted[next]->topic;
        if (!child.topic)
            reconcile(child, this->index(static_cast<int>(row), 0, index),
                std::move(wanted[next]->children));
        ++row;
        ++next;
    }
    if (index.isValid())
        emit dataChanged(index, index.siblingAtColumn(ColumnCount_ - 1)); // how many are below
}

void TopicTreeModel::remember(Node& node)
{
    if (node.topic)
        m_nodes[node.topic->name] = &node;
    for (const std::unique_ptr<Node>& child : node.children)
        remember(*child);
}

void TopicTreeModel::forget(const Node& node)
{
    // A topic that moves to another branch may be remembered there already.
    if (node.topic) {
        if (const auto found = m_nodes.find(node.key);
            found != m_nodes.end() && found->second == &node)
            m_nodes.erase(found);
    }
    for (const std::unique_ptr<Node>& child : node.children)
        forget(*child);
}

void TopicTreeModel::setRecords(
    const QString& topic, std::int64_t records, std::int64_t endOffsets, std::int64_t timeMs)
{
    const auto found = m_topics.find(topic);
    if (found == m_topics.end())
        return;
    Topic& entry = *found->second;
    if (entry.endOffsets && timeMs > entry.measuredMs) {
        // By end offsets, which deleting records doesn't lower.
        const std::int64_t arrived = std::max<std::int64_t>(endOffsets - *entry.endOffsets, 0);
        entry.rate = static_cast<double>(arrived) * 1000.0
            / static_cast<double>(timeMs - entry.measuredMs);
    }
    entry.records = records;
    entry.endOffsets = endOffsets;
    entry.measuredMs = timeMs;
    emitChanged(entry);
}

void TopicTreeModel::setSizes(const std::map<QString, std::int64_t>& bytes)
{
    std::vector<const Topic*> changed;
    for (const auto& [name, topic] : m_topics) {
        const auto found = bytes.find(name);
        const std::optional<std::int64_t> size
            = found == bytes.end() ? std::nullopt : std::optional(found->second);
        if (size == topic->bytes)
            continue;
        topic->bytes = size;
        changed.push_back(topic.get());
    }
    // Filter and view work for each signal, of which ten thousand would hold up the window.
    if (changed.size() > kManyChanges)
        return emitSizesBelow(m_root);
    for (const Topic* topic : changed)
        emitChanged(*topic);
}

void TopicTreeModel::emitSizesBelow(const Node& node)
{
    if (node.children.empty())
        return;
    const int last = static_cast<int>(node.children.size()) - 1;
    emit dataChanged(createIndex(0, SizeColumn, node.children.front().get()),
        createIndex(last, SizeColumn, node.children.back().get()));
    for (const std::unique_ptr<Node>& child : node.children)
        emitSizesBelow(*child);
}

void TopicTreeModel::setTree(bool isTree)
{
    if (isTree == m_isTree)
        return;
    beginResetModel();
    m_isTree = isTree;
    m_root.children.clear();
    m_nodes.clear();
    Names sorted;
    for (const auto& [name, topic] : m_topics)
        sorted.push_back(topic.get());
    m_root.children = arrange(sorted.cbegin(), sorted.cend(), 0);
    for (const std::unique_ptr<Node>& child : m_root.children) {
        child->parent = &m_root;
        remember(*child);
    }
    endResetModel();
}

void TopicTreeModel::setFavourites(const QSet<QString>& names)
{
    const QSet<QString> changed = (names - m_favourites) + (m_favourites - names);
    m_favourites = names;
    for (const QString& name : changed) {
        if (const auto found = m_topics.find(name); found != m_topics.end())
            emitChanged(*found->second);
    }
}

int TopicTreeModel::partitionCount() const
{
    int count = 0;
    for (const auto& [name, topic] : m_topics)
        count += static_cast<int>(topic->description.partitions.size());
    return count;
}

int TopicTreeModel::outOfSyncCount() const
{
    int count = 0;
    for (const auto& [name, topic] : m_topics)
        count += topic->outOfSync;
    return count;
}

const client::TopicDescription* TopicTreeModel::topic(const QString& name) const
{
    const auto found = m_topics.find(name);
    return found == m_topics.end() ? nullptr : &found->second->description;
}

TopicTreeModel::Node* TopicTreeModel::nodeOf(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<Node*>(index.internalPointer())
                           : const_cast<Node*>(&m_root);
}

QModelIndex TopicTreeModel::indexOf(const Node& node, int column) const
{
    if (!node.parent)
        return {};
    const auto& siblings = node.parent->children;
    // Siblings are sorted, so a row among 10,000 is found in a few steps.
    const auto found = std::lower_bound(siblings.begin(), siblings.end(), node,
        [](const std::unique_ptr<Node>& sibling, const Node& wanted) {
            return isBefore(*sibling, wanted);
        });
    if (found == siblings.end() || found->get() != &node)
        return {};
    return createIndex(
        static_cast<int>(found - siblings.begin()), column, const_cast<Node*>(&node));
}

QModelIndex TopicTreeModel::indexOf(const QString& topic) const
{
    const auto found = m_nodes.find(topic);
    return found == m_nodes.end() ? QModelIndex() : indexOf(*found->second, 0);
}

void TopicTreeModel::emitChanged(const Topic& topic)
{
    const auto found = m_nodes.find(topic.name);
    if (found == m_nodes.end())
        return;
    const QModelIndex index = indexOf(*found->second, 0);
    emit dataChanged(index, index.siblingAtColumn(ColumnCount_ - 1));
}

QModelIndex TopicTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    const Node* node = nodeOf(parent);
    if (row < 0 || column < 0 || column >= ColumnCount_ || parent.column() > 0
        || static_cast<std::size_t>(row) >= node->children.size())
        return {};
    return createIndex(row, column, node->children[static_cast<std::size_t>(row)].get());
}

QModelIndex TopicTreeModel::parent(const QModelIndex& index) const
{
    const Node* node = nodeOf(index);
    return node->parent ? indexOf(*node->parent, 0) : QModelIndex();
}

int TopicTreeModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent)->children.size());
}

int TopicTreeModel::columnCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : ColumnCount_;
}

int TopicTreeModel::topicsBelow(const Node& node)
{
    int count = node.topic ? 1 : 0;
    for (const std::unique_ptr<Node>& child : node.children)
        count += topicsBelow(*child);
    return count;
}

QVariant TopicTreeModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::TextAlignmentRole)
        return headerData(index.column(), Qt::Horizontal, role);
    const Node* node = nodeOf(index);
    return node->topic ? topicData(*node->topic, *node, index.column(), role)
                       : branchData(*node, index.column(), role);
}

QVariant TopicTreeModel::branchData(const Node& node, int column, int role) const
{
    if (role == IsBranchRole)
        return true;
    if (role == Qt::FontRole && column == NameColumn)
        return Theme::current().font(TextRole::Strong);
    if (role == Qt::ForegroundRole && column != NameColumn)
        return QBrush(Theme::current().color(Tone::Muted));
    if (role == SortRole)
        return column == NameColumn ? QVariant(node.label) : QVariant(topicsBelow(node));
    if (role == Qt::ToolTipRole && column == NameColumn)
        return tr("Topics whose names begin with %1").arg(node.key);
    if (role != Qt::DisplayRole)
        return {};
    if (column == NameColumn)
        return node.label;
    return column == PartitionsColumn ? QVariant(tr("%n topics", nullptr, topicsBelow(node)))
                                      : QVariant();
}

QVariant TopicTreeModel::topicData(const Topic& topic, const Node& node, int column, int role) const
{
    const QLocale locale;
    switch (role) {
    case TopicNameRole:
        return topic.name;
    case IsBranchRole:
        return false;
    case IsDataRole:
        return column != NameColumn;
    case DotRole:
        return column == NameColumn && m_colors ? QVariant(m_colors->colorOf(topic.name))
                                                : QVariant();
    case ElideRole:
        return static_cast<int>(Qt::ElideMiddle);
    case BadgeRole:
        if (column != NameColumn)
            return {};
        if (topic.offline > 0)
            return tr("%n offline", nullptr, topic.offline);
        return topic.outOfSync > 0 ? QVariant(tr("%n out of sync", nullptr, topic.outOfSync))
                                   : QVariant();
    case IsInternalRole:
        return topic.description.isInternal;
    case IsFavouriteRole:
        return m_favourites.contains(topic.name);
    case OutOfSyncRole:
        return topic.outOfSync;
    case OfflineRole:
        return topic.offline;
    case Qt::ToolTipRole:
        if (column != NameColumn)
            return {};
        if (topic.offline > 0)
            return tr("%1: %n partition(s) without a leader", nullptr, topic.offline)
                .arg(topic.name);
        if (topic.outOfSync > 0)
            return tr("%1: %n partition(s) with a replica out of sync", nullptr, topic.outOfSync)
                .arg(topic.name);
        return topic.name;
    case SortRole:
        switch (column) {
        case NameColumn:
            return topic.name;
        case PartitionsColumn:
            return static_cast<int>(topic.description.partitions.size());
        case ReplicasColumn:
            return topic.replicas;
        case RecordsColumn:
            return QVariant::fromValue<qlonglong>(topic.records.value_or(-1));
        case RateColumn:
            return topic.rate.value_or(-1);
        case SizeColumn:
            return QVariant::fromValue<qlonglong>(topic.bytes.value_or(-1));
        default:
            return {};
        }
    case Qt::DisplayRole:
        switch (column) {
        case NameColumn:
            return m_favourites.contains(topic.name) ? QStringLiteral("★ ") + node.label
                                                     : node.label;
        case PartitionsColumn:
            return locale.toString(static_cast<qulonglong>(topic.description.partitions.size()));
        case ReplicasColumn:
            return locale.toString(topic.replicas);
        case RecordsColumn:
            return topic.records ? locale.toString(static_cast<qlonglong>(*topic.records))
                                 : QString();
        case RateColumn:
            return topic.rate
                ? locale.toString(*topic.rate, 'f', *topic.rate > 0 && *topic.rate < 10 ? 1 : 0)
                : QString();
        case SizeColumn:
            return topic.bytes ? formatBytes(*topic.bytes) : QString();
        default:
            return {};
        }
    default:
        return {};
    }
}

QVariant TopicTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(
            Qt::AlignVCenter | (section == NameColumn ? Qt::AlignLeft : Qt::AlignRight)));
    if (role == Qt::ToolTipRole && section == RecordsColumn)
        return tr("Offsets between the first and the high watermark; compacted topics hold fewer "
                  "records");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Topic");
    case PartitionsColumn:
        return tr("Partitions");
    case ReplicasColumn:
        return tr("Replicas");
    case RecordsColumn:
        return tr("Records");
    case RateColumn:
        return tr("In /s");
    case SizeColumn:
        return tr("Size");
    default:
        return {};
    }
}

} // namespace moldau::widgets
