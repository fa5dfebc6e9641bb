#pragma once

#include "base/ids.h"
#include "protocol/compression.h"
#include "protocol/recordview.h"
#include "protocol/writer.h"

#include <span>

namespace moldau::protocol {

/** What the head of a batch says; a leader sets base offset and epoch anew. */
struct BatchOptions {
    Codec codec = Codec::None;
    std::optional<int> compressionLevel;
    std::int64_t baseOffset = 0;
    std::int32_t leaderEpoch = -1;
    ProducerId producerId = kNoProducer;
    std::int16_t producerEpoch = -1;
    std::int32_t baseSequence = -1;
    bool isTransactional = false;
    bool isControl = false;
    std::optional<std::int64_t> logAppendTimeMs; ///< makes it a LogAppendTime batch
    std::optional<std::int64_t> deleteHorizonMs; ///< set by compaction
};

/** Puts records together into one batch v2. One thread; used up by build(). */
class BatchBuilder {
public:
    explicit BatchBuilder(BatchOptions options = {});

    /** At the next offset. None is a null key or a tombstone. */
    void append(std::int64_t timestampMs, std::optional<BytesView> key,
        std::optional<BytesView> value, std::span<const RecordHeaderView> headers = {});
    /** At its own offset, which rises: compaction leaves gaps. Time and sequence as in the view. */
    void append(const RecordView& record);
    /** The batch ends at this offset although its last record may lie before it. */
    void setLastOffset(std::int64_t offset);

    std::int32_t recordCount() const { return m_recordCount; }
    bool empty() const { return m_recordCount == 0; }
    /** Bytes of the batch if it were not compressed. */
    std::size_t plainSize() const;

    Result<Bytes> build();

private:
    void appendAt(std::int64_t offset, std::int64_t timestampMs, std::optional<BytesView> key,
        std::optional<BytesView> value, std::span<const RecordHeaderView> headers);

    BatchOptions m_options;
    Writer m_records;
    std::int32_t m_recordCount = 0;
    std::int64_t m_lastOffset;
    std::int64_t m_baseTimestamp = -1;
    std::int64_t m_maxTimestamp = -1;
};

} // namespace moldau::protocol
