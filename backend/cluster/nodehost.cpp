#include "cluster/nodehost.h"

namespace moldau::cluster {

using client::NodeState;

NodeHost::NodeHost(Parts parts, Make make, StateChanged changed)
    : m_service(std::move(parts.service))
    , m_id(parts.id)
    , m_events(parts.events)
    , m_log(parts.logSink)
    , m_files([&board = parts.faults, id = parts.id] { return board.isDiskFull(id); })
    , m_make(std::move(make))
    , m_changed(std::move(changed))
    , m_loop(m_service)
    , m_resolving(m_loop,
          [hosts = std::move(parts.hostAddresses)](const Endpoint& endpoint) {
              const auto known = hosts.find(endpoint.host);
              return known == hosts.end() ? endpoint : Endpoint{known->second, endpoint.port};
          })
    , m_faults(parts.faults, m_loop, m_events, m_id)
    , m_transport(m_resolving, m_loop, m_faults)
{
}

NodeHost::~NodeHost()
{
    release(Hold::Kill);
    m_loop.run([this] {
        m_failedNode.reset();
        m_node.reset();
        m_transport.abandon();
    });
    m_loop.stop();
}

void NodeHost::start(Done done)
{
    if (isHeld())
        return done(
            fail(ErrorCode::LocalInvalidArgument, m_service + " is paused: unpause it instead"));
    m_loop.post([this, done = std::move(done)]() mutable {
        if (m_node)
            return done(fail(ErrorCode::LocalInvalidArgument, m_service + " runs already"));
        m_failedNode.reset();
        setState(NodeState::Starting);
        m_node = m_make(network::World{m_loop, m_transport, m_files, m_events, m_log, &m_faults});
        m_node->onFailure([this](const Error& error) {
            abandonNode();
            setState(NodeState::Failed, error.message);
            tellStopped(); // it doesn't come to that any more
        });
        m_node->start([this, done = std::move(done)](Result<void> served) mutable {
            if (!served)
                abandonNode();
            setState(served ? NodeState::Running : NodeState::Failed,
                served ? std::string() : served.error().message);
            done(std::move(served));
        });
    });
}

// Other threads' work may come before what is posted here: whoever is to stop or start the node
// next has to find none from this moment on.
void NodeHost::abandonNode()
{
    m_failedNode = std::move(m_node);
    m_loop.post([this] { m_failedNode.reset(); });
}

void NodeHost::tellStopped()
{
    for (Done& done : std::exchange(m_stopping, {}))
        done({});
}

void NodeHost::stop(Done done)
{
    release(Hold::LetGo);
    m_loop.post([this, done = std::move(done)]() mutable {
        if (!m_node)
            return done({});
        m_stopping.push_back(std::move(done));
        if (m_stopping.size() > 1)
            return;
        setState(NodeState::Stopping);
        m_node->stop([this] {
            m_loop.post([this] { // we are inside its stop()
                m_node.reset();
                m_transport.abandon();
                setState(NodeState::Stopped);
                tellStopped();
            });
        });
    });
}

void NodeHost::kill(Done done)
{
    release(Hold::Kill);
    m_loop.post([this, done = std::move(done)]() mutable {
        killNow();
        done({});
    });
}

void NodeHost::killNow()
{
    if (!m_node)
        return;
    m_node.reset();
    m_transport.abandon();
    m_log.warn("kafka.Kafka", "{} was killed", m_service);
    publish(EventKind::NodeKilled);
    setState(NodeState::Killed);
    tellStopped();
}

void NodeHost::pause(Done done)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_hold != Hold::None)
            return done(fail(ErrorCode::LocalInvalidArgument, m_service + " is paused already"));
        m_hold = Hold::Asked;
    }
    m_loop.post([this, done = std::move(done)]() mutable {
        const bool isRunning = state() == NodeState::Running;
        {
            const std::lock_guard lock(m_mutex);
            if (!isRunning)
                m_hold = Hold::None;
            else if (m_hold == Hold::Asked)
                m_hold = Hold::Held;
        }
        if (!isRunning)
            return done(fail(ErrorCode::LocalInvalidArgument, m_service + " is not running"));
        publish(EventKind::NodePaused);
        setState(NodeState::Paused);
        done({});
        hold();
    });
}

void NodeHost::hold()
{
    std::unique_lock lock(m_mutex);
    m_released.wait(lock, [this] { return m_hold != Hold::Held; });
    const Hold how = std::exchange(m_hold, Hold::None);
    lock.unlock();
    if (how == Hold::Kill)
        return killNow(); // before anything that came in the meantime is heard
    publish(EventKind::NodeUnpaused);
    setState(NodeState::Running);
}

bool NodeHost::release(Hold how)
{
    const std::lock_guard lock(m_mutex);
    if (m_hold == Hold::None)
        return false;
    m_hold = how;
    m_released.notify_all();
    return true;
}

bool NodeHost::isHeld() const
{
    const std::lock_guard lock(m_mutex);
    return m_hold != Hold::None;
}

void NodeHost::unpause(Done done)
{
    if (!release(Hold::LetGo))
        return done(fail(ErrorCode::LocalInvalidArgument, m_service + " is not paused"));
    m_loop.post([done = std::move(done)]() mutable { done({}); });
}

void NodeHost::publish(EventKind kind)
{
    Event event;
    event.timeNs = m_loop.wallClockMs() * 1'000'000;
    event.kind = kind;
    event.node = m_id;
    m_events.publish(event);
}

NodeState NodeHost::state() const
{
    const std::lock_guard lock(m_mutex);
    return m_state;
}

std::string NodeHost::problem() const
{
    const std::lock_guard lock(m_mutex);
    return m_problem;
}

void NodeHost::withNode(const std::function<void(network::Node*)>& work)
{
    m_loop.run([&] { work(m_node.get()); });
}

void NodeHost::setState(NodeState state, std::string problem)
{
    {
        const std::lock_guard lock(m_mutex);
        m_state = state;
        m_problem = std::move(problem);
    }
    if (m_changed)
        m_changed();
}

} // namespace moldau::cluster
