// moldauctl up: starts a cluster, plain or from a compose file, in the foreground or detached.

#include "cluster/clusterplan.h"
#include "cluster/composeplan.h"
#include "ctl/clusterprocess.h"
#include "ctl/command.h"
#include "ctl/detach.h"

#include <fmt/core.h>

#include <cstdio>
#include <memory>
#include <vector>

namespace moldau::ctl {

namespace {

struct Options {
    std::string file;
    cluster::LocalOptions plan;
    std::vector<std::string> settings;
    bool isDetached = false;
    bool hasProcesses = false;
    CLI::Option* name = nullptr;
    std::vector<const CLI::Option*> local; ///< those that a compose file answers itself
};

Result<cluster::ClusterPlan> planOf(Options& options)
{
    for (const std::string& setting : options.settings) {
        const auto equals = setting.find('=');
        if (equals == std::string::npos || equals == 0)
            return fail(ErrorCode::LocalInvalidArgument,
                fmt::format("--set wants KEY=VALUE, not '{}'", setting));
        options.plan.properties[setting.substr(0, equals)] = setting.substr(equals + 1);
    }
    if (options.file.empty())
        return cluster::planLocal(options.plan);
    for (const CLI::Option* option : options.local)
        if (!option->empty())
            return fail(ErrorCode::LocalInvalidArgument,
                fmt::format("{} can't be given with -f: the file says it", option->get_name()));
    return cluster::planCompose(options.file,
        {options.name->empty() ? std::string() : options.plan.name, options.plan.directory,
            options.plan.properties});
}

int up(Options& options)
{
    auto plan = planOf(options);
    if (!plan)
        return complain(plan.error().message,
            plan.error().code == ErrorCode::InvalidConfig ? kFailed : kWrongUsage);
    if (options.isDetached)
        return detach([&](ReadyPipe pipe) {
            return runCluster(
                std::move(*plan), options.hasProcesses,
                [&](const std::string& line) { pipe.ready(line); },
                [&](const Error& reason) { pipe.failed(reason.message); });
        });
    return runCluster(
        std::move(*plan), options.hasProcesses,
        [](const std::string& line) {
            fmt::print("{}\n", line);
            std::fflush(stdout);
        },
        [](const Error& reason) { complain(reason.message); });
}

} // namespace

void addUp(CLI::App& app, Run& run)
{
    auto options = std::make_shared<Options>();
    CLI::App* const command = app.add_subcommand("up", "Starts a cluster");
    command->add_option("-f,--file", options->file, "Compose file whose services are started");
    options->name
        = command->add_option("-p,--project", options->plan.name, "Project")->capture_default_str();
    const auto addLocal = [&](const char* name, int& value, const char* description) {
        options->local.push_back(
            command->add_option(name, value, description)->capture_default_str());
    };
    addLocal("--brokers", options->plan.brokers, "How many brokers");
    addLocal("--controllers", options->plan.controllers, "How many controllers: 1, 3, 5 …");
    addLocal(
        "--first-port", options->plan.firstPort, "Port of the first broker; 0 takes free ports");
    addLocal("--first-id", options->plan.firstId, "Id of the first broker");
    command->add_option("--data", options->plan.directory, "Where the data are kept");
    command->add_option(
        "--set", options->settings, "A broker setting, KEY=VALUE; may be given often");
    command->add_flag("--processes", options->hasProcesses, "Every node a process of its own");
    command->add_flag("-d,--detach", options->isDetached, "Return once the cluster serves");
    command->callback([&run, options] { run = [options] { return up(*options); }; });
}

} // namespace moldau::ctl
