#include "storage/logloader.h"

#include "storage/checkpointfile.h"
#include "storage/loghost.h"
#include "storage/partitionlog.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace moldau::storage {

namespace {

constexpr std::string_view kLoader = "org.apache.kafka.storage.internals.log.LogLoader";
constexpr std::size_t kOffsetDigits = 20;

/** The offset that a segment's file is named by, if `name` is its offset and `suffix`. */
std::optional<std::int64_t> offsetIn(std::string_view name, std::string_view suffix)
{
    if (name.size() != kOffsetDigits + suffix.size() || !name.ends_with(suffix))
        return std::nullopt;
    std::int64_t offset = 0;
    const char* const end = name.data() + kOffsetDigits;
    const auto [stop, error] = std::from_chars(name.data(), end, offset);
    if (error != std::errc() || stop != end)
        return std::nullopt;
    return offset;
}

} // namespace

Result<void> LogLoader::load()
{
    if (auto listed = listFiles(); !listed) {
        if (listed.error().code != ErrorCode::LocalNotFound)
            return listed;
        if (auto made = makeDirectory(); !made)
            return made;
    }
    if (auto loaded = loadTopicId(); !loaded)
        return loaded;
    if (auto loaded = loadEpochs(); !loaded)
        return loaded;
    if (auto opened = openSegments(); !opened)
        return opened;
    if (auto found = findLogEnd(); !found)
        return found;
    return settleOffsets();
}

Result<void> LogLoader::makeDirectory()
{
    return m_log.m_host.fileSystem().createDirectories(m_log.m_path);
}

Result<void> LogLoader::listFiles()
{
    FileSystem& files = m_log.m_host.fileSystem();
    auto entries = files.list(m_log.m_path);
    if (!entries)
        return fail(std::move(entries.error()));
    std::vector<std::int64_t> swapped;
    std::vector<std::string> swapFiles;
    for (const DirectoryEntry& entry : *entries) {
        const std::string_view name = entry.name;
        if (name.ends_with(kDeletedTail) || name.ends_with(kCleanedTail)
            || name.ends_with(".tmp")) {
            if (auto removed = files.remove(m_log.m_path + "/" + entry.name); !removed)
                return removed;
        } else if (const auto swap = offsetIn(name, std::string(kLogSuffix) + kSwapTail)) {
            swapped.push_back(*swap);
        } else if (name.ends_with(kSwapTail)) {
            swapFiles.push_back(entry.name);
        } else if (const auto base = offsetIn(name, kLogSuffix)) {
            m_bases.insert(*base);
        } else if (const auto index = offsetIn(name, kOffsetIndexSuffix)) {
            m_indexed.insert(*index);
        } else if (const auto snapshot = offsetIn(name, kSnapshotSuffix)) {
            m_log.m_snapshots.add(*snapshot);
        } else if (name == kPartitionMetadataFile) {
            m_hasMetadata = true;
        } else if (name == kEpochFile) {
            m_hasEpochs = true;
        }
    }
    // An index without its log comes from a swap that ended just then.
    std::erase_if(swapFiles, [&swapped](const std::string& name) {
        return std::any_of(swapped.begin(), swapped.end(),
            [&name](std::int64_t base) { return name.starts_with(fmt::format("{:020}", base)); });
    });
    for (const std::string& name : swapFiles) {
        if (auto removed = files.remove(m_log.m_path + "/" + name); !removed)
            return removed;
    }
    return finishSwaps(swapped);
}

/** A compaction was interrupted when its result was whole already: it replaces what it was made of.
 */
Result<void> LogLoader::finishSwaps(const std::vector<std::int64_t>& swapped)
{
    for (const std::int64_t base : swapped) {
        Segment segment(m_log.m_host.fileSystem(), m_log.m_path, base, kSwapTail);
        if (auto loaded = segment.load(); !loaded)
            return loaded;
        auto end = segment.findNextOffset();
        if (!end)
            return fail(std::move(end.error()));
        for (auto old = m_bases.lower_bound(base); old != m_bases.end() && *old < *end;) {
            Segment replaced(m_log.m_host.fileSystem(), m_log.m_path, *old);
            if (auto loaded = replaced.load(); !loaded)
                return loaded;
            auto renamed = replaced.renameTail(kDeletedTail);
            if (!renamed)
                return fail(std::move(renamed.error()));
            for (const std::string& path : *renamed) {
                if (auto removed = m_log.m_host.fileSystem().remove(path); !removed)
                    return removed;
            }
            old = m_bases.erase(old);
        }
        if (auto renamed = segment.renameTail(""); !renamed)
            return fail(std::move(renamed.error()));
        m_bases.insert(base);
        if (m_log.m_host.fileSystem().exists(
                fmt::format("{}/{:020}{}", m_log.m_path, base, kOffsetIndexSuffix)))
            m_indexed.insert(base);
    }
    return {};
}

Result<void> LogLoader::loadTopicId()
{
    const std::string path = m_log.m_path + "/" + kPartitionMetadataFile;
    FileSystem& files = m_log.m_host.fileSystem();
    if (m_hasMetadata) {
        auto found = readPartitionMetadata(files, path);
        if (found) {
            m_log.m_topicId = *found;
            return {};
        }
        // A power cut may have left it empty: the log is told its topic again.
        if (found.error().code != ErrorCode::LocalCorruptData)
            return fail(std::move(found.error()));
    }
    return m_log.m_topicId.isZero() ? Result<void>{}
                                    : writePartitionMetadata(files, path, m_log.m_topicId);
}

Result<void> LogLoader::loadEpochs()
{
    if (!m_hasEpochs)
        return {};
    auto entries = readEpochCheckpoint(m_log.m_host.fileSystem(), m_log.m_path + "/" + kEpochFile);
    if (entries) {
        m_log.m_epochs.setEntries(std::move(*entries));
        return {};
    }
    if (entries.error().code != ErrorCode::LocalCorruptData)
        return fail(std::move(entries.error()));
    m_isClean = false;
    m_log.m_recoveryPoint = 0;
    return {};
}

Result<void> LogLoader::openSegments()
{
    // The first segment tells where the log begins, should the checkpoint be older.
    for (const std::int64_t base : m_bases) {
        auto segment = m_log.newSegment(base);
        if (auto loaded = segment->load(); !loaded)
            return loaded;
        m_log.m_segments.push_back(std::move(segment));
    }
    if (m_log.m_segments.empty())
        m_log.m_segments.push_back(m_log.newSegment(m_log.m_logStartOffset));
    m_log.m_logStartOffset
        = std::max(m_log.m_logStartOffset, m_log.m_segments.front()->baseOffset());

    if (!m_isClean)
        return recoverFrom(m_log.m_recoveryPoint);
    const auto unindexed = std::find_if(
        m_log.m_segments.begin(), m_log.m_segments.end(), [this](const auto& segment) {
            return !segment->isEmpty() && !m_indexed.contains(segment->baseOffset());
        });
    return unindexed == m_log.m_segments.end() ? Result<void>{}
                                               : recoverFrom((*unindexed)->baseOffset());
}

Result<void> LogLoader::recoverFrom(std::int64_t offset)
{
    m_isClean = false;
    const std::size_t first = std::min(m_log.segmentIndexFor(offset), firstOverlap());
    const std::int64_t start = m_log.m_segments[first]->baseOffset();
    if (auto loaded = loadProducers(start); !loaded)
        return loaded;
    // The segment before was on the disk when it was active; what it got when it was rolled may
    // not.
    if (first > 0) {
        if (auto finished = m_log.m_segments[first - 1]->finishAgain(); !finished)
            return finished;
    }

    std::int64_t end = start;
    std::int32_t epoch = -1;
    for (std::size_t i = first; i < m_log.m_segments.size(); ++i) {
        Segment& segment = *m_log.m_segments[i];
        if (!m_bases.contains(segment.baseOffset()))
            break; // it has no file yet
        if (segment.baseOffset() < end) // one that was truncated away
            return m_log.removeSegments(i, m_log.m_segments.size());
        bool isNextNewer = false;
        m_log.m_host.log().info(kLoader,
            "[LogLoader partition={}, dir={}] Recovering unflushed segment {}. {}/{} recovered.",
            m_log.m_partition.toString(), parentPath(m_log.m_path), segment.baseOffset(), i - first,
            m_log.m_segments.size() - first);
        Result<void> noted;
        auto dropped = segment.recover(
            m_log.m_config->indexIntervalBytes, [&](const BatchHeader& header, const Slice& batch) {
                isNextNewer = isCutBeforeNext(i, header);
                if (isNextNewer || header.leaderEpoch < epoch)
                    return false;
                epoch = header.leaderEpoch;
                m_areEpochsChanged |= m_log.m_epochs.assign(header.leaderEpoch, header.baseOffset);
                if (!header.hasProducer())
                    return true;
                const auto marker
                    = header.isControl() ? EndMarker::parse(batch.bytes) : std::nullopt;
                if (!header.isControl()) {
                    m_log.m_producers.apply(header);
                } else if (marker) {
                    if (const auto aborted = m_log.m_producers.applyMarker(header, *marker))
                        noted = segment.transactionIndex().append(*aborted);
                }
                return noted.has_value();
            });
        if (!noted)
            return noted;
        if (!dropped)
            return fail(std::move(dropped.error()));
        if (*dropped > 0) {
            m_log.m_host.log().warn(kLoader,
                "[LogLoader partition={}, dir={}] Corruption found in segment {}, truncating to "
                "offset {} ({} bytes dropped)",
                m_log.m_partition.toString(), parentPath(m_log.m_path), segment.baseOffset(),
                segment.findNextOffset().value_or(segment.baseOffset()), *dropped);
        }
        if ((*dropped > 0 && !isNextNewer) || isHoleAfter(i))
            return m_log.removeSegments(i + 1, m_log.m_segments.size());
        end = segment.findNextOffset().value_or(end);
    }
    return {};
}

/**
 * The first segment that reaches into the next one; their number when none does. What was cut off
 * had been below the recovery point perhaps, whose checkpoint is older than the cut.
 */
std::size_t LogLoader::firstOverlap()
{
    for (std::size_t i = 0; i + 1 < m_log.m_segments.size(); ++i) {
        const auto end = m_log.m_segments[i]->findNextOffset();
        if (!end || *end > m_log.m_segments[i + 1]->baseOffset())
            return i;
    }
    return m_log.m_segments.size();
}

/**
 * Whether a batch reaches into the next segment, which is the newer one: a power cut has brought
 * back what was cut off before that segment began.
 */
bool LogLoader::isCutBeforeNext(std::size_t index, const BatchHeader& batch)
{
    if (index + 1 >= m_log.m_segments.size())
        return false;
    Segment& next = *m_log.m_segments[index + 1];
    if (batch.nextOffset() <= next.baseOffset())
        return false;
    const auto first = next.batchAt(0);
    return !first || first->leaderEpoch >= batch.leaderEpoch;
}

/**
 * A power cut may take the unsynced end of a segment and leave the next one. Only where nothing is
 * compacted can such a hole be told from the gaps that compaction leaves.
 */
bool LogLoader::isHoleAfter(std::size_t index)
{
    if (index + 1 >= m_log.m_segments.size() || m_log.m_config->isCompact)
        return false;
    const std::int64_t next = m_log.m_segments[index + 1]->baseOffset();
    const auto end = m_log.m_segments[index]->findNextOffset();
    return next > m_log.m_recoveryPoint && end && next > *end
        && next - *end < std::numeric_limits<std::int32_t>::max();
}

Result<void> LogLoader::findLogEnd()
{
    auto end = m_log.active().findNextOffset();
    if (!end && end.error().code == ErrorCode::LocalCorruptData) {
        // The directory said it was closed cleanly, but the last segment tells otherwise.
        if (auto recovered = recoverFrom(m_log.active().baseOffset()); !recovered)
            return recovered;
        end = m_log.active().findNextOffset();
    }
    if (!end)
        return fail(std::move(end.error()));
    m_log.m_logEndOffset = *end;
    if (m_log.m_logEndOffset >= m_log.m_logStartOffset)
        return {};
    // Records were deleted up to a point that the files no longer reach.
    return m_log.startAnewAt(m_log.m_logStartOffset);
}

Result<void> LogLoader::settleOffsets()
{
    const std::int64_t end = m_log.m_logEndOffset;
    m_areEpochsChanged |= m_log.m_epochs.truncateFromEnd(end);
    m_areEpochsChanged |= m_log.m_epochs.truncateFromStart(m_log.m_logStartOffset);
    m_log.m_areEpochsUnsaved = m_areEpochsChanged;
    m_log.m_recoveryPoint = m_isClean ? end : std::min(m_log.m_recoveryPoint, end);
    if (m_isClean) {
        if (auto loaded = loadProducers(end); !loaded)
            return loaded;
    } else if (auto removed = m_log.m_snapshots.removeAbove(end); !removed) {
        return removed;
    }
    m_log.m_producers.setMapEndOffset(end);
    std::vector<std::int64_t> bases;
    for (const auto& segment : m_log.m_segments)
        bases.push_back(segment->baseOffset());
    if (auto removed = m_log.m_snapshots.removeStray(bases); !removed)
        return removed;
    m_log.setHighWatermark(m_log.m_highWatermark);
    // Unless a flush ended the log's last life, nobody knows which names are on the disk.
    m_log.m_areNamesUnsynced = m_log.m_isNewDirectory = !m_isClean || m_log.sizeBytes() == 0;
    return {};
}

Result<void> LogLoader::loadProducers(std::int64_t endOffset)
{
    // Closing cleanly leaves a snapshot at the end whenever there is a producer to remember.
    if (m_isClean && m_log.m_snapshots.isEmpty())
        return {};
    return m_log.loadProducers(endOffset);
}

} // namespace moldau::storage
