#include "storage/logdirectory.h"

#include "base/bigendian.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>

namespace moldau::storage {

namespace {

constexpr std::string_view kLogManager = "kafka.log.LogManager";
constexpr std::string_view kMetadataTopic = "__cluster_metadata";
constexpr const char* kMarkerFile = ".kafka_cleanshutdown";
constexpr const char* kLockFile = ".lock";
constexpr const char* kMetaFile = "meta.properties";
constexpr const char* kDeleteSuffix = "-delete";
constexpr std::size_t kLongestName = 255;
constexpr std::size_t kManyFiles = 8; ///< from here on one sync of the file system is cheaper

/** "orders-0" as a partition; none for any other directory. */
std::optional<TopicPartition> partitionOf(std::string_view name)
{
    const std::size_t dash = name.rfind('-');
    if (dash == std::string_view::npos || dash == 0)
        return std::nullopt;
    const std::string_view digits = name.substr(dash + 1);
    TopicPartition partition{std::string(name.substr(0, dash)), 0};
    const char* const end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, partition.partition);
    if (digits.empty() || error != std::errc() || stop != end || partition.partition < 0)
        return std::nullopt;
    return partition;
}

std::optional<std::int64_t> brokerEpochIn(std::string_view json)
{
    constexpr std::string_view kKey = "\"brokerEpoch\":";
    const std::size_t key = json.find(kKey);
    if (key == std::string_view::npos)
        return std::nullopt;
    std::int64_t epoch = -1;
    const char* const end = json.data() + json.size();
    const auto parsed = std::from_chars(json.data() + key + kKey.size(), end, epoch);
    return parsed.ec == std::errc() ? std::optional(epoch) : std::nullopt;
}

} // namespace

LogDirectory::LogDirectory(EventLoop& loop, FileSystem& files, Log& log, Options options)
    : m_loop(loop)
    , m_files(files)
    , m_log(log)
    , m_options(std::move(options))
    , m_removalTimer(loop)
{
}

LogDirectory::~LogDirectory() = default;

Result<std::unique_ptr<LogDirectory>> LogDirectory::open(
    EventLoop& loop, FileSystem& files, Log& log, Options options)
{
    std::unique_ptr<LogDirectory> directory(new LogDirectory(loop, files, log, std::move(options)));
    if (auto loaded = directory->load(); !loaded)
        return fail(std::move(loaded.error()));
    return directory;
}

Result<void> LogDirectory::load()
{
    if (auto made = m_files.createDirectories(path()); !made)
        return made;
    auto lock = m_files.lock(pathOf(kLockFile));
    if (!lock)
        return fail(lock.error().code,
            fmt::format("Failed to acquire lock on file .lock in {}. A Kafka instance in another "
                        "process or thread is using this directory. ({})",
                path(), lock.error().message));
    m_lock = std::move(*lock);
    const bool isNew = !m_files.exists(pathOf(kMetaFile));
    auto meta = loadMetaProperties(
        m_files, pathOf(kMetaFile), {m_options.clusterId, m_options.nodeId, Uuid{}});
    if (!meta)
        return fail(std::move(meta.error()));
    m_meta = std::move(*meta);
    if (isNew)
        syncIdentity();
    if (auto listed = listPartitions(); !listed)
        return listed;
    if (auto taken = takeCleanShutdownMarker(); !taken)
        return taken;
    return loadCheckpoints();
}

/**
 * The controller remembers the directory's id: a power cut must not give it another. A start does
 * not wait for it.
 */
void LogDirectory::syncIdentity()
{
    m_loop.offload(
        [&files = m_files, directory = path(), meta = pathOf(kMetaFile)] {
            if (const auto file = files.open(meta, OpenMode::Read))
                (void)(*file)->sync(); // a disk that fails is noticed by whoever writes next
            (void)files.syncDirectory(directory);
            (void)files.syncDirectory(parentPath(directory));
        },
        [] {});
}

Result<void> LogDirectory::listPartitions()
{
    auto entries = m_files.list(path());
    if (!entries)
        return fail(std::move(entries.error()));
    bool hasMarker = false;
    for (const DirectoryEntry& entry : *entries) {
        hasMarker |= entry.name == kMarkerFile;
        if (!entry.isDirectory)
            continue;
        if (entry.name.ends_with(kDeleteSuffix))
            removeLater(pathOf(entry.name), 0);
        else if (auto partition = partitionOf(entry.name))
            m_entries.try_emplace(std::move(*partition));
    }
    m_wasUnclean = !hasMarker && !m_entries.empty();
    return {};
}

/** The marker tells of the last stop only, so it goes before anything can change. */
Result<void> LogDirectory::takeCleanShutdownMarker()
{
    const std::string marker = pathOf(kMarkerFile);
    auto bytes = readFile(m_files, marker);
    if (!bytes) {
        if (bytes.error().code != ErrorCode::LocalNotFound)
            return fail(std::move(bytes.error()));
        if (m_wasUnclean)
            m_log.info(kLogManager,
                "Recovering {} logs from {} since no clean shutdown file was found",
                m_entries.size(), path());
        return {};
    }
    m_previousBrokerEpoch = brokerEpochIn(asText(*bytes));
    m_log.info(kLogManager,
        "Skipping recovery of {} logs from {} since clean shutdown file was found",
        m_entries.size(), path());
    if (auto removed = m_files.remove(marker); !removed)
        return removed;
    return m_files.syncDirectory(path());
}

Result<void> LogDirectory::loadCheckpoints()
{
    for (const Checkpoint& checkpoint : m_checkpoints) {
        auto offsets = readOffsetCheckpoint(m_files, pathOf(checkpoint.name));
        if (!offsets) {
            if (offsets.error().code != ErrorCode::LocalCorruptData)
                return fail(std::move(offsets.error()));
            // Without it everything is looked at from the beginning.
            m_log.warn(kLogManager, "{}; it is taken for empty", offsets.error().message);
            m_wasUnclean = m_wasUnclean || checkpoint.offset == &Entry::recoveryPoint;
            continue;
        }
        for (const auto& [partition, offset] : *offsets) {
            const auto entry = m_entries.find(partition);
            if (entry != m_entries.end())
                entry->second.*checkpoint.offset = offset;
        }
    }
    return {};
}

std::vector<TopicPartition> LogDirectory::partitions() const
{
    std::vector<TopicPartition> all;
    all.reserve(m_entries.size());
    for (const auto& [partition, entry] : m_entries) {
        if (partition.topic != kMetadataTopic)
            all.push_back(partition);
    }
    std::sort(all.begin(), all.end());
    return all;
}

bool LogDirectory::has(const TopicPartition& partition) const
{
    return m_entries.contains(partition);
}

Result<PartitionLog*> LogDirectory::openLog(const TopicPartition& partition, Entry& entry,
    const Uuid& topicId, std::shared_ptr<const LogConfig> config, bool isNew)
{
    PartitionLog::Options options;
    options.partition = partition;
    options.topicId = topicId;
    options.path = pathOf(partition.toString());
    options.config = std::move(config);
    options.isClean = isNew || !m_wasUnclean;
    options.recoveryPoint = entry.recoveryPoint;
    options.logStartOffset = entry.logStartOffset;
    options.highWatermark = entry.highWatermark;
    auto log = PartitionLog::open(*this, std::move(options));
    if (!log)
        return fail(std::move(log.error()));
    entry.log = std::move(*log);
    noteFlushWish(*entry.log); // what a crash left
    noteMoved(*entry.log); // opening may have moved its offsets
    return entry.log.get();
}

Result<PartitionLog*> LogDirectory::find(const TopicPartition& partition)
{
    const auto entry = m_entries.find(partition);
    if (entry == m_entries.end())
        return fail(ErrorCode::LocalNotFound,
            fmt::format("there is no {} in {}", partition.toString(), path()));
    if (entry->second.log)
        return entry->second.log.get();
    return openLog(partition, entry->second, Uuid{}, m_options.configOf(partition.topic), false);
}

Result<PartitionLog*> LogDirectory::findOrCreate(
    const TopicPartition& partition, const Uuid& topicId, std::shared_ptr<const LogConfig> config)
{
    if (auto online = requireOnline(); !online)
        return fail(std::move(online.error()));
    const auto [place, isNew] = m_entries.try_emplace(partition);
    Entry& entry = place->second;
    if (!entry.log) {
        // What is found may be of another topic: its file is read before ours is written.
        auto opened = openLog(partition, entry, isNew ? topicId : Uuid{}, std::move(config), isNew);
        if (!opened) {
            if (isNew)
                m_entries.erase(place);
            return opened;
        }
        if (isNew) {
            markCheckpointsOld();
            m_log.info(
                kLogManager, "Created log for partition {} in {}", partition.toString(), path());
        }
    }
    PartitionLog& log = *entry.log;
    if (topicId.isZero() || log.topicId() == topicId)
        return &log;
    if (!log.topicId().isZero())
        return fail(ErrorCode::InconsistentTopicId,
            fmt::format(
                "Tried to assign topic ID {} to log for topic partition {}, but log already "
                "contained topic ID {}",
                topicId.toString(), partition.toString(), log.topicId().toString()));
    if (auto assigned = log.assignTopicId(topicId); !assigned)
        return fail(std::move(assigned.error()));
    return &log;
}

Result<Uuid> LogDirectory::topicIdOf(const TopicPartition& partition)
{
    const auto entry = m_entries.find(partition);
    if (entry == m_entries.end())
        return fail(ErrorCode::LocalNotFound,
            fmt::format("there is no {} in {}", partition.toString(), path()));
    if (entry->second.log)
        return entry->second.log->topicId();
    return readPartitionMetadata(
        m_files, pathOf(partition.toString()) + "/" + kPartitionMetadataFile);
}

Result<void> LogDirectory::remove(const TopicPartition& partition)
{
    if (auto online = requireOnline(); !online)
        return online;
    const auto entry = m_entries.find(partition);
    if (entry == m_entries.end())
        return fail(ErrorCode::LocalNotFound,
            fmt::format("there is no {} in {}", partition.toString(), path()));
    const std::int64_t delay = entry->second.log ? entry->second.log->config().fileDeleteDelayMs
                                                 : LogConfig().fileDeleteDelayMs;

    std::string unique;
    for (const std::uint8_t byte : Uuid::random().bytes)
        unique += fmt::format("{:02x}", byte);
    const std::string suffix = fmt::format("-{}.{}{}", partition.partition, unique, kDeleteSuffix);
    const std::string target
        = pathOf(partition.topic.substr(0, kLongestName - suffix.size()) + suffix);
    if (auto renamed = m_files.rename(pathOf(partition.toString()), target); !renamed)
        return fail(reportDiskError(renamed.error()));
    if (PartitionLog* const log = entry->second.log.get()) {
        if (log->useMark().hasOpenFiles)
            std::erase(m_withFiles, log);
        if (log->useMark().isListed)
            std::erase(m_used, log);
        if (log->useMark().hasMoved)
            std::erase(m_moved, log);
    }
    m_entries.erase(entry);
    markCheckpointsOld();
    m_log.info(kLogManager, "Log for partition {} is renamed to {} and is scheduled for deletion",
        partition.toString(), target);
    removeLater(target, delay);
    return {};
}

std::vector<PartitionLog*> LogDirectory::openLogs() const
{
    std::vector<PartitionLog*> logs;
    for (const auto& [partition, entry] : m_entries) {
        if (entry.log)
            logs.push_back(entry.log.get());
    }
    return logs;
}

Result<void> LogDirectory::writeCheckpoints()
{
    return saveCheckpoints(Durability::Process);
}

Result<void> LogDirectory::saveCheckpoints(Durability durability)
{
    if (auto online = requireOnline(); !online)
        return online;
    takeMovedOffsets();
    for (Checkpoint& checkpoint : m_checkpoints) {
        if (!checkpoint.isOld && durability == Durability::Process)
            continue;
        auto saved = replaceFile(
            m_files, pathOf(checkpoint.name), asBytes(textOf(checkpoint)), durability);
        if (!saved)
            return fail(reportDiskError(saved.error()));
        checkpoint.isOld = false;
    }
    return {};
}

void LogDirectory::takeMovedOffsets()
{
    for (PartitionLog* const log : std::exchange(m_moved, {})) {
        log->useMark().hasMoved = false;
        Entry& entry = m_entries.at(log->topicPartition());
        Entry current;
        current.recoveryPoint = log->recoveryPoint();
        current.logStartOffset = log->logStartOffset();
        current.highWatermark = log->highWatermark();
        for (Checkpoint& each : m_checkpoints) {
            each.isOld = each.isOld || entry.*each.offset != current.*each.offset;
            entry.*each.offset = current.*each.offset;
        }
    }
}

std::string LogDirectory::textOf(const Checkpoint& checkpoint) const
{
    std::vector<std::pair<const TopicPartition*, std::int64_t>> offsets;
    for (const auto& [partition, entry] : m_entries) {
        if (!entry.log && partition.topic == kMetadataTopic)
            continue; // a broker's: only snapshots
        if (const std::int64_t offset = entry.*checkpoint.offset;
            offset > 0 || !checkpoint.leavesOutZero)
            offsets.emplace_back(&partition, offset);
    }
    return offsetCheckpointText(offsets);
}

void LogDirectory::markCheckpointsOld()
{
    for (Checkpoint& each : m_checkpoints)
        each.isOld = true;
}

Result<void> LogDirectory::applyRetention()
{
    for (PartitionLog* log : openLogs()) {
        auto removed = log->applyRetention(nowMs());
        if (!removed && !isOnline())
            return fail(std::move(removed.error()));
        log->expireProducers(nowMs());
    }
    return {};
}

void LogDirectory::releaseIdle()
{
    for (PartitionLog* log : std::exchange(m_withFiles, {})) {
        log->useMark().hasOpenFiles = false;
        (void)log->releaseIdle(); // a failure has taken the directory offline
    }
}

void LogDirectory::noteUse(PartitionLog& log)
{
    noteFlushWish(log);
    PartitionLog::UseMark& mark = log.useMark();
    mark.lastUse = ++m_uses;
    if (std::exchange(mark.hasOpenFiles, true))
        return;
    if (m_withFiles.size() >= std::max<std::size_t>(m_options.maxOpenLogs, 1)) {
        // The half that was idle longest closes its files.
        const auto middle
            = m_withFiles.begin() + static_cast<std::ptrdiff_t>((m_withFiles.size() + 1) / 2);
        std::nth_element(
            m_withFiles.begin(), middle, m_withFiles.end(), [](PartitionLog* a, PartitionLog* b) {
                return a->useMark().lastUse < b->useMark().lastUse;
            });
        const std::vector<PartitionLog*> idle(m_withFiles.begin(), middle);
        m_withFiles.erase(m_withFiles.begin(), middle);
        for (PartitionLog* const each : idle) {
            each->useMark().hasOpenFiles = false;
            (void)each->releaseIdle();
        }
    }
    m_withFiles.push_back(&log);
}

void LogDirectory::noteFlushWish(PartitionLog& log)
{
    if (!std::exchange(log.useMark().isListed, true))
        m_used.push_back(&log);
}

std::vector<PartitionLog*> LogDirectory::takeUsed()
{
    for (PartitionLog* const log : m_used)
        log->useMark().isListed = false;
    return std::exchange(m_used, {});
}

void LogDirectory::dropLogs()
{
    m_withFiles.clear();
    m_used.clear();
    m_moved.clear();
    m_entries.clear();
}

Result<void> LogDirectory::close(std::int64_t brokerEpoch)
{
    if (auto online = requireOnline(); !online) {
        dropLogs();
        m_lock.reset();
        return online;
    }
    bool isWhole = true;
    for (auto& [partition, entry] : m_entries) {
        // A log that nobody opened after a crash still waits for its recovery. Where nobody opens
        // the metadata log there are only snapshots.
        isWhole = isWhole && (entry.log || !m_wasUnclean || partition.topic == kMetadataTopic);
        if (!entry.log)
            continue;
        if (auto closed = entry.log->close(); !closed)
            return closed;
    }
    if (auto flushed = flushAll(); !flushed)
        return flushed;
    if (auto saved = saveCheckpoints(Durability::Power); !saved)
        return saved;
    if (isWhole) {
        const std::string marker = fmt::format("{{\"version\":0,\"brokerEpoch\":{}}}", brokerEpoch);
        auto marked = replaceFile(m_files, pathOf(kMarkerFile), asBytes(marker), Durability::Power);
        if (!marked)
            return fail(reportDiskError(marked.error()));
    }
    dropLogs();
    m_lock.reset();
    return {};
}

Result<void> LogDirectory::flushAll()
{
    std::vector<std::pair<PartitionLog*, PartitionLog::FlushWork>> works;
    std::size_t count = 0;
    for (PartitionLog* log : openLogs()) {
        auto work = log->prepareFlush();
        if (!work)
            return fail(std::move(work.error()));
        if (work->isEmpty())
            continue;
        count += work->files.size() + work->directories.size();
        works.emplace_back(log, std::move(*work));
    }
    Result<void> all;
    if (count > kManyFiles)
        all = m_files.syncAll(path());
    for (auto& [log, work] : works) {
        auto finished = log->finishFlush(work, count > kManyFiles ? all : work.run());
        if (!finished)
            return finished;
    }
    return {};
}

Result<void> LogDirectory::requireOnline() const
{
    if (!m_offlineReason)
        return {};
    return fail(ErrorCode::KafkaStorageError,
        fmt::format("Log directory {} is offline: {}", path(), m_offlineReason->message));
}

Error LogDirectory::reportDiskError(const Error& cause)
{
    takeOffline(cause);
    return requireOnline().error();
}

void LogDirectory::takeOffline(const Error& cause)
{
    if (m_offlineReason)
        return;
    m_offlineReason = cause;
    m_log.error(kLogManager, "Stopping serving logs in dir {}: {}", path(), cause.message);
    if (m_onOffline)
        m_onOffline(cause);
}

std::uint64_t LogDirectory::freeBytes()
{
    return m_files.freeSpace(path()).value_or(0);
}

void LogDirectory::removeLater(std::string path, std::int64_t delayMs)
{
    m_removals.emplace(nowMs() + delayMs, std::move(path));
    scheduleRemoval();
}

void LogDirectory::scheduleRemoval()
{
    if (m_removals.empty())
        return;
    const std::int64_t wait = std::max<std::int64_t>(0, m_removals.begin()->first - nowMs());
    m_removalTimer.start(std::chrono::milliseconds(wait), [this] {
        std::vector<std::string> paths;
        while (!m_removals.empty() && m_removals.begin()->first <= nowMs())
            paths.push_back(std::move(m_removals.extract(m_removals.begin()).mapped()));
        // What can't be removed now is removed at the next start.
        m_loop.offload(
            [files = &m_files, paths = std::move(paths)] {
                for (const std::string& path : paths)
                    (void)files->removeTree(path);
            },
            [] {});
        scheduleRemoval();
    });
}

} // namespace moldau::storage
