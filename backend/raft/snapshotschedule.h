#pragma once

#include "base/eventloop.h"

#include <cstdint>
#include <optional>
#include <string>

namespace moldau::raft {

/**
 * When a node that reads the metadata log writes the next snapshot of what it has read: after so
 * many bytes of records, or when its newest one is so old and there is something new. Owned by a
 * node, on its thread.
 */
class SnapshotSchedule {
public:
    struct Options {
        std::int64_t maxBytes = 20 << 20; ///< metadata.log.max.record.bytes.between.snapshots
        Duration maxInterval
            = std::chrono::hours(1); ///< metadata.log.max.snapshot.interval.ms; zero: by bytes only
    };

    SnapshotSchedule(Options options, Duration now)
        : m_options(options)
        , m_last(now)
    {
    }

    /** Records were read; the wall clock when the last of them was written. */
    void noteRecords(std::size_t bytes, std::int64_t writtenMs);
    /** A snapshot of all that was noted begins to be written. */
    void begun(Duration now);

    /** Why a snapshot is due, in words for the log; none while it isn't. */
    std::optional<std::string> whyDue(Duration now) const;
    /** When it will be due by age; Duration::max() while there is nothing new. */
    Duration dueAt() const;
    std::int64_t lastWrittenMs() const { return m_lastWrittenMs; }

private:
    Options m_options;
    Duration m_last;
    std::int64_t m_bytes = 0;
    std::int64_t m_lastWrittenMs = 0;
};

} // namespace moldau::raft
