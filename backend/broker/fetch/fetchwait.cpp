#include "broker/fetch/fetchwait.h"

#include <utility>

namespace moldau::broker {

FetchWait::FetchWait(
    EventLoop& loop, FetchWaits& waits, std::int64_t minBytes, Look look, Finish finish)
    : m_loop(loop)
    , m_waits(waits)
    , m_minBytes(minBytes)
    , m_look(std::move(look))
    , m_finish(std::move(finish))
    , m_timeout(loop)
{
}

FetchWait::~FetchWait()
{
    unregister();
}

std::shared_ptr<FetchWait> FetchWait::start(EventLoop& loop, FetchWaits& waits,
    std::vector<Partition*> partitions, std::int64_t minBytes, Duration timeout, Look look,
    Finish finish)
{
    std::shared_ptr<FetchWait> wait(
        new FetchWait(loop, waits, minBytes, std::move(look), std::move(finish)));
    wait->m_place = waits.insert(waits.end(), wait);
    wait->m_partitions = std::move(partitions);
    for (Partition* const partition : wait->m_partitions)
        partition->addWaiter(*wait);
    wait->m_timeout.start(timeout, [raw = wait.get()] { raw->finishNow(); });
    return wait;
}

// One produce request may change many partitions: they are looked at once, after it.
void FetchWait::wake()
{
    if (std::exchange(m_isLookPosted, true))
        return;
    m_loop.post([weak = weak_from_this()] {
        if (const auto self = weak.lock())
            self->lookAgain();
    });
}

void FetchWait::partitionGone(Partition& partition)
{
    std::erase(m_partitions, &partition);
    wake();
}

void FetchWait::lookAgain()
{
    m_isLookPosted = false;
    if (m_isAnswered)
        return;
    FetchOutcome outcome = m_look();
    if (outcome.hasNews || outcome.bytes >= m_minBytes)
        finish(std::move(outcome));
}

void FetchWait::finishNow()
{
    if (!m_isAnswered)
        finish(m_look());
}

void FetchWait::finish(FetchOutcome outcome)
{
    const auto self = shared_from_this();
    m_isAnswered = true;
    m_waits.erase(m_place);
    unregister();
    m_timeout.cancel();
    m_finish(std::move(outcome));
}

void FetchWait::unregister()
{
    for (Partition* const partition : std::exchange(m_partitions, {}))
        partition->removeWaiter(*this);
}

} // namespace moldau::broker
