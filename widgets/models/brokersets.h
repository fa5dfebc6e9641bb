#pragma once

#include "base/topicpartition.h"
#include "client/brokeradmin.h"
#include "models/rowsmodel.h"

#include <QHash>

#include <vector>

namespace moldau::widgets {

// What the models of leaders, replicas and their moves share.

/** What brokers are called, by their ids. */
using BrokerNames = QHash<int, QString>;

/** "broker-2" where the name isn't known. */
QString brokerNameOf(const BrokerNames& names, int broker);
QString brokerListOf(const BrokerNames& names, const std::vector<BrokerId>& brokers);

bool isAmong(const std::vector<BrokerId>& brokers, BrokerId broker);
/** Those of the one that aren't in the other, in their order. */
std::vector<BrokerId> without(std::vector<BrokerId> all, const std::vector<BrokerId>& others);

/** A row about a partition, "orders 3" in its first cell. */
TableRow partitionRow(const QString& topic, int partition, std::size_t cells);

/** What came of something that was asked of the cluster for several partitions. */
struct PartitionOutcome {
    int done = 0;
    int failed = 0;
    QString why; ///< of the first that failed; may be empty

    /** An error that says that it is so already counts as done. */
    explicit PartitionOutcome(const client::PerPartition<client::BrokerAdmin::Done>& results,
        ErrorCode already = ErrorCode::None);
};

} // namespace moldau::widgets
