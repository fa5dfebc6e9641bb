#include "storage/logcleaner.h"

#include <utility>

namespace moldau::storage {

namespace {

constexpr std::string_view kLogCleaner = "org.apache.kafka.storage.internals.log.LogCleaner";

} // namespace

/** A job and how its last step ended: the worker's while it works, the owner's in between. */
struct LogCleaner::Running {
    Running(FileSystem& files, CleanPlan plan, const CleanJob::Limits& limits)
        : job(files, std::move(plan), limits)
    {
    }
    CleanJob job;
    std::uint64_t bytesBefore = 0; ///< read by earlier steps
    Result<bool> isDone = false;
};

LogCleaner::LogCleaner(EventLoop& loop, LogDirectory& directory, Options options)
    : m_loop(loop)
    , m_directory(directory)
    , m_options(options)
    , m_timer(loop)
{
}

LogCleaner::LogCleaner(EventLoop& loop, LogDirectory& directory)
    : LogCleaner(loop, directory, Options())
{
}

LogCleaner::~LogCleaner() = default;

void LogCleaner::start()
{
    m_isStarted = true;
    wait();
}

void LogCleaner::wait()
{
    if (!m_isStarted)
        return;
    m_timer.start(m_options.backoff, [this] {
        if (!cleanNext())
            wait();
    });
}

Result<void> LogCleaner::loadCheckpoint()
{
    if (std::exchange(m_isLoaded, true))
        return {};
    auto offsets = readOffsetCheckpoint(
        m_directory.fileSystem(), m_directory.path() + "/" + kCleanerOffsetFile);
    if (offsets)
        m_cleanedTo = std::move(*offsets);
    else if (offsets.error().code != ErrorCode::LocalCorruptData) // then everything is dirty
        return fail(std::move(offsets.error()));
    return {};
}

std::optional<CleanPlan> LogCleaner::dirtiest()
{
    std::optional<CleanPlan> best;
    for (PartitionLog* log : m_directory.openLogs()) {
        if (!log->config().isCompact)
            continue;
        const auto known = m_cleanedTo.find(log->topicPartition());
        const std::int64_t cleanedTo = known == m_cleanedTo.end() ? 0 : known->second;
        auto plan = log->planCleaning(cleanedTo, m_directory.nowMs());
        if (!plan || !*plan)
            continue; // a failure was reported where it happened
        if (!(*plan)->isOverdue && (*plan)->dirtyRatio <= log->config().minCleanableDirtyRatio)
            continue;
        if (!best || (*plan)->dirtyRatio > best->dirtyRatio)
            best = std::move(**plan);
    }
    if (!best)
        return std::nullopt;
    auto log = m_directory.find(best->partition);
    if (!log || !(*log)->completePlan(*best))
        return std::nullopt;
    return best;
}

bool LogCleaner::cleanNext()
{
    if (m_running || m_options.isPaused || !m_directory.isOnline() || !loadCheckpoint())
        return false;
    auto plan = dirtiest();
    if (!plan)
        return false;
    m_running
        = std::make_shared<Running>(m_directory.fileSystem(), std::move(*plan), m_options.limits);
    runStep();
    return true;
}

void LogCleaner::runStep()
{
    m_loop.offload([running = m_running,
                       bytes = m_options.stepBytes] { running->isDone = running->job.step(bytes); },
        [this, life = std::weak_ptr<char>(m_life)] {
            if (!life.expired())
                stepEnded();
        });
}

/** The next step, in time for what the last one read. */
void LogCleaner::goOn()
{
    const std::uint64_t bytes = m_running->job.bytesRead()
        - std::exchange(m_running->bytesBefore, m_running->job.bytesRead());
    const std::chrono::duration<double> pause(
        static_cast<double>(bytes) / m_options.bytesPerSecond);
    if (pause < std::chrono::milliseconds(1))
        return runStep();
    m_timer.start(std::chrono::duration_cast<Duration>(pause), [this] { runStep(); });
}

void LogCleaner::stepEnded()
{
    if (m_running->isDone && !*m_running->isDone)
        return goOn();
    const std::shared_ptr<Running> ended = std::move(m_running);
    m_running.reset();
    const auto outcome
        = ended->isDone ? finish(ended->job) : Result<void>(fail(ended->isDone.error()));
    if (!outcome) {
        // Full disks end a cleaning, not the log: what is there stays as it was.
        ended->job.discard();
        m_directory.log().warn(kLogCleaner, "[LogCleaner] Cleaning of {} failed: {}",
            ended->job.plan().partition.toString(), outcome.error().message);
    }
    wait();
}

Result<void> LogCleaner::finish(CleanJob& job)
{
    auto log = m_directory.find(job.plan().partition);
    if (!log || job.plan().log.expired()) {
        job.discard();
        return {};
    }
    auto adopted = (*log)->adoptCleaned(job);
    if (!adopted)
        return fail(std::move(adopted.error()));
    if (!*adopted)
        return {};
    m_cleanedTo[job.plan().partition] = job.cleanedTo();
    std::vector<std::pair<const TopicPartition*, std::int64_t>> offsets;
    for (const auto& [partition, offset] : m_cleanedTo) {
        if (m_directory.has(partition))
            offsets.emplace_back(&partition, offset);
    }
    const std::string text = offsetCheckpointText(offsets);
    return replaceFile(m_directory.fileSystem(), m_directory.path() + "/" + kCleanerOffsetFile,
        asBytes(text), Durability::Process);
}

} // namespace moldau::storage
