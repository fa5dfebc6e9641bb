#include "storage/partitionlog.h"

#include "base/bigendian.h"
#include "storage/batchvalidator.h"
#include "storage/checkpointfile.h"
#include "storage/loghost.h"
#include "storage/logloader.h"

#include <algorithm>
#include <utility>

namespace moldau::storage {

namespace {

constexpr std::string_view kUnifiedLog = "org.apache.kafka.storage.internals.log.UnifiedLog";

tl::unexpected<AppendFailure> refuse(Error error)
{
    return tl::unexpected(AppendFailure{std::move(error), {}});
}

} // namespace

PartitionLog::PartitionLog(LogHost& host, Options options)
    : m_host(host)
    , m_partition(std::move(options.partition))
    , m_topicId(options.topicId)
    , m_path(std::move(options.path))
    , m_config(std::move(options.config))
    , m_snapshots(host.fileSystem(), m_path)
    , m_logStartOffset(options.logStartOffset)
    , m_highWatermark(options.highWatermark)
    , m_recoveryPoint(options.recoveryPoint)
    , m_activeSinceMs(host.nowMs())
    , m_lastFlushMs(host.nowMs())
{
}

PartitionLog::~PartitionLog() = default;

Result<std::unique_ptr<PartitionLog>> PartitionLog::open(LogHost& host, Options options)
{
    if (auto online = host.requireOnline(); !online)
        return fail(std::move(online.error()));
    const bool isClean = options.isClean;
    std::unique_ptr<PartitionLog> log(new PartitionLog(host, std::move(options)));
    if (auto loaded = LogLoader(*log, isClean).load(); !loaded)
        return fail(log->diskError(std::move(loaded.error())));
    return log;
}

std::unique_ptr<Segment> PartitionLog::newSegment(std::int64_t baseOffset) const
{
    return std::make_unique<Segment>(m_host.fileSystem(), m_path, baseOffset);
}

Error PartitionLog::diskError(Error cause)
{
    // Damaged bytes are the partition's trouble; a failing disk is the whole directory's.
    if (cause.code == ErrorCode::LocalCorruptData)
        return {ErrorCode::CorruptMessage, std::move(cause.message)};
    if (static_cast<std::int16_t>(cause.code) > 10'000)
        return m_host.reportDiskError(cause);
    return cause;
}

Result<void> PartitionLog::ready()
{
    if (auto online = m_host.requireOnline(); !online)
        return online;
    m_host.noteUse(*this);
    return {};
}

std::size_t PartitionLog::segmentIndexFor(std::int64_t offset) const
{
    const auto above = std::upper_bound(m_segments.begin(), m_segments.end(), offset,
        [](std::int64_t value, const auto& segment) { return value < segment->baseOffset(); });
    return above == m_segments.begin()
        ? 0
        : static_cast<std::size_t>(std::prev(above) - m_segments.begin());
}

std::int64_t PartitionLog::lastStableOffset() const
{
    const std::int64_t unstable = m_producers.firstUnstableOffset().value_or(m_highWatermark);
    return std::max(m_logStartOffset, std::min(unstable, m_highWatermark));
}

std::int64_t PartitionLog::sizeBytes() const
{
    std::uint64_t total = 0;
    for (const auto& segment : m_segments)
        total += segment->sizeBytes();
    return static_cast<std::int64_t>(total);
}

void PartitionLog::setConfig(std::shared_ptr<const LogConfig> config)
{
    m_config = std::move(config);
    m_host.noteFlushWish(*this);
}

std::int64_t PartitionLog::setHighWatermark(std::int64_t offset)
{
    m_highWatermark = std::clamp(offset, m_logStartOffset, m_logEndOffset);
    m_producers.highWatermarkMoved(m_highWatermark);
    noteMoved();
    return m_highWatermark;
}

void PartitionLog::noteMoved()
{
    if (!std::exchange(m_useMark.hasMoved, true))
        m_host.noteMoved(*this);
}

AppendResult PartitionLog::appendAsLeader(BytesView batch, const LeaderAppend& context)
{
    if (auto online = ready(); !online)
        return refuse(std::move(online.error()));
    auto valid = BatchValidator::validate(batch, context, *m_config, m_partition);
    if (!valid)
        return tl::unexpected(std::move(valid.error()));

    BatchHeader& header = valid->header;
    if (header.hasProducer()) {
        if (header.isControl()) {
            const auto marker = EndMarker::parse(valid->batch);
            if (marker) {
                auto checked = m_producers.checkMarker(
                    header, *marker, context.transactionVersion, m_partition, m_logEndOffset);
                if (!checked)
                    return refuse(std::move(checked.error()));
            }
        } else {
            auto checked = m_producers.check(header, context, m_partition, m_logEndOffset);
            if (!checked)
                return refuse(std::move(checked.error()));
            if (const auto& same = *checked) {
                AppendInfo info;
                info.baseOffset = same->firstOffset();
                info.lastOffset = same->lastOffset;
                info.logAppendTimeMs = valid->logAppendTimeMs < 0 ? -1 : same->timestampMs;
                info.logStartOffset = m_logStartOffset;
                info.maxTimestampMs = same->timestampMs;
                info.recordCount = header.recordCount;
                info.isDuplicate = true;
                return info;
            }
        }
    }

    header.baseOffset = m_logEndOffset;
    header.leaderEpoch = context.leaderEpoch;
    // What the leader sets lies in the first 16 bytes, outside the checksum.
    std::array<std::uint8_t, BatchHeader::kLeaderEpochAt + 4> lead;
    std::copy_n(valid->batch.begin(), lead.size(), lead.begin());
    storeBigEndian(lead.data(), header.baseOffset);
    storeBigEndian(lead.data() + BatchHeader::kLeaderEpochAt, header.leaderEpoch);
    const std::array<BytesView, 2> parts{BytesView(lead), valid->batch.subspan(lead.size())};
    if (auto written = write(parts, {&header, 1}, context.nowMs); !written)
        return refuse(diskError(std::move(written.error())));
    if (auto noted = noteAppended(header, valid->batch); !noted)
        return refuse(diskError(std::move(noted.error())));
    if (auto flushed = flushIfManyMessages(); !flushed)
        return refuse(std::move(flushed.error()));

    AppendInfo info;
    info.baseOffset = header.baseOffset;
    info.lastOffset = header.lastOffset();
    info.logAppendTimeMs = valid->logAppendTimeMs;
    info.logStartOffset = m_logStartOffset;
    info.maxTimestampMs = header.maxTimestampMs;
    info.recordCount = header.recordCount;
    info.batchCount = 1;
    info.bytes = header.size;
    return info;
}

AppendResult PartitionLog::appendAsFollower(
    BytesView batches, std::int64_t nowMs, std::int32_t leaderEpoch)
{
    if (auto online = ready(); !online)
        return refuse(std::move(online.error()));

    std::vector<BatchHeader> headers;
    std::int64_t next = m_logEndOffset;
    for (BytesView rest = batches; !rest.empty();) {
        const auto header = BatchHeader::parse(rest);
        if (!header || static_cast<std::size_t>(header->size) > rest.size()
            || header->leaderEpoch > leaderEpoch)
            break;
        const BytesView batch = rest.first(static_cast<std::size_t>(header->size));
        if (header->magic != BatchHeader::kMagic || header->lastOffsetDelta < 0
            || !isChecksumRight(batch))
            return refuse({ErrorCode::CorruptMessage,
                fmt::format("A fetched batch at offset {} in {} is damaged", header->baseOffset,
                    m_partition.toString())});
        if (header->baseOffset < next)
            return refuse({ErrorCode::OffsetOutOfRange,
                fmt::format("A fetched batch at offset {} is below the end {} of {}",
                    header->baseOffset, next, m_partition.toString())});
        next = header->nextOffset();
        headers.push_back(*header);
        rest = rest.subspan(batch.size());
    }

    AppendInfo info;
    info.logStartOffset = m_logStartOffset;
    info.baseOffset = headers.empty() ? m_logEndOffset : headers.front().baseOffset;
    // Groups that fit a segment are written in one go each.
    const auto limit = static_cast<std::size_t>(m_config->segmentBytes);
    for (std::size_t first = 0; first < headers.size();) {
        std::size_t last = first;
        std::size_t bytes = 0;
        while (last < headers.size()
            && (last == first || bytes + static_cast<std::size_t>(headers[last].size) <= limit))
            bytes += static_cast<std::size_t>(headers[last++].size);
        const BytesView part = batches.first(bytes);
        const std::span<const BatchHeader> group(&headers[first], last - first);
        if (auto written = write({&part, 1}, group, nowMs); !written)
            return refuse(diskError(std::move(written.error())));
        for (const BatchHeader& header : group) {
            if (auto noted
                = noteAppended(header, batches.first(static_cast<std::size_t>(header.size)));
                !noted)
                return refuse(diskError(std::move(noted.error())));
            batches = batches.subspan(static_cast<std::size_t>(header.size));
            info.recordCount += header.recordCount;
            info.maxTimestampMs = std::max(info.maxTimestampMs, header.maxTimestampMs);
        }
        info.batchCount += static_cast<std::int32_t>(group.size());
        info.bytes += static_cast<std::int32_t>(bytes);
        first = last;
    }
    info.lastOffset = m_logEndOffset - 1;
    if (auto flushed = flushIfManyMessages(); !flushed)
        return refuse(std::move(flushed.error()));
    return info;
}

Result<void> PartitionLog::write(
    std::span<const BytesView> parts, std::span<const BatchHeader> batches, std::int64_t nowMs)
{
    std::size_t bytes = 0;
    for (const BytesView part : parts)
        bytes += part.size();
    auto due = isRollDue(batches, bytes, nowMs);
    if (!due)
        return fail(std::move(due.error()));
    if (*due || std::exchange(m_isRollOwed, false)) {
        if (auto rolled = rollTo(m_logEndOffset, nowMs); !rolled)
            return rolled;
    }
    if (active().isEmpty()) {
        m_areNamesUnsynced = true;
        // After a gap that its indexes could not bridge, the segment begins where the batches do.
        if (batches.back().lastOffset() - active().baseOffset()
            > std::numeric_limits<std::int32_t>::max()) {
            if (auto removed = removeSegments(m_segments.size() - 1, m_segments.size()); !removed)
                return removed;
            m_segments.push_back(newSegment(batches.front().baseOffset));
        }
    }
    return active().append(parts, batches, m_config->indexIntervalBytes);
}

Result<void> PartitionLog::noteAppended(const BatchHeader& batch, BytesView bytes)
{
    m_logEndOffset = batch.nextOffset();
    if (m_epochs.assign(batch.leaderEpoch, batch.baseOffset) || m_areEpochsUnsaved) {
        if (auto saved = saveEpochs(); !saved)
            return saved;
    }
    const auto marker
        = batch.isControl() && batch.hasProducer() ? EndMarker::parse(bytes) : std::nullopt;
    if (!marker) {
        if (!batch.isControl())
            m_producers.apply(batch);
        m_producers.setMapEndOffset(m_logEndOffset);
        return {};
    }
    const auto aborted = m_producers.applyMarker(batch, *marker);
    return aborted ? active().transactionIndex().append(*aborted) : Result<void>{};
}

Result<bool> PartitionLog::isRollDue(
    std::span<const BatchHeader> batches, std::size_t bytes, std::int64_t nowMs)
{
    Segment& segment = active();
    if (segment.isEmpty())
        return false;
    if (segment.sizeBytes() + bytes > static_cast<std::size_t>(m_config->segmentBytes))
        return true;
    if (batches.back().lastOffset() - segment.baseOffset()
        > std::numeric_limits<std::int32_t>::max())
        return true;

    std::int64_t maxTimestamp = -1;
    for (const BatchHeader& batch : batches)
        maxTimestamp = std::max(maxTimestamp, batch.maxTimestampMs);
    auto first = segment.firstTimestamp();
    if (!first)
        return fail(std::move(first.error()));
    const std::int64_t waited
        = first->value_or(-1) >= 0 ? maxTimestamp - **first : nowMs - m_activeSinceMs;
    const std::int64_t longest = m_config->isCompact
        ? std::min(m_config->segmentMs, m_config->maxCompactionLagMs)
        : m_config->segmentMs;
    if (waited > longest - rollJitterMs())
        return true;
    return segment.isIndexFull(m_config->segmentIndexBytes);
}

std::int64_t PartitionLog::rollJitterMs() const
{
    if (m_config->segmentJitterMs <= 0)
        return 0;
    // Different for each partition, the same each time: the point is only that not all roll at
    // once.
    const std::size_t hash = std::hash<TopicPartition>{}(m_partition);
    return static_cast<std::int64_t>(hash % static_cast<std::size_t>(m_config->segmentJitterMs));
}

Result<void> PartitionLog::roll(std::int64_t nowMs)
{
    if (auto online = ready(); !online)
        return online;
    if (auto rolled = rollTo(m_logEndOffset, nowMs); !rolled)
        return fail(diskError(std::move(rolled.error())));
    return {};
}

Result<void> PartitionLog::rollTo(std::int64_t baseOffset, std::int64_t nowMs)
{
    if (active().isEmpty())
        return {};
    if (auto finished = active().finish(); !finished)
        return finished;
    // Even an empty one spares a recovery from reading all older segments.
    m_producers.setMapEndOffset(baseOffset);
    if (auto taken = m_snapshots.take(m_producers); !taken)
        return taken;
    auto segment = newSegment(baseOffset);
    if (auto created = segment->create(); !created)
        return created;
    if (auto released = active().release(); !released)
        return released;
    m_segments.push_back(std::move(segment));
    m_activeSinceMs = nowMs;
    m_areNamesUnsynced = true;
    m_host.log().info(kUnifiedLog,
        "[UnifiedLog partition={}, dir={}] Rolled new log segment at offset {}",
        m_partition.toString(), parentPath(m_path), baseOffset);
    return {};
}

Result<void> PartitionLog::saveEpochs()
{
    m_areEpochsUnsaved = false;
    m_areEpochsUnsynced = true;
    return writeEpochCheckpoint(m_host.fileSystem(), m_path + "/" + kEpochFile, m_epochs.entries());
}

Result<void> PartitionLog::assignEpochStart(std::int32_t epoch, std::int64_t startOffset)
{
    // Written with the next batch or flush: an epoch without batches need not survive a crash.
    if (m_epochs.assign(epoch, startOffset))
        m_areEpochsUnsaved = true;
    return {};
}

EpochEndOffset PartitionLog::endOffsetForEpoch(std::int32_t epoch) const
{
    return m_epochs.endOffsetFor(epoch, m_logEndOffset);
}

std::optional<std::int32_t> PartitionLog::epochForOffset(std::int64_t offset) const
{
    return m_epochs.epochForOffset(offset);
}

Result<void> PartitionLog::assignTopicId(const Uuid& topicId)
{
    const std::string path = m_path + "/" + kPartitionMetadataFile;
    if (auto written = writePartitionMetadata(m_host.fileSystem(), path, topicId); !written)
        return fail(diskError(std::move(written.error())));
    m_topicId = topicId;
    return {};
}

std::vector<ProducerEntry> PartitionLog::activeProducers() const
{
    return m_producers.entries();
}

void PartitionLog::expireProducers(std::int64_t nowMs)
{
    m_producers.expire(nowMs, m_config->producerIdExpirationMs);
}

std::vector<SegmentInfo> PartitionLog::segments()
{
    std::vector<SegmentInfo> infos;
    for (std::size_t i = 0; i < m_segments.size(); ++i) {
        Segment& segment = *m_segments[i];
        SegmentInfo info;
        info.baseOffset = segment.baseOffset();
        info.isActive = i + 1 == m_segments.size();
        info.nextOffset = info.isActive ? m_logEndOffset : m_segments[i + 1]->baseOffset();
        info.sizeBytes = static_cast<std::int64_t>(segment.sizeBytes());
        if (auto largest = segment.largestTimestamp())
            info.largestTimestampMs = largest->timestampMs;
        info.path = segment.logPath();
        infos.push_back(std::move(info));
    }
    return infos;
}

} // namespace moldau::storage
