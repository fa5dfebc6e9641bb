#pragma once

#include "storage/abortedtransaction.h"
#include "storage/batchheader.h"

#include <cstdint>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace moldau::storage {

/**
 * Which batches compaction may drop because of their transactions: the data of aborted ones, and
 * markers of which no data is left. Sees the batches of a log in order. Part of a CleanJob.
 */
class CleanedTransactions {
public:
    /** `aborted` are all that touch the batches to come. */
    explicit CleanedTransactions(const std::vector<AbortedTransaction>& aborted);

    /** True for data that was rolled back. */
    bool isAborted(const BatchHeader& dataBatch);
    /**
     * True for a marker that nothing refers to any more. A rolled-back transaction of which data
     * stays is added to `stillAborted`, for the new segment's index.
     */
    bool isMarkerUseless(
        const BatchHeader& marker, BytesView batch, std::vector<AbortedTransaction>& stillAborted);

private:
    struct Ongoing {
        AbortedTransaction transaction;
        bool hasData = false;
    };

    void beginUpTo(std::int64_t offset);

    std::multimap<std::int64_t, AbortedTransaction> m_toCome; ///< by first offset
    std::unordered_map<ProducerId, Ongoing> m_aborted;
    std::unordered_set<ProducerId> m_committed;
};

} // namespace moldau::storage
