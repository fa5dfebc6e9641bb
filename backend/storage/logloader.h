#pragma once

#include "base/result.h"
#include "storage/batchheader.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace moldau::storage {

class PartitionLog;

/**
 * Brings a partition's log back from its directory. After a clean stop it reads only the end of the
 * last segment; after a crash it reads every batch from the recovery point on, cuts off what is not
 * whole, and makes indexes, producers' state and epochs anew. Lives as long as the opening.
 */
class LogLoader {
public:
    /** Fills `log`, whose offsets are those of the directory's checkpoints. */
    LogLoader(PartitionLog& log, bool isClean)
        : m_log(log)
        , m_isClean(isClean)
    {
    }

    Result<void> load();

private:
    Result<void> makeDirectory();
    Result<void> listFiles();
    Result<void> finishSwaps(const std::vector<std::int64_t>& swapped);
    Result<void> loadTopicId();
    Result<void> loadEpochs();
    Result<void> openSegments();
    Result<void> recoverFrom(std::int64_t offset);
    std::size_t firstOverlap();
    bool isCutBeforeNext(std::size_t index, const BatchHeader& batch);
    bool isHoleAfter(std::size_t index);
    Result<void> findLogEnd();
    Result<void> settleOffsets();
    Result<void> loadProducers(std::int64_t endOffset);

    PartitionLog& m_log;
    bool m_isClean;
    std::set<std::int64_t> m_bases; ///< of the segments found
    std::set<std::int64_t> m_indexed; ///< of those with an offset index
    bool m_hasMetadata = false;
    bool m_hasEpochs = false;
    bool m_areEpochsChanged = false;
};

} // namespace moldau::storage
