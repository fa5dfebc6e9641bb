// moldauctl stop, start, kill, pause, unpause: one or more services of a project.

#include "cluster/project/projects.h"
#include "ctl/command.h"

#include <nlohmann/json.hpp>

#include <memory>
#include <vector>

namespace moldau::ctl {

namespace {

struct Options {
    std::string project;
    std::vector<std::string> services;
};

int steer(const std::string& what, const Options& options)
{
    const auto project = cluster::Projects::find(options.project);
    if (!project)
        return complain(project.error().message);
    const auto answer
        = cluster::Projects::ask(*project, {{"do", what}, {"services", options.services}});
    return answer ? kDone : complain(answer.error().message);
}

void add(CLI::App& app, Run& run, const std::string& what, const std::string& description)
{
    auto options = std::make_shared<Options>();
    CLI::App* const command = app.add_subcommand(what, description);
    command->add_option("-p,--project", options->project, "Project")->required();
    command->add_option("service", options->services, "Services")->required();
    command->callback(
        [&run, options, what] { run = [options, what] { return steer(what, *options); }; });
}

} // namespace

void addSteering(CLI::App& app, Run& run)
{
    add(app, run, "stop", "Stops services in good order: leaders move first");
    add(app, run, "start", "Starts services again");
    add(app, run, "kill", "Crashes services: nothing is flushed, connections are cut");
    add(app, run, "pause", "Holds services: they do nothing, their connections stay open");
    add(app, run, "unpause", "Lets paused services go on");
}

} // namespace moldau::ctl
