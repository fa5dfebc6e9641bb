#pragma once

#include "bridge/metadata.h"
#include "models/brokersets.h"

#include <vector>

namespace moldau::widgets {

/** Partitions that a preferred election would touch. Made on any thread; a value. */
struct LeaderMoves {
    struct Move {
        QString topic; ///< shares the metadata's string
        TopicPartition partition;
        BrokerId from = kNoBroker; ///< kNoBroker: nobody leads it
        BrokerId to = kNoBroker;
    };

    /** Those that another than their preferred leader leads, and whose preferred leader is in
     * sync. */
    explicit LeaderMoves(const Metadata& metadata);
    LeaderMoves() = default;

    std::vector<Move> moves; ///< by topic and partition
    int waiting = 0; ///< not theirs, and it isn't in sync: an election would change nothing

    /** In the order of `moves`. */
    std::vector<TableRow> rows(const BrokerNames& names) const;
};

} // namespace moldau::widgets
