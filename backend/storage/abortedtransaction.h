#pragma once

#include "base/ids.h"

#include <cstdint>

namespace moldau::storage {

/** A transaction that was rolled back: its records are skipped by read_committed consumers. */
struct AbortedTransaction {
    ProducerId producerId = kNoProducer;
    std::int64_t firstOffset = -1;
    std::int64_t lastOffset = -1; ///< of the marker
    std::int64_t lastStableOffset = -1; ///< of the log once this transaction had ended

    bool operator==(const AbortedTransaction&) const = default;
};

} // namespace moldau::storage
