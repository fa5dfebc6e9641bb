// moldauctl exec: one of the bundled kafka-* tools, with names resolved as inside the project's
// network.

#include "cluster/project/projects.h"
#include "ctl/command.h"
#include "tools/tool.h"
#include "tools/toolio.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <memory>
#include <thread>
#include <vector>

#include <pthread.h>
#include <unistd.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace moldau::ctl {

namespace {

/** Ctrl+C asks the tool to end, so that it can say what Kafka's tools say then. */
void stopOnInterrupt(std::shared_ptr<tools::StopSignal> stop)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::thread([signals, stop = std::move(stop)] {
        int signal = 0;
        sigwait(&signals, &signal);
        stop->request();
        // Whoever insists, or waits for a line that never comes, ends it at once.
        sigwait(&signals, &signal);
        std::_Exit(128 + signal);
    }).detach();
}

int execute(const std::string& projectName, const std::vector<std::string>& words)
{
    if (words.size() < 2)
        return complain("exec wants a service and a tool", kWrongUsage,
            "moldauctl exec -p NAME SERVICE TOOL ARG…");
    const auto project = cluster::Projects::find(projectName);
    if (!project)
        return complain(project.error().message);
    const auto status = cluster::Projects::ask(*project, {{"do", "ps"}});
    if (!status)
        return complain(status.error().message);
    const auto& services = (*status)["services"];
    const bool isKnown = std::any_of(services.begin(), services.end(),
        [&](const nlohmann::json& service) { return service["service"] == words[0]; });
    if (!isKnown)
        return complain("no such service: " + words[0]);

    const std::string tool = words[1].substr(words[1].rfind('/') + 1);
    if (tool == "bash" || tool == "sh")
        return complain("services have no shell; name the tool itself", kFailed,
            fmt::format("moldauctl exec -p {} {} kafka-console-consumer …", projectName, words[0]));

    tools::ToolIo io;
    io.readLine = []() -> std::optional<std::string> {
        std::string line;
        return std::getline(std::cin, line) ? std::optional(line) : std::nullopt;
    };
    io.out = [](std::string_view text) {
        std::fwrite(text.data(), 1, text.size(), stdout);
        std::fflush(stdout);
    };
    io.err = [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); };
    io.isInteractive = ::isatty(STDIN_FILENO) != 0;
    io.resolver = [hosts = project->hostAddresses](const Endpoint& endpoint) {
        const auto known = hosts.find(endpoint.host);
        return known == hosts.end() ? endpoint : Endpoint{known->second, endpoint.port};
    };
    stopOnInterrupt(io.stop);
    return tools::runTool(std::span(words).subspan(1), io);
}

} // namespace

void addExec(CLI::App& app, Run& run)
{
    auto project = std::make_shared<std::string>("local");
    CLI::App* const command
        = app.add_subcommand("exec", "Runs a kafka-* tool: exec -p NAME SERVICE TOOL ARG…");
    command->add_option("-p,--project", *project, "Project")->capture_default_str();
    command->prefix_command();
    command->callback([&run, project, command] {
        run = [project, words = command->remaining()] { return execute(*project, words); };
    });
}

} // namespace moldau::ctl
