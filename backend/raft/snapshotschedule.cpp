#include "raft/snapshotschedule.h"

#include <fmt/format.h>

namespace moldau::raft {

void SnapshotSchedule::noteRecords(std::size_t bytes, std::int64_t writtenMs)
{
    m_bytes += static_cast<std::int64_t>(bytes);
    m_lastWrittenMs = writtenMs;
}

void SnapshotSchedule::begun(Duration now)
{
    m_bytes = 0;
    m_last = now;
}

std::optional<std::string> SnapshotSchedule::whyDue(Duration now) const
{
    if (m_bytes >= m_options.maxBytes)
        return fmt::format("we have replayed at least {} bytes", m_options.maxBytes);
    if (now >= dueAt())
        return fmt::format("we have waited at least {} ms",
            std::chrono::duration_cast<std::chrono::milliseconds>(m_options.maxInterval).count());
    return std::nullopt;
}

Duration SnapshotSchedule::dueAt() const
{
    if (m_bytes == 0 || m_options.maxInterval == Duration::zero())
        return Duration::max();
    return m_last + m_options.maxInterval;
}

} // namespace moldau::raft
