#pragma once

#include "base/eventloop.h"
#include "storage/cleanjob.h"
#include "storage/logdirectory.h"

#include <chrono>
#include <limits>
#include <memory>

namespace moldau::storage {

/**
 * Keeps the compacted topics of one log directory clean (cleanup.policy=compact): takes the log
 * with the most dirty bytes, lets a worker thread copy what stays, and swaps the result in. One
 * log at a time, in steps, so that fsyncs of others are not kept waiting. Belongs to the broker
 * beside the directory, which outlives it; used on the broker's thread.
 */
class LogCleaner {
public:
    struct Options {
        std::chrono::milliseconds backoff{15'000}; ///< log.cleaner.backoff.ms
        bool isPaused = false; ///< no log is begun (log.cleaner.threads=0)
        CleanJob::Limits limits;
        /** log.cleaner.io.max.bytes.per.second, for what is read; infinite: as fast as it goes. */
        double bytesPerSecond = std::numeric_limits<double>::infinity();
        std::size_t stepBytes = std::size_t{4} << 20;
    };

    LogCleaner(EventLoop& loop, LogDirectory& directory, Options options);
    LogCleaner(EventLoop& loop, LogDirectory& directory);
    ~LogCleaner();

    /** Looks for dirty logs from here on, again and again. */
    void start();
    /** Begins with the dirtiest log; false when none is dirty enough or one is being cleaned. */
    bool cleanNext();
    bool isCleaning() const { return m_running != nullptr; }
    /** In force from the next step on, the limits from the next log on. */
    void setOptions(Options options) { m_options = options; }

private:
    struct Running;

    Result<void> loadCheckpoint();
    std::optional<CleanPlan> dirtiest();
    void runStep();
    void stepEnded();
    void goOn();
    Result<void> finish(CleanJob& job);
    void wait();

    EventLoop& m_loop;
    LogDirectory& m_directory;
    Options m_options;
    Timer m_timer;
    OffsetCheckpoint m_cleanedTo;
    bool m_isLoaded = false;
    bool m_isStarted = false;
    std::shared_ptr<Running> m_running; ///< shared with the worker
    std::shared_ptr<char> m_life = std::make_shared<char>();
};

} // namespace moldau::storage
