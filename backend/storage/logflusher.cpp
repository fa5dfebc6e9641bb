#include "storage/logflusher.h"

#include <utility>
#include <vector>

namespace moldau::storage {

/** What one round syncs: the worker's while it works. */
struct LogFlusher::Round {
    struct Part {
        PartitionLog* log;
        std::weak_ptr<const void> life;
        PartitionLog::FlushWork work;
        Result<void> outcome;
    };
    std::vector<Part> parts;
};

LogFlusher::LogFlusher(EventLoop& loop, LogDirectory& directory, std::chrono::milliseconds interval)
    : m_loop(loop)
    , m_directory(directory)
    , m_interval(interval)
    , m_timer(loop)
{
}

LogFlusher::~LogFlusher() = default;

void LogFlusher::start()
{
    m_isStarted = true;
    wait();
}

void LogFlusher::wait()
{
    if (!m_isStarted)
        return;
    m_timer.start(m_interval, [this] {
        if (!flushDue())
            wait();
    });
}

bool LogFlusher::flushDue()
{
    if (m_isFlushing || !m_directory.isOnline())
        return false;
    for (PartitionLog* const log : m_directory.takeUsed())
        m_candidates.push_back({log, log->life()});
    auto round = std::make_shared<Round>();
    std::vector<Candidate> waiting;
    for (const Candidate& candidate : std::exchange(m_candidates, {})) {
        if (candidate.life.expired())
            continue;
        PartitionLog* const log = candidate.log;
        const bool isWholeDue = log->isFlushDue(m_directory.nowMs());
        if (!isWholeDue && log->awaitsFlush())
            waiting.push_back(candidate);
        if (!isWholeDue && !log->isRolledFlushDue())
            continue;
        auto work = log->prepareFlush(
            isWholeDue ? PartitionLog::FlushScope::Everything : PartitionLog::FlushScope::Rolled);
        if (!work)
            return false; // the directory has gone offline
        round->parts.push_back({log, log->life(), std::move(*work), {}});
    }
    m_candidates = std::move(waiting);
    if (round->parts.empty())
        return false;
    m_isFlushing = true;
    m_loop.offload(
        [round] {
            for (Round::Part& part : round->parts)
                part.outcome = part.work.run();
        },
        [this, round, life = std::weak_ptr<char>(m_life)] {
            if (!life.expired())
                roundEnded(round);
        });
    return true;
}

void LogFlusher::roundEnded(const std::shared_ptr<Round>& round)
{
    m_isFlushing = false;
    for (const Round::Part& part : round->parts) {
        if (!part.life.expired())
            (void)part.log->finishFlush(part.work, part.outcome); // a failure is reported there
    }
    wait();
}

} // namespace moldau::storage
