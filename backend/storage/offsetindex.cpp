#include "storage/offsetindex.h"

#include "base/bigendian.h"

#include <array>

namespace moldau::storage {

Result<void> OffsetIndex::append(const OffsetIndexEntry& entry)
{
    std::array<std::uint8_t, kEntryBytes> bytes;
    storeBigEndian(bytes.data(), static_cast<std::uint32_t>(entry.offset - m_name.baseOffset));
    storeBigEndian(bytes.data() + 4, entry.position);
    return m_file.append(bytes);
}

Result<OffsetIndexEntry> OffsetIndex::at(std::uint32_t index)
{
    std::array<std::uint8_t, kEntryBytes> bytes;
    if (auto got = m_file.read(index, bytes); !got)
        return fail(std::move(got.error()));
    return OffsetIndexEntry{m_name.baseOffset + loadBigEndian<std::uint32_t>(bytes.data()),
        loadBigEndian<std::uint32_t>(bytes.data() + 4)};
}

Result<std::uint32_t> OffsetIndex::countUpTo(std::int64_t offset)
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
        if (entry->offset <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

Result<OffsetIndexEntry> OffsetIndex::lookup(std::int64_t offset)
{
    auto count = countUpTo(offset);
    if (!count)
        return fail(std::move(count.error()));
    return *count == 0 ? Result<OffsetIndexEntry>(OffsetIndexEntry{m_name.baseOffset, 0})
                       : at(*count - 1);
}

Result<OffsetIndexEntry> OffsetIndex::last()
{
    auto count = m_file.count();
    if (!count)
        return fail(std::move(count.error()));
    return *count == 0 ? Result<OffsetIndexEntry>(OffsetIndexEntry{m_name.baseOffset, 0})
                       : at(*count - 1);
}

Result<OffsetIndexEntry> OffsetIndex::atOrBehind(std::uint64_t position)
{
    auto count = m_file.count();
    if (!count)
        return fail(std::move(count.error()));
    std::uint32_t low = 0;
    for (std::uint32_t high = *count; low < high;) {
        const std::uint32_t middle = low + (high - low) / 2;
        auto entry = at(middle);
        if (!entry)
            return entry;
        if (entry->position < position)
            low = middle + 1;
        else
            high = middle;
    }
    return low < *count ? at(low) : last();
}

Result<void> OffsetIndex::truncateTo(std::int64_t offset)
{
    auto count = countUpTo(offset - 1);
    if (!count)
        return fail(std::move(count.error()));
    return m_file.truncate(*count);
}

} // namespace moldau::storage
