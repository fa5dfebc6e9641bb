#include "broker/replica/refusedsequences.h"

#include "storage/batchheader.h"

#include <utility>

namespace moldau::broker {

void RefusedSequences::note(Key key, Refusal refusal, Duration now)
{
    forget(now);
    const auto [known, isNew] = m_lowest.try_emplace(key, Known{refusal, now});
    if (!isNew) {
        if (!storage::BatchHeader::isSequenceAfter(
                refusal.sequence, known->second.refusal.sequence))
            known->second.refusal = refusal;
        return;
    }
    m_order.push_back({now, std::move(key)});
    if (m_order.size() > kMost)
        dropOldest();
}

std::optional<RefusedSequences::Refusal> RefusedSequences::find(const Key& key, Duration now)
{
    forget(now);
    const auto found = m_lowest.find(key);
    return found == m_lowest.end() ? std::nullopt : std::optional(found->second.refusal);
}

void RefusedSequences::accepted(const Key& key, std::int32_t sequence)
{
    const auto found = m_lowest.find(key);
    if (found != m_lowest.end()
        && !storage::BatchHeader::isSequenceAfter(found->second.refusal.sequence, sequence))
        m_lowest.erase(found);
}

void RefusedSequences::forget(Duration now)
{
    while (!m_order.empty() && now - m_order.front().at > kMemory)
        dropOldest();
}

void RefusedSequences::dropOldest()
{
    const auto found = m_lowest.find(m_order.front().key);
    if (found != m_lowest.end() && found->second.since == m_order.front().at)
        m_lowest.erase(found);
    m_order.pop_front();
}

} // namespace moldau::broker
