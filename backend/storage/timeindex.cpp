#include "storage/timeindex.h"

#include "base/bigendian.h"

#include <array>

namespace moldau::storage {

Result<TimeIndexEntry> TimeIndex::at(std::uint32_t index)
{
    std::array<std::uint8_t, kEntryBytes> bytes;
    if (auto got = m_file.read(index, bytes); !got)
        return fail(std::move(got.error()));
    return TimeIndexEntry{loadBigEndian<std::int64_t>(bytes.data()),
        m_name.baseOffset + loadBigEndian<std::uint32_t>(bytes.data() + 8)};
}

Result<TimeIndexEntry> TimeIndex::beforeOrNone(std::uint32_t count)
{
    return count == 0 ? Result<TimeIndexEntry>(TimeIndexEntry{-1, m_name.baseOffset})
                      : at(count - 1);
}

template <class IsBelow> Result<std::uint32_t> TimeIndex::countWhile(IsBelow isBelow)
{
    auto count = m_file.count();
    if (!count)
        return count;
    std::uint32_t low = 0;
    std::uint32_t high = *count;
    while (low < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        auto entry = at(middle);
        if (!entry)
            return fail(std::move(entry.error()));
        if (isBelow(*entry))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

Result<bool> TimeIndex::maybeAppend(const TimeIndexEntry& entry)
{
    auto previous = last();
    if (!previous)
        return fail(std::move(previous.error()));
    if (entry.timestampMs <= previous->timestampMs)
        return false;
    std::array<std::uint8_t, kEntryBytes> bytes;
    storeBigEndian(bytes.data(), entry.timestampMs);
    storeBigEndian(bytes.data() + 8, static_cast<std::uint32_t>(entry.offset - m_name.baseOffset));
    if (auto appended = m_file.append(bytes); !appended)
        return fail(std::move(appended.error()));
    return true;
}

Result<TimeIndexEntry> TimeIndex::lookup(std::int64_t timestampMs)
{
    auto count = countWhile(
        [timestampMs](const TimeIndexEntry& entry) { return entry.timestampMs <= timestampMs; });
    if (!count)
        return fail(std::move(count.error()));
    return beforeOrNone(*count);
}

Result<TimeIndexEntry> TimeIndex::last()
{
    auto count = m_file.count();
    if (!count)
        return fail(std::move(count.error()));
    return beforeOrNone(*count);
}

Result<void> TimeIndex::truncateTo(std::int64_t offset)
{
    auto count
        = countWhile([offset](const TimeIndexEntry& entry) { return entry.offset < offset; });
    if (!count)
        return fail(std::move(count.error()));
    return m_file.truncate(*count);
}

} // namespace moldau::storage
