// moldauctl down: stops a project; -v deletes its data.

#include "cluster/project/projects.h"
#include "ctl/command.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <fstream>
#include <memory>
#include <string>
#include <thread>

namespace moldau::ctl {

namespace {

constexpr auto kPatience = std::chrono::seconds(30);

struct Options {
    std::string project = "local";
    bool deletesData = false;
};

/** Whether the process is there, and not only waits for its parent to notice its end. */
bool isThere(int pid)
{
    std::ifstream in(fmt::format("/proc/{}/stat", pid));
    std::string text;
    std::getline(in, text);
    const auto name = text.rfind(") "); // the name may have spaces and brackets
    return name != std::string::npos && text[name + 2] != 'Z';
}

/** The process ends by itself once every node has stopped. */
bool hasEnded(int pid)
{
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (isThere(pid)) {
        if (std::chrono::steady_clock::now() > end)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return true;
}

int down(const Options& options)
{
    const auto project = cluster::Projects::find(options.project);
    if (!project)
        return complain(project.error().message);
    if (cluster::Projects::isRunning(*project)) {
        if (const auto answer = cluster::Projects::ask(*project, {{"do", "down"}}); !answer)
            return complain(answer.error().message);
        if (!hasEnded(project->pid))
            return complain("the project did not stop within 30 seconds");
    }
    if (options.deletesData)
        if (const auto deleted = cluster::deleteData(project->directory); !deleted)
            return complain(deleted.error().message);
    cluster::Projects::remove(project->name);
    return kDone;
}

} // namespace

void addDown(CLI::App& app, Run& run)
{
    auto options = std::make_shared<Options>();
    CLI::App* const command = app.add_subcommand("down", "Stops a project");
    command->add_option("-p,--project", options->project, "Project")->capture_default_str();
    command->add_flag(
        "-v,--volumes", options->deletesData, "Delete its data as well (only what Moldau made)");
    command->callback([&run, options] { run = [options] { return down(*options); }; });
}

} // namespace moldau::ctl
