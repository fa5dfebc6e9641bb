#pragma once

#include "base/ids.h"
#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace moldau::storage {

/** Who hands a batch to a leader's log; decides what is checked. */
enum class AppendOrigin : std::uint8_t {
    Client, ///< Produce: everything is checked, no control batches, sequences must follow
    Coordinator, ///< our own coordinators: markers are welcome, sequences unchecked
};

/** What a leader knows when it appends. */
struct LeaderAppend {
    std::int32_t leaderEpoch = 0;
    std::int64_t nowMs = 0; ///< wall clock
    AppendOrigin origin = AppendOrigin::Client;
    std::int16_t produceVersion = 13; ///< of the request; zstd is refused below 7
    std::int16_t transactionVersion = 0; ///< of a marker: from 2 on its epoch must be a new one
    /** The lowest sequence of the batch's producer that was refused here and may come again: a log
     * that doesn't know the producer takes none behind it. */
    std::optional<std::int32_t> lowestRefused = {};
};

/** Where an append went. */
struct AppendInfo {
    std::int64_t baseOffset
        = -1; ///< of a duplicate: where the batch stands since its first sending
    std::int64_t lastOffset = -1;
    std::int64_t logAppendTimeMs = -1; ///< only with message.timestamp.type=LogAppendTime
    std::int64_t logStartOffset = 0;
    std::int64_t maxTimestampMs = -1;
    std::int32_t recordCount = 0;
    std::int32_t batchCount = 0;
    std::int32_t bytes = 0;
    bool isDuplicate = false; ///< nothing was written: these very records are in the log already
};

/** Why a leader refused a batch, in the form that Produce answers it from v8 on. */
struct AppendFailure {
    struct RecordError {
        std::int32_t batchIndex = 0; ///< the record's place in the batch
        std::string message;
    };

    Error error;
    std::vector<RecordError> recordErrors; ///< may be empty
};

using AppendResult = tl::expected<AppendInfo, AppendFailure>;

} // namespace moldau::storage
