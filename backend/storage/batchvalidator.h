#pragma once

#include "base/bytes.h"
#include "storage/appendinfo.h"
#include "storage/logconfig.h"

#include <cstdint>
#include <string>

namespace moldau::storage {

/**
 * What a leader checks in a batch before it appends it (Kafka's LogValidator and
 * ProduceRequest.validateRecords), and what it changes: append time, compression. Stateless; the
 * batch's bytes are read once for the checksum, and record by record only where a rule asks for it.
 */
class BatchValidator {
public:
    struct Valid {
        /** The batch as it goes into the log but for base offset and epoch: what was given, or
         * `rebuilt`. */
        BytesView batch;
        Bytes rebuilt; ///< used when the append time or the codec had to change
        std::int64_t maxTimestampMs = -1;
        std::int64_t logAppendTimeMs = -1; ///< -1 with CreateTime
        std::int32_t recordCount = 0;
    };

    /** `config` outlives the call; `topicPartition` is for the error texts. */
    static tl::expected<Valid, AppendFailure> validate(BytesView batch, const LeaderAppend& context,
        const LogConfig& config, const std::string& topicPartition);
};

} // namespace moldau::storage
