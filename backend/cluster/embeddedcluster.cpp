#include "cluster/embeddedcluster.h"

#include "base/filelogsink.h"
#include "broker/brokernode.h"
#include "cluster/clusterdirectory.h"
#include "cluster/gather.h"
#include "controllernode/controllernode.h"

#include <algorithm>
#include <random>
#include <utility>

#include <fmt/format.h>

namespace moldau::cluster {

using client::NodeKind;
using client::NodeState;
using client::NodeStatus;

EmbeddedCluster::EmbeddedCluster(ClusterPlan plan, std::string logDirectory, Log::Sink* log)
    : m_plan(std::move(plan))
    , m_logDirectory(std::move(logDirectory))
    , m_clusterId(m_plan.clusterId)
    , m_controller(m_plan.controller)
{
    m_services.reserve(m_plan.services.size());
    for (const ServicePlan& service : m_plan.services) {
        Service& made = m_services.emplace_back();
        made.plan = service;
        if (log == nullptr && !m_logDirectory.empty())
            made.logSink = std::make_unique<FileLogSink>(logFile(service.service));
        made.host = std::make_unique<NodeHost>(
            service.service, m_plan.hostAddresses, m_files, m_events.addNode(),
            log != nullptr ? log : made.logSink.get(),
            [this, name = service.service](network::World world) { return makeNode(name, world); },
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
        auto clusterId = openClusterDirectory(m_files, m_plan.directory, m_plan.name);
        if (!clusterId)
            return done(fail(clusterId.error()));
        m_clusterId = std::move(*clusterId);
    }
    together(NodeKind::Controller, &NodeHost::start, [this, done = std::move(done)](Result<void> started) mutable {
        if (!started)
            return done(std::move(started));
        together(NodeKind::Broker, &NodeHost::start, std::move(done));
    });
}

void EmbeddedCluster::stopAll(Done done)
{
    together(NodeKind::Broker, &NodeHost::stop, [this, done = std::move(done)](Result<void>) mutable {
        together(NodeKind::Controller, &NodeHost::stop, std::move(done));
    });
}

void EmbeddedCluster::together(NodeKind kind, void (NodeHost::*act)(Done), Done done)
{
    const bool wantsBrokers = kind == NodeKind::Broker;
    const auto belongs = [&](const Service& service) {
        return service.plan.isRun && (service.plan.kind == NodeKind::Broker) == wantsBrokers;
    };
    const auto count = std::count_if(m_services.begin(), m_services.end(), belongs);
    if (count == 0)
        return done({});
    auto gather = std::make_shared<Gather>(static_cast<std::size_t>(count), std::move(done));
    for (Service& service : m_services)
        if (belongs(service))
            (service.host.get()->*act)([gather](Result<void> outcome) { gather->part(outcome); });
}

std::unique_ptr<network::Node> EmbeddedCluster::makeNode(const std::string& name, network::World world)
{
    const ServicePlan& plan = find(name)->plan;
    if (plan.kind != NodeKind::Broker) {
        auto node = std::make_unique<controllernode::ControllerNode>(world, controllerSettings(plan));
        node->onListening([this](const Endpoint& endpoint) {
            const std::lock_guard lock(m_mutex);
            m_controller = endpoint;
        });
        return node;
    }
    auto node = std::make_unique<broker::BrokerNode>(world, brokerSettings(plan));
    node->onListening([this, name](const std::vector<broker::ListenerPlan>& listeners) {
        const std::lock_guard lock(m_mutex);
        find(name)->plan.listeners = listeners;
    });
    return node;
}

controllernode::ControllerNodeSettings EmbeddedCluster::controllerSettings(const ServicePlan& plan) const
{
    controllernode::ControllerNodeSettings settings;
    // The properties were checked when the plan was made.
    settings.options = controller::ControllerOptions::fromProperties(plan.id, m_clusterId, plan.properties)
                           .value_or(controller::ControllerOptions{});
    settings.options.seed = std::random_device{}();
    settings.dataDirectory = plan.dataDirectory;
    const std::lock_guard lock(m_mutex);
    settings.bind = m_controller; // after a restart: where the brokers look for it
    return settings;
}

broker::BrokerSettings EmbeddedCluster::brokerSettings(const ServicePlan& plan) const
{
    broker::BrokerSettings settings;
    settings.config = plan.config;
    settings.clusterId = m_clusterId;
    settings.dataDirectory = plan.dataDirectory;
    const std::lock_guard lock(m_mutex);
    settings.listeners = plan.listeners;
    settings.controller = m_controller;
    return settings;
}

const EmbeddedCluster::Service* EmbeddedCluster::find(const std::string& name) const
{
    const auto found = std::find_if(
        m_services.begin(), m_services.end(), [&](const Service& service) { return service.plan.service == name; });
    return found == m_services.end() ? nullptr : &*found;
}

EmbeddedCluster::Service* EmbeddedCluster::find(const std::string& name)
{
    return const_cast<Service*>(std::as_const(*this).find(name));
}

std::vector<broker::ListenerPlan> EmbeddedCluster::listeners(const std::string& service) const
{
    const Service* const found = find(service);
    const std::lock_guard lock(m_mutex);
    return found == nullptr ? std::vector<broker::ListenerPlan>() : found->plan.listeners;
}

Endpoint EmbeddedCluster::controller() const
{
    const std::lock_guard lock(m_mutex);
    return m_controller;
}

std::vector<Endpoint> EmbeddedCluster::bootstrap() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<Endpoint> endpoints;
    for (const Service& service : m_services)
        if (!service.plan.listeners.empty())
            endpoints.push_back(service.plan.listeners.back().advertised);
    return endpoints;
}

std::vector<NodeStatus> EmbeddedCluster::nodes() const
{
    std::vector<NodeStatus> all;
    for (const Service& service : m_services) {
        NodeStatus& status = all.emplace_back();
        status.service = service.plan.service;
        status.kind = service.plan.kind;
        status.id = service.plan.id;
        status.state = service.host->state();
        status.problem = service.plan.isRun ? service.host->problem() : service.plan.whyNotRun;
        status.dataDirectory = service.plan.dataDirectory;
        const std::lock_guard lock(m_mutex);
        for (const broker::ListenerPlan& listener : service.plan.listeners)
            status.listeners.emplace_back(listener.name, toString(listener.advertised));
    }
    return all;
}

void EmbeddedCluster::startNode(std::string name, Done done)
{
    act(name, &NodeHost::start, std::move(done));
}

void EmbeddedCluster::stopNode(std::string name, Done done)
{
    act(name, &NodeHost::stop, std::move(done));
}

void EmbeddedCluster::killNode(std::string name, Done done)
{
    act(name, &NodeHost::kill, std::move(done));
}

void EmbeddedCluster::act(const std::string& name, void (NodeHost::*what)(Done), Done done)
{
    Service* const service = find(name);
    if (service == nullptr)
        return done(fail(ErrorCode::LocalNotFound, fmt::format("no such service: {}", name)));
    if (!service->plan.isRun)
        return done(fail(ErrorCode::LocalUnsupported, fmt::format("{}: {}", name, service->plan.whyNotRun)));
    (service->host.get()->*what)(std::move(done));
}

} // namespace moldau::cluster
