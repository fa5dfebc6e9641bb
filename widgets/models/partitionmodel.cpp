#include "models/partitionmodel.h"

#include "common/format.h"
#include "common/tableview.h"

#include <algorithm>
#include <set>

namespace moldau::widgets {

namespace {

bool contains(const std::vector<BrokerId>& brokers, BrokerId broker)
{
    return std::find(brokers.begin(), brokers.end(), broker) != brokers.end();
}

} // namespace

PartitionModel::PartitionModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void PartitionModel::setTopic(
    const client::TopicDescription& topic, const std::vector<client::BrokerDescription>& brokers)
{
    // Brokers that hold a replica, and all of them while they fit the eye, so that a free one
    // shows.
    std::set<BrokerId> columns;
    for (const client::PartitionDescription& partition : topic.partitions)
        columns.insert(partition.replicas.begin(), partition.replicas.end());
    if (brokers.size() <= 6) {
        for (const client::BrokerDescription& broker : brokers)
            columns.insert(broker.id);
    }
    std::vector<BrokerId> wanted(columns.begin(), columns.end());
    const bool isAnother = topic.name != m_topic.name || topic.id != m_topic.id;
    if (isAnother || wanted != m_brokers) {
        beginResetModel();
        if (isAnother) {
            m_offsets.clear();
            m_replicas.clear();
        }
        m_topic = topic;
        m_brokers = std::move(wanted);
        endResetModel();
        return;
    }
    const int before = rowCount();
    const int after = static_cast<int>(topic.partitions.size());
    if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_topic = topic;
        endInsertRows();
    } else if (after < before) {
        beginRemoveRows({}, after, before - 1);
        m_topic = topic;
        endRemoveRows();
    } else {
        m_topic = topic;
    }
    emitAllChanged();
}

void PartitionModel::setOffsets(const std::vector<client::PartitionOffsets>& offsets)
{
    m_offsets.clear();
    for (const client::PartitionOffsets& partition : offsets)
        m_offsets[partition.partition] = partition;
    emitAllChanged();
}

void PartitionModel::setReplicas(const std::vector<client::ReplicaSize>& replicas)
{
    m_replicas.clear();
    for (const client::ReplicaSize& replica : replicas) {
        if (replica.topic == m_topic.name)
            m_replicas[{replica.partition, replica.broker.value()}] = {replica.bytes, replica.lag};
    }
    emitAllChanged();
}

void PartitionModel::clear()
{
    beginResetModel();
    m_topic = {};
    m_brokers.clear();
    m_offsets.clear();
    m_replicas.clear();
    endResetModel();
}

std::int64_t PartitionModel::records() const
{
    std::int64_t records = 0;
    for (const auto& [partition, offsets] : m_offsets)
        records += std::max<std::int64_t>(offsets.latest - offsets.earliest, 0);
    return records;
}

void PartitionModel::emitAllChanged()
{
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

PartitionModel::ReplicaState PartitionModel::stateOf(
    const client::PartitionDescription& partition, BrokerId broker) const
{
    if (!contains(partition.replicas, broker))
        return ReplicaState::None;
    if (contains(partition.offline, broker))
        return ReplicaState::Offline;
    if (partition.leader == broker)
        return ReplicaState::Leader;
    return contains(partition.inSync, broker) ? ReplicaState::InSync : ReplicaState::OutOfSync;
}

std::optional<std::int64_t> PartitionModel::lagOf(
    const client::PartitionDescription& partition, BrokerId broker) const
{
    const auto found = m_replicas.find({partition.index, broker.value()});
    return found == m_replicas.end() ? std::nullopt : std::optional(found->second.lag);
}

QString PartitionModel::replicaText(ReplicaState state, std::optional<std::int64_t> lag) const
{
    switch (state) {
    case ReplicaState::None:
        return {};
    case ReplicaState::Leader:
        return tr("leader");
    case ReplicaState::InSync:
        return tr("in sync");
    case ReplicaState::Offline:
        return tr("offline");
    case ReplicaState::OutOfSync:
        break;
    }
    return lag && *lag > 0 ? QStringLiteral("− ") + formatNumber(*lag) : tr("behind");
}

QString PartitionModel::brokerName(BrokerId broker) const
{
    return tr("broker-%1").arg(broker.value());
}

int PartitionModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_topic.partitions.size());
}

int PartitionModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : sizeColumn() + 1;
}

QVariant PartitionModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const client::PartitionDescription& partition
        = m_topic.partitions[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    if (role == Qt::TextAlignmentRole)
        return headerData(column, Qt::Horizontal, role);
    if (role == IsDataRole)
        return column == 0 || column >= offsetColumn();
    if (column >= firstBrokerColumn() && column < offsetColumn()) {
        const BrokerId broker = m_brokers[static_cast<std::size_t>(column - firstBrokerColumn())];
        const ReplicaState state = stateOf(partition, broker);
        const std::optional<std::int64_t> lag = lagOf(partition, broker);
        switch (role) {
        case ReplicaStateRole:
            return static_cast<int>(state);
        case LagRole:
            return lag ? QVariant::fromValue<qlonglong>(*lag) : QVariant();
        case BrokerRole:
            return broker.value();
        case Qt::DisplayRole:
            return replicaText(state, lag);
        case Qt::AccessibleTextRole:
        case Qt::ToolTipRole:
            switch (state) {
            case ReplicaState::None:
                return {};
            case ReplicaState::Leader:
                return tr(
                    "%1 leads partition %2: producers and consumers talk to it (leader epoch %3)")
                    .arg(brokerName(broker))
                    .arg(partition.index)
                    .arg(partition.leaderEpoch);
            case ReplicaState::InSync:
                return tr("%1 holds a copy of partition %2 that is in sync: it may become leader")
                    .arg(brokerName(broker))
                    .arg(partition.index);
            case ReplicaState::OutOfSync:
                return lag && *lag > 0 ? tr("%1's copy of partition %2 is %3 records behind")
                                             .arg(brokerName(broker))
                                             .arg(partition.index)
                                             .arg(formatNumber(*lag))
                                       : tr("%1's copy of partition %2 is not in sync")
                                             .arg(brokerName(broker))
                                             .arg(partition.index);
            case ReplicaState::Offline:
                return tr("%1 is down: its copy of partition %2 can't be reached")
                    .arg(brokerName(broker))
                    .arg(partition.index);
            }
            return {};
        default:
            return {};
        }
    }
    if (role != Qt::DisplayRole)
        return {};
    if (column == 0)
        return QString::number(partition.index);
    const auto offsets = m_offsets.find(partition.index);
    if (column == sizeColumn()) {
        const BrokerId shown = partition.leader != kNoBroker || partition.replicas.empty()
            ? partition.leader
            : partition.replicas.front();
        const auto replica = m_replicas.find({partition.index, shown.value()});
        return replica == m_replicas.end() ? QString() : formatBytes(replica->second.bytes);
    }
    if (offsets == m_offsets.end() || offsets->second.latest < 0)
        return QString();
    if (column == offsetColumn())
        return QStringLiteral("%1 – %2").arg(
            formatNumber(offsets->second.earliest), formatNumber(offsets->second.latest));
    return formatNumber(offsets->second.latest - offsets->second.earliest);
}

QVariant PartitionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const bool isBroker = section >= firstBrokerColumn() && section < offsetColumn();
    if (role == Qt::TextAlignmentRole) {
        const Qt::Alignment side = isBroker ? Qt::AlignHCenter
            : section == 0                  ? Qt::AlignLeft
                                            : Qt::AlignRight;
        return QVariant::fromValue(Qt::AlignVCenter | side);
    }
    if (role == Qt::ToolTipRole && section == offsetColumn())
        return tr("The first offset that is still there, and the high watermark: the next offset "
                  "to be read");
    if (role != Qt::DisplayRole)
        return {};
    if (isBroker)
        return brokerName(m_brokers[static_cast<std::size_t>(section - firstBrokerColumn())]);
    if (section == 0)
        return QStringLiteral("#");
    if (section == offsetColumn())
        return tr("First – end offset");
    return section == recordsColumn() ? tr("Records") : tr("Size");
}

} // namespace moldau::widgets
