#pragma once

#include "storage/indexfile.h"

namespace moldau::storage {

/** The batch whose last offset is `offset` begins at `position` of the segment's file. */
struct OffsetIndexEntry {
    std::int64_t offset = 0;
    std::uint32_t position = 0;

    bool operator==(const OffsetIndexEntry&) const = default;
};

/** A segment's .index: every few kilobytes, where a batch begins. Entry: int32 offset - base, int32
 * position. */
class OffsetIndex {
public:
    static constexpr std::uint16_t kEntryBytes = 8;

    explicit OffsetIndex(const SegmentName& name)
        : m_file(name, kOffsetIndexSuffix, kEntryBytes)
        , m_name(name)
    {
    }

    Result<void> append(const OffsetIndexEntry& entry);
    /** The last entry at or below `offset`; the segment's beginning when there is none. */
    Result<OffsetIndexEntry> lookup(std::int64_t offset);
    Result<OffsetIndexEntry> last();
    /** The first entry whose batch begins at or behind `position`; else the last one. */
    Result<OffsetIndexEntry> atOrBehind(std::uint64_t position);
    Result<OffsetIndexEntry> at(std::uint32_t index);
    /** Drops entries for `offset` and above. */
    Result<void> truncateTo(std::int64_t offset);

    IndexFile& file() { return m_file; }

private:
    /** How many entries are at or below `offset`. */
    Result<std::uint32_t> countUpTo(std::int64_t offset);

    IndexFile m_file;
    const SegmentName& m_name;
};

} // namespace moldau::storage
