#pragma once

#include "base/eventloop.h"
#include "base/ids.h"
#include "configs/configlayers.h"

#include <cstdint>
#include <deque>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace moldau::broker {

/**
 * How many bytes a second the replication of throttled partitions may take (KIP-73): a rate over
 * the last seconds, as Kafka's ReplicationQuotaManager measures it. What goes beyond is counted,
 * too, and waited for afterwards. One for what a broker sends as leader, one for what it fetches as
 * follower. Owned by the ReplicaManager, on its thread.
 */
class ReplicationQuota {
public:
    static constexpr std::int64_t kUnlimited = std::numeric_limits<std::int64_t>::max();

    /** replication.quota.window.num, replication.quota.window.size.seconds */
    ReplicationQuota(std::int32_t windows, Duration windowSize)
        : m_windows(windows)
        , m_windowSize(windowSize)
    {
    }

    /** Bytes a second. */
    void setLimit(std::int64_t limit) { m_limit = limit; }
    std::int64_t limit() const { return m_limit; }
    void record(std::int64_t bytes, Duration now);
    bool isExceeded(Duration now);

private:
    struct Window {
        Duration start;
        std::int64_t bytes;
    };
    void forgetOld(Duration now);

    std::int32_t m_windows;
    Duration m_windowSize;
    std::int64_t m_limit = kUnlimited;
    std::deque<Window> m_recent; ///< by start
};

/** The limit of a broker: what was set dynamically for it, else for all brokers. */
std::int64_t replicationLimit(const configs::BrokerLayers& layers, std::string_view setting);

/**
 * Which partitions of a topic are throttled on one broker: leader.replication.throttled.replicas or
 * follower.replication.throttled.replicas, as "partition:broker" pairs or "*".
 */
struct ThrottledPartitions {
    bool isAll = false;
    std::vector<std::int32_t> partitions;

    static ThrottledPartitions of(const std::vector<std::string>& setting, BrokerId broker);
    bool contains(std::int32_t partition) const;
};

} // namespace moldau::broker
