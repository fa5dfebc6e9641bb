#include "cluster/combinednode.h"

#include <algorithm>
#include <utility>

namespace moldau::cluster {

namespace {

// When a whole cluster stops, every broker asks for its leave, and that is a decision of the
// quorum: voters that went with their own brokers would keep the last ones from getting theirs.
constexpr Duration kLeaveIsAsked = std::chrono::milliseconds(250);
constexpr Duration kLeaveIsHad = std::chrono::seconds(3);
constexpr Duration kLookAgain = std::chrono::milliseconds(20);

} // namespace

CombinedNode::CombinedNode(EventLoop& loop,
    std::unique_ptr<controllernode::ControllerNode> controller,
    std::unique_ptr<broker::BrokerNode> broker)
    : m_loop(loop)
    , m_controller(std::move(controller))
    , m_broker(std::move(broker))
    , m_stopTimer(loop)
{
}

void CombinedNode::start(Callback<void(Result<void>)> serving)
{
    m_controller->start([this, serving = std::move(serving)](Result<void> takesPart) mutable {
        if (!takesPart)
            return serving(std::move(takesPart));
        m_broker->start(std::move(serving));
    });
}

void CombinedNode::stop(Callback<void()> stopped)
{
    m_stopped = std::move(stopped);
    m_stopTimer.cancel();
    m_broker->stop([this] {
        m_patienceEnds = m_loop.now() + kLeaveIsHad;
        m_stopTimer.start(kLeaveIsAsked, [this] { stopController(); });
    });
}

bool CombinedNode::othersAreLeaving() const
{
    const auto& brokers = m_controller->image().brokers();
    return std::ranges::any_of(brokers, [&](const auto& entry) {
        return entry.first != m_broker->self() && entry.second.isInControlledShutdown
            && !entry.second.isFenced;
    });
}

void CombinedNode::stopController()
{
    if (othersAreLeaving() && m_loop.now() < m_patienceEnds)
        return m_stopTimer.start(kLookAgain, [this] { stopController(); });
    m_controller->stop(std::exchange(m_stopped, nullptr));
}

void CombinedNode::onFailure(std::function<void(const Error&)> handler)
{
    m_controller->onFailure(handler);
    m_broker->onFailure(std::move(handler));
}

} // namespace moldau::cluster
