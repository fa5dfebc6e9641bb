#include "storage/producerstate.h"

#include "base/bigendian.h"
#include "base/crc32c.h"
#include "storage/recordscan.h"

#include <fmt/format.h>

#include <algorithm>

namespace moldau::storage {

namespace {

constexpr std::int16_t kSnapshotVersion = 1;
constexpr std::size_t kSnapshotHeadBytes = 10; ///< version, checksum, count
constexpr std::size_t kSnapshotCrcStart = 6;
constexpr std::size_t kSnapshotEntryBytes = 46;
constexpr std::size_t kLargestControlBatch = 64 * 1024;
constexpr std::int16_t kAbortType = 0;
constexpr std::int16_t kCommitType = 1;

bool isNext(std::int32_t last, std::int32_t next)
{
    return next == BatchHeader::sequenceAfter(last, 1) || (last < 0 && next == 0);
}

} // namespace

std::int32_t ProducerBatch::firstSequence() const
{
    if (lastSequence < 0)
        return -1;
    constexpr std::int64_t kCycle = std::int64_t{std::numeric_limits<std::int32_t>::max()} + 1;
    return static_cast<std::int32_t>((std::int64_t{lastSequence} - offsetDelta + kCycle) % kCycle);
}

std::optional<EndMarker> EndMarker::parse(BytesView controlBatch)
{
    const auto header = BatchHeader::parse(controlBatch);
    if (!header || !header->isControl())
        return std::nullopt;
    auto scan = RecordScan::open(*header, controlBatch, kLargestControlBatch);
    const auto record = scan ? scan->next() : std::nullopt;
    if (!record || !record->key || !record->value || record->key->size() < 4
        || record->value->size() < 6)
        return std::nullopt;
    const auto type = loadBigEndian<std::int16_t>(record->key->data() + 2);
    if (type != kAbortType && type != kCommitType)
        return std::nullopt;
    return EndMarker{type == kCommitType, loadBigEndian<std::int32_t>(record->value->data() + 2)};
}

Result<std::optional<ProducerBatch>> ProducerState::check(const BatchHeader& batch,
    const LeaderAppend& context, const TopicPartition& partition, std::int64_t offset) const
{
    const ProducerEntry* const known = find(batch.producerId);
    const bool isClients = context.origin == AppendOrigin::Client;
    if (known && isClients && known->epoch == batch.producerEpoch) {
        const auto same = std::find_if(
            known->batches.begin(), known->batches.end(), [&batch](const ProducerBatch& earlier) {
                return earlier.lastSequence == batch.lastSequence()
                    && earlier.firstSequence() == batch.baseSequence;
            });
        if (same != known->batches.end())
            return *same;
    }
    if (known && batch.producerEpoch < known->epoch)
        return fail(ErrorCode::InvalidProducerEpoch,
            fmt::format("Epoch of producer {} at offset {} in {} is {}, which is smaller than the "
                        "last seen epoch {}",
                batch.producerId.value(), offset, partition.toString(), batch.producerEpoch,
                known->epoch));
    if (isClients) {
        if (auto sequence = checkSequence(batch, known, context.lowestRefused, partition, offset);
            !sequence)
            return fail(std::move(sequence.error()));
    }
    if (known && known->hasOpenTransaction() && !batch.isTransactional())
        return fail(ErrorCode::InvalidTxnState,
            fmt::format("Expected transactional write from producer {} at offset {} in {}",
                batch.producerId.value(), offset, partition.toString()));
    return std::nullopt;
}

Result<void> ProducerState::checkSequence(const BatchHeader& batch, const ProducerEntry* known,
    std::optional<std::int32_t> lowestRefused, const TopicPartition& partition,
    std::int64_t offset) const
{
    // Nothing is known after retention or DeleteRecords took the producer's records: any sequence
    // is welcome, unless an earlier one was seen and turned away.
    if (!known || known->epoch < 0) {
        if (!lowestRefused || !BatchHeader::isSequenceAfter(batch.baseSequence, *lowestRefused))
            return {};
        return fail(ErrorCode::OutOfOrderSequenceNumber,
            fmt::format("Out of order sequence number for producer {} at offset {} in {}: {} "
                        "(incoming seq. number), {} (earliest seen sequence)",
                batch.producerId.value(), offset, partition.toString(), batch.baseSequence,
                *lowestRefused));
    }
    if (batch.producerEpoch != known->epoch) {
        if (batch.baseSequence == 0)
            return {};
        return fail(ErrorCode::OutOfOrderSequenceNumber,
            fmt::format("Invalid sequence number for new epoch of producer {} at offset {} in {}: "
                        "{} (request epoch), {} (seq. number), {} (current producer epoch)",
                batch.producerId.value(), offset, partition.toString(), batch.producerEpoch,
                batch.baseSequence, known->epoch));
    }
    if (isNext(known->lastSequence(), batch.baseSequence))
        return {};
    return fail(ErrorCode::OutOfOrderSequenceNumber,
        fmt::format("Out of order sequence number for producer {} at offset {} in {}: {} (incoming "
                    "seq. number), {} (current end sequence number)",
            batch.producerId.value(), offset, partition.toString(), batch.baseSequence,
            known->lastSequence()));
}

Result<void> ProducerState::checkMarker(const BatchHeader& batch, const EndMarker& marker,
    std::int16_t transactionVersion, const TopicPartition& partition, std::int64_t offset) const
{
    const ProducerEntry* const known = find(batch.producerId);
    if (!known)
        return {};
    // With transaction version 2 the coordinator raises the epoch for each transaction, so that a
    // late marker of an earlier one can be told by it; the same marker once more is harmless.
    const bool isRepeated = batch.producerEpoch == known->epoch
        && (!known->hasOpenTransaction()
            || batch.producerEpoch == std::numeric_limits<std::int16_t>::max());
    const bool isStale = transactionVersion >= 2
        ? batch.producerEpoch <= known->epoch && !isRepeated
        : batch.producerEpoch < known->epoch;
    if (isStale)
        return fail(ErrorCode::InvalidProducerEpoch,
            fmt::format("Epoch of producer {} at offset {} in {} is {}, but the last seen epoch is "
                        "{} (TV{})",
                batch.producerId.value(), offset, partition.toString(), batch.producerEpoch,
                known->epoch, transactionVersion));
    if (known->coordinatorEpoch > marker.coordinatorEpoch)
        return fail(ErrorCode::TransactionCoordinatorFenced,
            fmt::format("Invalid coordinator epoch for producerId {} at offset {} in {}: {} "
                        "(zombie), {} (current)",
                batch.producerId.value(), offset, partition.toString(), marker.coordinatorEpoch,
                known->coordinatorEpoch));
    return {};
}

ProducerEntry& ProducerState::entryFor(ProducerId id, std::int16_t epoch)
{
    ProducerEntry& entry = m_producers[id];
    entry.id = id;
    if (entry.epoch != epoch) {
        entry.batches.clear();
        entry.epoch = epoch;
    }
    return entry;
}

void ProducerState::apply(const BatchHeader& batch)
{
    m_mapEndOffset = batch.nextOffset();
    if (!batch.hasProducer())
        return;
    ProducerEntry& entry = entryFor(batch.producerId, batch.producerEpoch);
    if (entry.batches.size() == ProducerEntry::kRememberedBatches)
        entry.batches.erase(entry.batches.begin());
    entry.batches.push_back(
        {batch.lastOffset(), batch.maxTimestampMs, batch.lastOffsetDelta, batch.lastSequence()});
    entry.lastTimestampMs = batch.maxTimestampMs;
    if (batch.isTransactional() && !entry.hasOpenTransaction()) {
        entry.currentTxnFirstOffset = batch.baseOffset;
        m_openTransactions[batch.baseOffset] = batch.producerId;
    }
}

std::optional<AbortedTransaction> ProducerState::applyMarker(
    const BatchHeader& batch, const EndMarker& marker)
{
    m_mapEndOffset = batch.nextOffset();
    ProducerEntry& entry = entryFor(batch.producerId, batch.producerEpoch);
    entry.coordinatorEpoch = marker.coordinatorEpoch;
    entry.lastTimestampMs = batch.maxTimestampMs;
    if (!entry.hasOpenTransaction())
        return std::nullopt;
    const std::int64_t first = std::exchange(entry.currentTxnFirstOffset, -1);
    m_openTransactions.erase(first);
    m_endedTransactions[first] = batch.baseOffset;
    if (marker.isCommit)
        return std::nullopt;
    const std::int64_t stable
        = m_openTransactions.empty() ? batch.baseOffset + 1 : m_openTransactions.begin()->first;
    return AbortedTransaction{batch.producerId, first, batch.baseOffset, stable};
}

void ProducerState::highWatermarkMoved(std::int64_t highWatermark)
{
    if (!m_endedTransactions.empty())
        std::erase_if(m_endedTransactions,
            [highWatermark](const auto& ended) { return ended.second < highWatermark; });
}

std::optional<std::int64_t> ProducerState::firstUnstableOffset() const
{
    std::optional<std::int64_t> first;
    if (!m_openTransactions.empty())
        first = m_openTransactions.begin()->first;
    if (!m_endedTransactions.empty())
        first = std::min(first.value_or(std::numeric_limits<std::int64_t>::max()),
            m_endedTransactions.begin()->first);
    return first;
}

void ProducerState::clear()
{
    m_producers.clear();
    m_openTransactions.clear();
    m_endedTransactions.clear();
    m_mapEndOffset = 0;
}

void ProducerState::expire(std::int64_t nowMs, std::int64_t afterMs)
{
    std::erase_if(m_producers, [nowMs, afterMs](const auto& known) {
        return !known.second.hasOpenTransaction()
            && nowMs - known.second.lastTimestampMs >= afterMs;
    });
}

bool ProducerState::hasOneSince(std::int64_t timestampMs) const
{
    return std::any_of(m_producers.begin(), m_producers.end(),
        [timestampMs](const auto& known) { return known.second.lastTimestampMs >= timestampMs; });
}

void ProducerState::recall(const ProducerState& tail)
{
    for (auto& [id, entry] : m_producers) {
        const ProducerEntry* const seen = tail.find(id);
        if (seen != nullptr && seen->epoch == entry.epoch && !entry.batches.empty()
            && seen->lastDataOffset() == entry.lastDataOffset()
            && seen->lastSequence() == entry.lastSequence())
            entry.batches = seen->batches;
    }
}

void ProducerState::logStartMoved(std::int64_t offset)
{
    std::erase_if(
        m_endedTransactions, [offset](const auto& ended) { return ended.second < offset; });
    m_mapEndOffset = std::max(m_mapEndOffset, offset);
}

const ProducerEntry* ProducerState::find(ProducerId id) const
{
    const auto found = m_producers.find(id);
    return found == m_producers.end() ? nullptr : &found->second;
}

std::vector<ProducerEntry> ProducerState::entries() const
{
    std::vector<ProducerEntry> all;
    all.reserve(m_producers.size());
    for (const auto& [id, entry] : m_producers)
        all.push_back(entry);
    std::sort(all.begin(), all.end(),
        [](const ProducerEntry& a, const ProducerEntry& b) { return a.id < b.id; });
    return all;
}

Bytes ProducerState::toSnapshot() const
{
    const std::vector<ProducerEntry> all = entries();
    Bytes bytes(kSnapshotHeadBytes + all.size() * kSnapshotEntryBytes);
    std::uint8_t* at = bytes.data() + kSnapshotHeadBytes;
    for (const ProducerEntry& entry : all) {
        const ProducerBatch last = entry.batches.empty() ? ProducerBatch{} : entry.batches.back();
        storeBigEndian(at, entry.id.value());
        storeBigEndian(at + 8, entry.epoch);
        storeBigEndian(at + 10, last.lastSequence);
        storeBigEndian(at + 14, last.lastOffset);
        storeBigEndian(at + 22, last.offsetDelta);
        storeBigEndian(at + 26, entry.lastTimestampMs);
        storeBigEndian(at + 34, entry.coordinatorEpoch);
        storeBigEndian(at + 38, entry.currentTxnFirstOffset);
        at += kSnapshotEntryBytes;
    }
    storeBigEndian(bytes.data(), kSnapshotVersion);
    storeBigEndian(bytes.data() + 6, static_cast<std::int32_t>(all.size()));
    storeBigEndian(bytes.data() + 2, crc32c(BytesView(bytes).subspan(kSnapshotCrcStart)));
    return bytes;
}

Result<void> ProducerState::loadSnapshot(BytesView bytes, std::int64_t snapshotOffset)
{
    if (bytes.size() < kSnapshotHeadBytes
        || loadBigEndian<std::int16_t>(bytes.data()) != kSnapshotVersion)
        return fail(ErrorCode::LocalCorruptData, "no producer snapshot of version 1");
    if (crc32c(bytes.subspan(kSnapshotCrcStart)) != loadBigEndian<std::uint32_t>(bytes.data() + 2))
        return fail(ErrorCode::LocalCorruptData, "producer snapshot with a wrong checksum");
    const auto count = loadBigEndian<std::uint32_t>(bytes.data() + 6);
    if (bytes.size() - kSnapshotHeadBytes != std::size_t{count} * kSnapshotEntryBytes)
        return fail(ErrorCode::LocalCorruptData, "producer snapshot of a wrong size");

    clear();
    m_mapEndOffset = snapshotOffset;
    const std::uint8_t* at = bytes.data() + kSnapshotHeadBytes;
    for (std::uint32_t i = 0; i < count; ++i, at += kSnapshotEntryBytes) {
        const ProducerId id(loadBigEndian<std::int64_t>(at));
        ProducerEntry& entry = m_producers[id];
        entry.id = id;
        entry.epoch = loadBigEndian<std::int16_t>(at + 8);
        entry.lastTimestampMs = loadBigEndian<std::int64_t>(at + 26);
        entry.coordinatorEpoch = loadBigEndian<std::int32_t>(at + 34);
        entry.currentTxnFirstOffset = loadBigEndian<std::int64_t>(at + 38);
        const ProducerBatch last{loadBigEndian<std::int64_t>(at + 14), entry.lastTimestampMs,
            loadBigEndian<std::int32_t>(at + 22), loadBigEndian<std::int32_t>(at + 10)};
        if (last.lastOffset >= 0)
            entry.batches.push_back(last);
        if (entry.hasOpenTransaction())
            m_openTransactions[entry.currentTxnFirstOffset] = id;
    }
    return {};
}

} // namespace moldau::storage
