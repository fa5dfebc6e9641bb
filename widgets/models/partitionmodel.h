#pragma once

#include "client/clusterconnection.h"

#include <QAbstractTableModel>

#include <map>
#include <optional>
#include <vector>

namespace moldau::widgets {

/**
 * One topic's partitions against the brokers: which replica leads, which are in sync, how far the
 * others are behind; then offsets and size. One column a broker that holds a replica. Filled by the
 * page; GUI thread.
 */
class PartitionModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum class ReplicaState { None, Leader, InSync, OutOfSync, Offline };
    enum Role {
        ReplicaStateRole = Qt::UserRole, ///< ReplicaState, in the brokers' columns
        LagRole, ///< records behind the leader; invalid while unknown
        BrokerRole, ///< the column's broker id
    };

    explicit PartitionModel(QObject* parent = nullptr);

    /** Empties the model when the topic is another one than before. */
    void setTopic(const client::TopicDescription& topic,
        const std::vector<client::BrokerDescription>& brokers);
    void setOffsets(const std::vector<client::PartitionOffsets>& offsets);
    void setReplicas(const std::vector<client::ReplicaSize>& replicas);
    void clear();

    const client::TopicDescription& topic() const { return m_topic; }
    int firstBrokerColumn() const { return 1; }
    int brokerColumns() const { return static_cast<int>(m_brokers.size()); }
    int offsetColumn() const { return 1 + brokerColumns(); }
    int recordsColumn() const { return offsetColumn() + 1; }
    int sizeColumn() const { return offsetColumn() + 2; }
    std::int64_t records() const;
    const std::map<std::int32_t, client::PartitionOffsets>& offsets() const { return m_offsets; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Replica {
        std::int64_t bytes = 0;
        std::int64_t lag = 0;
    };

    ReplicaState stateOf(const client::PartitionDescription& partition, BrokerId broker) const;
    std::optional<std::int64_t> lagOf(
        const client::PartitionDescription& partition, BrokerId broker) const;
    QString replicaText(ReplicaState state, std::optional<std::int64_t> lag) const;
    QString brokerName(BrokerId broker) const;
    void emitAllChanged();

    client::TopicDescription m_topic;
    std::vector<BrokerId> m_brokers;
    std::map<std::int32_t, client::PartitionOffsets> m_offsets;
    std::map<std::pair<std::int32_t, std::int32_t>, Replica> m_replicas; // partition, broker
};

} // namespace moldau::widgets
