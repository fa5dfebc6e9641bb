#pragma once

#include "base/callback.h"
#include "coordinator/records.h"

#include <deque>
#include <optional>
#include <vector>

namespace moldau::coordinator {

/** Called once with None when records are replicated, or with why they aren't (yet). */
using AppendDone = Callback<void(ErrorCode)>;

/** Records that were given to the host and whose end isn't known. */
struct PendingAppend {
    AppendToken token;
    std::vector<TypedRecord> records;
    ProducerId producer = kNoProducer;
    Duration deadline{};
    std::vector<AppendDone> waiting; ///< empty once it timed out
};

/**
 * The appends of one shard in the order of the log. When one takes longer than
 * offsets.commit.timeout.ms, those who wait for it are told RequestTimedOut, but its records still
 * count when they are replicated later.
 */
class AppendQueue {
public:
    AppendToken push(std::vector<TypedRecord> records, ProducerId producer, Duration deadline);
    /** Lets `done` wait for the append, which must be in the queue. */
    void wait(AppendToken token, AppendDone done);
    /** The youngest append with a record of the group. */
    std::optional<AppendToken> lastOf(const std::string& group) const;
    /** Takes an append out; nullopt for a token that isn't here. */
    std::optional<PendingAppend> take(AppendToken token);
    std::deque<PendingAppend> takeAll() { return std::exchange(m_pending, {}); }

    std::optional<Duration> nextDeadline() const;
    /** Who waited for appends that are too late at `now`. */
    std::vector<AppendDone> takeExpired(Duration now);

private:
    std::deque<PendingAppend> m_pending;
    std::uint64_t m_lastToken = 0;
};

} // namespace moldau::coordinator
