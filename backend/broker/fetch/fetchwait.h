#pragma once

#include "broker/fetch/fetchread.h"
#include "network/exchange.h"

#include <functional>
#include <memory>
#include <vector>

namespace moldau::broker {

/**
 * A Fetch that found too little and waits for more, for its time, or for a newer request of its
 * session. Keeps itself alive until it has answered; then `finish` gets the outcome. Belongs to the
 * broker's thread.
 */
class FetchWait final : public DataWaiter, public std::enable_shared_from_this<FetchWait> {
public:
    using Look = std::function<FetchOutcome()>;
    using Finish = std::function<void(FetchOutcome)>;

    /** Looks again when one of `partitions` changes, at most for `timeout`. */
    static std::shared_ptr<FetchWait> start(EventLoop& loop, std::vector<Partition*> partitions,
        std::int64_t minBytes, Duration timeout, Look look, Finish finish);
    ~FetchWait() override;

    /** Answers with what there is. Does nothing after the answer. */
    void finishNow();

private:
    FetchWait(EventLoop& loop, std::int64_t minBytes, Look look, Finish finish);
    void partitionChanged() override;
    void partitionGone(Partition& partition) override;
    void lookAgain();
    void finish(FetchOutcome outcome);
    void unregister();

    EventLoop& m_loop;
    std::int64_t m_minBytes;
    Look m_look;
    Finish m_finish;
    std::vector<Partition*> m_partitions;
    Timer m_timeout;
    bool m_isLookPosted = false;
    std::shared_ptr<FetchWait> m_self; // until answered
};

} // namespace moldau::broker
