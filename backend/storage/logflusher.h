#pragma once

#include "base/eventloop.h"
#include "storage/logdirectory.h"

#include <chrono>
#include <memory>
#include <vector>

namespace moldau::storage {

/**
 * Brings rolled segments to the disk, and logs whose flush.ms has passed: looks around once in a
 * while and lets a worker thread do the fsyncs, one round at a time. Belongs to the broker beside
 * the directory, which outlives it; used on the broker's thread.
 */
class LogFlusher {
public:
    LogFlusher(EventLoop& loop, LogDirectory& directory,
        std::chrono::milliseconds interval = std::chrono::seconds(1));
    ~LogFlusher();

    /** Looks for due logs from here on, again and again. */
    void start();
    /** Begins a round now; false when nothing is due or a round is under way. */
    bool flushDue();

private:
    struct Round;

    void wait();
    void roundEnded(const std::shared_ptr<Round>& round);

    EventLoop& m_loop;
    LogDirectory& m_directory;
    std::chrono::milliseconds m_interval;
    Timer m_timer;
    /** A log that was used and is perhaps not on the disk. */
    struct Candidate {
        PartitionLog* log;
        std::weak_ptr<const void> life;
    };
    std::vector<Candidate> m_candidates;
    bool m_isStarted = false;
    bool m_isFlushing = false;
    std::shared_ptr<char> m_life = std::make_shared<char>();
};

} // namespace moldau::storage
