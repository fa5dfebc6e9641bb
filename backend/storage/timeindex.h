#pragma once

#include "storage/indexfile.h"

namespace moldau::storage {

/** No record up to and including `offset` has a timestamp above `timestampMs`. */
struct TimeIndexEntry {
    std::int64_t timestampMs = -1;
    std::int64_t offset = 0;

    bool operator==(const TimeIndexEntry&) const = default;
};

/** A segment's .timeindex, timestamps strictly rising. Entry: int64 timestamp, int32 offset - base.
 */
class TimeIndex {
public:
    static constexpr std::uint16_t kEntryBytes = 12;

    explicit TimeIndex(const SegmentName& name)
        : m_file(name, kTimeIndexSuffix, kEntryBytes)
        , m_name(name)
    {
    }

    /** Appends unless the timestamp is no larger than the last one; tells whether it did. */
    Result<bool> maybeAppend(const TimeIndexEntry& entry);
    /** The last entry at or below `timestampMs`; timestamp -1 and the base offset when there is
     * none. */
    Result<TimeIndexEntry> lookup(std::int64_t timestampMs);
    Result<TimeIndexEntry> last();
    /** Drops entries whose offset is `offset` or above. */
    Result<void> truncateTo(std::int64_t offset);

    IndexFile& file() { return m_file; }

private:
    Result<TimeIndexEntry> at(std::uint32_t index);
    Result<TimeIndexEntry> beforeOrNone(std::uint32_t count);
    template <class IsBelow> Result<std::uint32_t> countWhile(IsBelow isBelow);

    IndexFile m_file;
    const SegmentName& m_name;
};

} // namespace moldau::storage
