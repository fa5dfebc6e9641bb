#include "storage/producersnapshots.h"

#include "storage/segmentname.h"

#include <algorithm>

namespace moldau::storage {

std::string ProducerSnapshots::pathOf(std::int64_t offset) const
{
    return fmt::format("{}/{:020}{}", m_directory, offset, kSnapshotSuffix);
}

void ProducerSnapshots::add(std::int64_t offset)
{
    const auto place = std::lower_bound(m_offsets.begin(), m_offsets.end(), offset);
    if (place == m_offsets.end() || *place != offset)
        m_offsets.insert(place, offset);
}

Result<void> ProducerSnapshots::take(const ProducerState& state)
{
    const std::int64_t offset = state.mapEndOffset();
    auto written = replaceFile(m_files, pathOf(offset), state.toSnapshot(), Durability::Process);
    if (written)
        add(offset);
    return written;
}

Result<bool> ProducerSnapshots::loadLatest(std::int64_t offset, ProducerState& state)
{
    state.clear();
    auto end = std::upper_bound(m_offsets.begin(), m_offsets.end(), offset);
    while (end != m_offsets.begin()) {
        const auto newest = std::prev(end);
        auto bytes = readFile(m_files, pathOf(*newest));
        if (!bytes && bytes.error().code != ErrorCode::LocalNotFound)
            return fail(std::move(bytes.error()));
        if (bytes && state.loadSnapshot(*bytes, *newest))
            return true;
        if (auto removed = m_files.remove(pathOf(*newest)); !removed)
            return fail(std::move(removed.error()));
        end = m_offsets.erase(newest);
    }
    return false;
}

template <class Predicate> Result<void> ProducerSnapshots::removeIf(Predicate isUseless)
{
    for (auto offset = m_offsets.begin(); offset != m_offsets.end();) {
        if (!isUseless(*offset)) {
            ++offset;
            continue;
        }
        if (auto removed = m_files.remove(pathOf(*offset)); !removed)
            return removed;
        offset = m_offsets.erase(offset);
    }
    return {};
}

Result<void> ProducerSnapshots::removeAbove(std::int64_t offset)
{
    return removeIf([offset](std::int64_t each) { return each > offset; });
}

Result<void> ProducerSnapshots::removeBelow(std::int64_t offset)
{
    return removeIf([offset](std::int64_t each) { return each < offset; });
}

Result<void> ProducerSnapshots::removeAll()
{
    return removeIf([](std::int64_t) { return true; });
}

Result<void> ProducerSnapshots::removeStray(const std::vector<std::int64_t>& segmentBases)
{
    if (m_offsets.empty())
        return {};
    const std::int64_t newest = m_offsets.back();
    return removeIf([&segmentBases, newest](std::int64_t each) {
        return each != newest
            && !std::binary_search(segmentBases.begin(), segmentBases.end(), each);
    });
}

} // namespace moldau::storage
