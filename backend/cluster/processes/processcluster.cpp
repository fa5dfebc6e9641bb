#include "cluster/processes/processcluster.h"

#include "cluster/clusterdirectory.h"
#include "cluster/nodefile.h"

#include <csignal>
#include <utility>

#include <fmt/format.h>

namespace moldau::cluster {

using client::NodeKind;
using client::NodeState;

namespace {

constexpr auto kStopPatience = std::chrono::seconds(20); // then a node that doesn't end is killed

} // namespace

ProcessCluster::ProcessCluster(ClusterPlan plan, std::string logDirectory, std::string program)
    : PlannedCluster(std::move(plan))
    , m_logDirectory(std::move(logDirectory))
    , m_program(std::move(program))
    , m_services(serviceCount())
    , m_loop("processes")
{
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
        auto clusterId = openClusterDirectory(
            m_files, m_plan.directory, m_plan.name, m_plan.requestedClusterId, m_plan.voterIds());
        if (!clusterId)
            return done(fail(clusterId.error()));
        m_plan.clusterId = std::move(*clusterId);
        startInOrder(std::move(done));
    });
}

void ProcessCluster::carryOut(std::size_t service, Act act, Done done)
{
    m_loop.post([this, service, act, done = std::move(done)]() mutable {
        switch (act) {
        case Act::Start:
            return start(service, std::move(done));
        case Act::Stop:
            return stop(service, std::move(done));
        case Act::Kill:
            return kill(service, std::move(done));
        case Act::Pause:
            return pause(service, std::move(done));
        case Act::Unpause:
            return unpause(service, std::move(done));
        }
    });
}

void ProcessCluster::describe(std::size_t service, client::NodeStatus& status) const
{
    const std::lock_guard lock(m_mutex);
    status.state = m_services[service].state;
    status.problem = m_services[service].problem;
    status.pid = m_services[service].pid;
}

Result<std::string> ProcessCluster::writeFile(std::size_t service)
{
    const ServicePlan& plan = m_plan.services[service];
    const std::string path = fmt::format("{}/{}.properties", m_plan.directory, plan.service);
    const std::string text = nodeFileText(m_plan, plan);
    return replaceFile(m_files, path, asBytes(text), Durability::Process).map([&] { return path; });
}

void ProcessCluster::start(std::size_t index, Done done)
{
    Service& service = m_services[index];
    const std::string& name = m_plan.services[index].service;
    if (service.process)
        return done(fail(ErrorCode::LocalInvalidArgument,
            name
                + (service.state == NodeState::Paused ? " is paused: unpause it instead"
                                                      : " runs already")));
    const auto file = writeFile(index);
    if (!file) {
        setState(index, NodeState::Failed, file.error().message);
        return done(fail(file.error()));
    }
    auto process = ChildProcess::start(
        m_loop,
        {m_program, "broker", "--config", *file, "--log-file",
            fmt::format("{}/{}.log", m_logDirectory, name)},
        {{"--faults", board().descriptor()}},
        [this, index](const std::string& line) { said(index, line); },
        [this, index](ChildProcess::End end) { ended(index, end); });
    if (!process) {
        setState(index, NodeState::Failed, process.error().message);
        return done(fail(process.error()));
    }
    service.process = std::move(*process);
    service.starting = std::move(done);
    setState(index, NodeState::Starting);
}

void ProcessCluster::said(std::size_t index, const std::string& line)
{
    Service& service = m_services[index];
    auto report = readNodeReport(line);
    if (!report) {
        setState(index, NodeState::Failed, report.error().message); // it ends by itself
    } else {
        const ServicePlan& plan = m_plan.services[index];
        if (plan.isVoter() && m_plan.voters.empty()) { // several have their own
            noteNode(report->controller, index);
            const std::lock_guard lock(m_mutex);
            m_plan.controller = report->controller;
        }
        if (plan.kind == NodeKind::Broker)
            setListeners(index, std::move(report->listeners));
        if (service.state == NodeState::Starting)
            setState(index, NodeState::Running);
    }
    if (service.starting)
        std::exchange(service.starting, nullptr)(report ? Result<void>() : fail(report.error()));
}

void ProcessCluster::ended(std::size_t index, ChildProcess::End end)
{
    Service& service = m_services[index];
    service.process.reset();
    if (end.signal != 0)
        setState(index, NodeState::Killed);
    else if (service.state == NodeState::Stopping)
        setState(index, NodeState::Stopped);
    else if (service.state != NodeState::Failed)
        setState(index, NodeState::Failed,
            fmt::format("its process ended with status {}; see moldauctl logs", end.status));
    else
        setState(index, NodeState::Failed, service.problem); // without its process
    if (service.starting)
        std::exchange(service.starting, nullptr)(fail(ErrorCode::LocalIoError,
            fmt::format("{} ended before it served", m_plan.services[index].service)));
    for (Done& done : std::exchange(service.ending, {}))
        done({});
}

void ProcessCluster::stop(std::size_t index, Done done)
{
    Service& service = m_services[index];
    if (!service.process)
        return done({});
    service.ending.push_back(std::move(done));
    if (service.state == NodeState::Stopping)
        return;
    const bool wasPaused = service.state == NodeState::Paused;
    setState(index, NodeState::Stopping);
    service.process->signal(SIGTERM);
    if (wasPaused)
        service.process->signal(SIGCONT);
    m_loop.schedule(kStopPatience, [&service, pid = service.process->pid()] {
        if (service.process && service.process->pid() == pid)
            service.process->signal(SIGKILL);
    });
}

void ProcessCluster::kill(std::size_t index, Done done)
{
    Service& service = m_services[index];
    if (!service.process)
        return done({});
    service.ending.push_back(std::move(done));
    service.process->signal(SIGKILL);
}

void ProcessCluster::pause(std::size_t index, Done done)
{
    Service& service = m_services[index];
    const std::string& name = m_plan.services[index].service;
    if (service.state == NodeState::Paused)
        return done(fail(ErrorCode::LocalInvalidArgument, name + " is paused already"));
    if (!service.process || service.state != NodeState::Running)
        return done(fail(ErrorCode::LocalInvalidArgument, name + " is not running"));
    service.process->signal(SIGSTOP);
    setState(index, NodeState::Paused);
    done({});
}

void ProcessCluster::unpause(std::size_t index, Done done)
{
    Service& service = m_services[index];
    if (service.state != NodeState::Paused)
        return done(fail(
            ErrorCode::LocalInvalidArgument, m_plan.services[index].service + " is not paused"));
    service.process->signal(SIGCONT);
    setState(index, NodeState::Running);
    done({});
}

void ProcessCluster::setState(std::size_t index, NodeState state, std::string problem)
{
    const std::lock_guard lock(m_mutex);
    Service& service = m_services[index];
    service.state = state;
    service.problem = std::move(problem);
    service.pid = service.process ? service.process->pid() : 0;
}

} // namespace moldau::cluster
