// moldauctl ps: the services of one project, or of all that run.

#include "cluster/project/projects.h"
#include "ctl/command.h"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <memory>
#include <vector>

namespace moldau::ctl {

namespace {

using nlohmann::json;

struct Options {
    std::string project;
    std::string format = "table";
};

std::string listenersOf(const json& service)
{
    std::string text;
    for (const json& listener : service["listeners"])
        text += (text.empty() ? "" : ", ") + listener["name"].get<std::string>() + " "
            + listener["address"].get<std::string>();
    return text;
}

void printTable(const json& services)
{
    std::size_t width = 7;
    for (const json& service : services)
        width = std::max(width, service["service"].get<std::string>().size());
    fmt::print("{:<{}}  {:<10}  {:>5}  {:>7}  {:<8}  LISTENERS\n", "SERVICE", width, "KIND", "ID",
        "PID", "STATE");
    for (const json& service : services)
        fmt::print("{:<{}}  {:<10}  {:>5}  {:>7}  {:<8}  {}\n",
            service["service"].get<std::string>(), width, service["kind"].get<std::string>(),
            service["id"].get<int>(), service["pid"].get<int>(),
            service["state"].get<std::string>(), listenersOf(service));
}

int ps(const Options& options)
{
    std::vector<cluster::Project> projects;
    if (options.project.empty()) {
        for (cluster::Project& project : cluster::Projects::all())
            if (cluster::Projects::isRunning(project))
                projects.push_back(std::move(project));
    } else {
        auto project = cluster::Projects::find(options.project);
        if (!project)
            return complain(project.error().message);
        projects.push_back(std::move(*project));
    }
    json services = json::array();
    for (const cluster::Project& project : projects) {
        auto answer = cluster::Projects::ask(project, {{"do", "ps"}});
        if (!answer)
            return complain(answer.error().message);
        for (json& service : (*answer)["services"]) {
            service["project"] = project.name;
            services.push_back(std::move(service));
        }
    }
    if (options.format == "json")
        fmt::print("{}\n", services.dump(2));
    else
        printTable(services);
    return kDone;
}

} // namespace

void addPs(CLI::App& app, Run& run)
{
    auto options = std::make_shared<Options>();
    CLI::App* const command
        = app.add_subcommand("ps", "Lists services with their state and listeners");
    command->add_option("-p,--project", options->project, "Project (all that run unless given)");
    command->add_option("--format", options->format, "table or json")
        ->check(CLI::IsMember({"table", "json"}));
    command->callback([&run, options] { run = [options] { return ps(*options); }; });
}

} // namespace moldau::ctl
