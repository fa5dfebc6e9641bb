#pragma once

#include <cstdint>

namespace moldau::coordinator {

/** The broker settings that a group coordinator obeys; names and defaults are Kafka's. */
struct GroupCoordinatorConfig {
    std::int32_t minSessionTimeoutMs = 6'000; ///< group.min.session.timeout.ms
    std::int32_t maxSessionTimeoutMs = 1'800'000; ///< group.max.session.timeout.ms
    std::int32_t initialRebalanceDelayMs = 3'000; ///< group.initial.rebalance.delay.ms
    std::int32_t maxGroupSize = INT32_MAX; ///< group.max.size
    std::int32_t offsetMetadataMaxBytes = 4'096; ///< offset.metadata.max.bytes
    std::int64_t offsetsRetentionMs = 7LL * 24 * 60 * 60 * 1'000; ///< offsets.retention.minutes
    std::int64_t offsetsRetentionCheckIntervalMs = 600'000; ///< offsets.retention.check.interval.ms
    std::int32_t commitTimeoutMs = 5'000; ///< offsets.commit.timeout.ms
    /**
     * How long a member that hasn't yet heard its id may wait in a JoinGroup; Kafka has no setting
     * for it.
     */
    std::int32_t newMemberJoinTimeoutMs = 300'000;
};

} // namespace moldau::coordinator
