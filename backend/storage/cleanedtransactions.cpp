#include "storage/cleanedtransactions.h"

#include "storage/producerstate.h"

namespace moldau::storage {

CleanedTransactions::CleanedTransactions(const std::vector<AbortedTransaction>& aborted)
{
    for (const AbortedTransaction& transaction : aborted)
        m_toCome.emplace(transaction.firstOffset, transaction);
}

void CleanedTransactions::beginUpTo(std::int64_t offset)
{
    while (!m_toCome.empty() && m_toCome.begin()->first <= offset) {
        const AbortedTransaction& next = m_toCome.begin()->second;
        m_aborted.try_emplace(next.producerId, Ongoing{next});
        m_toCome.erase(m_toCome.begin());
    }
}

bool CleanedTransactions::isAborted(const BatchHeader& dataBatch)
{
    beginUpTo(dataBatch.lastOffset());
    if (!dataBatch.isTransactional())
        return false;
    const auto aborted = m_aborted.find(dataBatch.producerId);
    if (aborted == m_aborted.end()) {
        m_committed.insert(dataBatch.producerId);
        return false;
    }
    aborted->second.hasData = true;
    return true;
}

bool CleanedTransactions::isMarkerUseless(
    const BatchHeader& marker, BytesView batch, std::vector<AbortedTransaction>& stillAborted)
{
    beginUpTo(marker.lastOffset());
    if (marker.recordCount == 0)
        return true; // only the shell of one
    const auto end = EndMarker::parse(batch);
    if (!end)
        return false;
    if (end->isCommit)
        return m_committed.erase(marker.producerId) == 0;
    const auto aborted = m_aborted.find(marker.producerId);
    const bool hasData = aborted != m_aborted.end() && aborted->second.hasData;
    if (hasData)
        stillAborted.push_back(aborted->second.transaction);
    if (aborted != m_aborted.end())
        m_aborted.erase(aborted);
    return !hasData;
}

} // namespace moldau::storage
