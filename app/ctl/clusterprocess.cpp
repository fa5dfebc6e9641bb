#include "ctl/clusterprocess.h"

#include "cluster/embeddedcluster.h"
#include "cluster/processes/processcluster.h"
#include "cluster/project/controlserver.h"
#include "cluster/project/projects.h"
#include "cluster/userdirectories.h"
#include "ctl/command.h"
#include "ctl/endsignals.h"

#include <filesystem>
#include <future>
#include <memory>

#include <unistd.h>

#include <fmt/format.h>

namespace moldau::ctl {

namespace {

/** The cluster's nodes as threads of this process, or as processes. */
std::unique_ptr<cluster::LocalCluster> makeCluster(
    const cluster::ClusterPlan& plan, const std::string& logs, bool hasProcesses)
{
    if (!hasProcesses)
        return std::make_unique<cluster::EmbeddedCluster>(plan, logs);
    return std::make_unique<cluster::ProcessCluster>(
        plan, logs, std::filesystem::read_symlink("/proc/self/exe").string());
}

Result<void> wait(const std::function<void(client::ClusterControl::Done)>& act)
{
    std::promise<Result<void>> promise;
    act([&](Result<void> outcome) { promise.set_value(std::move(outcome)); });
    return promise.get_future().get();
}

/** Starts the cluster and serves until somebody ends it. */
Result<void> serve(cluster::ClusterPlan plan, bool hasProcesses,
    const std::function<void(const std::string&)>& ready)
{
    EndSignals signals;
    if (const auto known = cluster::Projects::find(plan.name);
        known && cluster::Projects::isRunning(*known))
        return fail(ErrorCode::LocalAddressInUse,
            fmt::format("project '{}' runs already (process {})", plan.name, known->pid));
    const auto socket = cluster::Projects::socketPathFor(plan.name);
    if (!socket)
        return fail(socket.error());
    const std::string logs = cluster::stateDirectory() + "/" + plan.name;
    const auto nodes = makeCluster(plan, logs, hasProcesses);
    if (const auto started = wait([&](auto done) { nodes->startAll(std::move(done)); }); !started)
        return started;
    auto control = cluster::ControlServer::listen(*socket, *nodes, [] { EndSignals::request(); });
    if (!control)
        return fail(control.error());
    if (auto added = cluster::Projects::add(
            {plan.name, ::getpid(), *socket, plan.directory, logs, plan.hostAddresses});
        !added)
        return added;
    ready(readyLine(plan.name, nodes->bootstrap()));
    signals.wait();
    control->reset();
    static_cast<void>(wait([&](auto done) { nodes->stopAll(std::move(done)); }));
    return {};
}

} // namespace

std::string readyLine(const std::string& project, const std::vector<Endpoint>& bootstrap)
{
    std::string addresses;
    for (const Endpoint& endpoint : bootstrap)
        addresses += (addresses.empty() ? "" : ",") + toString(endpoint);
    return fmt::format("ready project={} bootstrap={}", project, addresses);
}

int runCluster(cluster::ClusterPlan plan, bool hasProcesses,
    const std::function<void(const std::string& line)>& ready,
    const std::function<void(const Error& reason)>& failed)
{
    if (const auto served = serve(std::move(plan), hasProcesses, ready); !served) {
        failed(served.error());
        return kFailed;
    }
    return kDone;
}

} // namespace moldau::ctl
