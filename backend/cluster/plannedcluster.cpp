#include "cluster/plannedcluster.h"

#include "cluster/freeports.h"
#include "cluster/gather.h"
#include "protocol/errorresponse.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace moldau::cluster {

using client::NodeKind;
using client::NodeStatus;
using faults::FaultStatus;

PlannedCluster::PlannedCluster(ClusterPlan plan, faults::FaultBoard* board)
    : m_plan(std::move(plan))
    , m_board(board)
{
    if (m_board != nullptr)
        return;
    // Without memory for it nothing else would work either.
    m_ownBoard = std::move(faults::FaultBoard::create().value());
    m_board = m_ownBoard.get();
}

Result<void> PlannedCluster::choosePorts()
{
    std::vector<Endpoint*> open;
    for (configs::ControllerVoter& voter : m_plan.voters) {
        if (voter.address.port == 0)
            open.push_back(&voter.address);
    }
    const auto ports = freePorts(open.size());
    if (!ports)
        return fail(ports.error());
    for (std::size_t i = 0; i < open.size(); ++i)
        open[i]->port = (*ports)[i];
    for (const configs::ControllerVoter& voter : m_plan.voters) {
        if (m_ownBoard)
            m_ownBoard->noteNode(voter.address, voter.id);
    }
    return {};
}

void PlannedCluster::startInOrder(Done done)
{
    if (const auto chosen = choosePorts(); !chosen)
        return done(chosen);
    const auto isCombined = [](const ServicePlan& service) { return service.isCombined; };
    if (std::ranges::any_of(m_plan.services, isCombined))
        return together({}, Act::Start, std::move(done)); // a majority may need them all
    inOrder({Role::Controller, Role::Broker}, Act::Start, std::move(done));
}

void PlannedCluster::stopAll(Done done)
{
    inOrder({Role::Broker, Role::Combined, Role::Controller}, Act::Stop, std::move(done));
}

void PlannedCluster::inOrder(std::vector<Role> order, Act act, Done done)
{
    if (order.empty())
        return done({});
    const Role next = order.front();
    order.erase(order.begin());
    together(next, act,
        [this, order = std::move(order), act, done = std::move(done)](Result<void> acted) mutable {
            if (!acted && act == Act::Start)
                return done(std::move(acted));
            inOrder(std::move(order), act, std::move(done));
        });
}

void PlannedCluster::together(std::optional<Role> role, Act act, Done done)
{
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < serviceCount(); ++i) {
        const ServicePlan& service = m_plan.services[i];
        const Role its = service.isCombined    ? Role::Combined
            : service.kind == NodeKind::Broker ? Role::Broker
                                               : Role::Controller;
        if (service.isRun && (!role || its == *role))
            chosen.push_back(i);
    }
    if (chosen.empty())
        return done({});
    auto gather = std::make_shared<Gather>(chosen.size(), std::move(done));
    for (const std::size_t service : chosen)
        carryOut(service, act, [gather](Result<void> outcome) { gather->part(outcome); });
}

std::optional<std::size_t> PlannedCluster::indexOf(const std::string& name) const
{
    const auto& services = m_plan.services;
    const auto found = std::find_if(services.begin(), services.end(),
        [&](const ServicePlan& service) { return service.service == name; });
    if (found == services.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - services.begin());
}

std::vector<broker::ListenerPlan> PlannedCluster::listenersOf(std::size_t service) const
{
    const std::lock_guard lock(m_mutex);
    return m_plan.services[service].listeners;
}

void PlannedCluster::setListeners(std::size_t service, std::vector<broker::ListenerPlan> listeners)
{
    for (const broker::ListenerPlan& listener : listeners)
        noteNode(listener.advertised, service);
    const std::lock_guard lock(m_mutex);
    m_plan.services[service].listeners = std::move(listeners);
}

void PlannedCluster::noteNode(const Endpoint& endpoint, std::size_t service)
{
    if (m_ownBoard) // else its owner knows better
        m_ownBoard->noteNode(endpoint, m_plan.services[service].id);
}

std::vector<Endpoint> PlannedCluster::bootstrap() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<Endpoint> endpoints;
    for (const ServicePlan& service : m_plan.services)
        if (!service.listeners.empty())
            endpoints.push_back(service.listeners.back().advertised);
    return endpoints;
}

std::vector<NodeStatus> PlannedCluster::nodes() const
{
    std::vector<NodeStatus> all;
    for (std::size_t i = 0; i < serviceCount(); ++i) {
        const ServicePlan& service = m_plan.services[i];
        NodeStatus& status = all.emplace_back();
        status.service = service.service;
        status.kind = service.kind;
        status.id = service.id;
        status.dataDirectory = service.dataDirectory;
        status.isVoter = service.isVoter();
        describe(i, status);
        if (!service.isRun)
            status.problem = service.whyNotRun;
        for (const broker::ListenerPlan& listener : listenersOf(i))
            status.listeners.emplace_back(listener.name, toString(listener.advertised));
    }
    return all;
}

void PlannedCluster::startNode(std::string name, Done done)
{
    act(name, Act::Start, std::move(done));
}

void PlannedCluster::stopNode(std::string name, Done done)
{
    act(name, Act::Stop, std::move(done));
}

void PlannedCluster::killNode(std::string name, Done done)
{
    act(name, Act::Kill, std::move(done));
}

void PlannedCluster::pauseNode(std::string name, Done done)
{
    act(name, Act::Pause, std::move(done));
}

void PlannedCluster::unpauseNode(std::string name, Done done)
{
    act(name, Act::Unpause, std::move(done));
}

Result<void> PlannedCluster::checkNode(BrokerId id) const
{
    std::vector<int> known;
    for (const ServicePlan& service : m_plan.services) {
        if (service.isRun && service.id == id)
            return {};
        if (service.isRun)
            known.push_back(service.id.value());
    }
    return fail(ErrorCode::LocalInvalidArgument,
        fmt::format("no node has id {}; there are {}", id.value(), fmt::join(known, ", ")));
}

Result<int> PlannedCluster::addFault(const faults::FaultRule& rule)
{
    std::vector<BrokerId> named;
    if (rule.broker != kNoBroker)
        named.push_back(rule.broker);
    if (rule.link)
        named.insert(named.end(), {rule.link->one, rule.link->other});
    for (const BrokerId id : named) {
        if (const auto checked = checkNode(id); !checked)
            return fail(checked.error());
    }
    if (rule.action == faults::FaultAction::Error && rule.api
        && !protocol::hasErrorResponse(*rule.api))
        return fail(ErrorCode::LocalUnsupported,
            fmt::format("{} can't be answered with an error", protocol::factsOf(*rule.api).name));
    const auto id = m_board->add(rule);
    if (id)
        tellFault(EventKind::FaultAdded, *id, rule);
    return id;
}

Result<void> PlannedCluster::removeFault(int id)
{
    const std::vector<FaultStatus> before = m_board->list();
    auto removed = m_board->remove(id);
    const auto rule = std::ranges::find(before, id, &FaultStatus::id);
    if (removed && rule != before.end())
        tellFault(EventKind::FaultRemoved, id, rule->rule);
    return removed;
}

void PlannedCluster::healFaults()
{
    for (const FaultStatus& status : m_board->list())
        static_cast<void>(removeFault(status.id)); // somebody else may have been faster
}

void PlannedCluster::tellFault(EventKind, int, const faults::FaultRule&) { }

std::vector<FaultStatus> PlannedCluster::faults() const
{
    return m_board->list();
}

void PlannedCluster::act(const std::string& name, Act act, Done done)
{
    const auto service = indexOf(name);
    if (!service)
        return done(fail(ErrorCode::LocalNotFound, fmt::format("no such service: {}", name)));
    const ServicePlan& plan = m_plan.services[*service];
    if (!plan.isRun)
        return done(fail(ErrorCode::LocalUnsupported, fmt::format("{}: {}", name, plan.whyNotRun)));
    carryOut(*service, act, std::move(done));
}

} // namespace moldau::cluster
