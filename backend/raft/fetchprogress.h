#pragma once

#include "base/ids.h"
#include "base/uuid.h"

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace moldau::raft {

/**
 * How far each node that fetches from a leader has come, for DescribeQuorum. Nodes that stay away
 * for five minutes are forgotten, as in Kafka. Part of a quorum.
 */
class FetchProgress {
public:
    struct Replica {
        BrokerId id = kNoBroker;
        Uuid directory;
        std::int64_t endOffset = -1; ///< of its log
        std::int64_t lastFetchMs = -1;
        std::int64_t lastCaughtUpMs = -1; ///< when it last had all that the leader had
    };

    /** A fetch from `offset` on, while the leader's log ends at `leaderEnd`. */
    void noteFetch(BrokerId id, const Uuid& directory, std::int64_t offset, std::int64_t leaderEnd,
        std::int64_t nowMs);
    /** Those heard of lately, by id. */
    std::vector<Replica> recent(std::int64_t nowMs) const;
    void clear() { m_byNode.clear(); }

private:
    struct Entry {
        Replica replica;
        std::int64_t leaderEndAtLastFetch = -1;
    };

    std::map<std::pair<BrokerId, Uuid>, Entry> m_byNode;
};

} // namespace moldau::raft
