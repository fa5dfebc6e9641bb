#pragma once

#include "base/bytes.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/topicpartition.h"
#include "storage/abortedtransaction.h"
#include "storage/appendinfo.h"
#include "storage/batchheader.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

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
    bool hasOpenTransaction() const { return currentTxnFirstOffset >= 0; }
    bool operator==(const ProducerEntry&) const = default;
};

/** The one record of a control batch that ends a transaction. */
struct EndMarker {
    bool isCommit = false;
    std::int32_t coordinatorEpoch = 0;

    /** From a whole control batch; none when it holds something else than an end marker. */
    static std::optional<EndMarker> parse(BytesView controlBatch);
};

/**
 * Idempotent and transactional producers of one log: duplicates, sequence gaps, epochs, open
 * transactions. Part of a PartitionLog. Rebuilt from batch heads and from the newest .snapshot.
 */
class ProducerState {
public:
    /**
     * Checks a data batch with a producer id: InvalidProducerEpoch, OutOfOrderSequenceNumber,
     * InvalidTxnState. A client's batch that was appended before is given back as the one it
     * repeats. `partition` and `offset` are for the error texts.
     *
     * An unknown producer may begin at any sequence, as with Apache Kafka (KIP-360); but not behind
     * `context.lowestRefused`.
     */
    Result<std::optional<ProducerBatch>> check(const BatchHeader& batch,
        const LeaderAppend& context, const TopicPartition& partition, std::int64_t offset) const;
    /** Checks a transaction marker: InvalidProducerEpoch, TransactionCoordinatorFenced. */
    Result<void> checkMarker(const BatchHeader& batch, const EndMarker& marker,
        std::int16_t transactionVersion, const TopicPartition& partition,
        std::int64_t offset) const;

    /** Takes in a batch that is in the log now. */
    void apply(const BatchHeader& batch);
    /** Takes in a marker; returns the transaction when it was open here and is rolled back. */
    std::optional<AbortedTransaction> applyMarker(
        const BatchHeader& batch, const EndMarker& marker);

    /** Transactions whose marker is below it no longer hold the last stable offset back. */
    void highWatermarkMoved(std::int64_t highWatermark);
    /** The first offset that read_committed must not see yet; none: everything is decided. */
    std::optional<std::int64_t> firstUnstableOffset() const;

    /** Offset after the last batch that was taken in. */
    std::int64_t mapEndOffset() const { return m_mapEndOffset; }
    void setMapEndOffset(std::int64_t offset) { m_mapEndOffset = offset; }

    void clear();
    void expire(std::int64_t nowMs, std::int64_t afterMs);
    /** Any of them has appended at or after that time, as its batches have it. */
    bool hasOneSince(std::int64_t timestampMs) const;
    /** Takes over what `tail` knows, who has seen the end of the same log: of each producer the
     * batches before its last one, which alone a snapshot keeps. */
    void recall(const ProducerState& tail);
    /** The log begins at `offset` now. Producers stay: their sequences go on. */
    void logStartMoved(std::int64_t offset);

    bool isEmpty() const { return m_producers.empty() && m_endedTransactions.empty(); }
    const ProducerEntry* find(ProducerId id) const;
    std::vector<ProducerEntry> entries() const;

    /** The bytes of a .snapshot file (ProducerSnapshot version 1): the last batch of each producer.
     */
    Bytes toSnapshot() const;
    /** Replaces the state; LocalCorruptData when the bytes are no snapshot or the checksum is
     * wrong. */
    Result<void> loadSnapshot(BytesView bytes, std::int64_t snapshotOffset);

private:
    ProducerEntry& entryFor(ProducerId id, std::int16_t epoch);
    Result<void> checkSequence(const BatchHeader& batch, const ProducerEntry* known,
        std::optional<std::int32_t> lowestRefused, const TopicPartition& partition,
        std::int64_t offset) const;

    std::unordered_map<ProducerId, ProducerEntry> m_producers;
    std::map<std::int64_t, ProducerId> m_openTransactions; ///< by first offset
    /** First offset -> marker's offset, of those whose marker is not yet below the high watermark.
     */
    std::map<std::int64_t, std::int64_t> m_endedTransactions;
    std::int64_t m_mapEndOffset = 0;
};

} // namespace moldau::storage
