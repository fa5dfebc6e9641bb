#include "cluster/nodehost.h"

namespace moldau::cluster {

using client::NodeState;

NodeHost::NodeHost(std::string service, std::map<std::string, std::string> hostAddresses,
    FileSystem& files, EventSink& events, Log::Sink* logSink, Make make, StateChanged changed)
    : m_service(std::move(service))
    , m_events(events)
    , m_log(logSink)
    , m_files(files)
    , m_make(std::move(make))
    , m_changed(std::move(changed))
    , m_loop(m_service)
    , m_transport(m_loop, [hosts = std::move(hostAddresses)](const Endpoint& endpoint) {
        const auto known = hosts.find(endpoint.host);
        return known == hosts.end() ? endpoint : Endpoint{known->second, endpoint.port};
    })
{
}

NodeHost::~NodeHost()
{
    m_loop.run([this] { m_node.reset(); });
    m_loop.stop();
}

void NodeHost::start(Done done)
{
    m_loop.post([this, done = std::move(done)]() mutable {
        if (m_node)
            return done(fail(ErrorCode::LocalInvalidArgument, m_service + " runs already"));
        setState(NodeState::Starting);
        m_node = m_make(network::World{m_loop, m_transport, m_files, m_events, m_log});
        m_node->onFailure([this](const Error& error) {
            setState(NodeState::Failed, error.message);
            m_loop.post([this] { m_node.reset(); });
        });
        m_node->start([this, done = std::move(done)](Result<void> served) mutable {
            setState(served ? NodeState::Running : NodeState::Failed,
                served ? std::string() : served.error().message);
            if (!served)
                m_loop.post([this] { m_node.reset(); }); // we are inside its start()
            done(std::move(served));
        });
    });
}

void NodeHost::stop(Done done)
{
    m_loop.post([this, done = std::move(done)]() mutable {
        if (!m_node)
            return done({});
        setState(NodeState::Stopping);
        m_node->stop([this, done = std::move(done)]() mutable {
            m_loop.post([this, done = std::move(done)]() mutable { // we are inside its stop()
                m_node.reset();
                setState(NodeState::Stopped);
                done({});
            });
        });
    });
}

void NodeHost::kill(Done done)
{
    m_loop.post([this, done = std::move(done)]() mutable {
        const bool wasThere = m_node != nullptr;
        m_node.reset();
        if (wasThere) {
            m_log.warn("kafka.Kafka", "{} was killed", m_service);
            setState(NodeState::Killed);
        }
        done({});
    });
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
