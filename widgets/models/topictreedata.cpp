// What the rows of the tree of topics say.
#include "common/format.h"
#include "common/tableview.h"
#include "common/theme.h"
#include "common/topiccolors.h"
#include "models/topictreemodel.h"

#include <QColor>
#include <QLocale>

namespace moldau::widgets {

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
    if (role == BranchKeyRole)
        return node.key;
    if (role == Qt::ToolTipRole && column == NameColumn)
        return tr("Topics whose names begin with %1").arg(node.key);
    if (role != Qt::DisplayRole)
        return {};
    if (column == NameColumn)
        return node.label;
    return column == PartitionsColumn ? QVariant(tr("%n topics", nullptr, node.topics))
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
        if (topic.state.offline > 0)
            return tr("%n offline", nullptr, topic.state.offline);
        return topic.state.outOfSync > 0
            ? QVariant(tr("%n out of sync", nullptr, topic.state.outOfSync))
            : QVariant();
    case IsInternalRole:
        return topic.isInternal;
    case IsFavouriteRole:
        return m_favourites.contains(topic.name);
    case OutOfSyncRole:
        return topic.state.outOfSync;
    case OfflineRole:
        return topic.state.offline;
    case Qt::ToolTipRole:
        if (column != NameColumn)
            return {};
        if (topic.state.offline > 0)
            return tr("%1: %n partition(s) without a leader", nullptr, topic.state.offline)
                .arg(topic.name);
        if (topic.state.outOfSync > 0)
            return tr(
                "%1: %n partition(s) with a replica out of sync", nullptr, topic.state.outOfSync)
                .arg(topic.name);
        return topic.name;
    case Qt::DisplayRole:
        switch (column) {
        case NameColumn:
            return m_favourites.contains(topic.name) ? QStringLiteral("★ ") + node.label
                                                     : node.label;
        case PartitionsColumn:
            return locale.toString(topic.partitions);
        case ReplicasColumn:
            return locale.toString(topic.state.replicas);
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
