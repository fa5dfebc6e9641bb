#pragma once

#include "base/bytes.h"
#include "base/topicpartition.h"
#include "storage/appendinfo.h"
#include "storage/batchheader.h"
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
        /** The batch as it goes into the log, but for its base offset and leader epoch. */
        BytesView batch;
        BatchHeader header; ///< of `batch`
        Bytes rebuilt; ///< what `batch` shows when the append time or the codec had to change
        std::int64_t logAppendTimeMs = -1; ///< -1 with CreateTime
    };

    /** `config` outlives the call; `partition` is for the error texts. */
    static tl::expected<Valid, AppendFailure> validate(BytesView batch, const LeaderAppend& context,
        const LogConfig& config, const TopicPartition& partition);

private:
    class Check;
};

} // namespace moldau::storage
