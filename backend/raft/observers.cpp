#include "raft/observers.h"

namespace moldau::raft {

namespace {
constexpr std::int64_t kForgottenAfterMs = 300'000;
}

void Observers::noteFetch(BrokerId id, const Uuid& directory, std::int64_t offset,
    std::int64_t leaderEnd, std::int64_t nowMs)
{
    Entry& entry = m_byNode[{id, directory}];
    Progress& progress = entry.progress;
    // It has now what the log had at its last fetch: then it was caught up as of that fetch.
    if (offset >= leaderEnd)
        progress.lastCaughtUpMs = nowMs;
    else if (progress.lastFetchMs >= 0 && offset >= entry.leaderEndAtLastFetch)
        progress.lastCaughtUpMs = progress.lastFetchMs;
    progress.id = id;
    progress.directory = directory;
    progress.endOffset = offset;
    progress.lastFetchMs = nowMs;
    entry.leaderEndAtLastFetch = leaderEnd;
    std::erase_if(m_byNode, [&](const auto& each) {
        return nowMs - each.second.progress.lastFetchMs > kForgottenAfterMs;
    });
}

std::vector<Observers::Progress> Observers::recent(std::int64_t nowMs) const
{
    std::vector<Progress> all;
    for (const auto& [key, entry] : m_byNode) {
        if (nowMs - entry.progress.lastFetchMs <= kForgottenAfterMs)
            all.push_back(entry.progress);
    }
    return all;
}

} // namespace moldau::raft
