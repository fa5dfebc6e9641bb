#pragma once

#include "broker/fetch/fetchread.h"
#include "network/exchange.h"

#include <functional>
#include <list>
#include <memory>
#include <vector>

namespace moldau::broker {

class FetchWait;

/** The fetches of one broker that wait, in the order in which they came; they end, unanswered, with
 * it. Owned by the BrokerNode. */
using FetchWaits = std::list<std::shared_ptr<FetchWait>>;

/**
 * A Fetch that found too little and waits for more, for its time, or for a newer request of its
 * session; then `finish` gets the outcome. Lives in a broker's FetchWaits, on its thread.
 */
class FetchWait final : public DataWaiter, public std::enable_shared_from_this<FetchWait> {
public:
    using Look = std::function<FetchOutcome()>;
    using Finish = std::function<void(FetchOutcome)>;

    /** Looks again when one of `partitions` changes or wake() is called, at most for `timeout`. */
    static std::shared_ptr<FetchWait> start(EventLoop& loop, FetchWaits& waits,
        std::vector<Partition*> partitions, std::int64_t minBytes, Duration timeout, Look look,
        Finish finish);
    ~FetchWait() override;

    /** Looks again soon: something has changed. */
    void wake();
    /** Answers with what there is. Does nothing after the answer. */
    void finishNow();

private:
    FetchWait(EventLoop& loop, FetchWaits& waits, std::int64_t minBytes, Look look, Finish finish);
    void partitionChanged(Partition&) override { wake(); }
    void partitionGone(Partition& partition) override;
    void lookAgain();
    void finish(FetchOutcome outcome);
    void unregister();

    EventLoop& m_loop;
    FetchWaits& m_waits;
    FetchWaits::iterator m_place;
    std::int64_t m_minBytes;
    Look m_look;
    Finish m_finish;
    std::vector<Partition*> m_partitions;
    Timer m_timeout;
    bool m_isLookPosted = false;
    bool m_isAnswered = false;
};

} // namespace moldau::broker
