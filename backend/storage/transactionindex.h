#pragma once

#include "storage/abortedtransaction.h"
#include "storage/indexfile.h"

#include <vector>

namespace moldau::storage {

/**
 * A segment's .txnindex: the transactions whose abort marker lies in the segment. The file exists
 * only where there is one. Entry: int16 version 0, then int64 producer id, first offset, last
 * offset, last stable offset.
 */
class TransactionIndex {
public:
    static constexpr std::uint16_t kEntryBytes = 34;

    explicit TransactionIndex(const SegmentName& name)
        : m_file(name, kTransactionIndexSuffix, kEntryBytes)
    {
    }

    /** Written at once: unlike the other indexes it is seldom. */
    Result<void> append(const AbortedTransaction& transaction);
    /**
     * Adds transactions that touch [startOffset, endOffset) to `found`. True when no later segment
     * can hold another one.
     */
    Result<bool> collect(
        std::int64_t startOffset, std::int64_t endOffset, std::vector<AbortedTransaction>& found);
    Result<std::vector<AbortedTransaction>> all();
    /** Drops transactions that ended at `offset` or above. */
    Result<void> truncateTo(std::int64_t offset);

    IndexFile& file() { return m_file; }

private:
    Result<AbortedTransaction> at(std::uint32_t index);

    IndexFile m_file;
};

} // namespace moldau::storage
