#pragma once

#include "bridge/metadata.h"
#include "bridge/replicasizes.h"
#include "models/brokersets.h"
#include "models/copyload.h"

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace moldau::widgets {

/** Which partitions are to lie on which brokers. */
struct ReassignWish {
    QStringList topics;
    std::optional<std::set<int>> partitions; ///< of each topic; none: all
    std::vector<int> brokers; ///< that may hold replicas
    int replicas = 0; ///< of each partition; 0: as many as now
};

/**
 * Who gets which replica, worked out from the metadata so that as little as possible is copied: a
 * replica stays where it may, then replicas and preferred leaders are spread evenly over the chosen
 * brokers. Made on any thread; a value.
 */
class ReassignPlan {
public:
    struct Move {
        QString topic;
        TopicPartition partition;
        std::vector<BrokerId> now; ///< the preferred leader first
        std::vector<BrokerId> then;
        std::int64_t bytes = 0; ///< to be copied, all new replicas together
    };
    struct BrokerShare {
        int gets = 0; ///< replicas
        int loses = 0;
        std::int64_t bytes = 0; ///< to be copied to it
    };
    using Assignments = std::map<TopicPartition, std::vector<BrokerId>>;

    ReassignPlan() = default;
    /** Spreads partitions as wished. Fewer brokers than replicas: as many replicas as brokers. */
    ReassignPlan(const Metadata& metadata, const ReplicaSizes& sizes, const ReassignWish& wish);
    /** Moves partitions to where they are told to be, for undoing another plan. */
    ReassignPlan(
        const Metadata& metadata, const ReplicaSizes& sizes, const Assignments& assignments);

    const std::vector<Move>& moves() const { return m_moves; } ///< only what changes
    int unchanged() const { return m_unchanged; }
    std::int64_t bytes() const { return m_bytes; }
    /** What its copying asks of the brokers. */
    const CopyLoad& load() const { return m_load; }
    int leaderChanges() const { return m_leaderChanges; }
    /** By broker id. */
    const std::map<int, BrokerShare>& shares() const { return m_shares; }
    /** Where the partitions lie before the plan: what leads back. */
    Assignments before() const;
    Assignments after() const;
    std::vector<TableRow> rows(const BrokerNames& names) const;
    /** What kafka-reassign-partitions reads. */
    QString json() const;

private:
    struct Placing;

    void add(const Metadata& metadata, int topic, const client::PartitionDescription& partition,
        std::vector<BrokerId> then, const std::vector<client::ReplicaSize>& sizes);

    std::vector<Move> m_moves;
    std::map<int, BrokerShare> m_shares;
    CopyLoad m_load;
    std::int64_t m_bytes = 0;
    int m_unchanged = 0;
    int m_leaderChanges = 0;
};

/** "0, 2-4": numbers and ranges; none where that isn't what it says. */
std::optional<std::set<int>> parsePartitions(const QString& text);

} // namespace moldau::widgets
