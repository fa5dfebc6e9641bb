#include "raft/fetchprogress.h"

namespace moldau::raft {

namespace {
constexpr std::int64_t kForgottenAfterMs = 300'000;
}

void FetchProgress::noteFetch(BrokerId id, const Uuid& directory, std::int64_t offset,
    std::int64_t leaderEnd, std::int64_t nowMs)
{
    Entry& entry = m_byNode[{id, directory}];
    Replica& replica = entry.replica;
    // It has now what the log had at its last fetch: then it was caught up as of that fetch.
    if (offset >= leaderEnd)
        replica.lastCaughtUpMs = nowMs;
    else if (replica.lastFetchMs >= 0 && offset >= entry.leaderEndAtLastFetch)
        replica.lastCaughtUpMs = replica.lastFetchMs;
    replica.id = id;
    replica.directory = directory;
    replica.endOffset = offset;
    replica.lastFetchMs = nowMs;
    entry.leaderEndAtLastFetch = leaderEnd;
    std::erase_if(m_byNode, [&](const auto& each) {
        return nowMs - each.second.replica.lastFetchMs > kForgottenAfterMs;
    });
}

std::vector<FetchProgress::Replica> FetchProgress::recent(std::int64_t nowMs) const
{
    std::vector<Replica> all;
    for (const auto& [key, entry] : m_byNode) {
        if (nowMs - entry.replica.lastFetchMs <= kForgottenAfterMs)
            all.push_back(entry.replica);
    }
    return all;
}

} // namespace moldau::raft
