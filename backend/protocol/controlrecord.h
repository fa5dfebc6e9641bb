#pragma once

#include "protocol/batchbuilder.h"
#include "protocol/recordbatch.h"

namespace moldau::protocol {

/** What a control record says; the numbers are those of its key. */
enum class ControlType : std::int16_t {
    Abort = 0,
    Commit = 1,
    LeaderChange = 2,
    SnapshotHeader = 3,
    SnapshotFooter = 4,
    KRaftVersion = 5,
    KRaftVoters = 6,
};

/** The type in a control record's key. Readers skip types that they don't know (no error here). */
Result<std::int16_t> controlTypeOf(const RecordView& record);

/** The marker at the end of a transaction's records in one partition. */
struct EndTransactionMarker {
    bool isCommit = false;
    std::int32_t coordinatorEpoch = 0;
};

/** None when the record is no transaction marker; an error when it is a malformed one. */
Result<std::optional<EndTransactionMarker>> endTransactionMarkerOf(const RecordView& record);

/** A batch with one transaction marker. */
Bytes endTransactionBatch(ProducerId producerId, std::int16_t producerEpoch,
    const EndTransactionMarker& marker, std::int64_t timestampMs);

/**
 * A batch with one control record: `value` is a written message, as LeaderChangeMessage or
 * SnapshotHeaderRecord. Base offset, leader epoch and producer come from `options`.
 */
Bytes controlBatch(
    ControlType type, BytesView value, std::int64_t timestampMs, BatchOptions options = {});

} // namespace moldau::protocol
