#pragma once

#include "base/bytes.h"
#include "base/ids.h"
#include "base/result.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

namespace moldau::protocol {
class BatchView;
}

namespace moldau::storage {

/** One batch of an idempotent producer as the log remembers it. */
struct ProducerBatch {
    std::int64_t lastOffset = -1;
    std::int64_t timestampMs = -1;
    std::int32_t offsetDelta = 0; ///< last offset - first offset
    std::int32_t lastSequence = -1;

    std::int64_t firstOffset() const { return lastOffset - offsetDelta; }
    std::int32_t firstSequence() const;
    bool operator==(const ProducerBatch&) const = default;
};

/** What a log knows of one producer id. */
struct ProducerEntry {
    static constexpr std::size_t kRememberedBatches = 5; ///< a client has at most five in flight

    ProducerId id = kNoProducer;
    std::int16_t epoch = -1;
    std::int32_t coordinatorEpoch = -1; ///< of the last transaction marker
    std::int64_t lastTimestampMs = -1;
    std::int64_t currentTxnFirstOffset = -1; ///< -1: no transaction is open
    std::vector<ProducerBatch> batches; ///< oldest first, at most kRememberedBatches

    std::int32_t lastSequence() const { return batches.empty() ? -1 : batches.back().lastSequence; }
    std::int64_t lastDataOffset() const { return batches.empty() ? -1 : batches.back().lastOffset; }
    bool operator==(const ProducerEntry&) const = default;
};

/** A transaction that was rolled back: its records are skipped by read_committed consumers. */
struct AbortedTransaction {
    ProducerId producerId = kNoProducer;
    std::int64_t firstOffset = -1;
    std::int64_t lastOffset = -1; ///< of the marker
    std::int64_t lastStableOffset = -1; ///< of the log once this transaction had ended

    bool operator==(const AbortedTransaction&) const = default;
};

/**
 * Idempotent and transactional producers of one log: duplicates, sequence gaps, epochs, open
 * transactions. Part of a PartitionLog. Rebuilt from batch headers and from the newest .snapshot.
 */
class ProducerState {
public:
    /** A client's batch against what is known. */
    struct Verdict {
        std::optional<ProducerBatch> duplicateOf;
    };
    /**
     * Checks epoch and sequence of a batch with a producer id: InvalidProducerEpoch,
     * OutOfOrderSequenceNumber, InvalidTxnState; or finds that it was appended before.
     */
    Result<Verdict> check(const protocol::BatchView& batch) const;
    /** Checks a transaction marker: InvalidProducerEpoch, TransactionCoordinatorFenced. */
    Result<void> checkMarker(const protocol::BatchView& batch) const;

    /**
     * Takes in a batch that is in the log, with its final offsets: data or marker. Returns the
     * aborted transaction when the batch is the marker that ended one.
     */
    std::optional<AbortedTransaction> apply(const protocol::BatchView& batch);

    /** Transactions whose marker is below it no longer hold the last stable offset back. */
    void highWatermarkMoved(std::int64_t highWatermark);
    /** The first offset that read_committed must not see yet; none: everything is decided. */
    std::optional<std::int64_t> firstUnstableOffset() const;

    /** Offset after the last batch that was taken in. */
    std::int64_t mapEndOffset() const { return m_mapEndOffset; }
    void setMapEndOffset(std::int64_t offset) { m_mapEndOffset = offset; }

    void clear();
    void expire(std::int64_t nowMs, std::int64_t afterMs);
    /** Producers whose last batch lies below the log start are forgotten with it. */
    void truncateFromStart(std::int64_t logStartOffset);

    bool isEmpty() const { return m_producers.empty(); }
    const ProducerEntry* find(ProducerId id) const;
    std::vector<ProducerEntry> entries() const;

    /** The bytes of a .snapshot file (ProducerSnapshot version 1): the last batch of each producer.
     */
    Bytes toSnapshot() const;
    /** Replaces the state; LocalCorruptData when the bytes are none of ours or the checksum is
     * wrong. */
    Result<void> loadSnapshot(BytesView bytes, std::int64_t snapshotOffset);

private:
    std::unordered_map<ProducerId, ProducerEntry> m_producers;
    std::map<std::int64_t, ProducerId> m_openTransactions; ///< by first offset
    std::map<std::int64_t, std::int64_t>
        m_endedTransactions; ///< first offset -> marker, not yet below the high watermark
    std::int64_t m_mapEndOffset = 0;
};

} // namespace moldau::storage
