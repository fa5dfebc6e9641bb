#pragma once

#include "base/eventloop.h"

#include <compare>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace moldau::coordinator {

/** What a timer is for. One key has at most one deadline. */
struct TimerKey {
    enum class Kind { MemberSession, JoinPhase, SyncPhase, Expiration };

    Kind kind = Kind::Expiration;
    std::string group;
    std::string member; ///< MemberSession only

    auto operator<=>(const TimerKey&) const = default;
};

/** The deadlines of one shard, nearest first. Time is passed in, nothing runs by itself. */
class TimerQueue {
public:
    /** Sets the deadline of `key`, instead of the one that it may have. */
    void schedule(const TimerKey& key, Duration deadline);
    void cancel(const TimerKey& key);
    void clear();
    std::optional<Duration> next() const;
    /** Takes the nearest timer out when its deadline isn't after `now`. */
    std::optional<TimerKey> popDue(Duration now);

private:
    std::map<TimerKey, Duration> m_deadlines;
    std::set<std::pair<Duration, TimerKey>> m_order;
};

} // namespace moldau::coordinator
