#include "models/topictreemodel.h"

#include <algorithm>
#include <iterator>
#include <utility>

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

void TopicTreeModel::describe(Topic& topic, const Metadata& metadata, qsizetype place)
{
    const auto index = static_cast<std::size_t>(place);
    const client::TopicDescription& description = metadata.description().topics[index];
    topic.partitions = static_cast<int>(description.partitions.size());
    topic.isInternal = description.isInternal;
    topic.state = metadata.states()[index];
}

/** Keeps the topics that are still there, in the order of the new names; the result is the others.
 */
TopicTreeModel::Topics TopicTreeModel::takeNames(const Metadata& metadata)
{
    const QStringList& names = metadata.names();
    Topics before = std::exchange(m_topics, {});
    Topics gone;
    m_topics.reserve(static_cast<std::size_t>(names.size()));
    std::size_t old = 0;
    for (qsizetype place = 0; place < names.size(); ++place) {
        while (old < before.size() && before[old]->name < names[place])
            gone.push_back(std::move(before[old++]));
        if (old < before.size() && before[old]->name == names[place]) {
            m_topics.push_back(std::move(before[old++]));
            continue;
        }
        auto topic = std::make_unique<Topic>();
        topic->name = names[place];
        describe(*topic, metadata, place);
        m_topics.push_back(std::move(topic));
    }
    std::move(
        before.begin() + static_cast<std::ptrdiff_t>(old), before.end(), std::back_inserter(gone));
    return gone;
}

void TopicTreeModel::setMetadata(const MetadataPtr& metadata)
{
    const std::vector<int> changed = metadata->changedSince(*m_metadata);
    const bool isNewSet = metadata->names() != m_metadata->names();
    // Rows point at topics: those that are gone live until their rows are.
    const Topics gone = isNewSet ? takeNames(*metadata) : Topics();
    std::vector<const Topic*> shown;
    for (const int place : changed) {
        Topic& topic = *m_topics[static_cast<std::size_t>(place)];
        const int partitions = topic.partitions;
        const Metadata::TopicState state = topic.state;
        describe(topic, *metadata, place);
        if (topic.node && (topic.partitions != partitions || topic.state != state))
            shown.push_back(&topic);
    }
    m_outOfSync = 0;
    for (const std::unique_ptr<Topic>& topic : m_topics)
        m_outOfSync += topic->state.outOfSync;
    m_metadata = metadata;
    if (isNewSet) {
        if (m_sortColumn != NameColumn)
            sortNow();
        const Names names = accepted();
        reconcile(m_root, {}, arrange(names.cbegin(), names.cend(), 0));
    }
    // The view works for each signal, of which ten thousand would hold up the window.
    if (shown.size() > kManyChanges)
        emitChangedBelow(m_root, NameColumn, ColumnCount_ - 1);
    else
        for (const Topic* topic : shown)
            emitChanged(*topic);
    sortSoon();
}

bool TopicTreeModel::isAccepted(const Topic& topic) const
{
    if (topic.isInternal && !m_isInternalShown)
        return false;
    if (m_isFavouritesOnly && !m_favourites.contains(topic.name))
        return false;
    return std::all_of(m_words.cbegin(), m_words.cend(),
        [&](const QString& word) { return topic.name.contains(word, Qt::CaseInsensitive); });
}

TopicTreeModel::Names TopicTreeModel::accepted() const
{
    Names names;
    names.reserve(m_topics.size());
    for (const std::unique_ptr<Topic>& topic : m_topics) {
        if (isAccepted(*topic))
            names.push_back(topic.get());
    }
    return names;
}

/** Names that share their next part come together, when there are at least two of them. */
TopicTreeModel::Nodes TopicTreeModel::arrange(
    Names::const_iterator begin, Names::const_iterator end, qsizetype prefix) const
{
    Nodes nodes;
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
            settle(*node, 0);
        } else {
            node->topic = *begin;
            node->topics = 1;
            node->key = name;
            node->label = prefix == 0 ? name : name.mid(prefix);
        }
        nodes.push_back(std::move(node));
        begin = last;
    }
    const auto isLess = [this](const auto& a, const auto& b) { return isBefore(*a, *b); };
    if (!std::is_sorted(nodes.begin(), nodes.end(), isLess))
        std::sort(nodes.begin(), nodes.end(), isLess);
    return nodes;
}

double TopicTreeModel::valueOf(const Node& node, int column)
{
    if (!node.topic)
        return node.topics;
    const Topic& topic = *node.topic;
    switch (column) {
    case PartitionsColumn:
        return topic.partitions;
    case ReplicasColumn:
        return topic.state.replicas;
    case RecordsColumn:
        return static_cast<double>(topic.records.value_or(-1));
    case RateColumn:
        return topic.rate.value_or(-1);
    case SizeColumn:
        return static_cast<double>(topic.bytes.value_or(-1));
    default:
        return 0;
    }
}

/** Branches first, whatever the order; what is equal by name. */
bool TopicTreeModel::isBefore(const Node& a, const Node& b) const
{
    const bool isBranchA = !a.topic;
    const bool isBranchB = !b.topic;
    if (isBranchA != isBranchB)
        return isBranchA;
    const bool isAscending = m_sortOrder == Qt::AscendingOrder;
    if (m_sortColumn != NameColumn) {
        const double valueA = valueOf(a, m_sortColumn);
        const double valueB = valueOf(b, m_sortColumn);
        if (valueA != valueB)
            return (valueA < valueB) == isAscending;
        return a.key < b.key;
    }
    return isAscending ? a.key < b.key : b.key < a.key;
}

bool TopicTreeModel::isSame(const Node& a, const Node& b)
{
    return !a.topic == !b.topic && a.key == b.key && a.label == b.label;
}

/** Makes a node's children the wanted ones with as few inserts and removes as there are runs of
 * them. Both are in the order of isBefore(). */
void TopicTreeModel::reconcile(Node& node, const QModelIndex& index, Nodes wanted)
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
                orphan(*node.children[i]);
            node.children.erase(node.children.begin() + static_cast<std::ptrdiff_t>(row),
                node.children.begin() + static_cast<std::ptrdiff_t>(end));
            settle(node, row);
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
            for (std::size_t i = next; i < last; ++i)
                adopt(*wanted[i]);
            node.children.insert(node.children.begin() + static_cast<std::ptrdiff_t>(row),
                std::make_move_iterator(wanted.begin() + static_cast<std::ptrdiff_t>(next)),
                std::make_move_iterator(wanted.begin() + static_cast<std::ptrdiff_t>(last)));
            settle(node, row);
            endInsertRows();
            row += last - next;
            next = last;
            continue;
        }
        Node& child = *node.children[row];
        if (wanted[next]->topic) {
            child.topic = wanted[next]->topic;
            child.topic->node = &child;
        } else {
            reconcile(child, this->index(static_cast<int>(row), 0, index),
                std::move(wanted[next]->children));
        }
        ++row;
        ++next;
    }
    settle(node, node.children.size());
    if (index.isValid())
        emit dataChanged(index, index.siblingAtColumn(ColumnCount_ - 1)); // how many are below
}

/** Tells the children from this row on where they are, and the node how many topics it has. */
void TopicTreeModel::settle(Node& node, std::size_t from)
{
    for (std::size_t row = from; row < node.children.size(); ++row) {
        node.children[row]->parent = &node;
        node.children[row]->row = static_cast<int>(row);
    }
    node.topics = node.topic ? 1 : 0;
    for (const std::unique_ptr<Node>& child : node.children)
        node.topics += child->topics;
}

/** The topics below have their rows here. */
void TopicTreeModel::adopt(Node& node)
{
    if (node.topic)
        node.topic->node = &node;
    for (const std::unique_ptr<Node>& child : node.children)
        adopt(*child);
}

void TopicTreeModel::orphan(const Node& node)
{
    // A topic that moves to another branch may have its row there already.
    if (node.topic && node.topic->node == &node)
        node.topic->node = nullptr;
    for (const std::unique_ptr<Node>& child : node.children)
        orphan(*child);
}

void TopicTreeModel::rebuild()
{
    beginResetModel();
    for (const std::unique_ptr<Topic>& topic : m_topics)
        topic->node = nullptr;
    const Names names = accepted();
    m_root.children = arrange(names.cbegin(), names.cend(), 0);
    settle(m_root, 0);
    adopt(m_root);
    endResetModel();
}

void TopicTreeModel::setTree(bool isTree)
{
    if (isTree != std::exchange(m_isTree, isTree))
        rebuild();
}

void TopicTreeModel::setText(const QString& text)
{
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    if (words != std::exchange(m_words, words))
        rebuild();
}

void TopicTreeModel::setFavouritesOnly(bool isOnly)
{
    if (isOnly != std::exchange(m_isFavouritesOnly, isOnly))
        rebuild();
}

void TopicTreeModel::setInternalShown(bool isShown)
{
    if (isShown != std::exchange(m_isInternalShown, isShown))
        rebuild();
}

void TopicTreeModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= ColumnCount_)
        return;
    m_sortColumn = column;
    m_sortOrder = order;
    sortNow();
}

bool TopicTreeModel::isSortedBelow(const Node& node) const
{
    return std::is_sorted(node.children.begin(), node.children.end(),
               [this](const auto& a, const auto& b) { return isBefore(*a, *b); })
        && std::all_of(node.children.begin(), node.children.end(),
            [this](const auto& child) { return isSortedBelow(*child); });
}

void TopicTreeModel::sortBelow(Node& node)
{
    std::sort(node.children.begin(), node.children.end(),
        [this](const auto& a, const auto& b) { return isBefore(*a, *b); });
    settle(node, 0);
    for (const std::unique_ptr<Node>& child : node.children)
        sortBelow(*child);
}

void TopicTreeModel::sortNow()
{
    m_isSortPending = false;
    if (isSortedBelow(m_root))
        return;
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    sortBelow(m_root);
    for (const QModelIndex& index : persistentIndexList()) {
        const Node& node = *nodeOf(index);
        changePersistentIndex(index, indexOf(node, index.column()));
    }
    emit layoutChanged({}, VerticalSortHint);
}

/** Figures change one by one; rows find their new places together. */
void TopicTreeModel::sortSoon()
{
    if (m_sortColumn == NameColumn || std::exchange(m_isSortPending, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_isSortPending)
                sortNow();
        },
        Qt::QueuedConnection);
}

TopicTreeModel::Topic* TopicTreeModel::find(const QString& name) const
{
    const int place = m_metadata->indexOf(name);
    return place < 0 ? nullptr : m_topics[static_cast<std::size_t>(place)].get();
}

void TopicTreeModel::setRecords(
    const QString& topic, std::int64_t records, std::int64_t endOffsets, std::int64_t timeMs)
{
    Topic* found = find(topic);
    if (!found)
        return;
    Topic& entry = *found;
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
    sortSoon();
}

void TopicTreeModel::setSizes(const QHash<QString, std::int64_t>& bytes)
{
    std::vector<const Topic*> changed;
    for (const std::unique_ptr<Topic>& topic : m_topics) {
        const auto found = bytes.constFind(topic->name);
        const std::optional<std::int64_t> size
            = found == bytes.cend() ? std::nullopt : std::optional(*found);
        if (size == topic->bytes)
            continue;
        topic->bytes = size;
        changed.push_back(topic.get());
    }
    if (changed.size() > kManyChanges)
        emitChangedBelow(m_root, SizeColumn, SizeColumn);
    else
        for (const Topic* topic : changed)
            emitChanged(*topic);
    sortSoon();
}

void TopicTreeModel::emitChangedBelow(const Node& node, int firstColumn, int lastColumn)
{
    if (node.children.empty())
        return;
    emit dataChanged(
        indexOf(*node.children.front(), firstColumn), indexOf(*node.children.back(), lastColumn));
    for (const std::unique_ptr<Node>& child : node.children)
        emitChangedBelow(*child, firstColumn, lastColumn);
}

void TopicTreeModel::setFavourites(const QSet<QString>& names)
{
    const QSet<QString> changed = (names - m_favourites) + (m_favourites - names);
    m_favourites = names;
    if (m_isFavouritesOnly && !changed.isEmpty()) {
        const Names shown = accepted();
        reconcile(m_root, {}, arrange(shown.cbegin(), shown.cend(), 0));
    }
    for (const QString& name : changed) {
        if (const Topic* topic = find(name))
            emitChanged(*topic);
    }
}

const client::TopicDescription* TopicTreeModel::topic(const QString& name) const
{
    return m_metadata->topic(name);
}

TopicTreeModel::Node* TopicTreeModel::nodeOf(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<Node*>(index.internalPointer())
                           : const_cast<Node*>(&m_root);
}

QModelIndex TopicTreeModel::indexOf(const Node& node, int column) const
{
    return node.parent ? createIndex(node.row, column, const_cast<Node*>(&node)) : QModelIndex();
}

QModelIndex TopicTreeModel::indexOf(const QString& topic) const
{
    const Topic* found = find(topic);
    return found && found->node ? indexOf(*found->node, 0) : QModelIndex();
}

void TopicTreeModel::emitChanged(const Topic& topic)
{
    if (!topic.node)
        return;
    const QModelIndex index = indexOf(*topic.node, 0);
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

} // namespace moldau::widgets
