#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "storage/batchheader.h"
#include "storage/recordscan.h"

#include <cstdint>
#include <functional>
#include <optional>

namespace moldau::storage {

/** What compaction wants of one batch. */
struct BatchFilter {
    std::function<bool(const ScannedRecord&)> keeps; ///< asked for each record
    bool dropsAll = false; ///< no record stays
    bool keepsShell = false; ///< the head stays even when no record does
    bool isMarkerToExpire = false; ///< the marker may go one day: it gets a delete horizon
    std::int64_t newHorizonMs = 0; ///< for tombstones and markers that have none yet
};

/** A batch as compaction leaves it. */
struct FilteredBatch {
    BatchHeader header;
    Bytes rewritten; ///< empty: the batch stays as it is
};

/**
 * Applies the filter; none when nothing of the batch stays. Offsets, sequences and codec are kept;
 * a tombstone that stays for the first time starts its delete horizon (KIP-534).
 */
Result<std::optional<FilteredBatch>> filterBatch(
    const BatchHeader& header, BytesView batch, const BatchFilter& filter);

} // namespace moldau::storage
