#include "broker/replica/refusedsequences.h"

#include "storage/batchheader.h"

#include <utility>

namespace moldau::broker {

void RefusedSequences::note(Key key, std::int32_t baseSequence, Duration now)
{
    forget(now);
    const auto [known, isNew] = m_lowest.try_emplace(key, baseSequence);
    if (!isNew) {
        if (storage::BatchHeader::isSequenceAfter(known->second, baseSequence))
            known->second = baseSequence;
        return;
    }
    m_order.push_back({now, std::move(key)});
    if (m_order.size() > kMost) {
        m_lowest.erase(m_order.front().key);
        m_order.pop_front();
    }
}

std::optional<std::int32_t> RefusedSequences::lowestOf(const Key& key, Duration now)
{
    forget(now);
    const auto found = m_lowest.find(key);
    return found == m_lowest.end() ? std::nullopt : std::optional(found->second);
}

void RefusedSequences::forget(Duration now)
{
    while (!m_order.empty() && now - m_order.front().at > kMemory) {
        m_lowest.erase(m_order.front().key);
        m_order.pop_front();
    }
}

} // namespace moldau::broker
