#include "ctl/clusterprocess.h"

#include "cluster/embeddedcluster.h"
#include "cluster/project/controlserver.h"
#include "cluster/project/projects.h"
#include "cluster/userdirectories.h"
#include "ctl/command.h"

#include <csignal>
#include <future>

#include <pthread.h>
#include <unistd.h>

#include <fmt/format.h>

namespace moldau::ctl {

namespace {

/** Makes SIGINT and SIGTERM wait for sigwait() in every thread that is made from here on. */
sigset_t blockEndSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

Result<void> wait(const std::function<void(client::ClusterControl::Done)>& act)
{
    std::promise<Result<void>> promise;
    act([&](Result<void> outcome) { promise.set_value(std::move(outcome)); });
    return promise.get_future().get();
}

} // namespace

std::string readyLine(const std::string& project, const std::vector<Endpoint>& bootstrap)
{
    std::string addresses;
    for (const Endpoint& endpoint : bootstrap)
        addresses += (addresses.empty() ? "" : ",") + toString(endpoint);
    return fmt::format("ready project={} bootstrap={}", project, addresses);
}

int runCluster(cluster::ClusterPlan plan, const std::function<void(const std::string& line)>& ready,
    const std::function<void(const Error& reason)>& failed)
{
    const sigset_t signals = blockEndSignals();
    std::signal(SIGPIPE, SIG_IGN);
    if (const auto known = cluster::Projects::find(plan.name); known && cluster::Projects::isRunning(*known)) {
        failed({ErrorCode::LocalAddressInUse, fmt::format("project '{}' runs already (process {})", plan.name, known->pid)});
        return kFailed;
    }
    const auto socket = cluster::Projects::socketPathFor(plan.name);
    if (!socket) {
        failed(socket.error());
        return kFailed;
    }
    const std::string logs = cluster::stateDirectory() + "/" + plan.name;
    cluster::EmbeddedCluster embedded(plan, logs);
    if (const auto started = wait([&](auto done) { embedded.startAll(std::move(done)); }); !started) {
        failed(started.error());
        return kFailed;
    }
    auto control = cluster::ControlServer::listen(
        *socket, embedded, [] { ::kill(::getpid(), SIGTERM); });
    if (!control) {
        failed(control.error());
        return kFailed;
    }
    if (const auto added = cluster::Projects::add({plan.name, ::getpid(), *socket, plan.directory, logs, plan.hostAddresses}); !added) {
        failed(added.error());
        return kFailed;
    }
    ready(readyLine(plan.name, embedded.bootstrap()));
    int signal = 0;
    sigwait(&signals, &signal);
    control->reset();
    static_cast<void>(wait([&](auto done) { embedded.stopAll(std::move(done)); }));
    return kDone;
}

} // namespace moldau::ctl
