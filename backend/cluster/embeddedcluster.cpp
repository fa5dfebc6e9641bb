#include "cluster/embeddedcluster.h"

#include "base/filelogsink.h"
#include "cluster/clusterdirectory.h"
#include "cluster/combinednode.h"

#include <chrono>
#include <random>
#include <utility>

namespace moldau::cluster {

using client::NodeKind;

EmbeddedCluster::EmbeddedCluster(
    ClusterPlan plan, std::string logDirectory, Log::Sink* log, faults::FaultBoard* board)
    : PlannedCluster(std::move(plan), board)
    , m_logDirectory(std::move(logDirectory))
    , m_clusterId(m_plan.clusterId)
    , m_ownEvents(m_events.addNode())
{
    m_services.reserve(serviceCount());
    for (std::size_t i = 0; i < serviceCount(); ++i) {
        const std::string& name = m_plan.services[i].service;
        Service& made = m_services.emplace_back();
        if (log == nullptr && !m_logDirectory.empty())
            made.logSink = std::make_unique<FileLogSink>(logFile(name));
        made.host = std::make_unique<NodeHost>(
            NodeHost::Parts{name, m_plan.services[i].id, m_plan.hostAddresses, this->board(),
                m_events.addNode(), log != nullptr ? log : made.logSink.get()},
            [this, i](network::World world) { return makeNode(i, world); },
            [this] {
                if (m_nodesChanged)
                    m_nodesChanged();
            });
    }
}

EmbeddedCluster::~EmbeddedCluster()
{
    // Brokers before what they talk to; each waits for its thread.
    while (!m_services.empty())
        m_services.pop_back();
}

std::string EmbeddedCluster::logFile(const std::string& service) const
{
    return m_logDirectory + "/" + service + ".log";
}

void EmbeddedCluster::startAll(Done done)
{
    if (m_clusterId.empty()) {
        auto clusterId = openClusterDirectory(
            m_files, m_plan.directory, m_plan.name, m_plan.requestedClusterId, m_plan.voterIds());
        if (!clusterId)
            return done(fail(clusterId.error()));
        m_clusterId = std::move(*clusterId);
    }
    startInOrder(std::move(done));
}

void EmbeddedCluster::carryOut(std::size_t service, Act act, Done done)
{
    NodeHost& host = *m_services[service].host;
    switch (act) {
    case Act::Start:
        return host.start(std::move(done));
    case Act::Stop:
        return host.stop(std::move(done));
    case Act::Kill:
        return host.kill(std::move(done));
    case Act::Pause:
        return host.pause(std::move(done));
    case Act::Unpause:
        return host.unpause(std::move(done));
    }
}

void EmbeddedCluster::describe(std::size_t service, client::NodeStatus& status) const
{
    status.state = m_services[service].host->state();
    status.problem = m_services[service].host->problem();
}

void EmbeddedCluster::tellFault(EventKind kind, int id, const faults::FaultRule& rule)
{
    if (!m_ownEvents.isWanted())
        return;
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    Event event;
    event.timeNs = std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
    event.kind = kind;
    event.node = rule.link ? rule.link->one : rule.broker;
    event.peer = rule.link ? rule.link->other : kNoBroker;
    event.count = id;
    event.detail = m_ownEvents.intern(faults::toText(rule));
    const std::lock_guard lock(m_ownEventsMutex);
    m_ownEvents.publish(event);
}

std::unique_ptr<network::Node> EmbeddedCluster::makeNode(std::size_t service, network::World world)
{
    const ServicePlan& plan = m_plan.services[service];
    if (plan.kind != NodeKind::Broker)
        return makeController(service, world);
    if (plan.isCombined)
        return std::make_unique<CombinedNode>(
            world.loop, makeController(service, world), makeBroker(service, world));
    return makeBroker(service, world);
}

std::unique_ptr<controllernode::ControllerNode> EmbeddedCluster::makeController(
    std::size_t service, network::World world)
{
    auto node = std::make_unique<controllernode::ControllerNode>(
        world, controllerSettings(m_plan.services[service]));
    node->onListening([this, service](const Endpoint& endpoint) {
        noteNode(endpoint, service);
        const std::lock_guard lock(m_mutex);
        if (m_plan.voters.empty())
            m_plan.controller = endpoint;
    });
    return node;
}

std::unique_ptr<broker::BrokerNode> EmbeddedCluster::makeBroker(
    std::size_t service, network::World world)
{
    auto node = std::make_unique<broker::BrokerNode>(world, brokerSettings(service));
    node->onListening([this, service](const std::vector<broker::ListenerPlan>& listeners) {
        setListeners(service, listeners);
    });
    return node;
}

controllernode::ControllerNodeSettings EmbeddedCluster::controllerSettings(
    const ServicePlan& plan) const
{
    controllernode::ControllerNodeSettings settings;
    // The properties were checked when the plan was made.
    settings.options
        = controller::ControllerOptions::fromProperties(plan.id, m_clusterId, plan.properties)
              .value_or(controller::ControllerOptions{});
    settings.options.seed = std::random_device{}();
    settings.dataDirectory = plan.isCombined ? plan.metadataDirectory : plan.dataDirectory;
    settings.voters = m_plan.voters;
    settings.bind = controller(); // after a restart: where the brokers look for it
    for (const configs::ControllerVoter& voter : m_plan.voters) {
        if (voter.id == plan.id)
            settings.bind = voter.address;
    }
    settings.bind = plan.controllerBind.value_or(settings.bind);
    return settings;
}

broker::BrokerSettings EmbeddedCluster::brokerSettings(std::size_t service) const
{
    const ServicePlan& plan = m_plan.services[service];
    broker::BrokerSettings settings;
    settings.config = plan.config;
    settings.clusterId = m_clusterId;
    settings.dataDirectory = plan.dataDirectory;
    settings.listeners = listenersOf(service);
    const std::lock_guard lock(m_mutex);
    settings.controllers = m_plan.controllers();
    return settings;
}

std::vector<broker::ListenerPlan> EmbeddedCluster::listeners(const std::string& service) const
{
    const auto found = indexOf(service);
    return found ? listenersOf(*found) : std::vector<broker::ListenerPlan>();
}

Endpoint EmbeddedCluster::controller() const
{
    const std::lock_guard lock(m_mutex);
    return m_plan.controller;
}

} // namespace moldau::cluster
