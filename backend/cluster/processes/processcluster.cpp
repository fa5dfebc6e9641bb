#include "cluster/processes/processcluster.h"

#include "cluster/clusterdirectory.h"
#include "cluster/gather.h"
#include "cluster/nodefile.h"

#include <algorithm>
#include <csignal>
#include <utility>

#include <fmt/format.h>

namespace moldau::cluster {

using client::NodeKind;
using client::NodeState;
using client::NodeStatus;

namespace {

constexpr auto kStopPatience = std::chrono::seconds(20); // then a node that doesn't end is killed

} // namespace

ProcessCluster::ProcessCluster(ClusterPlan plan, std::string logDirectory, std::string program)
    : m_logDirectory(std::move(logDirectory))
    , m_program(std::move(program))
    , m_plan(std::move(plan))
    , m_services(m_plan.services.size())
    , m_loop("processes")
{
    for (std::size_t i = 0; i < m_services.size(); ++i)
        m_services[i].plan = m_plan.services[i];
}

ProcessCluster::~ProcessCluster()
{
    m_loop.run([this] {
        for (Service& service : m_services)
            service.process.reset();
    });
    m_loop.stop();
}

void ProcessCluster::startAll(Done done)
{
    m_loop.post([this, done = std::move(done)]() mutable {
        auto clusterId = openClusterDirectory(m_files, m_plan.directory, m_plan.name);
        if (!clusterId)
            return done(fail(clusterId.error()));
        m_plan.clusterId = std::move(*clusterId);
        together(NodeKind::Controller, &ProcessCluster::start,
            [this, done = std::move(done)](Result<void> started) mutable {
                if (!started)
                    return done(std::move(started));
                together(NodeKind::Broker, &ProcessCluster::start, std::move(done));
            });
    });
}

void ProcessCluster::stopAll(Done done)
{
    m_loop.post([this, done = std::move(done)]() mutable {
        together(NodeKind::Broker, &ProcessCluster::stop,
            [this, done = std::move(done)](Result<void>) mutable {
                together(NodeKind::Controller, &ProcessCluster::stop, std::move(done));
            });
    });
}

void ProcessCluster::together(NodeKind kind, Act act, Done done)
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
            (this->*act)(service, [gather](Result<void> outcome) { gather->part(outcome); });
}

Result<std::string> ProcessCluster::writeFile(const Service& service)
{
    const std::string path
        = fmt::format("{}/{}.properties", m_plan.directory, service.plan.service);
    const std::string text = nodeFileText(m_plan, service.plan);
    return replaceFile(m_files, path, asBytes(text), Durability::Process).map([&] { return path; });
}

void ProcessCluster::start(Service& service, Done done)
{
    if (service.process)
        return done(fail(ErrorCode::LocalInvalidArgument, service.plan.service + " runs already"));
    const auto file = writeFile(service);
    if (!file) {
        setState(service, NodeState::Failed, file.error().message);
        return done(fail(file.error()));
    }
    auto process = ChildProcess::start(
        m_loop,
        {m_program, "broker", "--config", *file, "--log-file",
            fmt::format("{}/{}.log", m_logDirectory, service.plan.service), "--report-to"},
        [this, &service](const std::string& line) { said(service, line); },
        [this, &service](ChildProcess::End end) { ended(service, end); });
    if (!process) {
        setState(service, NodeState::Failed, process.error().message);
        return done(fail(process.error()));
    }
    service.process = std::move(*process);
    service.starting = std::move(done);
    setState(service, NodeState::Starting);
}

void ProcessCluster::said(Service& service, const std::string& line)
{
    auto report = readNodeReport(line);
    if (!report) {
        setState(service, NodeState::Failed, report.error().message); // it ends by itself
    } else {
        if (service.plan.kind == NodeKind::Broker) {
            const std::lock_guard lock(m_mutex);
            service.plan.listeners = std::move(report->listeners);
        } else {
            m_plan.controller = report->controller;
        }
        if (service.state == NodeState::Starting)
            setState(service, NodeState::Running);
    }
    if (service.starting)
        std::exchange(service.starting, nullptr)(report ? Result<void>() : fail(report.error()));
}

void ProcessCluster::ended(Service& service, ChildProcess::End end)
{
    service.process.reset();
    if (end.signal != 0)
        setState(service, NodeState::Killed);
    else if (service.state == NodeState::Stopping)
        setState(service, NodeState::Stopped);
    else if (service.state != NodeState::Failed)
        setState(service, NodeState::Failed,
            fmt::format("its process ended with status {}; see moldauctl logs", end.status));
    else
        setState(service, NodeState::Failed, service.problem); // without its process
    if (service.starting)
        std::exchange(service.starting, nullptr)(fail(ErrorCode::LocalIoError,
            fmt::format("{} ended before it served", service.plan.service)));
    for (Done& done : std::exchange(service.ending, {}))
        done({});
}

void ProcessCluster::stop(Service& service, Done done)
{
    if (!service.process)
        return done({});
    service.ending.push_back(std::move(done));
    if (service.state == NodeState::Stopping)
        return;
    setState(service, NodeState::Stopping);
    service.process->signal(SIGTERM);
    m_loop.schedule(kStopPatience, [this, &service, pid = service.process->pid()] {
        if (service.process && service.process->pid() == pid)
            service.process->signal(SIGKILL);
    });
}

void ProcessCluster::kill(Service& service, Done done)
{
    if (!service.process)
        return done({});
    service.ending.push_back(std::move(done));
    service.process->signal(SIGKILL);
}

void ProcessCluster::setState(Service& service, NodeState state, std::string problem)
{
    const std::lock_guard lock(m_mutex);
    service.state = state;
    service.problem = std::move(problem);
    service.pid = service.process ? service.process->pid() : 0;
}

std::vector<Endpoint> ProcessCluster::bootstrap() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<Endpoint> endpoints;
    for (const Service& service : m_services)
        if (!service.plan.listeners.empty())
            endpoints.push_back(service.plan.listeners.back().advertised);
    return endpoints;
}

std::vector<NodeStatus> ProcessCluster::nodes() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<NodeStatus> all;
    for (const Service& service : m_services) {
        NodeStatus& status = all.emplace_back();
        status.service = service.plan.service;
        status.kind = service.plan.kind;
        status.id = service.plan.id;
        status.state = service.state;
        status.problem = service.plan.isRun ? service.problem : service.plan.whyNotRun;
        status.dataDirectory = service.plan.dataDirectory;
        status.pid = service.pid;
        for (const broker::ListenerPlan& listener : service.plan.listeners)
            status.listeners.emplace_back(listener.name, toString(listener.advertised));
    }
    return all;
}

void ProcessCluster::startNode(std::string name, Done done)
{
    act(name, &ProcessCluster::start, std::move(done));
}

void ProcessCluster::stopNode(std::string name, Done done)
{
    act(name, &ProcessCluster::stop, std::move(done));
}

void ProcessCluster::killNode(std::string name, Done done)
{
    act(name, &ProcessCluster::kill, std::move(done));
}

void ProcessCluster::act(const std::string& name, Act act, Done done)
{
    m_loop.post([this, name, act, done = std::move(done)]() mutable {
        const auto service = std::find_if(m_services.begin(), m_services.end(),
            [&](const Service& each) { return each.plan.service == name; });
        if (service == m_services.end())
            return done(fail(ErrorCode::LocalNotFound, fmt::format("no such service: {}", name)));
        if (!service->plan.isRun)
            return done(fail(
                ErrorCode::LocalUnsupported, fmt::format("{}: {}", name, service->plan.whyNotRun)));
        (this->*act)(*service, std::move(done));
    });
}

} // namespace moldau::cluster
