#include "storage/leaderepochs.h"

#include <algorithm>
#include <iterator>

namespace moldau::storage {

bool LeaderEpochs::assign(std::int32_t epoch, std::int64_t startOffset)
{
    const std::size_t before = m_entries.size();
    while (!m_entries.empty()
        && (m_entries.back().epoch > epoch || m_entries.back().startOffset > startOffset
            || (m_entries.back().startOffset == startOffset && m_entries.back().epoch != epoch)))
        m_entries.pop_back();
    if (!m_entries.empty() && m_entries.back().epoch == epoch)
        return m_entries.size() != before; // it is in force already
    m_entries.push_back({epoch, startOffset});
    return true;
}

bool LeaderEpochs::truncateFromEnd(std::int64_t endOffset)
{
    const std::size_t before = m_entries.size();
    while (!m_entries.empty() && m_entries.back().startOffset >= endOffset)
        m_entries.pop_back();
    return m_entries.size() != before;
}

bool LeaderEpochs::truncateFromStart(std::int64_t startOffset)
{
    // The last entry that begins at or below the start stays, moved up to it.
    const auto above = std::find_if(m_entries.begin(), m_entries.end(),
        [startOffset](const EpochEntry& entry) { return entry.startOffset > startOffset; });
    if (above == m_entries.begin())
        return false;
    const auto inForce = std::prev(above);
    if (inForce == m_entries.begin() && inForce->startOffset == startOffset)
        return false;
    inForce->startOffset = startOffset;
    m_entries.erase(m_entries.begin(), inForce);
    return true;
}

std::optional<std::int32_t> LeaderEpochs::latestEpoch() const
{
    if (m_entries.empty())
        return std::nullopt;
    return m_entries.back().epoch;
}

EpochEndOffset LeaderEpochs::endOffsetFor(std::int32_t epoch, std::int64_t logEndOffset) const
{
    if (epoch < 0 || m_entries.empty())
        return {};
    if (epoch == m_entries.back().epoch)
        return {epoch, logEndOffset};
    const auto higher = std::find_if(m_entries.begin(), m_entries.end(),
        [epoch](const EpochEntry& entry) { return entry.epoch > epoch; });
    if (higher == m_entries.end())
        return {}; // asked about an epoch that this replica has not seen yet
    if (higher == m_entries.begin())
        return {epoch, higher->startOffset}; // before everything known: nothing of it can be here
    return {std::prev(higher)->epoch, higher->startOffset};
}

std::optional<std::int32_t> LeaderEpochs::epochForOffset(std::int64_t offset) const
{
    const auto above = std::find_if(m_entries.begin(), m_entries.end(),
        [offset](const EpochEntry& entry) { return entry.startOffset > offset; });
    if (above == m_entries.begin())
        return std::nullopt;
    return std::prev(above)->epoch;
}

} // namespace moldau::storage
